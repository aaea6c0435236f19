"""Many leaflets: made side by side, none twice, and one that fails stops no other."""

import multiprocessing

import pytest

from pipeline.errors import PdfError
from pipeline.pdf import render_all


@pytest.fixture
def run(cache_dir, tmp_path):
    """With the fonts of the session and a cache of leaflets of its own."""
    own = tmp_path / "cache"
    own.mkdir()
    (own / "fonts").symlink_to(cache_dir / "fonts")
    (cache_dir / "fonts").mkdir(exist_ok=True)
    return lambda jobs, **options: render_all(jobs, **{"workers": 2, "cache_dir": own, **options})


def test_a_second_run_makes_none_and_a_changed_picture_makes_one(make_job, run):
    jobs = [
        make_job("<p>Naso.</p>", tag="so"),
        make_job('<img src="images/dot.svg" alt="نقطة">', tag="ar"),
    ]
    done = []
    first = run(jobs, on_done=done.append)
    files = [job.pdf_path.read_bytes() for job in jobs]
    assert (first.rendered, first.cached, first.errors) == (2, 0, ())
    assert sorted(job.locale.tag for job in done) == ["ar", "so"]
    assert all(data.startswith(b"%PDF-") for data in files)

    again = run(jobs)
    assert (again.rendered, again.cached) == (0, 2)
    assert [job.pdf_path.read_bytes() for job in jobs] == files

    picture = jobs[1].page_path.parent / "images/dot.svg"
    picture.write_text(picture.read_text().replace("#0b5c6b", "#a30f0f"))
    assert run(jobs).rendered == 1


def test_a_leaflet_that_was_deleted_comes_back_from_the_cache(make_job, run):
    job = make_job("<p>Rest.</p>")
    run([job])
    before = job.pdf_path.read_bytes()
    job.pdf_path.unlink()
    assert run([job]).rendered == 0
    assert job.pdf_path.read_bytes() == before


@pytest.mark.parametrize("part", [0, 0.5, 0.99])
def test_a_leaflet_that_was_cut_off_in_the_cache_is_made_anew(make_job, run, tmp_path, part):
    job = make_job("<p>Rest.</p>")
    run([job])
    before = job.pdf_path.read_bytes()
    (kept,) = (tmp_path / "cache/leaflets").glob("*.pdf")
    kept.write_bytes(before[: int(len(before) * part)])
    assert run([job]).rendered == 1
    assert job.pdf_path.read_bytes() == before


def test_one_that_fails_is_named_and_stops_no_other(make_job, run):
    good = make_job("<p>Rest.</p>", slug="good")
    bad = make_job("<p>Rest \U00013000.</p>", slug="bad")
    no_text = make_job('<img src="images/dot.svg" alt="">', slug="no-text")
    bad.pdf_path.write_bytes(b"%PDF- of an earlier text")
    report = run([bad, no_text, good])
    assert good.pdf_path.is_file()
    assert (report.rendered, report.cached) == (1, 0)
    assert [error.path for error in report.errors] == [bad.page_path, no_text.page_path]
    assert all(isinstance(error, PdfError) for error in report.errors)
    assert "U+13000" in report.errors[0].message
    assert not bad.pdf_path.exists()


def test_a_page_that_is_missing_is_named(make_job, run):
    job = make_job("<p>Rest.</p>")
    job.page_path.unlink()
    [error] = run([job]).errors
    assert str(error).startswith(f"{job.page_path}: The leaflet needs index.html")


def test_an_interrupted_run_leaves_no_half_of_a_file(make_job, run):
    def interrupt(_job):
        raise KeyboardInterrupt

    jobs = [make_job(f"<p>Rest {number}.</p>", slug=f"rest-{number}") for number in range(4)]
    with pytest.raises(KeyboardInterrupt):
        run(jobs, on_done=interrupt)
    left = [path.read_bytes() for job in jobs for path in job.pdf_path.parent.glob("*.pdf*")]
    assert all(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") for data in left)
    assert run(jobs).errors == ()


ENDING = """
import os
from pipeline.pdf import workers

original = workers.compose

def compose(page, *more):
    if b"ends its process" in page:
        os._exit(9)
    return original(page, *more)

workers.compose = compose
"""


def test_a_page_that_ends_its_process_costs_no_other_leaflet(make_job, run, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(ENDING)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))  # of the processes that are started now
    texts = ["One.", "This ends its process.", "Two.", "This too ends its process.", "Three."]
    jobs = [make_job(f"<p>{text}</p>", slug=f"page-{n}") for n, text in enumerate(texts)]
    report = run(jobs)
    assert [error.path for error in report.errors] == [jobs[1].page_path, jobs[3].page_path]
    assert "was ended from outside" in report.errors[0].message
    assert [job.pdf_path.is_file() for job in jobs] == [True, False, True, False, True]


def test_a_process_that_is_killed_once_costs_nothing(make_job, run):
    jobs = [make_job(f"<p>Rest {number}.</p>", slug=f"rest-{number}") for number in range(6)]
    killed = []

    def kill(_job):
        if not killed:
            killed.extend(multiprocessing.active_children())
            for child in killed:
                child.kill()

    assert run(jobs, on_done=kill).errors == ()
    assert killed
    assert all(job.pdf_path.is_file() for job in jobs)


def test_a_sign_without_its_letter_is_a_warning_every_time(make_job, run):
    job = make_job("<p>এখন \u09be\u09be কক\u09bf\u09be</p>", tag="bn")
    first, second = run([job]), run([job])
    assert (first.rendered, second.rendered) == (1, 0)
    [warning] = first.warnings
    assert warning.startswith(f"{job.page_path}: A sign stands on a dotted circle (◌ (U+25CC")
    assert second.warnings == first.warnings
    assert run([make_job("<p>◌ is a circle</p>", tag="bn", slug="circle")]).warnings == ()
