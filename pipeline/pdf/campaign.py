"""Posters and cards as HTML: made from a resource's front matter, to win people for its page.

Only what the reader's language has is on them: one page is read from afar, or in passing, and
a sentence in another language would be all of it. The picture is the first of the page.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import etree, html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses

from pipeline.bidi import find_runs
from pipeline.errors import PdfError
from pipeline.model import Direction, LeafletVariant, Locale
from pipeline.pdf.article import find_pictures
from pipeline.pdf.jobs import Campaign, LeafletJob
from pipeline.pdf.leaflet import Leaflet
from pipeline.pdf.parts import (
    find_phrase,
    head,
    language_line,
    marked,
    notice,
    qr_code,
    version_line,
)
from pipeline.pdf.plain import render_plain

#: Most signs of a heading and of a summary; one of a script that says more with each counts twice.
_LONGEST_HEADING = 160
_LONGEST_SUMMARY = 320
_LONGEST_DETAIL = 120
#: A number of several parts: a phone number, a range, a date.
_NUMBER = re.compile(r"\+?\d(?:[ ()./–-]{0,3}\d)+")
_DENSE_SCRIPTS = frozenset({"Hans", "Hant", "Jpan", "Kore"})


def compose_campaign(page: bytes, job: LeafletJob) -> Leaflet:
    """Make the HTML of a poster or a card.

    Args:
        page: the HTML of the resource's page, for its first picture.
        job: what is to be made; its ``campaign`` is there.

    Raises:
        PdfError: there is nothing to stand large on it, or the interface lacks a string.
    """
    campaign = job.campaign
    if campaign is None or not campaign.heading.text.strip():
        raise PdfError(
            f"This {job.variant} has no heading.",
            remedy="Give the resource a title in its front matter.",
            path=job.page_path,
        )
    try:
        body = E.BODY(*_parts(campaign, _find_article(page, job), job))
        root = E.HTML(head(job), body)
    except ValueError as error:  # lxml lets in no control characters
        raise PdfError(
            f"The texts of this {job.variant} have a character that nothing can show.",
            remedy="Type title, summary and the other lines of the front matter anew.",
            path=job.page_path,
        ) from error
    root.set("lang", job.locale.tag)
    root.set("dir", job.locale.direction.value)
    return Leaflet(
        html=etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>"),
        text="\n".join(block.text_content() for block in body.iter("h1", "p")),
        pictures=find_pictures(body, job.page_path),
        plain=render_plain(root),
        most_pages=1,
    )


def said_on(campaign: Campaign, locale: Locale) -> tuple[str, ...]:
    """What a poster says of its resource, text by text, as long as it may be on it.

    Args:
        campaign: what it is made of.
        locale: the reader's locale.
    """
    summary = _find_summary(campaign, locale)
    return (
        _cut(campaign.heading.text, _LONGEST_HEADING, locale),
        *([summary] if summary else []),
        *(text for _, text in _find_details(campaign, locale)),
    )


def _find_article(page: bytes, job: LeafletJob) -> html.HtmlElement:
    try:
        root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise PdfError(
            "This page is empty.",
            remedy="Build the site again: pipeline build.",
            path=job.page_path,
        ) from error
    found = root.find(".//article")
    return root if found is None else found


def _parts(
    campaign: Campaign, article: html.HtmlElement, job: LeafletJob
) -> list[html.HtmlElement]:
    """What stands on it, from the top."""
    is_card = job.variant is LeafletVariant.CARD
    picture = None if is_card else _first_picture(article)
    name = find_phrase(job, "site-name")
    parts = []
    if job.demonstration:
        parts.append(notice(job, "campaign-notice"))
    if name.locale == job.locale.tag:
        parts.append(E.P(E.CLASS("campaign-name"), _isolated(name.text, job)))
    parts.append(_heading(campaign, job))
    if summary := _find_summary(campaign, job.locale):
        parts.append(E.P(E.CLASS("campaign-summary"), _isolated(summary, job)))
    if picture is not None:
        parts.append(E.DIV(E.CLASS("campaign-picture"), picture))
    if not is_card and (details := _find_details(campaign, job.locale)):
        parts.append(_details(details, job))
    return [*parts, _foot(job, str(article.get("data-version") or job.version))]


def _heading(campaign: Campaign, job: LeafletJob) -> html.HtmlElement:
    text = _cut(campaign.heading.text, _LONGEST_HEADING, job.locale)
    return E.H1(_isolated(text, job))


def _details(details: Iterable[tuple[str, str]], job: LeafletJob) -> html.HtmlElement:
    """Ages, time, materials: each a line with its label."""
    box = E.DIV(E.CLASS("campaign-details"))
    for name, text in details:
        label = find_phrase(job, name)
        said = marked(E.SPAN(E.CLASS("campaign-label"), f"{label.text}:"), label, job)
        said.tail = " "
        box.append(E.P(said, _isolated(text, job)))
    return box


def _foot(job: LeafletJob, version: str) -> html.HtmlElement:
    """In which language it is, and where the page is: on paper for a telephone's camera."""
    foot = E.DIV(E.CLASS("campaign-foot"))
    if job.variant is LeafletVariant.CARD:
        foot.append(E.P(E.CLASS("campaign-language"), job.locale.autonym))
    elif job.variant.is_picture:
        printed = job.address.removeprefix("https://").removeprefix("http://")
        foot.append(E.P(E.BDI(printed, dir="ltr"), E.CLASS("leaflet-url")))
    else:
        foot.append(E.IMG(src=qr_code(job.address), alt=job.address))
        foot.append(_imprint(job, version))
    return foot


