"""`pipeline media`: pictures, recordings and films that a language has of its own."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from pipeline.assemble import weigh
from pipeline.cli.approval import name_roles, open_office
from pipeline.cli.console import complain, out
from pipeline.cli.interface import read_or_report
from pipeline.cli.main import Context, pass_context
from pipeline.cli.media.finding import find_wants
from pipeline.cli.media.showing import judge_own
from pipeline.cli.units import digest_pictures
from pipeline.config import Project
from pipeline.content import Library, read_documents
from pipeline.content.assets import read_assets
from pipeline.errors import EXIT_INCOMPLETE, PipelineError, ReviewError
from pipeline.ledger import Ledger, append, format_time, fresh_time, is_handle
from pipeline.media import MediaKind, MediaState
from pipeline.model import Document, Locale
from pipeline.qa.media import Media
from pipeline.segments import split_document
from pipeline.status import is_wanted
from pipeline.workflow import Event, EventKind

#: Version of the JSON; documented in docs/reference/media.md.
SCHEMA_VERSION = 1
_KILOBYTE = 1000
_EXAMPLES = """\b
Examples:
  pipeline media list --locale so
  pipeline media list --locale so --format json covid-19/fever
  pipeline media record --locale so --handle amina covid-19/fever
  pipeline review covid-19/fever --locale so --role reviser     then it is signed like a text
"""
_STATES = {
    MediaState.MISSING: "missing",
    MediaState.UNRECORDED: "there; nobody has recorded for which version: pipeline media record",
    MediaState.STALE: "stale: made for another version of the source",
    MediaState.PRESENT: "made for what stands there now",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What a language has of its own of a resource."""

    document: Document
    ledger: Ledger
    media: tuple[Media, ...]


@click.group("media", epilog=_EXAMPLES)
def command() -> None:
    """Follow pictures, recordings and films that a language has of its own.

    A picture content/covid-19/images/phone.svg may have one of the same name in
    locales/so/covid-19/images/phone.svg, and so may a film and its poster; a recording of
    covid-19/fever is locales/so/covid-19/fever.mp3 (or .m4a, .ogg, .opus). None is published
    before somebody has recorded which version of the source it is made for, and every role has
    signed it.
    """


@command.command("list")
@click.argument("resources", nargs=-1, metavar="[TOPIC/SLUG…]")
@click.option("--locale", "tag", required=True, help="The language; the source's for its own.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json is versioned and documented.",
)
@pass_context
def list_(context: Context, resources: tuple[str, ...], tag: str, form: str) -> int:
    """Say which are there, for which version of the source, and who has still to sign."""
    project, locale = context.project, context.project.locale(tag)
    errors: list[PipelineError] = []
    rows = _look(project, locale, resources, errors)
    if form == "json":
        click.echo(_render(locale, rows))
    else:
        _print(locale, rows)
    for error in errors:
        complain(error, project.root)
    return EXIT_INCOMPLETE if errors else 0


@command.command("record")
@click.argument("resources", nargs=-1, metavar="TOPIC/SLUG…", required=True)
@click.option("--locale", "tag", required=True, help="The language; the source's for its own.")
@click.option(
    "--handle",
    envvar="PIPELINE_HANDLE",
    required=True,
    help="Who says so: a short name. [environment: PIPELINE_HANDLE]",
)
@pass_context
def record(context: Context, resources: tuple[str, ...], tag: str, handle: str) -> int:
    """Record that the files of a resource are made for the source as it stands now.

    Do it when a file is new, and when you have looked at one that is stale: it may still be
    right. The line in the ledger names both by their digests; whatever changes afterwards makes
    the file stale again. It signs nothing.
    """
    if not is_handle(handle):
        raise ReviewError(
            "That is not a handle.",
            remedy="Use small letters and digits, with `.`, `-` or `_` between, such as amina.y.",
        )
    project, locale = context.project, context.project.locale(tag)
    errors: list[PipelineError] = []
    written = 0
    for row in _look(project, locale, resources, errors):
        written += _record(project, locale, row, handle)
    if not written:
        out.print("Nothing to record: no file is new or stale.")
    for error in errors:
        complain(error, project.root)
    return EXIT_INCOMPLETE if errors else 0


