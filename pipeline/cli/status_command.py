"""`pipeline status`: who is missing what, and how many people they are."""

import json
from collections.abc import Iterable

import click
from rich.table import Table

from pipeline.cli.console import complain, out, print_finding, progress
from pipeline.cli.main import Context, pass_context
from pipeline.cli.survey import Survey, survey
from pipeline.errors import EXIT_STATUS_FAILED
from pipeline.status import LanguageState, ResourceState, TranslationState, by_need

#: Version of the JSON that ``--format json`` prints; documented in docs/reference/status.md.
SCHEMA_VERSION = 1
_MOST_MARKS = 40
_MARKS = {
    TranslationState.DAMAGED: ("!", "bold red"),
    TranslationState.MISSING: ("·", "red"),
    TranslationState.DRAFTING: ("½", "yellow"),
    TranslationState.TRANSLATED: ("○", "yellow"),
    TranslationState.IN_REVIEW: ("◔", "yellow"),
    TranslationState.READY: ("◉", "blue"),
    TranslationState.WITHDRAWN: ("×", "bold red"),
    TranslationState.OVERDUE: ("◷", "bold red"),
    TranslationState.STALE: ("≠", "bold red"),
    TranslationState.KEY_FACTS: ("k", "cyan"),
    TranslationState.GAPS: ("◐", "cyan"),
    TranslationState.LIVE: ("●", "green"),
}
_CONDITIONS = {
    "missing": frozenset({TranslationState.MISSING}),
    "drafting": frozenset({TranslationState.DRAFTING}),
    "stale": frozenset({TranslationState.STALE}),
    "gaps": frozenset({TranslationState.GAPS}),
    "damaged": frozenset({TranslationState.DAMAGED}),
}


@click.command("status")
@click.option("--locale", "tags", multiple=True, help="Only this language; may be repeated.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="json is versioned and documented; markdown suits a pull request.",
)
@click.option(
    "--fail-on",
    help=f"Leave with exit code {EXIT_STATUS_FAILED} if any resource is in one of these states: "
    f"{', '.join(_CONDITIONS)}, closed (comma-separated).",
)
@pass_context
def command(context: Context, tags: tuple[str, ...], form: str, fail_on: str | None) -> int:
    """Say who is missing what, and how many people they are.

    Languages stand in the order of need: the people served, times the resources
    that they cannot read yet.
    """
    project = context.project
    conditions = _conditions(fail_on)
    wanted = {project.locale(tag).tag for tag in tags}
    with progress("Reading the languages", len(project.locales)) as advance:
        found = survey(project, advance=advance)
    languages = by_need(e.state for e in found.editions if not wanted or e.locale.tag in wanted)
    {"table": _print_table, "json": _print_json, "markdown": _print_markdown}[form](languages)
    if form == "table" and wanted:
        _print_resources(languages)
    _report(found)
    return EXIT_STATUS_FAILED if _is_met(conditions, languages) else 0


def _conditions(fail_on: str | None) -> frozenset[str]:
    conditions = frozenset(word.strip() for word in (fail_on or "").split(",") if word.strip())
    known = {*_CONDITIONS, "closed"}
    if unknown := conditions - known:
        raise click.BadParameter(
            f"{', '.join(sorted(unknown))}: use {', '.join(sorted(known))}.", param_hint="--fail-on"
        )
    return conditions


def _is_met(conditions: frozenset[str], languages: Iterable[LanguageState]) -> bool:
    states = {state for name in conditions for state in _CONDITIONS.get(name, ())}
    return any(
        language.count(*states) or ("closed" in conditions and not language.is_open)
        for language in languages
    )


def _report(found: Survey) -> None:
    for error in found.errors:
        complain(error, found.project.root)
    for warning in found.warnings:
        complain(warning, found.project.root, is_warning=True)
    for finding in found.findings:
        print_finding(finding, found.project.root)


# --- the three forms -------------------------------------------------------------


def _people(language: LanguageState) -> str:
    people = language.locale.people
    return "not counted" if people is None else f"{people:,}"


def _missing(language: LanguageState) -> int:
    return sum(not resource.is_readable for resource in language.resources)


def _headline(languages: tuple[LanguageState, ...]) -> str:
    lacking = [language for language in languages if _missing(language)]
    people = sum(language.locale.people or 0 for language in lacking)
    if not lacking:
        return "Every resource can be read in every language."
    return (
        f"{len(lacking)} of {len(languages)} languages lack resources; "
        f"{people:,} people speak them in the area served."
    )