def _imprint(job: LeafletJob, version: str) -> html.HtmlElement:
    """Where the page is; and for staff who hang it up: its English title, language, the day."""
    caption = find_phrase(job, "pdf-address")
    imprint = E.DIV(
        E.CLASS("campaign-imprint"),
        marked(E.P(caption.text, E.CLASS("campaign-label")), caption, job),
        E.P(E.A(job.address, href=job.address), E.CLASS("leaflet-url"), dir="ltr"),
    )
    if job.locale.tag != "en":
        imprint.append(E.P(job.english_title, lang="en", dir="ltr"))
    imprint.append(language_line(job.locale))
    imprint.append(version_line(job, version))
    return imprint


def _first_picture(article: html.HtmlElement) -> html.HtmlElement | None:
    """The first picture of the page's text that is a file of ours and has a text of its own."""
    for image in article.iter("img"):
        source, alt = str(image.get("src", "")), str(image.get("alt", ""))
        parts = urlsplit(source)
        if alt.strip() and parts.path and not parts.scheme and not parts.netloc:
            return E.IMG(src=source, alt=alt)
    return None


def _isolated(text: str, job: LeafletJob) -> html.HtmlElement:
    """A text in which numbers are in one piece, and read the right way round."""
    element = E.SPAN()
    if job.locale.direction is Direction.RTL:
        spans = [(run.start, run.end) for run in find_runs(text)]
    else:
        spans = [found.span() for found in _NUMBER.finditer(text)]
    cursor, last = 0, None
    for start, end in spans:
        _add(element, last, text[cursor:start])
        last = E.BDI(text[start:end], dir="ltr")
        element.append(last)
        cursor = end
    _add(element, last, text[cursor:])
    return element


def _add(element: html.HtmlElement, last: html.HtmlElement | None, text: str) -> None:
    if last is None:
        element.text = text
    else:
        last.tail = text


def _find_summary(campaign: Campaign, locale: Locale) -> str:
    """The summary, whole; empty where it is too long: half a sentence may say the opposite."""
    text = " ".join(campaign.summary.text.split()) if campaign.summary else ""
    return text if len(text) <= _most(_LONGEST_SUMMARY, locale) else ""


def _find_details(campaign: Campaign, locale: Locale) -> tuple[tuple[str, str], ...]:
    """Those details, by their names, that can be said whole."""
    said = ((name, " ".join(phrase.text.split())) for name, phrase in campaign.details)
    most = _most(_LONGEST_DETAIL, locale)
    return tuple((name, text) for name, text in said if len(text) <= most)


def _most(longest: int, locale: Locale) -> int:
    return longest // 2 if locale.script in _DENSE_SCRIPTS else longest


def _cut(text: str, longest: int, locale: Locale) -> str:
    """A title that is not longer than what can be read in passing."""
    text = " ".join(text.split())
    most = _most(longest, locale)
    if len(text) <= most:
        return text
    kept = text[:most]
    whole, space, _ = kept.rpartition(" ")
    return f"{whole if space else kept}…"
