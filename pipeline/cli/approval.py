"""What the ledgers say: may a resource be read at all, and who has signed which of its units.

The source side is judged once a resource, a translation once a locale. Whatever throws doubt
keeps the gate shut, and says why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.cli.units import DigestOf
from pipeline.cli.verdicts import Verdicts, open_verdicts
from pipeline.config import Project
from pipeline.errors import LedgerError, PipelineError
from pipeline.ledger import (
    NO_LEDGER,
    Cover,
    Ledger,
    Standing,
    Terms,
    Verifier,
    is_withdrawn,
    parse_ledger,
    read_ledger,
)
from pipeline.model import Document, RiskTier, Segment, UnitKey
from pipeline.qa import SignOffs
from pipeline.status import find_first_approval
from pipeline.workflow import Event, EventKind, Line, Role

_NAMES = {role: str(role).replace("-", " ") for role in Role}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where ledgers are read: the project, the moment, and how signatures are checked.

    Attributes:
        project: the project.
        now: the present moment, UTC.
        verifier: what checks signatures; None where none is asked for.
        files: what was read of files already, by path; None where there is no file. Others are
            read when they are asked for.
        verdicts: what the checks said of catalogs in earlier runs.
    """

    project: Project
    now: datetime
    verifier: Verifier | None = None
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    verdicts: Verdicts = field(default_factory=Verdicts)

    def terms(self, document: Document, *, of_source: bool) -> Terms:
        """What the risk and the urgency of a resource ask of one side of it."""
        metadata = document.metadata
        return Terms(
            rules=self.project.workflow.tiers[metadata.risk],
            of_source=of_source,
            urgency=metadata.urgency,
            now=self.now,
            accept_samples=self.project.demonstration,
            is_valid=self.verifier.is_valid if self.verifier else None,
        )

    def read(self, document: Document, tag: str, errors: list[PipelineError]) -> Ledger:
        """The ledger of a resource in a locale; what throws doubt on it is reported."""
        path = self.project.ledger_path(tag, document.topic, document.slug)
        if (name := str(path)) in self.files:
            data = self.files[name]
            ledger = parse_ledger(data, locale=tag, now=self.now) if data else NO_LEDGER
        else:
            ledger = read_ledger(path, locale=tag, now=self.now)
        errors += _doubts(path, ledger)
        return ledger

    def close(self) -> None:
        """Keep which signatures were good and what the checks said, for the next run."""
        self.verdicts.save()
        if self.verifier:
            self.verifier.save()


def open_office(project: Project, now: datetime) -> Office:
    """Where the ledgers of a project are read.

    Args:
        project: the project.
        now: the present moment, UTC.

    Raises:
        ConfigError: signatures are required, and who may sign cannot be read.
    """
    return Office(
        project=project,
        now=now,
        verifier=open_verifier(project),
        verdicts=open_verdicts(project),
    )


def open_verifier(project: Project) -> Verifier | None:
    """What checks the signatures of a project; None where it asks for none.

    Raises:
        ConfigError: the file of those who may sign cannot be read.
    """
    workflow = project.workflow
    # In a preview nobody signs, but what somebody has withdrawn is withdrawn there too.
    if not workflow.require_signatures:
        return None
    revoked = project.root / workflow.revoked_signers if workflow.revoked_signers else None
    cache = project.cache_dir / "signatures.json"
    return Verifier(project.root / workflow.allowed_signers, revoked, cache)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """How the source text of a resource stands.

    Attributes:
        ledger: its ledger.
        standings: how each unit stands, by key.
        first: when all of the text, as it stood then, was approved first; empty if it never was.
        stop: why nothing of the resource may be read, in words; empty where it may be.
        is_new: nothing of it was ever approved: it is not taken down, it is not there yet.
        is_overdue: the day by which it was to be checked again has passed.
    """

    ledger: Ledger
    standings: Mapping[UnitKey, Standing] = field(default_factory=dict)
    first: str = ""
    stop: str = ""
    is_new: bool = False
    is_overdue: bool = False


