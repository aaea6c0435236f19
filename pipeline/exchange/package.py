"""The zip archive that a spreadsheet or a Word file is → its parts, or why it is not opened.

Files of the Office Open XML format (ECMA-376) are archives of XML. What comes from outside may be
made to harm: to fill the memory, to run a macro, to fetch something. Sizes are looked at before
anything is unpacked, and again while it is.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from lxml import etree

from pipeline.exchange.grid import fail
from pipeline.foreignxml import XmlError, parse_xml

#: Most bytes of a file, of one of its parts, and of all of them unpacked: a leaflet needs 30 KB.
MOST_BYTES = 10_000_000
_MOST_PART = 16_000_000
_MOST_UNPACKED = 50_000_000
_MOST_PARTS = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
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
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _unpack(archive, path)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        ValueError,
        OSError,
        zlib.error,
    ) as error:
        fail(path, f"The file is damaged: {error}.", "Ask for it to be sent again.")
    except RuntimeError:
        fail(path, "The file has a password.", "Save it without one.")
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
    if data.startswith(_OLE):
        fail(
            path,
            "The file is of the old kind (.xls, .doc), or has a password.",
            f"Save it as {ending}, without a password.",
        )
    if not data.startswith(_ZIP):
        fail(path, f"The file is no {ending} file.", f"Save it as {ending}.")


def _unpack(archive: zipfile.ZipFile, path: Path) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > _MOST_PARTS:
        fail(path, f"The file has {len(infos):,} parts.", "Export the resource anew.")
    if sum(info.file_size for info in infos) > _MOST_UNPACKED:
        _too_large(path)
    parts: dict[str, bytes] = {}
    rest = _MOST_UNPACKED
    for info in infos:
        name = info.filename
        if PurePosixPath(name).name.lower().startswith("vbaproject"):
            _macros(path)
        if not name.endswith((".xml", ".rels")):
            continue
        if name in parts:
            fail(path, f"The file holds `{_shown(name)}` twice.", "Export the resource anew.")
        parts[name] = _read_part(archive, info, path, min(rest, _MOST_PART))
        rest -= len(parts[name])
    return parts


def _read_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, most: int) -> bytes:
    """A part's bytes: no more than it says that it has, and no more than are let in."""
    if info.file_size > most:
        _too_large(path)
    with archive.open(info) as file:
        data = file.read(most + 1)
    if len(data) > most:
        _too_large(path)
    return data


def _shown(text: str) -> str:
    """A text of others, without what could move a cursor."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:120])


def _too_large(path: Path) -> None:
    fail(
        path,
        f"Unpacked, the file is larger than {_MOST_UNPACKED // 1_000_000} MB.",
        "Export the resource anew, and write into that file.",
    )


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
