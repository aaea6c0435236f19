"""A report's values: a section a file, an item a row that somebody should look at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.exchange.taking import LEFT_OUT, Account, Outcome
from pipeline.model import Finding, Severity, UnitKey

#: What is said of rows, by what became of them.
_WORDS = {
    Outcome.CONFLICT: (
        "Not taken: somebody else has changed this translation since the file was made.",
        "Compare the two, and write the better one; --theirs takes the file's.",
    ),
    Outcome.EMPTIED: (
        "The translation was deleted in the file; it is kept.",
        "To take it back, ask for its sign-offs to be revoked.",
    ),
    Outcome.NOT_THERE: ("Marked as done, and there is no translation.", "Write it."),
    Outcome.WRONG_COLUMN: (
        "Not taken: the English was changed, and the translation was not.",
        "Write the translation into the column Translation.",
    ),
    Outcome.TWICE: (
        "Not taken: the file has this text in two rows, which differ.",
        "Keep the row that counts.",
    ),
    Outcome.UNKNOWN: (
        "Not taken: this text is not in the resource.",
        "Write into a file that was exported.",
    ),
    Outcome.DRAFT: (
        "The English has changed since the file was made: taken as a draft for the new text.",
        "Compare it with the English as it is now.",
    ),
    Outcome.KEPT: (
        "The English is gone since the file was made: kept at the end of the catalog.",
        "Nothing; it comes back if the text does.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that a check saw, or that was done, about a row.

    Attributes:
        severity: what it does to publication; None for what is only told.
        text: what is wrong.
        remedy: what to do.
        check: the check's id; empty where none saw it.
    """

    severity: Severity | None
    text: str
    remedy: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row that somebody should look at.

    Attributes:
        place: where it is in the file: ``B14``.
        source: its source text.
        target: its target text, as the file has it.
        ours: what the catalog says, where that is another.
        notices: what is to be said about it.
        is_left_out: something of it was not taken.
    """

    place: str
    source: str
    target: str
    ours: str
    notices: tuple[Notice, ...]
    is_left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What became of one file.

    Attributes:
        file: its name.
        resource: ``topic/slug``.
        language: the language, for people.
        locale: its tag.
        counts: how many rows each outcome has.
        items: rows to look at, in the order of the file.
        remarks: what is to be said about the file.
        error: why nothing of it was taken; empty where something was.
    """

    file: str
    resource: str = ""
    language: str = ""
    locale: str = ""
    counts: tuple[tuple[Outcome, int], ...] = ()
    items: tuple[Item, ...] = ()
    remarks: tuple[str, ...] = ()
    error: str = ""

    def count(self, *outcomes: Outcome) -> int:
        """How many rows have one of these outcomes."""
        return sum(number for outcome, number in self.counts if outcome in outcomes)

    @property
    def left_out(self) -> int:
        """How many rows were not taken as their translator meant."""
        return self.count(*LEFT_OUT)

    @property
    def blocking(self) -> int:
        """How many findings keep a text from being published."""
        notices = (notice for item in self.items for notice in item.notices)
        return sum(each.severity in {Severity.CRITICAL, Severity.MAJOR} for each in notices)

    @property
    def headline(self) -> str:
        """What became of it, in one sentence."""
        if self.error:
            return self.error
        taken = self.count(Outcome.TAKEN, Outcome.CONFIRMED)
        parts = [f"{taken} translation{'' if taken == 1 else 's'} taken"]
        for outcomes, words in (
            ((Outcome.DRAFT,), "as drafts for a changed text"),
            ((Outcome.KEPT,), "kept for a text that is gone"),
            ((Outcome.NOTED,), "with a note alone"),
            ((Outcome.UNCHANGED,), "unchanged"),
            (tuple(LEFT_OUT), "not taken"),
        ):
            if number := self.count(*outcomes):
                parts.append(f"{number} {words}")
        return f"{', '.join(parts)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of some files."""

    sections: tuple[Section, ...]


def make_section(
    accounts: Sequence[Account],
    findings: Iterable[Finding],
    *,
    file: str,
    resource: str,
    language: str,
    locale: str,
    remarks: Iterable[str] = (),
) -> Section:
    """Put together what is to be said of one file.

    Args:
        accounts: what became of its rows.
        findings: what the checks say of the units that were taken.
        file: its name.
        resource: ``topic/slug``.
        language: the language, for people.
        locale: its tag.
        remarks: what is to be said about the file.
    """
    by_key: dict[UnitKey, list[Finding]] = {}
    for finding in findings:
        by_key.setdefault(UnitKey(finding.context, finding.msgid or ""), []).append(finding)
    items = (_item(each, by_key.get(each.key, ()) if each.key else ()) for each in accounts)
    counts = Counter(account.outcome for account in accounts)
    return Section(
        file=file,
        resource=resource,
        language=language,
        locale=locale,
        counts=tuple((outcome, counts[outcome]) for outcome in Outcome if counts[outcome]),
        items=tuple(item for item in items if item.notices),
        remarks=tuple(remarks),
    )


def _item(account: Account, findings: Iterable[Finding]) -> Item:
    row = account.row
    return Item(
        place=row.place,
        source=account.key.msgid if account.key else row.source,
        target=row.target,
        ours=account.ours,
        notices=tuple(_notices(account, findings)),
        is_left_out=account.outcome in LEFT_OUT,
    )


def _notices(account: Account, findings: Iterable[Finding]) -> Iterable[Notice]:
    if words := _WORDS.get(account.outcome):
        yield Notice(severity=None, text=words[0], remedy=words[1])
    if account.is_overwritten:
        text = "Taken over a translation that somebody else has written since."
        yield Notice(severity=None, text=text, remedy="Compare the two.")
    if account.remark:
        yield Notice(severity=None, text=account.remark)
    for finding in findings:
        yield Notice(
            severity=finding.severity,
            text=finding.message,
            remedy=finding.remedy,
            check=finding.check,
        )
