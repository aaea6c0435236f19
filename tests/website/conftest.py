"""A small project with hand-made pages, in the languages of the real table."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from pipeline.config import Project, load_project
from pipeline.model import (
    Coverage,
    Document,
    LocalisedPage,
    Metadata,
    PageState,
    Phrase,
    RiskTier,
    Source,
    Urgency,
)
from pipeline.website import LocaleSite, Manuscript, build_locale
from pipeline.website.search import render_entries, render_index
from pipeline.website.speech import Speech

REPOSITORY = Path(__file__).resolve().parents[2]
COVERAGE = Coverage(
    segments=4,
    segments_translated=0,
    words=40,
    words_translated=0,
    critical=0,
    critical_translated=0,
)
DEFAULTS = {
    "pdfs": True,
    "pictures": {Path("covid-19/images/phone.svg"): b'<svg xmlns="http://www.w3.org/2000/svg"/>'},
}
NOTHING: Mapping[str, str] = {}


@dataclass
class Workshop:
    """Makes pages by hand and builds them."""

    project: Project
    folder: Path

    def document(self, name, title, **metadata):
        """A resource that is named ``topic/slug``."""
        topic, slug = name.split("/")
        values = {
            "title": title,
            "summary": f"What to know about {title.lower()}.",
            "topic": topic,
            "audience": "Adults",
            "risk": RiskTier.CLINICAL,
            "urgency": Urgency.URGENT,
            "languages": None,
            "owner": "Health resources team",
            "sources": (
                Source(title="NHS 111", url="https://111.nhs.uk/", checked=date(2026, 11, 24)),
            ),
            "last_checked": date(2026, 11, 24),
            "review_by": date(2027, 5, 24),
        }
        return Document(
            topic=topic,
            slug=slug,
            path=self.project.content_dir / topic / f"{slug}.md",
            text="",
            metadata=Metadata(**(values | metadata)),
        )

    def page(self, document, tag, markdown="", *, state=PageState.LIVE, title="", summary=""):
        """A document as the public gets it; English where a text is not given."""
        meta = document.metadata
        return LocalisedPage(
            document=document,
            locale=tag,
            state=state,
            title=Phrase(title, tag) if title else Phrase(meta.title, "en"),
            summary=Phrase(summary, tag) if summary else Phrase(meta.summary, "en"),
            markdown=markdown,
            coverage=COVERAGE,
        )

    def not_yet(self, document, tag):
        """A document that has no translation."""
        return self.page(document, tag, state=PageState.NOT_YET)

    def interface(self, tag, strings=NOTHING):
        """The strings of the theme, in English but for those that are given."""
        english = {string.id: Phrase(string.text, "en") for string in self.project.strings}
        return english | {key: Phrase(text, tag) for key, text in strings.items()}

    def locales(self, tags):
        """Locales of the table."""
        return tuple(self.project.locale(tag) for tag in tags)

    def index(self, tag, sections):
        """A search index with sections made by hand."""
        locale = self.project.locale(tag)
        speech = Speech(locale=locale, interface=self.interface(tag), locales={tag: locale})
        return render_index(speech, [render_entries(sections)])

    def build(
        self,
        tag: str,
        pages: Iterable[LocalisedPage],
        *,
        strings=NOTHING,
        published=None,
        open_tags=("en", "so", "ar"),
        scan=lambda _: (),
        processes=1,
        **values,
    ) -> "Built":
        """Build one locale's site; the values are those of a manuscript."""
        pages = tuple(pages)
        if published is None:
            published = {
                str(p.document.id): ("en", tag) if p.is_published else ("en",) for p in pages
            }
        manuscript = Manuscript(
            project=self.project,
            site=LocaleSite(
                locale=self.project.locale(tag),
                interface=self.interface(tag, strings),
                pages=pages,
            ),
            published=published,
            open_locales=self.locales(open_tags),
            **(DEFAULTS | values),
        )
        built = build_locale(
            manuscript,
            out=self.folder / "site" / tag,
            work=self.folder / "work" / tag,
            scan=scan,
            processes=processes,
        )
        for fault in built.faults:
            raise fault.error
        return Built(self.folder / "site" / tag)


@dataclass
class Built:
    """A built site."""

    folder: Path

    def text(self, url):
        """The bytes of a page as text."""
        path = self.folder / url
        return (path / "index.html" if path.is_dir() else path).read_text("utf-8")

    def root(self, url):
        """A page, parsed."""
        return html.document_fromstring(self.text(url).encode())


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """The repository's settings and theme, with no content of its own."""
    root = tmp_path_factory.mktemp("project")
    for name in ("theme", "locales"):
        shutil.copytree(REPOSITORY / name, root / name)
    for name in ("mkdocs.yml", "pipeline.toml"):
        shutil.copy(REPOSITORY / name, root / name)
    (root / "content" / "covid-19").mkdir(parents=True)
    return load_project(root)


@pytest.fixture
def workshop(project, tmp_path):
    """Makes pages by hand and builds them."""
    return Workshop(project, tmp_path)


@pytest.fixture(scope="session")
def make_workshop(project, tmp_path_factory):
    """The same, for sites that several tests share."""
    return lambda: Workshop(project, tmp_path_factory.mktemp("workshop"))
