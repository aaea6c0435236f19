"""Cut a page's article out and make it fit for paper.

On paper nothing opens, nothing is clicked and nothing can be chosen: tabs stand one
after the other with their labels, what was folded away is open, boxes to tick are drawn,
and the address of a link is printed after it.

Elements with ``data-leaflet="omit"`` are for the screen alone; those with
``data-leaflet="only"`` are for paper alone.
"""

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses

from pipeline.errors import PdfError
from pipeline.model import LeafletVariant
from pipeline.pdf.forms import keep_key_facts, keep_sheets, mark_critical, stack_tables
from pipeline.pdf.forms.extracts import followers

#: Elements that make no sense on paper, or could do something other than be read.
_DROPPED = (
    "script", "style", "link", "meta", "base", "template", "noscript", "iframe", "object", "embed",
    "video", "audio", "form", "button", "nav", "select", "textarea", "dialog", "canvas",
)  # fmt: skip
_DROPPED_CLASSES = ("headerlink", "footnote-backref", "md-content__button", "md-clipboard")
_ARTICLES = (
    "//article[contains(concat(' ', normalize-space(@class), ' '), ' md-content__inner ')]",
    "//article",
    "//main",
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset({"p", "li", "td", "th", "dt", "dd", "figcaption", "caption", *_HEADINGS})
_CHECKBOX = "☐"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page's content as it goes on paper.

    Attributes:
        title: its ``<h1>``, taken out of the content; None where it has none.
        content: the rest.
    """

    title: html.HtmlElement | None
    content: html.HtmlElement


def cut_article(
    page: bytes,
    path: Path,
    address: str,
    variant: LeafletVariant = LeafletVariant.STANDARD,
) -> Article:
    """Give a page's content as it goes on paper.

    Args:
        page: the page's HTML, UTF-8.
        path: the page's file, for messages.
        address: the page's address on the public site; relative links are resolved against it.
        variant: the form of the leaflet.

    Raises:
        PdfError: the page has no article, or nothing of what this form shows, or a picture has no
            text for people who cannot see it.
    """
    article = _find_article(page, path)
    mark_critical(article)
    _drop(article)
    title = _take_title(article)
    if variant is LeafletVariant.KEY_FACTS and not keep_key_facts(article):
        raise _has_none(variant, path)
    _check_pictures(article, path)
    _unfold_tabs(article)
    _unfold_details(article)
    _draw_tick_boxes(article)
    _list_facts(article)
    _set_scopes(article)
    _explain_abbreviations(article)
    _print_addresses(article, address)
    _wrap_sheets(article)
    if variant is LeafletVariant.SHEETS and not keep_sheets(article):
        raise _has_none(variant, path)
    if variant is LeafletVariant.LARGE_PRINT:
        stack_tables(article)
    _turn_blocks(article)
    return Article(title=title, content=article)


def _has_none(variant: LeafletVariant, path: Path) -> PdfError:
    return PdfError(
        f"This page has nothing for a leaflet of the form `{variant}`.",
        remedy="Take it out of `leaflets` in the front matter, or mark what belongs in it.",
        path=path,
    )


def printed_text(page: bytes, path: Path, variant: LeafletVariant, beside: bytes = b"") -> str:
    """The text that must come back out of a leaflet, a line for each block.

    Args:
        page: the page's HTML.
        path: the page's file, for messages.
        variant: the form of the leaflet.
        beside: of a bilingual leaflet, the HTML of the page in the other language.

    Raises:
        PdfError: as :func:`cut_article`.
    """
    texts = []
    for data, form in ((page, variant), (beside, LeafletVariant.STANDARD)):
        if data:
            article = cut_article(data, path, "", form).content
            if data is beside:  # where it comes from is said once
                _drop_own(article)
            for element in article.iter(*_BLOCKS):
                element.tail = f"\n{element.tail or ''}"
            for fact in _by_class(article, "leaflet-fact"):  # the style parts it from its value
                fact.tail = f" {fact.tail or ''}"
            texts.append(str(article.text_content()))
    return "\n".join(texts)


def _drop_own(article: html.HtmlElement) -> None:
    for element in article.xpath("./footer | ./header/p[contains(@class, 'notice')]"):
        element.drop_tree()


def find_pictures(article: html.HtmlElement, page_path: Path) -> tuple[Path, ...]:
    """The files of an article's pictures, in order, those with an address of the net left out."""
    sources = [str(image.get("src", "")) for image in article.iter("img")]
    paths = (urlsplit(source) for source in sources)
    return tuple(
        page_path.parent / unquote(parts.path) for parts in paths if not parts.scheme and parts.path
    )


def _find_article(page: bytes, path: Path) -> html.HtmlElement:
    try:
        root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise PdfError(
            "This page is empty.", remedy="Build the site again: pipeline build.", path=path
        ) from error
    for query in _ARTICLES:
        found = root.xpath(query)
        if found:
            article = deepcopy(found[0])
            article.tail = None
            return article
    raise PdfError(
        "This page has no <article>, so there is nothing to print.",
        remedy="Keep <article> around the content in the theme.",
        path=path,
    )


def _drop(article: html.HtmlElement) -> None:
    classes = " or ".join(
        f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
        for name in _DROPPED_CLASSES
    )
    for element in article.xpath(f".//*[@data-leaflet='omit' or {classes}]"):
        element.drop_tree()
    for element in list(article.iter(*_DROPPED)):
        element.drop_tree()
    for comment in list(article.iter(etree.Comment)):
        comment.drop_tree()
    for link in _by_class(article, "phone"):  # paper dials nothing
        link.drop_tag()
    for element in article.xpath(".//*[@data-leaflet='only']"):
        element.attrib.pop("hidden", None)


def _take_title(article: html.HtmlElement) -> html.HtmlElement | None:
    """The heading of the page, for the cover: numbers in it are isolated already."""
    found = article.find(".//h1")
    if found is None:
        return None
    title = deepcopy(found)
    title.tail = None
    found.drop_tree()
    return title


def _check_pictures(article: html.HtmlElement, path: Path) -> None:
    for image in article.iter("img"):
        if not str(image.get("alt", "")).strip():
            raise PdfError(
                f"The picture {image.get('src', '')} has no text for people who cannot see it.",
                remedy="Write it between the brackets: ![what the picture shows](images/name.svg).",
                path=path,
            )


def _by_class(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    query = f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    return list(element.xpath(query))


def _unfold_tabs(article: html.HtmlElement) -> None:
    """Each tab under its label. Radio inputs and their labels are how pymdownx makes tabs."""
    for tabs in _by_class(article, "tabbed-set"):
        labels = tabs.xpath("./*[@class='tabbed-labels']/label") or tabs.xpath("./label")
        blocks = tabs.xpath("./*[@class='tabbed-content']/*[@class='tabbed-block']")
        blocks = blocks or tabs.xpath("./*[@class='tabbed-content']")
        sections = [_tab(label, block) for label, block in zip(labels, blocks, strict=False)]
        for child in list(tabs):
            tabs.remove(child)
        tabs.set("class", "leaflet-tabs")
        tabs.extend(sections)


def _tab(label: html.HtmlElement, block: html.HtmlElement) -> html.HtmlElement:
    label.tag = "p"
    label.attrib.clear()
    label.set("class", "leaflet-tab-label")
    label.tail = None
    for link in list(label.iter("a")):  # content.tabs.link makes a label a link to itself
        link.drop_tag()
    block.tag = "section"
    block.set("class", "leaflet-tab")
    block.insert(0, label)
    label.tail, block.text = block.text, None
    return block


def _unfold_details(article: html.HtmlElement) -> None:
    for details in list(article.iter("details")):
        details.tag = "div"
        names = [name for name in (details.get("class") or "").split() if name != "open"]
        details.set("class", " ".join(["admonition", "leaflet-details", *names]))
        for name in ("open", "name"):
            details.attrib.pop(name, None)
        summary = details.find("./summary")
        if summary is not None:
            summary.tag = "p"
            summary.set("class", "admonition-title")


def _draw_tick_boxes(article: html.HtmlElement) -> None:
    """Boxes to tick: drawn, because no font of ours has the sign, and a pen needs room."""
    for box in article.xpath(".//input[@type='checkbox']"):
        is_ticked = "checked" in box.attrib
        drawn = E.SPAN(E.CLASS("leaflet-tick-box"), "✓" if is_ticked else "")
        drawn.tail = box.tail
        box.getparent().replace(box, drawn)
    for rest in list(article.iter("input")):
        rest.drop_tree()
    for element in list(article.iter(etree.Element)):
        if _CHECKBOX in (element.text or "") or _CHECKBOX in (element.tail or ""):
            _replace_signs(element)


def _replace_signs(element: html.HtmlElement) -> None:
    before, *rest = (element.text or "").split(_CHECKBOX)
    if rest:
        element.text = before
        for position, text in enumerate(rest):
            element.insert(position, _empty_box(text))
    before, *rest = (element.tail or "").split(_CHECKBOX)
    if rest:
        element.tail = before
        for text in reversed(rest):
            element.addnext(_empty_box(text))


def _empty_box(tail: str) -> html.HtmlElement:
    box = E.SPAN(E.CLASS("leaflet-tick-box"), "")
    box.tail = tail
    return box


def _list_facts(article: html.HtmlElement) -> None:
    """Facts one after the other: a list whose items stand in groups is none to PDF."""
    for facts in article.xpath(".//dl[div]"):
        facts.tag = "p"
        for line in facts.iter("div"):
            line.set("class", "leaflet-line")
            line.tag = "span"
        for term in facts.iter("dt", "dd"):
            term.set("class", f"leaflet-{'fact' if term.tag == 'dt' else 'value'}")
            term.tag = "span"


def _set_scopes(article: html.HtmlElement) -> None:
    """Say of each header cell what it heads, so that a screen reader can repeat it (WCAG H63)."""
    for cell in article.iter("th"):
        if "scope" not in cell.attrib:
            is_column = next(cell.iterancestors("thead"), None) is not None
            cell.set("scope", "col" if is_column else "row")


def _explain_abbreviations(article: html.HtmlElement) -> None:
    """What an abbreviation means, after its first use: paper has no tooltips."""
    seen = set()
    for abbreviation in list(article.iter("abbr")):
        meaning = abbreviation.attrib.pop("title", "")
        is_in_heading = next(abbreviation.iterancestors(*_HEADINGS), None) is not None
        text = abbreviation.text_content()
        # Where an ending is joined on ("GP-gayga"), the meaning would part the word.
        has_ending = (abbreviation.tail or "")[:1] in {"-", "‑", "'", "’"} or (
            (abbreviation.tail or "")[:1].isalpha()
        )
        if meaning and text not in seen and not is_in_heading and not has_ending:
            seen.add(text)
            abbreviation.append(E.SPAN(E.CLASS("leaflet-meaning"), f" ({meaning})"))


def _print_addresses(article: html.HtmlElement, address: str) -> None:
    anchors = {element.get("id") for element in article.xpath(".//*[@id]")}
    for link in list(article.iter("a")):
        href = (link.get("href") or "").strip()
        if href.startswith("#"):
            if unquote(href[1:]) not in anchors:
                link.attrib.pop("href")
            continue
        if not href:
            continue
        target = urljoin(address, href)
        link.set("href", target)
        printed = _printed_address(href, link.text_content())
        if printed:
            _add_address(link, printed)


def _printed_address(href: str, text: str) -> str:
    """What is printed after a link; empty where its text says it, or it leads within the site."""
    parts = urlsplit(href)
    match parts.scheme:
        case "http" | "https":
            said = text.strip().removeprefix("https://").removeprefix("http://").rstrip("/")
            bare = href.removeprefix("https://").removeprefix("http://").rstrip("/")
            return "" if said == bare else href
        case "mailto":
            return "" if parts.path in text else unquote(parts.path)
        case "tel" | "sms":
            number = unquote(parts.path)
            return "" if _digits(number)[-9:] in _digits(text) else number
        case _:
            return ""


def _digits(text: str) -> str:
    """The decimal digits of a text, of any script, as ASCII."""
    return "".join(str(int(c)) for c in text if c.isdecimal())


def _add_address(link: html.HtmlElement, printed: str) -> None:
    """`` (https://…)`` after a link, left to right whatever surrounds it."""
    isolated = E.BDI(printed, dir="ltr")
    span = E.SPAN(E.CLASS("leaflet-link-address"), " (", isolated)
    isolated.tail = ")"
    span.tail, link.tail = link.tail, None
    link.addnext(span)


def _turn_blocks(article: html.HtmlElement) -> None:
    """Let a block that is wholly in another language run in that language's direction.

    WeasyPrint forgets an inline direction at the end of a line, so that the full stop of
    an English sentence in an Arabic leaflet stands at its beginning.
    """
    for part in article.xpath(".//span[@lang and @dir] | .//bdi[@lang and @dir]"):
        block = part.getparent()
        is_alone = len(block) == 1 and not (block.text or "").strip()
        if is_alone and block.tag in _BLOCKS and not (part.tail or "").strip():
            for name in ("lang", "dir"):
                block.set(name, part.get(name))


def _wrap_sheets(article: html.HtmlElement) -> None:
    """Put ``## Sheet 1 {.sheet}`` with what belongs to it on a page of its own."""
    for heading in article.xpath(
        ".//*[self::h2 or self::h3][contains(concat(' ', normalize-space(@class), ' '), ' sheet ')]"
    ):
        section = E.SECTION(E.CLASS("leaflet-sheet"))
        members = [heading, *followers(heading)]
        heading.addprevious(section)
        section.extend(members)
