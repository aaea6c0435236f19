"""What the scanner hands on: a segment with all that splicing needs to know about it."""

from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model import Segment
from pipeline.segments.headings import Heading
from pipeline.segments.lines import View


class Form(StrEnum):
    """How a text is written in its place, and so what a translation has to respect."""

    TEXT = "text"  # running text, may have several lines
    HEADING = "heading"
    CELL = "cell"
    TITLE = "quoted title"
    NO_TITLE = "name of a type that stands for a title"
    ONE_LINE = "one line"  # plain text to the end of a line
    ALT = "text in brackets"
    LINK_TITLE = "quoted title of a link"
    ATTRIBUTE = "attribute"
    CODE_TITLE = "title of a code block"
    HTML = "text in HTML"
    YAML = "value in the front matter"
    CUE = "caption"


@dataclass(slots=True, kw_only=True)
class Slot:
    """A segment and how its text stands in the source.

    Attributes:
        segment: the segment.
        form: how it is written.
        heading: for a heading, its number among the page's headings.
        attributes: for a heading, source offset of the inside of its attribute list.
        quote: quotation mark around it, or the style of a YAML scalar.
        prefixes: what the source's continuation lines begin with; empty to derive it.
    """

    segment: Segment
    form: Form
    heading: int | None = None
    attributes: int | None = None
    quote: str = ""
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Something kept verbatim that a person may want to look at.

    Attributes:
        line: its line in the source, counted from 1.
        text: its first line as written.
        message: what is odd about it.
    """

    line: int
    text: str
    message: str


@dataclass(slots=True)
class Reading:
    """All that a pass over a text found.

    Attributes:
        slots: segments in the order of the text.
        reports: what was kept verbatim and is worth a look.
        headings: all headings of the page.
        ids: ids that authors gave to anything.
        labels: labels of the link references that are defined; of footnotes, ``^`` first.
        body: source offset at which the body begins.
    """

    slots: list[Slot] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    body: int = 0

    def report(self, view: View, offset: int, message: str) -> None:
        """Say that something at a view offset was kept verbatim."""
        start = view.to_source(offset)
        first = view.source[start:].lstrip("\r\n").split("\n", 1)[0][:80].rstrip("\r")
        self.report_line(view.line_of(start), first, message)

    def report_line(self, line: int, text: str, message: str) -> None:
        """Say that a line of the source was kept verbatim."""
        self.reports.append(Report(line=line, text=text, message=message))
