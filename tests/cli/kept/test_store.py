"""The cache of builds: what is damaged is not there, what is old goes, nothing fails for it."""

import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from pipeline.cli.kept.store import Store, open_store


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path)


def keep(store: Store, **values: bytes) -> None:
    for name, value in values.items():
        store.write("page so", name, f"key of {name}", value)
    store.save()


def test_what_is_kept_is_found_by_the_next_process(store, tmp_path):
    keep(store, fever=b"Biyo badan cab.", cough=b"Naso.")

    again = open_store(tmp_path)
    assert again.read("page so", "fever") == ("key of fever", b"Biyo badan cab.")
    assert again.read("page ar", "fever") is None
    assert set(again.read_all("page so")) == {"fever", "cough"}


def test_what_is_forgotten_is_gone_at_once(store, tmp_path):
    keep(store, fever=b"1", cough=b"2")
    store.forget("page so", ["fever"])

    assert set(open_store(tmp_path).read_all("page so")) == {"cough"}


def test_what_a_value_was_made_from_is_known_without_reading_it(store, tmp_path):
    keep(store, fever=b"Biyo badan cab.", cough=b"Naso.")
    store.write("page so", "rash", "key of rash", b"Biyo")

    keys = {name: f"key of {name}" for name in ("fever", "cough", "rash")}
    assert store.read_keys("page so") == keys
    del keys["rash"]  # not saved
    assert open_store(tmp_path).read_keys("page so") == keys


def test_a_value_that_every_build_reads_is_kept_as_it_is(store, tmp_path):
    line = b'{"resource": "covid-19/fever", "locale": "so"}'
    store.write("manifest", "so", "key", line, is_packed=False)
    store.save()

    assert open_store(tmp_path).read("manifest", "so") == ("key", line)
    assert line in (tmp_path / "builds.sqlite").read_bytes()


@pytest.mark.parametrize("damage", ["value", "key", "a page", "truncated", "no cache", "a folder"])
def test_a_damaged_value_is_not_there(store, tmp_path, damage):
    keep(store, fever=b"Biyo badan cab." * 500)
    path = store.path
    if damage in {"value", "key"}:
        change = {
            "value": "update kept set value = substr(value, 1, 40)",
            "key": "update kept set key = 'another'",
        }[damage]
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(change)
    elif damage == "a page":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
        data = bytearray(path.read_bytes())
        data[4096:] = b"?" * (len(data) - 4096)
        path.write_bytes(data)
    else:
        for each in tmp_path.glob("builds.sqlite*"):
            each.unlink()
        if damage == "a folder":
            path.mkdir()
        else:
            path.write_bytes(b"SQLite format 3\0" if damage == "truncated" else b"no cache at all")

    again = open_store(tmp_path)
    assert again.read("page so", "fever") is None
    again.write("page so", "fever", "key", b"anew")
    again.save()
    if damage != "a folder":  # nothing can be kept there: no reason to fail
        assert open_store(tmp_path).read("page so", "fever") == ("key", b"anew")


def test_it_stays_within_its_bound_and_what_was_asked_for_longest_ago_goes(tmp_path):
    store = Store(path=tmp_path / "builds.sqlite", most_bytes=3000)
    for number in range(9):
        noise = random.Random(number).randbytes(700)  # noqa: S311  nothing secret
        store.write("page so", f"r{number}", "", noise)
        store.save()
        with closing(sqlite3.connect(store.path)) as connection, connection:
            connection.execute("update kept set used = used - 10")

    names = sorted(store.read_all("page so"))
    assert names == [f"r{number}" for number in range(9 - len(names), 9)]
    assert 1 <= len(names) <= 4


def test_two_builds_at_once_keep_what_both_found(tmp_path):
    def work(tag: str) -> None:
        store = open_store(tmp_path)
        for number in range(10):
            store.write(f"page {tag}", str(number), "key", tag.encode())
            store.save()

    threads = [threading.Thread(target=work, args=(tag,)) for tag in ("so", "ar")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(open_store(tmp_path).read_all("page so")) == 10
    assert len(open_store(tmp_path).read_all("page ar")) == 10


_KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.cli.kept.store import open_store
store = open_store(Path(sys.argv[1]))
for number in range(10_000):
    store.write("page so", str(number), "key", b"x" * 100)
    if number == 500:
        store.save()
    if number > 500 and number % 100 == 0:
        store.save()
        if number == 900:
            os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_build_leaves_a_cache_that_can_be_read(tmp_path):
    subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)

    found = open_store(tmp_path).read_all("page so")
    assert len(found) >= 501
    assert set(found.values()) == {("key", b"x" * 100)}
