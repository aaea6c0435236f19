"""Which pictures a unit shows, and that moving them costs nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segments import split
from pipeline.segments.assets import find_assets


def shown(text: str) -> dict[str, tuple[str, ...]]:
    return {key.msgid: files for key, files in find_assets(text, split(text)).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 999.\n", {}),
        (
            "Call 999.\n\n![A phone that rings](images/phone.svg)\n",
            {"A phone that rings": ("images/phone.svg",)},
        ),
        (
            "Press ![the red key](images/key.png) now.\n",
            {"Press ![the red key](images/key.png) now.": ("images/key.png",)},
        ),
        (
            '![A phone](<images/a phone.svg> "It rings")\n',
            {"A phone": ("images/a phone.svg",), "It rings": ("images/a phone.svg",)},
        ),
        (
            "[![Wac 999](images/phone.svg)](call.md)\n",
            {"Wac 999": ("images/phone.svg",)},
        ),
        (
            "![A phone][Phone]\n\n[phone]: ../shared/phone.svg 'It rings'\n",
            {"A phone": ("../shared/phone.svg",)},
        ),
        ("![phone]\n\n[phone]: phone.svg\n", {"![phone]": ("phone.svg",)}),
        (
            'Wait for <img src="images/tick%20mark.svg?v=2" alt="a tick"> here.\n',
            {
                'Wait for <img src="images/tick%20mark.svg?v=2" alt="a tick"> here.': (
                    "images/tick mark.svg",
                )
            },
        ),
        (
            "<figure>\n<img alt='Rest in bed' src='./images/rest.svg'>\n</figure>\n",
            {"Rest in bed": ("images/rest.svg",)},
        ),
        ("![A phone](https://example.org/phone.svg)\n", {}),
        ("![A phone](//example.org/phone.svg)\n", {}),
        ("![A phone](data:image/png;base64,AAAA)\n", {}),
        ("Write `![text](file.svg)` for a picture.\n", {}),
        ("    ![code](file.svg)\n\nText.\n", {"Text.": ("file.svg",)}),
    ],
)
def test_a_picture_belongs_to_the_text_around_it_and_to_its_own(text, expected):
    assert shown(text) == expected


def test_a_picture_without_words_belongs_to_the_title():
    text = "---\ntitle: Park\n---\n\nWalk.\n\n![](images/park.svg)\n"
    assert shown(text) == {"Park": ("images/park.svg",)}


def test_two_places_of_one_text_show_the_pictures_of_both():
    text = "![A tick](a.svg)\n\nRest.\n\n![A tick](b.svg)\n"
    assert shown(text) == {"A tick": ("a.svg", "b.svg")}


def test_moving_paragraphs_changes_nothing():
    parts = ["Rest.", "![](deco.svg)", "![Phone](phone.svg)", "See ![it](it.svg) there."]
    head = "---\ntitle: Help\n---\n\n"
    assert shown(head + "\n\n".join(parts)) == shown(head + "\n\n".join(reversed(parts)))


@pytest.mark.parametrize("piece", ["![", "![[", '<img "', "<img src=", "[a]: ", "![a]("])
def test_a_hostile_text_costs_no_more_than_its_length(piece):
    begun = time.process_time()
    find_assets(piece * 20_000, ())
    assert time.process_time() - begun < 2


@given(st.text(alphabet="![]()<> imgsrc=\"'a.`\n#/:", max_size=120))
def test_any_text_gives_paths_of_its_own_units_only(text):
    segments = split(text)
    found = find_assets(text, segments)
    assert set(found) <= {segment.key for segment in segments}
    assert all(path and not path.startswith("/") for files in found.values() for path in files)
