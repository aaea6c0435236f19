"""What editors, tools and people do to files, and what the preview is told of it."""

import os
import queue
import shutil
import sys
import time

import pytest

from pipeline.website.generator import watching
from pipeline.website.generator.watching import Watcher

LONGEST = 20


@pytest.fixture(params=["told by the system", "found by looking", "told, and never looked for"])
def saved(request, tmp_path, monkeypatch):
    """Give what was saved as it is told, with and without a system that tells."""
    if request.param == "found by looking":
        monkeypatch.setattr(watching, "_TELLERS", frozenset())
        monkeypatch.setattr(watching, "_PAUSE", 0.01)
    if request.param == "told, and never looked for":
        if sys.platform != "linux":
            pytest.skip("only there is it known what the system tells")
        monkeypatch.setattr(watching, "_PAUSE", 1000.0)
    (tmp_path / "content/covid-19").mkdir(parents=True)
    (tmp_path / "content/covid-19/fever.md").write_text("Drink water.")
    (tmp_path / "theme").mkdir()
    told = queue.Queue()
    places = [tmp_path / "content", tmp_path / "theme", tmp_path / "pipeline.toml"]
    watcher = Watcher(places, told.put)
    watcher.start()
    yield lambda: {path.relative_to(tmp_path).as_posix() for path in told.get(timeout=LONGEST)}
    watcher.stop()
    watcher.join()


def test_a_save_a_new_file_and_one_that_is_gone(saved, tmp_path):
    fever = tmp_path / "content/covid-19/fever.md"
    fever.write_text("Drink water often.")
    assert saved() == {"content/covid-19/fever.md"}
    (tmp_path / "content/covid-19/cough.md").write_text("Rest.")
    assert saved() == {"content/covid-19/cough.md"}
    fever.unlink()
    assert saved() == {"content/covid-19/fever.md"}


def test_an_editor_that_writes_beside_and_renames(saved, tmp_path):
    fever = tmp_path / "content/covid-19/fever.md"
    beside = fever.with_name("fever.md.tmp")
    beside.write_text("Drink water.")  # the very same text, in another file
    os.utime(beside, ns=(fever.stat().st_atime_ns, fever.stat().st_mtime_ns))
    beside.replace(fever)
    assert saved() == {"content/covid-19/fever.md"}


def test_what_editors_leave_beside_a_file_is_no_save(saved, tmp_path):
    folder = tmp_path / "content/covid-19"
    for name in (".fever.md.swp", "fever.md~", "#fever.md#", ".#fever.md", "4913.tmp"):
        (folder / name).write_text("Drink")
    (tmp_path / "theme/main.html").write_text("<p>")
    assert saved() == {"theme/main.html"}


def test_two_saves_in_a_row_are_told_to_the_last(saved, tmp_path):
    fever, seen = tmp_path / "content/covid-19/fever.md", set()
    for text in ("Drink.", "Drink tea.", "Drink water often, and rest."):
        fever.write_text(text)
        time.sleep(0.03)
    while not seen:
        seen |= saved()
    assert seen == {"content/covid-19/fever.md"}


def test_a_topic_that_is_renamed_and_taken_away(saved, tmp_path):
    topic = tmp_path / "content/covid-19"
    (topic / "cough.md").write_text("Rest.")
    assert saved() == {"content/covid-19/cough.md"}
    topic.rename(topic.with_name("covid"))
    files = {"fever.md", "cough.md"}
    _wait_for(saved, {f"content/{name}/{file}" for name in ("covid-19", "covid") for file in files})
    shutil.rmtree(topic.with_name("covid"))
    _wait_for(saved, {f"content/covid/{file}" for file in files})
    topic.mkdir()
    (topic / "fever.md").write_text("Drink water.")
    assert saved() == {"content/covid-19/fever.md"}


def test_more_files_at_once_than_are_looked_at_by_name(saved, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "_MANY", 3)
    names = {f"content/covid-19/{letter}.md" for letter in "abcdefgh"}
    for name in names:
        (tmp_path / name).write_text("Drink water.")
    _wait_for(saved, names)


def _wait_for(saved, names):
    """Wait until all of some were told, at once or one after another."""
    seen = set()
    while seen != names:
        seen |= saved()
        assert seen <= names


def test_a_place_that_is_taken_away_and_put_back(saved, tmp_path, request):
    if "never looked for" in request.node.name:
        pytest.skip(
            "the system watches what was there at the start: what comes later is looked for"
        )
    shutil.rmtree(tmp_path / "content")
    assert saved() == {"content/covid-19/fever.md"}
    (tmp_path / "content/covid-19").mkdir(parents=True)
    (tmp_path / "content/covid-19/fever.md").write_text("Drink water.")
    assert saved() == {"content/covid-19/fever.md"}


def test_settings_that_were_not_there_and_are_renamed_into_place(saved, tmp_path):
    for text in ("[project]", "[project]\nsegmenter = 1"):
        beside = tmp_path / "new.toml"
        beside.write_text(text)
        beside.replace(tmp_path / "pipeline.toml")
        assert saved() == {"pipeline.toml"}
