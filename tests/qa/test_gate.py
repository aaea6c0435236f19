"""Nothing passes the gate that was not made for exactly this English."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import (
    Catalog,
    Finding,
    Segment,
    SegmentKind,
    Severity,
    Unit,
    UnitKey,
)
from pipeline.qa import Gate, is_translation, open_gate

PATH = Path("locales/so/covid-19/when-to-get-help.po")


def segment(msgid: str, context: str | None = None) -> Segment:
    return Segment(
        msgid=msgid, context=context, kind=SegmentKind.PARAGRAPH, start=0, end=len(msgid), line=1
    )


def gate(segments, units, checks=(), **more) -> Gate:
    def check(texts):
        return [
            [f for each in text.segments for rule in checks for f in rule(each, unit, PATH, "so")]
            for text, unit in texts
        ]

    return open_gate(segments, Catalog(units=tuple(units)), check=check, **more)


def test_a_current_translation_is_shown():
    found = gate([segment("Call 999 now.")], [Unit(msgid="Call 999 now.", msgstr="Wac 999 hadda.")])
    assert found.targets == {UnitKey(None, "Call 999 now."): "Wac 999 hadda."}


def test_a_fuzzy_one_is_not_and_is_told_as_changed():
    old = UnitKey(None, "Stay at home for 10 days.")
    unit = Unit(
        msgid="Stay at home for 5 days.",
        msgstr="Guriga joog 10 maalmood.",
        fuzzy=True,
        previous=old,
    )
    found = gate([segment("Stay at home for 5 days.")], [unit])
    assert found.targets == {}
    assert found.changed == {UnitKey(None, "Stay at home for 5 days.")}


def test_an_obsolete_one_is_not():
    unit = Unit(msgid="Call 999 now.", msgstr="Wac 999 hadda.", obsolete=True)
    assert gate([segment("Call 999 now.")], [unit]).targets == {}


def test_another_context_is_another_unit():
    unit = Unit(msgid="Open", context="as a verb", msgstr="Fur")
    assert gate([segment("Open", "as an adjective")], [unit]).targets == {}


@pytest.mark.parametrize(
    ("severity", "is_shown"),
    [(Severity.CRITICAL, False), (Severity.MAJOR, False), (Severity.MINOR, True)],
)
def test_a_finding_above_minor_holds_it_back(severity: Severity, is_shown: bool):
    def check(_segment, unit, path, locale):
        return [
            Finding(
                check="number-mismatch",
                severity=severity,
                path=path,
                line=unit.line,
                message="999 became 99.",
                remedy="Write 999.",
                locale=locale,
            )
        ]

    unit = Unit(msgid="Call 999 now.", msgstr="Wac 99 hadda.", line=12)
    found = gate([segment("Call 999 now.")], [unit], checks=[check])
    assert bool(found.targets) is is_shown
    assert [(f.path, f.line, f.locale) for f in found.findings] == [(PATH, 12, "so")]


def test_one_place_where_it_does_not_fit_holds_a_text_back():
    def check(segment, unit, path, locale):
        if segment.kind is not SegmentKind.CELL:
            return []
        return [
            Finding(
                check="broken-page",
                severity=Severity.CRITICAL,
                path=path,
                line=unit.line,
                message="A bare `|`.",
                remedy="Write `\\|`.",
                locale=locale,
            )
        ]

    cell = replace(segment("Once a day"), kind=SegmentKind.CELL)
    unit = Unit(msgid="Once a day", msgstr="Maalintii | hal mar")
    found = gate([cell, segment("Once a day"), cell], [unit], checks=[check])
    assert found.targets == {}
    assert len(found.findings) == 1


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Call 999 now.", "Call 999 now.", False),  # copied: work not done
        ("Call 999  now.", "Call 999 now.", False),  # only white space differs
        ("Call 999 now.", "call 999 now!", False),  # only marks and capitals differ
        ("COVID-19", "COVID-19", True),  # a name stays a name
        ("NHS 111", "NHS 111", True),
        ("Call 999 now.", "999 ላይ ደውሉ።", True),
        ("Total", "Total", False),  # cannot be told from a copy: the safe answer
    ],
)
def test_a_copy_of_the_source_is_no_translation(source: str, target: str, expected: bool):
    assert is_translation(source, target) is expected


texts = st.text("ab ", min_size=1, max_size=3)


@given(
    st.lists(st.builds(segment, texts), max_size=5),
    st.lists(
        st.builds(Unit, msgid=texts, msgstr=texts, fuzzy=st.booleans(), obsolete=st.booleans()),
        max_size=8,
        unique_by=lambda unit: unit.msgid,
    ),
)
def test_law_only_exact_current_units_are_shown(segments, units):
    found = gate(segments, units)
    current = {unit.key: unit.msgstr for unit in units if unit.is_current}
    assert all(current[key] == target for key, target in found.targets.items())
    assert set(found.targets) <= {item.key for item in segments}
