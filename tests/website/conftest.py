"""A small project with hand-made pages, in the languages of the real table."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.config import Project, load_project
from pipeline.model import (
    Coverage,
    Document,
    Locale,
    LocalisedPage,
    Metadata,
    PageState,
    Phrase,
    RiskTier,
    Source,
    Urgency,
)
from pipeline.website import LocaleSite, build_locale

REPOSITORY = Path(__file__).resolve().parents[2]
NONE_OF_IT = Coverage(
    segments=4,
    segments_translated=0,
    words=40,
    words_translated=0,
    critical=0,
    critical_translated=0,
)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The repository's settings and theme, with no content of its own."""
    root = tmp_path_factory.mktemp("project")
    for name in ("theme", "locales"):
        shutil.copytree(REPOSITORY / name, root / name)
    for name in ("mkdocs.yml", "pipeline.toml"):
        shutil.copy(REPOSITORY / name, root / name)
    images = root / "content" / "covid-19" / "images"
    images.mkdir(parents=True)
    (images / "phone.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    return load_project(root)


def document(project: Project, name: str, title: str, **metadata: object) -> Document:
    """A resource that is named ``topic/slug``."""
    topic, slug = name.split("/")
    values = {
        "title": title,
        "summary": f"What to know about: {title.lower()}.",
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
        path=project.content_dir / topic / f"{slug}.md",
        text="",
        metadata=Metadata(**(values | metadata)),
    )


def page(
    doc: Document,
    tag: str,
    state: PageState,
    *,
    title: str = "",
    summary: str = "",
    markdown: str = "",
) -> LocalisedPage:
    """A document as the public gets it; English where a text is not given."""
    meta = doc.metadata
    return LocalisedPage(
        document=doc,
        locale=tag,
        state=state,
        title=Phrase(title, tag) if title else Phrase(meta.title, "en"),
        summary=Phrase(summary, tag) if summary else Phrase(meta.summary, "en"),
        markdown=markdown,
        coverage=NONE_OF_IT,
    )


def interface(project: Project, tag: str, strings: Mapping[str, str] = {}) -> dict[str, Phrase]:
    """The strings of the theme, in English but for those that are given."""
    english = {string.id: Phrase(string.text, "en") for string in project.strings}
    return english | {key: Phrase(text, tag) for key, text in strings.items()}


def build(
    project: Project,
    out: Path,
    tag: str,
    pages: Iterable[LocalisedPage],
    *,
    strings: Mapping[str, str] = {},
    published: Mapping[str, tuple[str, ...]] | None = None,
    open_tags: tuple[str, ...] = ("en", "so", "ar"),
    **options: object,
) -> Path:
    """Build one locale's site and return its folder."""
    pages = tuple(pages)
    if published is None:
        published = {str(p.document.id): ("en", tag) if p.is_published else ("en",) for p in pages}
    site = LocaleSite(
        locale=project.locale(tag), interface=interface(project, tag, strings), pages=pages
    )
    build_locale(
        project,
        site,
        published=published,
        open_locales=locales(project, open_tags),
        out=out / tag,
        work=out / ".work" / tag,
        **({"pdfs": True} | options),
    )
    return out / tag


def locales(project: Project, tags: Iterable[str]) -> tuple[Locale, ...]:
    """Locales of the table by tag."""
    return tuple(project.locale(tag) for tag in tags)


def with_direction(locale: Locale, direction: str) -> Locale:
    """The same locale, written the other way."""
    return replace(locale, direction=direction)
