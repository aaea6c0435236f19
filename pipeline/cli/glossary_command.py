"""`pipeline glossary`: are terms called by one name, and which terms are missing."""

from collections.abc import Iterable
from pathlib import Path

import click

from pipeline.cli.console import complain, late_progress, out, say
from pipeline.cli.files import write_bytes
from pipeline.cli.gates import language_files
from pipeline.cli.glossary.candidates import Proposal, ask_memory, propose
from pipeline.cli.glossary.candidates import render_csv as render_candidates
from pipeline.cli.glossary.candidates import render_text as render_candidate
from pipeline.cli.glossary.collecting import Shelf
from pipeline.cli.glossary.report import render_csv, render_json, render_text
from pipeline.cli.main import Context, pass_context
from pipeline.cli.matter import translated_locale
from pipeline.config import Project
from pipeline.errors import (
    EXIT_FINDINGS,
    EXIT_INCOMPLETE,
    ConfigError,
    GlossaryError,
    PipelineError,
)
from pipeline.glossary import Consistency
from pipeline.model import Locale

_LOCALES = click.option(
    "--locale", "tags", multiple=True, help="Only this language; may be repeated."
)
_REPORT = """\b
Examples:
  pipeline glossary report --locale so
  pipeline glossary report --format csv > terms.csv
"""
_CANDIDATES = """\b
Examples:
  pipeline glossary candidates --limit 20
  pipeline glossary candidates --locale ti --format csv --output locales/ti/glossary.csv
"""


@click.group("glossary")
def command() -> None:
    """Say whether terms are called by one name, and which terms are missing.

    The glossary of a language is locales/TAG/glossary.csv: a table that any
    spreadsheet opens. docs/reference/glossary.md says what stands in it.
    """


@command.command("report", epilog=_REPORT)
@_LOCALES
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="json and csv name every place, for other programs and for spreadsheets.",
)
@pass_context
def report(context: Context, *, tags: tuple[str, ...], form: str) -> int:
    """Compare the translations of all resources with the glossary, and with one another.

    For each term: where its preferred name stands, where another, a forbidden
    one, or none. Then the source texts that are translated in several ways.

    Ends with 15 where a forbidden name stands, a name was translated that stays,
    resources call a term by different names without a reason in its note, or one
    text is translated in several ways. That a term is called by no name of the
    glossary is told, and is no finding: good translators often say it otherwise.
    """
    project = context.project
    shelf = Shelf(project)
    found = _compare(shelf, _locales(project, tags), is_named=bool(tags))
    if form == "json":
        click.echo(render_json(found))
    elif form == "csv":
        write_bytes("-", render_csv(found))
    else:
        for locale, consistency in found.items():
            for line in render_text(consistency, locale):
                out.print(line)
    findings = sum(each.findings for each in found.values())
    say(_summary(findings, len(found)))
    return _told(shelf) or (EXIT_FINDINGS if findings else 0)


def _locales(project: Project, tags: Iterable[str]) -> list[Locale]:
    named = [translated_locale(project, tag) for tag in dict.fromkeys(tags)]
    return named or [each for each in project.locales if each != project.source]


def _compare(shelf: Shelf, locales: list[Locale], *, is_named: bool) -> dict[Locale, Consistency]:
    found = {}
    steps = len(locales) * len(shelf.documents)
    with late_progress("Comparing translations", steps) as advance:
        for locale in locales:
            try:
                consistency = shelf.consistency(locale, advance)
            except PipelineError as error:
                shelf.errors.append(error)
            else:
                # A language without glossary and translations has nothing to compare.
                if is_named or consistency.terms or consistency.repeated:
                    found[locale] = consistency
    return found


def _summary(findings: int, languages: int) -> str:
    noun = "language" if languages == 1 else "languages"
    if not languages:
        return "No language has a glossary yet: pipeline glossary candidates --help"
    what = f"{findings} to look at" if findings else "nothing to look at"
    return f"{languages} {noun}: {what}."


def _told(shelf: Shelf) -> int:
    """Tell what could not be used; the exit code for it."""
    for error in shelf.errors:
        complain(error, shelf.project.root)
    if any(isinstance(error, GlossaryError) for error in shelf.errors):
        return GlossaryError.exit_code
    return EXIT_INCOMPLETE if shelf.errors else 0


@command.command("candidates", epilog=_CANDIDATES)
@_LOCALES
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Most of them."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv"]),
    default="table",
    show_default=True,
    help="csv is a glossary to fill in, for one language.",
)
@click.option(
    "--output",
    default="-",
    metavar="FILE",
    help="Where to write it; by default standard output. A file that is there stays as it is.",
)
@pass_context
def candidates(
    context: Context, *, tags: tuple[str, ...], limit: int, form: str, output: str
) -> int:
    """List words and phrases of the sources that may be terms and are in no glossary.

    They come back in several resources and are no words that everybody uses; the
    likeliest come first, each with an example and with what languages call it, so
    far as their memories tell. A guess says "perhaps".

    As CSV it is a glossary whose rows wait: fill in a target term, change the
    status from "candidate" to "preferred", and the term is looked for.
    """
    if form == "csv" and len(tags) > 1:
        raise click.UsageError("A glossary is of one language: say --locale once.")
    if form == "table" and output != "-":
        raise click.UsageError("--output goes with --format csv.")
    _refuse_existing(output)
    project = context.project
    shelf = Shelf(project)
    locales = _locales(project, tags)
    having = [each for each in locales if tags or language_files(project, each.tag)[1].exists()]
    asked = locales if form == "table" else locales[: len(tags)]
    proposals = _propose(shelf, having, asked, limit)
    if form == "csv":
        write_bytes(output, render_candidates(proposals))
    else:
        for proposal in proposals:
            for line in render_candidate(proposal):
                out.print(line)
    say(f"{len(proposals)} candidate{'' if len(proposals) == 1 else 's'}.")
    return _told(shelf)


def _refuse_existing(output: str) -> None:
    if output != "-" and Path(output).exists():
        raise ConfigError(
            "There is such a file already.",
            remedy="Write to another, and put the rows that you want into this one.",
            path=Path(output),
        )


def _propose(shelf: Shelf, having: list[Locale], asked: list[Locale], limit: int) -> list[Proposal]:
    found = propose(shelf, having, limit=limit)
    names = {}
    with late_progress("Asking the memories", len(asked)) as advance:
        for locale in asked:
            names[locale] = ask_memory(shelf, locale, found)
            advance(locale.english_name)
    return [
        Proposal(
            candidate=each,
            names=tuple((at, said[each]) for at, said in names.items() if each in said),
        )
        for each in found
    ]
