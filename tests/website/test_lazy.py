"""Pictures wait until they are nearly seen, and their room is kept."""

import io
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from pipeline.website.lazy import COLUMN, Shown, defer_pictures, find_size, make_gallery

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="480" height="260"/>'
GALLERY = {"covid-19/images/phone.svg": Shown(width=480, height=260)}


def raster(kind):
    data = io.BytesIO()
    Image.new("RGB", (320, 200)).save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize("kind", ["png", "gif", "jpeg", "webp"])
def test_a_picture_says_how_large_it_is(kind):
    assert find_size(raster(kind)) == (320, 200)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8\xff", raster("jpeg")[:20], b"GIF89a",
     b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', b'<svg width="100%"/>'],
)  # fmt: skip
def test_one_that_does_not_is_left_to_the_browser(data):
    assert find_size(data) is None


def test_sizes_are_known_by_path():
    pictures = {Path("covid-19/images/phone.svg"): SVG, Path("a.svg"): b"<svg/>"}
    assert make_gallery(pictures, {}) == GALLERY


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
    first = "<img>"
    shown = defer_pictures(first + tag, "covid-19/when-to-get-help/", GALLERY)
    assert shown == f'<img decoding="async">{expected}'


def test_the_first_picture_of_a_page_does_not_wait():
    tag = '<img alt="" src="../images/phone.svg">'
    assert defer_pictures(tag * 2, "covid-19/when-to-get-help/", GALLERY) == (
        '<img alt="" src="../images/phone.svg" width="480" height="260" decoding="async">'
        '<img alt="" src="../images/phone.svg" width="480" height="260" loading="lazy"'
        ' decoding="async">'
    )


TENT = Shown(
    width=1600,
    height=900,
    smaller=(
        ("covid-19/images/a tent.w400.1.jpg", 400),
        ("covid-19/images/a tent.w700.2.jpg", 700),
    ),
)


@pytest.mark.parametrize(
    ("rest", "added"),
    [
        ("", f' width="1600" height="900" sizes="{COLUMN}"'),
        (' width="200"', ' width="200" sizes="200px"'),
    ],
)
def test_a_picture_offers_its_smaller_versions(rest, added):
    tag = f'<img alt="" src="../images/a%20tent.jpg"{rest}>'
    (image,) = html.fragments_fromstring(
        defer_pictures(tag, "covid-19/fever/", {"covid-19/images/a tent.jpg": TENT})
    )
    (wanted,) = html.fragments_fromstring(f"<img{added}>")
    assert image.get("srcset") == (
        "../images/a%20tent.w400.1.jpg 400w, ../images/a%20tent.w700.2.jpg 700w,"
        " ../images/a%20tent.jpg 1600w"
    )
    assert {name: image.get(name) for name in ("width", "height", "sizes")} == {
        name: wanted.get(name) for name in ("width", "height", "sizes")
    }


def test_what_an_author_offers_stays():
    tag = '<img alt="" src="../images/a%20tent.jpg" srcset="x.jpg 2x">'
    shown = defer_pictures(tag, "covid-19/fever/", {"covid-19/images/a tent.jpg": TENT})
    assert shown.count("srcset") == 1
