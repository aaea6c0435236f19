"""Prose: what of a segment is read as words, cut into sentences and words.

In: a segment's msgid with its protected spans. Out: its text without code, addresses and markup,
and the sentences of it. Pictures' texts are blocks of their own.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Segment, SegmentKind, SpanKind

#: Stands where a protected span stood, until the brackets around it are taken away.
_HELD = "\ue000"
_IMAGE = re.compile(rf"!\[([^\[\]]*)\](?:\({_HELD}[^()]*\)|\[[^\[\]]*\])")
_LINK = re.compile(rf"\[([^\[\]]*)\](?:\({_HELD}[^()]*\)|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+(?=\w)|(?<=[\w.!?])_+(?!\w)|~~|==")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_WORD = re.compile(r"[^\W_][\w'’&.,:°-]*[\w°]|[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])|\n+")
#: Any script's full stops; with or without a space after them.
_ANY_END = re.compile(r"(?<![.!?…؟۔।॥።])[.!?…؟۔।॥።]+[\"'”’»)\]]*(?=\s|\Z)|[。！？]+|\n+")
_SHORT_FORM = re.compile(
    r"(?:^|[\s(\"“])(?:e\.g|i\.e|etc|approx|dr|mr|mrs|ms|prof|st|no|vs|tel|[a-z])\.$", re.IGNORECASE
)
_WHOLE = re.compile(r"[.!?…][\"'”’»)\]]*$")
#: Kinds of which no whole sentence is asked.
_LABELS = frozenset(
    {
        SegmentKind.TITLE,
        SegmentKind.HEADING,
        SegmentKind.HEADER_CELL,
        SegmentKind.TERM,
        SegmentKind.TAB_LABEL,
        SegmentKind.BUTTON,
        SegmentKind.ABBREVIATION,
        SegmentKind.IMAGE_TEXT,
        SegmentKind.LINK_TITLE,
        SegmentKind.ATTRIBUTE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a block, or a piece without an end: a heading, a list item, a cell.

    Attributes:
        text: its text.
        words: its words, in order.
        is_whole: it ends as sentences do; formulas of readability count these alone.
    """

    text: str
    words: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A segment as its reader meets it.

    Attributes:
        segment: the segment.
        kind: what it is; for the text of a picture within a paragraph, that.
        text: its prose.
        sentences: the sentences of it.
    """

    segment: Segment
    kind: SegmentKind
    text: str
    sentences: tuple[Sentence, ...]

    @property
    def is_label(self) -> bool:
        """Whether it names something: a heading, the head of a column, a term."""
        return self.kind in _LABELS

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(sentence.words) for sentence in self.sentences)


def read_blocks(segments: tuple[Segment, ...]) -> tuple[Block, ...]:
    """The prose of segments, in their order; what has no words is left out."""
    return tuple(block for segment in segments for block in _blocks(segment))


def _blocks(segment: Segment) -> Iterator[Block]:
    held = _hold(segment)
    pictures = [found[1] for found in _IMAGE.finditer(held)]
    texts = [(segment.kind, _IMAGE.sub(" ", held))]
    texts += [(SegmentKind.IMAGE_TEXT, text) for text in pictures]
    for kind, text in texts:
        plain = _plain(text)
        if sentences := tuple(split_sentences(plain)):
            yield Block(segment=segment, kind=kind, text=plain, sentences=sentences)


def _hold(segment: Segment) -> str:
    """The msgid with each protected span replaced by a mark, or by nothing."""
    parts, at, text = [], 0, segment.msgid
    for span in segment.protected:
        start = text.find(span.text, at)
        if start < 0:
            continue
        parts += [text[at:start], _mark(span.kind)]
        at = start + len(span.text)
    return "".join([*parts, text[at:]])


def _mark(kind: SpanKind) -> str:
    if kind in {SpanKind.HTML, SpanKind.FOOTNOTE, SpanKind.ATTRIBUTES}:
        return ""
    return _HELD


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text)).replace(_HELD, " ")
    return re.sub(r"[^\S\n]+", " ", html.unescape(text)).strip()


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in English; pieces without a letter are left out."""
    for piece in _pieces(text):
        if _LETTER.search(piece):
            words = tuple(_WORD.findall(piece))
            yield Sentence(text=piece, words=words, is_whole=bool(_WHOLE.search(piece)))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(text):
        piece = text[start : found.end()].strip()
        if "\n" in found[0] or not _SHORT_FORM.search(piece):
            yield piece
            start = found.end()
    yield text[start:].strip()


def count_sentences(text: str) -> int:
    """How many sentences a text in any language has; one without an end is one."""
    return sum(bool(_LETTER.search(piece)) for piece in _ANY_END.split(text))
