"""Tags of an HTML text, as a browser's tokenizer finds them.

Follows the states of the HTML standard (13.2.5) outside of elements whose content is
raw text. Whoever asks refuses such elements, and the standard's tokenizer never leaves
these states without them, so no browser sees a tag that is not seen here.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

#: White space as the standard has it: not a no-break space, not a vertical tab.
_SPACE = r"\t\n\f\r "
_OPEN = re.compile(
    r"<(?:(?P<comment>!--)|(?P<bogus>[!?]|/(?![a-zA-Z]))"
    rf"|(?P<end>/?)(?P<name>[a-zA-Z][^{_SPACE}/>]*))"
)
#: ``<!-->`` and ``<!--->`` are whole comments; ``--!>`` ends one too.
_COMMENT_END = re.compile(r"-?>|.*?--!?>", re.DOTALL)
# An equals sign may begin a name.
_VALUE = (
    r"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    rf"|(?P<open>[\"'].*)|(?P<bare>[^{_SPACE}>]*)"
)
_ATTRIBUTE = re.compile(
    rf"[{_SPACE}/]*(?P<name>[^{_SPACE}/>][^{_SPACE}/>=]*)"
    rf"(?:[{_SPACE}]*=[{_SPACE}]*(?:{_VALUE}))?",
    re.DOTALL,
)
_CLOSE = re.compile(rf"[{_SPACE}/]*>?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A start or end tag.

    Attributes:
        name: its name in small letters; ``!--`` for a comment that never ends.
        is_end: whether it is an end tag.
        attributes: names in small letters and values with character references resolved.
        start: offset of ``<``.
        end: offset after ``>``.
    """

    name: str
    is_end: bool
    attributes: tuple[tuple[str, str], ...]
    start: int
    end: int


def find_tags(text: str) -> Iterator[Tag]:
    """The tags of an HTML text, in order; comments are passed over.

    A tag that the text does not end counts too: what stands behind it on a page would end it.
    """
    at = 0
    while found := _OPEN.search(text, at):
        if found["comment"]:
            end = _COMMENT_END.match(text, found.end())
            if not end:
                yield Tag(
                    name="!--", is_end=False, attributes=(), start=found.start(), end=len(text)
                )
                return
            at = end.end()
        elif found["bogus"]:
            at = text.find(">", found.end()) + 1
            if not at:
                return
        else:
            tag = _read_tag(text, found)
            yield tag
            at = tag.end


def _read_tag(text: str, found: re.Match[str]) -> Tag:
    attributes = []
    at = found.end()
    while attribute := _ATTRIBUTE.match(text, at):
        values = attribute.group("double", "single", "open", "bare")
        value = next((value for value in values if value is not None), "")
        attributes.append((attribute["name"].lower(), html.unescape(value)))
        at = attribute.end()
    close = _CLOSE.match(text, at)
    return Tag(
        name=found["name"].lower(),
        is_end=bool(found["end"]),
        attributes=tuple(attributes),
        start=found.start(),
        end=close.end() if close else at,
    )
