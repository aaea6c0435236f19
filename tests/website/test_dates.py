from datetime import date

import pytest

from pipeline.website.dates import convert_digits, format_date


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "24 November 2026"),
        ("ar", "24 نوفمبر 2026"),
        ("pl", "24 listopada 2026"),
        ("zh", "2026年11月24日"),
        ("so", "Noofeembar 24, 2026"),
    ],
)
def test_dates_in_words_of_the_language(project, tag, expected):
    assert format_date(date(2026, 11, 24), project.locale(tag)) == expected


def test_every_language_of_the_table_can_write_a_date(project):
    for locale in project.locales:
        text = format_date(date(2026, 11, 24), locale)
        assert convert_digits("24", locale.digits) in text, locale.tag


def test_dari_has_the_month_names_of_afghanistan(project):
    assert "نومبر" in format_date(date(2026, 11, 24), project.locale("prs"))


def test_digits_of_a_numbering_system():
    assert convert_digits("24", "beng") == "২৪"
    assert convert_digits("24", "latn") == "24"
