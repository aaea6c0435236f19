"""One build, from files to the published site: the whole story is :func:`build`.

Everything is made beside the published site and moved into place at the end, one
rename a language, so that stopping half-way leaves the site as it was. What cannot be
made costs only itself: all else is published, and nothing older stays in its place.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.cli.blame import blame_page
from pipeline.cli.books import contents_of_books, make_books
from pipeline.cli.console import progress, say
from pipeline.cli.films import write_films
from pipeline.cli.kept.files import begin_stamps
from pipeline.cli.kept.manifest import forget_part
from pipeline.cli.kept.planning import ingredients_of, write_ingredients
from pipeline.cli.kept.remembered import Remembered
from pipeline.cli.kept.store import Store, open_store
from pipeline.cli.kept.survey import survey_kept
from pipeline.cli.kept.trees import forget_made, write_made
from pipeline.cli.leaflets import (
    FactsAhead,
    Leaflets,
    begin_leaflets,
    forget_leaflets,
    make_leaflets,
)
from pipeline.cli.manifest import read_withheld, write_manifest
from pipeline.cli.media.scaling import with_renditions
from pipeline.cli.offline.archives import drop_archive, write_archives
from pipeline.cli.partial import drop_books, widen
from pipeline.cli.plan import Published, Stage, Wish, plan, published_in
from pipeline.cli.publish import patch_tree, publish_stage, remove_closed
from pipeline.cli.stages import Outcome, build_stages
from pipeline.cli.survey import Edition, Survey
from pipeline.cli.withheld import Withheld, describe
from pipeline.config import Project
from pipeline.errors import EXIT_INCOMPLETE, MachineError, PipelineError, WebsiteError
from pipeline.files import make_folder, remove
from pipeline.model import LeafletVariant, Severity
from pipeline.pdf import PdfFacts, Press, find_problems
from pipeline.processes import in_background
from pipeline.website import build_root


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    Attributes:
        survey: what it was made from, with errors and findings.
        shown: the same as it is published, without what could not be made.
        rebuilt: tags of the locales whose pages were made anew.
        leaflets: how many leaflets the site has.
        rendered: how many of them were rendered; the others were in the cache.
        failed: why pages and leaflets could not be made; the rest was published.
        remarks: what somebody should look at in pictures and leaflets that were made.
        stamps: gives the stamp of each language's published tree as it was during the build.
        touched: tags of the languages whose published trees were changed.
        facts: gives what leaflets say that were made, by the digest of their bytes.
    """

    survey: Survey
    shown: Survey
    rebuilt: tuple[str, ...]
    leaflets: int
    rendered: int
    failed: tuple[PipelineError, ...] = ()
    remarks: tuple[str, ...] = ()
    stamps: Callable[[], Mapping[str, str]] = dict
    touched: frozenset[str] = frozenset()
    facts: Callable[[], Mapping[str, PdfFacts]] = dict

    @property
    def is_incomplete(self) -> bool:
        """Whether something was held back: a damaged catalog, an unsafe translation."""
        blocked = any(f.severity is not Severity.MINOR for f in self.survey.findings)
        return bool(self.survey.errors) or blocked

    @property
    def exit_code(self) -> int:
        """What a script is told: the worst first, a page before a leaflet."""
        for error in self.failed:
            return error.exit_code
        return EXIT_INCOMPLETE if self.is_incomplete else 0


@dataclass(frozen=True, kw_only=True)
class _Pages:
    """The trees of all locales that were planned.

    Attributes:
        stages: what was planned; those that were not built are current.
        outcomes: what came of those that were built, by tag.
        withheld: what could not be made, now or in a locale that is left as it is.
        shown: the project without that.
        failed: why, for whoever can mend it.
        remarks: what is said of pictures that could not be made smaller.
    """

    stages: list[Stage]
    outcomes: Mapping[str, Outcome]
    withheld: Withheld
    shown: Survey
    failed: tuple[PipelineError, ...]
    remarks: tuple[str, ...] = ()

    @cached_property
    def published(self) -> Published:
        return published_in(self.shown.open_editions)

    @property
    def changed(self) -> dict[str, frozenset[str] | None]:
        """Whose pages were made, by tag; None for all."""
        return {
            stage.tag: self.outcomes[stage.tag].names if stage.tag in self.outcomes else frozenset()
            for stage in self.stages
        }

    @property
    def built(self) -> list[Stage]:
        return [stage for stage in self.stages if stage.tag in self.outcomes]


