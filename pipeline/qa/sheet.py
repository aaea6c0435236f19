"""What a reviewer is shown, whatever it is shown on: a terminal, a page, JSON."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Locale
from pipeline.qa.changes import Change, Piece, diff_words
from pipeline.qa.worklist import Item, Waiting
from pipeline.workflow import ChecklistItem, Role

#: Version of the JSON of `pipeline review --format json`; documented in docs/reference/review.md.
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another translation of the same source text, in another resource.

    Attributes:
        target: the translation.
        resource: ``topic/slug`` of the resource.
        roles: the roles that have signed it there.
    """

    target: str
    resource: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A unit to be looked at, with what changed since this role last signed it.

    Attributes:
        item: the unit.
        source: pieces of the source text; all kept where nothing changed or nothing is known.
        target: likewise of the target text.
        is_change: whether an earlier text is known.
        elsewhere: how another resource translates the same text, where it does so otherwise.
    """

    item: Item
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    is_change: bool = False
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one role still has to look at.

    Attributes:
        resource: ``topic/slug``.
        title: the resource's title.
        risk: its risk tier.
        source: the source locale.
        locale: the locale that is looked at; the source's own for the source text.
        role: the role.
        is_asked: whether the risk tier asks for this role on this side.
        looks: the units.
        waiting: units that cannot be looked at yet.
        signed: how many units the role has signed as they stand.
        remarks: what the reviewer should know beside it.
        questions: what a reader is asked, without the answers.
        asked: what the role answers by signing: questions of the checklist.
        is_sample: the translation is marked as a demonstration.
    """

    resource: str
    title: str
    risk: str
    source: Locale
    locale: Locale
    role: Role
    is_asked: bool
    looks: tuple[Look, ...]
    waiting: tuple[Waiting, ...] = ()
    signed: int = 0
    remarks: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    asked: tuple[ChecklistItem, ...] = ()
    is_sample: bool = False

    @property
    def is_source(self) -> bool:
        """Whether the source text is looked at."""
        return self.locale == self.source

    @property
    def total(self) -> int:
        """How many units the side has."""
        is_open = [look for look in self.looks if not look.item.signers(self.role)]
        return len(is_open) + self.signed + len(self.waiting)

    @property
    def critical(self) -> int:
        """How many of the units are safety-critical."""
        return sum(look.item.critical for look in self.looks)


def make_look(
    item: Item, before: tuple[str, str] | None, elsewhere: Elsewhere | None = None
) -> Look:
    """Lay a unit beside what was signed before.

    Args:
        item: the unit.
        before: source and target text then; None where they are not known.
        elsewhere: how another resource translates the same text, if it does so otherwise.
    """
    source, target = before or (item.source, item.target)
    return Look(
        item=item,
        source=diff_words(source, item.source),
        target=diff_words(target, item.target),
        is_change=before is not None,
        elsewhere=elsewhere,
    )


def render_json(sheet: Sheet) -> dict[str, object]:
    """The sheet as ``pipeline review --format json`` prints it."""
    return {
        "version": SCHEMA_VERSION,
        "resource": sheet.resource,
        "locale": sheet.locale.tag,
        "source_locale": sheet.source.tag,
        "role": str(sheet.role),
        "risk": sheet.risk,
        "asked": sheet.is_asked,
        "sample": sheet.is_sample,
        "total": sheet.total,
        "signed": sheet.signed,
        "remarks": list(sheet.remarks),
        "checklist": [{"id": item.id, "question": item.question} for item in sheet.asked],
        "units": [_unit(look) for look in sheet.looks],
        "waiting": [
            {
                "number": unit.number,
                "context": unit.key.context,
                "source": unit.key.msgid,
                "critical": unit.critical,
                "why": str(unit.why),
                "draft": unit.draft or None,
            }
            for unit in sheet.waiting
        ],
    }


def _unit(look: Look) -> dict[str, object]:
    item = look.item
    return {
        "number": item.number,
        "digest": item.digest,
        "kind": str(item.kind),
        "critical": item.critical,
        "section": list(item.section),
        "context": item.key.context,
        "note": item.note,
        "source": item.source,
        "target": item.target or None,
        "pictures": list(item.pictures),
        "changes": {"source": _pieces(look.source), "target": _pieces(look.target)}
        if look.is_change
        else None,
        "findings": [
            {
                "check": finding.check,
                "severity": str(finding.severity),
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in item.findings
        ],
        "signed": [
            {"role": str(entry.role), "handle": entry.handle, "time": entry.time}
            for entry in item.signed
        ],
        "terms": [list(term) for term in item.terms],
        "elsewhere": _elsewhere(look.elsewhere),
        "draft": item.draft or None,
    }


def _elsewhere(other: Elsewhere | None) -> dict[str, object] | None:
    if other is None:
        return None
    return {"target": other.target, "resource": other.resource, "roles": list(other.roles)}


def _pieces(pieces: Sequence[Piece]) -> list[list[str]]:
    return [[str(piece.change), piece.text] for piece in pieces]


def has_changed(pieces: Sequence[Piece]) -> bool:
    """Whether anything was taken out or put in."""
    return any(piece.change is not Change.KEPT for piece in pieces)
