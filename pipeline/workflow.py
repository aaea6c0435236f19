"""The frozen types of the review: roles, what each risk tier needs, the checklist, ledger lines.

Beside ``pipeline.model``: that one says what is translated, this one who answers for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pipeline.model import Finding, RiskTier, Severity, Urgency


class Role(StrEnum):
    """What somebody answers for when they sign. Terms of ISO 17100:2015 where it has them."""

    AUTHOR = "author"  # wrote the source text
    CLINICIAN = "clinician"  # says that the advice is right
    TRANSLATOR = "translator"  # ISO 17100, 5.3.1
    REVISER = "reviser"  # compares target with source, is not the translator: ISO 17100, 5.3.3
    COMMUNITY_READER = "community-reader"  # reads the target as the public will
    PUBLISHER = "publisher"  # releases it


#: Roles that may work side by side. Steps follow one another.
Step = tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRules:
    """Who must sign a resource of one risk tier.

    Attributes:
        source: steps of the source text, first to last.
        target: steps of each translation, first to last.
        later: roles of ``target`` that may follow publication, in the urgencies named.
        later_urgencies: urgencies in which they may.
        later_days: calendar days after all others have signed until they must have.
        never_waived: roles that nobody can waive on a critical segment.
    """

    source: tuple[Step, ...]
    target: tuple[Step, ...]
    later: tuple[Role, ...] = ()
    later_urgencies: tuple[Urgency, ...] = ()
    later_days: int = 0
    never_waived: tuple[Role, ...] = (Role.CLINICIAN, Role.REVISER)

    def steps(self, *, of_source: bool) -> tuple[Step, ...]:
        """The steps of the source text, or of a translation."""
        return self.source if of_source else self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """How soon people ought to read an approved text in their language.

    Attributes:
        urgent_days: calendar days for an urgent resource.
        routine_working_days: working days for a routine one.
        alarm_days: calendar days after which anything is alarming.
    """

    urgent_days: int = 3
    routine_working_days: int = 10
    alarm_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each factor of the queue's rank counts.

    Attributes:
        urgent: factor of an urgent resource; a routine one has 1.
        critical: added for a task whose remaining words are all critical; a share of it otherwise.
        uncounted_people: people that a language is taken to serve where nobody has counted.
    """

    urgent: float = 3.0
    critical: float = 2.0
    uncounted_people: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """The project's rules of review.

    Attributes:
        tiers: who must sign, by risk tier.
        require_signatures: only sign-offs with a valid SSH signature count.
        allowed_signers: that file's path below the project's folder (ssh-keygen(1)).
        revoked_signers: path of revoked keys (ssh-keygen's KRL or a list of keys), or None.
        targets: how soon people ought to read it.
        weights: the queue's factors.
        holidays: country and, after a hyphen, part of it, whose public holidays are no working
            days (``GB-ENG``); empty for none.
        grace_days: days past ``review_by`` after which a clinical resource is withdrawn.
    """

    tiers: Mapping[RiskTier, TierRules]
    require_signatures: bool = False
    allowed_signers: str = "allowed_signers"
    revoked_signers: str | None = None
    targets: Targets = Targets()
    weights: Weights = Weights()
    holidays: str = "GB-ENG"
    grace_days: int = 30


#: Who must sign what a project's settings say nothing about; sources in
#: ``docs/reference/workflow.md``.
DEFAULT_TIERS: Mapping[RiskTier, TierRules] = {
    RiskTier.CLINICAL: TierRules(
        source=((Role.AUTHOR,), (Role.CLINICIAN,)),
        target=((Role.TRANSLATOR,), (Role.REVISER, Role.COMMUNITY_READER)),
        later=(Role.COMMUNITY_READER,),
        later_urgencies=(Urgency.URGENT,),
        later_days=5,
    ),
    RiskTier.GENERAL: TierRules(
        source=((Role.AUTHOR,),),
        target=((Role.TRANSLATOR,), (Role.REVISER,), (Role.COMMUNITY_READER,)),
        later=(Role.COMMUNITY_READER,),
        later_urgencies=(Urgency.URGENT, Urgency.ROUTINE),
        later_days=10,
    ),
    RiskTier.ACTIVITY: TierRules(
        source=((Role.AUTHOR,),),
        target=((Role.TRANSLATOR,), (Role.REVISER,)),
    ),
}
DEFAULT_WORKFLOW = Workflow(tiers=DEFAULT_TIERS)


