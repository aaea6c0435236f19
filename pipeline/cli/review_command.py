"""`pipeline review`: what a role still has to look at, on a screen, on paper, and back."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.beside.elsewhere import FindElsewhere, elsewhere_in, nowhere
from pipeline.cli.beside.memories import open_memory
from pipeline.cli.console import out
from pipeline.cli.desk import Side, open_side
from pipeline.cli.files import write_bytes
from pipeline.cli.main import Context, pass_context
from pipeline.cli.review_import import import_form
from pipeline.cli.review_screen import print_sheet
from pipeline.cli.sign_command import locale_tag
from pipeline.content.assets import read_asset
from pipeline.errors import ContentError
from pipeline.qa.form import render_page
from pipeline.qa.sheet import Look, Sheet, make_look, render_json
from pipeline.qa.worklist import Worklist
from pipeline.workflow import ChecklistItem, Role, Stage

#: Most bytes of pictures that a page carries with it; beyond that they are named only.
_MOST_PICTURES = 4_000_000


@click.command("review")
@click.argument("resource", metavar="TOPIC/SLUG", required=False)
@click.option("--locale", "tag", help="The translation's language; without it the source text.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), help="As what you look.")
@click.option("--handle", envvar="PIPELINE_HANDLE", help="Who looks, to be told what is yours.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json is versioned and documented.",
)
@click.option("--html", "page", metavar="FILE", help="Write it as one page to mail or print.")
@click.option(
    "--offline-form", "offline", metavar="FILE", help="The same, to be filled in and sent back."
)
@click.option(
    "--import",
    "filled",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Record a form that was filled in.",
)
@click.option(
    "--no-memory",
    is_flag=True,
    help="Do not look whether other resources translate a text otherwise.",
)
@click.option("--all", "everything", is_flag=True, help="Show signed units too.")
@click.option("--sample", is_flag=True, help="With --import: for a demonstration.")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --import: private SSH key, where the project counts signed sign-offs only.",
)
@click.option("--any-role", is_flag=True, help="With --import: also a role nobody waits for.")
@click.option("--yes", is_flag=True, help="With --import: do not ask; for scripts.")
@pass_context
def command(  # noqa: PLR0913  # an option each
    context: Context,
    *,
    resource: str | None,
    tag: str | None,
    role: str | None,
    handle: str | None,
    form: str,
    page: str | None,
    offline: str | None,
    filled: Path | None,
    key: Path | None,
    no_memory: bool,
    everything: bool,
    sample: bool,
    any_role: bool,
    yes: bool,
) -> int:
    """Show what a role still has to look at, and what changed since it last signed."""
    if filled is not None:
        return import_form(
            context.project, filled, resource, key=key, sample=sample, any_role=any_role, yes=yes
        )
    if resource is None or role is None:
        raise click.UsageError("Name the resource and your role: TOPIC/SLUG --role ROLE.")
    wanted = Role(role)
    side = open_side(
        context.project, resource, locale_tag(context, tag, wanted), now=datetime.now(UTC)
    )
    find = nowhere if no_memory else _find_elsewhere(side)
    sheet = make_sheet(side, wanted, handle=handle, everything=everything, elsewhere=find)
    for name, is_form in ((page, False), (offline, True)):
        if name:
            write_bytes(name, render_page(sheet, is_form=is_form, pictures=_pictures(side, sheet)))
            _tell(name, sheet, is_form=is_form)
    if form == "json":
        click.echo(json.dumps(render_json(sheet), ensure_ascii=False, indent=2))
    elif not (page or offline):
        print_sheet(sheet)
    return 0


def _find_elsewhere(side: Side) -> FindElsewhere:
    """What other resources say for the same texts; nothing on the source side."""
    if side.is_source:
        return nowhere
    return elsewhere_in(open_memory(side.project, side.locale), str(side.document.id))


def make_sheet(
    side: Side,
    role: Role,
    *,
    handle: str | None,
    everything: bool = False,
    elsewhere: FindElsewhere = nowhere,
) -> Sheet:
    """Lay out what a role still has to look at.

    Args:
        side: the side of the resource.
        role: the role.
        handle: who looks; None where that is not known.
        everything: signed units too.
        elsewhere: how other resources translate a text, where they do so otherwise.
    """
    worklist = side.worklist(role)
    items = worklist.items if everything else worklist.open_items
    history = side.history(worklist, worklist.open_items)
    looks: list[Look] = []
    for item in items:
        earlier = history.earlier.get(item.digest)
        before = (earlier.source, earlier.target) if earlier else None
        looks.append(make_look(item, before, elsewhere(item)))
    metadata = side.document.metadata
    return Sheet(
        resource=str(side.document.id),
        title=metadata.title,
        risk=str(metadata.risk),
        source=side.project.source,
        locale=side.locale,
        role=role,
        is_asked=role in side.roles,
        looks=tuple(looks),
        waiting=worklist.waiting,
        signed=len(worklist.items) - len(worklist.open_items),
        remarks=tuple(_remarks(side, worklist, history.problem, handle)),
        questions=_questions(side, role),
        asked=_asked(side, role),
        is_sample=side.catalog is not None and side.catalog.is_sample,
    )


def _questions(side: Side, role: Role) -> tuple[str, ...]:
    if role is not Role.COMMUNITY_READER:
        return ()
    return tuple(entry.question for entry in side.document.metadata.questions)


def _asked(side: Side, role: Role) -> tuple[ChecklistItem, ...]:
    """What the checklist asks the role about this side."""
    items = side.project.checklist.of_role(role, side.document.metadata.risk)
    return tuple(item for item in items if (Stage.SOURCE in item.stages) is side.is_source)


def _remarks(side: Side, worklist: Worklist, problem: str, handle: str | None) -> list[str]:
    """What the reviewer should know beside the units."""
    remarks = []
    role = worklist.role
    if side.ledger.is_doubtful:
        remarks.append("None of the sign-offs counts: `pipeline ledger verify` says why.")
    if role not in side.roles:
        remarks.append(f"Nobody waits for a {role} here; asked: {', '.join(side.roles)}.")
    if side.catalog is not None and side.catalog.is_sample:
        remarks.append("This translation is a sample, for demonstration.")
    if problem and worklist.open_items:
        remarks.append(f"What changed is not shown: {problem}.")
    opposite = {Role.REVISER: Role.TRANSLATOR, Role.TRANSLATOR: Role.REVISER}.get(role)
    own = [i for i in worklist.open_items if opposite and handle in i.signers(opposite)]
    if own:
        remarks.append(
            f"You have signed {len(own)} of these as {opposite}: somebody else must be {role}."
        )
    return remarks


def _pictures(side: Side, sheet: Sheet) -> Mapping[str, bytes]:
    """Pictures that the units show, as far as they have room."""
    found: dict[str, bytes] = {}
    names = dict.fromkeys(name for look in sheet.looks for name in look.item.pictures)
    for name in names:
        path = Path(os.path.normpath(side.document.path.parent / name))
        own = side.project.locales_dir / side.locale.tag
        try:
            data = read_asset(path, own if path.is_relative_to(own) else side.project.content_dir)
        except ContentError:
            continue
        if sum(map(len, found.values())) + len(data) <= _MOST_PICTURES:
            found[name] = data
    return found


def _tell(name: str, sheet: Sheet, *, is_form: bool) -> None:
    if name != "-":
        what = "Form" if is_form else "Page"
        out.print(f"{what} with {len(sheet.looks)} units written to {name}.", markup=False)
