"""What becomes of each question: by findings, by sign-offs, by what is not translated."""

from dataclasses import replace
from pathlib import Path

from pipeline.config.checklist import read_checklist
from pipeline.model import Finding, RiskTier, Severity
from pipeline.qa.report import OTHER, Facts, Noted, Verdict, answer
from pipeline.workflow import Role, Stage

TARGET = Facts(
    stages=frozenset({Stage.UNIT, Stage.DOCUMENT, Stage.OUTPUT}),
    risk=RiskTier.CLINICAL,
    texts=20,
    roles=frozenset({Role.TRANSLATOR, Role.REVISER}),
    command="pipeline review covid-19/stay --locale ar --role ROLE",
)
STRANGE = Finding(
    check="made-elsewhere",
    severity=Severity.MAJOR,
    path=Path("ar.po"),
    line=1,
    message="Something is wrong.",
    remedy="Mend it.",
)


def verdicts(facts: Facts) -> dict[str, Verdict]:
    return {each.item.id: each.verdict for each in answer(read_checklist(), facts)}


def waits(facts: Facts, item: str) -> list[str]:
    (found,) = (each for each in answer(read_checklist(), facts) if each.item.id == item)
    return [*map(str, found.waits), found.remedy]


def test_a_report_says_passed_failed_waived_and_waiting(report):
    found = {each.item.id: each.verdict for each in report.accounts[0].answers}
    assert found["numbers"] is Verdict.FAILED
    assert found["complete"] is Verdict.WAIVED
    assert found["typing"] is Verdict.ADVICE
    assert found["contacts"] is Verdict.PASSED
    assert found["second-person"] is Verdict.WAITING
    assert found["meaning"] is Verdict.PASSED
    assert report.headline == (
        "10 passed, 1 advice, 1 waived, 6 waiting, 1 failed; 1 finding is more than advice."
    )
    assert report.is_blocked


def test_nothing_that_is_not_translated_has_passed():
    found = verdicts(replace(TARGET, untranslated=20))
    assert set(found.values()) == {Verdict.WAITING}
    assert waits(replace(TARGET, untranslated=20), "numbers") == [
        "translator (20 texts)",
        "Translate what is missing.",
    ]


def test_who_is_waited_for_and_what_they_type():
    facts = replace(TARGET, untranslated=4, missing={Role.TRANSLATOR: 1, Role.REVISER: 16})
    assert waits(facts, "meaning") == [
        "translator (5 texts)",
        "`pipeline review covid-19/stay --locale ar --role translator`",
    ]
    assert waits(facts, "second-person") == [
        "reviser (16 texts)",
        "translator (4 texts)",
        "`pipeline review covid-19/stay --locale ar --role reviser`",
    ]


def test_a_role_that_may_follow_publication_is_said_to_be():
    facts = replace(
        TARGET, roles=frozenset({Role.COMMUNITY_READER}), owed={Role.COMMUNITY_READER: 1}
    )
    assert waits(facts, "is-understood") == [
        "community-reader (1 text), may follow publication",
        "`pipeline review covid-19/stay --locale ar --role community-reader`",
    ]


def test_only_roles_that_sign_are_asked():
    found = verdicts(TARGET)
    assert "second-person" in found
    assert "sounds-natural" not in found
    assert "facts-right" not in found


def test_what_the_public_gets_waits_for_a_build():
    assert waits(TARGET, "links-lead") == [
        "pipeline build",
        "Run `pipeline build`, then ask with --site: it looks at what the public gets.",
    ]


def test_what_no_question_asks_about_is_not_lost():
    (last,) = answer(read_checklist(), replace(TARGET, noted=(Noted(finding=STRANGE),)))[-1:]
    assert (last.item, last.verdict) == (OTHER, Verdict.FAILED)