def _look(
    project: Project, locale: Locale, names: Sequence[str], errors: list[PipelineError]
) -> list[_Row]:
    """What a language has of its own, resource by resource."""
    library = read_documents(project)
    errors += library.errors if not names else ()
    office = open_office(project, datetime.now(UTC))
    pictures, _ = read_assets(project.content_dir)
    digests = digest_pictures(pictures)
    rows = []
    for document in _wanted(project, library, locale, names):
        segments = split_document(document)
        wants = find_wants(document, segments, weigh(segments), digests)
        catalog = None
        if locale != project.source:
            path = project.catalog_path(locale.tag, document.topic, document.slug)
            catalog, _ = read_or_report(path, locale.tag, errors)
        ledger = office.read(document, locale.tag, errors)
        judged = judge_own(office, wants, locale.tag, catalog, ledger, errors)
        rows.append(
            _Row(document=document, ledger=ledger, media=tuple(media for _, media in judged))
        )
    office.close()
    return rows


def _wanted(
    project: Project, library: Library, locale: Locale, names: Sequence[str]
) -> list[Document]:
    if names:
        return [library.document(name) for name in names]
    documents = library.documents
    return [d for d in documents if locale == project.source or is_wanted(d, locale)]


def _print(locale: Locale, rows: Sequence[_Row]) -> None:
    lines = [line for row in rows for line in _lines(row)]
    for line in lines or [f"{locale.english_name}: nothing of its own."]:
        out.print(line, markup=False)


def _lines(row: _Row) -> Iterator[str]:
    for number, media in enumerate(row.media):
        if not number:
            yield str(row.document.id)
        size = f", {max(round(media.file.size / _KILOBYTE), 1)} KB" if media.file.size else ""
        name = "recording" if media.file.kind is MediaKind.RECORDING else media.file.name
        yield f"  {name}{size}: {_STATES[media.state]}{_signing(media)}"


def _signing(media: Media) -> str:
    if media.state is not MediaState.PRESENT:
        return ""
    if media.is_signed:
        return "; signed by every role"
    return f"; not shown before it is signed: waiting for {name_roles(media.turn)}"


def _render(locale: Locale, rows: Sequence[_Row]) -> str:
    entries = [_json(row.document, media) for row in rows for media in row.media]
    data = {"version": SCHEMA_VERSION, "locale": locale.tag, "media": entries}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _json(document: Document, media: Media) -> dict[str, object]:
    return {
        "resource": str(document.id),
        "kind": str(media.file.kind),
        "name": media.file.name,
        "file": media.file.path or None,
        "bytes": media.file.size,
        "critical": media.file.critical,
        "state": str(media.state),
        "signed": media.is_signed,
        "waiting_for": [str(role) for role in media.turn],
    }


def _record(project: Project, locale: Locale, row: _Row, handle: str) -> int:
    """Add a line for each file that is new or stale; tell how many."""
    document = row.document
    path = project.ledger_path(locale.tag, document.topic, document.slug)
    written = 0
    for media in row.media:
        if media.state in {MediaState.UNRECORDED, MediaState.STALE}:
            file = media.file
            event = Event(
                time=format_time(datetime.now(UTC)),
                event=EventKind.MEDIA,
                handle=handle,
                locale=locale.tag,
                media=file.name,
                made_from=file.made_from,
                file=file.digest,
            )
            append(path, fresh_time(row.ledger, event))
            out.print(f"Recorded: {file.path} is made for {_what(media)}.", markup=False)
            written += 1
    return written


def _what(media: Media) -> str:
    if media.file.kind is MediaKind.RECORDING:
        return "the text as it stands now"
    return f"the source's {media.file.kind} as it is now"
