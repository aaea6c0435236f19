"""The texts that people read in raw HTML: runs between tags, and some attributes."""

import re
from dataclasses import dataclass

from pipeline.segments.inline import TAG, TEXT_ATTRIBUTES
from pipeline.segments.lines import STX
from pipeline.segments.tags import BARE, BLOCK_TAGS, BREAKS, SILENT, name_of

_TOKEN = re.compile(rf"(?P<comment><!--|<\?)|(?P<tag>{TAG})")
_TAG = re.compile(TAG)
_COMMENT_END = re.compile(r"--!?>|\?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlText:
    """A text that people read in raw HTML.

    Attributes:
        start: view offset.
        end: view offset after it.
        role: ``text``, ``bare`` (no markup may stand there), ``button``, ``caption``, or
            the name of the attribute whose value it is.
        quote: for an attribute, the quotation mark around it.
    """

    start: int
    end: int
    role: str
    quote: str = ""


def find_texts(text: str, start: int, end: int) -> list[HtmlText]:
    """The texts in a stretch of raw HTML: runs between block-level tags, and attributes."""
    found: list[HtmlText] = []
    run = at = start
    enclosing = ""
    while at < end and (token := _TOKEN.search(text, at, end)):
        tag = token["tag"]
        name = name_of(tag) if tag else ""
        if token["comment"]:
            close = _COMMENT_END.search(text, token.end(), end)
            at = close.end() if close else token.end()
        elif name in SILENT and not tag.startswith("</") and not tag.endswith("/>"):
            close = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(
                text, token.end(), end
            )
            at = close.end() if close else end
            if name in {"code", "kbd", "samp", "var"}:
                continue
        else:
            at = token.end()
            if tag and name not in BLOCK_TAGS and name not in BREAKS:
                continue
        _add_run(text, run, token.start(), enclosing, found)
        if tag:
            found += _attribute_texts(tag, token.start())
            enclosing = "" if tag.startswith("</") else name
        run = at
    _add_run(text, run, end, enclosing, found)
    return found


_ROLES = {"button": "button", "figcaption": "caption", "caption": "caption", "summary": "summary"}
_LEADING = re.compile(rf"\s*+(?:{TAG}\s*+)?")


def _add_run(text: str, start: int, end: int, enclosing: str, found: list[HtmlText]) -> None:
    """Add the text between two tags, without the inline tags around all of it."""
    run = text[start:end]
    if STX in run:
        for piece in re.finditer(rf"[^{STX}]+", run):
            _add_run(text, start + piece.start(), start + piece.end(), enclosing, found)
        return
    outer = _TAG.sub("", run)
    if not any(char.isalpha() for char in outer):
        for tag in _TAG.finditer(run):
            found += _attribute_texts(tag[0], start + tag.start())
        return
    first, last = _trim(run)
    role = "bare" if enclosing in BARE else _ROLES.get(enclosing, "text")
    found.append(HtmlText(start=start + first, end=start + last, role=role))


def _trim(run: str) -> tuple[int, int]:
    first, last = len(run) - len(run.lstrip()), len(run.rstrip())
    while True:
        opening = _TAG.match(run, first, last)
        if not opening or opening[0].startswith("</"):
            return first, last
        name = name_of(opening[0])
        closing = f"</{name}>"
        is_around = run[first:last].lower().endswith(closing) and name not in {"br", "img"}
        inner = run[opening.end() : last - len(closing)]
        if not is_around or closing in inner.lower() or f"<{name}" in inner.lower():
            return first, last
        first = opening.end() + len(inner) - len(inner.lstrip())
        last = opening.end() + len(inner.rstrip())


_VALUE = re.compile(
    rf"""\s({"|".join(TEXT_ATTRIBUTES)})\s*=\s*(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL
)


def _attribute_texts(tag: str, start: int) -> list[HtmlText]:
    return [
        HtmlText(
            start=start + found.start(3),
            end=start + found.end(3),
            role=found[1].lower(),
            quote=found[2],
        )
        for found in _VALUE.finditer(tag)
        if any(char.isalpha() for char in found[3])
    ]
