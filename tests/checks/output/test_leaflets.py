"""Leaflets that cannot be read."""

from dataclasses import replace

import pytest

from pipeline.checks.output.leaflets import (
    check_leaflet_properties,
    check_leaflet_text,
    check_missing_glyph,
    recovered_share,
)
from pipeline.model import LeafletVariant

SOMALI = "so/covid-19/fever/fever.pdf"


@pytest.mark.parametrize(
    ("leaflet", "count"),
    [({"missing_glyphs": 3}, 3), ({"text": "Qan\ufffdho \ufffd"}, 2), ({}, None)],
)
def test_empty_boxes(changed, tell, leaflet, count):
    message = f"{count} signs of this leaflet are printed as empty boxes."
    wanted = [f"critical {SOMALI}:- {message}"] if count else []
    assert tell(check_missing_glyph(changed(leaflet=leaflet))) == wanted


@pytest.mark.parametrize(
    ("leaflet", "said"),
    [
        ({"title": " "}, "major {}:- This leaflet has no title."),
        ({"language": "en"}, "major {}:- This leaflet says that its language is “en”; it is so."),
        ({"language": ""}, "major {}:- This leaflet says that its language is “”; it is so."),
        (
            {"is_tagged": False},
            (
                "major {}:- This leaflet does not say what is a heading, a list, a table: "
                "it is not tagged."
            ),
        ),
        (
            {"fault": "EOF marker not found"},
            "critical {}:- This leaflet cannot be opened: EOF marker not found",
        ),
    ],
)
def test_what_a_leaflet_lacks(changed, tell, leaflet, said):
    assert tell(check_leaflet_properties(changed(leaflet=leaflet))) == [said.format(SOMALI)]


def test_words_that_do_not_come_back(changed, tell):
    site = changed(leaflet={"text": "Qandho Guriga 5 biyo cab PDF"})
    assert tell(check_leaflet_text(site)) == [
        f"major {SOMALI}:- Of the words of the page 60% come back out of this leaflet."
    ]


def test_arabic_that_is_turned_round_does_not_come_back(changed, tell):
    text = "الحمى\nابقَ في المنزل ٥ أيام واشرب الماء كثيرًا."
    assert check_leaflet_text(changed(tag="ar", leaflet={"text": f"{text} PDF"})) == ()
    assert tell(check_leaflet_text(changed(tag="ar", leaflet={"text": f"{text[::-1]} PDF"}))) == [
        (
            "major ar/covid-19/fever/fever.pdf:- Of the words of the page 20% come back out of "
            "this leaflet."
        )
    ]


@pytest.mark.parametrize(
    ("page", "leaflet", "share"),
    [
        ("", "", 1.0),
        ("Cab biyo", "CAB\nbiyo", 1.0),
        ("antibiyootikada", "antibiyoo\ntikada", 1.0),  # parted by the end of a line
        ("স্বাস্থ্য সেবা", "স্বাস্থ্য সেবা", 1.0),
        ("স্বাস্থ্য সেবা", "সেবা", 0.5),
        ("كثيرًا من الماء", "كثيرا من الماء", 1.0),  # a mark is no letter
        ("请留在家中", "请留在\n家中", 1.0),
        ("请留在家中", "家中请留", 0.5),
        ("ኣብ ገዛ ጽንሑ", "ኣብ ገዛ", 2 / 3),
    ],
)
def test_the_share_of_words_that_come_back(page, leaflet, share):
    assert recovered_share(page, leaflet) == pytest.approx(share)


def of_form(site, variant):
    """The site, with its Somali leaflet in another form."""
    entries = tuple(
        replace(e, leaflets=tuple(replace(f, variant=variant) for f in e.leaflets))
        if e.locale == "so"
        else e
        for e in site.entries
    )
    return replace(site, entries=entries)


def test_a_booklet_is_for_paper_and_needs_no_tags(changed, tell):
    site = changed(leaflet={"is_tagged": False})
    assert check_leaflet_properties(of_form(site, LeafletVariant.BOOKLET)) == ()
    assert tell(check_leaflet_properties(of_form(site, LeafletVariant.LARGE_PRINT))) != []


def test_a_leaflet_of_a_part_of_its_page_has_that_part(changed, tell):
    site = of_form(changed(leaflet={"text": "Qandho 5 biyo"}), LeafletVariant.KEY_FACTS)
    assert check_leaflet_text(replace(site, printed={SOMALI: "Qandho 5 biyo"})) == ()
    lacking = replace(site, printed={SOMALI: "Qandho Wac 999 hadda"})
    assert tell(check_leaflet_text(lacking)) == [
        f"major {SOMALI}:- Of the words of the page 25% come back out of this leaflet."
    ]
