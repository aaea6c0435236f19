"""A page (HTML), alone or zipped with its pictures → a draft.

``parsing`` reads it as browsers do, ``looks`` what its styles mean, ``notes`` finds footnotes,
``reader`` and ``tables`` make blocks of it. Nothing is fetched, no file beside it is opened.
"""

import posixpath
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.intake.archives import open_archive, refuse
from pipeline.intake.direction import is_mostly_rtl, unturn
from pipeline.intake.html.looks import read_looks
from pipeline.intake.html.notes import find_notes
from pipeline.intake.html.parsing import TooLargeError, parse_page
from pipeline.intake.html.reader import PageReader
from pipeline.intake.model import Draft, Run
from pipeline.intake.remarks import Notebook

_PAGES = (".html", ".htm", ".xhtml")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".emf", ".wmf", ".bmp")
#: A page without its pictures; those may be in it (``data:``).
_MOST_MARKUP = 8_000_000


def parse_html(data: bytes, path: Path) -> Draft:
    """Read a page.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        IntakeError: it has more elements, or goes deeper, than is read.
    """
    return _parse(data, path, lambda _source: None)


def parse_zipped_html(data: bytes, path: Path) -> Draft:
    """Read a page that is zipped with its pictures, as Google Docs sends it.

    Raises:
        IntakeError: there is not exactly one page in it, or the archive is not opened.
    """
    parts = open_archive(
        data,
        path,
        is_wanted=lambda name: name.lower().endswith(_PAGES + _PICTURES),
        ending=".zip",
    )
    pages = [name for name in parts if name.lower().endswith(_PAGES)]
    if len(pages) != 1:
        refuse(
            path,
            f"The archive has {len(pages)} pages (.html); one is read.",
            "Zip one page with its folder of pictures.",
        )
    return _parse(parts[pages[0]], path, _beside(parts, pages[0]))


def _beside(parts: Mapping[str, bytes], page: str) -> Callable[[str], bytes | None]:
    """What finds a file of the archive by the address that the page gives it."""

    def find(source: str) -> bytes | None:
        address = urlsplit(source)
        if address.scheme or address.netloc:
            return None
        folder = posixpath.dirname(page)
        return parts.get(posixpath.normpath(posixpath.join(folder, unquote(address.path))))

    return find


def _parse(data: bytes, path: Path, files: Callable[[str], bytes | None]) -> Draft:
    if len(data) > _MOST_MARKUP:
        refuse(
            path,
            f"The page has {len(data):,} bytes; {_MOST_MARKUP:,} are read.",
            "Save it as .docx or .odt, or zip it with its pictures beside it.",
        )
    try:
        page = parse_page(data)
    except TooLargeError:
        refuse(
            path,
            "The page has too many elements, or they are nested too deep.",
            "Open it in a word processor, and save it as .docx or .odt.",
        )
    root, body = page.root, page.root.find("body")
    if body is None:
        refuse(path, "The page has no text.", "Frames are not read: save the page in the frame.")
    notebook = Notebook()
    if page.has_lost_letters:
        notebook.advise(
            "Some letters of the page could not be read.",
            "Look for � in the text; save the page as UTF-8.",
            "the document",
        )
    lang = body.get("lang") or root.get("lang") or ""
    notes = find_notes(root)
    way = (body.get("dir") or root.get("dir") or "").lower()
    plain = Run(text="", lang=lang, is_rtl=way == "rtl")
    reader = PageReader(
        looks=read_looks(root),
        footnotes=notes,
        notebook=notebook,
        files=files,
        lang=lang,
        around=plain,
    )
    blocks = reader.blocks(body, plain)
    notebook.go_aside("the footnotes")
    texts = {name: reader.blocks(each, plain) for name, each in notes.texts.items()}
    notebook.count(reader.counts)
    is_rtl = way == "rtl" or is_mostly_rtl(blocks)
    title = root.find("head/title")
    return Draft(
        blocks=unturn(blocks) if way != "rtl" and is_rtl else blocks,
        notes=texts,
        remarks=tuple(notebook.remarks),
        pictures=reader.pictures,
        title=" ".join("".join(title.itertext()).split()) if title is not None else "",
        lang=lang,
        is_rtl=is_rtl,
    )
