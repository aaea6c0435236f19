"""Files that came from elsewhere are written below their folder, or not at all."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cluster import pack, parcels, unpack, unpack_into
from pipeline.errors import ClusterError

names = st.lists(
    st.text("abcåابতি用.-", min_size=1, max_size=8).filter(lambda part: part not in {".", ".."}),
    min_size=1,
    max_size=4,
).map("/".join)


@given(st.dictionaries(names, st.binary(max_size=200), max_size=6))
def test_what_is_unpacked_is_what_was_packed(files):
    assert dict(unpack(pack(files.items()))) == files


def test_files_come_out_in_their_folders(tmp_path):
    copy = tmp_path / "copy"
    page = b"<p>Biyo badan cab.</p>"
    unpack_into(pack([("covid-19/fever/index.html", page), ("404.html", b"")]), copy)
    found = sorted(p.relative_to(copy).as_posix() for p in copy.rglob("*") if p.is_file())
    assert found == ["404.html", "covid-19/fever/index.html"]
    assert (copy / "covid-19/fever/index.html").read_text("utf-8") == "<p>Biyo badan cab.</p>"


@pytest.mark.parametrize(
    "name",
    [
        "../outside.html",
        "a/../../outside.html",
        "a/..",
        "/etc/passwd",
        "a//b.html",
        "./a.html",
        "a\\..\\b.html",
        "C:/outside.html",
        "a\0b",
        "",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name, tmp_path):
    folder = tmp_path / "in"
    with pytest.raises(ClusterError, match="leads out of the build's folder"):
        unpack_into(pack([(name, b"advice that nobody signed")]), folder)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_link_in_the_folder_leads_nobody_out(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "so").symlink_to(tmp_path)
    with pytest.raises(ClusterError, match="leads out"):
        unpack_into(pack([("so/outside.html", b"x")]), folder)
    assert not (tmp_path / "outside.html").exists()


@pytest.mark.parametrize(
    "data", [b"no zlib", zlib.compress(b"advice")[:-3], zlib.compress(b"advice") + b"more", b""]
)
def test_bytes_that_were_damaged_on_their_way_are_refused(data):
    with pytest.raises(ClusterError, match=r"index\.html came damaged"):
        list(unpack((("index.html", data),)))


def test_a_file_that_grows_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(parcels, "MOST_FILE", 10_000)
    with pytest.raises(ClusterError, match="larger than 10,000 bytes"):
        list(unpack(pack([("index.html", bytes(10_001))])))
