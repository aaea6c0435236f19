"""`pipeline draft`: fill empty boxes with proposals, for a translator to look at."""

from datetime import date
from functools import partial

import click

from pipeline.cli.console import complain, late_progress
from pipeline.cli.draft_report import print_plan, print_report
from pipeline.cli.drafting import Drafted, Plan, carry_out, plan_drafts
from pipeline.cli.machine_drafts import Machine, find_machine, start_machine
from pipeline.cli.main import Context, pass_context
from pipeline.cli.recall import recall
from pipeline.config import Project
from pipeline.content import Library, read_documents
from pipeline.draft import Drafter
from pipeline.errors import EXIT_INCOMPLETE, ConfigError, PipelineError
from pipeline.memory import LEAST_DRAFT, Memory
from pipeline.model import Document, Locale
from pipeline.status import is_wanted

_EXAMPLES = """\b
Examples:
  pipeline draft --locale ar --dry-run              what there is to fill, and by whom
  pipeline draft --locale ar                        the memory first, then the machine
  pipeline draft --locale so --from memory
  pipeline draft --locale ar covid-19/when-to-get-help
"""


@click.command("draft", epilog=_EXAMPLES)
@click.argument("resources", nargs=-1, metavar="[TOPIC/SLUG…]")
@click.option("--locale", "tag", required=True, help="The language, such as so.")
@click.option(
    "--from",
    "origin",
    type=click.Choice(["memory", "machine", "both"]),
    default="both",
    show_default=True,
    help="Where proposals come from. memory: what has been translated and signed already; "
    "machine: Argos Translate, on this machine.",
)
@click.option(
    "--least",
    type=click.FloatRange(50, 100),
    default=LEAST_DRAFT,
    show_default=True,
    help="Least likeness of a text whose translation is proposed; 100: the same text alone.",
)
@click.option(
    "--pivot",
    is_flag=True,
    help="Let the machine go through a third language where no model does it alone; mistakes "
    "add up, and the unit says so.",
)
@click.option("--dry-run", is_flag=True, help="Say what there is to fill, and fill nothing.")
@pass_context
def command(
    context: Context,
    resources: tuple[str, ...],
    *,
    tag: str,
    origin: str,
    least: float,
    pivot: bool,
    dry_run: bool,
) -> int:
    """Fill empty boxes with proposals, for a translator to look at.

    Each proposal is fuzzy ("needs work"): the public never reads one before a
    translator has confirmed it and everybody has signed. A comment says where it
    is from. A translation whose numbers, units of measurement or negations are not
    those of the new text is not put in, nor a machine's draft of which the checks
    say that it would hold a page back: the box stays empty, and the reason is told.

    What is not empty stays as it is, and each file is written when it is done: the
    command can be stopped and run again. No network is asked.
    """
    project = context.project
    locale = project.locale(tag)
    if locale == project.source:
        raise ConfigError(
            f"`{tag}` is the language that resources are written in.",
            remedy="Name a language that they are translated into.",
        )
    library = read_documents(project)
    documents = _wanted(library, locale, resources)
    errors: list[PipelineError] = []
    memory = None if origin == "machine" else _recall(project, locale, errors)
    plans, faults = plan_drafts(project, locale, documents, memory, least=least)
    errors += faults
    machine = Machine()
    if origin != "memory":
        machine = find_machine(project, locale, may_pivot=pivot)
    if dry_run or origin != "memory":
        print_plan(plans, locale, machine, origin=origin)
    if not dry_run:
        done = _carry_out(project, locale, plans, machine, errors)
        print_report(done, locale, machine)
    for error in dict.fromkeys(errors):
        complain(error, project.root)
    return EXIT_INCOMPLETE if errors else 0


def _recall(project: Project, locale: Locale, errors: list[PipelineError]) -> Memory:
    found = recall(project, locale)
    errors += found.errors
    return found.memory


def _wanted(library: Library, locale: Locale, names: tuple[str, ...]) -> list[Document]:
    """The resources that are asked for.

    Raises:
        ContentError: there is none of that name.
    """
    if names:
        return [library.document(name) for name in names]
    return [document for document in library.documents if is_wanted(document, locale)]


def _carry_out(
    project: Project,
    locale: Locale,
    plans: list[Plan],
    machine: Machine,
    errors: list[PipelineError],
) -> list[Drafted]:
    """Fill catalog after catalog."""
    left = sum(plan.left for plan in plans)
    drafter: Drafter | None = None
    if machine.route and left:
        drafter = start_machine(project, locale, machine)
    today = date.today()  # noqa: DTZ011  # the translator's day
    done: list[Drafted] = []
    with late_progress("Drafting", left if drafter else len(plans)) as advance:
        for plan in plans:
            name = str(plan.document.id)
            try:
                done.append(
                    carry_out(
                        project,
                        locale,
                        plan,
                        drafter,
                        today=today,
                        on_attempt=partial(advance, name),
                    )
                )
            except PipelineError as fault:
                errors.append(fault)
            if drafter is None:
                advance(name)
    return done
