"""Tables with tabs: with and without a first row of names, with quotes, as Windows writes them."""

from pathlib import Path

import pytest

from pipeline.errors import CatalogError
from pipeline.exchange import parse_tsv

PATH = Path("delivery/so.tsv")


def rows(text: str | bytes) -> list[tuple[int, str, str]]:
    data = text.encode() if isinstance(text, str) else text
    return [(unit.line, unit.msgid, unit.msgstr) for unit in parse_tsv(data, PATH)]


SALAAN = [(1, "Call 999.", "Wac 999."), (2, "Rest.", "Naso.")]


@pytest.mark.parametrize(
    "text",
    [
        "Call 999.\tWac 999.\nRest.\tNaso.\n",
        "Call 999.\tWac 999.\r\nRest.\tNaso.\r\n",
        "Call 999.\tWac 999.\nRest.\tNaso.",
        "\ufeffCall 999.\tWac 999.\nRest.\tNaso.\n",
        "Call 999.\tWac 999.\tclinical\nRest.\tNaso.\t\n\n",
        '"Call 999."\t"Wac 999."\n"Rest."\tNaso.\n',
    ],
)
def test_a_row_is_source_target_and_whatever_else(text):
    assert rows(text) == SALAAN


def test_excels_unicode_text_is_read():
    assert rows("\ufeffRest.\tاسترح.\r\n".encode("utf-16-le")) == [(1, "Rest.", "استرح.")]


@pytest.mark.parametrize(
    "head", ["source\ttarget", "Source\tSomali", "msgid\tmsgstr", "English\tTranslation"]
)
def test_a_first_row_of_names_is_no_text(head):
    assert rows(f"{head}\nRest.\tNaso.\n") == [(2, "Rest.", "Naso.")]


def test_the_first_row_says_which_column_is_which():
    text = "id\tContext\tTarget\tSource\n7\tas a verb\tNaso.\tRest.\n"
    (unit,) = parse_tsv(text.encode(), PATH)
    assert (unit.msgid, unit.msgstr, unit.context) == ("Rest.", "Naso.", "as a verb")


def test_a_text_that_is_the_name_of_a_language_is_a_text():
    assert rows("English\tIngiriisi\nRest.\tNaso.\n")[0] == (1, "English", "Ingiriisi")


def test_a_field_in_quotes_holds_line_ends_and_quotes():
    text = '"Say ""help"".\r\nThen rest."\t"Dheh ""i caawi"".\nKadib naso."\nRest.\tNaso.\n'
    assert rows(text) == [
        (1, 'Say "help".\nThen rest.', 'Dheh "i caawi".\nKadib naso.'),
        (4, "Rest.", "Naso."),
    ]


def test_a_quote_that_belongs_to_the_text_swallows_no_rows():
    text = '"Help" is a word.\t"Caawimo" waa eray.\n"Rest.\tNaso.\nSay "no".\tDheh "maya".\n'
    assert rows(text) == [
        (1, '"Help" is a word.', '"Caawimo" waa eray.'),
        (2, '"Rest.', "Naso."),
        (3, 'Say "no".', 'Dheh "maya".'),
    ]


def test_a_row_without_a_translation_is_there():
    assert rows("Rest.\t\n") == [(1, "Rest.", "")]


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "The table has no rows."),
        (b"\n\t\n", 1, "The table has no rows."),
        (b"Rest.\tNaso.\nCall 999.\n", 2, "The row has 1 column."),
        (b"Rest.\tNaso.\n\tWac 999.\n", 2, "The row has no source."),
        (b"Rest.\tNaso.\nCall.\tR\xe9pondez.\n", 2, "The line is not UTF-8."),
    ],
)
def test_a_damaged_table_is_refused_with_its_line(data, line, message):
    with pytest.raises(CatalogError) as refused:
        parse_tsv(data, PATH)
    assert (refused.value.path, refused.value.line) == (PATH, line)
    assert refused.value.message == message
