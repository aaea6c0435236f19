"""What a reader sees of a heading: its text without the markup."""

import html
import re
from collections.abc import Container

from pipeline.segments.inline import TAG, Markup, read_markup

_TAG = re.compile(TAG)
_EMPHASIS = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])(.{0,400}?[^\s_])\1(?!\w)", re.DOTALL)
#: Stands for an underscore that cannot mean emphasis.
_HELD = "\ue05f"


def plain_text(text: str, labels: Container[str] | None = None) -> str:
    """The text a reader sees, as Python-Markdown's toc takes it for a heading's name.

    Args:
        text: a text as written.
        labels: labels of the references that are defined; None to take all as defined.
    """
    markup = read_markup(text, labels or ())
    if not markup.spans and not markup.links and not markup.escapes and "_" not in text:
        return html.unescape(text)
    cut = _hidden(text, markup, labels)
    cut.sort(key=lambda piece: (piece[0], -piece[1]))
    parts: list[str] = []
    at = 0
    for start, end, shown in cut:
        if start < at:
            continue
        parts.extend((text[at:start], shown.replace("_", _HELD)))
        at = end
    shown = _EMPHASIS.sub(r"\2", "".join([*parts, text[at:]]))
    return html.unescape(shown.replace(_HELD, "_"))


def _hidden(text: str, markup: Markup, labels: Container[str] | None) -> list[tuple[int, int, str]]:
    """What a reader does not see, or sees otherwise: start, end, what is shown."""
    cut: list[tuple[int, int, str]] = []
    for kind, start, end in markup.spans:
        # A footnote that is not there is shown as it is written.
        if kind != "footnote" or labels is None or text[start + 1 : end - 1] in labels:
            cut.append((start, end, _visible(kind, text[start:end])))
    if any(kind == "html" for kind, _, _ in markup.spans):
        # An attribute that is read is no span, and is in no heading's name.
        starts = {start for kind, start, _ in markup.spans if kind == "html"}
        cut.extend((*tag.span(), "") for tag in _TAG.finditer(text) if tag.start() in starts)
    for link in markup.links:
        is_lost = labels is not None and bool(link.label) and link.label not in labels
        if link.is_image and not is_lost:
            cut.append((link.start, link.end, ""))
        elif link.form == "full" and is_lost:
            # Nothing is defined by that label: both texts are shown.
            cut.append((link.close, link.end, text[link.close : link.end]))
        elif link.form != "short":
            cut.append((link.close, link.end, ""))
    cut.extend((at, at + 2, text[at + 1]) for at in markup.escapes)
    return cut


def _visible(kind: str, text: str) -> str:
    if kind == "code":
        return text.strip("`").strip()
    if kind == "auto":
        return text[1:-1]
    if kind in {"html", "comment", "footnote", "emoji", "attributes"}:
        return ""
    return text
