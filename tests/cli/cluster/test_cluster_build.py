"""`pipeline build --scheduler`: the same site as here, whatever happens to the machines."""

import signal
import threading
import time
from pathlib import Path

import pytest

from tests.cli.cluster.conftest import tree
from tests.cli.conftest import SOMALI


@pytest.fixture
def library(place, fonts, pipeline, loopback, cut_fonts):  # noqa: ARG001  fonts are cut
    """Two resources, one in Somali too, with leaflets and books; fonts are cut for the workers."""
    settings = place.root / "pipeline.toml"
    books = settings.read_text("utf-8").replace("books = []", 'books = ["topic", "language"]')
    settings.write_text(books, "utf-8")
    text = place.resource.read_text("utf-8").replace("leaflets: []", "leaflets: [bilingual]")
    place.resource.write_text(text, "utf-8")
    place.resource.with_name("cough.md").write_text(text.replace("title: Fever", "title: Cough"))
    pipeline("sync")
    place.translate(SOMALI)
    shared = loopback.folder / "dask-scratch-space/pipeline-fonts"
    if not shared.exists():
        shared.mkdir(parents=True)
        (shared / "fonts").symlink_to(cut_fonts)
    return place


def start_anew(place) -> None:
    """Take the site away, and what earlier builds kept of it; the fonts stay."""
    cache = place.root / ".cache/pipeline"
    for path in (place.root / "site", *(p for p in cache.iterdir() if p.name != "pdf")):
        path.rename(place.root / f".gone-{time.monotonic_ns()}")
    leaflets = cache / "pdf/leaflets"
    leaflets.rename(place.root / f".gone-{time.monotonic_ns()}")


def kill_at_work(worker, folder: Path) -> threading.Thread:
    """End a worker as soon as it builds a language's pages."""

    def watch() -> None:
        pattern = f"dask-scratch-space/*/pipeline-{worker.pid}/*/tree/.cache"
        while worker.poll() is None and not list(folder.glob(pattern)):
            time.sleep(0.01)
        worker.send_signal(signal.SIGKILL)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def test_the_site_is_the_same_to_the_byte_though_a_worker_is_lost_and_one_is_of_another_version(
    library, pipeline, loopback
):
    assert pipeline("build", "--jobs", "1").code == 0
    here = tree(library.root / "site")
    assert "so/covid-19/fever/fever-bilingual.pdf" in here
    assert {"en/covid-19/covid-19-book.pdf", "en/en-book.pdf"} <= here.keys()
    start_anew(library)
    loopback.hire(package=loopback.copy_of_another_version())
    first, _ = loopback.hire(2)
    killer = kill_at_work(first, loopback.folder)
    ran = pipeline("build", "--scheduler", loopback.address)
    killer.join()
    assert ran.code == 0, ran.err
    assert "gets no work: it has version 0.0.1 of this program" in ran.err
    assert "is gone; its work goes to others." in ran.err
    assert tree(library.root / "site") == here


def test_what_is_done_is_kept_when_the_scheduler_is_lost_and_the_next_run_goes_on(
    library, pipeline, loopback
):
    loopback.dismiss()
    loopback.hire()
    kept = library.root / ".cache/pipeline/cluster"

    def lose() -> None:
        while not (kept.is_dir() and [p for p in kept.iterdir() if not p.name.startswith(".")]):
            time.sleep(0.01)
        loopback.lose()

    thief = threading.Thread(target=lose)
    thief.start()
    ran = pipeline("build", "--no-pdf", "--scheduler", loopback.address)
    thief.join()
    assert ran.code == 22
    assert "The scheduler at tcp://127.0.0.1:" in ran.err
    assert not (library.root / "site/en").exists()
    done = len(list(kept.iterdir()))
    loopback.dismiss()
    loopback.begin()
    loopback.hire()
    ran = pipeline("build", "--no-pdf", "--scheduler", loopback.address)
    assert ran.code == 0
    (line,) = [each for each in ran.err.splitlines() if each.startswith("Made before")]
    assert line.count(",") == done - 1
    assert not kept.exists()


def test_a_leaflet_that_fails_is_named_and_costs_only_itself(library, pipeline, loopback):
    bad = library.resource.with_name("cough.md")
    bad.write_text(bad.read_text().replace("title: Cough", "title: Cough \ue000"))
    library.sign()
    ran = pipeline("build", "--scheduler", loopback.address, "--locale", "en")
    assert ran.code == 8, ran.err
    assert "error: content/covid-19/cough.md:2: No font has a glyph" in ran.err, ran.err
    assert (library.root / "site/en/covid-19/cough/index.html").is_file()
    assert not (library.root / "site/en/covid-19/cough/cough.pdf").exists()
    assert (library.root / "site/en/covid-19/fever/fever.pdf").is_file()


@pytest.mark.usefixtures("place")
def test_an_address_that_is_none_is_told_of(pipeline):
    ran = pipeline("build", "--scheduler", "10.0.0.5:8786")
    assert ran.code == 3
    assert "Give one such as tcp://10.0.0.5:8786" in ran.err


def test_settings_with_hooks_of_their_own_are_not_sent(place, pipeline):
    with (place.root / "mkdocs.yml").open("a") as file:
        file.write("\nhooks: [hooks.py]\n")
    ran = pipeline("build", "--scheduler", "tcp://127.0.0.1:1")
    assert ran.code == 3
    assert "may read what no worker has" in ran.err
