"""Word files: a table that a translator fills in, and what word processors make of it."""

import io
import re
import zipfile

import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange import State
from pipeline.exchange.docx_reading import parse_docx
from pipeline.exchange.docx_writing import render_docx

DOCUMENT = "word/document.xml"


def part(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(DOCUMENT).decode()


def test_what_is_sent_comes_back(sheet, path, same):
    same(parse_docx(render_docx(sheet), path), sheet)


def test_the_same_sheet_gives_the_same_bytes(sheet):
    assert render_docx(sheet) == render_docx(sheet)


def test_our_cells_are_locked_and_the_state_is_a_drop_down(sheet):
    text = part(render_docx(sheet))
    assert '<w:lock w:val="sdtContentLocked"/>' in text
    assert '<w:dropDownList w:lastValue="changed">' in text
    assert '<w:listItem w:displayText="question" w:value="question"/>' in text


def test_critical_rows_say_so_in_words_and_in_colour(sheet):
    text = part(render_docx(sheet))
    assert "CRITICAL: box title in: When to get help" in text
    assert 'w:fill="FFE0E0"' in text


def words(xml: str) -> list[str]:
    """The paragraphs of a part, as they are read."""
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)", each)) for each in xml.split("</w:p>")]


def test_what_the_memory_has_ends_the_cell_about(sheet, arabic):
    told = words(part(render_docx(sheet)))
    at = told.index("Memory:", told.index("English before: Stay at home for 5 days."))
    assert told[at + 1 : at + 5] == [
        "5 maalmood guriga joog.",
        "(96 of 100; covid-19/isolating, signed by translator, reviser)",
        "made for: Stay at home for 5 days.",
        "careful: the old text says 5 days, this one 3 days",
    ]
    # Our cells are locked: this one too, line by line.
    text = part(render_docx(arabic))
    assert re.search(
        r'<w:p><w:pPr><w:bidi/></w:pPr><w:sdt><w:sdtPr><w:alias w:val="About"/><w:id w:val="\d+"/>'
        r'<w:lock w:val="sdtContentLocked"/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rtl/></w:rPr>'
        r'<w:t xml:space="preserve">اشرب الماء كثيرًا.</w:t>',
        text,
    )


def test_arabic_is_written_from_right_to_left(arabic, path, same):
    data = render_docx(arabic)
    assert "<w:bidiVisual/>" in part(data)
    assert "<w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr>" in part(data)
    same(parse_docx(data, path), arabic)


TRACKED = (
    '<w:r><w:t xml:space="preserve">Guriga </w:t></w:r>'
    '<w:del w:id="1"><w:r><w:delText>jog</w:delText></w:r></w:del>'
    '<w:ins w:id="2"><w:r><w:t>joog</w:t></w:r></w:ins>'
)
MOVED = (
    '<w:moveFrom w:id="1"><w:r><w:t>Guriga</w:t></w:r></w:moveFrom>'
    '<w:moveTo w:id="2"><w:r><w:t>joog</w:t></w:r></w:moveTo>'
)
COMMENTED = (
    '<w:commentRangeStart w:id="0"/><w:r><w:t>Naso</w:t></w:r>'
    '<w:r><w:commentReference w:id="0"/></w:r>'
)
#: The target of the second row, as it is sent.
TARGET = '<w:r><w:t xml:space="preserve">Guriga joog 5 maalmood.</w:t></w:r>'


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (
            "<w:r><w:t>Guriga </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>joog.</w:t></w:r>",
            "Guriga joog.",
        ),
        (TRACKED, "Guriga joog"),
        (MOVED, "joog"),
        ("<w:r><w:t>Guriga</w:t><w:br/><w:t>joog</w:t></w:r>", "Guriga\njoog"),
        ("<w:r><w:t>Guriga</w:t></w:r></w:p><w:p><w:r><w:t>joog</w:t></w:r>", "Guriga\njoog"),
        ("<w:r><w:t>covid</w:t><w:noBreakHyphen/><w:t>19</w:t></w:r>", "covid\u201119"),
        (
            '<w:hyperlink r:id="rId9" xmlns:r="x"><w:r><w:t>nhs.uk</w:t></w:r></w:hyperlink>',
            "nhs.uk",
        ),
        (COMMENTED, "Naso"),
        ('<w:proofErr w:type="spellStart"/><w:r><w:t>Naso</w:t></w:r>', "Naso"),
    ],
    ids=[
        "bold",
        "tracked",
        "moved",
        "break",
        "paragraphs",
        "hyphen",
        "link",
        "comment",
        "spelling",
    ],
)
def test_what_a_word_processor_makes_of_a_text(sheet, path, edit, runs, text):
    back = parse_docx(edit(render_docx(sheet), DOCUMENT, (TARGET, runs)), path)
    assert back.rows[1].target == text


def rows_of(data: bytes) -> list[str]:
    return re.findall(r"<w:tr>.*?</w:tr>", part(data), re.DOTALL)


def test_rows_may_be_moved_and_taken_out(sheet, path, edit):
    data = render_docx(sheet)
    *_, rest, read, lines = rows_of(data)
    moved = edit(data, DOCUMENT, (rest + read + lines, lines + rest))
    back = parse_docx(moved, path)
    assert [row.source for row in back.rows][2:] == ["One\ntwo", "Rest"]


def test_a_row_that_was_deleted_while_changes_were_tracked_is_gone(sheet, path, edit):
    data = render_docx(sheet)
    last = rows_of(data)[-1]
    gone = last.replace("<w:trPr>", '<w:trPr><w:del w:id="7"/>')
    assert len(parse_docx(edit(data, DOCUMENT, (last, gone)), path).rows) == 4


def test_a_table_that_was_split_in_two_is_read_as_one(sheet, path, edit, same):
    data = render_docx(sheet)
    rows = rows_of(data)
    head, last = rows[-6], rows[-1]
    start = re.findall(r"<w:tbl><w:tblPr>.*?</w:tblGrid>", part(data))[-1]
    split = edit(data, DOCUMENT, (last, f"</w:tbl><w:p/>{start}{head}{last}"))
    same(parse_docx(split, path), sheet)


def test_merged_cells_are_refused_with_their_row(sheet, path, edit):
    data = render_docx(sheet)
    row = rows_of(data)[-3]
    merged = row.replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>', 1)
    with pytest.raises(ExchangeError) as caught:
        parse_docx(edit(data, DOCUMENT, (row, merged)), path)
    assert caught.value.message == (
        "table 2, row 4, column 1 in the column English holds merged cells."
    )


def test_a_table_within_the_table_is_refused(sheet, path, edit):
    table = "</w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p>"
    data = edit(render_docx(sheet), DOCUMENT, (TARGET, TARGET + table))
    with pytest.raises(ExchangeError, match=r"row 3, column 2 .* a table of its own"):
        parse_docx(data, path)


def test_a_file_without_a_table_is_refused(sheet, path, edit):
    data = render_docx(sheet)
    text = part(data)
    tables = text[text.index("<w:tbl>") : text.rindex("</w:tbl>") + len("</w:tbl>")]
    with pytest.raises(ExchangeError, match="has no table"):
        parse_docx(edit(data, DOCUMENT, (tables, "<w:p/>")), path)


def test_a_state_that_was_chosen_is_read(sheet, path, edit):
    chosen = (
        ('lastValue="new"', 'lastValue="question"'),
        (
            '<w:t xml:space="preserve">new</w:t>',
            "<w:t>question</w:t>",
        ),
    )
    back = parse_docx(edit(render_docx(sheet), DOCUMENT, *chosen), path)
    assert back.rows[0].state is State.QUESTION
