"""`pipeline ledger`: look at sign-offs and events, take them back, stop a publication."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.table import Table

from pipeline.cli.approval import open_verifier
from pipeline.cli.console import out
from pipeline.cli.main import Context, pass_context
from pipeline.cli.review_screen import safe
from pipeline.config import Project
from pipeline.content import read_documents
from pipeline.errors import LedgerError
from pipeline.ledger import (
    Ledger,
    Verifier,
    append,
    format_time,
    fresh_time,
    is_handle,
    line_id,
    read_ledger,
    render_line,
    sign_line,
)
from pipeline.model import Document
from pipeline.workflow import Event, EventKind, Line, Role, SignOff

#: Digits of a line's id that are shown, and the fewest that may be given.
_SHORT = 10
_LEAST = 4
#: Events that let something be read; they need a signature where sign-offs do.
_OPENING = (EventKind.WAIVED, EventKind.RESTORED)


@click.group("ledger")
def command() -> None:
    """Look at who signed what, take a sign-off back, or stop a publication.

    A ledger is only ever added to: what takes a line back is another line.
    """


# --- looking ---------------------------------------------------------------------


@command.command("verify")
@click.argument("resources", nargs=-1, metavar="[TOPIC/SLUG…]")
@pass_context
def verify(context: Context, resources: tuple[str, ...]) -> int:
    """Say what is odd about ledgers; without a name, about all of them.

    Ends with 12 if somebody has to look at one.
    """
    project, now = context.project, datetime.now(UTC)
    verifier = open_verifier(project)
    count = odd = 0
    for tag, path in _ledgers(project):
        if resources and _name(path) not in resources:
            continue
        ledger = read_ledger(path, locale=tag, now=now)
        where = path.relative_to(project.root).as_posix()
        unsigned = list(_unsigned(ledger, verifier)) if verifier else []
        count, odd = count + 1, odd + (ledger.needs_person or bool(unsigned))
        for line in unsigned:
            _tell_unsigned(where, line)
        for oddity in ledger.oddities:
            kind = "note" if oddity.is_harmless else "error" if oddity.is_doubt else "warning"
            out.print(f"{where}:{oddity.line}: {kind}: {safe(oddity.message)}", markup=False)
            out.print(f"  → {oddity.remedy}", markup=False)
    if verifier:
        verifier.save()
    out.print(f"{count} ledgers; {odd} of them need somebody.")
    return LedgerError.exit_code if odd else 0


def _unsigned(ledger: Ledger, verifier: Verifier) -> Iterator[Line]:
    """Lines that would open the gate, had they a signature that holds; not what was taken back."""
    revoked = {line.revokes for line in ledger.lines if isinstance(line, Event)}
    for line in ledger.lines:
        is_open = isinstance(line, SignOff) or line.event in _OPENING
        if is_open and line_id(line) not in revoked and not verifier.is_valid(line):
            yield line


def _tell_unsigned(where: str, line: Line) -> None:
    what = f"line {line_id(line)[:_SHORT]}, {_what(line)} by {line.handle}"
    if line.signature:
        why = "its signature does not hold"
        remedy = "It was altered, or its key may not sign this, or not any more: sign again, and "
        remedy += "take the line back."
    else:
        why, remedy = "it has no signature", "Sign again with --key, and take the line back."
    out.print(f"{where}: warning: {what}: {why}, so it counts for nothing.", markup=False)
    out.print(f"  → {remedy}", markup=False)


@command.command("show")
@click.argument("resource", metavar="TOPIC/SLUG")
@click.option("--locale", "tag", help="The translation's language; without it the source text.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@pass_context
def show(context: Context, resource: str, tag: str | None, form: str) -> None:
    """List the lines of one ledger, in the order of time."""
    place = _Place(context.project, resource, tag)
    if form == "json":
        lines = [{"id": line_id(line)} | json.loads(render_line(line)) for line in place.lines]
        click.echo(json.dumps(lines, ensure_ascii=False, indent=1))
        return
    revoked = {line.revokes for line in place.lines if isinstance(line, Event)}
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Line", "Time (UTC)", "What", "Who", "Units", "Note"):
        table.add_column(title, justify="right" if title == "Units" else "left")
    for line in place.lines:
        units = str(len(line.units)) if line.units else ""
        name, what = line_id(line), _what(line)
        note = safe(line.note) + (" (taken back)" if name in revoked else "")
        table.add_row(name[:_SHORT], line.time, what, line.handle, units, note.strip())
    out.print(table)


def _what(line: Line) -> str:
    if isinstance(line, SignOff):
        return f"signed as {line.role}" + (" (sample)" if line.sample else "")
    what = str(line.event)
    if line.until:
        return f"{what}: {line.role or line.finding[:_SHORT]} until {line.until}"
    return f"{what} {line.revokes[:_SHORT]}".strip()


# --- writing ---------------------------------------------------------------------

_RESOURCE = click.argument("resource", metavar="TOPIC/SLUG")
_TAG = click.option("--locale", "tag", help="The language; without it the source text.")
_HANDLE = click.option(
    "--handle", envvar="PIPELINE_HANDLE", required=True, help="Who says so: a short name."
)
_NOTE = click.option("--note", required=True, help="Why.")
_KEY = click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your private SSH key, where the project counts signed lines only.",
)


@command.command("revoke")
@_RESOURCE
@click.argument("line")
@_TAG
@_HANDLE
@_NOTE
@pass_context
def revoke(
    context: Context, resource: str, line: str, tag: str | None, handle: str, note: str
) -> None:
    """Take the sign-off LINE back: the units that it covered wait for the role again.

    A waiver of a finding can be taken back too: the finding holds its text back again.

    LINE is an id as `pipeline ledger show` gives it, or its beginning.
    """
    place = _Place(context.project, resource, tag)
    target = place.find(line)
    place.add(_event(place, EventKind.REVOKED, handle, note, revokes=line_id(target)))
    out.print(f"Taken back: {_what(target)} by {target.handle}, {len(target.units)} units.")


@command.command("waive")
@_RESOURCE
@_TAG
@click.option(
    "--role",
    type=click.Choice([str(role) for role in Role]),
    required=True,
    help="Who is not waited for.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The last day on which it counts.",
)
@_HANDLE
@_NOTE
@_KEY
@pass_context
def waive(  # an option each
    context: Context,
    *,
    resource: str,
    tag: str | None,
    role: str,
    until: datetime,
    handle: str,
    note: str,
    key: Path | None,
) -> None:
    """Wait for a role no longer, until a day, with a reason.

    A role that can never be waived is waited for all the same on critical segments.
    """
    place = _Place(context.project, resource, tag)
    day = until.date()
    if day < place.now.date():
        raise LedgerError(f"{day} is past.", remedy="Name a day from today on.")
    event = _event(place, EventKind.WAIVED, handle, note, role=Role(role), until=day)
    place.add(event, key=key)
    rules = context.project.workflow.tiers[place.document.metadata.risk]
    out.print(f"Until {day} nobody waits for a {role}: {safe(note)}.")
    if Role(role) in rules.never_waived:
        out.print(f"On critical segments a {role} is waited for all the same.")


@command.command("withdraw")
@_RESOURCE
@_TAG
@_HANDLE
@_NOTE
@pass_context
def withdraw(context: Context, resource: str, tag: str | None, handle: str, note: str) -> None:
    """Stop the publication: of a translation, or of the resource in every language.

    The next build puts a notice in its place.
    """
    place = _Place(context.project, resource, tag)
    place.add(_event(place, EventKind.WITHDRAWN, handle, note))
    where = f"in {place.tag}" if tag else "in every language"
    out.print(f"Withdrawn {where}: from the next build on nobody reads it.")


@command.command("restore")
@_RESOURCE
@_TAG
@_HANDLE
@_NOTE
@_KEY
@pass_context
def restore(  # an option each
    context: Context,
    *,
    resource: str,
    tag: str | None,
    handle: str,
    note: str,
    key: Path | None,
) -> None:
    """Allow again what somebody has withdrawn."""
    place = _Place(context.project, resource, tag)
    place.add(_event(place, EventKind.RESTORED, handle, note), key=key)
    out.print("Allowed again: from the next build on what is signed is published.")


class _Place:
    """One ledger, and the resource that it speaks of."""

    def __init__(self, project: Project, resource: str, tag: str | None) -> None:
        self.project = project
        self.now = datetime.now(UTC)
        self.tag = project.locale(tag).tag if tag else project.source.tag
        self.document: Document = read_documents(project).document(resource)
        self.path = project.ledger_path(self.tag, self.document.topic, self.document.slug)
        self.ledger: Ledger = read_ledger(self.path, locale=self.tag, now=self.now)

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.ledger.lines

    def find(self, beginning: str) -> Line:
        """The sign-off, or waiver of a finding, whose id begins so.

        Raises:
            LedgerError: there is none, or more than one.
        """
        found = [
            line
            for line in self.lines
            if _can_be_revoked(line) and line_id(line).startswith(beginning.lower())
        ]
        if len(found) == 1 and len(beginning) >= _LEAST:
            return found[0]
        raise LedgerError(
            f"`{safe(beginning)}` names {len(found) or 'no'} sign-offs of this ledger.",
            remedy=f"Give {_LEAST} digits or more, as `pipeline ledger show` prints them.",
            path=self.path,
        )

    def add(self, event: Event, *, key: Path | None = None) -> None:
        """Record an event.

        Raises:
            LedgerError: a signature is needed and there is no key.
        """
        if not is_handle(event.handle):
            raise LedgerError(
                f"`{safe(event.handle)}` is not a handle.",
                remedy="Use small letters and digits, with `.`, `-` or `_` between.",
            )
        event = fresh_time(self.ledger, event)
        opens = event.event in {EventKind.WAIVED, EventKind.RESTORED}
        if opens and self.project.workflow.require_signatures and key is None:
            raise LedgerError(
                "This project counts signed lines only.", remedy="Add --key with your SSH key."
            )
        append(self.path, sign_line(event, key) if key else event)


def _can_be_revoked(line: Line) -> bool:
    return isinstance(line, SignOff) or line.event is EventKind.FINDING_WAIVED


def _event(  # what an event has
    place: _Place,
    kind: EventKind,
    handle: str,
    note: str,
    *,
    revokes: str = "",
    role: Role | None = None,
    until: date | None = None,
) -> Event:
    return Event(
        time=format_time(place.now),
        event=kind,
        handle=handle,
        locale=place.tag,
        revokes=revokes,
        role=role,
        until=until,
        note=note.strip(),
    )


def _ledgers(project: Project) -> Iterator[tuple[str, Path]]:
    """Tag and path of every ledger."""
    yield from ((project.source.tag, path) for path in _in(project.content_dir))
    for locale in project.locales:
        folder = project.locales_dir / locale.tag
        yield from ((locale.tag, path) for path in _in(folder))


def _in(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*/*.ledger.jsonl"))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name.removesuffix('.ledger.jsonl')}"
