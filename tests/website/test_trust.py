"""What a page says of who wrote it, who checked it, and how to report a mistake."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.model import PageState

SOMALI = {
    "written-by": "Waxaa qoray",
    "reviewed-by": "Waxaa hubiyey",
    "role-clinician": "xirfadle caafimaad",
    "role-translator": "turjubaan",
    "not-reviewed": "Weli cidna ma hubin turjumaaddan.",
    "pdf-version": "Nooca",
    "translated-from-version": "Waxaa laga turjumay nooca Ingiriisiga ee {date}",
    "mistake-subject": "Khalad ku jira boggan",
    "mistake-body": "Maxaa khaldan, maxayse ahayd inay tiraahdo?",
}


@pytest.fixture
def build(workshop):
    """Build one page and give its facts."""
    document = workshop.document("covid-19/fever", "Fever")

    def build_page(tag="so", strings=SOMALI, **changes):
        state = PageState.SOURCE if tag == "en" else PageState.LIVE
        page = workshop.page(document, tag, "Wac 999.", state=state, title="Qandho")
        page = replace(page, version_date=date(2026, 11, 20), **changes)
        site = workshop.build(tag, [page], strings=strings)
        return site.root("covid-19/fever/")

    return build_page


def facts(root):
    rows = root.xpath("//footer[@class='facts']/dl/div")
    return {row.find("dt").text_content(): row.find("dd").text_content() for row in rows}


def test_who_wrote_it_is_told_in_the_language_in_which_they_say_it(build):
    root = build()
    assert facts(root)["Waxaa qoray"] == "Health resources team"
    (owner,) = root.xpath("//footer[@class='facts']//dd/span[.='Health resources team']")
    assert owner.get("lang") == "en"


def test_who_checked_it_is_told_by_role(build):
    said = facts(build(reviewed=("clinician", "translator")))
    assert said["Waxaa hubiyey"] == "xirfadle caafimaad · turjubaan"


def test_a_translation_that_nobody_has_checked_says_so(build):
    assert facts(build())["Waxaa hubiyey"] == "Weli cidna ma hubin turjumaaddan."
    assert "Checked by" not in facts(build("en", {}))  # it is no translation


def test_the_english_version_is_named_by_its_date_in_the_readers_language(build):
    said = build().xpath("string(//p[@class='facts__links'])")
    assert "Waxaa laga turjumay nooca Ingiriisiga ee Noofeembar 20, 2026" in said


def test_where_that_is_not_translated_both_the_words_and_the_date_are_english(build):
    (span,) = build(strings={}).xpath("//p[@class='facts__links']/span[@lang='en'][time]")
    assert span.text_content() == "Translated from the English version of 20 November 2026"


def test_a_mistake_is_reported_in_ones_own_language_and_says_where_it_is(build):
    root = build()
    (link,) = root.xpath("//a[starts-with(@href, 'mailto:')]")
    mail = urlsplit(link.get("href"))
    assert mail.path == "mistakes@health.example.org"
    fields = {name: values[0] for name, values in parse_qs(mail.query).items()}
    assert fields["subject"] == "Khalad ku jira boggan: covid-19/fever (so)"
    assert fields["body"].split("\r\n") == [
        "Maxaa khaldan, maxayse ahayd inay tiraahdo?",
        "",
        "",
        "Qandho",
        "https://health.example.org/so/covid-19/fever/",
        facts(root)["Nooca"],
    ]


def test_the_version_changes_with_a_word(build):
    one, two = (facts(build(markdown=f"Guriga joog {days} maalmood."))["Nooca"] for days in (5, 10))
    assert one.startswith("2026-11-24.")
    assert one != two
