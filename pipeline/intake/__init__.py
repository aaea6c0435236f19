"""A partner's document (docx, odt, HTML) → a resource in Markdown, and what it could not keep.

``docx``, ``odt`` and ``html`` read a file into one :class:`~pipeline.intake.model.Draft`;
``shaping`` and ``outline`` bring it into the form of a page, ``composing`` writes it with
``blocks``, ``tables``, ``inlines`` and ``escaping``, ``frontmatter`` and ``pictures``. What a page
has no place for is noted in ``remarks`` with its place: nothing goes without a word.
"""

from pathlib import Path

from pipeline.intake.archives import MOST_BYTES, refuse
from pipeline.intake.composing import Clean, Intake, compose, find_title
from pipeline.intake.docx import parse_docx
from pipeline.intake.html import parse_html, parse_zipped_html
from pipeline.intake.model import Draft, Outcome, Remark, Rule
from pipeline.intake.odt import parse_odt
from pipeline.intake.remarks import Notebook
from pipeline.intake.shaping import shape

__all__ = [
    "ENDINGS",
    "MOST_BYTES",
    "Clean",
    "Intake",
    "Outcome",
    "Remark",
    "compose",
    "find_title",
    "parse_document",
]

_READERS = {
    ".docx": parse_docx,
    ".odt": parse_odt,
    ".html": parse_html,
    ".htm": parse_html,
    ".xhtml": parse_html,
    ".zip": parse_zipped_html,
}
#: What the files that are read end in.
ENDINGS = tuple(_READERS)
_SAVE_AS = {
    ".doc": ".docx",
    ".docm": ".docx",
    ".dotx": ".docx",
    ".rtf": ".docx",
    ".pages": ".docx",
    ".ott": ".odt",
    ".fodt": ".odt",
    ".mht": ".html",
    ".mhtml": ".html",
}


def parse_document(data: bytes, path: Path) -> Draft:
    """Read a document of any kind that is known.

    Args:
        data: the whole file.
        path: where it comes from: its ending says what it is.

    Raises:
        IntakeError: it is of another kind, has a password, is damaged, empty or too large.
    """
    ending = path.suffix.lower()
    reader = _READERS.get(ending)
    if reader is None:
        better = _SAVE_AS.get(ending, ".docx")
        refuse(
            path,
            f"A file of the kind `{ending or path.name}` is not read.",
            f"Open it, and save it as {better}; {', '.join(ENDINGS)} are read.",
        )
    if len(data) > MOST_BYTES:
        refuse(
            path,
            f"The file has {len(data):,} bytes; {MOST_BYTES:,} are read.",
            "Make its pictures smaller: 1,600 pixels are enough for a page and a leaflet.",
        )
    draft = reader(data, path)
    if all(isinstance(block, Rule) for block in shape(draft.blocks, Notebook())):
        refuse(path, "The document has no text.", "If it is a scan, the text must be typed.")
    return draft
