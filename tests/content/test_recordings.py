"""A recording is let through by what it is, not by what it is called."""

import pytest

from pipeline.content.recordings import MOST_BYTES, read_recording
from pipeline.errors import ContentError

OGG = b"OggS\0\x02" + bytes(22)
GOOD = {
    "fever.mp3": b"\xff\xfb\x90\xc4" + bytes(40),
    "tagged.mp3": b"ID3\x04" + bytes(40),
    "fever.m4a": b"\0\0\0\x20ftypM4A " + bytes(40),
    "fever.opus": OGG + b"OpusHead",
    "fever.ogg": OGG + b"\x01vorbis",
}


@pytest.mark.parametrize(("name", "data"), GOOD.items(), ids=GOOD)
def test_what_browsers_play(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    found = read_recording(tmp_path, name.partition(".")[0])
    assert (found.data, found.media_type[:6]) == (data, "audio/")


def test_there_may_be_none(tmp_path):
    (tmp_path / "fever.po").write_text("", "utf-8")
    assert read_recording(tmp_path, "fever") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<script>go()</script>",
        b"RIFF    WAVE",
        b"\0\0\0\x20ftypavif" + bytes(40),
        OGG + b"\x80theora",
        b"\xff\xfe<\0h\0t\0m\0l\0",
    ],
)
@pytest.mark.parametrize("ending", [".mp3", ".m4a", ".ogg", ".opus"])
def test_what_is_something_else_is_refused(tmp_path, ending, data):
    (tmp_path / f"fever{ending}").write_bytes(data)
    with pytest.raises(ContentError, match="not what its ending"):
        read_recording(tmp_path, "fever")


def test_a_recording_that_a_cheap_phone_cannot_load_is_refused(tmp_path):
    with (tmp_path / "fever.mp3").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ContentError, match="more than 15 MB"):
        read_recording(tmp_path, "fever")


def test_which_of_two_is_meant_nobody_guesses(tmp_path):
    for name in ("fever.mp3", "fever.opus"):
        (tmp_path / name).write_bytes(GOOD[name])
    with pytest.raises(ContentError, match=r"two recordings, fever\.mp3 and fever\.opus"):
        read_recording(tmp_path, "fever")


def test_no_link_leads_out_of_the_folder(tmp_path):
    folder = tmp_path / "so"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(GOOD["fever.mp3"])
    (folder / "fever.mp3").symlink_to(tmp_path / "secret")
    with pytest.raises(ContentError, match="no file"):
        read_recording(folder, "fever")
