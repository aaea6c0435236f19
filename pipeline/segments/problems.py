"""What would break the page: reasons why a target cannot stand where its source stands."""

import re
import unicodedata

from pipeline.brackets import find_costly_brackets
from pipeline.model import Segment, SegmentKind
from pipeline.segments.captions.problems import find_cue_problem
from pipeline.segments.inline import TAG, read_markup
from pipeline.segments.slots import Form
from pipeline.segments.tables import find_pipes
from pipeline.segments.tags import BLOCK_TAGS

_FORMS = {
    SegmentKind.TITLE: Form.YAML,
    SegmentKind.SUMMARY: Form.YAML,
    SegmentKind.FRONT_MATTER: Form.YAML,
    SegmentKind.HEADING: Form.HEADING,
    SegmentKind.CELL: Form.CELL,
    SegmentKind.HEADER_CELL: Form.CELL,
    SegmentKind.BOX_TITLE: Form.TITLE,
    SegmentKind.DETAILS_TITLE: Form.TITLE,
    SegmentKind.TAB_LABEL: Form.TITLE,
    SegmentKind.TERM: Form.ONE_LINE,
    SegmentKind.ABBREVIATION: Form.ONE_LINE,
    SegmentKind.IMAGE_TEXT: Form.ALT,
    SegmentKind.LINK_TITLE: Form.LINK_TITLE,
    SegmentKind.ATTRIBUTE: Form.ATTRIBUTE,
    SegmentKind.HTML_TEXT: Form.HTML,
    SegmentKind.CUE: Form.CUE,
}
_ONE_LINE = frozenset(
    {
        Form.HEADING,
        Form.CELL,
        Form.TITLE,
        Form.NO_TITLE,
        Form.ONE_LINE,
        Form.ALT,
        Form.LINK_TITLE,
        Form.CODE_TITLE,
        Form.ATTRIBUTE,
    }
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ud800-\udfff]")
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|\Z)|\A[ \t]*\n")
_START = (
    (re.compile(r"(?:[*+-]|\d+\.)[ \t]"), "begins a list"),
    (re.compile(r"#"), "begins a heading"),
    (re.compile(r">"), "begins a quotation"),
    (re.compile(r"`{3,}|~{3,}"), "begins a code block"),
    (re.compile(r"!!! ?[\w-]"), "begins a box"),
    (re.compile(r"\?\?\?\+? ?[\w\"-]"), "begins a part that opens"),
    (re.compile(r"===[+!]* +\""), "begins a tab"),
    (re.compile(r":[ \t]"), "begins a definition"),
    (re.compile(r":::"), "begins a block of another tool"),
    (re.compile(r"/{3,}\s*\w"), "begins a block of another tool"),
    (re.compile(r"-+8<-+"), "brings in another file"),
    (re.compile(r"\[\^[^\]]*\]:"), "begins a footnote"),
    (re.compile(r"\[[^\[\]]*\]:"), "begins the definition of a link"),
    (re.compile(r"\*\[[^\]]*\] ?:"), "begins the definition of an abbreviation"),
    (
        re.compile(r"(?:-[ ]{0,2}){3,}$|(?:_[ ]{0,2}){3,}$|(?:\*[ ]{0,2}){3,}$"),
        "is a line across the page",
    ),
    (re.compile(r"<!--|<\?|<![A-Za-z\[]"), "begins a comment or declaration"),
    (re.compile(r"\{:? *[.#\w][^{}]*\} *$"), "is an attribute list"),
    (re.compile(r"\[[ xX]\][ \t]"), "begins a task"),
    (re.compile(r"\[TOC\]$"), "is a table of contents"),
)
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_DASHES = re.compile(r"[|:\- ]*\|[|:\- ]*$|:?-+:?$")
_TAG_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_JINJA = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
_OPEN_TAG = re.compile(r"<(?=([a-zA-Z/!?]\S{0,200}))")
_TAGS = re.compile(TAG)
_SAFE = re.compile(r"[^\W\d_][^\n\"|`<>{\\\[\]#\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*\Z")