@dataclass(frozen=True, kw_only=True)
class _Patch:
    """Pages that are made a second time, because of what was found out since.

    Attributes:
        stage: the build of these pages.
        outcome: what came of it.
    """

    stage: Stage
    outcome: Outcome = field(default_factory=Outcome)


#: Told that all pages stand where they are read; says whether the rest is to be made now.
Shown = Callable[[], bool]


def build(
    project: Project,
    wish: Wish,
    *,
    shown: Shown = lambda: True,
    remembered: Remembered | None = None,
) -> BuildReport:
    """Bring the published site up to date with content, catalogs, theme and settings.

    Args:
        project: the project.
        wish: what to build.
        shown: called when all pages can be read, before archives and manifest are made. Where it
            says no, these wait for the next build: what is there of them is taken away, or old.
        remembered: what this process knows from its last build of the project.

    Returns:
        What was done, with all that could not be made and was left out.

    Raises:
        PipelineError: nothing can be built; the published site is as it was.
    """
    if wish.with_pdfs:
        _refuse_machine_without_leaflets()
    with _alone(project):
        return _build(project, wish, shown, remembered)


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """Wait until no other build of this project runs; the system frees a killed one's lock."""
    path = project.cache_dir / "build.lock"
    make_folder(project.cache_dir)
    if path.is_dir():
        remove(path)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("Another build of this project is running; waiting for it to end.")
        lock.acquire()
    try:
        for name in ("stage", "patch", "built", "work", "pdf"):
            make_folder(project.cache_dir / name)
        yield
    finally:
        lock.release()


def _refuse_machine_without_leaflets() -> None:
    """Say what leaflets lack before any work is done."""
    for problem in find_problems():
        if problem.is_fatal:
            raise MachineError(
                problem.message, remedy=f"{problem.remedy}; or build with --no-pdf, pages only."
            )


def _build(
    project: Project, wish: Wish, shown: Shown, remembered: Remembered | None
) -> BuildReport:
    press = Press(wish.workers)
    try:
        return _build_with(project, wish, press, shown, remembered)
    finally:
        press.end()


def _build_with(
    project: Project, wish: Wish, press: Press, is_shown: Shown, remembered: Remembered | None
) -> BuildReport:
    store = open_store(project.cache_dir)
    tags = (project.source.tag, *(locale.tag for locale in project.locales))
    stamps = begin_stamps(project.site_dir, tags)
    with progress("Reading the languages", len(project.locales)) as advance:
        found = survey_kept(
            project, store, advance=advance, workers=wish.workers, remembered=remembered
        )
    store.save()
    wish = widen(found, wish)
    found = _without_stale(found, wish)
    gc.freeze()  # it is there to the end, and large: not to be looked through again and again
    pages = _make_pages(found, wish, press, store)
    # Leaflets are cut from pages, and pages lead to leaflets: those whose leaflet failed, or
    # whose menu of languages says too much, are made once more.
    trees = {s.tag: s.folder if s in pages.built else s.target for s in pages.stages}
    changed = pages.changed
    contents = contents_of_books(pages.shown, trees, wish, changed)
    leaflets = make_leaflets(pages.shown, trees, wish, changed, press, contents)
    books = make_books(pages.shown, trees, wish, leaflets.failed, changed, press)
    press.end()
    leaflets = leaflets.with_books(books)
    patches = _make_patches(pages, leaflets, wish)
    withheld = _all_withheld(pages, leaflets, patches)
    touched, facts = _publish(found, pages, leaflets, patches, withheld, store, wish, is_shown)
    forget_leaflets(project, wish)
    late = [error for patch in patches for error in patch.outcome.errors]
    return BuildReport(
        survey=found,
        shown=withheld.apply(found),
        rebuilt=tuple(stage.tag for stage in pages.built),
        leaflets=leaflets.made,
        rendered=leaflets.rendered,
        failed=(*pages.failed, *late, *_told_once(leaflets.failed.values())),
        remarks=(*pages.remarks, *leaflets.remarks),
        stamps=stamps,
        touched=touched,
        facts=facts.find,
    )


