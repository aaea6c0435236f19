"""A page's sections, and a locale's search index: one entry a section, in Material's form.

Nothing is cut to stems or split into words here: the script of the search page folds
letters (case, accents, forms of the same Arabic letter, digits) on both sides and finds
parts of words, which works in every script, with or without spaces.
"""

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.website.speech import Speech

_HEADING = re.compile(
    r"<h[2-6][^>]*?\bid=\"(?P<id>[^\"]*)\"[^>]*>(?P<title>.*?)</h[2-6]>", re.DOTALL
)
_BLOCK_END = re.compile(r"</(?:p|li|td|th|dt|dd|h\d|summary|label|div)>|<br\s*/?>")
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_NOTE_MARK = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_NOT_LANGUAGE = re.compile(r"</?(?!span\b|bdi\b)[a-zA-Z][^>]*>")
_STRINGS = (
    "material.search.result.placeholder",
    "material.search.result.none",
    "material.search.result.one",
    "material.search.result.other",
    "material.search.result.initializer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page: what a result leads to."""

    location: str
    title: str
    text: str


def split_sections(url: str, title: str, summary: str, content: str) -> list[Section]:
    """A rendered page's sections: the beginning, then one for each heading with an id.

    Args:
        url: address of the page below its locale.
        title: its title.
        summary: its summary; found together with the text before the first heading.
        content: its rendered body.
    """
    parts = _HEADING.split(_HIDDEN.sub("", content))
    sections = [Section(location=url, title=title, text=f"{summary} {_text(parts[0])}".strip())]
    for anchor, heading, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        location = f"{url}#{html.unescape(anchor)}"
        sections.append(Section(location=location, title=_text(heading), text=_text(body)))
    return sections


def list_headings(content: str) -> list[tuple[str, str]]:
    """The second-level headings of a rendered page: id, and text as HTML.

    Of the tags those stay that say in which language or direction a part is.

    Args:
        content: the rendered body.
    """
    return [
        (html.unescape(found["id"]), _NOT_LANGUAGE.sub("", _NOTE_MARK.sub("", found["title"])))
        for found in _HEADING.finditer(_HIDDEN.sub("", content))
        if found[0].startswith("<h2")
    ]


def render_index(speech: Speech, sections: Iterable[Section]) -> bytes:
    """The index as JSON, with the strings that the search page says."""
    index = {
        "config": {"lang": [speech.locale.tag], "separator": r"[\s\p{P}]+", "pipeline": []},
        "strings": {key: _string(speech, key) for key in _STRINGS},
        "docs": [{"location": s.location, "title": s.title, "text": s.text} for s in sections],
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


def _string(speech: Speech, key: str) -> dict[str, str]:
    phrase = speech.phrase(key)
    return {
        "text": phrase.text,
        "lang": phrase.locale,
        "dir": speech.direction(phrase.locale),
    }


def _text(content: str) -> str:
    spaced = _BLOCK_END.sub(" ", content)
    return " ".join(html.unescape(_TAG.sub("", spaced)).split())
