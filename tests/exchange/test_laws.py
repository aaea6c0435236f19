"""The law of every format: send, change some targets, take back: exactly those have changed.

On arbitrary texts in arbitrary scripts, with whatever a catalog may hold beside them.
"""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.catalogs import parse_catalog, render_catalog
from pipeline.exchange import (
    FORMATS,
    Row,
    Sheet,
    State,
    Suggestion,
    digest_target,
    from_catalog,
    take,
    to_catalog,
    unit_name,
)
from pipeline.exchange.editor import parse_work, render_work
from pipeline.exchange.mending import mend
from pipeline.exchange.sheet import portable
from pipeline.model import Catalog, Origin, Unit, UnitKey
from pipeline.segments import find_protected

PATH = Path("back/file")
HEADERS = (("Language", "ti"), ("Content-Type", "text/plain; charset=UTF-8"))

# What a catalog can hold: it refuses NUL and bare carriage returns.
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=40
)
COMMENT = TEXT.map(lambda text: text.replace("\n", " "))
SENTENCES = st.sampled_from(
    (
        "Call 999 if you cannot breathe.",
        "Wac 999 haddii aad neefsan weydo.",
        "اتصل بالرقم 999 إذا لم تستطع التنفس.",
        "শ্বাস নিতে না পারলে ৯৯৯ নম্বরে ফোন করুন।",
        "ክትስተንፍስ እንተዘይክኢልካ 999 ደውል።",
        "如果无法呼吸,请拨打 999。",
        '**Rest** and [read](https://www.nhs.uk "NHS") `x`{.big}',
        "=SUM(A1)",
        "'-5 °C",
        "_x0041_ <b>&amp;</b> ]]>",
        "one\ntwo",
        " spaces \t here ",
        "Context: x\nState",
        "key: 0123456789ab-0",
    )
)
TEXTS = SENTENCES | TEXT


@st.composite
def units(draw: st.DrawFn) -> Unit:
    target = draw(st.just("") | TEXTS)
    fuzzy = bool(target) and draw(st.booleans())
    drafted = fuzzy and draw(st.booleans())
    previous = draw(st.none() | TEXTS) if fuzzy else None
    return Unit(
        msgid=draw(TEXTS),
        context=draw(st.none() | TEXTS),
        msgstr=target,
        fuzzy=fuzzy,
        origin=Origin.MACHINE if drafted else Origin.HUMAN,
        origin_note="argos 1.12.1" if drafted else "",
        previous=UnitKey(None, previous) if previous else None,
        translator_comments=tuple(draw(st.lists(COMMENT, max_size=2))),
    )


#: Whatever a memory may hold: nothing of it may come back.
SUGGESTIONS = st.lists(
    st.builds(
        Suggestion,
        source=TEXTS,
        target=TEXTS,
        score=st.integers(70, 100),
        resource=TEXTS,
        roles=st.lists(TEXTS, max_size=1).map(tuple),
        differences=st.lists(TEXTS, max_size=1).map(tuple),
        is_imported=st.booleans(),
        is_sample=st.booleans(),
    ),
    max_size=2,
).map(tuple)
CATALOGS = st.lists(units(), max_size=6, unique_by=lambda unit: unit.key)


def send(units: list[Unit], suggestions: tuple[Suggestion, ...] = ()) -> Sheet:
    """The sheet of some units, each with suggestions beside it."""
    rows = tuple(
        Row(
            key=unit_name(*unit.key),
            base=digest_target(unit.msgstr),
            source=unit.msgid,
            target=unit.msgstr,
            context=unit.context,
            state=State.CHANGED if unit.fuzzy else State.DONE if unit.msgstr else State.NEW,
            remark="\n".join(unit.translator_comments),
            previous=unit.previous.msgid if unit.previous else "",
            suggestions=suggestions,
            protected=tuple(span.text for span in find_protected(unit.msgid)),
        )
        for unit in units
    )
    return Sheet(resource="covid-19/fever", locale="ti", rows=rows)