def _make_pages(found: Survey, wish: Wish, press: Press, store: Store) -> _Pages:
    """Build the trees that are not current, each beside the published one."""
    withheld = read_withheld(found.project.site_dir, store).outside(wish)
    down: list[PipelineError] = []
    while True:
        shown = withheld.apply(found)
        stages, remarks = with_renditions(plan(found, shown, wish), workers=wish.workers)
        stale = _shared([stage for stage in stages if not stage.is_current], wish.workers)
        folders = {stage.tag: stage.folder for stage in stale}
        # Titles are known: where one is new, contents are set beside the pages that are made.
        contents = partial(contents_of_books, shown, folders, wish, dict.fromkeys(folders))
        begin_leaflets(press, stale, wish, contents)
        done = build_stages("Building pages", stale, wish)
        outcomes = {stage.tag: outcome for stage, outcome in done}
        lost = [outcome.down for outcome in outcomes.values() if outcome.down]
        if not lost:
            break
        if source := outcomes.get(found.project.source.tag, Outcome()).down:
            raise source  # every page leads to it: whatever is wrong is wrong with all
        # No other language may lead to one that is not there: all are made once more.
        down += lost
        gone = {tag: outcome for tag, outcome in outcomes.items() if outcome.down}
        withheld = withheld.with_outcomes(gone, found.project.root)
    outcomes = {stage.tag: _blamed(outcomes[stage.tag], stage) for stage in stale}
    withheld = withheld.with_outcomes(outcomes, found.project.root)
    failed = [error for outcome in outcomes.values() for error in outcome.errors]
    return _Pages(
        stages=stages,
        outcomes=outcomes,
        withheld=withheld,
        shown=withheld.apply(found),
        failed=(*down, *failed),
        remarks=remarks,
    )


def _told_once(errors: Iterable[PipelineError]) -> Iterable[PipelineError]:
    """A fault of a page is one of each form of its leaflet, and is mended once."""
    return {(error.path, error.line, error.message): error for error in errors}.values()


def _without_stale(found: Survey, wish: Wish) -> Survey:
    """The project without leaflets that would show a page beside one that is not up to date.

    Where the source language is not built with the others, its published pages stand in them:
    if these were made from exactly what is there now.
    """
    source = found.project.source.tag
    if not wish.with_pdfs or not wish.tags or source in wish.tags:
        return found
    beside = plan(found, found, replace(wish, tags=(source,), resources=()))
    if all(stage.is_current for stage in beside):
        return found
    return replace(found, editions=tuple(map(_without_bilingual, found.editions)))


def _without_bilingual(edition: Edition) -> Edition:
    pages = tuple(
        replace(p, leaflets=tuple(v for v in p.leaflets if v is not LeafletVariant.BILINGUAL))
        for p in edition.pages
    )
    return edition.with_pages(pages)


def _shared(stages: list[Stage], workers: int) -> list[Stage]:
    """The stages, each with its share of the processes: one language alone may use them all."""
    share = workers // len(stages) if stages else 1
    return [replace(stage, processes=share) for stage in stages] if share > 1 else stages


