"""An OpenDocument text (odt) → a draft.

``styles`` says what paragraphs, runs and lists are, ``reader`` and ``tables`` make blocks of the
text. Only the file itself is read: what it links to is named and never fetched.
"""

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from pipeline.intake.archives import open_archive, refuse, root_of
from pipeline.intake.direction import is_mostly_rtl, unturn
from pipeline.intake.elements import attribute, child, name_of
from pipeline.intake.model import Draft
from pipeline.intake.odt.reader import TextReader
from pipeline.intake.odt.styles import Styles
from pipeline.intake.remarks import Notebook, shorten


def parse_odt(data: bytes, path: Path) -> Draft:
    """Read an OpenDocument text.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        IntakeError: it is none, has a password, is damaged or too large.
    """
    macros: list[str] = []

    def is_wanted(name: str) -> bool:
        if name.startswith(("Basic/", "Scripts/")):
            macros.append(name)
            return False
        return name.endswith(".xml") or name.startswith(
            ("Pictures/", "media/", "ObjectReplacements")
        )

    parts = open_archive(data, path, is_wanted=is_wanted, ending=".odt")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        refuse(path, "The file has a password.", "Save it without one.")
    root = root_of(parts, "content.xml", path)
    text = child(root, "body", "text")
    if text is None:
        refuse(path, "The file is no .odt file.", "Open it, and save it as .odt.")
    styles_root = root_of(parts, "styles.xml", path)
    notebook = Notebook()
    reader = TextReader(
        styles=Styles(styles_root, root), parts=parts, changes=_changes(text), notebook=notebook
    )
    blocks = reader.blocks(text)
    _say_outside(styles_root, notebook, has_macros=bool(macros))
    notebook.count(reader.counts)
    is_rtl = is_mostly_rtl(blocks)
    languages = reader.languages.most_common(1)
    return Draft(
        blocks=unturn(blocks) if is_rtl else blocks,
        notes={name: unturn(each) if is_rtl else each for name, each in reader.notes.items()},
        remarks=tuple(notebook.remarks),
        pictures={name: each for name, each in parts.items() if not name.endswith(".xml")},
        title=_title(root_of(parts, "meta.xml", path)),
        lang=languages[0][0] if languages else "",
        is_rtl=is_rtl,
    )


def _changes(text: etree._Element) -> Mapping[str, tuple[str, str]]:
    """What each tracked change is, and the text that a deletion took out."""
    found: dict[str, tuple[str, str]] = {}
    for region in text.iter("{*}changed-region"):
        change = next((each for each in region if isinstance(each.tag, str)), None)
        if change is not None:
            words = " ".join("".join(each.itertext()) for each in change.iterfind("{*}p"))
            found[attribute(region, "id")] = (name_of(change), words)
    return found


def _say_outside(styles: etree._Element | None, notebook: Notebook, *, has_macros: bool) -> None:
    """Say what is in the file and no part of its text."""
    texts = {
        (name_of(each).partition("-")[0], " ".join("".join(each.itertext()).split()))
        for each in (() if styles is None else styles.iter("{*}master-page"))
        for each in each.iter("{*}header", "{*}footer", "{*}header-first", "{*}footer-first")
    }
    for kind, text in sorted(texts):
        if text:
            notebook.lose(
                f"A page {kind}: “{shorten(text, 200)}”.",
                "If readers need it (a date, an address), write it into the text.",
                "the edge of the pages",
            )
    if has_macros:
        notebook.lose("Macros, which are programs.", "Nothing: a page needs none.", "the document")


def _title(meta: etree._Element | None) -> str:
    found = meta.find(".//{http://purl.org/dc/elements/1.1/}title") if meta is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""
