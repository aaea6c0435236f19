"""A page as one HTML file that asks for nothing: to send with a messenger, to keep, to print.

The story is :func:`render_one_file`. The file says what it is a copy of, when that was last
checked, which version it is and where the current one stands: copies grow old, and nobody can
call them back.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree, html
from markupsafe import Markup

from pipeline.offline.addresses import addresses_of, find_path, make_absolute
from pipeline.offline.pages import (
    by_class,
    drop,
    drop_comments,
    parse_piece,
    read_page,
    small_version,
    write_page,
)
from pipeline.offline.pictures import inline_picture
from pipeline.quotes import quoted_in, render_quotes_of

#: Most bytes of the file: what a slow connection sends in half a minute.
ONE_FILE_LIMIT = 300_000
#: Kept free for what is around the article.
_ROUND = 2_000
#: What runs, loads, or can only be used on the site.
_DROPPED = (
    "script", "style", "link", "meta", "base", "template", "noscript", "iframe", "object", "embed",
    "audio", "video", "form", "button", "nav", "select", "textarea", "dialog", "canvas", "source",
)  # fmt: skip
_DROPPED_CLASSES = ("headerlink", "md-content__button", "md-clipboard")
_UNUSED = ("srcset", "sizes", "loading", "decoding", "fetchpriority")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a copy says of itself, beside its page: texts as HTML in the reader's language.

    Attributes:
        path: the page's path below the site's folder: ``so/covid-19/fever/index.html``.
        site: the site's address, with a slash at its end.
        source: tag of the source language, in which addresses are.
        online: what leads to the current version ("Read this online").
        checked: a label and the day when the content was last checked.
        version: the label of the version.
        film: what leads to the page's film, if it has one.
        audio: what leads to its recording, if it has one.
    """

    path: str
    site: str
    source: str
    online: Markup
    checked: Markup
    version: Markup
    film: Markup
    audio: Markup

    @property
    def address(self) -> str:
        """Where the page is on the web."""
        return self.site + self.path.removesuffix("index.html")


def render_one_file(page: bytes, copy: Copy, read: Callable[[str], bytes | None]) -> bytes:
    """A page that passed the gate as one file without script, network or other files.

    Args:
        page: the page's HTML, UTF-8, as the website has it.
        copy: what the file says of itself.
        read: gives the bytes of a file by its path below the site's folder; None where it is not.

    Returns:
        HTML. Pictures are made smaller, or left out with their text in their place, to keep it
        below :data:`ONE_FILE_LIMIT`; only a text that is longer by itself goes above.
    """
    root = read_page(page)
    article = _take_article(root, copy)
    size = len(write_page(article))
    _inline_pictures(article, copy, read, ONE_FILE_LIMIT - size - len(_style()) - _ROUND)
    version = hashlib.sha256(write_page(article)).hexdigest()[:8]
    top = _top(by_class(root, "bar__name"), by_class(root, "demonstration"), copy, version)
    return write_page(_frame(root, top, article))


def _take_article(root: html.HtmlElement, copy: Copy) -> html.HtmlElement:
    """The page's article as it can be read anywhere."""
    article = next(iter(root.iter("article")), root.find("body"))
    article.tail = None
    played = [
        said
        for tag, said in (("audio", copy.audio), ("video", copy.film))
        if next(article.iter(tag), None) is not None
    ]
    drop(article.xpath(".//*[@data-leaflet='omit']"))
    for name in _DROPPED_CLASSES:
        drop(by_class(article, name))
    drop(list(article.iter(*_DROPPED)))
    drop_comments(article)
    _unfold_tabs(article)
    for picture in article.iter("img"):
        picture.set("src", small_version(picture))
    for element in article.iter(etree.Element):
        for name in (*_UNUSED, *(n for n in list(element.attrib) if n.startswith(("on", "data-")))):
            element.attrib.pop(name, None)
        if element.tag != "img":
            for name, value in addresses_of(element):
                element.set(name, make_absolute(value, copy.path, copy.site))
    heading = article.find(".//h1")
    for said in played if heading is not None else ():
        text = Markup('<p class="film"><a href="{}">▶ {}</a></p>').format(copy.address, said)
        heading.addnext(next(parse_piece(text)))
    return article


