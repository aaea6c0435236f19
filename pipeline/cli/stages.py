"""One locale's tree, whatever is wrong with a page of it: the story is :func:`build_stage`.

A page that cannot be made is replaced by the notice that it is not there, so that no
older text of it stays; where even that cannot be made, it is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.checks import find_active_content
from pipeline.cli.offline.copies import write_copies
from pipeline.cli.plan import Stage
from pipeline.errors import WebsiteError
from pipeline.files import remove
from pipeline.model import LocalisedPage, PageState
from pipeline.website import Fault, build_locale

#: How often a tree is tried without the pages that failed; then it is made of notices.
_ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a locale's tree.

    Attributes:
        notices: why a notice stands in the place of each page that could not be made.
        absent: why a page is left out, where not even a notice could be made.
        told: faults that cost no page.
        down: why there is no tree at all.
    """

    notices: Mapping[str, WebsiteError] = field(default_factory=dict)
    absent: Mapping[str, WebsiteError] = field(default_factory=dict)
    told: tuple[WebsiteError, ...] = ()
    down: WebsiteError | None = None

    @property
    def lost(self) -> Mapping[str, WebsiteError]:
        """Why each page that should be read is not there."""
        return {**self.notices, **self.absent}

    @property
    def errors(self) -> tuple[WebsiteError, ...]:
        """All that went wrong, each once."""
        found = (*self.lost.values(), *self.told, *([self.down] if self.down else []))
        return tuple(dict.fromkeys(found))

    def apply(self, pages: Iterable[LocalisedPage]) -> tuple[LocalisedPage, ...]:
        """The pages as they can be made."""
        return tuple(
            withdrawn(page) if str(page.document.id) in self.notices else page
            for page in pages
            if str(page.document.id) not in self.absent
        )


def withdrawn(page: LocalisedPage) -> LocalisedPage:
    """The notice that stands in the place of a page."""
    return replace(page, state=PageState.NOT_YET, markdown="", captions="")


def build_stage(stage: Stage) -> Outcome:
    """Build one locale's tree beside the published one. Runs in a process of its own.

    Args:
        stage: what to build.

    Returns:
        What could not be made; where the tree is ``down`` there is none.

    Raises:
        PipelineError: the settings or the theme are at fault, whatever the pages are.
    """
    outcome = Outcome()
    whole: WebsiteError | None = None
    for _ in range(_ROUNDS):
        faults = _try(stage, outcome)
        lost = [fault for fault in faults if fault.costs_page]
        if not lost:
            write_copies(stage, outcome.apply(stage.site.pages))
            return replace(outcome, told=tuple(fault.error for fault in faults))
        whole = next((fault.error for fault in lost if not fault.name), None)
        if whole:
            break
        outcome = _without(outcome, lost)
    return _build_notices(stage, outcome, whole or lost[0].error)


def _build_notices(stage: Stage, before: Outcome, why: WebsiteError) -> Outcome:
    """A locale whose site cannot be made: no old advice stays, every page says so."""
    names = [str(page.document.id) for page in stage.site.pages if page.is_published]
    notices = {name: before.notices.get(name, why) for name in names if name not in before.absent}
    outcome = Outcome(notices=notices, absent=before.absent)
    faults = _try(stage, outcome)
    if any(fault.costs_page for fault in faults):
        remove(stage.folder)
        return Outcome(down=why)
    return outcome


def _try(stage: Stage, outcome: Outcome) -> tuple[Fault, ...]:
    remove(stage.folder)
    tag, lost = stage.tag, outcome.lost
    published = {
        name: tuple(where for where in tags if where != tag) if name in lost else tags
        for name, tags in stage.published.items()
    }
    return build_locale(
        stage.project,
        replace(stage.site, pages=outcome.apply(stage.site.pages)),
        published=published,
        open_locales=stage.open_locales,
        pictures=stage.pictures,
        out=stage.folder,
        work=stage.project.cache_dir / "work" / tag,
        pdfs=stage.with_pdfs,
        only=stage.only,
        scan=find_active_content,
        without_leaflet=stage.without_leaflet,
        unusable=stage.unusable | outcome.absent.keys(),
        captioned=stage.captioned,
        renditions=stage.renditions,
        processes=stage.processes,
    )


def _without(outcome: Outcome, faults: Iterable[Fault]) -> Outcome:
    """One step down for each page at fault: from the page to the notice, from it to nothing."""
    notices, absent = dict(outcome.notices), dict(outcome.absent)
    for fault in faults:
        if fault.name in notices:
            absent[fault.name] = notices.pop(fault.name)
        else:
            notices[fault.name] = fault.error
    return Outcome(notices=notices, absent=absent)
