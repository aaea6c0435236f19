"""Which pictures each unit shows: a sign-off of the unit speaks of them too.

In: a source text and its segments. Out: for each unit that shows any, the files, as paths from
the resource's folder. A picture belongs to the segment in whose text it stands, and to those
that are its alternative text or its title. One without any of these (``![](drawing.svg)``
alone) belongs to the first segment of the text, the title: somebody must have looked at it, and
moving it must cost nothing. Addresses of the web are none of ours.
"""

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from pipeline.model import Segment, UnitKey
from pipeline.segments.inline import fold_label, read_markup

#: What a text without a picture has nowhere: looked for first, for nearly every text is so.
_HINT = re.compile(r"!\[|<(?:img|source)\b", re.IGNORECASE)
#: In all patterns nothing can be matched in two ways, so that a hostile text costs its length.
_IMAGE = re.compile(
    r"""!\[(?P<text>(?>(?:[^\[\]]+|\[[^\[\]]*\])*))\]
    (?:\(\s*(?P<url><[^<>\n]*>|[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)
    |\s?\[(?P<label>[^\[\]]*)\])?""",
    re.VERBOSE,
)
_TAG = re.compile(r"""<(?:img|source)\b(?>(?:[^<>"']+|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
_SOURCE = re.compile(
    r"""\s(src|srcset)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE
)
_DEFINITION = re.compile(r"^[ \t>]*\[([^\[\]\n]+)\]:[ \t]*(?:\n[ \t>]*)?<?([^\s<>]+)", re.MULTILINE)
_REMOTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//|#|/")

#: Start, end and files of something that shows pictures.
_Shown = tuple[int, int, tuple[str, ...]]


def find_assets(text: str, segments: Sequence[Segment]) -> Mapping[UnitKey, tuple[str, ...]]:
    """The picture files that each unit shows.

    Args:
        text: the whole source text.
        segments: its segments, in order.

    Returns:
        Paths with slashes, from the resource's folder, sorted, each once; a path may lead out
        of that folder (``../images/phone.svg``). Units without pictures are left out.
    """
    if not _HINT.search(text):
        return {}
    defined = _definitions(text)
    found: dict[UnitKey, set[str]] = {}
    for segment in segments:
        if paths := set(_within(segment.msgid, defined)):
            found.setdefault(segment.key, set()).update(paths)
    spans = sorted(segments, key=lambda segment: segment.start)
    for start, end, files in sorted(_shown(text, defined)):
        owners = [s for s in spans if s.start < end and start < s.end] or spans[:1]
        for segment in owners:
            # What stands in its own text is known already, and code in it shows nothing.
            if not _HINT.search(segment.msgid):
                found.setdefault(segment.key, set()).update(files)
    return {key: tuple(sorted(paths)) for key, paths in found.items()}


def _definitions(text: str) -> dict[str, tuple[str, ...]]:
    """Addresses by folded label; all of them where one is defined twice."""
    defined: dict[str, tuple[str, ...]] = {}
    for found in _DEFINITION.finditer(text):
        label = fold_label(found[1])
        defined[label] = (*defined.get(label, ()), found[2])
    return defined


def _within(msgid: str, defined: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Files shown by a segment's own text; code in it shows nothing."""
    if not _HINT.search(msgid):
        return
    markup = read_markup(msgid, defined)
    for link in markup.links:
        if link.is_image and link.url:
            yield from _files([msgid[slice(*link.url)]])
        elif link.is_image:
            yield from _files(defined.get(link.label, ()))
    code = [(start, end) for kind, start, end in markup.spans if kind == "code"]
    for start, _, files in _tags(msgid):
        if not any(begin <= start < end for begin, end in code):
            yield from files


def _shown(text: str, defined: Mapping[str, tuple[str, ...]]) -> Iterator[_Shown]:
    """Everything in a whole text that looks like a picture; some may stand in code."""
    for found in _IMAGE.finditer(text):
        if found["url"] is not None:
            addresses: tuple[str, ...] = (found["url"],)
        else:
            label = fold_label(found["label"] or found["text"])
            addresses = defined.get(label, ()) or defined.get(fold_label(found["text"]), ())
        if files := _files(addresses):
            yield found.start(), found.end(), files
    yield from _tags(text)


def _tags(text: str) -> Iterator[_Shown]:
    for tag in _TAG.finditer(text):
        addresses: list[str] = []
        for found in _SOURCE.finditer(tag[0]):
            value = html.unescape(found[2] or found[3] or found[4] or "")
            is_set = found[1].lower() == "srcset"
            parts = value.split(",") if is_set else [value]
            addresses += [part.split()[0] if is_set else part for part in parts if part.strip()]
        if files := _files(addresses):
            yield tag.start(), tag.end(), files


def _files(addresses: Iterable[str]) -> tuple[str, ...]:
    """Paths of those addresses that are files beside the text."""
    plain = (address.strip().removeprefix("<").removesuffix(">") for address in addresses)
    local = (address for address in plain if address and not _REMOTE.match(address))
    paths = (unquote(re.split(r"[?#]", address, maxsplit=1)[0]) for address in local)
    return tuple(posixpath.normpath(path) for path in paths if path)
