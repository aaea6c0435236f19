"""The whole of a leaflet as HTML: cover, the page's article, footer.

The cover says in two languages what the leaflet is, so that staff who hand it out can
tell, and where the current version is, for a telephone's camera. The footer stands on
every page: a leaflet's pages get apart.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses

from pipeline.errors import PdfError
from pipeline.model import LeafletVariant
from pipeline.pdf.article import cut_article, find_pictures
from pipeline.pdf.forms import put_side_by_side
from pipeline.pdf.forms.book import list_chapters
from pipeline.pdf.jobs import LeafletJob
from pipeline.pdf.parts import (
    find_phrase,
    head,
    language_line,
    marked,
    notice,
    printed_address,
    shown_digits,
    version_line,
)
from pipeline.pdf.plain import render_plain
from pipeline.quotes import marks_of, quoted_in, render_quotes_of

_PLACEHOLDER = re.compile(r"\{(page|pages)\}")
_DIGEST_LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """A leaflet before it is laid out.

    Attributes:
        html: the whole document.
        text: all the text in it, for the check of glyphs.
        pictures: files that it shows.
        plain: the same document as XML, which is read sooner; empty where its HTML has more than
            one reading.
        most_pages: how many pages it should have at most; 0 where it may have any number.
    """

    html: bytes
    text: str
    pictures: tuple[Path, ...]
    plain: bytes = b""
    most_pages: int = 0


def compose(page: bytes, job: LeafletJob, beside: bytes = b"") -> Leaflet:
    """Make a leaflet's HTML from a page's.

    Args:
        page: the page's HTML.
        job: what is to be made.
        beside: of a bilingual leaflet, the HTML of the page in the other language.

    Raises:
        PdfError: the page has no article, a picture has no text, or there is no title.
    """
    if not job.title.text.strip():
        raise PdfError(
            "This leaflet has no title.",
            remedy="Give the resource a title in its front matter.",
            path=job.page_path,
        )
    article = cut_article(page, job.page_path, job.address, job.variant)
    if job.beside:
        other = cut_article(beside, job.beside.page_path, job.beside.address)
        put_side_by_side(
            article.content, other.content, locale=job.locale, beside=job.beside.locale
        )
    article.content.tag = "main"
    article.content.attrib.clear()
    return _leaflet(article.title, article.content, job)


def compose_contents(job: LeafletJob) -> Leaflet:
    """Make the HTML of what stands before the leaflets that a book is bound of.

    Args:
        job: what is to be made.
    """
    return _leaflet(None, list_chapters(job), job)


def _leaflet(title: html.HtmlElement | None, content: html.HtmlElement, job: LeafletJob) -> Leaflet:
    pictures = find_pictures(content, job.page_path)
    cover = _cover(job, title, _version(content, job))
    body = E.BODY(_footer(job), cover, content)
    root = E.HTML(head(job), body)
    root.set("lang", job.locale.tag)
    root.set("dir", job.locale.direction.value)
    if job.demonstration:
        body.set("class", "leaflet-is-demonstration")
    text = root.text_content() + shown_digits(job.locale) + _add_quotes(root, job)
    data = etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")
    return Leaflet(
        html=data,
        text=text,
        pictures=pictures,
        plain=render_plain(root),
        most_pages=_most_pages(content, job.variant),
    )


def _add_quotes(root: html.HtmlElement, job: LeafletJob) -> str:
    """Have ``<q>`` set in the marks of its language; gives these, which stand nowhere in it."""
    tags = quoted_in(root, job.locale.tag)
    if tags:
        root.find("head").append(E.STYLE(render_quotes_of(tags)))
    return "".join(mark for tag in sorted(tags) for mark in marks_of(tag))


def _most_pages(article: html.HtmlElement, variant: LeafletVariant) -> int:
    match variant:
        case LeafletVariant.KEY_FACTS:
            return 1
        case LeafletVariant.SHEETS:
            return len(article.findall(".//section[@class='leaflet-sheet']"))
        case _:
            return 0


def _cover(job: LeafletJob, title: html.HtmlElement | None, version: str) -> html.HtmlElement:
    if title is None or not title.text_content().strip():
        title = marked(E.H1(job.title.text), job.title, job)
    words = E.DIV(E.CLASS("leaflet-words"), title)
    if job.locale.tag != "en":
        words.append(E.P(job.english_title, E.CLASS("leaflet-english"), lang="en", dir="ltr"))
    words.append(language_line(job.locale))
    words.append(version_line(job, version))
    cover = E.HEADER(E.CLASS("leaflet-cover"))
    if job.demonstration:
        cover.append(notice(job, "leaflet-demonstration"))
    cover.append(E.DIV(E.CLASS("leaflet-top"), words, printed_address(job)))
    return cover


def _version(article: html.HtmlElement, job: LeafletJob) -> str:
    """What the page says; else the date of the last check and six digits of a digest of it all."""
    if stated := article.get("data-version"):
        return str(stated)
    said = etree.tostring(article, encoding="utf-8") + job.title.text.encode()
    return f"{job.version}.{hashlib.sha256(said).hexdigest()[:_DIGEST_LENGTH]}"


def _footer(job: LeafletJob) -> html.HtmlElement:
    """What stands at the foot of every page; CSS moves it there."""
    footer = E.DIV(E.CLASS("leaflet-footer"))
    if job.demonstration:
        footer.append(notice(job, "leaflet-footer-notice"))
    counted = find_phrase(job, "pdf-page")
    if job.variant is LeafletVariant.SHEETS:  # each is a leaflet of its own
        said = E.P(E.CLASS("leaflet-footer-title"), job.title.text, " · ")
        said.append(E.BDI(job.address, dir="ltr"))
        footer.append(marked(said, job.title, job))
    line = marked(E.P(E.CLASS("leaflet-page")), counted, job)
    cursor, last = 0, None
    for match in _PLACEHOLDER.finditer(counted.text):
        _append_text(line, last, counted.text[cursor : match.start()])
        last = E.BDI(E.CLASS(f"leaflet-counter-{match[1]}"), dir="ltr")
        line.append(last)
        cursor = match.end()
    _append_text(line, last, counted.text[cursor:])
    footer.append(line)
    return footer


def _append_text(parent: html.HtmlElement, last: html.HtmlElement | None, text: str) -> None:
    if last is None:
        parent.text = text
    else:
        last.tail = text
