"""Bytes that gettext's tools, polib and we agree on."""

import io
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs import (
    merge,
    parse_catalog,
    read_catalog,
    render_catalog,
    template,
    write_catalog,
)
from pipeline.model import Catalog, Origin, SegmentKind, Unit, UnitKey

needs_gettext = pytest.mark.skipif(
    not shutil.which("msgcat"), reason="GNU gettext is not installed"
)

EXPECTED_UNITS = """
# Eeg liiska ereyada.
#. CRITICAL: a mistake here can harm somebody. Translate and check this first.
#. list item in: When to get help › Emergencies
#: content/covid-19/rest.md
msgid "Call **999** if your lips are blue."
msgstr "Wac **999** haddii bushimahaagu buluug noqdaan."

#. table cell
#. origin: machine; argos 1.12.1, en_so 1.0, 2026-11-24; for fc181030
#: content/covid-19/rest.md
#, fuzzy
#| msgid "Rest for 4 days."
msgctxt "days"
msgid "Rest for 5 days."
msgstr "Naso 5 maalmood."

#: content/covid-19/rest.md
msgid ""
"First line\\n"
"second \\"line\\" with a tab\\there and C:\\\\"
msgstr ""
"Sadar\\n"
"labaad"

#: content/covid-19/rest.md
msgid "Not yet translated, and longer than the letters at which most tools begin a new line."
msgstr ""

# Hore.
# fuzzy: not finished
#, fuzzy
#~ msgid "Old"
#~ msgstr "Duug"
"""


@pytest.fixture
def catalog(header):
    where = {"references": ("content/covid-19/rest.md",)}
    units = (
        Unit(
            msgid="Call **999** if your lips are blue.",
            msgstr="Wac **999** haddii bushimahaagu buluug noqdaan.",
            translator_comments=("Eeg liiska ereyada.",),
            extracted_comments=(
                "CRITICAL: a mistake here can harm somebody. Translate and check this first.",
                "list item in: When to get help › Emergencies",
            ),
            **where,
        ),
        Unit(
            msgid="Rest for 5 days.",
            context="days",
            msgstr="Naso 5 maalmood.",
            fuzzy=True,
            origin=Origin.MACHINE,
            origin_note="argos 1.12.1, en_so 1.0, 2026-11-24",
            previous=UnitKey(None, "Rest for 4 days."),
            extracted_comments=("table cell",),
            **where,
        ),
        Unit(
            msgid='First line\nsecond "line" with a tab\there and C:\\',
            msgstr="Sadar\nlabaad",
            **where,
        ),
        Unit(
            msgid="Not yet translated, and longer than the letters at which most tools begin a "
            "new line.",
            **where,
        ),
        Unit(msgid="Old", msgstr="Duug", fuzzy=True, obsolete=True, translator_comments=("Hore.",)),
    )
    empty = parse_catalog(header.encode(), Path("rest.po"))
    return Catalog(headers=empty.headers, header_comments=empty.header_comments, units=units)


def test_the_file_as_a_translator_sees_it(catalog, header):
    assert render_catalog(catalog).decode() == header + EXPECTED_UNITS


def test_reading_gives_back_what_was_written(catalog, path):
    assert parse_catalog(render_catalog(catalog), path) == catalog


TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), min_size=1, max_size=20
)
COMMENTS = st.lists(
    st.sampled_from(["nota", "  two spaces", "origin of this", "ملاحظة"]), max_size=2
).map(tuple)
UNITS = st.builds(
    Unit,
    msgid=TEXT,
    context=st.none() | TEXT,
    msgstr=TEXT,
    fuzzy=st.booleans(),
    origin=st.sampled_from(Origin),
    previous=st.none() | st.builds(UnitKey, st.none() | TEXT, TEXT),
    flags=st.sampled_from([(), ("no-wrap",)]),
    translator_comments=COMMENTS,
    obsolete=st.booleans(),
)


@given(st.lists(UNITS, max_size=5, unique_by=lambda unit: unit.key))
def test_any_catalog_comes_back(units):
    catalog = Catalog(
        headers=(("Content-Type", "text/plain; charset=UTF-8"),),
        header_comments=("x",),
        units=tuple(units),
    )
    assert parse_catalog(render_catalog(catalog), Path("x.po")) == catalog


