"""`pipeline check`: what to change in a resource, in plain words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.cli.check_report import Checked, render_github, render_json, render_text
from pipeline.cli.checking import check_file
from pipeline.cli.console import late_progress, out
from pipeline.cli.main import Context, pass_context
from pipeline.config import Project
from pipeline.content import list_captions, list_documents, read_documents
from pipeline.errors import EXIT_FINDINGS, ConfigError, ContentError
from pipeline.model import Severity

_DEFAULT_LOCALE = "en"


@click.command("check")
@click.argument("names", metavar="[FILE | FOLDER | TOPIC/SLUG]…", nargs=-1)
@click.option(
    "--locale",
    "tag",
    metavar="TAG",
    help="The language of the files; by default the project's source language, outside of a "
    "project English. What was made for English alone is not run on others, and this is said.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="json is versioned and documented; github makes notes beside the lines of a pull request.",
)
@pass_context
def command(context: Context, *, names: tuple[str, ...], tag: str | None, form: str) -> int:
    """Say in plain words what to change in a resource, with the line.

    Looks at reading age, sentences, words, headings, links, pictures, the main
    message, when to get help, sources and dates; in captions (WebVTT) at what players
    cannot use, times, lines and reading speed. Without a name it looks at all resources
    of the project, captions too. A file need not be part of a project; - is standard
    input. Leaves with 15 if anything is more than advice.
    """
    project = context.find_project()
    locale = tag or (project.source.tag if project else _DEFAULT_LOCALE)
    files = list(dict.fromkeys(_find_files(names, project)))
    today = date.today()  # noqa: DTZ011  # a reader's day, not an instant
    results: list[Checked] = []
    with late_progress("Checking", len(files)) as advance:
        for name in files:
            results.append(check_file(name, project, locale=locale, today=today))
            advance(name)
    if form == "text":
        for line in render_text(results):
            out.print(line)
    else:
        render = render_json if form == "json" else render_github
        click.echo(render(results))
    findings = [finding for result in results for finding in result.findings]
    above = any(finding.severity is not Severity.MINOR for finding in findings)
    return EXIT_FINDINGS if above else 0


def _find_files(names: tuple[str, ...], project: Project | None) -> Iterator[str]:
    """The files that are meant, as they are to be shown."""
    if names:
        for name in names:
            yield from _find(name, project)
        return
    if project is None:
        raise ConfigError(
            "There is no project here whose resources could be checked.",
            remedy="Name a file, or a project's folder with --project.",
        )
    yield from map(_shown, list_documents(project.content_dir))
    yield from map(_shown, list_captions(project.content_dir))


def _find(name: str, project: Project | None) -> Iterator[str]:
    if name == "-" or Path(name).is_file():
        yield name
    elif Path(name).is_dir():
        yield from map(str, (*list_documents(Path(name)), *list_captions(Path(name))))
    elif project and (path := project.content_dir / f"{name}.md").is_file():
        yield _shown(path)
        yield from map(_shown, _captions_of(path, project))
    else:
        raise ContentError(
            f"There is no file and no resource `{name}`.",
            remedy="Name a file, a folder, or a resource as topic/slug: covid-19/long-covid.",
        )


def _captions_of(path: Path, project: Project) -> Iterator[Path]:
    for document in read_documents(project, paths=[path]).documents:
        if document.video is not None:
            yield document.video.captions.path


def _shown(path: Path) -> str:
    here = Path.cwd().resolve()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
