"""`pipeline build --explain`: why every page is shown as it is, and who is waited for.

In: the survey that a build starts with, and what the last build could not make. Out: lines,
in colour in a terminal. Nothing is built, nothing is written.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rich.markup import escape

from pipeline.cli.console import complain, out, print_findings
from pipeline.cli.manifest import read_withheld
from pipeline.cli.plan import Wish
from pipeline.cli.status_table import MARKS
from pipeline.cli.survey import Edition, Survey, survey
from pipeline.cli.withheld import Withheld, describe
from pipeline.config import Project
from pipeline.errors import EXIT_INCOMPLETE, ContentError, PipelineError
from pipeline.ledger import parse_time
from pipeline.model import LocalisedPage, PageState, RiskTier, Severity
from pipeline.status import (
    ResourceState,
    TranslationState,
    Wait,
    format_duration,
    name_role,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one page is shown as it is.

    Attributes:
        resource: ``topic/slug``.
        state: how far it is, in a word or two.
        style: colour of that in a terminal.
        reasons: sentences, what readers see first.
    """

    resource: str
    state: str
    style: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What is known of one page.

    Attributes:
        page: what would be published.
        edition: of which language.
        cell: its cell in the status table; of a source page, what the others say of its source.
        waits: who is waited for.
        errors: what is wrong with its files.
        withheld: why the last build could not make it; empty where it could.
    """

    page: LocalisedPage
    edition: Edition
    cell: ResourceState | None
    waits: tuple[Wait, ...]
    errors: tuple[PipelineError, ...]
    withheld: str


def explain(project: Project, wish: Wish, *, now: datetime | None = None) -> int:
    """Print why every page is shown as it is; build nothing.

    Args:
        project: the project.
        wish: the languages and resources to tell of.
        now: the moment from which it is judged; the clock's if None.

    Returns:
        The exit code: that of a build which holds something back, or 0.

    Raises:
        ConfigError: a language is not in the table.
        ContentError: there is no such resource.
    """
    moment = now or datetime.now(UTC)
    wanted = [project.locale(tag).tag for tag in wish.tags]
    found = survey(project, now=moment)
    _tell(found)
    _refuse_unknown(found, wish.resources)
    withheld = read_withheld(project.site_dir)
    for edition in (found.source, *found.editions):
        if not wanted or edition.locale.tag in wanted:
            _print_edition(edition, explain_edition(found, edition, wish, withheld, now=moment))
    is_blocked = any(finding.severity is not Severity.MINOR for finding in found.findings)
    return EXIT_INCOMPLETE if found.errors or is_blocked else 0


def explain_edition(
    found: Survey, edition: Edition, wish: Wish, withheld: Withheld, *, now: datetime
) -> tuple[Explanation, ...]:
    """Why each page of a language is shown as it is.

    Args:
        found: the project.
        edition: the language.
        wish: the resources to tell of.
        withheld: what the last build could not make.
        now: the moment from which waits are counted.
    """
    cells = {cell.resource: cell for cell in edition.state.resources}
    approvals = _approvals(found.editions)
    explanations = []
    for page in edition.pages:
        name = str(page.document.id)
        if wish.resources and name not in wish.resources:
            continue
        cell = cells.get(name)
        case = _Case(
            page=page,
            edition=edition,
            cell=cell,
            waits=cell.waits if cell else approvals.get(name, ()),
            errors=tuple(_errors_of(found, page)),
            withheld=withheld.pages.get((page.locale, name), "")
            or withheld.locales.get(page.locale, ""),
        )
        explanations.append(_explain(found.project, case, now))
    return tuple(explanations)


def _approvals(editions: Iterable[Edition]) -> Mapping[str, tuple[Wait, ...]]:
    """Who is waited for to approve the source text of each resource."""
    cells = (cell for edition in editions for cell in edition.state.resources)
    return {cell.resource: tuple(w for w in cell.waits if w.of_source) for cell in cells}


def _errors_of(found: Survey, page: LocalisedPage) -> Iterator[PipelineError]:
    """What is wrong with the files that a page is made of."""
    project, document = found.project, page.document
    tags = dict.fromkeys((project.source.tag, page.locale))
    paths = {project.ledger_path(tag, document.topic, document.slug) for tag in tags}
    paths.add(document.path)
    if page.locale != project.source.tag:
        paths.add(project.catalog_path(page.locale, document.topic, document.slug))
    return (error for error in found.errors if error.path in paths)


def _explain(project: Project, case: _Case, now: datetime) -> Explanation:
    state, style = _state(case)
    reasons = [
        *_shown(project, case),
        *_overdue(project, case),
        *_stale(case, project.source.english_name),
        *(f"its files: {describe(error, project.root)}" for error in case.errors),
        *([f"the last build could not make it: {case.withheld}"] if case.withheld else []),
        *_waiting(case.waits, now),
    ]
    return Explanation(
        resource=str(case.page.document.id), state=state, style=style, reasons=tuple(reasons)
    )


def _state(case: _Case) -> tuple[str, str]:
    if case.cell is not None:
        return str(case.cell.state), MARKS[case.cell.state][1]
    if case.page.state is PageState.SOURCE:
        is_overdue = case.page.is_overdue
        return ("overdue", "bold red") if is_overdue else ("source", "green")
    return ("withdrawn", "bold red") if _is_withdrawn(case) else ("not approved", "yellow")


def _is_withdrawn(case: _Case) -> bool:
    return case.page.state is PageState.WITHDRAWN


# --- what readers see, and why -----------------------------------------------------


def _shown(project: Project, case: _Case) -> Iterator[str]:
    page, why = case.page, case.page.why.partition("; waiting for ")[0]
    missing = case.edition.state.missing_notices
    if missing:
        yield (
            f"nothing is shown: the language is closed, {len(missing)} of its notices are not "
            f"translated (locales/{page.locale}/interface.po)"
        )
    yield f"once it is open: {_sight(project, case)}" if missing else _sight(project, case)
    if why.startswith("segments: ") and page.state is not PageState.LIVE:
        yield f"held back, in segments: {why.removeprefix('segments: ')}"
    if page.is_sample and not project.demonstration:
        yield "its catalog is marked as a sample, and this project is no demonstration"


def _sight(project: Project, case: _Case) -> str:
    """What stands at the address, or would if the language were open."""
    page, source, share = case.page, project.source.english_name, _share(case.page)
    language = case.edition.locale.english_name
    match page.state:
        case PageState.SOURCE:
            return "the page is shown"
        case PageState.LIVE:
            return f"the page is shown, all of it in {language}"
        case PageState.LIVE_WITH_GAPS:
            return f"the page is shown, {share} in {language}, the rest in {source}"
        case PageState.KEY_FACTS:
            return (
                f"its key facts alone are shown: {share} may be shown, and the whole page "
                f"needs {project.minimum_share:.0%}"
            )
        case PageState.WITHDRAWN:
            return f"it is taken down, a notice stands in its place: {page.why}"
        case PageState.NOT_YET:
            return f"a notice stands in its place: {_not_yet(project, case)}"


def _not_yet(project: Project, case: _Case) -> str:
    page, cover = case.page, case.page.coverage
    if page.why and not page.why.startswith("segments: "):
        return page.why
    if case.cell is not None and case.cell.state is TranslationState.DAMAGED:
        return "its catalog cannot be read"
    if not cover.segments_translated:
        return "none of its words may be shown"
    if cover.critical_translated < cover.critical:
        return (
            f"{cover.critical - cover.critical_translated} of {cover.critical} critical segments "
            f"may not be shown ({_share(page)} may)"
        )
    return f"{_share(page)} may be shown, and the page needs {project.minimum_share:.0%}"


def _share(page: LocalisedPage) -> str:
    cover = page.coverage
    return f"{cover.words_translated} of {cover.words} words ({cover.share:.0%})"


def _overdue(project: Project, case: _Case) -> Iterator[str]:
    if not case.page.is_overdue:
        return
    metadata = case.page.document.metadata
    text = f"it was to be checked again by {metadata.review_by}, and says so"
    if metadata.risk is RiskTier.CLINICAL:
        last = metadata.review_by + timedelta(days=project.workflow.grace_days)
        text += f"; after {last} it will be withdrawn"
    yield text


def _stale(case: _Case, source: str) -> Iterator[str]:
    """Segments whose source has changed; what readers get in their place."""
    page = case.page
    if not page.changed or page.state is PageState.WITHDRAWN:
        return
    text = "1 segment has" if page.changed == 1 else f"{page.changed} segments have"
    critical = f", {page.changed_critical} of them critical" if page.changed_critical else ""
    instead = f": the present {source} stands there" if page.is_published else ""
    yield f"{text} changed in the {source} since{critical}{instead}"


# --- who is waited for ---------------------------------------------------------------


def _waiting(waits: Iterable[Wait], now: datetime) -> Iterator[str]:
    for wait in waits:
        whom = name_role(wait.role) + (" to approve the source" if wait.of_source else "")
        size = "1 segment" if wait.segments == 1 else f"{wait.segments} segments"
        since = ""
        if wait.since:
            span = format_duration(now - parse_time(wait.since))
            since = f", since {wait.since[:16].replace('T', ' ')} UTC ({span})"
        verb = "still to look, after publication:" if wait.is_owed else "waiting for"
        yield f"{verb} {whom} ({size}{since})"


# --- printing ------------------------------------------------------------------------


def _print_edition(edition: Edition, explanations: Iterable[Explanation]) -> None:
    locale = edition.locale
    out.print(f"[bold]{escape(locale.english_name)}[/] ({locale.tag})")
    for each in explanations:
        out.print(f"  {escape(each.resource)}: [{each.style}]{each.state}[/]")
        for reason in each.reasons:
            out.print(f"    {reason}", markup=False)


def _tell(found: Survey) -> None:
    root = found.project.root
    for warning in found.warnings:
        complain(warning, root, is_warning=True)
    print_findings(found.findings, root)
    for error in found.errors:
        complain(error, root)


def _refuse_unknown(found: Survey, resources: Iterable[str]) -> None:
    known = {str(page.document.id) for page in found.source.pages}
    for name in resources:
        if name not in known:
            raise ContentError(
                f"There is no usable resource `{name}`.",
                remedy="Name it as topic/slug, such as covid-19/when-to-get-help.",
            )
