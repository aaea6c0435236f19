"""`pipeline sign`: put on record that somebody answers for a text."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.console import out, say
from pipeline.cli.desk import Side, open_side
from pipeline.cli.main import Context, pass_context
from pipeline.cli.recording import (
    Refused,
    Signer,
    check_signer,
    confirm,
    describe,
    name_refused,
    record,
    sign_off,
    sort_out,
    what_next,
)
from pipeline.errors import EXIT_INCOMPLETE, ReviewError
from pipeline.qa.worklist import ChoiceError, Item, Worklist, choose
from pipeline.workflow import Role

_MOST_NAMED = 12
#: Roles for which the source text is meant where no language is named.
_OF_SOURCE = frozenset({Role.AUTHOR, Role.CLINICIAN})


@click.command("sign")
@click.argument("resource", metavar="TOPIC/SLUG")
@click.option("--locale", "tag", help="The translation's language; without it the source text.")
@click.option(
    "--role", type=click.Choice([str(role) for role in Role]), required=True, help="As what."
)
@click.option(
    "--handle",
    envvar="PIPELINE_HANDLE",
    help="Who signs: a short name. [environment: PIPELINE_HANDLE]",
)
@click.option(
    "--units",
    metavar="LIST|-",
    help="Only these, as `pipeline review` names them: numbers (3,5-9) or the beginnings of "
    "digests (7 digits or more); - reads them from standard input.",
)
@click.option("--note", default="", help="Anything that you want to say beside it.")
@click.option("--sample", is_flag=True, help="For a demonstration: nobody has really looked.")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your private SSH key, where the project counts signed sign-offs only.",
)
@click.option("--any-role", is_flag=True, help="Record a role that nobody waits for, too.")
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
@pass_context
def command(  # noqa: PLR0913  # an option each
    context: Context,
    *,
    resource: str,
    tag: str | None,
    role: str,
    handle: str | None,
    units: str | None,
    note: str,
    key: Path | None,
    sample: bool,
    any_role: bool,
    yes: bool,
) -> int:
    """Record that you answer for a text as it stands now.

    It covers what your role still has to look at, or the part that --units names. When a
    sentence changes afterwards, that sentence alone asks for your look again.
    """
    signer = Signer(
        role=Role(role), handle=_handle(handle), sample=sample, note=note.strip(), key=key
    )
    side = open_side(
        context.project,
        resource,
        locale_tag(context, tag, signer.role),
        now=datetime.now(UTC),
    )
    check_signer(side, signer, any_role=any_role)
    worklist = side.worklist(signer.role)
    wanted = _chosen(worklist.open_items, units) if units else worklist.open_items
    items, refused = sort_out(side, signer, wanted)
    if refused and units:
        name_refused(refused)
        raise ReviewError(
            f"{len(refused)} of the units that you name cannot be signed by you.",
            remedy="Leave them out, or have them mended first. Nothing was recorded.",
        )
    if not items:
        return _nothing(side, worklist, refused)
    _tell(side, signer, items)
    confirm(f"Do you answer for {_count(items)} as {signer.role}?", yes=yes)
    record(side, [sign_off(side, signer, items)])
    out.print(f"Recorded: {_count(items)} of {resource}, {_where(side)}, as {role} by {handle}.")
    for sentence in what_next(side, items):
        out.print(sentence)
    name_refused(refused)
    if worklist.waiting:
        say(_waiting(len(worklist.waiting)))
    return EXIT_INCOMPLETE if refused else 0


def locale_tag(context: Context, tag: str | None, role: Role) -> str:
    """The locale that is meant.

    Raises:
        click.UsageError: none is named, and the role does not say which.
    """
    if tag is None and role not in _OF_SOURCE:
        raise click.UsageError(f"Name the language that you look at as {role}: --locale TAG.")
    return tag or context.project.source.tag


def _handle(handle: str | None) -> str:
    if not handle:
        raise click.UsageError("Say who signs: --handle, or PIPELINE_HANDLE in the environment.")
    return handle


def _chosen(items: tuple[Item, ...], units: str) -> tuple[Item, ...]:
    text = sys.stdin.read() if units == "-" else units
    words = text.replace(",", " ").split()
    try:
        chosen = choose(items, words)
    except ChoiceError as error:
        raise ReviewError(
            f"{error}.".capitalize() if str(error)[0].isalpha() else f"{error}.",
            remedy="`pipeline review` shows what can be signed. Nothing was recorded.",
        ) from None
    if not chosen:
        raise click.UsageError("--units names nothing.")
    return chosen


def _nothing(side: Side, worklist: Worklist, refused: Refused) -> int:
    """Say why there is nothing to sign."""
    if refused:
        name_refused(refused)
        raise ReviewError(
            "There is nothing that you may sign.",
            remedy="Have these mended or looked at by somebody else. Nothing was recorded.",
        )
    out.print(f"Nothing to sign: {worklist.role} has signed all that can be, {_where(side)}.")
    if worklist.waiting:
        out.print(_waiting(len(worklist.waiting)))
    return 0


def _tell(side: Side, signer: Signer, items: tuple[Item, ...]) -> None:
    """What is about to be signed, the critical ones by name."""
    critical = [item for item in items if item.critical]
    say(f"{side.document.id}, {_where(side)}, as {signer.role}: {_count(items)}.")
    if critical:
        say(f"{len(critical)} of them {'is' if len(critical) == 1 else 'are'} critical:")
    for item in critical[:_MOST_NAMED]:
        say(f"  {describe(item)}")
    if len(critical) > _MOST_NAMED:
        say(f"  … and {len(critical) - _MOST_NAMED} more")


def _where(side: Side) -> str:
    return "the source text" if side.is_source else side.locale.english_name


def _count(items: tuple[Item, ...]) -> str:
    return f"{len(items)} unit{'' if len(items) == 1 else 's'}"


def _waiting(count: int) -> str:
    units = "1 unit is" if count == 1 else f"{count} units are"
    return f"{units} not translated yet, or not confirmed."
