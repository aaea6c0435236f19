"""A preview after saves: what it shows early is what a build from nothing shows."""

import shutil

import pytest

from pipeline.cli.build import build
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
