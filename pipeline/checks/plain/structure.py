"""What holds a text together, for those who see it and those who hear it."""

import re
from itertools import pairwise
from pathlib import PurePosixPath

from pipeline.checks.plain.marks import Link, Picture
from pipeline.checks.plain.page import Page
from pipeline.checks.plain.wordlists import load_vague_links, load_words
from pipeline.model import Finding, Severity

_MARKS = re.compile(r"[*_`~]|\{:?[^{}]*\}|<[^<>]*>|!\[[^\[\]]*\]\([^()]*\)")
_HERE = re.compile(r"^click (?:here|on)\b|\bhere$")
_AROUND = " \t\n.,:;!?…»«>→›“”\"'’()[]"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:uk|org|com|net|gov|int|eu)(?:/\S*)?")
_FILE = re.compile(r".*\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?|heic|pdf)", re.IGNORECASE)
_CAMERA = re.compile(
    r"(?:img|dsc|dscn|pic|image|photo|screenshot|scan|figure|fig)?[\W_]*\d[\d\W_]*", re.IGNORECASE
)
_LONG_TEXT = 300
_LINK_REMEDY = "Make a link of the words that name the page: [NHS 111 online](https://111.nhs.uk/)."
_PICTURE_REMEDY = "Say in one sentence what matters in it; it is read aloud, and translated."


def check_heading_order(page: Page) -> tuple[Finding, ...]:
    """heading-order: headings skip a level, begin at the wrong one, or are missing.

    Advice, any language. Who cannot see the page moves through it by its headings, and a missing
    level sounds like a missing part. The title is the first level: a text below a title begins
    with ``##``. A text of more than 300 words in English needs headings at all.

    - Standard: WCAG 2.2, 1.3.1 and 2.4.6, https://www.w3.org/TR/WCAG22/#headings-and-labels; PEMAT
      (informative headers), https://www.ahrq.gov/health-literacy/patient-education/pemat.html
    - Wrong: ``## Treat your symptoms``, then ``#### Cough``
    - Right: ``## Treat your symptoms``, then ``### Cough``
    - Wrong: ``## علاج الأعراض``, then ``#### السعال``
    - Right: ``## علاج الأعراض``, then ``### السعال``

    Args:
        page: the resource.

    Returns:
        One finding for each heading that is out of order.
    """
    findings = [*_too_high(page)]
    for above, below in pairwise(page.headings):
        if below.level > above.level + 1:
            want = "#" * (above.level + 1)
            message = f"“{below.text}” is {below.level - above.level} levels below “{above.text}”."
            findings.append(_heading(page, below.line, message, remedy=f"Write {want} before it."))
    words = sum(block.words for block in page.body)
    if not page.headings and page.is_english and words > _LONG_TEXT:
        message = f"The text has {words} words and no heading."
        findings.append(
            _heading(
                page, None, message, remedy="Give each part a heading that says what it tells."
            )
        )
    return tuple(findings)


def _too_high(page: Page) -> list[Finding]:
    has_title = "title" in page.fields
    first = [heading for heading in page.headings if heading.level == 1]
    wrong = first if has_title else first[1:]
    return [
        _heading(
            page,
            heading.line,
            f"“{heading.text}” is a second title: the title is the only first level.",
            remedy="Write ## before it.",
        )
        for heading in wrong
    ]


def _heading(page: Page, line: int | None, message: str, *, remedy: str) -> Finding:
    return page.finding("heading-order", Severity.MINOR, line, message=message, remedy=remedy)


