"""A video is whole or its resource is not used: film, captions and poster, each what it says."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.config import load_project
from pipeline.content import read_documents

REPOSITORY = Path(__file__).resolve().parents[2]
WEBM = b"\x1aE\xdf\xa3" + bytes(40)
TRACK = "WEBVTT\n\n00:01.000 --> 00:03.000\nWash your hands.\n"
HEAD = """\
---
title: Hands
summary: How to wash your hands.
audience: Everybody
risk: general
urgency: routine
owner: Health team
sources:
  - title: NHS
    url: https://www.nhs.uk/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2027-05-20
"""
VIDEO = "video:\n  file: hands.webm\n  captions: hands.en.vtt\n"


@pytest.fixture
def read(tmp_path):
    """Read a resource with files beside it; give its video and what is wrong."""
    for name in ("pipeline.toml", "locales/locales.toml", "theme/interface.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / name, tmp_path / name)
    folder = tmp_path / "content/covid-19"
    folder.mkdir(parents=True)
    (folder / "hands.webm").write_bytes(WEBM)
    (folder / "hands.en.vtt").write_text(TRACK, "utf-8")
    (folder / "secret.vtt").symlink_to(tmp_path / "pipeline.toml")

    def read_it(video=VIDEO, **files):
        (folder / "hands.md").write_text(f"{HEAD}{video}---\n\nWash your hands.\n", "utf-8")
        for name, data in files.items():
            (folder / name.replace("_", ".")).write_bytes(data)
        library = read_documents(load_project(tmp_path), today=date(2026, 11, 24))
        videos = [document.video for document in library.documents]
        return videos, [(error.line, error.message) for error in library.errors]

    return read_it


def test_a_video_is_read_with_its_captions(read):
    (video,), errors = read()
    assert errors == []
    assert video.file == "covid-19/hands.webm"
    assert video.media_type == "video/webm"
    assert video.captions.text == TRACK
    assert video.captions.path.name == "hands.en.vtt"
    assert len(video.digest) == 64


def test_a_film_may_be_on_another_site_and_its_captions_are_here(read):
    (video,), errors = read(VIDEO.replace("hands.webm", "https://Video.example.com/x.webm"))
    assert errors == []
    assert (video.file, video.address) == ("", "https://video.example.com/x.webm")
    assert (video.host, video.media_type) == ("video.example.com", "video/webm")
    assert video.captions.text == TRACK
    (other,), _ = read(VIDEO.replace("hands.webm", "https://video.example.com/y.webm"))
    assert video.digest != other.digest


def test_a_byte_order_mark_before_captions_stays(read):
    (video,), errors = read(hands_en_vtt="\ufeffWEBVTT\n".encode())
    assert errors == []
    assert video.captions.text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("video", "said"),
    [
        ("video: hands.webm\n", (14, "The video lacks `captions` and `file`.")),
        ("video:\n  file: hands.webm\n", (14, "The video lacks `captions`.")),
        (VIDEO + "  sound: no\n", (17, "Unknown key `sound` in the video.")),
        (
            VIDEO.replace("hands.webm", "foot.webm"),
            (14, "There is no file `foot.webm` in the folder of resources."),
        ),
        (
            VIDEO.replace("hands.webm", "../../pipeline.toml"),
            (14, "There is no file `../../pipeline.toml` in the folder of resources."),
        ),
        (
            VIDEO.replace("hands.en.vtt", "secret.vtt"),
            (14, "There is no file `secret.vtt` in the folder of resources."),
        ),
        (
            VIDEO.replace("hands.webm", "http://video.example.com/x.webm"),
            (
                14,
                "The address of the film is none that can be used: http://video.example.com/x.webm",
            ),
        ),
        (
            VIDEO.replace("hands.en.vtt", "https://video.example.com/x.vtt"),
            (14, "A file of the video is on another site: https://video.example.com/x.vtt"),
        ),
        (
            VIDEO.replace("hands.webm", "hands.en.vtt"),
            (14, "A film of the kind `.vtt` is not played everywhere."),
        ),
        (
            VIDEO.replace("hands.en.vtt", "hands.webm"),
            (14, "The captions are no WebVTT: `hands.webm`."),
        ),
        (VIDEO + "  poster: hands.webm\n", (14, "The poster is no picture: `hands.webm`.")),
    ],
)
def test_what_is_wrong_is_said_where_the_front_matter_says_it(read, video, said):
    videos, errors = read(video)
    assert videos == []
    assert errors == [said]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"hands_webm": b"<html>"}, "The film is not what its ending `.webm` says."),
        ({"hands_en_vtt": b"WEBVTT\n\xff"}, "The file is not UTF-8."),
        (
            {"hands_en_vtt": "WEBVTT\n\n\u202e911".encode()},
            "A character that nobody sees turns the text round: RIGHT-TO-LEFT OVERRIDE.",
        ),
        ({"hands_en_vtt": b"WEBVTT\n\0"}, "The file has a NUL character."),
    ],
)
def test_files_that_are_not_what_they_should_be(read, files, message):
    videos, errors = read(**files)
    assert videos == []
    assert [said for _, said in errors] == [message]
