"""What the manifest says of languages that did not change is taken from the manifest itself."""

import os

import pytest

from pipeline.cli.kept.manifest import (
    KeptParts,
    Part,
    forget_part,
    has_nothing_withheld,
    list_lines,
    note_parts,
)
from pipeline.cli.kept.store import Store

HEAD = b'{"locales": ["so", "ckb", "ar"],\n "resources": [\n'
SOMALI = b'{"resource": "covid-19/fever", "locale": "so"},\n{"resource": "covid-19/cough"}'
ARABIC = '{"resource": "covid-19/fever", "title": "الحمى"}'.encode()


@pytest.fixture
def store(tmp_path):
    return Store(path=tmp_path / "builds.sqlite")


@pytest.fixture
def manifest(tmp_path, store):
    parts = {
        "so": Part("1", {"locale": {"locale": "so"}, "books": []}, SOMALI),
        "ckb": Part("2", {"locale": {"locale": "ckb"}, "books": []}, b""),
        "ar": Part("3", {"locale": {"locale": "ar"}, "books": []}, ARABIC),
    }
    path = tmp_path / "manifest.json"
    path.write_bytes(HEAD + b"".join(list_lines(parts.values())) + b"\n ]\n}\n")
    note_parts(path, store, parts, begin=len(HEAD), has_withheld=False)
    store.save()
    return path


def test_each_language_is_found_where_it_stands(manifest, store):
    found = KeptParts.read(manifest, store)

    assert bytes(found.find("so", "1").lines) == SOMALI
    assert bytes(found.find("ckb", "2").lines) == b""
    assert bytes(found.find("ar", "3").lines) == ARABIC
    assert found.find("ar", "3").head == {"locale": {"locale": "ar"}, "books": []}
    assert has_nothing_withheld(manifest, store)


def test_a_language_that_is_made_of_something_else_is_not(manifest, store):
    found = KeptParts.read(manifest, store)

    assert found.find("so", "4") is None
    assert found.find("so", "") is None
    assert found.find("ti", "1") is None


def test_a_tree_that_is_another_is_looked_at_anew_also_by_the_build_after_a_killed_one(
    manifest, store
):
    forget_part(store, "so")
    store.save()

    found = KeptParts.read(manifest, Store(path=store.path))
    assert found.find("so", "1") is None
    assert bytes(found.find("ar", "3").lines) == ARABIC


def test_a_manifest_that_somebody_wrote_to_is_not_taken_from(manifest, store):
    text = manifest.read_bytes()
    manifest.write_bytes(text.replace("الحمى".encode(), "المحى".encode()))
    os.utime(manifest, (0, 0))

    assert KeptParts.read(manifest, store).find("so", "1") is None
    assert not has_nothing_withheld(manifest, store)


def test_nor_is_one_that_is_not_there_or_of_which_the_cache_knows_nothing(manifest, store):
    store.path.unlink()
    assert KeptParts.read(manifest, Store(path=store.path)).find("so", "1") is None

    manifest.unlink()
    assert KeptParts.read(manifest, store).find("so", "1") is None


def test_a_note_that_says_something_else_is_none(manifest, store):
    (key,) = {each[0] for each in store.read_all("manifest").values()}
    store.write("manifest", "site", key, b'{"has_withheld": false, "parts": {"so": ["1", 7]}}')

    assert KeptParts.read(manifest, store).find("so", "1") is None
    assert not has_nothing_withheld(manifest, store)


def test_what_could_not_be_made_is_read_from_it(manifest, store):
    parts = {"so": Part("", {}, SOMALI)}
    note_parts(manifest, store, parts, begin=len(HEAD), has_withheld=True)

    assert not has_nothing_withheld(manifest, store)
    assert KeptParts.read(manifest, store).find("so", "") is None
