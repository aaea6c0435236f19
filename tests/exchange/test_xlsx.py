"""Spreadsheets: what a translator sees, what comes back, and what is refused with its cell."""

import io
import re
import zipfile

import openpyxl
import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange.xlsx_reading import parse_xlsx
from pipeline.exchange.xlsx_writing import column_name, render_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def part(data: bytes, name: str = SHEET) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_what_is_sent_comes_back(sheet, path, same):
    same(parse_xlsx(render_xlsx(sheet), path), sheet)


def test_the_same_sheet_gives_the_same_bytes(sheet):
    assert render_xlsx(sheet) == render_xlsx(sheet)


def test_the_first_rows_say_what_the_file_is(sheet):
    text = re.sub(r"<[^>]+>", "|", part(render_xlsx(sheet)))
    words = [word for word in text.split("|") if word.strip()]
    assert words[:6] == [
        "Resource",
        "covid-19/fever",
        "Fever",
        "Language",
        "so",
        "Somali, Soomaali (so)",
    ]
    names = words.index("English")
    assert words[names : names + 4] == ["English", "Translation", "State", "Your note"]


def test_critical_rows_say_so_in_words_and_in_colour(sheet):
    data = render_xlsx(sheet)
    assert "CRITICAL: box title in: When to get help" in part(data)
    assert "FFFFE0E0" in part(data, "xl/styles.xml")


def test_what_the_memory_has_stands_in_a_locked_column(sheet, arabic):
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(sheet)))
    (table,) = book.worksheets
    assert table["H4"].value == "Memory"
    assert table["H5"].value == (
        "Hadda wac 999\n(same text; agency-2020, imported, signed by nobody here)"
    )
    assert table["H6"].value == (
        "5 maalmood guriga joog.\n"
        "(96 of 100; covid-19/isolating, signed by translator, reviser)\n"
        "made for: Stay at home for 5 days.\n"
        "careful: the old text says 5 days, this one 3 days"
    )
    assert table["H7"].value == ""
    assert table["H5"].protection.locked
    assert table["B5"].value == ""
    # The lines in English keep their order in a cell that runs from right to left.
    back = openpyxl.load_workbook(io.BytesIO(render_xlsx(arabic))).active
    assert back["H6"].alignment.readingOrder == 2
    assert back["H6"].value == (
        "اشرب الماء كثيرًا.\n"
        "\u2066(80 of 100; covid-19/fever, nobody needs to sign, sample)\u2069\n"
        "\u2066made for: Drink water often.\u2069"
    )


def test_changed_words_are_marked(sheet):
    text = part(render_xlsx(sheet))
    assert re.search(r'<r><rPr><b/><u/>[^>]*>.*?<t xml:space="preserve">3</t></r>', text)
    assert re.search(r'<r><rPr><strike/>.*?<t xml:space="preserve">5</t></r>', text)


def locked(data: bytes) -> dict[str, bool]:
    """Whether the cells of the first row of texts are locked."""
    formats = re.findall(r'<protection locked="(\d)"/>', part(data, "xl/styles.xml"))
    cells = re.findall(r'<c r="([A-Z])5" s="(\d+)"', part(data))
    return {column: formats[int(style)] == "1" for column, style in cells}


def test_only_target_state_and_note_can_be_written_to(sheet):
    data = render_xlsx(sheet)
    assert "<sheetProtection" in part(data)
    assert [column for column, is_locked in locked(data).items() if not is_locked] == [
        "B",
        "C",
        "D",
    ]


def test_the_state_is_a_drop_down(sheet):
    text = part(render_xlsx(sheet))
    assert '<dataValidation type="list"' in text
    assert '<formula1>"new,changed,done,question"</formula1>' in text
    assert 'sqref="C5:C9"' in text


def test_the_names_of_the_columns_stay_in_sight(sheet):
    assert '<pane ySplit="4" topLeftCell="A5"' in part(render_xlsx(sheet))


def test_a_row_has_room_for_its_texts(sheet, replaced):
    told = replaced(sheet, 2, target="Nasasho badan " * 20)
    heights = re.findall(r'<row r="\d" ht="(\d+)">', part(render_xlsx(told)))
    assert heights == ["45", "90", "90", "30", "30"]


def test_arabic_is_written_from_right_to_left(arabic, sheet):
    assert 'rightToLeft="1"' in part(render_xlsx(arabic))
    assert 'readingOrder="2"' in part(render_xlsx(arabic), "xl/styles.xml")
    assert 'rightToLeft="0"' in part(render_xlsx(sheet))


def test_another_program_sees_what_we_mean(arabic, sheet):
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(sheet)))
    (table,) = book.worksheets
    assert (table["A5"].value, table["B6"].value) == ("Call 999 now", "Guriga joog 5 maalmood.")
    assert (table.freeze_panes, table.protection.sheet) == ("A5", True)
    assert (table["A5"].protection.locked, table["B5"].protection.locked) == (True, False)
    assert table["B5"].number_format == "@"
    (states,) = table.data_validations.dataValidation
    assert (states.formula1, str(states.sqref)) == ('"new,changed,done,question"', "C5:C9")
    assert not table.sheet_view.rightToLeft
    back = openpyxl.load_workbook(io.BytesIO(render_xlsx(arabic))).active
    assert back.sheet_view.rightToLeft
    assert back["B5"].alignment.readingOrder == 2


def test_what_another_program_saves_comes_back(sheet, path, same):
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(sheet)))
    saved = io.BytesIO()
    book.save(saved)
    same(parse_xlsx(saved.getvalue(), path), sheet)


