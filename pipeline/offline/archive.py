"""All pages of a language as one ZIP that opens from a USB stick: the story is `render_archive`.

Addresses that lead to something in the archive become the way there, all others lead to the
site. What only works on the site (search, the menu of languages, scripts) is left out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from lxml import etree, html
from markupsafe import Markup

from pipeline.offline.addresses import (
    addresses_of,
    find_path,
    is_safe_name,
    make_absolute,
    relative_address,
)
from pipeline.offline.packing import Member, pack_member, render_zip
from pipeline.offline.pages import by_class, drop, parse_piece, read_page, write_page

_LEFT_OUT = ("find", "languages", "offline", "keeping")
_FACE = re.compile(r"@font-face\s*\{[^}]*\bunicode-range:([^;}]*)[^}]*\}")
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)
_CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
#: `'self'` of a file is the whole disk for some browsers and nothing for others.
_POLICY = (
    "default-src 'none'; style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data:; "
    "font-src 'self' file:; form-action 'none'; base-uri 'none'"
)
_LOADED = frozenset({"stylesheet", "icon"})
Read = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an archive says beside its pages, as HTML in the reader's language.

    Attributes:
        online: what leads to a page on the site ("Read this online").
        checked: a label and the newest day on which one of the pages was checked.
        film: what leads to a film, which is on the site alone.
        audio: what leads to a recording, likewise.
    """

    online: Markup
    checked: Markup
    film: Markup
    audio: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page as it stands in an archive, with what it was made from.

    Attributes:
        key: digest of the page and of what is said beside it.
        asked: where its addresses lead, whether that may be taken along, and what it is here: a
            page, a file, or nothing.
        letters: that it shows.
        member: it.
    """

    key: str
    asked: tuple[tuple[str, bool, str], ...]
    letters: str
    member: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An archive.

    Attributes:
        data: the ZIP.
        parts: its pages, by path below the site's folder.
    """

    data: bytes
    parts: Mapping[str, Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Archive:
    tag: str
    site: str
    pages: Mapping[str, bytes]
    read: Read
    words: Words
    takes_leaflets: bool
    files: dict[str, bytes] = field(default_factory=dict)
    asked: dict[tuple[str, bool], str] = field(default_factory=dict)

    def name(self, path: str) -> str:
        """What a file of the site is called in the archive."""
        return path.removeprefix(f"{self.tag}/")

    def ask(self, target: str, *, may_take: bool) -> str:
        """What an address leads to here; it is put into the archive if it is a file."""
        is_page = target in self.pages
        may = may_take and (self.takes_leaflets or not target.endswith(".pdf"))
        found = "page" if is_page else "file" if may and self.has(target) else ""
        self.asked[target, may_take] = found
        return found

    def has(self, path: str) -> bool:
        """Whether a file belongs into the archive; it is put there if it is no page."""
        if path in self.pages:
            return True
        if self.name(path) in self.files:
            return True
        data = self.read(path) if is_safe_name(self.name(path)) else None
        if data is None:
            return False
        self.files[self.name(path)] = data
        return True

    def add_fonts(self, letters: frozenset[int]) -> None:
        """What style sheets load for these letters: it stands beside them as on the site."""
        for path, style in [file for file in self.files.items() if file[0].endswith(".css")]:
            text = _FACE.sub(partial(_face, letters), style.decode("utf-8", "replace"))
            for address in _CSS_ADDRESS.findall(text):
                place = find_path(address, path, self.site)
                if place and not address.startswith("data:"):
                    self.has(place[0])


def render_archive(
    tag: str, site: str, pages: Mapping[str, bytes], read: Read, words: Words
) -> bytes:
    """The archive of a language.

    Args:
        tag: of the locale.
        site: the site's address, with a slash at its end.
        pages: the pages that the public reads in this language, by path below the site's
            folder: no notice in the place of a page.
        read: gives the bytes of a file that a page shows, by path below the site's folder; None
            where it is not or does not belong to what is published.
        words: what is said beside them.

    Returns:
        The ZIP: equal input gives equal bytes. ``index.html`` is the language's first page.
    """
    return pack_archive(tag, site, pages, read, words, known={}).data


def pack_archive(
    tag: str,
    site: str,
    pages: Mapping[str, bytes],
    read: Read,
    words: Words,
    *,
    known: Mapping[str, Part],
    takes_leaflets: bool = True,
) -> Packed:
    """The archive of a language, with the parts of an earlier one that are as they were.

    Args:
        tag: of the locale.
        site: the site's address, with a slash at its end.
        pages: as for :func:`render_archive`.
        read: likewise.
        words: likewise.
        known: pages of an earlier archive, by path.
        takes_leaflets: whether the PDFs beside the pages are put into it.
    """
    archive = _Archive(
        tag=tag, site=site, pages=pages, read=read, words=words, takes_leaflets=takes_leaflets
    )
    base = repr((tag, site, words)).encode()
    parts = {path: _part(archive, path, base, known.get(path)) for path in sorted(pages)}
    archive.add_fonts(frozenset(ord(sign) for part in parts.values() for sign in part.letters))
    members = {name: pack_member(name, data) for name, data in archive.files.items()}
    members |= {archive.name(path): part.member for path, part in parts.items()}
    return Packed(data=render_zip(members), parts=parts)


def _part(archive: _Archive, path: str, base: bytes, known: Part | None) -> Part:
    key = sha256(base + b"\0" + archive.pages[path]).hexdigest()
    if known and known.key == key and _leads_as_before(archive, known):
        return known
    archive.asked.clear()
    made = _page(archive, path)
    return Part(
        key=key,
        asked=tuple((target, may, found) for (target, may), found in archive.asked.items()),
        letters="".join(sorted(sign for sign in set(made.decode()) if sign.isalpha())),
        member=pack_member(archive.name(path), made),
    )


def _leads_as_before(archive: _Archive, known: Part) -> bool:
    """Whether all that a page leads to is there as it was; files are put into the archive."""
    return all(archive.ask(target, may_take=may) == found for target, may, found in known.asked)


def _face(letters: frozenset[int], face: re.Match[str]) -> str:
    """A rule for a font; empty for one whose letters are nowhere."""
    ends = [(int(a, 16), int(b or a, 16)) for a, b in _RANGE.findall(face[1])]
    is_used = any(low <= letter <= high for low, high in ends for letter in letters)
    return face[0] if is_used else ""


def _page(archive: _Archive, path: str) -> bytes:
    root = read_page(archive.pages[path])
    drop([*root.iter("script"), *root.xpath("head/link[@rel='alternate' or @rel='canonical']")])
    for name in _LEFT_OUT:
        drop(by_class(root, name))
    for meta in root.xpath("head/meta[@http-equiv]"):
        meta.set("content", _POLICY)
    players = _replace_players(archive, root)
    for element in root.iter(etree.Element):
        for name in ("srcset", "sizes"):
            element.attrib.pop(name, None)
        for name, value in addresses_of(element):
            element.set(name, _address(archive, path, element, value))
    for link in players:  # not to the page in the archive, which has no player
        link.set("href", make_absolute("", path, archive.site))
    _lead_to_site(archive, path, root)
    return write_page(root)


def _replace_players(archive: _Archive, root: html.HtmlElement) -> list[html.HtmlElement]:
    """A film or a recording is heavier than all pages: links in their place, without address."""
    words, links = archive.words, []
    drop(by_class(root, "film--opened"))  # its page elsewhere is named above it
    found = [(film, words.film) for film in by_class(root, "film")]
    found += [(audio, words.audio) for audio in by_class(root, "audio")]
    for film, said in found:
        line = next(parse_piece(Markup("<p><a>▶ {}</a></p>").format(said)))
        line.tail, film.tail = film.tail, None
        film.getparent().replace(film, line)
        links += line.iter("a")
    return links


def _address(archive: _Archive, path: str, element: html.HtmlElement, value: str) -> str:
    if value.startswith("#"):
        return value
    place = find_path(value, path, archive.site)
    if place is None:
        return make_absolute(value, path, archive.site)
    target, fragment = place
    if archive.ask(target, may_take=_may_take(element, target)):
        return relative_address(archive.name(target), archive.name(path), fragment)
    return make_absolute(value, path, archive.site)


def _may_take(element: html.HtmlElement, target: str) -> bool:
    """Whether it is a part of the page, or something beside it to read."""
    if element.tag == "link":
        return bool(_LOADED & set((element.get("rel") or "").split()))
    return element.tag == "img" or (element.tag == "a" and target.endswith(".pdf"))


def _lead_to_site(archive: _Archive, path: str, root: html.HtmlElement) -> None:
    """At the foot of every page: where the current one is; of the first one: how old this is."""
    for foot in by_class(root, "foot__inner"):
        if path == f"{archive.tag}/index.html":
            foot.extend(parse_piece(Markup("<span>{}</span>").format(archive.words.checked)))
        address = make_absolute("", path, archive.site)
        link = Markup('<a href="{0}">{1}: <bdi class="address" dir="ltr">{0}</bdi></a>')
        foot.extend(parse_piece(link.format(address, archive.words.online)))