def _unfold_tabs(article: html.HtmlElement) -> None:
    """Each tab under its label: without the site's styles nothing can be chosen."""
    for tabs in by_class(article, "tabbed-set"):
        labels = list(tabs.iter("label"))
        blocks = by_class(tabs, "tabbed-block")
        for label, block in zip(labels, blocks, strict=False):
            label.tag, label.tail = "p", block.text
            label.attrib.clear()
            label.set("class", "tab-label")
            block.text = None
            block.insert(0, label)
        drop([*tabs.iter("input"), *by_class(tabs, "tabbed-labels")])


def _inline_pictures(
    article: html.HtmlElement, copy: Copy, read: Callable[[str], bytes | None], room: int
) -> None:
    """Put pictures into the file; each may use its share of the room that is left."""
    pictures = list(article.iter("img"))
    for number, picture in enumerate(pictures):
        place = find_path(str(picture.get("src", "")), copy.path, copy.site)
        data = read(place[0]) if place else None
        share = max(0, room // (len(pictures) - number))
        inlined = inline_picture(place[0], data, share) if place and data is not None else ""
        room -= len(inlined)
        if inlined:
            picture.set("src", inlined)
        else:
            _say_instead(picture)


def _say_instead(picture: html.HtmlElement) -> None:
    """The text of a picture in its place."""
    text = (picture.get("alt") or "").strip()
    picture.tag = "span"
    picture.attrib.clear()
    picture.text = f"[{text}]" if text else ""


def _frame(
    root: html.HtmlElement, top: html.HtmlElement, article: html.HtmlElement
) -> html.HtmlElement:
    """The whole file, around the article."""
    style = _style() + render_quotes_of(quoted_in(article, root.get("lang", "")))
    made = html.Element("html", {name: root.get(name, "") for name in ("lang", "dir")})
    head = etree.SubElement(made, "head")
    for values in (
        {"charset": "utf-8"},
        {"http-equiv": "Content-Security-Policy", "content": _policy(style)},
        {"name": "viewport", "content": "width=device-width,initial-scale=1"},
        {"name": "robots", "content": "noindex"},
    ):
        etree.SubElement(head, "meta", values)
    title = root.find("head/title")
    if title is not None:
        head.append(title)
    etree.SubElement(head, "style").text = style
    body = etree.SubElement(made, "body", {"dir": root.get("dir", "")})
    body.append(top)
    etree.SubElement(body, "main").append(article)
    return made


def _top(
    names: list[html.HtmlElement], banners: list[html.HtmlElement], copy: Copy, version: str
) -> html.HtmlElement:
    """What this is a copy of, how old it is and where the current one stands."""
    top = html.Element("header", {"class": "top"})
    for banner in banners:
        text = banner.find("p")
        if text is not None:
            text.set("class", "demonstration")
            top.append(text)
    for name in names:
        name.set("href", make_absolute(name.get("href", ""), copy.path, copy.site))
        name.tail = None
        line = etree.SubElement(top, "p", {"class": "name"})
        line.append(name)
    about = Markup(
        '<p class="soft">{} · {}: <bdi dir="ltr">{}</bdi></p>'
        '<p class="soft"><a href="{address}">{}</a></p>'
        '<p class="soft"><bdi class="address" lang="{source}" dir="ltr">{address}</bdi></p>'
    ).format(
        copy.checked, copy.version, version, copy.online, address=copy.address, source=copy.source
    )
    top.extend(parse_piece(about))
    return top


@cache
def _style() -> str:
    return Path(__file__).with_suffix(".css").read_text("utf-8").strip()


@cache
def _policy(style: str) -> str:
    """It loads nothing and runs nothing; tables say by an attribute how they are aligned."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "style-src-attr 'unsafe-inline'; form-action 'none'; base-uri 'none'"
    )
