"""Bringing catalogs up to date: what is written, what is left alone."""

import os
import signal
import subprocess
import sys
import time

import pytest

from pipeline.catalogs import read_catalog
from pipeline.cli.sync import Outcome, sync_catalogs
from pipeline.config import load_project
from pipeline.content import read_documents


@pytest.fixture
def sync(place):
    def run(*tags, on_done=lambda _: None):
        project = load_project(place.root)
        locales = [locale for locale in project.locales if not tags or locale.tag in tags]
        return sync_catalogs(project, read_documents(project).documents, locales, on_done=on_done)

    return run


def snapshot(root):
    files = sorted((root / "locales").rglob("*.po"))
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_the_first_run_makes_a_catalog_for_each_language(sync, place):
    told = []
    report = sync(on_done=told.append)
    assert report.outcomes[place.catalog] is Outcome.CREATED
    assert report.created == 3
    assert len(told) == 6
    assert "so/covid-19/fever.po" in told
    texts = [unit.msgid for unit in read_catalog(place.catalog).units]
    assert texts == [
        "Fever",
        "What to do when you are too hot.",
        "Drink water often.",
        "Call 999 now",
        "Call 999 if you cannot breathe.",
        "Rest",
        "Stay at home for 5 days.",
    ]


def test_a_second_run_touches_nothing_with_or_without_the_cache(sync, place):
    sync()
    before = snapshot(place.root)
    assert sync().unchanged == 6
    (place.root / ".cache/pipeline/sync.json").unlink()
    assert sync().unchanged == 6
    assert snapshot(place.root) == before


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff\xfe", b"[" * 99999])
def test_a_damaged_cache_is_no_cache(sync, place, damage):
    sync()
    before = snapshot(place.root)
    (place.root / ".cache/pipeline/sync.json").write_bytes(damage)
    assert sync().unchanged == 6
    assert snapshot(place.root) == before


def test_an_edited_source_reaches_its_catalogs(sync, place):
    sync()
    place.translate({"Stay at home for 5 days.": "Guriga joog 5 maalmood."})
    place.resource.write_text(place.resource.read_text().replace("5 days", "3 days"))
    assert sync("so").updated == 1
    unit = next(u for u in read_catalog(place.catalog).units if "3 days" in u.msgid)
    assert (unit.msgstr, unit.fuzzy) == ("Guriga joog 5 maalmood.", True)
    assert unit.previous.msgid == "Stay at home for 5 days."


def test_an_edited_catalog_is_looked_at_again(sync, place):
    sync()
    text = place.catalog.read_text()
    place.catalog.write_text(text.replace('msgid "Fever"', 'msgid "Fevers"'))
    assert sync("so").updated == 1
    assert read_catalog(place.catalog).units[0].msgid == "Fever"


def test_a_damaged_catalog_is_skipped_and_the_rest_goes_on(sync, place):
    sync()
    damaged = b"<<<<<<< HEAD\n" + place.catalog.read_bytes()
    place.catalog.write_bytes(damaged)
    place.resource.write_text(place.resource.read_text().replace("5 days", "3 days"))
    report = sync()
    assert report.outcomes[place.catalog] is Outcome.SKIPPED
    assert report.updated == 2
    (error,) = report.errors
    assert (error.path, error.line) == (place.catalog, 1)
    assert place.catalog.read_bytes() == damaged


def test_a_catalog_in_the_wrong_folder_is_skipped(sync, place):
    sync()
    arabic = place.root / "locales/ar/covid-19/fever.po"
    arabic.write_bytes(place.catalog.read_bytes())
    (error,) = sync().errors
    assert "the file is in the folder of `ar`" in error.message


def test_the_catalog_of_a_resource_that_is_gone_is_kept_and_reported(sync, place):
    sync()
    place.resource.unlink()
    before = snapshot(place.root)
    warnings = sync().warnings
    assert {warning.path for warning in warnings} == {
        place.root / "locales" / tag / "covid-19/fever.po" for tag in ("so", "ar", "ckb")
    }
    assert snapshot(place.root) == before


def test_a_resource_that_cannot_be_used_now_is_not_gone(sync, place):
    sync()
    place.resource.write_text("no front matter")
    assert sync().warnings == ()


def test_a_language_that_is_not_wanted_gets_no_catalog(sync, place):
    text = place.resource.read_text().replace("audience:", "languages: [ar]\naudience:")
    place.resource.write_text(text)
    sync()
    assert not place.catalog.exists()
    assert (place.root / "locales/ar/covid-19/fever.po").exists()


def test_many_catalogs_are_done_in_processes(sync, place):
    text = place.resource.read_text()
    for number in range(140):
        place.resource.with_name(f"fever-{number}.md").write_text(text)
    report = sync()
    assert report.created == 141 * 3
    assert sync().unchanged == 142 * 3


def test_ctrl_c_leaves_every_catalog_whole(place):
    text = place.resource.read_text()
    for number in range(300):
        place.resource.with_name(f"fever-{number}.md").write_text(text)
    folder = place.root / "locales/so/covid-19"
    command = [sys.executable, "-c", "from pipeline.cli import main; main(['sync'])"]
    running = subprocess.Popen(
        command, cwd=place.root, stderr=subprocess.PIPE, start_new_session=True
    )
    while running.poll() is None and len(list(folder.glob("*.po"))) < 5:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert b"Traceback" not in said
    catalogs = sorted((place.root / "locales").glob("*/covid-19/*.po"))
    assert [len(read_catalog(path).units) for path in catalogs] == [7] * len(catalogs)
    assert not list((place.root / "locales").rglob("*.tmp"))
