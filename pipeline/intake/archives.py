"""The archive that a docx, an odt or a zipped page is → its parts, or why it is not opened."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from lxml import etree

from pipeline.errors import IntakeError
from pipeline.foreignxml import XmlError
from pipeline.foreignzip import MOST_UNPACKED, OLE, ZIP, ZipError, ZipFault, unpack
from pipeline.intake.elements import read_xml
from pipeline.intake.remarks import shorten

#: Most bytes of a document: one of 700 words with 12 photographs has about ten million.
MOST_BYTES = 25_000_000


def refuse(path: Path, message: str, remedy: str) -> NoReturn:
    """Say that a document cannot be read, and what to do.

    Raises:
        IntakeError: always.
    """
    raise IntakeError(message, remedy=remedy, path=path)


def open_archive(
    data: bytes, path: Path, *, is_wanted: Callable[[str], bool], ending: str
) -> Mapping[str, bytes]:
    """The parts of a document.

    Args:
        data: the whole file.
        path: where it comes from, for messages.
        is_wanted: which parts are needed, by name.
        ending: what such files end in.

    Raises:
        IntakeError: it is of another kind, has a password, is damaged or too large.
    """
    if data.startswith(OLE):
        refuse(
            path,
            "The file is of the old kind (.doc), or has a password.",
            f"Open it, and save it as {ending} without a password.",
        )
    if not data.startswith(ZIP):
        refuse(path, f"The file is no {ending} file.", f"Open it, and save it as {ending}.")
    try:
        return unpack(data, is_wanted=is_wanted)
    except ZipError as error:
        _refuse(error, path, ending)


def _refuse(error: ZipError, path: Path, ending: str) -> NoReturn:
    match error.fault:
        case ZipFault.PASSWORD:
            refuse(path, "The file has a password.", "Save it without one.")
        case ZipFault.TOO_LARGE:
            refuse(
                path,
                f"Unpacked, the file is larger than {MOST_UNPACKED // 1_000_000} MB.",
                "Make its pictures smaller: 1,600 pixels are enough for a page and a leaflet.",
            )
        case _:
            refuse(
                path,
                f"The file is damaged: {shorten(error.detail, 120)}.",
                f"Open it, save it as {ending} anew, or ask for it to be sent again.",
            )


def root_of(parts: Mapping[str, bytes], name: str, path: Path) -> etree._Element | None:
    """The root element of a part; None if there is no such part.

    Raises:
        IntakeError: it is damaged.
    """
    if name not in parts:
        return None
    try:
        return read_xml(parts[name])
    except XmlError as error:
        refuse(
            path,
            f"`{shorten(name, 120)}` in the file: {shorten(error.reason, 120)}",
            "Open the file, save it anew, or ask for it to be sent again.",
        )
