"""A sheet in a terminal or a pipe."""

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from pipeline.cli.console import out
from pipeline.model import Direction, Locale, Severity
from pipeline.qa.changes import Change, Piece
from pipeline.qa.sheet import Look, Sheet
from pipeline.qa.worklist import Waiting

#: As wdiff marks them: colours alone say nothing in a pipe, or to somebody who sees none.
_MARKS = {Change.REMOVED: ("[-", "-]", "red strike"), Change.ADDED: ("{+", "+}", "green underline")}
_SEVERITIES = {Severity.CRITICAL: "bold red", Severity.MAJOR: "red", Severity.MINOR: "yellow"}
#: Texts are others': nothing in them may move the cursor or turn the line round unseen.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: First strong isolate, right-to-left isolate, left-to-right isolate; the end of each.
_ISOLATES = {Direction.RTL: "\u2067", Direction.LTR: "\u2066"}
_END = "\u2069"
_SHORT = 60


def print_sheet(sheet: Sheet) -> None:
    """Print a sheet to standard output."""
    for line in _lines(sheet):
        out.print(line)


def _lines(sheet: Sheet) -> Iterator[Text]:
    yield Text.assemble((sheet.resource, "bold"), f" · {safe(sheet.title)}")
    yield Text(_headline(sheet))
    for remark in sheet.remarks:
        yield Text.assemble(("! ", "yellow"), safe(remark))
    if sheet.asked and sheet.looks:
        yield Text("Signing says yes to this:", "bold")
        yield from (Text(f"  - {safe(item.question)}") for item in sheet.asked)
    section: tuple[str, ...] | None = None
    for look in sheet.looks:
        if look.item.section != section:
            section = look.item.section
            yield Text()
            yield Text(safe(" › ".join(section) or "(the head of the page)"), "bold")
        yield Text()
        yield from _look(look, sheet)
    if sheet.waiting:
        yield Text()
        yield Text(f"Not to be looked at yet ({len(sheet.waiting)}):", "bold")
        yield from (_waiting(unit) for unit in sheet.waiting)


def _headline(sheet: Sheet) -> str:
    side = "the source text" if sheet.is_source else f"{sheet.locale.english_name}"
    count = len(sheet.looks)
    what = f"{count} of {sheet.total} units to look at" if count else "nothing to look at"
    critical = f", {sheet.critical} of them critical" if sheet.critical else ""
    return f"{side}, {sheet.risk}, as {sheet.role}: {what}{critical}; {sheet.signed} signed."


def _look(look: Look, sheet: Sheet) -> Iterator[Text]:
    item = look.item
    head = Text.assemble((f"{item.number:>3} ", "bold"), (item.digest[:10], "dim"), f" {item.kind}")
    if item.critical:
        head.append(" CRITICAL", "bold red")
    yield head
    if item.key.context:
        yield _row("context", Text(safe(item.key.context)))
    if item.note:
        yield _row("note", Text(safe(item.note)))
    yield _row("source", _text(look.source, sheet.source))
    if item.target:
        yield _row(sheet.locale.tag, _text(look.target, sheet.locale))
    yield from _beside(look)
    for finding in item.findings:
        message = f"{finding.severity}: {safe(finding.message)} {safe(finding.remedy)}"
        yield _row("check", Text(message, _SEVERITIES[finding.severity]))
    for entry in item.signed:
        yield _row("signed", Text(f"{entry.role} · {entry.handle} · {entry.time[:10]}", "dim"))


def _beside(look: Look) -> Iterator[Text]:
    """What helps to judge a text."""
    item = look.item
    for picture in item.pictures:
        yield _row("picture", Text(safe(picture)))
    for term, wanted in item.terms:
        yield _row("term", Text(f"{safe(term)} → {safe(wanted)}"))
    if look.elsewhere:
        other = look.elsewhere
        yield _row("elsewhere", Text(f"{safe(other.resource)} → {safe(other.target)}"))
    if item.draft:
        yield _row("draft", Text(f"confirmed as it was; {safe(item.draft)}", "dim"))


def _row(name: str, text: Text) -> Text:
    return Text.assemble(f"    {name:<8} ", text)


def _text(pieces: Sequence[Piece], locale: Locale) -> Text:
    text = Text()
    for piece in pieces:
        opening, closing, style = _MARKS.get(piece.change, ("", "", ""))
        text.append(f"{opening}{safe(piece.text)}{closing}", style)
    if not out.is_terminal:
        return text
    return Text.assemble(_ISOLATES[locale.direction], text, _END)


def _waiting(unit: Waiting) -> Text:
    source = safe(unit.key.msgid)
    short = source if len(source) <= _SHORT else f"{source[: _SHORT - 1]}…"
    critical = ", critical" if unit.critical else ""
    draft = f"; {safe(unit.draft)}" if unit.draft else ""
    return Text(f"{unit.number:>3} {short}  ({unit.why}{critical}{draft})")


def safe(text: str) -> str:
    """A text with what nobody sees made visible, on one line."""
    shown = _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
    return shown.replace("\n", " ⏎ ").replace("\t", " ")
