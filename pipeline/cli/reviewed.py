"""What a page says of its review: by which roles it was checked, and which version it gives.

Roles, not people: nobody is named who has not agreed. Sample sign-offs are no review, in a
demonstration either.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.cli.approval import Approval, Office
from pipeline.cli.units import DigestOf
from pipeline.ledger import Cover, Ledger, Standing, parse_time
from pipeline.model import Document, LocalisedPage, Segment
from pipeline.qa import Gate, Text
from pipeline.workflow import Role, SignOff

#: Asks for roles when they are wanted, once: most of what is surveyed has no page to be read.
Ask = Callable[[], tuple[Role, ...]]
#: Before this there is no sign-off: where no role is needed, a text is approved since ever.
_FIRST_YEAR = 1971


def ask_source(
    office: Office,
    document: Document,
    ledger: Ledger,
    segments: Iterable[Segment],
    digest_of: DigestOf,
) -> Ask:
    """Which roles have signed all of a resource's source text, samples left out.

    Args:
        office: where ledgers are read.
        document: the resource.
        ledger: the ledger of its source text.
        segments: its segments.
        digest_of: how its units are called.
    """

    def ask() -> tuple[Role, ...]:
        shown: dict[str, bool] = {}
        for segment in segments if _has_real(ledger) else ():
            digest = digest_of(segment.key, "")
            shown[digest] = shown.get(digest, False) or segment.critical
        return _find_reviewers(office, document, ledger, shown, of_source=True)

    return cache(ask)


def ask_target(
    office: Office,
    document: Document,
    ledger: Ledger,
    texts: Iterable[Text],
    gate: Gate,
    digest_of: DigestOf,
) -> Ask:
    """Which roles have signed every translation that is shown of a resource, samples left out.

    Args:
        office: where ledgers are read.
        document: the resource.
        ledger: the ledger of the translation.
        texts: the resource's texts.
        gate: what may be shown of them.
        digest_of: how its units are called.
    """

    def ask() -> tuple[Role, ...]:
        shown = {
            digest_of(text.key, gate.targets[text.key]): text.critical
            for text in (texts if _has_real(ledger) else ())
            if text.key in gate.targets
        }
        return _find_reviewers(office, document, ledger, shown, of_source=False)

    return ask


def _has_real(ledger: Ledger) -> bool:
    return any(isinstance(line, SignOff) and not line.sample for line in ledger.lines)


def _find_reviewers(
    office: Office,
    document: Document,
    ledger: Ledger,
    shown: Mapping[str, bool],
    *,
    of_source: bool,
) -> tuple[Role, ...]:
    """The roles that have signed each of these units, by digest; whether each is critical."""
    if not shown:
        return ()
    terms = replace(office.terms(document, of_source=of_source), accept_samples=False)
    cover = Cover(ledger, terms)
    asked = (role for step in terms.rules.steps(of_source=of_source) for role in step)
    signed: dict[Role, None] = dict.fromkeys(role for role in asked if role is not Role.AUTHOR)
    for digest, critical in shown.items():
        for role in _open_roles(cover.standing(digest, critical=critical)):
            signed.pop(role, None)
    return tuple(signed)


def _open_roles(standing: Standing) -> tuple[Role, ...]:
    return (*standing.missing, *standing.owed, *standing.waived)


def find_version_date(document: Document, approval: Approval) -> date:
    """When the source text became what it is: the day on which the last of it was approved.

    The date of its last comparison with its sources, where not all of it is approved: in a
    preview, or where nobody needs to sign.
    """
    times = [standing.complete for standing in approval.standings.values()]
    if times and all(times):
        latest = parse_time(max(times)).date()
        if latest.year >= _FIRST_YEAR:
            return latest
    return document.metadata.last_checked


def stamp_review(
    page: LocalisedPage, approval: Approval, of_source: Ask, of_target: Ask | None = None
) -> LocalisedPage:
    """The page with what it says of its review and its version; a notice as it is.

    Args:
        page: the page.
        approval: how the source text stands.
        of_source: the roles that have signed the source text.
        of_target: the roles that have signed the translation; None for a page of the source.
    """
    if not page.is_published:
        return page
    target = of_target() if of_target else None
    # Where nobody has checked the translation, that its source was checked says nothing of it.
    roles = () if target == () else (*of_source(), *(target or ()))
    return replace(
        page,
        reviewed=tuple(str(role) for role in dict.fromkeys(roles)),
        version_date=find_version_date(page.document, approval),
    )
