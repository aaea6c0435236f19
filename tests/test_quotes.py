"""Marks around what is quoted, in the language that quotes."""

from pathlib import Path

import pytest
from lxml import html

from pipeline.config import load_project
from pipeline.quotes import marks_of, quoted_in, render_quotes, render_quotes_of

#: CLDR 48.2; of each language that this project has.
MARKS = {
    "“”‘’": "en so bn zh es pt gu ta ne pa fil sq ps ckb",
    "«»‹›": "am fa prs",
    "«»“”": "it ti",
    "«»„“": "uk",
    "”“’‘": "ar ur",
    "„”«»": "pl ro",
}


def test_each_language_of_the_project_has_the_marks_of_cldr():
    project = load_project(Path(__file__).parents[1])
    expected = {tag: tuple(marks) for marks, tags in MARKS.items() for tag in tags.split()}
    expected["fr"] = ("«\u00a0", "\u00a0»", "«\u00a0", "\u00a0»")
    tags = [locale.tag for locale in (project.source, *project.locales)]
    assert {tag: marks_of(tag) for tag in tags} == expected


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("so-GB", "“”‘’"),
        ("pt-BR", "“”‘’"),
        ("pt-PT", "«»“”"),
        ("zh-TW", "「」『』"),
        ("fr-CH", "«»‹›"),
        ("ti-ER", "‘’“”"),
        ("fi", "””’’"),
        ("tlh", "“”‘’"),
        ("", "“”‘’"),
    ],
)
def test_a_form_of_a_language_has_its_own_or_those_of_the_language(tag, marks):
    assert marks_of(tag) == tuple(marks)


def test_a_rule_names_languages_and_the_marks():
    style = render_quotes()
    assert style.startswith('q{quotes:"“" "”" "‘" "’"}')
    assert 'q:lang(ar),q:lang(lld),q:lang(syr),q:lang(ur){quotes:"”" "“" "’" "‘"}' in style
    assert 'q:lang(fr),q:lang(ht){quotes:"«\\a0" "\\a0»" "«\\a0" "\\a0»"}' in style
    assert style.index("q:lang(fr)") < style.index("q:lang(fr-CA)")


def test_a_document_is_given_the_rules_of_its_languages_alone():
    page = html.fromstring('<p>«<q>ሓደ</q> <b lang="en"><i><q>Call 999</q></i></b></p>')
    assert quoted_in(page, "ti") == {"ti", "en"}
    assert render_quotes_of(quoted_in(page, "ti")) == (
        'q:lang(en){quotes:"“" "”" "‘" "’"}q:lang(ti){quotes:"«" "»" "“" "”"}'
    )
    assert render_quotes_of(()) == ""


def test_nothing_but_a_tag_gets_into_a_style():
    assert render_quotes_of(["so)</style><script>alert(1)</script>", "x{}", "so ", "1"]) == ""


def test_a_browser_finds_them_in_the_sheet_of_the_site(tab_for):
    content = (
        '<p>Dheh <q>haa</q> <q id="en" lang="en">help</q></p>'
        '<p lang="prs"><q id="prs">بلی</q></p>'
        '<p lang="fil"><q id="fil">oo</q></p>'
    )
    page = tab_for()
    page.goto("about:blank")  # the policy of a page that was here before would hold for this one
    page.set_content(f'<html lang="so"><style>{render_quotes()}</style>{content}</html>')
    found = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('q')].map("
        "q => [q.id, getComputedStyle(q).quotes.replaceAll('\"', '')]))"
    )
    assert found == {"": "“ ” ‘ ’", "en": "“ ” ‘ ’", "prs": "« » ‹ ›", "fil": "“ ” ‘ ’"}
