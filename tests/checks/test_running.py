"""Whoever asks only the checks that may find something finds what all of them do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import (
    Languages,
    UnitChecker,
    check_catalog,
    language_checks,
    markup_checks,
    without_consequences,
)
from pipeline.glossary import Glossary, Term, TermStatus
from pipeline.languages import load_language
from pipeline.model import Finding, Segment, SegmentKind, Severity, Unit
from pipeline.segments import find_problem

PATH = Path("locales/so/x/y.po")
GLOSSARY = Glossary([Term(source="fever", target="kulayl", status=TermStatus.FORBIDDEN)])


def languages(tag: str) -> Languages:
    return Languages(source=load_language("en"), target=load_language(tag), glossary=GLOSSARY)


def pair(source: str, target: str, line: int = 7) -> tuple[Segment, Unit]:
    segment = Segment(msgid=source, kind=SegmentKind.PARAGRAPH, start=0, end=len(source), line=line)
    return segment, Unit(msgid=source, msgstr=target, line=line)


def all_findings(tag: str, source: str, target: str) -> list[Finding]:
    checks = (*markup_checks(find_problem), *language_checks(languages(tag)))
    return [found for check in checks for found in check(*pair(source, target), PATH, tag)]


def quick_findings(tag: str, source: str, target: str) -> list[Finding]:
    checker = UnitChecker(PATH, tag, find_problem=find_problem, languages=languages(tag))
    return checker.find(*pair(source, target))


SAID = (
    "fever 10 two 5 days weeks not no call 999 020 7946 0018 a@b.org www.nhs.uk **bold** **lost "
    "[a](b.md) ? ( ) « » — ½ ፲፱ ٢٠ 1,5 1.5 1.500 COVID-19 kulayl laba maalmood toddobaad ma ha "
    "guriga joog \u200b \ufeff \u00ad Ã© Ø§ ??? \ufffd вдoма لا تترك না 不 %s {date} stay at home "
    "if you feel ill and call your doctor"
)
WORDS = st.sampled_from(SAID.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join) | st.text(min_size=1, max_size=40)


@given(st.sampled_from(["so", "ar", "bn", "zh", "uk", "xx"]), TEXTS, TEXTS)
def test_law_a_glance_never_hides_a_finding(tag, source, target):
    assert quick_findings(tag, source, target) == all_findings(tag, source, target)


@given(st.sampled_from(["so", "ar"]), TEXTS)
def test_law_nor_does_it_for_a_copy(tag, text):
    assert quick_findings(tag, text, text) == all_findings(tag, text, text)


def test_what_follows_from_another_finding_is_not_told():
    (found,) = check_catalog(
        [pair("Do not drink alcohol for 5 days.", "Usinywe pombe kwa siku 5 baada ya kuumwa.")],
        PATH,
        "so",
        find_problem=find_problem,
        languages=languages("so"),
    )
    assert (found.check, found.severity) == ("wrong-language", Severity.CRITICAL)


def test_findings_come_in_the_order_of_the_file_and_once():
    pairs = [
        pair("Wait 5 days.", "Sug 6 maalmood.", 3),
        pair("Rest.", "Naso.", 6),
        pair("Call 999.", "Wac 998.", 9),
    ]
    found = check_catalog(pairs, PATH, "so", find_problem=find_problem, languages=languages("so"))
    assert [(f.line, f.check) for f in found] == [(3, "number-mismatch"), (9, "number-mismatch")]


def test_a_cause_is_told_before_what_follows():
    def finding(check):
        return Finding(
            check=check, severity=Severity.MAJOR, path=PATH, line=1, message="", remedy=""
        )

    both = [finding("length-outlier"), finding("untranslated"), finding("number-mismatch")]
    assert [f.check for f in without_consequences(both)] == ["untranslated", "number-mismatch"]
    assert [f.check for f in without_consequences(both[:1])] == ["length-outlier"]


DATA = Path(__file__).parents[3] / "shared" / "data" / "tico19"


@pytest.mark.parametrize("tag", ["so", "ar", "zh", "ti"])
def test_professional_translations_give_the_same_either_way(tag):
    path = DATA / f"{tag}.tsv"
    if not path.exists():
        pytest.skip("the translations of TICO-19 are not beside this repository")
    rows = [line.split("\t")[:2] for line in path.read_text("utf-8").split("\n")[1:300] if line]
    for source, target in rows:
        assert quick_findings(tag, source, target) == all_findings(tag, source, target)
