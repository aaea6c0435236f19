"""What a PO file means, and what makes one unusable."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs import check_language, parse_catalog, plain
from pipeline.errors import CatalogError
from pipeline.model import Origin, UnitKey

PATH = Path("so/covid-19/rest.po")


def units(header, body):
    return parse_catalog((header + "\n" + body).encode(), PATH).units


def test_a_unit_with_everything(header):
    (unit,) = units(
        header,
        "# Ma hubo ereyga.\n"
        "#. list item in: When to get help\n"
        "#: content/covid-19/rest.md\n"
        "#, fuzzy, no-wrap\n"
        '#| msgctxt "verb"\n'
        '#| msgid "Ring 999"\n'
        'msgctxt "noun"\n'
        'msgid "Call 999 for \\"help\\""\n'
        'msgstr ""\n'
        '"Wac 999\\n"\n'
        '"caawimaad"\n',
    )
    assert unit.translator_comments == ("Ma hubo ereyga.",)
    assert unit.extracted_comments == ("list item in: When to get help",)
    assert unit.references == ("content/covid-19/rest.md",)
    assert unit.flags == ("no-wrap",)
    assert unit.previous == UnitKey("verb", "Ring 999")
    assert unit.key == UnitKey("noun", 'Call 999 for "help"')
    assert unit.msgstr == "Wac 999\ncaawimaad"
    assert (unit.fuzzy, unit.obsolete, unit.line, unit.origin) == (True, False, 18, Origin.HUMAN)


def test_an_obsolete_unit_keeps_its_comments_flags_and_previous_msgid(header):
    (unit,) = units(
        header,
        "# من المترجم\n"
        "#, fuzzy\n"
        '#~| msgid "Stay in"\n'
        '#~ msgctxt "order"\n'
        '#~ msgid ""\n'
        '#~ "Stay "\n'
        '#~ "at home"\n'
        '#~ msgstr "ابق في المنزل"\n',
    )
    assert unit.obsolete
    assert unit.fuzzy
    assert unit.key == UnitKey("order", "Stay at home")
    assert unit.previous == UnitKey(None, "Stay in")
    assert unit.translator_comments == ("من المترجم",)


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_only_a_line_feed_ends_a_line(header, mark):
    (unit,) = units(header, f'msgid "a{mark}b"\nmsgstr "c{mark}d"\n')
    assert (unit.msgid, unit.msgstr) == (f"a{mark}b", f"c{mark}d")


def test_what_editors_may_write_otherwise(header):
    (unit,) = units(
        header,
        '  msgid   "a\tb"  \n\t"c"\nmsgstr "x\\t\\\\"\n',
    )
    assert (unit.msgid, unit.msgstr) == ("a\tbc", "x\t\\")


def test_escapes_by_number(header):
    # `msgcat --escape` writes the bytes of every letter so.
    (unit,) = units(header, 'msgid "a\\x41"\nmsgstr "\\330\\263 \\101\\n"\n')
    assert (unit.msgid, unit.msgstr) == ("aA", "س A\n")


@pytest.mark.parametrize("mark", ["#=", "#,"])
def test_flags_of_both_kinds(header, mark):
    # gettext 0.26 reads flags of the workflow after `#=` too; `#===` is a translator's line.
    (unit,) = units(header, f'#=====\n{mark} fuzzy, no-wrap\nmsgid "a"\nmsgstr "b"\n')
    assert (unit.fuzzy, unit.flags, unit.translator_comments) == (True, ("no-wrap",), ("=====",))


@pytest.mark.parametrize(
    "comment",
    [
        '# | msgctxt "verb"\n# | msgid "Ring 999 for help"\n',
        '# | msgctxt "verb"\n# | msgid "Ring 999 for\n# help"\n',
        '# | msgctxt "verb"\n# | msgid ""\n# | "Ring 999 "\n# | "for help"\n',
    ],
)
def test_a_previous_msgid_that_babel_has_made_a_comment(header, comment):
    (unit,) = units(header, f'# Hubi.\n{comment}#, fuzzy\nmsgid "a"\nmsgstr "b"\n')
    assert unit.previous == UnitKey("verb", "Ring 999 for help")
    assert unit.translator_comments == ("Hubi.",)


@pytest.mark.parametrize("comment", ['| msgid "Ring', "| msgid", '| msgctxt "verb"', "| a | b |"])
def test_a_comment_that_only_looks_like_a_previous_msgid(header, comment):
    (unit,) = units(header, f'# {comment}\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n')
    assert (unit.previous, unit.translator_comments) == (None, (comment,))


def test_paths_with_a_space_in_references(header):
    (unit,) = units(header, '#: \u2068my notes/a b.md\u2069 c.md\nmsgid "a"\nmsgstr "b"\n')
    assert unit.references == ("\u2068my notes/a b.md\u2069", "c.md")


def test_a_fuzzy_header_is_read(header):
    assert parse_catalog(("#, fuzzy\n" + header).encode(), PATH).units == ()


UNIT = 'msgid "Rest."\nmsgstr "Naso."\n'

# What is wrong, the damaged body, its line below the header, a word of the message.
DAMAGED = {
    "merge conflict": ('<<<<<<< HEAD\nmsgid "a"\n=======\n', 2, "merge conflict"),
    "conflict within a unit": ('msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n', 3, "merge conflict"),
    "duplicate": (UNIT + "\n" + UNIT, 5, "twice: first in line 11"),
    "duplicate of an obsolete unit": (
        UNIT + '\n#~ msgid "Rest."\n#~ msgstr "x"\n',
        5,
        "twice: first in line 11",
    ),
    "second header": ('msgid ""\nmsgstr "x"\n', 2, "twice: first in line 2"),
    "no quotes": ("msgid Rest.\n", 2, "does not begin with a quotation mark"),
    "quotes not closed": ('msgid "Rest.\n', 2, "does not end with a quotation mark"),
    "escaped last quote": ('msgid "Rest.\\"\n', 2, "does not end with a quotation mark"),
    "quote within": ('msgid "the "best" one"\n', 2, "inside a text"),
    "half a letter": ('msgid "a"\nmsgstr "\\330"\n', 3, "`\\330` is not an escape"),
    "unknown escape": ('msgid "C:\\dir"\nmsgstr ""\n', 2, "`\\d` is not an escape"),
    "plural": ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 3, "plural"),
    "msgstr twice": ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 4, "cannot stand"),
    "msgstr alone": ('msgstr "b"\n', 2, "cannot stand"),
    "msgid twice": ('msgid "a"\nmsgid "b"\n', 3, "cannot stand"),
    "comment in a unit": ('msgid "a"\n# b\nmsgstr "c"\n', 3, "not complete"),
    "blank line in a unit": ('msgid "a"\n\nmsgstr "c"\n', 3, "not complete"),
    "cut off after msgid": ('msgid "a"\n', 3, "not complete"),
    "cut off in a string": (UNIT + '\nmsgid "Dri', 5, "does not end with a quotation mark"),
    "cut off in comments": (UNIT + "\n#. paragraph\n#: a.md\n", 7, "belong to no unit"),
    "string alone": ('"text"\n', 2, "without `msgid`"),
    "other text": ("Dear translator,\n", 2, "no part of a PO file"),
    "other word": ('msgtext "a"\n', 2, "not a word of a PO file"),
    "half obsolete": ('#~ msgid "a"\nmsgstr "b"\n', 3, "obsolete"),
    "bad previous": ("#| text\nmsgid", 2, "#|"),
    "carriage return": ('msgid "a"\r\nmsgstr "b"\r\n', 2, "CRLF"),
    "NUL": ('msgid "a\0"\nmsgstr "b"\n', 2, "NUL"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_told_with_its_line(header, name):
    body, line, words = DAMAGED[name]
    with pytest.raises(CatalogError) as caught:
        units(header, body)
    assert words in caught.value.message
    assert caught.value.path == PATH
    assert caught.value.line == header.count("\n") + line
    assert caught.value.remedy


def damaged(data):
    with pytest.raises(CatalogError) as caught:
        parse_catalog(data, PATH)
    return caught.value


def test_latin_1_bytes_are_not_utf_8(header):
    error = damaged(header.encode() + '\nmsgid "a"\nmsgstr "naïve"\n'.encode("latin-1"))
    assert error.line == header.count("\n") + 3
    assert "not UTF-8; it is probably windows-1252" in error.message


def test_the_charset_that_the_header_names_is_the_likely_one(header):
    text = header.replace("UTF-8", "windows-1256") + '\nmsgid "a"\nmsgstr "راحة"\n'
    assert "probably windows-1256" in damaged(text.encode("windows-1256")).message


def test_a_header_that_names_another_charset(header):
    error = damaged(header.replace("UTF-8", "ISO-8859-1").encode())
    assert "ISO-8859-1" in error.message
    assert error.line == 2


def test_a_header_without_charset(header):
    assert "encoded" in damaged(header.replace("; charset=UTF-8", "").encode()).message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark(header, encoding):
    error = damaged(header.encode(encoding))
    assert error.line == 1
    assert "byte order mark" in error.message + error.remedy


def test_utf_16_without_a_mark(header):
    assert "UTF-16" in damaged(header.encode("utf-16-le")).message


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_an_empty_file(data):
    assert "empty" in damaged(data).message


def test_no_header():
    assert "no header" in damaged(UNIT.encode()).message


def test_a_header_field_that_stands_twice(header):
    error = damaged(header.encode() + b'"Language: ar\\n"\n')
    assert "Language: ar" in error.message


@pytest.mark.parametrize(("said", "folder"), [("so", "so"), ("pt_BR", "pt-BR"), ("", "so")])
def test_the_language_of_the_folder(header, said, folder):
    catalog = parse_catalog(header.replace("Language: so", f"Language: {said}").encode(), PATH)
    check_language(catalog, folder, PATH)


def test_a_catalog_in_the_wrong_folder(header):
    catalog = parse_catalog(header.encode(), PATH)
    with pytest.raises(CatalogError, match=r"says that this is `so`.* folder of `ar`"):
        check_language(catalog, "ar", PATH)


def line_of_error(data):
    """The line that the error names (0 if none); -1 where there is no error."""
    try:
        parse_catalog(data, PATH)
    except CatalogError as error:
        return error.line or 0
    return -1


@given(st.binary(max_size=300))
def test_any_bytes_give_a_catalog_or_an_error_with_a_line(data):
    assert line_of_error(data) != 0


@given(st.data())
def test_a_file_cut_anywhere_gives_a_catalog_or_an_error_with_a_line(data):
    whole = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '# ٢\n#. cell\n#, fuzzy\n#| msgid "b"\nmsgid "a\\n"\nmsgstr "አዎ"\n\n#~ msgid "c"\n'
        '#~ msgstr "d"\n'
    ).encode()
    cut = data.draw(st.integers(0, len(whole)))
    assert line_of_error(whole[:cut]) != 0


def reading(text):
    """All that comes of a file: its units with their lines, or the whole message."""
    try:
        return repr(parse_catalog(text.encode(), PATH))
    except CatalogError as error:
        return error.message, error.remedy, error.line


def reading_by_line(text):
    """The same where no block is read as a plain unit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "_PLAIN", re.compile(r"(?!)"))
        patch.setattr(plain, "_heads", {})
        return reading(text)


