"""What was seen in a language's tree when it was found without fault, kept for the next look.

Of each file what it says, as hidden texts are looked for; of each page what can be led to in it,
and to which parts of others it leads; of a sitemap its entries.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b, sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from pipeline.checks.output import (
    Page,
    Site,
    SitemapEntry,
    find_place,
    read_sitemap,
    squeeze,
)
from pipeline.cli.kept.store import Store
from pipeline.foreignzip import ZIP

#: How the names of pages end.
HTML = (".html", ".htm")
_INDEX, SITEMAP = "search/search_index.json", "sitemap.xml"
#: What is noted of each page: what can be led to in it, and to which parts of others it leads.
_WAYS = "ways"
#: The texts of each language that were looked for in all of it.
_NEEDLES = "needles"


@dataclass(kw_only=True)
class SeenTree:
    """What was seen in a language's tree: of each file its digest, and what it says.

    Attributes:
        tag: the language's.
        store: the cache.
        digests: of the files as they are now, by path.
        needles: the texts that nobody may read, as they are looked for.
        archive_names: what is in the archive as it is now, if it changed.
    """

    tag: str
    store: Store
    digests: dict[str, str] = field(default_factory=dict)
    needles: frozenset[str] = frozenset()
    archive_names: tuple[str, ...] = ()
    _texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    _members: dict[str, str] = field(default_factory=dict)
    _ways: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    @property
    def _kind(self) -> str:
        return f"seen {self.tag}"

    @property
    def _kind_of_ways(self) -> str:
        return f"{_WAYS} {self.tag}"

    @cached_property
    def known(self) -> dict[str, str]:
        """Digests of what was seen before, by path."""
        return self.store.read_keys(self._kind)

    @cached_property
    def changed(self) -> list[str]:
        """The files that are not what they were when they were seen."""
        return [name for name, digest in self.digests.items() if self.known.get(name) != digest]

    def forget(self) -> None:
        """Take what was seen before for nothing."""
        self.store.forget(self._kind, self.known)
        self.known = {}

    @cached_property
    def _old_needles(self) -> frozenset[str]:
        row = self.store.read(_NEEDLES, self.tag)
        with suppress(ValueError):
            return frozenset(json.loads(row[1])) if row else frozenset()
        return frozenset()

    def open_archive(self, path: str, data: bytes | None) -> Iterator[tuple[str, bytes]]:
        """The files of an archive that were not in it before, by ``so/so.zip!index.html``."""
        if data is None:
            self._members = {n: key for n, key in self.known.items() if "!" in n}
            return
        with suppress(BadZipFile), ZipFile(BytesIO(data)) as archive:
            self.archive_names = tuple(archive.namelist())
            for member in archive.infolist():
                name = f"{path}!{member.filename}"
                self._members[name] = key = f"{member.CRC}.{member.file_size}"
                if self.known.get(name) != key:
                    yield name, archive.read(member)

    def known_names(self, path: str) -> tuple[str, ...]:
        """The files of an archive that was seen before."""
        return tuple(name.partition("!")[2] for name in self.known if name.startswith(f"{path}!"))

    def see(self, site: Site) -> None:
        """Note what stands in what changed.

        Args:
            site: that alone.
        """
        self._see(site, {p: page for p, page in site.parsed.items() if p in self.digests})

    def see_all(self, site: Site) -> None:
        """Note what stands in all of a language.

        Args:
            site: all of one that was looked through.
        """
        own = f"{self.tag}/"
        self.digests = {p: digest for p, digest in site.digests.items() if p.startswith(own)}
        archive = f"{own}{self.tag}.zip"
        if archive in site.sizes:
            for _ in self.open_archive(archive, (site.folder / archive).read_bytes()):
                pass
        self._see(site, {p: site.parsed[p] for p in site.pages if p in self.digests})

    def _see(self, site: Site, pages: Mapping[str, Page]) -> None:
        for path, page in pages.items():
            self._note(path, page.squeezed)
            self._see_ways(path, page)
        for path, page in site.archived.items():
            self._note(path, page.squeezed)
        for path, picture in site.pictures.items():
            self._note(path, squeeze(picture.text))
        for leaflet in site.leaflets:
            self._note(leaflet.path, squeeze(f"{leaflet.title}\n{leaflet.text}"))
        for path, text in site.texts.items():
            if path.startswith(f"{self.tag}/") and path not in site.archived:
                self._see_text(path, text)

    def _see_text(self, path: str, text: str) -> None:
        """Note a file that is no page: a list, a picture, a style sheet, a stranger's."""
        if path == f"{self.tag}/{_INDEX}":
            said = self._entries(path, text)
        elif path == f"{self.tag}/{SITEMAP}":
            said = _listing(text)
        else:
            said = squeeze(text)
        self._note(path, said)

    def _note(self, path: str, text: str) -> None:
        """Note what a file of the language says; one of another is not noted."""
        key = self.digests.get(path) or self._members.get(path)
        if key:
            self._texts[path] = key, text

    def _see_ways(self, path: str, page: Page) -> None:
        """Note what can be led to in a page, and to which parts of others it leads."""
        places = (link.place for link in page.links if link.place and link.place.path != path)
        to = (f"{place.path}#{place.fragment}" for place in places if place.fragment)
        self._ways[path] = page.anchors, frozenset(to)

    def read_ways(self) -> Iterator[str]:
        """The parts of other pages that its pages led to, as ``so/topic/fever/index.html#rest``."""
        for _, value in self.store.read_all(self._kind_of_ways).values():
            yield from json.loads(value)["to"]

    def read_anchors(self, digests: Mapping[str, str]) -> dict[str, frozenset[str]]:
        """What a link can lead to in each of its pages that did not change.

        Args:
            digests: of the files of the language, as they are.
        """
        rows = self.store.read_all(self._kind_of_ways).items()
        return {
            path: frozenset(json.loads(value)["here"])
            for path, (key, value) in rows
            if digests.get(path) == key
        }

    def find_lost_anchors(self, site: Site, paths: Iterable[str]) -> Iterator[str]:
        """Parts of pages that are there no more.

        Args:
            site: what changed.
            paths: pages of this language in it.
        """
        for path in paths:
            row = self.store.read(self._kind_of_ways, path)
            before = json.loads(row[1])["here"] if row else ()
            yield from (f"{path}#{a}" for a in before if a not in site.parsed[path].anchors)

    def refuse_archives(self, files: Mapping[str, bytes]) -> None:
        """Archives and leaflets in them that are not those that a build makes.

        Raises:
            ValueError: nobody has looked into one.
        """
        own = f"{self.tag}/{self.tag}.zip"
        known = set(self.digests.values())
        for name, data in files.items():
            is_leaflet = "!" in name and name.endswith(".pdf")
            if is_leaflet and sha256(data).hexdigest() not in known:
                raise ValueError(name)
            if data.startswith(ZIP) and name != own:
                raise ValueError(name)

    def read_texts(self, digests: Mapping[str, str]) -> Iterator[str]:
        """What the files that did not change were seen to say.

        Args:
            digests: of the files of the language, as they are.
        """
        for path, (key, text) in self.store.read_all(self._kind).items():
            if "!" in path or digests.get(path) == key:
                yield text.decode("utf-8", "replace")

    def find_listed(self, sitemap: str | None, home: str) -> frozenset[str]:
        """What a sitemap lists as it did when it was seen, of pages that did not change.

        Args:
            sitemap: the text of it; None of one that did not change.
            home: the address of the site.

        Raises:
            ValueError: it lacks a page that is there as it was.
        """
        if sitemap is None:
            return frozenset()
        words = [
            line.split(" ", 2) for line in self._old_text(f"{self.tag}/{SITEMAP}").splitlines()
        ]
        before = {key: address for key, address, _ in words}
        there = self.digests.keys() - set(self.changed)
        entries = read_sitemap(sitemap) or ()
        addresses = {entry.address for entry in entries}
        if len(addresses) < len(entries):
            raise ValueError(self.tag)

        def is_same(address: str) -> bool:
            place = find_place(address, "", home)
            return place is not None and place.path in there

        if any(map(is_same, set(before.values()) - addresses)):
            raise ValueError(self.tag)
        return frozenset(e.address for e in entries if _key(e) in before and is_same(e.address))

    def _entries(self, path: str, index: str) -> str:
        """What a search index says, an entry a line, as it is searched; at last the rest of it.

        Each line begins with the digest of its entry: what was seen before is not made alike again.
        """
        lines = (line.partition(" ") for line in self._old_text(path).splitlines())
        before = {key: text for key, _, text in lines}
        values = json.loads(index)
        texts = [json.dumps(each, ensure_ascii=False) for each in (*values.pop("docs"), values)]
        keyed = ((blake2b(text.encode(), digest_size=16).hexdigest(), text) for text in texts)
        return "\n".join(f"{key} {before.get(key) or squeeze(text)}" for key, text in keyed)

    def _old_text(self, path: str) -> str:
        """What a file said when it was seen."""
        row = self.store.read(self._kind, path)
        return row[1].decode("utf-8", "replace") if row else ""

    @cached_property
    def old_pages(self) -> list[str]:
        """What the pages that changed said when they were seen."""
        pages = (path for path in self.changed if path.endswith(HTML))
        return [self._old_text(path) for path in pages if path in self.known]

    def find_hidden(self, uncovered: Iterable[str], above: Callable[[], list[str]]) -> list[str]:
        """Texts that nobody may read in what changed; new ones in all that is there.

        Args:
            uncovered: those to be looked for like new ones.
            above: gives what the files above all languages say.
        """
        changed = []
        for path, (_, text) in self._texts.items():
            is_listing = path.endswith((_INDEX, SITEMAP))
            seen = set(self._old_text(path).split("\n")) if is_listing else set()
            changed += [line for line in text.split("\n") if line not in seen]
        hits = [n for n in self.needles if any(n in text for text in changed)]
        new = self.needles - self._old_needles | self.needles.intersection(uncovered)
        there = (*self._texts_still_there(), *above()) if new else ()
        return hits + [n for n in new if any(n in text for text in (*there, *self._all_lines()))]

    def _texts_still_there(self) -> list[str]:
        """What the files say that did not change.

        Raises:
            ValueError: of one it is not known any more.
        """
        old = self.store.read_all(self._kind)
        paths = (self.digests.keys() | self._members.keys()) - self._texts.keys()
        lost = [path for path in paths if path not in old]
        if lost:
            raise ValueError(lost[0])
        return [old[path][1].decode("utf-8", "replace") for path in paths]

    def _all_lines(self) -> Iterator[str]:
        return (text for _, text in self._texts.values())

    def save(self, store: Store) -> None:
        """Keep what was seen."""
        for path in self.digests.keys() | self._members.keys():
            key = self.digests.get(path) or self._members[path]
            text = self._texts.get(path, (key, ""))[1]
            if self.known.get(path) != key:
                store.write(self._kind, path, key, text.encode("utf-8", "replace"))
        store.forget(self._kind, self.known.keys() - self.digests.keys() - self._members.keys())
        for path, (here, to) in self._ways.items():
            values = {"here": sorted(here), "to": sorted(to)}
            store.write(self._kind_of_ways, path, self.digests[path], json.dumps(values).encode())
        store.forget(self._kind_of_ways, self.known.keys() - self.digests.keys())
        store.write(_NEEDLES, self.tag, "", json.dumps(sorted(self.needles)).encode())


def _listing(sitemap: str) -> str:
    """What a sitemap lists, an entry a line: digest and address; at last all of it, squeezed."""
    entries = read_sitemap(sitemap) or ()
    lines = [f"{_key(entry)} {entry.address} " for entry in entries]
    return "\n".join((*lines, f"- - {squeeze(sitemap)}"))


def _key(entry: SitemapEntry) -> str:
    """What tells an entry of a sitemap from any other."""
    text = json.dumps([entry.address, entry.alternates])
    return blake2b(text.encode(), digest_size=16).hexdigest()
