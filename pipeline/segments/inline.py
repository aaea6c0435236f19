"""Inline markup of one segment: what to protect, what is left to translate, links, plain text.

One pass from left to right, each construct found by a pattern that cannot backtrack far,
so that a hostile text costs no more than its length.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass
from operator import itemgetter

from pipeline.model import ProtectedSpan, SpanKind

#: A start or end tag as Python-Markdown's inline pattern takes it. Groups are held by `(?>...)`
#: here and below: a possessive group matches too little before Python 3.11.5 (Debian 12: 3.11.2).
TAG = (
    r"</?+[a-zA-Z][^\s\"'<>@`]*+(?>(?:\s+[^\s\"'=<>]++(?>(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|"
    r"[^\s\"'=<>]++))?))*)\s*+/?>"
)
#: Attributes whose values are read by people.
TEXT_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
_TEXT_ATTRIBUTE = re.compile(
    r"""\s(alt|title|aria-label|placeholder)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE
)
#: Where a token may begin: a class alone, which is what the search is fast at.
_BEGIN = re.compile(r"[`<\[\]{&:@$%\\+!]")
_BEGIN_WWW = re.compile(r"[`<\[\]{&:@$%\\+!w]")
#: What a token is, in the order of trying, and the characters that it may begin with.
_TOKENS = (
    ("code", "`", r"`+"),
    (
        "math",
        "$\\",
        (
            r"\$\$(?>(?:\\.|[^\\$])+)\$\$|\\\((?:\\[^)]|[^\\])*?\\\)|\A\\\[(?:\\[^\]]|[^\\])*?\\\]\Z"
            r"|\A\\begin\{[a-z]+\*?\}.*\\end\{[a-z]+\*?\}\Z"
        ),
    ),
    ("escape", "\\", r"\\[!-/:;=>?@\[-`{-~]"),
    ("dollar", "$", r"\$(?!\s)(?>(?:\\.|[^\\$\n])+)(?<!\s)\$(?!\w)"),
    ("auto", "<", r"<(?:[A-Za-z][A-Za-z0-9+.-]*+:[^<>\s]*+|[^<>\s!\"'@]++@[^@<>\s]++)>"),
    ("html", "<", rf"{TAG}(?<!\\>)"),
    ("comment", "<", r"<!--|<\?"),
    ("jinja", "{", r"\{\{|\{%|\{\#(?=[^{}\n]*\#\})"),
    ("attributes", "{", r"\{:? *[^{}\n]*\}"),
    ("footnote", "[", r"\[\^(?!\^)[^\[\]\s]++\](?!\()"),
    ("open", "![", r"!?\["),
    ("close", "]", r"\]"),
    ("entity", "&", r"&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*+);"),
    ("emoji", ":", r":(?:[a-z+\-][\w+\-]*+):(?![^\W_])"),
    (
        "keys",
        "+",
        r"\+\+(?:[\w\-]++|\"[^\"\n]*\"|'[^'\n]*')(?>(?:\+(?:[\w\-]++|\"[^\"\n]*\"|'[^'\n]*'))*)\+\+",
    ),
    ("url", "w", r"www\.[^\s<>()\[\]\"'`|*]++"),
    (
        "address",
        ":",
        r"://[^\s<>()\[\]\"'`|*]++|(?<=mailto):[^\s<>()\[\]\"'`|*]++|(?<=\btel):[+\d][\d\-]++",
    ),
    ("email", "@", r"@"),
    ("placeholder", "%", r"%\(\w+\)[sd]|%[sd](?!\w)"),
)
#: By the character that it begins with, what matches a token.
_MATCH = {
    first: re.compile(
        "|".join(f"(?P<{name}>{pattern})" for name, firsts, pattern in _TOKENS if first in firsts),
        re.DOTALL,
    ).match
    for first in {first for _, firsts, _ in _TOKENS for first in firsts}
}
_DESTINATION = re.compile(
    r"""\(\s*(?P<url><[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)
    (?:\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'))?\s*\)""",
    re.VERBOSE,
)
#: Python-Markdown takes an address with spaces for one, without ``<`` and ``>``.
_SPACED = re.compile(
    r"""\(\s*(?P<url>[^\s()"'<>]+(?>(?:\s+[^\s()"'<>]+)*))
    (?:\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'))?\s*\)""",
    re.VERBOSE,
)
#: Followed by an address it is a link of its own.
_LABEL = re.compile(r"\s?\[(?!\^[^\s\[\]])([^\[\]]*)\](?!\()")
_DEFINED = re.compile(r"\[([^\[\]\n]+)\]:")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z+.\-]*$")
_MAIL_BEFORE = re.compile(r"[\w.+\-]{1,64}$")
_MAIL_AFTER = re.compile(r"@[\w\-]++(?:\.[\w\-]++)+")
_ATTRIBUTES_FIT = re.compile(r"\{:?\s*[.#\w]")
_ATTRIBUTES_SURE = re.compile(r"\{:? *[.#][\w-]+(?: [^{}\n]*)?\}|\{: [^{}\n]*\}")
_PLACEHOLDER = re.compile(r"\{\w*\}")
_MATHS = re.compile(r"[\\^_={}+*/<>]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_INLINE_END = ")]*_`>~^=:+}"
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s+")

_KINDS = {
    "code": SpanKind.CODE,
    "math": SpanKind.CODE,
    "dollar": SpanKind.CODE,
    "auto": SpanKind.URL,
    "html": SpanKind.HTML,
    "comment": SpanKind.HTML,
    "entity": SpanKind.HTML,
    "jinja": SpanKind.PLACEHOLDER,
    "placeholder": SpanKind.PLACEHOLDER,
    "attributes": SpanKind.ATTRIBUTES,
    "footnote": SpanKind.FOOTNOTE,
    "emoji": SpanKind.SHORTCODE,
    "keys": SpanKind.KEYS,
    "url": SpanKind.URL,
    "email": SpanKind.URL,
    "label": SpanKind.REFERENCE,
}


@dataclass(slots=True)
class Link:
    """A pair of brackets: a link, an image, or a reference that may be one.

    Attributes:
        start: offset of ``[`` or ``![``.
        open: offset of the text in the brackets.
        close: offset of ``]``.
        end: offset after the whole construct.
        form: ``inline``, ``full``, ``collapsed`` or ``short``.
        url: offsets of the address in ``inline``.
        title: offsets of the quoted title in ``inline``.
        label: what a reference is looked up by, folded as Python-Markdown folds it.
    """

    start: int
    open: int
    close: int
    end: int
    form: str
    url: tuple[int, int] | None = None
    title: tuple[int, int] | None = None
    label: str = ""
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """The inline markup of a text.

    Attributes:
        spans: protected spans: kind, start, end; in order, not overlapping.
        links: bracket pairs, in the order of their ends.
        escapes: offsets of backslash escapes.
    """

    spans: Sequence[tuple[str, int, int]] = ()
    links: Sequence[Link] = ()
    escapes: Sequence[int] = ()


_NO_MARKUP = Markup()
_START = itemgetter(1)


class _Reader:
    """Reads one text; remembers what was searched for in vain."""

    __slots__ = ("absent", "at", "escapes", "labels", "links", "opens", "runs", "spans", "text")

    def __init__(self, text: str, labels: Container[str]) -> None:
        self.text = text
        self.labels = labels
        self.at = 0
        self.spans: list[tuple[str, int, int]] = []
        self.links: list[Link] = []
        self.escapes: list[int] = []
        self.opens: list[tuple[int, int, bool]] = []
        self.runs: dict[int, list[int]] | None = None
        self.absent: tuple[str, ...] = ()

    def read(self) -> Markup:
        text = self.text
        search = (_BEGIN_WWW if "www." in text else _BEGIN).search
        while begin := search(text, self.at):
            found = _MATCH[begin[0]](text, begin.start())
            if found is None:
                self.at = begin.end()
                continue
            kind = found.lastgroup or ""
            self.at = found.end()
            reader = _READERS.get(kind)
            if reader is not None:
                reader(self, found)
            else:
                self.span(kind, found.start(), found.end())
        self.spans.sort(key=_START)
        return Markup(self.spans, self.links, self.escapes)

    def span(self, kind: str, start: int, end: int) -> None:
        if end > start:
            self.spans.append((kind, start, end))

    def code(self, found: re.Match[str]) -> None:
        ticks = found[0]
        end = self.text.find(ticks, found.end())
        after = end + len(ticks)
        if end >= 0 and self.text[after : after + 1] != "`":
            # The first run that is long enough is exactly as long: nearly always so.
            self.at = after
            self.span("code", found.start(), after)
        elif end >= 0:
            self.uneven_code(found)

    def uneven_code(self, found: re.Match[str]) -> None:
        """A code span that holds longer runs of backticks than its own."""
        if self.runs is None:
            self.runs = {}
            for run in re.finditer(r"`+", self.text):
                self.runs.setdefault(run.end() - run.start(), []).append(run.start())
        size = len(found[0])
        positions = self.runs.get(size, [])
        after = bisect_left(positions, found.end())
        if after < len(positions):
            self.at = positions[after] + size
            self.span("code", found.start(), self.at)

    def escape(self, found: re.Match[str]) -> None:
        self.escapes.append(found.start())

    def dollar(self, found: re.Match[str]) -> None:
        # Two prices in a sentence are not mathematics.
        if _MATHS.search(found[0]) or not _WORD.search(found[0]):
            self.span("dollar", found.start(), found.end())
        else:
            self.at = found.start() + 1

    def html(self, found: re.Match[str]) -> None:
        at = found.start()
        for value in _TEXT_ATTRIBUTE.finditer(found[0]):
            group = 2 if value[2] is not None else 3
            if any(char.isalpha() for char in value[group]):
                self.span("html", at, found.start() + value.start(group))
                at = found.start() + value.end(group)
        self.span("html", at, found.end())

    def closed(self, found: re.Match[str]) -> None:
        opening = found[0]
        closing = {"<!--": "-->", "<?": "?>", "{{": "}}", "{%": "%}", "{#": "#}"}[opening]
        end = -1 if closing in self.absent else self.text.find(closing, found.end())
        if end < 0:
            self.absent += (closing,)
        else:
            self.at = end + len(closing)
            self.span(found.lastgroup or "", found.start(), self.at)

    def attributes(self, found: re.Match[str]) -> None:
        before = self.text[found.start() - 1] if found.start() else ""
        is_after = before and before in _INLINE_END and _ATTRIBUTES_FIT.match(found[0])
        if is_after or _ATTRIBUTES_SURE.match(found[0]):
            self.span("attributes", found.start(), found.end())
        elif _PLACEHOLDER.fullmatch(found[0]):
            self.span("placeholder", found.start(), found.end())
        else:
            self.at = found.start() + 1

    def open(self, found: re.Match[str]) -> None:
        self.opens.append((found.start(), found.end(), found[0] == "!["))

    def close(self, found: re.Match[str]) -> None:
        if not self.opens:
            return
        start, begin, is_image = self.opens.pop()
        link = Link(start, begin, found.start(), found.end(), "short", is_image=is_image)
        is_inline = self.text.startswith("(", found.end())
        destination = _find_destination(self.text, found.end()) if is_inline else None
        label = None if is_inline else _LABEL.match(self.text, found.end())
        if label and label[0][0] != "[" and fold_label(label[1]) not in self.labels:
            label = None
        if destination:
            self._inline(link, destination)
        elif label:
            link.form = "full" if label[1] else "collapsed"
            link.end = label.end()
            self.span("label", label.start(1), label.end(1))
        text = label[1] if label and label[1] else self.text[begin : found.start()]
        link.label = fold_label(text) if link.form != "inline" else ""
        self.at = link.end
        self.links.append(link)

    def _inline(self, link: Link, found: re.Match[str]) -> None:
        link.form, link.end, link.url = "inline", found.end(), found.span("url")
        self.span("url", *link.url)
        for name in ("double", "single"):
            if found[name] is not None:
                link.title = found.span(name)

    def address(self, found: re.Match[str]) -> None:
        scheme = _SCHEME.search(self.text, max(0, found.start() - 16), found.start())
        if scheme:
            self.span("url", scheme.start(), found.end())

    def email(self, found: re.Match[str]) -> None:
        if not self.text[max(0, found.start() - 1) : found.start()].isalnum():
            return
        before = _MAIL_BEFORE.search(self.text, max(0, found.start() - 64), found.start())
        after = _MAIL_AFTER.match(self.text, found.start())
        if before and after:
            self.at = after.end()
            self.span("email", before.start(), after.end())


