"""What a translation may change of the markup, and what not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import (
    check_foreign_markup,
    check_hidden_direction,
    check_markup_mismatch,
    check_no_words,
    markup_checks,
)
from pipeline.checks.features import has_markup, read_features
from pipeline.model import ProtectedSpan, Segment, SegmentKind, Severity, SpanKind, Unit
from pipeline.segments import find_problem

PATH = Path("locales/so/covid-19/rest.po")
DATA = Path(__file__).parents[1] / "data" / "attacks"
ATTACKS = (DATA / "markdown.txt").read_text(encoding="utf-8").rstrip("\n").split("\n----\n")


def foreign(segment, unit):
    return [finding.message for finding in check_foreign_markup(segment, unit, PATH, "so")]


def lost(segment, unit):
    return [finding.message for finding in check_markup_mismatch(segment, unit, PATH, "so")]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_as_translation_is_found(pair, attack):
    segment, unit = pair("Call [111](tel:111) for help.", f"Wac [111](tel:111) {attack}")
    found = check_foreign_markup(segment, unit, PATH, "so")
    assert found
    assert {finding.severity for finding in found} == {Severity.CRITICAL}


def test_the_finding_in_full(pair):
    segment, unit = pair("Call 111.", 'Wac <b onclick="a()">111</b>.')
    first, *_ = check_foreign_markup(segment, unit, PATH, "so")
    assert (first.check, first.path, first.line) == ("foreign-markup", PATH, 7)
    assert (first.locale, first.msgid) == ("so", "Call 111.")
    assert first.message == (
        "The translation brings in the tag <b>, which the source does not have."
    )
    assert first.remedy == "Take it out, or copy the markup of the source exactly."


# Source, translation, what is foreign in it.
FOREIGN = [
    ("See [rest](rest.md).", "Eeg [naso](https://evil.example/).", "https://evil.example"),
    ("See [rest](rest.md).", "انظر [الراحة](<rest.md?x>)", "a link to rest.md?x"),
    ("See [rest](rest.md).", "Eeg ![naso](rest.md).", "a picture from rest.md"),
    ("See https://www.nhs.uk/.", "请见https://www.nhs.uk.evil.example/。", "nhs.uk.evil.example"),
    ("Ask us.", "Na weydii www.evil.example.", "the address www.evil.example"),
    ("Ask us.", "Pisz: <a@evil.example>", "the address a@evil.example"),
    ("Rest.", "Naso.{: .critical }", "{.critical}"),
    ("Rest {time}.", "Naso {waqti}.", "{waqti}"),
    ("Rest.", "Naso {{ config }}.", "an instruction to a tool: {{"),
    ("Rest.", '--8<-- "/etc/passwd"', "an instruction to a tool: --8<--"),
    ("Rest.", "Naso <!-- x", "a comment"),
    ("Rest.[^1]", "Naso.[^1][^2]", "the footnote [^2]"),
    ("Rest.", "[x]: rest.md", "the definition of [x]"),
    ("See [rest][r].", "Eeg [naso][evil].", "[evil]"),
    ("A<br>B", "A<br>B<br>C", "the tag <br>"),
    ('<span class="a">B</span>', '<span class="b">B</span>', 'span class="b"'),
    ("Rest :material-bed:.", "Naso :fire:.", "the icon :fire:"),
    ("See [a](x.md).", r"Eeg [a](java\script:alert(1)).", "a link to java"),
    ("See [a](x.md).", "Eeg [a](java%73cript:alert(1)).", "runs a script"),
    ("See [a](x.md).", "Eeg [a](j\u200bavascript:alert(1)).", "runs a script"),
    ("See [a](x.md).", "Eeg [a [b](c)](evil.md).", "evil.md"),
]


@pytest.mark.parametrize(("source", "target", "what"), FOREIGN)
def test_what_is_foreign(pair, source, target, what):
    assert any(what in message for message in foreign(*pair(source, target)))


# Source and translation with nothing wrong.
FINE = [
    ("**Call 999** now.", "اتصل **الآن** بالرقم **999**."),
    ("Call [111](tel:111) now.", "এখনই [১১১](tel:111) নম্বরে কল করুন।"),
    ("See [rest](rest.md).", "[Odpoczynek](rest.md): zobacz."),
    ("See https://www.nhs.uk/covid.", "请见https://www.nhs.uk/covid。"),
    ("See <https://www.nhs.uk/>, then [rest][r].", "[Naso][r], kadib eeg <https://www.nhs.uk>."),
    ("Read [a](a.md) and [b](b.md).", "Lies [b](b.md) und [a](a.md); [a](a.md) zuerst."),
    ("Rest at {time}.[^1]", "{time} موږ آرام کوو.[^1]"),
    ('<img src="a.svg" alt="A bed">', "<img alt='Sariir' src='a.svg'>"),
    ("Date: 5 May", "Data: 5 maja"),
    ("Fill in the date", "Data: zz/ll/aaaa"),
    ("Under 38 degrees", "< 38 darajo"),
    ("The rule: rest", "Sharciga: naso :)"),
    ("Press `Ctrl`.", "Riix `Ctrl`."),
    ("Rest.{ .big }", "Naso.{ .big }"),
    ("Read [the page](https://example.org/a(b)).", "Akhri [bogga](https://example.org/a(b))."),
    ("Do *not* drive.", "Ha wadin."),
]


@pytest.mark.parametrize(("source", "target"), FINE)
def test_what_translators_do_is_fine(pair, source, target):
    assert foreign(*pair(source, target)) == []
    assert lost(*pair(source, target)) == []


LOST = [
    ("See [rest](rest.md).", "Eeg nasashada.", "a link to rest.md"),
    ("Checked on {date}", "Waa la hubiyey", "{date}"),
    ("Rest.[^1]", "Naso.", "the footnote [^1]"),
    ("See https://www.nhs.uk/.", "Eeg NHS.", "the address https://www.nhs.uk"),
    ("H<sub>2</sub>O", "H2O", "the tag <sub>"),
    ("Rest.{ .big }", "Naso.", "{.big}"),
]


@pytest.mark.parametrize(("source", "target", "what"), LOST)
def test_what_is_lost(pair, source, target, what):
    segment, unit = pair(source, target)
    found = check_markup_mismatch(segment, unit, PATH, "so")
    assert any(what in finding.message for finding in found)
    assert {finding.severity for finding in found} == {Severity.MAJOR}


def test_lost_code_is_known_from_the_protected_spans(pair):
    spans = (ProtectedSpan(kind=SpanKind.CODE, text="`Ctrl`"),)
    assert lost(*pair("Press `Ctrl`.", "Riix Ctrl.", spans)) == [
        "The translation has lost the code `Ctrl`."
    ]


def test_the_checks_of_a_unit():
    _, *others = markup_checks(lambda *_: None)
    assert others == [
        check_no_words,
        check_hidden_direction,
        check_foreign_markup,
        check_markup_mismatch,
    ]


TEXTS = st.text(
    st.sampled_from("ab <>[](){}!`'\"=:/&#;-%{}\\\n@.^*_ javscriptonclick") | st.characters(),
    max_size=60,
)


@given(TEXTS)
def test_law_a_copy_of_the_source_is_never_foreign_nor_lost(text):
    segment = Segment(msgid=text, kind=SegmentKind.PARAGRAPH, start=0, end=0, line=1)
    unit = Unit(msgid=text, msgstr=text)
    # An unseen character that turns text round is found in a copy too, and rightly.
    checks = [each for each in markup_checks(find_problem) if each is not check_hidden_direction]
    assert [f for check in checks for f in check(segment, unit, PATH, "so")] == []


@given(TEXTS)
def test_law_a_text_without_markup_has_no_features(text):
    if not has_markup(text):
        assert not read_features(text + " ")