def through_po(sheet: Sheet) -> Sheet:
    catalog = to_catalog(sheet, HEADERS)
    return from_catalog(parse_catalog(render_catalog(catalog), PATH))


def through(form: str):
    if form == "po":
        return through_po
    if form == "work":
        return lambda sheet: parse_work(render_work(sheet), PATH)
    return lambda sheet: FORMATS[form].parse(FORMATS[form].render(sheet), PATH)


FORMS = pytest.mark.parametrize("form", [*FORMATS, "po", "work"])


def nothing(_source: str) -> tuple[str, ...]:
    return ()


@FORMS
@given(units=CATALOGS, beside=SUGGESTIONS)
@settings(max_examples=60)
@example(units=[Unit(msgid="a", msgstr="\x0b"), Unit(msgid="b", msgstr="x\u2028y\nz")], beside=())
@example(units=[Unit(msgid="a", translator_comments=("| b", " c ", "question: d"))], beside=())
def test_nothing_changes_where_nobody_changed_anything(form, units, beside):
    came_back = through(form)(send(units, beside))
    taken = take(units, came_back.rows, protected_of=nothing)
    assert taken.units == tuple(units)
    assert not taken.late


def without_place(sheet: Sheet) -> list[Row]:
    return [replace(row, place="") for row in sheet.rows]


@FORMS
@given(units=CATALOGS, beside=SUGGESTIONS)
@settings(max_examples=20)
def test_nothing_of_a_suggestion_comes_back(form, units, beside):
    go = through(form)
    assert without_place(go(send(units, beside))) == without_place(go(send(units)))


@FORMS
@given(data=st.data(), units=CATALOGS, beside=SUGGESTIONS)
@settings(max_examples=60)
def test_exactly_the_targets_that_were_changed_have_changed(form, data, units, beside):
    go = through(form)
    rows = list(go(send(units, beside)).rows)
    edits = {}
    for at in range(len(units)):
        if data.draw(st.booleans()):
            text = data.draw(TEXTS)
            if portable(text) and portable(text) != portable(units[at].msgstr):
                edits[at] = text
                rows[at] = replace(rows[at], target=text, state=State.DONE, is_open=False)
    order = data.draw(st.permutations(range(len(rows))))
    edited = replace(send(units), rows=tuple(replace(rows[at], suggestions=beside) for at in order))
    taken = take(units, go(edited).rows, protected_of=nothing)
    expected = [
        replace(
            unit,
            msgstr=mend(portable(edits[at]), unit.msgid, ()).text,
            fuzzy=False,
            origin=Origin.HUMAN,
            origin_note="",
            previous=None,
        )
        if at in edits
        else unit
        for at, unit in enumerate(units)
    ]
    assert list(taken.units) == expected


@FORMS
@given(units=CATALOGS)
@settings(max_examples=30)
def test_taking_twice_is_taking_once(form, units):
    rows = [replace(row, target=f"{row.target}!") for row in through(form)(send(units)).rows]
    once = take(units, rows, protected_of=nothing)
    twice = take(once.units, rows, protected_of=nothing)
    assert twice.units == once.units


@given(units=CATALOGS)
@settings(max_examples=60)
def test_no_text_becomes_a_formula_in_a_spreadsheet(units):
    text = FORMATS["csv"].render(send(units)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)]


@given(units=CATALOGS)
@settings(max_examples=30)
def test_the_catalog_that_comes_of_it_can_be_written_and_read(units):
    rows = [replace(row, target=f"{row.target}!") for row in send(units).rows]
    taken = take(units, rows, protected_of=nothing)
    catalog = Catalog(headers=HEADERS, units=taken.units)
    changed = parse_catalog(render_catalog(catalog), PATH).units
    assert [unit.msgstr for unit in changed] == [unit.msgstr for unit in taken.units]
