"""What the stage takes and gives: jobs in, a report out."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PdfError
from pipeline.model import Interface, LeafletVariant, Locale, Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A page in another language, for a leaflet that shows both.

    Attributes:
        page_path: the page's HTML.
        locale: its locale.
        address: its address on the public site, with a slash at its end.
    """

    page_path: Path
    locale: Locale
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What a poster or a card says of a resource: of its front matter what may be published.

    Attributes:
        heading: what stands large on it, in the reader's language.
        summary: one sentence; None where none is there in the reader's language.
        details: ages, time, materials: the id of each one's label, and its text in the reader's
            language.
    """

    heading: Phrase
    summary: Phrase | None = None
    details: tuple[tuple[str, Phrase], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafletJob:
    """A leaflet to be made from a page of the site.

    Attributes:
        page_path: the page's HTML, as ``website`` wrote it.
        pdf_path: where the leaflet goes; of a form that is a picture a PNG.
        site_root: folder of the site; nothing outside it and the theme is read.
        theme_dir: folder that holds the style sheets, and ``fonts/`` if the project has its own.
        locale: the reader's locale.
        title: the resource's title, in the locale it is really in.
        english_title: its title in English, for staff who hand the leaflet out.
        address: the page's address on the public site, with a slash at its end.
        version: what tells this version from others: the date of the last check.
        interface: the strings of the theme in the reader's locale.
        demonstration: whether the leaflet says that it is a demonstration.
        variant: the form of the leaflet.
        beside: of a bilingual one, the page in the language beside the reader's.
        chapters: of the contents of a book, the titles that they list, each in the locale it is
            really in; ``page_path`` is then the page that the book belongs to.
        campaign: of a poster or a card, what it says.
    """

    page_path: Path
    pdf_path: Path
    site_root: Path
    theme_dir: Path
    locale: Locale
    title: Phrase
    english_title: str
    address: str
    version: str
    interface: Interface
    demonstration: bool
    variant: LeafletVariant = LeafletVariant.STANDARD
    beside: Beside | None = None
    chapters: tuple[Phrase, ...] = ()
    campaign: Campaign | None = None

    @property
    def heading(self) -> str:
        """What stands large on it, in the reader's language where it is a poster or a card."""
        return self.campaign.heading.text if self.campaign else self.title.text

    @property
    def style_paths(self) -> tuple[Path, ...]:
        """The print style sheets: that of all leaflets, and those of another form than usual."""
        names = ["campaign.css" if self.variant.is_campaign else "print.css"]
        if self.variant.is_poster:
            names.append("print-poster.css")
        if self.variant is not LeafletVariant.STANDARD:
            names.append(f"print-{self.variant}.css")
        return tuple(self.theme_dir / name for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A leaflet that has been set.

    Attributes:
        data: the PDF, or the PNG of a form that is a picture.
        warnings: what a translator should look at, one sentence each.
    """

    data: bytes
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did.

    Attributes:
        made: leaflets that were set.
        cached: how many were taken from the cache.
        failed: leaflets that could not be made and why, in the order of the jobs; the others
            were made.
        warnings: what a translator should look at in leaflets that were made, with the page.
    """

    made: tuple[LeafletJob, ...]
    cached: int
    failed: tuple[tuple[LeafletJob, PdfError], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def rendered(self) -> int:
        """How many were set."""
        return len(self.made)

    @property
    def errors(self) -> tuple[PdfError, ...]:
        """What stopped leaflets."""
        return tuple(error for _, error in self.failed)
