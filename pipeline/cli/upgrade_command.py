"""`pipeline upgrade`: bring an older repository up to this program."""

import click

from pipeline.cli.console import out
from pipeline.cli.main import Context, pass_context
from pipeline.cli.repository.shipped import shipped_files
from pipeline.cli.repository.upgrading import Aims, Plan, apply_upgrade, plan_upgrade


@click.command("upgrade")
@click.option("--apply", "applies", is_flag=True, help="Do it; without this it is only said.")
@click.option(
    "--theme", "takes_theme", is_flag=True, help="Replace files of the theme that you have changed."
)
@pass_context
def command(context: Context, *, applies: bool, takes_theme: bool) -> None:
    """Bring a repository up to this version of the program, losing nothing.

    Says what would be done; with --apply does it. Settings that have other names, strings that the
    theme asks for now, templates that you have not changed, and catalogs and ledgers of which an
    earlier version called the texts otherwise: translations and sign-offs go along. A repository
    of a newer program is refused. Commit before, and look at the difference after.
    """
    plan = plan_upgrade(context.root, Aims(shipped=shipped_files(), takes_theme=takes_theme))
    if applies:
        apply_upgrade(context.root, plan)
    _print(plan, applies=applies)


def _print(plan: Plan, *, applies: bool) -> None:
    for change in plan.changes:
        out.print(f"{change.name}: {change.why}", markup=False, highlight=False, soft_wrap=True)
    for line in plan.told:
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    if not plan.changes:
        out.print("Nothing to do: the repository is up to this program.")
    elif applies:
        out.print(f"{len(plan.changes)} files brought up to this program. Next: `pipeline sync`.")
    else:
        out.print(f"{len(plan.changes)} files would change. `pipeline upgrade --apply` does it.")
