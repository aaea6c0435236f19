"""That a site is still without fault, shown by what changed since all of it was looked through.

Of the files of a language that changed every check is asked; texts that nobody may read are looked
for in these, and those that are new among them in all that the language has. Whatever is not sure,
a finding above all, is left to a look through all of the site, which knows how to tell it.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.checks.output import (
    Entry,
    Leaflet,
    Picture,
    PublishedFile,
    Site,
    check_changed,
    decode_text,
    find_needle,
    is_campaign_picture,
    read_page,
    squeeze,
    strip_markup,
)
from pipeline.cli.console import progress
from pipeline.cli.digests import digest_of, digest_of_program
from pipeline.cli.kept.files import PublishedFiles, stamp_of_tree
from pipeline.cli.kept.seen import HTML, SITEMAP, SeenTree
from pipeline.cli.kept.shelf import FAULTS
from pipeline.cli.kept.source_texts import SourceTexts
from pipeline.cli.kept.store import Store, parse_values, render_values
from pipeline.cli.survey import Edition, Survey
from pipeline.cli.tongues import is_in
from pipeline.config import Project
from pipeline.errors import PdfError
from pipeline.model import LeafletVariant, PageState
from pipeline.pdf import PdfFacts, printed_text, read_facts
from pipeline.processes import in_background
from pipeline.website.isolate import isolate_numbers

_STATE = "faultless"
#: In the names of posters.
_POSTER = "-poster-"
_KILOBYTE = 1000
#: More pages of a language than these are looked through with all the others.
_MOST_PAGES = 40
#: Languages that are looked at side by side.
_BESIDE = 2
#: More languages than these take long enough to say how far it is.
_FEW_TREES = 3
#: Forms of leaflets whose text is not exactly that of their page.
OF_OTHER_TEXT = frozenset(
    {LeafletVariant.BILINGUAL, LeafletVariant.KEY_FACTS, LeafletVariant.SHEETS}
)
#: What names the other files of a language: read with every change.
_LISTS = ("keep.json", SITEMAP)


@dataclass(kw_only=True, eq=False)
class Proof:
    """A look at what changed of a site.

    Attributes:
        found: the project as it was just published.
        store: the cache.
        entries_of: gives what the manifest says of the resources of a language, by its tag: of
            those that are named, of all where None.
        pictures_of: gives what is in the cards and pictures to share, of the bytes of files.
        posters_of: gives what must be on the posters of a language, by path.
        archives: the archive of each language, by tag.
        stamps: gives the stamp of each language's tree, by tag, as it was during the build.
        touched: tags of the languages whose trees the build changed: they are looked at again.
        facts: gives what leaflets say that were made, by the digest of their bytes.
    """

    found: Survey
    store: Store
    entries_of: Callable[[str, frozenset[str] | None], tuple[Entry, ...]]
    pictures_of: Callable[[Mapping[str, bytes]], Mapping[str, Picture]]
    posters_of: Callable[[Edition], Mapping[str, str]]
    archives: Mapping[str, PublishedFile]
    stamps: Callable[[], Mapping[str, str]] = dict
    touched: frozenset[str] = frozenset()
    facts: Callable[[], Mapping[str, PdfFacts]] = dict
    looked_at: int = 0
    _new: dict[str, "SeenTree"] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        """The project."""
        return self.found.project

    def is_faultless(self) -> bool:
        """Whether nothing can be wrong with the site that was not before; False if not sure."""
        before = self._before.keys
        if not before:
            return False
        if before.keys() != self._keys.keys() or "" in {k[0] for k in self._keys.values()}:
            return False
        source = self.project.source.tag
        changed = [tag for tag, keys in self._keys.items() if before[tag] != keys]
        # A text of the source language that nobody may read is looked for in every language.
        is_same = before[source][2] == self._keys[source][2]
        self._new = {tag: SeenTree(tag=tag, store=self.store) for tag in changed}
        if not is_same or any(map(self._is_much, self._new.values())):
            return False
        if source in self._new:
            if self._is_said_elsewhere():
                return False
            self._new |= {tag: self._same_tree(tag) for tag in self._losing_cover()}
        if not self._are_trees_faultless():
            return False
        self._keep_state()
        for tree in self._new.values():
            tree.save(self.store)
        return True

    def keep(self, site: Site) -> None:
        """Note that a site was looked through, all of it, and is without fault.

        Args:
            site: it.
        """
        for tag in self._keys:
            tree = SeenTree(tag=tag, store=self.store)
            tree.forget()  # what is damaged of it too: of that the digests do not tell
            tree.see_all(site)
            tree.needles = self._needles(tag)
            tree.save(self.store)
        self._source_texts.texts  # noqa: B018  kept, so that what is new the next time is known
        self._keep_state()

    def _keep_state(self) -> None:
        self._files.save()
        state = {"trees": self._keys, "stamps": self._stamps}
        self.store.write(_STATE, "site", self._context, render_values(state))

    @cached_property
    def _before(self) -> "_State":
        """What was noted when the site was last found without fault; nothing if not sure."""
        row = self.store.read(_STATE, "site")
        with suppress(*FAULTS):
            if row and row[0] == self._context:
                state = parse_values(row[1])
                keys = {tag: tuple(each) for tag, each in state["trees"].items()}
                return _State(keys=keys, stamps=dict(state["stamps"]))
        return _State(keys={}, stamps={})

    @cached_property
    def _editions(self) -> dict[str, Edition]:
        return {edition.locale.tag: edition for edition in self.found.open_editions}

    @cached_property
    def _stamps(self) -> dict[str, str]:
        """The stamp of each language's tree."""
        seen = {tag: stamp for tag, stamp in self.stamps().items() if tag not in self.touched}
        site = self.project.site_dir
        return {tag: seen.get(tag) or stamp_of_tree(site / tag) for tag in self._editions}

    @cached_property
    def _keys(self) -> dict[str, tuple[str, str, str, str]]:
        """What each language's tree, its pages, its hidden texts and its files are, by tag."""
        built = self.project.cache_dir / "built"
        return {
            tag: (
                _read(built / tag),
                edition.facts.digest,
                edition.facts.unpublished,
                self._digest_of_files(tag),
            )
            for tag, edition in self._editions.items()
        }

    def _digest_of_files(self, tag: str) -> str:
        """Of a tree whose files are those that were found without fault it is known."""
        stamp = self._stamps[tag]  # before its files are read: what changes then is seen next time
        is_same = self._before.stamps.get(tag) == stamp and tag in self._before.keys
        return self._before.keys[tag][3] if is_same else _digest_of(self._digests(tag))

    @cache  # noqa: B019  it lives as long as one look
    def _digests(self, tag: str) -> dict[str, str]:
        """Digests of the files of a language's tree: of those that are there, whoever put them."""
        return self._files.find_all(tag)

    @cached_property
    def _facts(self) -> Mapping[str, PdfFacts]:
        return self.facts()

    @cached_property
    def _files(self) -> PublishedFiles:
        return PublishedFiles(site=self.project.site_dir, store=self.store)

    @cached_property
    def _above(self) -> dict[str, str]:
        """Digests of the files that all languages share."""
        site = self.project.site_dir
        names = (e.name for e in os.scandir(site) if e.name not in self._editions)
        found: dict[str, str] = {}
        for name in sorted(names):
            if (site / name).is_dir():
                found |= self._files.find_all(name)
            elif name != "manifest.json":
                found[name] = str((self._files.find(name) or {}).get("digest"))
        return found

    @cached_property
    def _context(self) -> str:
        """What every language's pages are judged by."""
        above = sorted(self._above.items())
        return digest_of(digest_of_program(), self.project, self.project.site_dir, above)

    @cache  # noqa: B019  likewise
    def _needles(self, tag: str) -> frozenset[str]:
        """The texts that nobody may read in a language, as they are looked for."""
        source = self.found.source
        hidden = [self._editions[tag].unpublished, source.unpublished]
        texts = (text for each in hidden for own in each.values() for text in own)
        return frozenset(needle for t in texts if (needle := find_needle(strip_markup(t))))

    def _are_trees_faultless(self) -> bool:
        """Whether nothing is wrong in the languages whose trees changed."""
        count = len(self._new)
        shown = (
            progress("Looking through languages", count) if count > _FEW_TREES else nullcontext()
        )
        begun: deque[tuple[str, Callable[[], bool]]] = deque()
        with shown as advance:
            for tag in (*self._new, *("",) * _BESIDE):
                if tag:
                    begun.append((tag, self._begin_tree(tag)))
                if begun and (not tag or len(begun) == _BESIDE):
                    done, is_faultless = begun.popleft()
                    if not is_faultless():
                        return False
                    if advance:
                        advance(done)
        return True

    def _begin_tree(self, tag: str) -> Callable[[], bool]:
        """Begin to look at what changed in a language; gives what says whether it is faultless."""
        tree = self._new[tag]
        tree.needles = self._needles(tag)
        try:
            site = self._changed_site(tag, tree)
        except (OSError, ValueError, PdfError):
            return lambda: False
        texts = self._source_texts
        if not texts.is_kept:
            texts.texts  # noqa: B018  what is found out in another process is not kept
        has_findings = in_background(
            lambda: bool(check_changed(replace(site, source_texts=texts.find_common(site))))
        )
        hides_all = self._hides_all(tag, tree, site)
        return lambda: not has_findings() and hides_all

    def _hides_all(self, tag: str, tree: "SeenTree", site: Site) -> bool:
        """Whether what nobody may read in a language stands nowhere in it."""
        own = {p: t for p, t in site.pages.items() if p in tree.digests}
        try:
            tree.see(replace(site, pages=own))
            if any(map(self._leads_to, tree.find_lost_anchors(site, own))):
                return False
            hits = tree.find_hidden(self._uncovered(tag), self._say_above)
        except FAULTS:  # a list of pages that is none
            return False
        return all(needle in self._squeezed_public(tag) for needle in hits)

    def _uncovered(self, tag: str) -> set[str]:
        """Hidden texts that a page of a language, or of the source, said, and may say no more.

        One that stood elsewhere too was let stand there, since it could be read all the same.
        """
        trees = (self._new.get(each) for each in (tag, self.project.source.tag))
        said = [text for tree in trees if tree for text in tree.old_pages]
        there = (needle for needle in self._needles(tag) if any(needle in text for text in said))
        return {needle for needle in there if needle not in self._squeezed_public(tag)}

    def _losing_cover(self) -> list[str]:
        """Languages whose trees did not change, in which such a text may stand."""
        return [tag for tag in self._keys if tag not in self._new and self._uncovered(tag)]

    def _same_tree(self, tag: str) -> "SeenTree":
        return SeenTree(tag=tag, store=self.store, digests=self._digests(tag))

    @cache  # noqa: B019  likewise
    def _squeezed_public(self, tag: str) -> str:
        return squeeze(strip_markup("\n".join(self._public(tag))))

    def _public(self, tag: str) -> Iterator[str]:
        for edition in (self._editions[tag], self.found.source):
            for page in edition.pages:
                yield page.title.text
                if page.is_published:
                    yield from (page.summary.text, page.markdown, page.captions)
            yield from (phrase.text for phrase in edition.interface.values())

    def _leads_to(self, place: str) -> bool:
        """Whether a page led to a part of one, when all was looked through."""
        return place in self._led_to

    @cached_property
    def _led_to(self) -> frozenset[str]:
        """The parts of pages that other pages led to."""
        trees = (SeenTree(tag=tag, store=self.store) for tag in self._editions)
        return frozenset(place for tree in trees for place in tree.read_ways())

    @cache  # noqa: B019  likewise
    def _noted_anchors(self, tag: str) -> dict[str, frozenset[str]]:
        return SeenTree(tag=tag, store=self.store).read_anchors(self._digests(tag))

    def _anchors_of(self, path: str) -> frozenset[str] | None:
        """What a link can lead to in a page that is not looked at, or not yet."""
        tag = path.partition("/")[0]
        if tag not in self._editions or not path.endswith(HTML):
            return None
        noted = self._noted_anchors(tag)
        if path not in noted:
            text = (self.project.site_dir / path).read_text("utf-8", "replace")
            return read_page(path, text, self.project.site_url).anchors
        return noted[path]

    @cache  # noqa: B019  likewise
    def _say_above(self) -> list[str]:
        """What the files say that all languages share."""
        site, address = self.project.site_dir, self.project.site_url
        texts = {n: text for n in self._above if (text := decode_text((site / n).read_bytes()))}
        return [
            read_page(name, text, address).squeezed if name.endswith(HTML) else squeeze(text)
            for name, text in texts.items()
        ]

    def _is_said_elsewhere(self) -> bool:
        """Whether a page that did not change may say what is new in the source language."""
        try:
            new = self._source_texts.find_new()
        except FAULTS:
            return True
        return any(
            phrase in text
            for tag in (self._editions if new else ())
            if tag != self.project.source.tag
            for text in SeenTree(tag=tag, store=self.store).read_texts(self._digests(tag))
            for phrase in new
        )

    def _is_much(self, tree: "SeenTree") -> bool:
        """Whether too much of a language's tree changed to be looked at alone."""
        tree.digests = self._digests(tree.tag)
        # A page that did not change may lead to what went away, or load what is heavier now.
        is_less = any("!" not in name and name not in tree.digests for name in tree.known)
        is_less = is_less or any(n in tree.known and _is_loaded(n) for n in tree.changed)
        pages = sum(name.endswith(HTML) for name in tree.changed)
        is_unread = any(_is_book(n) and tree.digests[n] not in self._facts for n in tree.changed)
        return is_less or is_unread or pages > _MOST_PAGES

    def _changed_site(self, tag: str, tree: "SeenTree") -> Site:
        """What changed of a language's tree.

        Raises:
            ValueError: it has to be looked at with all the rest.
        """
        folder, project = self.project.site_dir, self.project
        digests, changed = tree.digests, tree.changed
        pages = [name for name in changed if name.endswith(HTML)]
        self.looked_at += len(changed)
        data = {name: (folder / name).read_bytes() for name in changed}
        beside = {name: (folder / name).read_bytes() for name in self._beside(tag, pages)}
        archive = f"{tag}/{tag}.zip"
        members = dict(tree.open_archive(archive, data.get(archive)))
        resources = frozenset("/".join(name.split("/")[1:3]) for name in beside)
        others = {name.partition("/")[0] for name in beside}
        entries = self.entries_of(tag, None)
        shown = [each for other in others for each in self.entries_of(other, resources)]
        # Pages that the manifest does not name, lists above all, are named in these alone.
        named = {file.path for entry in entries for file in entry.files}
        are_lists = any(name not in named for name in pages)
        lists = {
            n: (folder / n).read_bytes()
            for n in map(f"{tag}/{{}}".format, _LISTS)
            if are_lists and n in digests
        }
        tree.refuse_archives(data | members)
        texts = _other_texts(lists | data) | _texts(members, HTML) | _other_texts(members)
        html = _texts(data | beside, HTML)
        return Site(
            folder=folder,
            address=project.site_url,
            source=project.source.tag,
            locales={each.tag: each for each in (project.source, *project.locales)},
            topics=frozenset(project.topics),
            open_tags=frozenset(self._editions),
            entries=(*entries, *shown),
            sizes=_Sizes(self._files.find_sizes(tag), folder),
            # What stands in the trees of other languages is what it was, as their stamps say.
            digests=self._above | digests | _digests_of(shown),
            pictures=self.pictures_of(data),
            pages=html,
            texts=texts,
            leaflets=tuple(
                Leaflet(path=n, **asdict(self._facts.get(digests[n]) or read_facts(d)))
                for n, d in data.items()
                if n.endswith(".pdf")
            ),
            printed=dict(self._printed(entries, set(data))),
            books=tuple(PublishedFile(path=n, digest=digests[n]) for n in digests if _is_book(n)),
            archives={t: file for t, file in self.archives.items() if t == tag},
            archive_names={archive: tree.archive_names or tree.known_names(archive)},
            expected=dict(self._expected(tag, shown)),
            weight_limit=project.page_kilobytes * _KILOBYTE,
            is_in=is_in,
            unread=_Unread(html),
            anchors_unread=self._anchors_of,
            listed=tree.find_listed(texts.get(f"{tag}/{SITEMAP}"), project.site_url),
            # What passes for a translation depends on the texts of the source as well.
            beside=beside.keys() - data.keys() if tag != project.source.tag else frozenset(),
            isolate=isolate_numbers,
        )

    def _expected(
        self, tag: str, shown: Iterable[Entry]
    ) -> Iterator[tuple[tuple[str, str], PageState]]:
        """What the gate says of the pages; those of other languages are what they were."""
        for entry in shown:
            if entry.is_readable:
                yield (entry.locale, entry.resource), PageState(entry.state)
        for page in self._editions[tag].pages:
            yield (tag, str(page.document.id)), page.state

    def _beside(self, tag: str, pages: Iterable[str]) -> list[str]:
        """The same pages in the other languages: they name one another."""
        rests = {name.partition("/")[2] for name in pages if name.endswith("/index.html")}
        others = (f"{other}/{rest}" for other in self._editions if other != tag for rest in rests)
        return [name for name in others if (self.project.site_dir / name).is_file()]

    def _printed(self, entries: Iterable[Entry], changed: set[str]) -> Iterator[tuple[str, str]]:
        """What must be in leaflets that have a part of their page, or another page beside it."""
        for tag in {path.partition("/")[0] for path in changed if _POSTER in path}:
            yield from self.posters_of(self._editions[tag]).items()
        site, source = self.project.site_dir, self.project.source.tag
        for entry in entries:
            for leaflet in entry.leaflets if entry.page else ():
                if leaflet.path not in changed or leaflet.variant not in OF_OTHER_TEXT:
                    continue
                is_bilingual = leaflet.variant is LeafletVariant.BILINGUAL
                other = site / source / entry.resource / "index.html"
                beside = other.read_bytes() if is_bilingual else b""
                page = site / entry.locale / entry.resource / "index.html"
                yield leaflet.path, printed_text(page.read_bytes(), page, leaflet.variant, beside)

    @cached_property
    def _source_texts(self) -> SourceTexts:
        strings = (string.text for string in self.project.strings)
        return SourceTexts(
            store=self.store,
            key=digest_of(self._context, self.found.source.facts.digest),
            found=(*self.found.source_texts, *strings),
        )


