"""One file of a translator → its catalog, and what became of each row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.catalogs import add_late, write_catalog
from pipeline.cli.matter import (
    Matter,
    find_in_units,
    open_matter,
    open_shelf,
    protected_pieces,
    translated_locale,
)
from pipeline.cli.travel import read_sheet
from pipeline.config import Project
from pipeline.content import Library
from pipeline.errors import ExchangeError
from pipeline.exchange import Account, Outcome, Sheet, take
from pipeline.exchange.report import Section, make_section
from pipeline.model import Catalog, Finding, UnitKey

#: Endings of the editor's page, which does not hold what is typed into it.
_PAGES = frozenset({".html", ".htm"})
#: Outcomes after which a translation of the file stands in the catalog.
_TAKEN = frozenset({Outcome.TAKEN, Outcome.CONFIRMED, Outcome.DRAFT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for beside the file.

    Attributes:
        resource: the resource, where the file does not say it.
        locale: tag of the language, where the file does not say it.
        theirs: in a conflict the file wins.
        is_trial: nothing is written.
    """

    resource: str | None = None
    locale: str | None = None
    theirs: bool = False
    is_trial: bool = False


def import_file(project: Project, library: Library, path: Path, asked: Asked) -> Section:
    """Take a translator's file into its catalog.

    The catalog is brought up to date first. It is written once, at the end, and whole.

    Args:
        project: the project.
        library: its resources.
        path: the file.
        asked: what is asked for beside it.

    Returns:
        What is to be said about it.

    Raises:
        PipelineError: the file or the catalog cannot be used; nothing was taken.
    """
    sheet = read_sheet(path)
    resource = _agreed(path, "resource", sheet.resource, asked.resource)
    locale = translated_locale(project, _agreed(path, "locale", sheet.locale, asked.locale))
    matter = open_matter(open_shelf(project, library, locale, [resource]), resource)
    taken = take(
        matter.catalog.units, sheet.rows, protected_of=protected_pieces, theirs=asked.theirs
    )
    late = add_late(replace(matter.catalog, units=taken.units), taken.late)
    if late.catalog != matter.catalog and not asked.is_trial:
        write_catalog(matter.path, late.catalog)
    accounts = [_settled(account, late.proposed) for account in taken.accounts]
    return make_section(
        accounts,
        _findings(matter, late.catalog, accounts),
        file=path.name,
        resource=resource,
        language=f"{locale.english_name} ({locale.tag})",
        locale=locale.tag,
        remarks=_remarks(path, matter, sheet, accounts),
    )


def _agreed(path: Path, what: str, said: str, asked: str | None) -> str:
    """What the file and the command line say, which must not be two things."""
    if asked and said and asked != said:
        raise ExchangeError(
            f"The file is about `{said}`, and --{what} says `{asked}`.",
            remedy=f"Leave --{what} out, or take the right file. Nothing was taken.",
            path=path,
        )
    if not (asked or said):
        raise ExchangeError(
            f"The file does not say its {what}.", remedy=f"Name it with --{what}.", path=path
        )
    return asked or said


def _settled(account: Account, proposed: Mapping[UnitKey, UnitKey]) -> Account:
    """Whether a late translation was proposed for another text, which is known only now."""
    if account.outcome is not Outcome.KEPT or account.key is None:
        return account
    heir = proposed.get(account.key)
    return replace(account, outcome=Outcome.DRAFT, key=heir) if heir else account


def _findings(matter: Matter, catalog: Catalog, accounts: Sequence[Account]) -> Iterator[Finding]:
    keys = {account.key for account in accounts if account.outcome in _TAKEN}
    if not keys:
        return
    for finding in find_in_units(matter, catalog):
        if UnitKey(finding.context, finding.msgid or "") in keys:
            yield finding


def _remarks(
    path: Path, matter: Matter, sheet: Sheet, accounts: Sequence[Account]
) -> Iterator[str]:
    if not sheet.rows:
        yield "The file has no rows with texts."
    if path.suffix.lower() in _PAGES:
        yield (
            "This is the editor as it was exported. What was typed into it is in the file that its "
            "button Save makes, whose name ends in .json: ask for that one."
        )
    if matter.catalog.is_sample and any(account.outcome in _TAKEN for account in accounts):
        yield (
            "This catalog is marked as a sample: nothing of it is published outside of "
            "demonstrations. Take `X-Sample` out of its header once all of it is real."
        )
