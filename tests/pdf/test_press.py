"""Processes that are ready before there is anything to make: they make it, or say why not."""

import os
import shutil
import signal
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import PdfError
from pipeline.model import LeafletVariant, Phrase
from pipeline.pdf import Press, begin_press, render_all, render_leaflet
from pipeline.processes import without_forks

STYLE = Path(__file__).parents[2] / "theme/print-book.css"


def load(_hand: int) -> None:
    """What a process would load."""


def make(path: Path, text: str) -> None:
    if text == "broken":
        raise PdfError("A picture is broken.", remedy="Mend it.")
    if text == "out of memory":
        os.kill(os.getpid(), signal.SIGKILL)
    path.write_text(text, "utf-8")


def note(folder: Path, hand: int) -> None:
    (folder / str(hand)).touch()


def fail(_hand: int) -> None:
    raise OSError("nothing can be loaded")


def run(press: Press, texts: dict[Path, str]) -> tuple[dict[Path, Exception | None], list[Path]]:
    told: dict[Path, Exception | None] = {}
    lost = press.work(texts, texts.__getitem__, told.__setitem__)
    return told, lost


@pytest.fixture
def press():
    found = Press(2)
    yield found
    found.end()


def test_before_it_is_begun_there_is_no_process(press):
    assert not press.is_begun


def test_it_makes_what_it_is_given_and_one_that_fails_stops_no_other(press, tmp_path):
    press.begin(load, make)
    texts = {
        tmp_path / name: text for name, text in (("so", "Naso"), ("ti", "broken"), ("ar", "استرح"))
    }
    told, lost = run(press, texts)
    assert lost == []
    assert {path.name: str(error) if error else "" for path, error in told.items()} == {
        "so": "",
        "ti": "A picture is broken. Mend it.",
        "ar": "",
    }
    assert (tmp_path / "ar").read_text("utf-8") == "استرح"


def test_what_a_lost_process_should_have_made_comes_back(press, tmp_path):
    press.begin(load, make)
    texts = {tmp_path / "so": "out of memory", tmp_path / "bn": "বিশ্রাম নিন"}
    told, lost = run(press, texts)
    assert (list(told), lost) == ([tmp_path / "bn"], [tmp_path / "so"])


def test_where_all_are_lost_nothing_is_made_twice_or_forgotten(press, tmp_path):
    press.begin(load, make)
    texts = {tmp_path / str(number): "out of memory" for number in range(5)}
    told, lost = run(press, texts)
    assert (told, sorted(lost)) == ({}, sorted(texts))
    assert not press.is_begun


def test_one_that_cannot_load_meets_it_again_when_it_makes_something(press, tmp_path):
    press.begin(fail, make)
    assert run(press, {tmp_path / "so": "Naso"}) == ({tmp_path / "so": None}, [])


def test_beside_threads_the_processes_are_not_forked_and_make_the_same(tmp_path):
    press = Press(1)
    with without_forks():
        press.begin(abs, partial(Path.write_text, encoding="utf-8"))
        assert run(press, {tmp_path / "so": "Naso"}) == ({tmp_path / "so": None}, [])
    press.end()
    assert (tmp_path / "so").read_text("utf-8") == "Naso"


def test_each_is_told_which_it_is(press, tmp_path):
    press.begin(partial(note, tmp_path), make)
    run(press, {tmp_path / "so": "Naso", tmp_path / "ti": "ዕረፍቲ"})
    assert sorted(path.name for path in tmp_path.glob("[0-9]")) == ["0", "1"]


@pytest.fixture
def own(cache_dir, tmp_path):
    """A cache of its own, with the fonts of the session."""
    own = tmp_path / "cache"
    own.mkdir()
    (cache_dir / "fonts").mkdir(exist_ok=True)
    (own / "fonts").symlink_to(cache_dir / "fonts")
    return own


def test_a_leaflet_is_the_same_by_processes_that_were_ready(make_job, cache_dir, own, press):
    job = make_job("<p>استرح.</p>", tag="ar")
    press.size = 1
    begin_press(press, cache_dir=own, theme_dir=job.theme_dir)
    assert render_all([job], workers=1, cache_dir=own, press=press).rendered == 1
    assert job.pdf_path.read_bytes() == render_leaflet(job, cache_dir=cache_dir)


def test_the_contents_of_a_book_are_set_before_any_page_is_there(make_job, cache_dir, own, press):
    page = make_job("<p>استرح.</p>", tag="ar")
    chapters = (Phrase("الراحة في المنزل", "ar"), Phrase("متى تطلب المساعدة", "ar"))
    contents = replace(page, variant=LeafletVariant.BOOK, chapters=chapters)
    shutil.copy(STYLE, page.theme_dir)
    page.page_path.unlink()

    begin_press(press, cache_dir=own, theme_dir=page.theme_dir, ahead=[contents])
    until = time.monotonic() + 60
    while not list(own.glob("leaflets/*.pdf")) and time.monotonic() < until:
        time.sleep(0.05)

    report = render_all([contents], workers=1, cache_dir=own, press=press)
    assert (report.rendered, report.cached) == (0, 1)
    assert contents.pdf_path.read_bytes() == render_leaflet(contents, cache_dir=cache_dir)
