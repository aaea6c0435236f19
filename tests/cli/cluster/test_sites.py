"""Trees of locales as tasks: the page that no worker ends is found, and costs only itself."""

import pytest

from pipeline.cli.cluster.connecting import make_bundle
from pipeline.cli.cluster.kept import Kept
from pipeline.cli.cluster.sites import Sites
from pipeline.cli.plan import Wish, plan
from pipeline.cli.survey import survey
from pipeline.cluster import unpack_into
from pipeline.config import load_project
from pipeline.errors import WebsiteError
from tests.cli.cluster.conftest import Workers

WHY = "it took more than 600 s, on 2 workers"


def hanging_at(page: str):
    """Why no worker ends a part with this page: it would take minutes to wait for."""

    def why_not(_task, given) -> str:
        to_read = {str(p.document.id) for p in given.part.pages if p.is_published}
        return WHY if page in to_read else ""

    return why_not


@pytest.fixture
def stage(place):
    """English, with four pages."""
    text = place.resource.read_text("utf-8")
    for slug in ("cough", "rash", "sore-throat"):
        place.resource.with_name(f"{slug}.md").write_text(
            text.replace("title: Fever", f"title: {slug}")
        )
    place.sign()
    found = survey(load_project(place.root))
    (english,) = plan(found, found, Wish(tags=("en",), with_pdfs=False))
    return english


@pytest.fixture
def folder(stage, tmp_path_factory):
    """What a worker has: the bundle, in a folder of its own."""
    folder = tmp_path_factory.mktemp("worker")
    unpack_into(make_bundle(stage.project).files, folder)
    return folder


def sites(crew, stage, said) -> Sites:
    kept = Kept(stage.project.cache_dir / "cluster")
    return Sites(crew=crew, kept=kept, say=said.append, advance=lambda _: None)


def test_a_page_that_no_worker_ends_is_found_by_halves_and_has_a_notice_in_its_place(stage, folder):
    said: list[str] = []
    crew = Workers(folder=folder, why_not=hanging_at("covid-19/rash"))
    ((_, outcome),) = sites(crew, stage, said).build([stage])
    assert crew.asked == [
        "en",
        "covid-19/cough and 1 more pages in en",
        "covid-19/rash and 1 more pages in en",
        "covid-19/rash in en",
        "covid-19/sore-throat in en",
        "en",
    ]
    (error,) = outcome.errors
    assert isinstance(error, WebsiteError)
    assert error.path == stage.project.content_dir / "covid-19/rash.md"
    assert error.message == (
        f"No worker of the cluster could make the page covid-19/rash in en: {WHY}."
    )
    page = (stage.folder / "covid-19/rash/index.html").read_text("utf-8")
    assert "Stay at home" not in page
    assert "Stay at home" in (stage.folder / "covid-19/cough/index.html").read_text("utf-8")


def test_an_error_names_the_file_here_and_not_the_one_on_the_worker(stage, folder):
    stage.site.pages[0].document.path.unlink()  # the worker never looks at it
    (theme,) = folder.glob("theme/site/base.html") or [folder / "theme/main.html"]
    theme.write_text("{% broken")
    with pytest.raises(WebsiteError) as caught:
        list(sites(Workers(folder=folder), stage, []).build([stage]))
    assert caught.value.path == stage.project.mkdocs_config
    assert str(folder) not in str(caught.value)


def test_a_tree_that_had_come_before_is_not_asked_for_again_unless_it_is_damaged(stage, folder):
    said: list[str] = []
    crew = Workers(folder=folder)
    list(sites(crew, stage, said).build([stage]))
    page = stage.folder / "covid-19/rash/index.html"
    page.unlink()
    list(sites(crew, stage, said).build([stage]))
    assert crew.asked == ["en"]
    assert said == ["Made before the last build was ended: the pages of en."]
    assert page.is_file()
    (kept,) = (stage.project.cache_dir / "cluster").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    list(sites(crew, stage, said).build([stage]))
    assert crew.asked == ["en", "en"]


def test_pages_that_only_together_take_too_long_are_made_here(stage, folder):
    said: list[str] = []
    crew = Workers(folder=folder, why_not=lambda task, _: WHY if task.name == "en" else "")
    ((_, outcome),) = sites(crew, stage, said).build([stage])
    assert outcome.errors == ()
    assert said[-1] == "No worker could make the pages of en: they are made here."
    assert (stage.folder / "covid-19/fever/index.html").is_file()
