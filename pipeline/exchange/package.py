"""The zip archive that a spreadsheet or a Word file is → its parts, or why it is not opened.

Files of the Office Open XML format (ECMA-376) are archives of XML. What comes from outside may be
made to harm: to fill the memory, to run a macro, to fetch something. Sizes are looked at before
anything is unpacked, and again while it is.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NoReturn

from lxml import etree

from pipeline.exchange.grid import fail
from pipeline.foreignxml import XmlError, parse_xml
from pipeline.foreignzip import MOST_UNPACKED, OLE, ZIP, ZipError, ZipFault, unpack

#: Most bytes of a file.
MOST_BYTES = 10_000_000
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: Leads out of the file and is never followed; word processors make it of any address.
_HARMLESS = "/hyperlink"
_TEMPLATE = "/attachedTemplate"


#: A moment for all parts: the same sheet gives the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def render_package(parts: Iterable[tuple[str, str]]) -> bytes:
    """Pack parts into an archive.

    Args:
        parts: name and text of each, ``[Content_Types].xml`` first.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts:
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return file.getvalue()


def read_package(data: bytes, path: Path, *, main: str, ending: str) -> Mapping[str, bytes]:
    """Unpack the XML parts of a file.

    Args:
        data: the whole file.
        path: where it comes from, for messages.
        main: content type that its main part must have, without what follows ``.main``.
        ending: what such files end in, for messages.

    Returns:
        Its XML parts by name.

    Raises:
        ExchangeError: it is of another kind, damaged, too large, has macros, or leads out of
            itself.
    """
    _check_kind(data, path, ending)
    try:
        parts = unpack(data, is_wanted=lambda name: _is_wanted(name, path))
    except ZipError as error:
        _refuse(error, path)
    _check_type(parts, path, main, ending)
    _check_links(parts, path)
    return parts


def _check_kind(data: bytes, path: Path, ending: str) -> None:
    if len(data) > MOST_BYTES:
        fail(
            path,
            f"The file has {len(data):,} bytes; {MOST_BYTES:,} are read.",
            "Take pictures out of it, or export the resource anew.",
        )
    if data.startswith(OLE):
        fail(
            path,
            "The file is of the old kind (.xls, .doc), or has a password.",
            f"Save it as {ending}, without a password.",
        )
    if not data.startswith(ZIP):
        fail(path, f"The file is no {ending} file.", f"Save it as {ending}.")


def _is_wanted(name: str, path: Path) -> bool:
    if PurePosixPath(name).name.lower().startswith("vbaproject"):
        _macros(path)
    return name.endswith((".xml", ".rels"))


def _refuse(error: ZipError, path: Path) -> NoReturn:
    again = "Export the resource anew."
    match error.fault:
        case ZipFault.DAMAGED:
            fail(path, f"The file is damaged: {error.detail}.", "Ask for it to be sent again.")
        case ZipFault.PASSWORD:
            fail(path, "The file has a password.", "Save it without one.")
        case ZipFault.TOO_MANY:
            fail(path, f"The file has {error.detail} parts.", again)
        case ZipFault.TWICE:
            fail(path, f"The file holds `{_shown(error.detail)}` twice.", again)
        case ZipFault.TOO_LARGE:
            fail(
                path,
                f"Unpacked, the file is larger than {MOST_UNPACKED // 1_000_000} MB.",
                "Export the resource anew, and write into that file.",
            )


def _shown(text: str) -> str:
    """A text of others, without what could move a cursor."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:120])


def _macros(path: Path) -> None:
    fail(path, "The file has macros, which are programs.", "Save it without macros.")


def _check_type(parts: Mapping[str, bytes], path: Path, main: str, ending: str) -> None:
    types = parts.get("[Content_Types].xml", b"")
    root = read_part(types, "[Content_Types].xml", path)
    kinds = [each.get("ContentType", "") for each in root]
    if any("macroenabled" in kind.lower() for kind in kinds):
        _macros(path)
    if not any(kind.startswith(main) for kind in kinds):
        fail(path, f"The file is no {ending} file.", f"Save it as {ending}.")


def _check_links(parts: Mapping[str, bytes], path: Path) -> None:
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        for link in read_part(data, name, path).iter(_RELATIONSHIP):
            kind, target = link.get("Type", ""), link.get("Target", "")
            if link.get("TargetMode") != "External" or kind.endswith(_HARMLESS):
                continue
            if kind.endswith(_TEMPLATE) and not target.lower().startswith(("http", "\\\\", "ftp")):
                continue
            fail(
                path,
                f"The file leads out of itself ({_shown(kind.rpartition('/')[2])}): "
                f"`{_shown(target)}`.",
                "Take links to other files out of it; a plain web address may stay.",
            )


def read_part(data: bytes, name: str, path: Path) -> etree._Element:
    """The root element of a part.

    Raises:
        ExchangeError: it is missing or damaged, or has a document type.
    """
    try:
        return parse_xml(data)
    except XmlError as error:
        fail(
            path,
            f"`{_shown(name)}` in the file: {_shown(error.reason)}",
            "Ask for the file to be sent again.",
        )