def find_problem(segment: Segment, target: str) -> str | None:
    """Why a target would break the page: a predicate that completes “The translation …”.

    Args:
        segment: the source.
        target: its translation.

    Returns:
        The reason, in words; None where the target is fine.
    """
    if _SAFE.match(target):
        return None
    return find_problem_in(_FORMS.get(segment.kind, Form.TEXT), segment, target)


def find_problem_in(form: Form, segment: Segment, target: str) -> str | None:
    """As :func:`find_problem`, for a text written in a certain form."""
    if _SAFE.match(target):
        return None
    if target == segment.msgid:
        return None
    if not target.strip():
        return "is empty."
    # What the source has may stand: it was an author's choice.
    control = next((c for c in _CONTROL.finditer(target) if c[0] not in segment.msgid), None)
    if control:
        name = unicodedata.name(control[0], f"U+{ord(control[0]):04X}")
        return f"has a character that cannot stand in a text: {name}."
    if form in {Form.YAML, Form.CUE}:
        return find_cue_problem(segment.msgid, target) if form is Form.CUE else None
    return _find_in_markdown(form, segment, target.strip(" \t"))


def _find_in_markdown(form: Form, segment: Segment, target: str) -> str | None:
    if find_costly_brackets(target) is not None:
        return "has too many square brackets that do not end."
    if _BLANK_LINE.search(target):
        return "has an empty line in it."
    if "\n" in target and form in _ONE_LINE:
        return "has more than one line; only one fits here."
    if form is Form.CELL and find_pipes(target):
        return "has a bare `|`, which divides table cells; write `\\|`."
    if form is Form.ALT and not _is_balanced(target):
        return "has a square bracket without its partner; write `\\[` or `\\]`."
    return (
        _find_new_block(form, segment, target)
        or _find_new_html(form, segment, target)
        or _find_new_macro(segment, target)
    )


def _find_new_block(form: Form, segment: Segment, target: str) -> str | None:
    # The label of a part that opens is read as a block of its own.
    is_block = form in {Form.TEXT, Form.ONE_LINE} or segment.kind is SegmentKind.DETAILS_TITLE
    if not is_block:
        return None
    lines = target.split("\n")
    source = segment.msgid.split("\n")
    for number, line in enumerate(lines):
        bare = line.lstrip(" \t")
        for pattern, what in _START:
            if pattern.match(bare) and not (number < len(source) and pattern.match(source[number])):
                return f"has a line that {what}: “{bare[:30]}”; write `\\` before its first mark."
    if len(lines) > 1:
        if _UNDERLINE.match(lines[1].strip()):
            return "has a second line that makes the first a heading."
        if "|" in lines[0] and _DASHES.match(lines[1].strip()):
            return "has two lines that begin a table."
    return None


def _find_new_html(form: Form, segment: Segment, target: str) -> str | None:
    if "<" not in target:
        return None
    spans = [(a, b) for kind, a, b in read_markup(target).spans if kind == "code"]
    if form is Form.ATTRIBUTE:
        return None
    known = {tag.lower() for tag in _names(segment.msgid)}
    for found in _OPEN_TAG.finditer(target):
        if any(start <= found.start() < end for start, end in spans):
            continue
        tag = _TAGS.match(target, found.start())
        name = _TAG_NAME.match(target, found.start())
        if name and name[1].lower() in BLOCK_TAGS and name[1].lower() not in known:
            return f"brings in HTML that its source does not have: <{name[1]}>."
        # What the source has may stand: it was an author's choice.
        if not tag and f"<{found[1]}" in segment.msgid:
            continue
        if form is Form.HTML and not tag and not target.startswith("<!--", found.start()):
            return "has a `<` that begins no tag; write `&lt;`."
        if target.startswith("<!--", found.start()) and target.find("-->", found.start()) < 0:
            return "begins a comment that it does not end."
    return None


def _names(text: str) -> list[str]:
    return [found[1] for found in _TAG_NAME.finditer(text)]


def _find_new_macro(segment: Segment, target: str) -> str | None:
    new = sorted(set(_JINJA.findall(target)) - set(_JINJA.findall(segment.msgid)))
    return f"brings in a macro that its source does not have: `{new[0]}`." if new else None


def _is_balanced(text: str) -> bool:
    depth = 0
    for mark in re.findall(r"\\.|[\[\]]", text):
        depth += {"[": 1, "]": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0
