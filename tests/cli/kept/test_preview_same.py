"""A preview after saves: what it shows early is what a build from nothing shows."""

import json
import shutil

import pytest

from pipeline.cli import survey_cache
from pipeline.cli.build import build
from pipeline.cli.kept.remembered import Remembered
from pipeline.cli.plan import Wish
from pipeline.config import load_project
from tests.cli.kept.test_same import SOMALI, change, files_of

pytestmark = pytest.mark.unwatched
WISH = Wish(tags=("en", "so"), with_pdfs=False)
#: What comes when pages are shown.
LATER = {"manifest.json", "en/en.zip", "en/keep.json", "so/so.zip", "so/keep.json"}


@pytest.fixture
def library(place, pipeline):
    """Two resources: the first in Somali, the second in English alone."""
    other = place.resource.read_text("utf-8").replace("title: Fever", "title: Cough")
    place.resource.with_name("cough.md").write_text(other, "utf-8")
    pipeline("sync")
    place.translate(SOMALI)
    return place


def anew(root):
    """The preview that a build from nothing makes."""
    project = load_project(root, is_preview=True)
    shutil.rmtree(project.cache_dir)
    build(project, WISH)
    return files_of(project.site_dir)


def pages(files):
    return {name: data for name, data in files.items() if name not in LATER}


def test_pages_are_shown_first_and_the_rest_may_wait_for_the_next_save(library):
    project = load_project(library.root, is_preview=True)
    build(project, WISH)
    seen = []

    def shown():
        seen.append(files_of(project.site_dir))
        return False

    change(library.catalog, "Guriga joog", "Joog guriga")
    build(project, WISH, shown=shown)
    assert files_of(project.site_dir) == seen[0]
    assert "so/so.zip" not in seen[0]
    change(library.resource, "Drink water often.", "Drink water now.")
    build(project, WISH, shown=shown)
    build(project, WISH)
    here = files_of(project.site_dir)
    wanted = anew(library.root)
    assert here == wanted
    assert pages(seen[1]) == pages(wanted)


def test_what_a_process_remembers_of_earlier_saves_changes_nothing(library, monkeypatch):
    # Files are taken for what they were as soon as they are written: these saves are far apart.
    monkeypatch.setattr(survey_cache, "_RACY", 0)
    root, remembered = library.root, Remembered()
    resource, catalog, cough = (
        library.resource,
        library.catalog,
        library.resource.with_name("cough.md"),
    )
    closed = root / "locales/so/interface.po"

    def save():
        project = load_project(root, is_preview=True)
        build(project, WISH, remembered=remembered)
        return files_of(project.site_dir)

    save()
    for edit in (
        lambda: change(catalog, "Guriga joog", "Joog guriga"),
        lambda: change(resource, "Drink water often.", "Drink water now."),
        lambda: change(resource, "Drink water now.", "Drink water often."),
        lambda: cough.rename(cough.with_name("croup.md")),
        lambda: change(closed, 'msgstr "Raadi"', 'msgstr "Baadh"'),
        catalog.unlink,
    ):
        edit()
        last = save()
    assert last == anew(root)


def test_the_manifest_of_a_preview_tells_of_the_languages_that_it_has(library):
    project = load_project(library.root, is_preview=True)
    build(project, WISH)
    told = json.loads((project.site_dir / "manifest.json").read_bytes())
    assert {each["locale"] for each in told["locales"]} == {"en", "so"}
    assert {each["locale"] for each in told["resources"]} == {"en", "so"}


def test_a_record_of_another_process_is_not_taken_for_what_is_remembered(library, monkeypatch):
    monkeypatch.setattr(survey_cache, "_RACY", 0)
    project, remembered = load_project(library.root, is_preview=True), Remembered()
    build(project, WISH, remembered=remembered)
    short = remembered.find("so", str(library.resource))
    assert short.is_of({"source": short.source, "page_digest": short.digest})
    assert not short.is_of({"source": short.source, "page_digest": "of another text"})
    assert short.holds(short.base, short.stamps, short.source, short.made)
    assert not short.holds(short.base, short.stamps, short.source, short.expires)
    assert not short.holds(short.base, short.stamps, "another source", short.made)
    assert not short.holds(short.base, (survey_cache.RACY, ""), short.source, short.made)
