"""HTML's elements, as far as Markdown and translation tell them apart."""

import re

#: Python-Markdown's list of elements that never stand in a paragraph.
BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
        "canvas",
        "colgroup",
        "dd",
        "body",
        "dt",
        "group",
        "html",
        "iframe",
        "li",
        "legend",
        "math",
        "map",
        "noscript",
        "output",
        "object",
        "option",
        "progress",
        "script",
        "style",
        "summary",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "video",
        "center",
    ]
)
SPAN_TAGS = frozenset(
    [
        "address",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "legend",
        "li",
        "p",
        "summary",
        "td",
        "th",
    ]
)
RAW_TAGS = frozenset(["canvas", "math", "option", "pre", "script", "style", "textarea"])
#: Elements whose content is not text for people.
SILENT = frozenset(
    ["script", "style", "pre", "code", "kbd", "samp", "var", "svg", "math", "template"]
)
#: Elements that may hold text but no markup.
BARE = frozenset(["option", "title", "textarea"])
#: Elements that break a text in two though Markdown lets them stand in a paragraph.
BREAKS = frozenset(
    ["button", "label", "select", "input", "title", "video", "audio", "source", "track", "hr"]
)

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""\s([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>]+))?""")


def name_of(tag: str) -> str:
    """A tag's name in lower case; empty where it is none."""
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def attributes_of(tag: str) -> dict[str, str]:
    """A start tag's attributes; one without a value has its own name as value."""
    return {
        found[1].lower(): (found[2] or found[1]).strip("\"'")
        for found in _ATTRIBUTE.finditer(tag.rstrip("/>"))
    }
