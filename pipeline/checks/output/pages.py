"""HTML of a page → what the checks ask of it; each page is parsed once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from pipeline.checks.output.addresses import Place, find_place
from pipeline.checks.output.texts import squeeze

#: Elements that end a text: what stands in two of them is not one sentence.
_BLOCK_NAMES = (
    "address article aside blockquote body br button caption dd details dialog div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html label legend "
    "li main nav ol option p pre search section summary table tbody td tfoot th thead title tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
#: Elements whose content is no text for people.
_OPAQUE = frozenset({"script", "style", "template"})
#: Attributes that are text for people.
_SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-suggest")
#: Of a link element, what makes a browser fetch the address by itself.
_FETCHED = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"})
_LOADED = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
_PLAYERS = frozenset({"video", "audio"})
#: What a page says to who shows a link to it: ogp.me, and the cards of X.
_SHARED = ("og:", "twitter:")
_FOLLOWED = {"a": ("href",), "area": ("href",), "form": ("action",)}
#: What a leaflet leaves out; see ``pipeline.pdf.article``.
_NOT_PRINTED = frozenset({"nav", "button", "form", "script", "style", "video", "audio"})
#: Where the body begins, behind the head.
_BODY = re.compile(r"\s*<body\b[^>]*>")
_CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of text in one language: of a paragraph, a cell, an attribute.

    Attributes:
        text: as it stands, white space folded.
        language: the language that the page says it is in.
        line: where its element begins.
        is_printed: it goes into the leaflet.
        is_attribute: it stands in an attribute, which has no language of its own.
    """

    text: str
    language: str
    line: int
    is_printed: bool = False
    is_attribute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in a page.

    Attributes:
        address: as it stands.
        place: where it leads within the site; None for another site, a mail, a phone.
        line: where its element begins.
        is_loaded: browsers fetch it by themselves.
        is_played: it is a film or a recording that waits until somebody plays it.
        choice: number of the element, where a browser fetches one of several addresses; else 0.
    """

    address: str
    place: Place | None
    line: int
    is_loaded: bool = False
    is_played: bool = False
    choice: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the checks ask of a page.

    Attributes:
        path: below the site's folder.
        language: its ``lang``; empty for none.
        direction: its ``dir``; empty for none.
        body_direction: the ``dir`` of its body; empty for none.
        canonical: its address by its own account; empty for none.
        alternates: ``hreflang`` with address.
        media_origins: other sites of which its policy lets films and recordings be played.
        is_indexed: search engines may list it.
        ids: every ``id``, as often as it stands there, with its line.
        names: other names to which a link can lead.
        links: every address.
        passages: its texts.
        shared: what it says to who shows a link to it (``og:image``, ``twitter:card``), by name.
        squeezed: all that stands in it, this and comments too, as ``texts.squeeze`` gives it.
    """

    path: str
    language: str
    direction: str
    body_direction: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    media_origins: frozenset[str]
    is_indexed: bool
    ids: tuple[tuple[str, int], ...]
    names: frozenset[str]
    links: tuple[Link, ...]
    passages: tuple[Passage, ...]
    squeezed: str
    shared: Mapping[str, str] = field(default_factory=dict)

    @property
    def anchors(self) -> frozenset[str]:
        """What a link can lead to in it."""
        return frozenset(name for name, _ in self.ids) | self.names