def readings(text):
    """What comes of a file when nothing of it was read before, and when all of it was."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "_heads", {})
        return [reading(text), reading(text)]


SHORT_HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
WHOLE = st.sampled_from([
    '#. list item in: Help\n#: a.md\nmsgid "Rest."\nmsgstr "Naso."\n',
    '#: a.md\nmsgctxt "verb"\nmsgid "Ring \\"999\\""\nmsgstr "اتصل\\n"\n',
    '# Hubi.\n#, fuzzy\n#| msgid "Stay in"\nmsgid "Stay"\nmsgstr "Joog"\n',
    '#~ msgid "Rest."\n#~ msgstr "Naso."\n',
    'msgid "Drink."\nmsgstr ""\n',
])  # fmt: skip
LINES = [
    "", " ", "# Hubi.", "#. cell", "#.  cell\x1c", "#. origin: machine; for 1f2e3d4c", "#.",
    "#: a.md", "#: a.md b.md", "#: \u2068x", "#, fuzzy", '#| msgctxt "x"', '#| msgid "old"',
    '#~ msgid "gone"', '#~ msgstr "gone"', '#~ "rest"', 'msgctxt "noun"', 'msgid "a"',
    'msgid "a" ', 'msgid "C:\\dir"', 'msgid ""', 'msgstr "t"', 'msgstr "u', 'msgstr "a\\"',
    '"more"', "=======",
]  # fmt: skip
PIECES = st.lists(st.sampled_from(LINES), min_size=1, max_size=3).map("\n".join)


@given(st.lists(WHOLE | PIECES, max_size=6), st.sampled_from(["", "\n", "\n\n"]))
def test_a_plain_unit_read_whole_is_what_its_lines_say(blocks, end):
    text = "\n".join([SHORT_HEADER, *blocks]) + end
    assert readings(text) == [reading_by_line(text)] * 2


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_between_plain_units_is_told_as_by_line(header, name):
    text = f'{header}\nmsgid "Sleep."\nmsgstr "Seexo."\n\n{DAMAGED[name][0]}\n{UNIT}'
    assert readings(text) == [reading_by_line(text)] * 2


@given(st.data())
def test_a_letter_changed_anywhere_is_read_as_by_line(data):
    text = "\n".join([SHORT_HEADER, *data.draw(st.lists(WHOLE | PIECES, min_size=1, max_size=4))])
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.sampled_from(["", '"', "\n", "\n\n", "\\", "#", " "]))
    damaged_text = text[:at] + put + text[at + data.draw(st.integers(0, 2)) :]
    assert readings(damaged_text) == [reading_by_line(damaged_text)] * 2
