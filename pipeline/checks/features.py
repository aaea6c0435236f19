"""The markup of a segment's text, as values that can be compared: what a target must keep.

The text is looked at as it stands, code or not: a tag within a code span is a feature
too. So nothing depends on which of two parsers is right.
"""

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pipeline.checks.addresses import has_script_scheme, normal_address
from pipeline.checks.tags import Tag, find_tags


class FeatureKind(StrEnum):
    """What a piece of markup is, in words for a message."""

    TAG = "the tag"
    ATTRIBUTE = "the attribute"
    COMMENT = "a comment"
    LINK = "a link to"
    PICTURE = "a picture from"
    ADDRESS = "the address"
    REFERENCE = "a link with the label"
    DEFINITION = "the definition of"
    LIST = "the attribute list or placeholder"
    FOOTNOTE = "the footnote"
    MACRO = "an instruction to a tool:"
    SHORTCODE = "the icon"
    PLACEHOLDER = "the placeholder"
    SCRIPT = "an address that runs a script:"


class Feature(NamedTuple):
    """A piece of markup."""

    kind: FeatureKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.value}".rstrip()


#: Kinds of which a target may have more than its source: the reader is led to the same place.
REPEATABLE = frozenset(
    {FeatureKind.LINK, FeatureKind.ADDRESS, FeatureKind.REFERENCE, FeatureKind.FOOTNOTE}
)
_NONE: Counter[Feature] = Counter()
#: Nearly every text has none of these characters, and then none of what follows but `www.`.
_HINT = re.compile(r"[<{\[`&\\:@]")
#: A text without any of these has no markup that is compared here.
_MARKUP = re.compile(
    r"[<{\[`&\\]|%[(\dsdiufgx]|://|www\.|8<|:[a-z0-9_+-]{2,}:|(?:mailto|tel)\s*:|script\s*:|@[\w-]+\.",
    re.IGNORECASE,
)
_TEXT_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "placeholder", "summary", "label"})
# Bounded, so that a hostile text of brackets costs no more than its length.
_LABEL = r"\[(?:[^\[\]]|\[[^\[\]]{0,300}\]){0,600}\]"
_DESTINATION = re.compile(rf"(!?){_LABEL}\(\s*(<[^>\n]*>|(?:\\.|[^\s()\\]|\([^()\s]{{0,300}}\))*)")
#: A destination whose brackets the pattern above cannot pair.
_LOOSE = re.compile(r"\]\(\s*(<[^>\n]*>?|[^\s)]*)")
_REFERENCE = re.compile(rf"(!?){_LABEL}\s?\[([^\[\]^][^\[\]]*)\]")
_DEFINITION = re.compile(r"^[ \t]*(\*?\[[^\]]*\]):[ \t]*(\S*)", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_AUTOLINK = re.compile(r"<([a-zA-Z][\w+.\-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>")
# ASCII alone: Chinese and Japanese write on without a space.
_BARE = re.compile(
    r"(?:[a-z][a-z0-9+.\-]{0,20}://|www\.|(?:mailto|tel):)[!#-&*-;=?-Z^_a-z~]*", re.IGNORECASE
)
_TAIL = re.compile(r"[.,;:!?*_'\")\]}]+$")
_LIST = re.compile(r"\{[^{}\n]*\}")
_LIST_TEXT = re.compile(r"""(?<![\w-])((?:alt|title|aria-label)=)("[^"]*"|'[^']*')""")
_MACRO = re.compile(r"\{\{|\{%|\{#|-+8<-+|;8<|<!\[|<\?|<!(?!-)|\[TOC\]|::: ?\w", re.IGNORECASE)
#: Placeholders of C, Python and shells; those in braces are found as lists.
_PLACEHOLDER = re.compile(r"(?<![\d%])%(?:\(\w+\)|\d+\$)?[sdiufgx](?!\w)|\$\{\w+\}")
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z0-9_+-]{2,}:(?![\w:])")


def has_markup(text: str) -> bool:
    """Whether a text may have any feature: quick, and never wrongly no."""
    may_have = _HINT.search(text) or "ww" in text or "WW" in text or "Ww" in text or "wW" in text
    return bool(may_have and _MARKUP.search(text))


def read_features(text: str) -> Counter[Feature]:
    """The features of a text, and how often it has each."""
    if not has_markup(text):
        return _NONE
    counted = Counter(_in_html(text))
    counted.update(_in_links(text))
    counted.update(_others(text))
    return counted


def _in_html(text: str) -> Iterator[Feature]:
    if "<" not in text:
        return
    if "<!--" in text:
        for _ in range(text.count("<!--")):
            yield Feature(FeatureKind.COMMENT, "<!--")
        # What stands in a comment for one reader may stand outside of it for another.
        text = text.replace("<!--", " ").replace("-->", " ")
    links = {found.start() for found in _AUTOLINK.finditer(text)}
    for tag in find_tags(text):
        if tag.start not in links:
            yield from _in_tag(tag)


def _in_tag(tag: Tag) -> Iterator[Feature]:
    yield Feature(FeatureKind.TAG, f"</{tag.name}>" if tag.is_end else f"<{tag.name}>")
    for name, value in tag.attributes:
        said = "" if name in _TEXT_ATTRIBUTES else f'="{" ".join(value.split())}"'
        yield Feature(FeatureKind.ATTRIBUTE, f"{tag.name} {name}{said}")


def _in_links(text: str) -> Iterator[Feature]:
    paired = 0
    for found in _DESTINATION.finditer(text):
        paired += 1
        kind = FeatureKind.PICTURE if found[1] else FeatureKind.LINK
        yield Feature(kind, normal_address(found[2]))
    loose = list(_LOOSE.finditer(text))
    if len(loose) != paired:
        for found in loose:
            yield Feature(FeatureKind.LINK, normal_address(found[1]))
    for found in _REFERENCE.finditer(text):
        yield Feature(FeatureKind.REFERENCE, f"{found[1]}[{found[2].casefold()}]")
    for found in _DEFINITION.finditer(text):
        yield Feature(FeatureKind.DEFINITION, f"{found[1]}: {normal_address(found[2])}")
    for found in _AUTOLINK.finditer(text):
        yield Feature(FeatureKind.ADDRESS, normal_address(found[1]))
    for found in _BARE.finditer(text):
        yield Feature(FeatureKind.ADDRESS, normal_address(_TAIL.sub("", found[0])))
    if has_script_scheme(text):
        yield Feature(FeatureKind.SCRIPT, "")


def _others(text: str) -> Iterator[Feature]:
    for found in _FOOTNOTE.finditer(text):
        yield Feature(FeatureKind.FOOTNOTE, found[0])
    for found in _LIST.finditer(text):
        said = _LIST_TEXT.sub(r"\1", " ".join(found[0].strip("{}:").split()))
        yield Feature(FeatureKind.LIST, f"{{{said}}}")
    for found in _MACRO.finditer(text):
        yield Feature(FeatureKind.MACRO, found[0])
    for found in _PLACEHOLDER.finditer(text):
        yield Feature(FeatureKind.PLACEHOLDER, found[0])
    for found in _SHORTCODE.finditer(text):
        yield Feature(FeatureKind.SHORTCODE, found[0])
