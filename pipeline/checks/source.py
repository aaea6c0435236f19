"""Checks on the Markdown of a resource."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import markdown

from pipeline.brackets import find_costly_brackets
from pipeline.checks.rendered import ALLOWED_TAGS, ActiveContent, find_active_content
from pipeline.model import Finding, Severity

#: The extensions of mkdocs.yml, with their settings: what is code is for them to say.
EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
)
_SETTINGS = {"pymdownx.tabbed": {"alternate_style": True}}
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*\n")
#: Where one of these stands, something may be active; where none does, nothing can be.
_TAG = re.compile(r"<[!/?]?(?P<tag>[a-zA-Z][^\s/>]*)")
_NAME = re.compile(r"</?[a-zA-Z]")
_END_TAG = re.compile(r"</[a-zA-Z]")
#: A tag that ends and that no Markdown can stand in: links and code are made before tags are read.
_WHOLE_TAG = re.compile(
    r"</?[a-zA-Z][\w-]*"
    r"(?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"<>\[\\`]*\"|'[^'<>\[\\`]*'|[^\s\"'<>=\[\\`]+))?)*\s*/?>"
)
#: Attributes that run or load something; ``onclick`` and its like are told by their beginning.
_RUN_OR_LOAD = (
    "style srcdoc action formaction is ping usemap manifest xmlns src srcset poster background "
    "data dynsrc lowsrc longdesc"
)
_ACTIVE = frozenset(_RUN_OR_LOAD.split())
_ADDRESSES = frozenset({"href", "cite"})
_LAST_NAME = re.compile(r"[\w-]*\Z")
#: No attribute that browsers know is longer.
_LONGEST_NAME = 40
_SCHEME = re.compile(r"[a-z]\s*:|&#|&colon|%3a", re.IGNORECASE)
#: A value with what may be a scheme in it.
_SCHEME_IN_VALUE = re.compile(r"=\s*(?:\"[^\"]*[:&]|'[^']*[:&]|[^\s\"'>]*[:&])")
_AUTOLINK = re.compile(r"<[a-z][\w+.-]*:", re.IGNORECASE)
#: What authors write all day and what cannot be active, with what of it is still looked at:
#: comments, pictures and links to files of the project, links to the web, notes, abbreviations.
_HARMLESS = (
    (re.compile(r"<!--([^<>]*)-->"), r" \1 "),
    (re.compile(r"!\[([^\[\]<>]*)\]\((?:[\w-]+/)*[\w-]+\.[a-z]{2,4}\)"), r" \1 "),
    (re.compile(r"\]\((?:(?:https?://|mailto:|tel:\+?)\w)?[\w./#@?=+~-]*\)"), " "),
    (re.compile(r"\[\^[\w-]+\]:"), " "),
    (re.compile(r"^\*\[([^\[\]<>\n]+)\]:", re.MULTILINE), r" \1 "),
)
_LEFT = ("<!--", "![", "](", "]:")


def check_active_content(text: str, path: Path) -> tuple[Finding, ...]:
    """active-content: something that would run, or call another server, in a resource.

    Scripts, frames, forms, event handlers (``onclick``, in attribute lists too), addresses
    with ``javascript:``, and pictures from other servers: a reader's visit to a page about
    her health is nobody else's business. In code it is shown, not run, and may stand.

    - Wrong: ``![A map](https://tiles.example.com/map.png)``
    - Right: ``![A map](images/map.png)``, with the file beside the resource
    - Wrong: ``[Call us](javascript:call())``
    - Right: ``[Call us](tel:111)``

    Args:
        text: the whole text of the resource.
        path: its file.

    Returns:
        Critical findings, each with its line.
    """
    endless = find_costly_brackets(text)
    if endless is not None:
        return (_costly(path, text.count("\n", 0, endless) + 1),)
    if not _is_suspect(text):
        return ()
    active = find_active_content(_render(text))
    lines = _Lines(text)
    return tuple(
        Finding(
            check="active-content",
            severity=Severity.CRITICAL,
            path=path,
            line=lines.find(found),
            message=f"The text has {found.what}.",
            remedy="Take it out; use Markdown, and put pictures beside the resource.",
        )
        for found in active
    )


def _costly(path: Path, line: int) -> Finding:
    """A text that cannot be looked at, for it would take minutes to render."""
    return Finding(
        check="active-content",
        severity=Severity.CRITICAL,
        path=path,
        line=line,
        message="The text has too many square brackets that do not end: no page can be made of it.",
        remedy="End them, or put what needs them into code.",
    )


def _is_suspect(text: str) -> bool:
    """Whether a text must be rendered to be judged: quick, and never false where it matters."""
    tags = {found["tag"].lower().rstrip(":") for found in _TAG.finditer(text)}
    names = _names_before_equals_signs(text)
    return bool(
        tags - ALLOWED_TAGS
        or "<input" in text.lower()
        or any(name in _ACTIVE or name.startswith("on") for name in names)
        or ((names & _ADDRESSES or _AUTOLINK.search(text)) and _SCHEME.search(text))
        or _SCHEME_IN_VALUE.search(text)
        or _has_unusual_markup(text)
        or _has_unusual_tag(text)
        # Whether an end tag ends anything depends on what of the text is code.
        or _END_TAG.search(text)
    )


def _names_before_equals_signs(text: str) -> set[str]:
    """What may be the name of an attribute with a value, in small letters.

    Looked for from the equals signs, of which a text has few.
    """
    before = (part.rstrip()[-_LONGEST_NAME:] for part in text.split("=")[:-1])
    return {_LAST_NAME.search(part)[0].lower() for part in before}  # type: ignore[index]


def _has_unusual_tag(text: str) -> bool:
    """Whether a tag does not end, or has something in it that Markdown may make a tag of."""
    return any(not _WHOLE_TAG.match(text, found.start()) for found in _NAME.finditer(text))


def _has_unusual_markup(text: str) -> bool:
    for pattern, rest in _HARMLESS:
        text = pattern.sub(rest, text)
    return any(mark in text for mark in _LEFT)


def _render(text: str) -> str:
    # The front matter is rendered too: what is in it must be safe wherever it is shown.
    head = _FRONT_MATTER.match(text)
    body = text[head.end() :] if head else text
    front = text[: head.end()] if head else ""
    return f"{_markdown(body)}\n{front}"


def _markdown(text: str) -> str:
    try:
        return _converter().reset().convert(text)
    except BaseException:
        _converter.cache_clear()  # in whatever state it was left
        raise


@cache
def _converter() -> markdown.Markdown:
    """One for all texts: to make it takes a fifth of the time of a page."""
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=_SETTINGS)


class _Lines:
    """Where in the source something active is: of equal ones, in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._used: dict[str, int] = defaultdict(int)

    def find(self, found: ActiveContent) -> int:
        for pattern in _patterns(found):
            start = self._used[pattern]
            hit = re.compile(pattern, re.IGNORECASE).search(self._text, start)
            if hit:
                self._used[pattern] = hit.end()
                return self._text.count("\n", 0, hit.start()) + 1
        return 1


def _patterns(found: ActiveContent) -> list[str]:
    """What to look for, the surest first."""
    if found.attribute is None:
        return ["<!--" if found.tag == "!--" else rf"<\s*/?{re.escape(found.tag)}"]
    value = found.what.partition(": ")[2]
    patterns = [re.escape(value)] if value else []
    if found.attribute.startswith("on"):
        patterns.append(rf"{re.escape(found.attribute)}\s*=")
    scheme = value.partition(":")[0]
    if scheme != value:
        patterns.append(r"[\s&#\w;]*".join(map(re.escape, scheme)))
    return [*patterns, rf"{re.escape(found.attribute)}\s*=", rf"<{re.escape(found.tag)}", r"\]\("]