def _blamed(outcome: Outcome, stage: Stage) -> Outcome:
    """The outcome, with the lines that a person mends."""
    documents = {str(page.document.id): page.document for page in stage.site.pages}
    by_path = {page.document.path: page.document for page in stage.site.pages}

    def blame(errors: Mapping[str, WebsiteError]) -> dict[str, WebsiteError]:
        return {
            name: blame_page(error, stage.project, documents[name], stage.tag)
            for name, error in errors.items()
        }

    told = (
        blame_page(error, stage.project, by_path[error.path], stage.tag)
        if error.path in by_path
        else error
        for error in outcome.told
    )
    notices, absent = blame(outcome.notices), blame(outcome.absent)
    return replace(outcome, notices=notices, absent=absent, told=tuple(told))


def _make_patches(pages: _Pages, leaflets: Leaflets, wish: Wish) -> list[_Patch]:
    """Make those pages again that say what is not so: a leaflet, a language."""
    final = pages.published
    editions = {edition.locale.tag: edition for edition in pages.shown.open_editions}
    stages = []
    for stage in pages.stages:
        is_built = stage.tag in pages.outcomes
        said = stage.published if is_built else stage.shown_elsewhere or {}
        failed = frozenset((name, form) for tag, name, form in leaflets.failed if tag == stage.tag)
        lacking = {name for name, _ in failed}
        if not failed and said == final:
            continue  # most languages in most builds: their pages are not even read
        absent = pages.outcomes[stage.tag].absent if is_built else {}
        all_pages = tuple(
            page for page in editions[stage.tag].pages if str(page.document.id) not in absent
        )
        names = tuple(
            name
            for name in (str(page.document.id) for page in all_pages)
            if wish.covers(stage.tag, name)
            and (name in lacking or _others(said, name, stage) != _others(final, name, stage))
        )
        # A topic's page is made with any page of the language: one will do.
        if not names and any(form is LeafletVariant.BOOK for _, form in failed):
            names = tuple(str(page.document.id) for page in all_pages[:1])
        if names:
            patch = replace(
                stage,
                name="patch",
                site=replace(stage.site, pages=all_pages),
                published=final,
                only=names,
                without_leaflet=failed,
            )
            stages.append(patch)
    if not stages:
        return []
    stages, _ = with_renditions(stages, workers=wish.workers)
    done = build_stages("Correcting pages", stages, wish)
    return [_Patch(stage=stage, outcome=_blamed(outcome, stage)) for stage, outcome in done]


def _others(published: Published, name: str, stage: Stage) -> frozenset[str]:
    """The other languages in which a page is said to be there."""
    return frozenset(published.get(name, ())) - {stage.tag}


def _all_withheld(pages: _Pages, leaflets: Leaflets, patches: list[_Patch]) -> Withheld:
    root = pages.shown.project.root
    late = {patch.stage.tag: patch.outcome for patch in patches}
    withheld = pages.withheld.with_outcomes(late, root)
    missing = {place: describe(error, root) for place, error in leaflets.failed.items()}
    return replace(withheld, leaflets={**withheld.leaflets, **missing})


def _publish(
    found: Survey,
    pages: _Pages,
    leaflets: Leaflets,
    patches: list[_Patch],
    withheld: Withheld,
    store: Store,
    wish: Wish,
    is_shown: Shown,
) -> tuple[frozenset[str], FactsAhead]:
    """Move what was built into place, then the files at the root.

    Returns:
        Tags of the languages whose published trees are others now; what new leaflets say.
    """
    facts = FactsAhead(leaflets)
    project, shown = found.project, withheld.apply(found)
    project.site_dir.mkdir(parents=True, exist_ok=True)
    write_films(found)
    patch_of = {patch.stage.tag: patch for patch in patches}
    changed = [
        stage
        for stage in pages.stages
        if stage.tag not in withheld.locales
        and (stage.tag in pages.outcomes or stage.tag in patch_of)
    ]
    for stage in changed:
        _publish_tree(stage, pages.outcomes.get(stage.tag), patch_of.get(stage.tag))
    remove_closed(found, frozenset(edition.locale.tag for edition in shown.open_editions))
    is_whole = not wish.tags and not wish.resources
    build_root(project, tuple(shown.open_editions), keeps_older=not is_whole)
    # What was withheld is told by the manifest: it is never left as it was.
    if not is_shown() and withheld == Withheld():
        _note_trees(changed, pages, leaflets, patches, found, store)
        store.save()
        return frozenset(pages.outcomes) | frozenset(patch_of), facts
    archive = _begin_archives(shown, pages, wish)
    _note_trees(changed, pages, leaflets, patches, found, store)

    def key_of(tag: str) -> str:
        """Also of languages that nobody asked for: what they say is not gathered each time."""
        is_there = (project.site_dir / tag).exists()
        return _read(project.cache_dir / "built" / tag) if is_there else "nothing"

    def wait() -> None:
        archive()
        facts.begin()  # not before: both would take longer, and the manifest waits for archives

    write_manifest(_listed(found, wish), withheld, store=store, key_of=key_of, wait=wait)
    store.save()
    return archive() | pages.outcomes.keys() | patch_of.keys(), facts