def read_page(path: str, text: str, site: str) -> Page:
    """Read a page.

    Args:
        path: below the site's folder.
        text: its HTML; an empty one gives an empty page.
        site: the site's address, with a slash at its end.
    """
    parser = html.HTMLParser(encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # there is no element
        root = html.Element("html")
        root.append(etree.Comment(text.replace("--", "- -")))
    body = root.find("body")
    links = {kind: list(_head_links(root, kind)) for kind in ("canonical", "alternate")}
    reader = _Reader(path, site)
    reader.enter(root, root.get("lang", ""), is_printed=False)
    reader.flush()
    # What stands before the first tag and behind the last.
    around = (*root.itersiblings(etree.Comment, preceding=True), *root.itersiblings(etree.Comment))
    reader.comments += [comment.text or "" for comment in around]
    shared = {
        name: meta.get("content", "")
        for meta in root.iterfind("head/meta")
        if (name := meta.get("property") or meta.get("name") or "").startswith(_SHARED)
    }
    texts = (*(p.text for p in reader.passages), *reader.comments, *shared.values())
    return Page(
        path=path,
        language=root.get("lang", ""),
        direction=root.get("dir", ""),
        body_direction=body.get("dir", "") if body is not None else "",
        canonical=next((link.get("href", "") for link in links["canonical"]), ""),
        alternates=tuple((e.get("hreflang", ""), e.get("href", "")) for e in links["alternate"]),
        media_origins=_media_origins(root),
        is_indexed=not any(
            "noindex" in meta.get("content", "").lower()
            for meta in root.iterfind("head/meta[@name='robots']")
        ),
        ids=tuple(reader.ids),
        names=frozenset(reader.names),
        links=tuple(reader.links),
        passages=tuple(reader.passages),
        squeezed=squeeze("\n".join(texts)),
        shared=shared,
    )


def read_head(path: str, text: str, site: str) -> Page:
    """Read what a page says of itself, and nothing that stands in it.

    Args:
        path: below the site's folder.
        text: its HTML.
        site: the site's address, with a slash at its end.
    """
    head, end, rest = text.partition("</head>")
    body = _BODY.match(rest)
    return read_page(path, f"{head}{end}{body[0]}</body></html>" if body else text, site)


def find_css_addresses(css: str) -> list[str]:
    """The addresses that a style sheet loads."""
    return [one or other for one, other in _CSS_ADDRESS.findall(css)]


def _media_origins(root: html.HtmlElement) -> frozenset[str]:
    """What ``media-src`` of the page's policy names beside the site itself."""
    policies = (
        meta.get("content", "")
        for meta in root.iterfind("head/meta[@http-equiv]")
        if meta.get("http-equiv", "").lower() == "content-security-policy"
    )
    directives = (rule.split() for policy in policies for rule in policy.lower().split(";"))
    allowed = {
        name for first, *names in filter(None, directives) if first == "media-src" for name in names
    }
    return frozenset(allowed - {"'self'", "'none'"})


def _head_links(root: html.HtmlElement, kind: str) -> Iterator[html.HtmlElement]:
    for link in root.iterfind("head/link"):
        if kind in link.get("rel", "").lower().split():
            yield link


class _Reader:
    """Walks through a page once and keeps what is asked for."""

    def __init__(self, path: str, site: str) -> None:
        self._path, self._site = path, site
        self._places: dict[str, Place | None] = {}
        self.ids: list[tuple[str, int]] = []
        self.names: list[str] = []
        self.links: list[Link] = []
        self.passages: list[Passage] = []
        self.comments: list[str] = []
        self._choices = 0
        self._parts: list[str] = []
        self._about: tuple[str, int, bool] = ("", 0, False)

    def enter(self, element: Any, language: str, *, is_printed: bool) -> None:  # noqa: ANN401  lxml has no types
        """Read an element with what is in it."""
        tag, attributes = element.tag, element.attrib
        line = element.sourceline or 0
        if attributes:
            language = attributes.get("lang", language)
            self._read_attributes(element, language, line)
        is_printed = _is_printed(tag, attributes, is_printed=is_printed)
        if tag in _OPAQUE:
            for address in find_css_addresses(element.text or "") if tag == "style" else ():
                self._link(address, line, is_loaded=True)
            return
        is_block = tag in _BLOCKS
        if is_block:
            self.flush()
        about = (language, line, is_printed)
        self._add(element.text, about)
        for child in element:
            if isinstance(child.tag, str):
                self.enter(child, language, is_printed=is_printed)
            elif child.tag is etree.Comment:
                self.comments.append(child.text or "")
            self._add(child.tail, about)
        if is_block:
            self.flush()

    def flush(self) -> None:
        """End a passage."""
        if self._parts:
            if text := " ".join("".join(self._parts).split()):
                language, line, is_printed = self._about
                self.passages.append(
                    Passage(text=text, language=language, line=line, is_printed=is_printed)
                )
            self._parts = []

    def _add(self, text: str | None, about: tuple[str, int, bool]) -> None:
        if not text:
            return
        if self._parts and (self._about[0] != about[0] or self._about[2] != about[2]):
            self.flush()
        if not self._parts:
            self._about = about
        self._parts.append(text)

    def _read_attributes(self, element: Any, language: str, line: int) -> None:  # noqa: ANN401  lxml has no types
        tag, attributes = element.tag, element.attrib
        if name := attributes.get("id"):
            self.ids.append((name, line))
        if tag == "a" and (name := attributes.get("name")):
            self.names.append(name)
        spoken = [attributes[name] for name in _SPOKEN if attributes.get(name)]
        if tag == "meta" and attributes.get("name") == "description":
            spoken.append(attributes.get("content", ""))
        self.passages += [
            Passage(text=text, language=language, line=line, is_attribute=True) for text in spoken
        ]
        self._read_links(element, line)

    def _read_links(self, element: Any, line: int) -> None:  # noqa: ANN401  lxml has no types
        tag, attributes = element.tag, element.attrib
        for name in _FOLLOWED.get(tag, ()):
            if name in attributes:
                self._link(attributes[name], line)
        self._choices += "srcset" in attributes
        choice = self._choices if "srcset" in attributes else 0
        for name in _LOADED.get(tag, ()):
            is_played = name == "src" and _is_played(element)
            for address in _addresses(name, attributes.get(name, "")):
                self._link(address, line, is_loaded=True, is_played=is_played, choice=choice)
        if tag == "link":
            is_loaded = bool(_FETCHED & set(attributes.get("rel", "").lower().split()))
            self._link(attributes.get("href", ""), line, is_loaded=is_loaded)
        if "data-index" in attributes:
            self._link(attributes["data-index"], line)
        style = attributes.get("style")
        for address in find_css_addresses(style) if style else ():
            self._link(address, line, is_loaded=True)

    def _link(
        self,
        address: str,
        line: int,
        *,
        is_loaded: bool = False,
        is_played: bool = False,
        choice: int = 0,
    ) -> None:
        if address not in self._places:
            self._places[address] = find_place(address, self._path, self._site)
        self.links.append(
            Link(
                address=address,
                place=self._places[address],
                line=line,
                is_loaded=is_loaded,
                is_played=is_played,
                choice=choice,
            )
        )


def _is_played(element: Any) -> bool:  # noqa: ANN401  lxml has no types
    """Whether it is what a player plays, and that player waits for somebody to press play."""
    player = element.getparent() if element.tag == "source" else element
    return (
        player is not None
        and player.tag in _PLAYERS
        and player.get("preload") == "none"
        and "autoplay" not in player.attrib
    )


def _addresses(name: str, value: str) -> list[str]:
    if name != "srcset" or value.startswith("data:"):
        return [value] if value else []
    return [part.split()[0] for part in value.split(",") if part.strip()]


def _is_printed(tag: str, attributes: Any, *, is_printed: bool) -> bool:  # noqa: ANN401  lxml has no types
    if tag == "article":
        return True
    if not is_printed or tag in _NOT_PRINTED:
        return False
    return attributes.get("data-leaflet") != "omit" and "backref" not in attributes.get("class", "")
