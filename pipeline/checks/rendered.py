"""What would run, or call another server, in the HTML of a page's text.

The second line of defence, behind the checks on sources and translations: whatever
trick of Markdown let it through, here it is HTML.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.addresses import has_script_scheme, is_safe_link, is_safe_picture
from pipeline.checks.tags import Tag, find_tags

#: Elements that a page's text may have. No element is among them whose content is raw text
#: or another language (script, style, svg, math, textarea, template …): see ``tags``.
_ALLOWED = (
    "a abbr address article aside audio b bdi bdo blockquote br button caption cite code col "
    "colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hgroup hr i img input ins kbd label li main mark menu meter nav ol p picture pre "
    "progress q rp rt ruby s samp search section small source span strong sub summary sup table "
    "tbody td tfoot th thead time tr track tt u ul var video wbr"
)
ALLOWED_TAGS = frozenset(_ALLOWED.split())
#: End tags that end nothing: browsers make an empty paragraph or a line break of them.
_ENDED_ALONE = frozenset({"p", "br"})
_LINKS = frozenset({"href", "cite", "longdesc"})
_LOADS = frozenset({"src", "srcset", "poster", "background", "data", "dynsrc", "lowsrc"})
_NEVER = frozenset(
    {"srcdoc", "action", "formaction", "ping", "is", "usemap", "manifest", "xmlns", "xlink:href"}
)
#: Attributes that are text for people.
_READ = frozenset({"alt", "title", "aria-label"})
_INPUTS = frozenset({"checkbox", "radio"})
#: CSS that loads or runs something, plainly or behind CSS escapes.
_STYLE = re.compile(r"url|image|@|expression|behaviou?r|binding|script|\\|/\*|<", re.IGNORECASE)
#: A tag or comment as Markdown writes it, behind its ``<`` and before the first ``>``: with
#: no other quotes and no ``<``, every tokenizer reads it alike and ends it there.
_USUAL = re.compile(
    r"!--(?!-)(?:[^->]|-(?!-))*--|/[a-z][a-z0-9]*|"
    r"[a-z][a-z0-9]*(?: [a-z][a-z-]*(?:=(?:\"[^\"<>]*\"|[\w-]+))?)* ?/?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveContent:
    """Something that a page's text must not have.

    Attributes:
        what: in words: "the tag <script>".
        tag: name of the tag that it is or is on.
        attribute: name of the attribute; None where it is the tag.
        offset: where the tag begins in the HTML.
    """

    what: str
    tag: str
    attribute: str | None
    offset: int

    def __str__(self) -> str:
        return self.what


def find_active_content(html: str) -> tuple[ActiveContent, ...]:
    """What would run, or call another server, in the HTML of a page's text.

    Args:
        html: what Markdown made of a resource, without the theme around it.
    """
    if _is_harmless(html):
        return ()
    open_now: Counter[str] = Counter()
    return tuple(found for tag in find_tags(html) for found in _in_either(tag, open_now))


def _is_harmless(html: str) -> bool:
    """Whether all tags are usual ones and none is active: quick, and never true in doubt."""
    open_now: dict[str, int] = {}
    for piece in html.split("<")[1:]:
        inside, end, _ = piece.partition(">")
        tag = _find_harmless(inside) if end else None
        if tag is None:
            return False
        if tag[:1] != "/":
            open_now[tag] = open_now.get(tag, 0) + 1
        elif (name := tag[1:]) not in _ENDED_ALONE:
            open_now[name] = still = open_now.get(name, 0) - 1
            if still < 0:
                return False
    return True


@lru_cache(maxsize=1 << 14)
def _find_harmless(inside: str) -> str | None:
    """The name of a usual tag that is not active, with its slash; None for all others."""
    if not _USUAL.fullmatch(inside):
        return None
    tags = tuple(find_tags(f"<{inside}>"))
    if not tags:
        return "!--"
    (tag,) = tags
    if tag.is_end:
        return f"/{tag.name}"
    return None if any(_in_tag(tag)) else tag.name


def _in_either(tag: Tag, open_now: Counter[str]) -> Iterator[ActiveContent]:
    """What a start tag has; of an end tag, whose attributes browsers drop, whether it is ours."""
    if not tag.is_end:
        open_now[tag.name] += 1
        yield from _in_tag(tag)
    elif tag.name not in _ENDED_ALONE:
        open_now[tag.name] -= 1
        if open_now[tag.name] < 0:
            open_now[tag.name] = 0
            yield _found(tag, f"an end tag of something that it did not begin: </{tag.name}>")


def _in_tag(tag: Tag) -> Iterator[ActiveContent]:
    if tag.name == "!--":
        yield _found(tag, "a comment that does not end")
    elif tag.name not in ALLOWED_TAGS:
        yield _found(tag, f"the tag <{tag.name}>")
    elif tag.name == "input" and dict(tag.attributes).get("type", "").lower() not in _INPUTS:
        yield _found(tag, "a field for typing (<input>)")
    for name, value in tag.attributes:
        if what := _find_in_attribute(tag.name, name, value):
            yield _found(tag, what, name)


def _found(tag: Tag, what: str, attribute: str | None = None) -> ActiveContent:
    return ActiveContent(what=what, tag=tag.name, attribute=attribute, offset=tag.start)


def _find_in_attribute(tag: str, name: str, value: str) -> str | None:
    what = None
    if name.startswith("on"):
        what = f"the event handler {name}"
    elif name in _NEVER:
        what = f"the attribute {name}"
    elif name == "style" and _STYLE.search(value):
        what = f"a style that loads or runs something: {value}"
    elif name in _LINKS and not is_safe_link(value):
        what = f"a link that runs something or opens a file: {value}"
    elif name in _LOADS and not all(map(is_safe_picture, _addresses(name, value))):
        what = f"something loaded from elsewhere by <{tag}>: {value}"
    elif name not in _READ and name not in _LOADS and has_script_scheme(value):
        what = f"a script in the attribute {name}"
    return what


def _addresses(name: str, value: str) -> list[str]:
    if name != "srcset" or value.startswith("data:"):
        return [value]
    return [part.split()[0] for part in value.split(",") if part.strip()]