def _print_table(languages: tuple[LanguageState, ...]) -> None:
    out.print(_headline(languages))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Language", "", "People", "Missing", "Gaps", "Live", "Resources", "Note"):
        is_number = title in {"People", "Missing", "Gaps", "Live"}
        table.add_column(title, justify="right" if is_number else "left", no_wrap=title != "Note")
    for language in languages:
        table.add_row(*_row(language))
    out.print(table)
    out.print("  ".join(f"[{style}]{mark}[/] {state}" for state, (mark, style) in _MARKS.items()))
    if 0 < len(resources := _resources(languages)) <= _MOST_MARKS:
        out.print("Resources, from the left: " + ", ".join(resources))
    out.print("People: aged 3 and over by main language, Census 2021 (TS024), the area served.")


def _print_resources(languages: tuple[LanguageState, ...]) -> None:
    """Each resource of the languages that were asked for."""
    for language in languages:
        out.print()
        out.print(f"[bold]{language.locale.english_name}[/] · {language.locale.autonym}")
        table = Table(box=None, pad_edge=False, show_header=False)
        for resource in language.resources:
            mark, style = _MARKS[resource.state]
            coverage = resource.coverage
            words = f"{coverage.words_translated} of {coverage.words} words"
            changed = f"{resource.stale} changed" if resource.stale else ""
            table.add_row(
                f"[{style}]{mark}[/]", resource.resource, str(resource.state), words, changed
            )
        out.print(table)


def _row(language: LanguageState) -> tuple[str, ...]:
    missing = _missing(language)
    return (
        language.locale.english_name,
        language.locale.tag,
        _people(language),
        f"[red]{missing}[/]" if missing else "0",
        str(language.count(TranslationState.GAPS)),
        str(language.count(TranslationState.LIVE)),
        _marks(language),
        _note(language),
    )


def _marks(language: LanguageState) -> str:
    """A mark for each resource; with more than fit on a line the counts must do."""
    if len(language.resources) > _MOST_MARKS:
        return ""
    return "".join(f"[{_MARKS[r.state][1]}]{_MARKS[r.state][0]}[/]" for r in language.resources)


def _note(language: LanguageState) -> str:
    notes = []
    if not language.is_open:
        notes.append(f"not open: {len(language.missing_notices)} notices missing")
    if damaged := language.count(TranslationState.DAMAGED):
        notes.append(f"{damaged} damaged")
    if any(resource.is_sample for resource in language.resources):
        notes.append("samples")
    return ", ".join(notes)


def _resources(languages: tuple[LanguageState, ...]) -> list[str]:
    names = (resource.resource for language in languages for resource in language.resources)
    return list(dict.fromkeys(names))


def _print_markdown(languages: tuple[LanguageState, ...]) -> None:
    lines = [
        _headline(languages),
        "",
        "| Language | Tag | People | Missing | With gaps | Live | Note |",
        "|---|---|--:|--:|--:|--:|---|",
    ]
    for language in languages:
        cells = (
            language.locale.english_name,
            f"`{language.locale.tag}`",
            _people(language),
            str(_missing(language)),
            str(language.count(TranslationState.GAPS)),
            str(language.count(TranslationState.LIVE)),
            _note(language),
        )
        lines.append(f"| {' | '.join(cells)} |")
    click.echo("\n".join(lines))


def _print_json(languages: tuple[LanguageState, ...]) -> None:
    data = {"version": SCHEMA_VERSION, "languages": [_language_json(item) for item in languages]}
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _language_json(language: LanguageState) -> dict[str, object]:
    return {
        "locale": language.locale.tag,
        "autonym": language.locale.autonym,
        "english_name": language.locale.english_name,
        "people": language.locale.people,
        "people_source": language.locale.people_source,
        "open": language.is_open,
        "missing_notices": list(language.missing_notices),
        "resources": [_resource_json(resource) for resource in language.resources],
    }


def _resource_json(resource: ResourceState) -> dict[str, object]:
    coverage = resource.coverage
    return {
        "resource": resource.resource,
        "state": str(resource.state),
        "readable": resource.is_readable,
        "urgent": resource.is_urgent,
        "sample": resource.is_sample,
        "segments": coverage.segments,
        "segments_translated": coverage.segments_translated,
        "words": coverage.words,
        "words_translated": coverage.words_translated,
        "critical": coverage.critical,
        "critical_translated": coverage.critical_translated,
        "changed": resource.stale,
    }
