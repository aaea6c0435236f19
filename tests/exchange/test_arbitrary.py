"""Whatever somebody sends: it is read, or refused with file and line; nothing else happens."""

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import CatalogError
from pipeline.exchange import parse_tsv, parse_xliff

PATH = Path("delivery")
FIELD = st.text(st.characters(exclude_characters='\t\r\n"', exclude_categories=["Cs"]), min_size=1)
ROWS = st.lists(st.tuples(FIELD, FIELD), min_size=1)


def is_read_or_refused(parse, data: bytes) -> bool:
    try:
        units = parse(data, PATH)
    except CatalogError as error:
        return error.path == PATH and (error.line or 0) > 0
    return bool(units) and all(unit.msgid and unit.line > 0 for unit in units)


@given(st.binary())
@example(b"\xff\xfe\x00")
@example(b'"\t"')
@example(b"\xef\xbb\xbf\t\n")
def test_any_bytes_as_a_table(data):
    assert is_read_or_refused(parse_tsv, data)


@given(st.text(st.sampled_from('ab"\t\r\n ')))
def test_quotes_tabs_and_line_ends_in_any_order(text):
    assert is_read_or_refused(parse_tsv, text.encode())


@given(st.binary())
@example(b"<xliff/>")
@example(b'<?xml version="1.0" encoding="x"?><a/>')
def test_any_bytes_as_xliff(data):
    assert is_read_or_refused(parse_xliff, data)


@given(ROWS)
def test_what_a_spreadsheet_writes_in_quotes_comes_back(rows):
    text = "source\ttarget\r\n" + "".join(f'"{a}"\t"{b}"\r\n' for a, b in rows)
    if all(a.strip() for a, _ in rows):
        read = [(unit.msgid, unit.msgstr) for unit in parse_tsv(text.encode(), PATH)]
        assert read == [(a.strip(" \n"), b.strip(" \n")) for a, b in rows]
