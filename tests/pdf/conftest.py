"""A site of one page, made in a temporary folder, and fonts cut once a run."""

import shutil
from pathlib import Path

import pytest

from pipeline.config import load_project
from pipeline.model import Locale, Phrase
from pipeline.pdf import LeafletJob

ROOT = Path(__file__).parents[2]
DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<circle cx="20" cy="20" r="18" fill="#0b5c6b"/></svg>'
)


@pytest.fixture(autouse=True)
def fonts_of_other_tests(monkeypatch):
    """The engine names its fonts to this process; other tests open browsers in it."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")


@pytest.fixture(scope="session")
def project():
    return load_project(ROOT)


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory, cut_fonts):
    folder = tmp_path_factory.mktemp("pdf-cache")
    (folder / "fonts").symlink_to(cut_fonts)
    return folder


@pytest.fixture
def make_job(project, tmp_path):
    """A page with this content in this language, and the job of making its leaflet."""
    return job_maker(project, tmp_path)


def job_maker(project, root):
    """What makes pages in a folder, and the jobs of making their leaflets."""
    theme = root / "theme"
    theme.mkdir()
    shutil.copy(ROOT / "theme/print.css", theme)

    def make(content: str, *, tag: str = "en", slug: str = "rest", **changes: object) -> LeafletJob:
        locale: Locale = project.source if tag == "en" else project.locale(tag)
        folder = root / "site" / tag / "covid-19" / slug
        (folder / "images").mkdir(parents=True, exist_ok=True)
        (folder / "images/dot.svg").write_text(DOT)
        page = (
            f'<!doctype html><html lang="{tag}" dir="{locale.direction}"><body>'
            f'<article class="md-content__inner"><h1>{changes.get("heading", "Rest")}</h1>'
            f"{content}</article></body></html>"
        )
        (folder / "index.html").write_text(page, encoding="utf-8")
        interface = {s.id: Phrase(text=s.text, locale="en") for s in project.strings}
        return LeafletJob(
            page_path=folder / "index.html",
            pdf_path=folder / f"{slug}.pdf",
            site_root=root / "site" / tag,
            theme_dir=theme,
            locale=locale,
            title=Phrase(text=str(changes.get("title", "Rest at home")), locale=tag),
            english_title="Rest at home",
            address=f"https://health.example.org/{tag}/covid-19/{slug}/",
            version="2026-11-24",
            interface=interface | dict(changes.get("interface", {})),
            demonstration=bool(changes.get("demonstration", True)),
        )

    return make