def _note_trees(
    changed: Iterable[Stage],
    pages: _Pages,
    leaflets: Leaflets,
    patches: Iterable[_Patch],
    found: Survey,
    store: Store,
) -> None:
    """Note what published trees were made of; one with a fault is made again by the next build."""
    patched = {patch.stage.tag for patch in patches}
    faulty = {error_tag for error_tag, _, _ in leaflets.failed}
    faulty |= {tag for tag, outcome in pages.outcomes.items() if outcome.errors}
    faulty |= {patch.stage.tag for patch in patches if patch.outcome.errors}
    editions = {edition.locale.tag: edition for edition in found.open_editions}
    for stage in changed:
        outcome = pages.outcomes.get(stage.tag)
        is_sound = not stage.is_partial and stage.tag not in faulty
        _note(stage, outcome, store, is_sound=is_sound and stage.tag not in patched)
        if is_sound and outcome:
            ingredients = ingredients_of(stage, editions[stage.tag], found, outcome.seconds)
            write_ingredients(store, stage.tag, ingredients)
        if is_sound:
            stage.write_record(pages.published)


def _publish_tree(stage: Stage, outcome: Outcome | None, patch: _Patch | None) -> None:
    """Move a language's tree, or single pages of it, into place."""
    remove(stage.record)
    drop_archive(stage.project, stage.tag)
    if patch:
        tree = stage.folder if outcome else stage.target
        lost = patch.outcome.lost
        patch_tree(patch.stage, tree, lost=lost, with_sitemap=not stage.is_partial)
    if outcome:
        if stage.is_partial:
            drop_books(stage)
        publish_stage(stage, keeps_old=outcome.earlier is not None)


def _begin_archives(shown: Survey, pages: _Pages, wish: Wish) -> Callable[[], frozenset[str]]:
    """Begin to make the archives that are not there; after an edit beside what comes next.

    Returns:
        What gives the tags of the languages of which something was written.
    """
    outcomes = pages.outcomes.values()
    is_edit = bool(outcomes) and all(outcome.earlier for outcome in outcomes)
    workers = 1 if is_edit else wish.workers
    write = partial(write_archives, shown.project, shown.open_editions, workers=workers)
    return cache(in_background(write) if is_edit else write)


def _listed(found: Survey, wish: Wish) -> Survey:
    """What the manifest tells of: in a preview of some languages of these alone."""
    if not (found.project.is_preview and wish.tags):
        return found
    editions = tuple(each for each in found.editions if each.locale.tag in wish.tags)
    return replace(found, editions=editions)


def _read(record: Path) -> str:
    """What a tree was made from, as it was noted; empty where nothing is."""
    try:
        return record.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _note(stage: Stage, outcome: Outcome | None, store: Store, *, is_sound: bool) -> None:
    """Note what a published tree was made of, before it is taken for current."""
    forget_part(store, stage.tag)
    if is_sound and outcome and outcome.made:
        write_made(store, stage.tag, stage.digest, outcome.made, outcome.earlier)
    else:
        forget_made(store, stage.tag)
    store.save()
