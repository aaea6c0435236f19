"""A resource as its checks see it: text, prose, links, pictures, headings, front matter.

In: the text of a file and its segments. Out: a :class:`Page`, all of it read once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.checks.plain.fields import Field, read_fields
from pipeline.checks.plain.marks import Heading, Link, Picture, read_marks
from pipeline.checks.plain.prose import Block, read_blocks
from pipeline.model import Finding, Segment, SegmentKind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A resource in its source language.

    Attributes:
        path: its file.
        locale: tag of the language that it is written in.
        text: the whole text of the file.
        blocks: its prose, in order; title and summary stand first.
        headings: the headings of its body.
        links: its links, bare addresses too.
        pictures: its pictures.
        fields: what its front matter says, by key.
    """

    path: Path
    locale: str
    text: str
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    fields: Mapping[str, Field]

    @property
    def is_english(self) -> bool:
        """Whether the word lists and formulas for English fit it."""
        return self.locale.partition("-")[0].lower() == "en"

    @property
    def risk(self) -> str:
        """Its risk tier as the front matter gives it; empty where it says none."""
        return self.fields["risk"].text if "risk" in self.fields else ""

    @property
    def body(self) -> tuple[Block, ...]:
        """Its prose without what the front matter says."""
        return tuple(block for block in self.blocks if block.kind not in _HEAD)

    def line_of(self, block: Block, text: str) -> int:
        """The line on which a piece of a block begins.

        Args:
            block: the block.
            text: the piece, as its prose has it.
        """
        source = self.text[block.segment.start : block.segment.end]
        first = [re.escape(word) for word in re.findall(r"\w+", text)[:4]]
        found = re.search(r"\b" + r"\W+?".join(first) + r"\b", source) if first else None
        before = source[: found.start()] if found else ""
        return block.segment.line + before.count("\n")

    def finding(
        self, check: str, severity: Severity, line: int | None, *, message: str, remedy: str
    ) -> Finding:
        """What a check saw on this page.

        Args:
            check: id of the check.
            severity: what it does to publication.
            line: the line, counted from 1; None where there is none.
            message: what is wrong, in plain words.
            remedy: what to write instead.
        """
        return Finding(
            check=check,
            severity=severity,
            path=self.path,
            line=line,
            message=message,
            remedy=remedy,
        )


_HEAD = frozenset({SegmentKind.TITLE, SegmentKind.SUMMARY, SegmentKind.FRONT_MATTER})


def read_page(text: str, path: Path, segments: tuple[Segment, ...], *, locale: str) -> Page:
    """Read a resource for the checks of its source.

    Args:
        text: the whole text of the file.
        path: the file, for findings.
        segments: its segments, as :func:`pipeline.segments.split` gives them.
        locale: tag of the language that it is written in.
    """
    fields, body_start = read_fields(text)
    headings, links, pictures = read_marks(text, body_start, segments)
    return Page(
        path=path,
        locale=locale,
        text=text,
        blocks=read_blocks(segments),
        headings=headings,
        links=links,
        pictures=pictures,
        fields=fields,
    )
