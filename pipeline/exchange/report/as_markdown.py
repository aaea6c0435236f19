"""A report as Markdown, for a mail or a comment."""

import re
from collections.abc import Iterator

from pipeline.exchange.report.values import Item, Notice, Report, Section

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
#: Texts are others': nothing in them may turn a line round unseen.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOST_TEXT = 400


def render_markdown(report: Report) -> str:
    """A heading a file, an entry a row that somebody should look at."""
    return "\n".join(line for section in report.sections for line in _section(section))


def _section(section: Section) -> Iterator[str]:
    about = " · ".join(filter(None, (section.resource, section.language)))
    yield f"## {_text(section.file)}"
    yield ""
    if about:
        yield f"{_text(about)}"
        yield ""
    yield _text(section.headline)
    for remark in section.remarks:
        yield ""
        yield _text(remark)
    for item in section.items:
        yield ""
        yield from _item(item)
    yield ""


def _item(item: Item) -> Iterator[str]:
    yield f"- **{_text(item.place)}** {_text(item.source)}"
    if item.target:
        yield f"  - the file: {_text(item.target)}"
    if item.ours:
        yield f"  - the catalog: {_text(item.ours)}"
    for notice in item.notices:
        yield f"  - {_notice(notice)}"


def _notice(notice: Notice) -> str:
    mark = f"**{notice.severity}**: " if notice.severity else ""
    name = f" ({notice.check})" if notice.check else ""
    return f"{mark}{_text(f'{notice.text} {notice.remedy}'.strip())}{name}"


def _text(text: str) -> str:
    line = " ".join(text.split())
    cut = line if len(line) <= _MOST_TEXT else f"{line[:_MOST_TEXT]}…"
    shown = _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", cut)
    return _SPECIAL.sub(r"\\\1", shown)