@dataclass(frozen=True, kw_only=True)
class _State:
    """A site without fault.

    Attributes:
        keys: what each language's tree, its pages, its hidden texts and its files are, by tag.
        stamps: of each language's tree, by tag.
    """

    keys: Mapping[str, tuple[str, ...]]
    stamps: Mapping[str, str]


class _Sizes(dict[str, int]):
    """Bytes of the files of a language; of others whether they are there is looked up."""

    def __init__(self, own: Mapping[str, int], folder: Path) -> None:
        super().__init__(own)
        self._folder = folder

    def __contains__(self, path: object) -> bool:
        return super().__contains__(path) or (self._folder / str(path)).is_file()

    def get(self, path: str, default: Any = None) -> Any:  # noqa: ANN401  as there
        if super().__contains__(path):
            return self[path]
        try:
            return (self._folder / path).stat().st_size
        except OSError:
            return default


def _digests_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Those that the manifest gives."""
    return {file.path: file.digest for entry in entries for file in entry.files}


class _Unread:
    """Every page but those that were read."""

    def __init__(self, read: Mapping[str, object]) -> None:
        self._read = read

    def __contains__(self, path: object) -> bool:
        return str(path).endswith(HTML) and path not in self._read


def _other_texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The texts of all files but pages and leaflets."""
    others = {name: data for name, data in files.items() if not name.endswith((*HTML, ".pdf"))}
    return {name: text for name, data in others.items() if (text := decode_text(data))}


def _is_loaded(name: str) -> bool:
    """Whether a page may load a file by itself."""
    is_other = name.endswith((*HTML, ".pdf", ".zip", ".json", ".xml"))
    return not is_other and not is_campaign_picture(name)


def _texts(files: Mapping[str, bytes], endings: tuple[str, ...]) -> dict[str, str]:
    return {n: data.decode("utf-8", "replace") for n, data in files.items() if n.endswith(endings)}


def _is_book(name: str) -> bool:
    return name.endswith("-book.pdf")


def _digest_of(digests: Mapping[str, str]) -> str:
    text = "\0".join(f"{name}\0{digests[name]}" for name in sorted(digests))
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _read(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