def test_a_text_that_looks_like_a_formula_is_a_text(sheet, path, replaced):
    told = replaced(sheet, 0, target='=HYPERLINK("http://evil.example")')
    data = render_xlsx(told)
    assert "<f>" not in part(data)
    assert parse_xlsx(data, path).rows[0].target == '=HYPERLINK("http://evil.example")'


def test_a_text_that_a_cell_cannot_hold_is_refused(sheet, replaced):
    with pytest.raises(ExchangeError, match="40,000 characters"):
        render_xlsx(replaced(sheet, 0, target="a" * 40_000))


def test_rows_may_be_sorted_and_taken_out(sheet, path, edit):
    data = render_xlsx(sheet)
    rows = re.findall(r'<row r="\d+".*?</row>', part(data), re.DOTALL)
    # Excel writes new numbers; a program that does not is understood too.
    turned = "".join(rows[:4] + rows[:5:-1])
    moved = edit(data, SHEET, ("".join(rows), re.sub(r' r="[A-Z]*\d+"', "", turned)))
    back = parse_xlsx(moved, path)
    assert [row.source for row in back.rows] == [
        "One\ntwo",
        "Read [more](https://www.nhs.uk) and `x`{.small}",
        "Rest",
    ]
    assert [row.place for row in back.rows] == ["B5", "B6", "B7"]


CELL = '<c r="B5" s="{}" t="inlineStr"><is><t xml:space="preserve"></t></is></c>'


@pytest.fixture
def with_cell(sheet, edit):
    """A spreadsheet whose cell B5, the target of the first row, is another."""

    def run(cell: str) -> bytes:
        data = render_xlsx(sheet)
        (old,) = re.findall(r'<c r="B5".*?</c>', part(data))
        return edit(data, SHEET, (old, cell))

    return run


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ('<c r="B5"><f>1+1</f><v>2</v></c>', "a formula"),
        ('<c r="B5" t="str"><f>A5</f><v>Call</v></c>', "a formula"),
        ('<c r="B5"><v>0.1</v></c>', "a number or a date"),
        ('<c r="B5" t="d"><v>2026-11-26</v></c>', "a number or a date"),
        ('<c r="B5" t="b"><v>1</v></c>', "a truth value"),
        ('<c r="B5" t="e"><v>#NAME?</v></c>', "an error of the spreadsheet"),
        ('<c r="B5" t="s"><v>99</v></c>', "a text that is not there"),
    ],
)
def test_what_is_no_text_is_refused_with_its_cell(with_cell, path, cell, what):
    with pytest.raises(ExchangeError) as caught:
        parse_xlsx(with_cell(cell), path)
    assert caught.value.message.startswith(f"B5 in the column Translation holds {what}")
    assert "Nothing was taken." in caught.value.remedy


def test_a_whole_number_is_the_text_that_it_shows(with_cell, path):
    assert parse_xlsx(with_cell('<c r="B5"><v>999</v></c>'), path).rows[0].target == "999"


def test_formulas_in_columns_of_the_translator_are_left_alone(sheet, path, edit, same):
    data = render_xlsx(sheet)
    (key,) = re.findall(r'<c r="K5".*?</c>', part(data))
    more = edit(data, SHEET, (key, f'{key}<c r="L5"><f>LEN(B5)</f><v>0</v></c>'))
    same(parse_xlsx(more, path), sheet)


@pytest.mark.parametrize("area", ["A5:B5", "B6:B8", "A1:J9"])
def test_merged_cells_over_the_table_are_refused_with_their_cell(sheet, path, edit, area):
    merged = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    data = edit(render_xlsx(sheet), SHEET, ("</sheetData>", f"</sheetData>{merged}"))
    with pytest.raises(ExchangeError, match=r"^back/fever.so.xlsx: [AB]\d in .* merged cells"):
        parse_xlsx(data, path)


def test_merged_cells_above_the_table_do_no_harm(sheet, path, edit, same):
    merged = '<mergeCells count="1"><mergeCell ref="B3:F3"/></mergeCells>'
    data = edit(render_xlsx(sheet), SHEET, ("</sheetData>", f"</sheetData>{merged}"))
    same(parse_xlsx(data, path), sheet)


def test_a_missing_column_is_named(sheet, path, edit):
    data = edit(render_xlsx(sheet), SHEET, (">Translation<", ">Tarjumaad<"))
    with pytest.raises(ExchangeError, match="no column `Translation`"):
        parse_xlsx(data, path)


def test_without_the_names_of_the_columns_nothing_is_guessed(sheet, path, edit):
    data = edit(
        render_xlsx(sheet), SHEET, (">English<", "><"), (">Translation<", "><"), (">Key<", "><")
    )
    with pytest.raises(ExchangeError, match="No row names the columns"):
        parse_xlsx(data, path)


def test_a_state_that_there_is_none_of_is_refused_with_its_cell(sheet, path, edit):
    data = edit(render_xlsx(sheet), SHEET, (">changed<", ">dhammaystiran<"))
    with pytest.raises(ExchangeError, match="C6 holds no state: `dhammaystiran`"):
        parse_xlsx(data, path)


def test_a_key_that_was_written_over_is_refused_with_its_cell(sheet, path, edit):
    data = edit(render_xlsx(sheet), SHEET, (sheet.rows[0].token, "1"))
    with pytest.raises(ExchangeError, match="K5 holds no key: `1`"):
        parse_xlsx(data, path)


def test_a_row_that_somebody_added_has_no_key(sheet, path, edit):
    data = edit(render_xlsx(sheet), SHEET, (sheet.rows[0].token, ""))
    first = parse_xlsx(data, path).rows[0]
    assert (first.key, first.source) == ("", "Call 999 now")


@pytest.mark.parametrize(
    ("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")]
)
def test_columns_are_called_as_in_spreadsheets(at, name):
    assert column_name(at) == name
