"""What a browser fetches to keep a language: all that its pages need, and nothing that is heavy."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from pipeline.offline import list_page, render_keep_list

from .conftest import FILES, SITE, make_page

FEVER = "so/covid-19/fever/index.html"
HOME = "so/index.html"


def keep_list(body="", read=FILES.get):
    page = make_page(body)
    pages = {FEVER: page, HOME: page.replace(b"../../../", b"../")}
    listed = {path: list_page(data, path, SITE) for path, data in pages.items()}
    return pages, json.loads(render_keep_list("so", listed, read))


def test_pages_come_last_each_with_its_digest():
    pages, said = keep_list('<img src="../images/phone.svg" alt=""><a href="fever.pdf">PDF</a>')
    assert [path for path, _, _ in said["files"]] == [
        "assets/css/site.css",
        "so/covid-19/images/phone.svg",
        "so/covid-19/fever/",
        "so/",
    ]
    assert said["files"][2][1] == sha256(pages[FEVER]).hexdigest()[:16]
    assert said["bytes"] == sum(size for _, _, size in said["files"])
    assert said["home"] == "so/"


def test_a_page_that_is_the_same_is_not_read_again():
    known = replace(list_page(make_page(""), FEVER, SITE), needs=("so/known.css",))
    assert list_page(make_page(""), FEVER, SITE, known) == known
    assert "assets/css/site.css" in list_page(make_page("<p>5</p>"), FEVER, SITE, known).needs


def test_the_version_is_another_where_a_page_is():
    assert keep_list("<p>5</p>")[1]["version"] == keep_list("<p>5</p>")[1]["version"]
    assert keep_list("<p>5</p>")[1]["version"] != keep_list("<p>10</p>")[1]["version"]


@pytest.mark.parametrize(
    ("element", "path"),
    [
        ('<script src="a.js"></script>', "so/covid-19/fever/a.js"),
        ('<ol data-index="search_index.json"></ol>', "so/covid-19/fever/search_index.json"),
        (
            '<img src="a.jpg" srcset="a.w400.jpg 400w, a.w1000.jpg 1000w, a.w1400.jpg 1400w">',
            "so/covid-19/fever/a.w1000.jpg",
        ),
    ],
)
def test_what_a_page_needs(element, path):
    _, said = keep_list(element, lambda _: b"x")
    assert path in [name for name, _, _ in said["files"]]


@pytest.mark.parametrize(
    "element",
    [
        '<video src="a.webm"></video>',
        '<audio src="a.mp3"></audio>',
        '<a href="fever.pdf">PDF</a>',
        '<img src="https://elsewhere.example/a.jpg">',
    ],
)
def test_what_is_left_out(element):
    names = [name for name, _, _ in keep_list(element, lambda _: b"x")[1]["files"]]
    assert names == [name for name, _, _ in keep_list("", lambda _: b"x")[1]["files"]]
