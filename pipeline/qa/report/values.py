"""A report: for each resource and language, what became of each question of the checklist."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pipeline.model import Finding, Severity
from pipeline.qa.waivers import Listed
from pipeline.workflow import ChecklistItem, Event

#: Digits of a finding's id that are shown; as many are enough for `--waive`.
SHOWN = 12


class Verdict(StrEnum):
    """What became of a question, the worst last."""

    PASSED = "passed"
    ADVICE = "advice"  # a check found something that holds nothing back
    WAIVED = "waived"  # what it found may stand, by a waiver
    WAITING = "waiting"  # somebody has still to answer, or to translate
    FAILED = "failed"  # a check found what holds a text back


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A finding in a report.

    Attributes:
        finding: what the check saw.
        id: what a waiver of it has to call it; empty where nothing can be waived.
        unit: digest of the unit that it is about; empty with the id.
        waiver: the waiver by which it may stand; None where there is none.
    """

    finding: Finding
    id: str = ""
    unit: str = ""
    waiver: Event | None = None

    @property
    def blocks(self) -> bool:
        """Whether it holds something back."""
        return self.waiver is None and self.finding.severity is not Severity.MINOR


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitsFor:
    """Who is waited for, and with how many texts.

    Attributes:
        who: a role, or ``pipeline build``.
        texts: how many texts; 0 where it is not about texts.
        may_follow: publication does not wait for it.
    """

    who: str
    texts: int = 0
    may_follow: bool = False

    def __str__(self) -> str:
        count = f" ({self.texts} text{'' if self.texts == 1 else 's'})" if self.texts else ""
        return f"{self.who}{count}{', may follow publication' if self.may_follow else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one question.

    Attributes:
        item: the question.
        verdict: what became of it.
        noted: what the checks saw.
        waits: who is waited for.
        remedy: what to do next; empty where there is nothing to do.
    """

    item: ChecklistItem
    verdict: Verdict
    noted: tuple[Noted, ...] = ()
    waits: tuple[WaitsFor, ...] = ()
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A resource in one language, or a file that is no part of the project.

    Attributes:
        resource: ``topic/slug``, or the file's name.
        locale: tag of the language; the source's own for the source text.
        answers: the questions that are asked about it, in their order.
    """

    resource: str
    locale: str
    answers: tuple[Answer, ...]

    @property
    def noted(self) -> tuple[Noted, ...]:
        """All that the checks saw of it."""
        return tuple(noted for answer in self.answers for noted in answer.noted)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many questions have which verdict."""
        return Counter(answer.verdict for answer in self.answers)

    @property
    def waits(self) -> tuple[WaitsFor, ...]:
        """Who is waited for, each once, with the greatest number of texts."""
        found: dict[str, WaitsFor] = {}
        for answer in self.answers:
            for wait in answer.waits:
                known = found.get(wait.who)
                if known is None or wait.texts > known.texts:
                    found[wait.who] = wait
        return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWaiver:
    """A waiver, with the resource and the language that it is of."""

    resource: str
    locale: str
    listed: Listed

    def __str__(self) -> str:
        """The waiver in a sentence or two, without where it is."""
        waiver, finding = self.listed.waiver, self.listed.finding
        about = f" {finding.message}" if finding else ""
        reason = waiver.note.rstrip(".")
        return f"until {waiver.until}, {waiver.handle}: {reason}.{about} — {self.listed.state}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole report.

    Attributes:
        root: the folder that names of files are given from; None for as they are.
        now: when it was made.
        accounts: the resources and languages.
        waivers: every waiver of findings in their ledgers.
        is_demonstration: sign-offs that are marked as samples count.
    """

    root: Path | None
    now: datetime
    accounts: tuple[Account, ...]
    waivers: tuple[ListedWaiver, ...] = ()
    is_demonstration: bool = False

    def noted(self) -> Iterator[tuple[Account, Noted]]:
        """All that the checks saw, with where."""
        for account in self.accounts:
            for noted in account.noted:
                yield account, noted

    @property
    def is_blocked(self) -> bool:
        """Whether a finding is more than advice, and not waived."""
        return any(noted.blocks for _, noted in self.noted())

    @property
    def headline(self) -> str:
        """The report in a sentence."""
        counts: Counter[Verdict] = Counter()
        for account in self.accounts:
            counts.update(account.counts)
        told = [f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]]
        blocking = sum(noted.blocks for _, noted in self.noted())
        one = blocking == 1
        what = "finding is" if one else "findings are"
        findings = f"; {blocking} {what} more than advice" if blocking else ""
        samples = (
            " This is a demonstration: sample sign-offs count." if self.is_demonstration else ""
        )
        return f"{', '.join(told) or 'Nothing was asked'}{findings}.{samples}"

    def file_of(self, finding: Finding) -> str:
        """The name of a finding's file, with slashes."""
        path, root = finding.path, self.root
        return (path.relative_to(root) if root and path.is_relative_to(root) else path).as_posix()