def check_link_text(page: Page) -> tuple[Finding, ...]:
    """link-text: a link does not say where it leads.

    "Click here", an address as it is, or nothing at all. Who hears the page moves from link to
    link, and hears their texts alone; on paper "here" leads nowhere. A link without any text is a
    finding, for nobody can tell that it is there; the rest is advice. Bare addresses are told in
    any language, "click here" in those of ``words/english.toml``.

    - Standard: WCAG 2.2, 2.4.4, https://www.w3.org/TR/WCAG22/#link-purpose-in-context; NHS content
      style guide (links), https://service-manual.nhs.uk/content/formatting
    - Wrong: ``[Click here](https://111.nhs.uk/) for NHS 111 online.``
    - Right: ``Use [NHS 111 online](https://111.nhs.uk/).``
    - Wrong: ``[اضغط هنا](https://111.nhs.uk/)``
    - Right: ``[خدمة 111 على الإنترنت](https://111.nhs.uk/)``

    Args:
        page: the resource.

    Returns:
        One finding a link.
    """
    vague = load_vague_links(page.locale)
    wrong = ((link, _wrong_link(link, vague)) for link in page.links)
    return tuple(
        page.finding("link-text", found[1], link.line, message=found[0], remedy=_LINK_REMEDY)
        for link, found in wrong
        if found
    )


def _wrong_link(link: Link, vague: frozenset[str]) -> tuple[str, Severity] | None:
    has_picture = "![" in link.text or "<img" in link.text
    text = _MARKS.sub("", link.text).strip(_AROUND)
    if link.is_bare or _ADDRESS.fullmatch(text):
        return f"The address {text} stands in the text as it is.", Severity.MINOR
    if not text and not has_picture:
        return f"The link to {link.url} has no text.", Severity.MAJOR
    if _is_vague(text, vague):
        return f"“{text}” does not say where the link leads.", Severity.MINOR
    return None


def _is_vague(text: str, vague: frozenset[str]) -> bool:
    folded = " ".join(text.lower().split())
    return folded in vague or bool(_HERE.search(folded))


def check_alt_text(page: Page) -> tuple[Finding, ...]:
    """alt-text: a picture has no text, or one that says nothing.

    A picture without a text is a finding: who cannot see it gets nothing, and no leaflet is made of
    the page. So is the name of a file. "Image of" and a word such as "photo" alone are advice. A
    picture that only decorates is written ``<img src="…" alt="">``, and nothing is said of it.

    - Standard: WCAG 2.2, 1.1.1, https://www.w3.org/TR/WCAG22/#non-text-content
    - Wrong: ``![](images/rest.svg)`` or ``![IMG_0012.jpg](images/rest.svg)``
    - Right: ``![A person rests in bed](images/rest.svg)``
    - Wrong: ``![rest.svg](images/rest.svg)``
    - Right: ``![شخص يستريح في السرير](images/rest.svg)``

    Args:
        page: the resource.

    Returns:
        One finding a picture.
    """
    wrong = ((picture, _what_is_wrong(picture)) for picture in page.pictures)
    return tuple(
        page.finding("alt-text", found[1], picture.line, message=found[0], remedy=_PICTURE_REMEDY)
        for picture, found in wrong
        if found
    )


def _what_is_wrong(picture: Picture) -> tuple[str, Severity] | None:
    if picture.is_decoration:
        return None
    text = " ".join((picture.text or "").split())
    words = re.findall(r"[^\W_]+", text.lower())
    if not words:
        return f"The picture {picture.url} has no text.", Severity.MAJOR
    if _FILE.fullmatch(text) or _CAMERA.fullmatch(text):
        return f"The picture's text is the name of a file: {text}.", Severity.MAJOR
    stem = PurePosixPath(picture.url).stem.lower()
    if {word for word in words if not word.isdigit()} <= load_words(
        "empty-pictures"
    ) or words == re.findall(r"[^\W_]+", stem):
        return f"The picture's text, “{text}”, does not say what is in it.", Severity.MINOR
    if re.match(
        r"(?:an?\s+|the\s+)?(?:image|picture|photo|photograph|graphic)\s+(?:of|showing)\b",
        text,
        re.IGNORECASE,
    ):
        return f"“{text}”: that it is a picture, readers are told anyway.", Severity.MINOR
    return None
