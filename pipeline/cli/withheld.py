"""What should be published and is not, because it could not be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.cli.plan import Wish
from pipeline.cli.stages import Outcome, withdrawn
from pipeline.cli.survey import Edition, Survey
from pipeline.errors import PipelineError
from pipeline.model import LeafletVariant

#: A locale's tag and ``topic/slug`` of a resource.
Place = tuple[str, str]
#: The same, and the form of a leaflet.
LeafletPlace = tuple[str, str, LeafletVariant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What could not be made, with the reason in words.

    Attributes:
        locales: whole sites, by tag.
        pages: pages in whose place a notice stands, or nothing.
        leaflets: leaflets of pages that can be read.
    """

    locales: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[Place, str] = field(default_factory=dict)
    leaflets: Mapping[LeafletPlace, str] = field(default_factory=dict)

    def outside(self, wish: Wish) -> "Withheld":
        """What a build leaves as it is."""
        return Withheld(
            locales={t: why for t, why in self.locales.items() if wish.tags and t not in wish.tags},
            pages={place: why for place, why in self.pages.items() if not wish.covers(*place)},
            leaflets={
                place: why for place, why in self.leaflets.items() if not wish.covers(*place[:2])
            },
        )

    def with_outcomes(self, outcomes: Mapping[str, Outcome], root: Path) -> "Withheld":
        """This, and what could not be made of locales, by tag."""
        down = {tag: describe(o.down, root) for tag, o in outcomes.items() if o.down}
        lost = {
            (tag, name): describe(error, root)
            for tag, outcome in outcomes.items()
            for name, error in outcome.lost.items()
        }
        return replace(self, locales={**self.locales, **down}, pages={**self.pages, **lost})

    def apply(self, found: Survey) -> Survey:
        """The project without what could not be made."""
        if not self.locales and not self.pages:
            return found
        return replace(
            found,
            source=self._apply_to(found.source),
            editions=tuple(
                self._apply_to(edition)
                for edition in found.editions
                if edition.locale.tag not in self.locales
            ),
        )

    def _apply_to(self, edition: Edition) -> Edition:
        pages = tuple(
            withdrawn(page) if (page.locale, str(page.document.id)) in self.pages else page
            for page in edition.pages
        )
        return edition.with_pages(pages)


def describe(error: PipelineError, root: Path) -> str:
    """An error in one line that may be published: no path of this machine is in it."""
    path = error.path.relative_to(root) if error.path and error.path.is_relative_to(root) else None
    place = f"{path}:{error.line}: " if path and error.line else f"{path}: " if path else ""
    return f"{place}{error.message}".replace(f"{root}/", "")
