"""Pictures: what is let through, and what is left of a hostile SVG."""

import time
from pathlib import Path

import pytest
from lxml import etree

from pipeline.content.assets import MOST_BYTES, read_asset, read_assets
from pipeline.content.svg import sanitise_svg
from pipeline.errors import ContentError

PATH = Path("content/covid-19/images/rest.svg")
NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside, attributes=""):
    return f"<svg {NS}{attributes}>{inside}</svg>".encode()


def clean(inside, attributes=""):
    """What is left within the root, and the root's own attributes."""
    root = etree.fromstring(sanitise_svg(svg(inside, attributes), PATH))
    text = etree.tostring(root, encoding="unicode")
    return text.replace(' xmlns="http://www.w3.org/2000/svg"', "").replace(
        ' xmlns:xlink="http://www.w3.org/1999/xlink"', ""
    )


# What stands in the picture, and what is left of it.
HOSTILE = [
    ("<script>alert(1)</script><g/>", "<svg><g/></svg>"),
    ("<script href='https://e.example/x.js'/>", "<svg/>"),
    ("<circle r='1' onclick='a()' ONLOAD='a()'/>", '<svg><circle r="1"/></svg>'),
    ("<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>", "<svg/>"),
    ("<h:img xmlns:h='http://www.w3.org/1999/xhtml' src='x' onerror='a()'/>", "<svg/>"),
    ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>a()</h:script>", "<svg/>"),
    ("<a href='javascript:a()'><text>111</text></a>", "<svg/>"),
    ("<a xlink:href='https://e.example/'><text>111</text></a>", "<svg/>"),
    ("<use href='https://e.example/x.svg#a'/>", "<svg><use/></svg>"),
    ("<use xlink:href='//e.example/x.svg#a'/>", "<svg><use/></svg>"),
    ("<use href='data:image/svg+xml;base64,PHN2Zz4=#x'/>", "<svg><use/></svg>"),
    ("<image href='https://e.example/x.png'/>", "<svg><image/></svg>"),
    ("<image xlink:href='../../../etc/passwd'/>", "<svg><image/></svg>"),
    ("<image href='file:///etc/passwd'/>", "<svg><image/></svg>"),
    ("<image href='data:image/svg+xml,&lt;svg onload=a()&gt;'/>", "<svg><image/></svg>"),
    ("<feImage href='https://e.example/x.png'/>", "<svg/>"),
    ("<animate attributeName='href' values='javascript:a()'/>", "<svg/>"),
    ("<set attributeName='onclick' to='a()'/>", "<svg/>"),
    ("<style>@import 'https://e.example/x.css';</style>", "<svg/>"),
    ("<style>.a{fill:url(https://e.example/x#a)}</style>", "<svg/>"),
    (r"<style>.a{fill:u\72l(//e.example/x)}</style>", "<svg/>"),
    ("<style>@font-face{src:url(//e.example/f)}</style>", "<svg/>"),
    ("<rect style='fill:url(https://e.example/#a)'/>", "<svg><rect/></svg>"),
    ("<rect fill='url(//e.example/#a)' width='1'/>", '<svg><rect width="1"/></svg>'),
    ("<rect filter='url( \"https://e.example/#a\" )'/>", "<svg><rect/></svg>"),
    ("<handler type='text/ecmascript'>a()</handler>", "<svg/>"),
    ("<!-- a comment --><?php a() ?><g/>", "<svg><g/></svg>"),
    ("<metadata>made by somebody at home</metadata>", "<svg/>"),
]


@pytest.mark.parametrize(("inside", "left"), HOSTILE)
def test_what_is_left_of_a_hostile_picture(inside, left):
    assert clean(inside) == left


def test_handlers_of_the_picture_itself():
    assert clean("<g/>", " onload='a()' viewBox='0 0 1 1'") == ('<svg viewBox="0 0 1 1"><g/></svg>')


# What stays as it is, letter for letter.
HARMLESS = [
    '<text x="1">Call <tspan fill="red">99</tspan><tspan>9</tspan> now</text>',
    "<title>الراحة في البيت</title><desc>شخص في السرير</desc>",
    '<text xml:lang="ar" direction="rtl">اتصل ٩٩٩</text>',
    '<defs><linearGradient id="g"><stop offset="1"/></linearGradient></defs>',
    '<rect fill="url(#g)" style="stroke:url(#g)" class="a" role="img" aria-label="x"/>',
    '<style>.a{fill:url(#g)} text{font:bold 10px "Noto Sans"}</style>',
    '<use href="#g"/>',
    '<image href="data:image/png;base64,AAAA"/>',
]


@pytest.mark.parametrize("inside", HARMLESS)
def test_what_drawings_have_is_kept(inside):
    assert clean(inside) == f"<svg>{inside}</svg>"


