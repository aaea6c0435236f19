"""CSV: what spreadsheets of all countries write, and encodings that lose letters."""

import codecs

import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange.csv_sheet import parse_csv, render_csv


def test_what_is_sent_comes_back(sheet, path, same):
    same(parse_csv(render_csv(sheet), path), sheet)


def test_what_a_translator_sees(sheet):
    lines = render_csv(sheet).decode("utf-8-sig").split("\r\n")
    assert lines[:2] == ["Resource,covid-19/fever,Fever", 'Language,so,"Somali, Soomaali (so)"']
    assert lines[3].startswith("English,Translation,State,Your note,What it is,About it,Glossary,")
    assert lines[4].startswith(
        "Call 999 now,,new,,CRITICAL: box title in: When to get help,999 is the emergency number"
    )


def test_excel_is_told_that_it_is_utf_8(sheet):
    assert render_csv(sheet).startswith(codecs.BOM_UTF8)


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+44 20 7946 0000", "-5", "@SUM(A1)", "'=1", "''+1", "'tis", "\t=1"),
        *("007", "08001111", "1/3", "10%", "1 March", "March 1", "TRUE", "true", "৯৯৯"),
    ],
)
def test_a_program_takes_no_text_for_a_formula_or_a_number(sheet, path, replaced, text):
    told = replaced(sheet, 0, target=text)
    data = render_csv(told)
    assert f",{text}," not in data.decode("utf-8-sig") or text == "'tis"
    assert parse_csv(data, path).rows[0].target == text


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode(),
        lambda text: text.replace("\r\n", "\n").encode(),
    ],
    ids=["utf-16", "utf-16-be", "utf-8", "unix"],
)
def test_encodings_that_lose_nothing_are_read(arabic, path, same, saved):
    same(parse_csv(saved(render_csv(arabic).decode("utf-8-sig")), path), arabic)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_countries_separate_in_other_ways(arabic, path, same, delimiter):
    text = render_csv(arabic).decode("utf-8-sig").replace('"Arabic, العربية (ar)"', "Arabic")
    head, rest = text.split("English,", 1)
    named = "How to" + delimiter + "…\r\n"
    about = head.split("How to")[0].replace(",", delimiter) + named
    same(parse_csv((about + "English," + rest).replace(",", delimiter).encode(), path), arabic)


def test_latin_1_is_refused_with_the_cell(sheet, path, replaced):
    told = replaced(sheet, 1, target="Bleiben Sie 3 Tage zu Hause, für alle.")
    data = render_csv(told).decode("utf-8-sig").encode("latin-1", "replace")
    with pytest.raises(ExchangeError) as caught:
        parse_csv(data, path)
    assert caught.value.message.startswith("B6 is not in UTF-8")
    assert "“CSV UTF-8”" in caught.value.remedy
    assert caught.value.line == 7


def test_utf_16_without_a_mark_is_refused(sheet, path):
    with pytest.raises(ExchangeError, match="may be UTF-16"):
        parse_csv(render_csv(sheet).decode("utf-8-sig").encode("utf-16-le"), path)


def test_a_file_that_is_cut_off_is_refused(arabic, path):
    data = render_csv(arabic).decode("utf-8-sig").encode("utf-16")
    with pytest.raises(ExchangeError, match="cut off"):
        parse_csv(data[:-1], path)


@pytest.mark.parametrize("data", [b"", b"a,b\r\n", b"\xef\xbb\xbf", b'"' * 1001])
def test_what_is_no_table_of_ours_is_refused(path, data):
    with pytest.raises(ExchangeError, match="No row names the columns"):
        parse_csv(data, path)


def test_a_field_without_end_is_refused(sheet, path):
    with pytest.raises(ExchangeError):
        parse_csv(render_csv(sheet) + b'"' + b"a" * 300_000, path)
