"""The pictures of a document: which are kept, and under what name."""

import re
from collections.abc import Callable, Iterable, Mapping

from pipeline.intake.model import Content, Picture
from pipeline.intake.remarks import Notebook, shorten

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
)
_ACTING = re.compile(rb"<script|\son\w+\s*=|javascript:|foreignobject|<iframe|<a\s", re.IGNORECASE)
_RIFF, _WEBP = b"RIFF", b"WEBP"
_OTHER = {
    b"\x01\x00\x00\x00": "a drawing of Windows (EMF)",
    b"\xd7\xcd\xc6\x9a": "a drawing of Windows (WMF)",
    b"BM": "a bitmap (BMP)",
    b"II*\x00": "a TIFF",
    b"MM\x00*": "a TIFF",
    b"VCLM": "a drawing of LibreOffice (SVM)",
}


def find_ending(data: bytes) -> str:
    """The ending of a picture's file by what is in it; empty if it is of no known kind."""
    for start, ending in _STARTS:
        if data.startswith(start):
            return ending
    if data.startswith(_RIFF) and data[8:12] == _WEBP:
        return ".webp"
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return ".avif"
    return ".svg" if b"<svg" in data[:2000].lower() or b":svg" in data[:2000].lower() else ""


def name_pictures(
    pictures: Mapping[str, bytes],
    contents: Iterable[Content],
    *,
    slug: str,
    clean: Callable[[bytes, str], bytes | str],
    notebook: Notebook,
) -> dict[str, tuple[str, bytes]]:
    """Path and bytes of the pictures that a text shows and that may be published.

    Args:
        pictures: bytes of each, by name.
        contents: the text.
        slug: what their files are named after.
        clean: what makes one safe, or says why it cannot be.
        notebook: is told which are left out, and which have no text.
    """
    found: dict[str, tuple[str, bytes]] = {}
    refused: dict[str, str] = {}
    for item in (item for content in contents for item in content):
        if not isinstance(item, Picture) or item.name not in pictures:
            continue
        if item.name not in found and item.name not in refused:
            data = pictures[item.name]
            name = f"{slug}-{len(found) + 1}{find_ending(data)}"
            cleaned = clean(data, name) if find_ending(data) else _why(data)
            if isinstance(cleaned, str):
                refused[item.name] = cleaned
            else:
                found[item.name] = (f"images/{name}", cleaned)
                _say_cleaned(data, cleaned, name, notebook)
        if item.name in refused:
            _say_refused(item, refused[item.name], notebook)
        elif not item.alt.strip():
            _say_silent(found[item.name][0], notebook)
    return found


def _why(data: bytes) -> str:
    kind = next((what for start, what in _OTHER.items() if data.startswith(start)), "")
    return f"It is {kind}, which browsers do not show." if kind else "It is of an unknown kind."


def _say_refused(picture: Picture, why: str, notebook: Notebook) -> None:
    said = f" It says: “{shorten(picture.alt, 200)}”." if picture.alt.strip() else ""
    notebook.lose(
        f"A picture. {why}{said}",
        "Save it as PNG, JPEG or SVG into the topic's `images` folder and write "
        "`![what it shows](images/name.png)`.",
        f"picture {picture.name}",
    )


def _say_silent(path: str, notebook: Notebook) -> None:
    notebook.advise(
        f"A picture without a text for people who cannot see it: `{path}`.",
        "Write what matters in it between the square brackets of `![]`.",
        f"picture {path}",
    )


def _say_cleaned(data: bytes, cleaned: bytes, name: str, notebook: Notebook) -> None:
    if name.endswith(".svg") and _can_act(data) and not _can_act(cleaned):
        notebook.lose(
            "What a picture (SVG) would have run or loaded.",
            "Look whether it still shows what it should.",
            f"picture images/{name}",
        )


def _can_act(data: bytes) -> bool:
    return bool(_ACTING.search(data))