def test_a_declaration_of_a_drawing_program_is_dropped():
    data = (
        b'<?xml version="1.0" standalone="no"?>\n<?xml-stylesheet href="https://e.example/x.css"?>'
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n "http://www.w3.org/TR/svg11.dtd">\n'
    )
    assert sanitise_svg(data + svg("<g/>"), PATH) == (
        b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>\n'
    )


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REFUSED = {
    "a file read by an entity": (
        b'<!DOCTYPE svg [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>\n' + svg("<text>&x;</text>"),
        1,
        "entities",
    ),
    "a billion laughs": (
        f'<!DOCTYPE svg [<!ENTITY l0 "lol">{LAUGHS}]>'.encode() + svg("<text>&l9;</text>"),
        1,
        "entities",
    ),
    "an unknown entity": (svg("<text>\n&x;</text>"), 2, "not XML"),
    "a tag that is not closed": (svg("\n<g>\n"), 3, "not XML"),
    "no XML": (b"GIF89a", 1, "not XML"),
    "nothing": (b"", 1, "not XML"),
    "an HTML page": (b"<html><body/></html>", 1, "not an SVG"),
    "no namespace": (b"<svg><script>a()</script></svg>", 1, "not an SVG"),
    "UTF-16": (svg("<g/>").decode().encode("utf-16"), 1, "UTF-8"),
    "not UTF-8": (svg("<text>\n?</text>").replace(b"?", b"\xe9"), 2, "not XML"),
    "nested deeply": (svg("<g>" * 200 + "</g>" * 200), 1, "too deeply"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_with_its_line(name):
    data, line, words = REFUSED[name]
    with pytest.raises(ContentError) as caught:
        sanitise_svg(data, PATH)
    assert words in caught.value.message
    assert (caught.value.path, caught.value.line) == (PATH, line)


def test_cleaning_twice_is_cleaning_once():
    for inside, _ in HOSTILE:
        once = sanitise_svg(svg(inside), PATH)
        assert sanitise_svg(once, PATH) == once


def test_our_own_pictures_lose_nothing_but_comments():
    for path in sorted((Path(__file__).parents[2] / "content").rglob("*.svg")):
        data = path.read_bytes()
        before = etree.fromstring(data, etree.XMLParser(remove_comments=True))
        after = etree.fromstring(sanitise_svg(data, path))
        assert etree.tostring(after, method="c14n") == etree.tostring(before, method="c14n")


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def content(tmp_path):
    images = tmp_path / "content" / "covid-19" / "images"
    images.mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    return tmp_path / "content"


def test_a_photograph_is_taken_as_it_is(content):
    path = content / "covid-19" / "images" / "a.PNG"
    path.write_bytes(PNG)
    assert read_asset(path, content) == PNG


def test_what_a_camera_tells_does_not_come_along(content):
    path = content / "covid-19" / "images" / "a.jpg"
    told = b"\xff\xe1\x00\x20Exif\0\0 51.5074 N 0.1278 W....."
    path.write_bytes(b"\xff\xd8" + told + b"\xff\xd9")
    assert read_asset(path, content) == b"\xff\xd8\xff\xd9"


def test_a_picture_that_unpacks_to_gigabytes_is_refused(content):
    path = content / "covid-19" / "images" / "a.png"
    path.write_bytes(PNG[:8] + b"\0\0\0\x0dIHDR" + b"\0\1\0\0" * 2 + b"\x08\2\0\0\0")
    assert refused(path, content) == ("The picture has 65536 × 65536 pixels: more than 50 million.")


def test_an_avif_that_tells_where_it_was_taken_is_refused(content):
    path = content / "covid-19" / "images" / "a.avif"
    path.write_bytes(b"\0\0\0\x1cftypavif" + b"\0\0\0\x15infe\x02\0\0\0\0\2\0\0Exif\0")
    assert "where or with which camera" in refused(path, content)


def test_an_svg_is_cleaned(content):
    path = content / "covid-19" / "images" / "a.svg"
    path.write_bytes(svg("<script>a()</script>"))
    assert b"script" not in read_asset(path, content)


def refused(path, content):
    with pytest.raises(ContentError) as caught:
        read_asset(path, content)
    assert caught.value.path == path
    return caught.value.message


def test_no_file_outside_of_the_folder_is_read(content):
    link = content / "covid-19" / "images" / "link.png"
    link.symlink_to(content.parent / "secret.png")
    folder = content / "covid-19" / "more"
    folder.symlink_to(content.parent, target_is_directory=True)
    loop = content / "loop.png"
    loop.symlink_to(loop)
    assert "content folder" in refused(link, content)
    assert "content folder" in refused(folder / "secret.png", content)
    assert "content folder" in refused(content / ".." / "secret.png", content)
    assert "content folder" in refused(Path("/etc/hostname"), content)
    assert "no such picture" in refused(loop, content)
    assert "no such picture" in refused(content / "none.png", content)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.html", b"<script>", "`.html` cannot be published"),
        ("a.png", b"<svg onload=a()>", "not what its ending"),
        ("a.webp", b"RIFF....WAVE", "not what its ending"),
        ("a.avif", b"\0\0\0\x1cftypmp42", "not what its ending"),
        ("a.jpg", PNG, "not what its ending"),
        ("a.gif", b"GIF89a" + b"\0" * MOST_BYTES, "more than 2 MB"),
    ],
)
def test_what_is_not_published(content, name, data, words):
    path = content / name
    path.write_bytes(data)
    assert words in refused(path, content)


def test_all_pictures_of_a_folder(content):
    images = content / "covid-19" / "images"
    (images / "a.png").write_bytes(PNG)
    (images / "b.svg").write_bytes(b"<svg")
    (images / "notes.txt").write_bytes(b"not a picture: passed over")
    (images / "c.png").symlink_to(content.parent / "secret.png")
    found, errors = read_assets(content)
    assert found == {Path("covid-19/images/a.png"): PNG}
    assert [error.path.name for error in errors] == ["b.svg", "c.png"]


def test_a_big_hostile_picture_costs_no_more_than_its_size():
    start = time.process_time()
    with pytest.raises(ContentError):
        sanitise_svg(svg("<g>" * 100_000), PATH)
    sanitise_svg(svg("<path d='M0 0h1'/>" * 20_000), PATH)
    assert time.process_time() - start < 5
