"""A Word file (docx, ECMA-376) → a draft.

``package`` opens the archive, ``styles`` and ``numbering`` say what paragraphs are, ``fields``,
``drawings`` and ``paragraphs`` read what is in one, ``body`` and ``tables`` put them together.
Only the file itself is read: what it links to is named and never fetched, its programs are not
even unpacked.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from pipeline.intake.direction import is_mostly_rtl, unturn
from pipeline.intake.docx.body import BodyReader
from pipeline.intake.docx.numbering import Numbering
from pipeline.intake.docx.package import Package, open_package
from pipeline.intake.docx.paragraphs import Story
from pipeline.intake.docx.styles import Styles
from pipeline.intake.elements import attribute, child
from pipeline.intake.model import Blocks, Draft
from pipeline.intake.remarks import Notebook, shorten


def parse_docx(data: bytes, path: Path) -> Draft:
    """Read a Word file.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        IntakeError: it is no Word file, has a password, is damaged or too large.
    """
    package = open_package(data, path)
    notebook = Notebook()
    styles = Styles(_first(package, "styles"))
    numbering = Numbering(_first(package, "numbering"))
    story = _story(package, package.main, styles, notebook)
    root = package.root(package.main)
    body = child(root, "body")
    blocks = BodyReader(story, numbering).blocks(body) if body is not None else ()
    notes = _notes(package, styles, notebook, story)
    _say_outside(package, notebook)
    notebook.count(story.looks)
    is_rtl = is_mostly_rtl(blocks)
    return Draft(
        blocks=unturn(blocks) if is_rtl else blocks,
        notes={name: unturn(each) if is_rtl else each for name, each in notes.items()},
        remarks=tuple(notebook.remarks),
        pictures={name: each for name, each in package.parts.items() if "/media/" in name},
        title=_title(package),
        lang=_language(story.languages),
        is_rtl=is_rtl,
    )


def _first(package: Package, kind: str) -> etree._Element | None:
    return next((package.root(name) for name in package.of_kind(kind)), None)


def _story(package: Package, part: str, styles: Styles, notebook: Notebook) -> Story:
    return Story(
        package=package,
        styles=styles,
        notebook=notebook,
        comments=_comments(package),
        part=part,
        relations=package.relations(part),
    )


def _comments(package: Package) -> Mapping[str, str]:
    root = _first(package, "comments")
    return {
        attribute(each, "id"): f"{attribute(each, 'author')}: “{_text(each)}”"
        for each in (() if root is None else root)
    }


def _text(element: etree._Element) -> str:
    return " ".join("".join(t.text or "" for t in p.iter("{*}t")) for p in element.iter("{*}p"))


def _notes(package: Package, styles: Styles, notebook: Notebook, body: Story) -> dict[str, Blocks]:
    """Footnotes and endnotes by name; those that are only a line across the page left out."""
    found: dict[str, Blocks] = {}
    for kind in ("footnote", "endnote"):
        for part in package.of_kind(f"{kind}s"):
            story = _story(package, part, styles, notebook)
            root = package.root(part)
            notebook.go_aside(f"the {kind}s")
            for each in () if root is None else root:
                if attribute(each, "type") in {"", "normal"}:
                    reader = BodyReader(story, Numbering(None))
                    found[f"{kind}-{attribute(each, 'id')}"] = reader.blocks(each)
            notebook.go_aside("")
            body.looks.update(story.looks)
    return found


def _say_outside(package: Package, notebook: Notebook) -> None:
    """Say what is in the file and no part of its text."""
    for kind in ("header", "footer"):
        texts = {
            _text(root) for n in package.of_kind(kind) if (root := package.root(n)) is not None
        }
        for text in sorted(filter(None, map(str.strip, texts))):
            notebook.lose(
                f"A page {kind}: “{shorten(text, 200)}”.",
                "If readers need it (a date, an address), write it into the text.",
                "the edge of the pages",
            )
    if package.has_macros:
        notebook.lose("Macros, which are programs.", "Nothing: a page needs none.", "the document")


def _title(package: Package) -> str:
    """What the file's properties call it."""
    relations = package.relations("").values()
    names = [each.target for each in relations if each.kind == "core-properties"]
    root = package.root(names[0]) if names else None
    found = child(root, "title")
    return " ".join((found.text or "").split()) if found is not None else ""


def _language(languages: Counter[str]) -> str:
    """The language that most letters are said to be in."""
    said = languages.most_common(1)
    return said[0][0] if said else ""