def approve(
    office: Office,
    document: Document,
    segments: Iterable[Segment],
    digest_of: DigestOf,
    errors: list[PipelineError],
) -> Approval:
    """Judge the source text of a resource.

    Args:
        office: where ledgers are read.
        document: the resource.
        segments: its segments.
        digest_of: how its units are called.
        errors: where a ledger that cannot be trusted is reported.
    """
    project = office.project
    ledger = office.read(document, project.source.tag, errors)
    terms = office.terms(document, of_source=True)
    cover = Cover(ledger, terms)
    critical: dict[UnitKey, bool] = {}
    for segment in segments:
        critical[segment.key] = critical.get(segment.key, False) or segment.critical
    digests = {key: digest_of(key, "") for key in critical}
    standings = {
        key: cover.standing(digests[key], critical=is_critical)
        for key, is_critical in critical.items()
    }
    former = cover.other_times(frozenset(digests.values()))
    review_by, today = document.metadata.review_by, office.now.date()
    stop = (
        _stopped(is_withdrawn(ledger, terms))
        or _outdated(document, office)
        or ("" if project.is_preview else _unapproved(standings))
    )
    return Approval(
        ledger=ledger,
        standings=standings,
        first=find_first_approval([s.complete for s in standings.values()], former),
        stop=stop,
        is_new=not any(standing.is_signed for standing in standings.values()),
        is_overdue=today > review_by,
    )


def sign_offs(
    office: Office,
    document: Document,
    ledger: Ledger,
    digest_of: DigestOf,
    *,
    of_source: bool = False,
) -> SignOffs:
    """What the gate asks the ledger of a translation; in a preview nobody signs.

    Args:
        office: where ledgers are read.
        document: the resource.
        ledger: the ledger of that side.
        digest_of: how its units are called.
        of_source: the ledger is that of the source text.
    """
    return SignOffs(
        cover=Cover(ledger, office.terms(document, of_source=of_source)),
        digest_of=digest_of,
        was_live=not ledger.is_doubtful and any(_is_live(line) for line in ledger.lines),
        is_needed=not office.project.is_preview,
    )


def find_stop(office: Office, document: Document, ledger: Ledger) -> str:
    """Why somebody has stopped the publication of a translation; empty where nobody has."""
    return _stopped(is_withdrawn(ledger, office.terms(document, of_source=False)))


def name_roles(roles: Iterable[Role]) -> str:
    """Roles in a sentence: ``a clinician and an author``."""
    named = [f"{'an' if _NAMES[role][0] in 'aeiou' else 'a'} {_NAMES[role]}" for role in roles]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def _is_live(line: Line) -> bool:
    return isinstance(line, Event) and line.event is EventKind.LIVE


def _stopped(event: Event | None) -> str:
    if event is None:
        return ""
    return f"withdrawn by {event.handle} on {event.time[:10]}" + (event.note and f": {event.note}")


def _outdated(document: Document, office: Office) -> str:
    metadata = document.metadata
    last = metadata.review_by + timedelta(days=office.project.workflow.grace_days)
    if metadata.risk is not RiskTier.CLINICAL or office.now.date() <= last:
        return ""
    return f"clinical advice that was to be checked again by {metadata.review_by}"


def _unapproved(standings: Mapping[UnitKey, Standing]) -> str:
    """Whom the source text waits for."""
    open_units = [standing for standing in standings.values() if not standing.is_signed]
    if not open_units:
        return ""
    roles = dict.fromkeys(role for standing in open_units for role in standing.missing)
    units = f"{len(open_units)} of {len(standings)} segments"
    return f"the source text waits for {name_roles(roles)} ({units})"


def _doubts(path: Path, ledger: Ledger) -> Iterable[LedgerError]:
    for oddity in ledger.oddities:
        if oddity.is_doubt:
            yield LedgerError(
                f"{oddity.message} No sign-off of this ledger counts.",
                remedy=oddity.remedy,
                path=path,
                line=oddity.line,
            )
