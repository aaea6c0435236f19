"""PO files for editors at home: what was sent travels in a comment."""

from pipeline.catalogs import parse_catalog, render_catalog
from pipeline.exchange import State, from_catalog, to_catalog

HEADERS = (("Language", "so"), ("Content-Type", "text/plain; charset=UTF-8"))


def back(data: bytes, path):
    return from_catalog(parse_catalog(data, path))


def test_what_is_sent_comes_back(sheet, path, same):
    same(back(render_catalog(to_catalog(sheet, HEADERS)), path), sheet)


def test_a_unit_as_an_editor_sees_it(sheet):
    text = render_catalog(to_catalog(sheet, HEADERS)).decode()
    assert (
        "#. CRITICAL: a mistake here can harm somebody.\n"
        "#. box title in: When to get help\n"
        "#. 999 is the emergency number in the UK.\n"
        "#. glossary: GP: dhakhtar (preferred)\n"
        "#. memory: Hadda wac 999\n"
        "#. memory, (same text; agency-2020, imported, signed by nobody here)\n"
        f"#. key: {sheet.rows[0].token}\n"
        'msgid "Call 999 now"\n'
        'msgstr ""\n'
    ) in text
    assert (
        "#. memory: 5 maalmood guriga joog.\n"
        "#. memory, (96 of 100; covid-19/isolating, signed by translator, reviser)\n"
        "#. memory, made for: Stay at home for 5 days.\n"
        "#. memory, careful: the old text says 5 days, this one 3 days\n"
        f"#. key: {sheet.rows[1].token}\n"
        "#, fuzzy\n"
        '#| msgid "Stay at home for 5 days."\n'
        'msgid "Stay at home for 3 days."\n'
        'msgstr "Guriga joog 5 maalmood."\n'
    ) in text
    assert '"X-Resource: covid-19/fever\\n"' in text


def test_fuzzy_means_not_finished(sheet, path):
    data = render_catalog(to_catalog(sheet, HEADERS))
    changed = back(data.replace(b"Guriga joog 5", b"Guriga joog 3"), path).rows[1]
    assert (changed.state, changed.is_open) == (State.CHANGED, True)
    done = back(data.replace(b"#, fuzzy\n", b""), path).rows[1]
    assert (done.state, done.is_open) == (State.DONE, False)


def test_an_editor_that_drops_comments_costs_the_base_alone(sheet, path):
    data = render_catalog(to_catalog(sheet, HEADERS))
    lines = [line for line in data.splitlines(keepends=True) if not line.startswith(b"#. key")]
    bare = back(b"".join(lines), path)
    assert [row.key for row in bare.rows] == [row.key for row in sheet.rows]
    assert {row.base for row in bare.rows} == {""}