class Stage(StrEnum):
    """When a question of the checklist is asked."""

    SOURCE = "source"  # of the source text
    UNIT = "unit"  # of each unit of a translation
    DOCUMENT = "document"  # of a translation as a whole
    OUTPUT = "output"  # of what the public gets


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One question of the checklist.

    Attributes:
        id: what it is called, kebab-case.
        question: in plain words; yes is good.
        role: who answers it by signing; None where checks do.
        checks: ids of the checks that answer it; empty where a role does.
        severity: the worst that a no means for publication.
        tiers: risk tiers that it belongs to.
        stages: when it is asked.
        standard: what it follows, in words.
        address: where that can be read.
        is_reset: a project has set the severity: all findings of the checks get it.
    """

    id: str
    question: str
    role: Role | None
    checks: tuple[str, ...] = ()
    severity: Severity
    tiers: tuple[RiskTier, ...]
    stages: tuple[Stage, ...]
    standard: str
    address: str
    is_reset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The questions, in the order in which they are asked."""

    items: tuple[ChecklistItem, ...] = ()

    def of_role(self, role: Role, risk: RiskTier) -> tuple[ChecklistItem, ...]:
        """What a role is asked about a resource of a risk tier."""
        return tuple(item for item in self.items if item.role is role and risk in item.tiers)

    def find(self, check: str) -> ChecklistItem | None:
        """The item that a check answers; None where there is none."""
        return next((item for item in self.items if check in item.checks), None)

    def judge(self, finding: Finding, risk: RiskTier) -> Finding:
        """A finding with the severity that the project gives it.

        What a check calls critical stays so. In a risk tier that an item does not belong to,
        the rest is advice.
        """
        item = None if finding.severity is Severity.CRITICAL else self.find(finding.check)
        if item is None:
            return finding
        severity = item.severity if item.is_reset else finding.severity
        if risk not in item.tiers:
            severity = Severity.MINOR
        return finding if severity is finding.severity else replace(finding, severity=severity)


NO_CHECKLIST = Checklist()


class EventKind(StrEnum):
    """What happened, for the clock and for the gate."""

    LIVE = "live"  # the public can read it from now on
    TAKEN_DOWN = "taken-down"  # the public could read it, and cannot any more
    REVOKED = "revoked"  # a sign-off is taken back
    WAIVED = "waived"  # a role is not waited for, until a day
    FINDING_WAIVED = "finding-waived"  # what a check found may stand, until a day
    WITHDRAWN = "withdrawn"  # somebody has stopped publication
    RESTORED = "restored"  # and allowed it again
    COMMENT = "comment"  # a reviewer said something
    MEDIA = "media"  # a picture or a recording was made for what its source was then


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Somebody answers for units as they stand.

    Attributes:
        time: UTC, ``2026-11-24T13:00:00Z``; in this form texts sort as times do.
        role: what they answer for.
        handle: who, by a short name of small letters, digits, ``.``, ``-`` and ``_``.
        locale: tag of the target locale, or of the source's.
        units: digests of the units covered, sorted.
        sample: a demonstration only; nobody has really looked.
        note: anything they want to say.
        signature: body of an SSH signature over the line without it; empty for none.
    """

    time: str
    role: Role
    handle: str
    locale: str
    units: tuple[str, ...]
    sample: bool = False
    note: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened.

    Attributes:
        time: as in :class:`SignOff`.
        event: what.
        handle: who did it; ``pipeline`` for the program.
        locale: as in :class:`SignOff`.
        units: digests of the units concerned; empty for all.
        revokes: id of the sign-off's line, for ``REVOKED``.
        finding: digest of what a check found in the one unit named, for ``FINDING_WAIVED``.
        role: the role that is waived, for ``WAIVED``.
        until: the last day on which it counts, for ``WAIVED`` and ``FINDING_WAIVED``.
        approved: time at which the source was approved, for ``LIVE``.
        words: source words that went live, for ``LIVE``.
        state: the page's state, for ``LIVE``.
        media: name of what a file stands for, for ``MEDIA``: a picture's path below ``content/``,
            or ``topic/slug`` of the text that a recording reads out.
        made_from: digest of that, as it was when the file was made.
        file: digest of the file.
        note: the reason, or anything else.
        signature: as in :class:`SignOff`; asked of what opens the gate (both waivers and
            ``RESTORED``).
    """

    time: str
    event: EventKind
    handle: str
    locale: str
    units: tuple[str, ...] = ()
    revokes: str = ""
    finding: str = ""
    role: Role | None = None
    until: date | None = None
    approved: str = ""
    words: int = 0
    state: str = ""
    media: str = ""
    made_from: str = ""
    file: str = ""
    note: str = ""
    signature: str = ""


Line = SignOff | Event
