"""Pictures wait until they are nearly seen, and their room is kept."""

import io
from pathlib import Path

import pytest
from PIL import Image

from pipeline.website.lazy import defer_pictures, find_size, read_sizes

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="480" height="260"/>'
SIZES = {"covid-19/images/phone.svg": (480, 260)}


def raster(kind):
    data = io.BytesIO()
    Image.new("RGB", (320, 200)).save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize("kind", ["png", "gif", "jpeg"])
def test_a_picture_says_how_large_it_is(kind):
    assert find_size(raster(kind)) == (320, 200)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8\xff", raster("jpeg")[:20], b"GIF89a", raster("webp"),
     b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', b'<svg width="100%"/>'],
)  # fmt: skip
def test_one_that_does_not_is_left_to_the_browser(data):
    assert find_size(data) is None


def test_sizes_are_known_by_path():
    assert read_sizes({Path("covid-19/images/phone.svg"): SVG, Path("a.svg"): b"<svg/>"}) == SIZES


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<img alt="Taleefan &gt;" src="../images/phone.svg" />',
         '<img alt="Taleefan &gt;" src="../images/phone.svg" {} />'.format(
             'width="480" height="260" loading="lazy" decoding="async"')),
        ('<img alt="" src="../images/other.svg">',
         '<img alt="" src="../images/other.svg" loading="lazy" decoding="async">'),
        ('<img loading="eager" width="20" src="../images/phone.svg">',
         '<img loading="eager" width="20" src="../images/phone.svg">'),
        ("<p>&lt;img&gt;</p>", "<p>&lt;img&gt;</p>"),
    ],
)  # fmt: skip
def test_pictures_are_deferred_and_what_the_author_says_stays(tag, expected):
    assert defer_pictures(tag, "covid-19/when-to-get-help/", SIZES) == expected
