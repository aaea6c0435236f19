"""Findings and sign-offs → answers to the questions of the checklist."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import RiskTier, Severity
from pipeline.qa.report.values import Answer, Noted, Verdict, WaitsFor
from pipeline.workflow import Checklist, ChecklistItem, Role, Stage

#: For what a check without an item sees: nothing may get lost.
OTHER = ChecklistItem(
    id="other-findings",
    question="Did no other check see anything?",
    role=None,
    severity=Severity.MAJOR,
    tiers=tuple(RiskTier),
    stages=tuple(Stage),
    standard="This project",
    address="https://www.w3.org/International/",
)
_BUILD = WaitsFor(who="pipeline build")
_OUTPUT_REMEDY = "Run `pipeline build`, then ask with --site: it looks at what the public gets."


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a resource in a language.

    Attributes:
        stages: the stages that are asked about it.
        risk: its risk tier; None for a file that is no part of the project.
        noted: what the checks saw.
        texts: how many texts it has.
        untranslated: how many have no translation that counts.
        roles: roles that are asked to sign.
        missing: how many texts wait for each role, untranslated ones left out.
        owed: likewise, where publication does not wait for the role.
        command: what a role types to look at it; ``ROLE`` stands for the role.
        is_output_known: what the public gets of it was looked at.
    """

    stages: frozenset[Stage]
    risk: RiskTier | None
    noted: Sequence[Noted] = ()
    texts: int = 0
    untranslated: int = 0
    roles: frozenset[Role] = frozenset()
    missing: Mapping[Role, int] = field(default_factory=dict)
    owed: Mapping[Role, int] = field(default_factory=dict)
    command: str = ""
    is_output_known: bool = False


def answer(checklist: Checklist, facts: Facts) -> tuple[Answer, ...]:
    """The answers to all questions that are asked about a resource in a language.

    Args:
        checklist: the questions.
        facts: what is known.
    """
    by_check: dict[str, list[Noted]] = defaultdict(list)
    for noted in facts.noted:
        by_check[noted.finding.check].append(noted)
    answers = []
    for item in checklist.items:
        seen = [noted for check in item.checks for noted in by_check.pop(check, ())]
        if seen or _is_asked(item, facts):
            answers.append(_of_role(item, facts) if item.role else _of_checks(item, seen, facts))
    left = [noted for some in by_check.values() for noted in some]
    return (*answers, *([_of_checks(OTHER, left, facts)] if left else []))


def _is_asked(item: ChecklistItem, facts: Facts) -> bool:
    if not facts.stages & set(item.stages):
        return False
    if facts.risk is not None and facts.risk not in item.tiers:
        return False
    return item.role is None or item.role in facts.roles


def _of_checks(item: ChecklistItem, noted: Sequence[Noted], facts: Facts) -> Answer:
    if noted:
        worst = max(map(_verdict, noted), key=list(Verdict).index)
        remedies = dict.fromkeys(each.finding.remedy for each in noted if each.waiver is None)
        return Answer(item=item, verdict=worst, noted=tuple(noted), remedy=" ".join(remedies))
    if item.stages == (Stage.OUTPUT,) and facts.is_output_known:
        return Answer(item=item, verdict=Verdict.PASSED)
    if item.stages == (Stage.OUTPUT,):
        return Answer(item=item, verdict=Verdict.WAITING, waits=(_BUILD,), remedy=_OUTPUT_REMEDY)
    waits = tuple(_untranslated(facts))
    verdict = Verdict.WAITING if waits else Verdict.PASSED
    return Answer(item=item, verdict=verdict, waits=waits, remedy=_translate(waits))


def _verdict(noted: Noted) -> Verdict:
    if noted.waiver is not None:
        return Verdict.WAIVED
    return Verdict.ADVICE if noted.finding.severity is Severity.MINOR else Verdict.FAILED


def _of_role(item: ChecklistItem, facts: Facts) -> Answer:
    role = item.role or Role.AUTHOR
    is_first = role is Role.TRANSLATOR
    own = facts.missing.get(role, 0) + (facts.untranslated if is_first else 0)
    owed = facts.owed.get(role, 0)
    waits = []
    if own or owed:
        waits.append(WaitsFor(who=str(role), texts=own or owed, may_follow=not own))
    remedy = f"`{facts.command.replace('ROLE', role)}`" if waits and facts.command else ""
    waits += [] if is_first else _untranslated(facts)
    return Answer(
        item=item,
        verdict=Verdict.WAITING if waits else Verdict.PASSED,
        waits=tuple(waits),
        remedy=remedy or _translate(waits),
    )


def _untranslated(facts: Facts) -> Iterator[WaitsFor]:
    if facts.untranslated:
        yield WaitsFor(who=str(Role.TRANSLATOR), texts=facts.untranslated)


def _translate(waits: Sequence[WaitsFor]) -> str:
    return "Translate what is missing." if waits else ""