def _find_destination(text: str, at: int) -> re.Match[str] | None:
    return _DESTINATION.match(text, at) or _SPACED.match(text, at)


_READERS = {
    "code": _Reader.code,
    "escape": _Reader.escape,
    "dollar": _Reader.dollar,
    "html": _Reader.html,
    "comment": _Reader.closed,
    "jinja": _Reader.closed,
    "attributes": _Reader.attributes,
    "open": _Reader.open,
    "close": _Reader.close,
    "email": _Reader.email,
    "address": _Reader.address,
}


def read_markup(text: str, labels: Container[str] = ()) -> Markup:
    """The inline markup of a segment's text.

    Args:
        text: the text.
        labels: labels that are defined: only these may stand apart, as in ``[text] [label]``.
    """
    is_marked = _BEGIN.search(text) is not None or "www." in text
    return _Reader(text, labels).read() if is_marked else _NO_MARKUP


def find_labels(text: str) -> frozenset[str]:
    """Labels that a text seems to define, folded; some may stand in code."""
    if "]:" not in text:
        return frozenset()
    return frozenset(fold_label(found[1]) for found in _DEFINED.finditer(text))


def has_plain_label(label: str) -> bool:
    """Whether a definition with this label can be found: code and escapes in it hide it."""
    markup = read_markup(label)
    return not markup.escapes and all(kind != "code" for kind, _, _ in markup.spans)


def fold_label(text: str) -> str:
    """A reference's label as it is looked up: lower case, white space folded."""
    return _SPACE.sub(" ", text.strip().lower())


def protected_spans(text: str, markup: Markup) -> tuple[ProtectedSpan, ...]:
    """What a translation has to carry over, in order."""
    if not markup.spans:
        return ()
    return tuple(
        [
            ProtectedSpan(kind=_KINDS[kind], text=text[start:end])
            for kind, start, end in markup.spans
            if kind != "entity"
        ]
    )


def has_words(text: str, markup: Markup) -> bool:
    """Whether anything is left to translate once the markup is taken out."""
    if text[0].isalpha() and not (markup.spans and markup.spans[0][1] == 0):
        return True
    at = 0
    for _, start, end in markup.spans:
        if start > at and _has_letter(text[at:start]):
            return True
        at = max(at, end)
    return _has_letter(text[at:])


def _has_letter(text: str) -> bool:
    return _LETTER.search(text) is not None