@needs_gettext
def test_msgfmt_passes_and_misses_only_what_editors_add(catalog, tmp_path):
    write_catalog(tmp_path / "a.po", catalog)
    command = ["msgfmt", "--check", "--verbose", "-o", tmp_path / "a.mo", tmp_path / "a.po"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *warnings, counts = done.stderr.splitlines()
    missing = ("PO-Revision-Date", "Last-Translator", "Language-Team")
    assert [name for name in missing if f"'{name}' missing" in "".join(warnings)] == [*missing]
    assert len(warnings) == len(missing)
    assert counts == "2 translated messages, 1 fuzzy translation, 1 untranslated message."


@needs_gettext
def test_msgcat_writes_the_same_bytes(catalog, tmp_path):
    write_catalog(tmp_path / "a.po", catalog)
    done = subprocess.run(
        ["msgcat", "--no-wrap", tmp_path / "a.po"], capture_output=True, check=True
    )
    assert done.stdout.decode() == render_catalog(catalog).decode()


@needs_gettext
def test_msgmerge_takes_our_template(catalog, segment, tmp_path):
    texts = [segment(unit.msgid, unit.context) for unit in catalog.units if not unit.obsolete]
    write_catalog(tmp_path / "a.po", catalog)
    write_catalog(tmp_path / "a.pot", template(texts, reference="content/covid-19/rest.md"))
    subprocess.run(
        ["msgmerge", "--quiet", "--update", tmp_path / "a.po", tmp_path / "a.pot"], check=True
    )
    merged = {unit.key: unit.msgstr for unit in read_catalog(tmp_path / "a.po").units}
    assert merged == {unit.key: unit.msgstr for unit in catalog.units}


def test_polib_writes_the_same_bytes(catalog, tmp_path):
    path = tmp_path / "a.po"
    write_catalog(path, catalog)
    polib.pofile(str(path), wrapwidth=10**6).save()
    assert path.read_text() == render_catalog(catalog).decode()


def wrapped_by_polib(path):
    polib.pofile(str(path)).save()


def wrapped_by_gettext(path):
    subprocess.run(["msgcat", "-o", path, path], check=True)


def test_babel_reads_it(catalog):
    # MkDocs brings Babel along.
    babel = pytest.importorskip("babel.messages.pofile")
    read = babel.read_po(io.BytesIO(render_catalog(catalog)))
    texts = {(message.context, message.id): message.string for message in read if message.id}
    assert texts == {unit.key: unit.msgstr for unit in catalog.units if not unit.obsolete}


@pytest.mark.parametrize(
    "save", [wrapped_by_polib, pytest.param(wrapped_by_gettext, marks=needs_gettext)]
)
def test_a_file_that_an_editor_has_wrapped_is_left_alone(catalog, tmp_path, save):
    path = tmp_path / "a.po"
    write_catalog(path, catalog)
    save(path)
    saved = path.read_bytes()
    assert saved != render_catalog(catalog)
    assert write_catalog(path, catalog) is False
    assert path.read_bytes() == saved


def test_a_file_that_says_the_same_is_not_touched(catalog, tmp_path):
    path = tmp_path / "so" / "a.po"
    assert write_catalog(path, catalog) is True
    before = path.stat()
    assert write_catalog(path, catalog) is False
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_damaged_file_is_not_overwritten(catalog, tmp_path):
    path = tmp_path / "a.po"
    path.write_bytes(b"<<<<<<< HEAD\n")
    with pytest.raises(Exception, match="merge conflict"):
        write_catalog(path, catalog)
    assert path.read_bytes() == b"<<<<<<< HEAD\n"


def test_a_draft_that_somebody_has_edited_is_theirs(catalog, path):
    edited = render_catalog(catalog).replace(b"Naso 5 maalmood", b"Nasasho 5 maalmood")
    unit = parse_catalog(edited, path).units[1]
    assert (unit.origin, unit.origin_note) == (Origin.HUMAN, "")


def test_the_origin_survives_a_wrapped_comment(catalog, tmp_path):
    path = tmp_path / "a.po"
    write_catalog(path, catalog)
    path.write_text(path.read_text().replace("argos 1.12.1, en_so", "argos 1.12.1,\n#. en_so"))
    assert read_catalog(path).units[1] == catalog.units[1]


def test_a_template_for_any_language(segment):
    heading = segment(
        "Rest", kind=SegmentKind.HEADING, section=("Staying at home",), note="A verb:\nto rest"
    )
    text = render_catalog(template([heading], reference="my notes/a.md")).decode()
    assert text == (
        "# Texts of my notes/a.md, for translation.\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: health-translation-pipeline\\n"\n'
        '"Language: \\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        "\n"
        "#. heading in: Staying at home\n"
        "#. note: A verb:\n"
        "#. to rest\n"
        "#: \u2068my notes/a.md\u2069\n"
        'msgid "Rest"\n'
        'msgstr ""\n'
    )


def rewritten_by_polib(path):
    polib.pofile(str(path)).save()


def rewritten_narrowly_by_polib(path):
    polib.pofile(str(path), wrapwidth=30).save()


def rewritten_by_gettext(path):
    subprocess.run(["msgcat", "-o", path, path], check=True)


def rewritten_by_babel(path):
    babel = pytest.importorskip("babel.messages.pofile")
    catalog = babel.read_po(io.BytesIO(path.read_bytes()))
    out = io.BytesIO()
    babel.write_po(out, catalog)
    path.write_bytes(out.getvalue())


@pytest.mark.parametrize(
    "save",
    [
        rewritten_by_polib,
        rewritten_narrowly_by_polib,
        rewritten_by_babel,
        pytest.param(rewritten_by_gettext, marks=needs_gettext),
    ],
)
def test_merging_finds_nothing_to_do_in_what_an_editor_has_saved(
    catalog, somali, segment, tmp_path, save
):
    notes = {
        0: "A long note on COVID-19-like-illness, which is more than a line of an editor. " * 2
    }
    segments = [
        segment(unit.msgid, unit.context, note=notes.get(number))
        for number, unit in enumerate(catalog.units)
        if not unit.obsolete
    ]
    path = tmp_path / "a.po"
    where = {"locale": somali, "reference": "content/covid-19/rest.md"}
    write_catalog(path, merge(catalog, segments, **where))
    save(path)
    saved = read_catalog(path)
    assert merge(saved, segments, **where) is saved
    assert write_catalog(path, saved) is False
    drafts = [(unit.origin_note, unit.previous) for unit in (saved.units[1], catalog.units[1])]
    assert drafts[0] == drafts[1]
    # Babel drops the flags of obsolete units; this one must not come back as finished.
    kept = {(unit.key, unit.msgstr, unit.fuzzy) for unit in saved.units}
    assert kept == {(unit.key, unit.msgstr, unit.fuzzy) for unit in catalog.units}
