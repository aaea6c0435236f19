"""`pipeline next`: what to do next, ranked by the people it serves."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from textwrap import wrap

import click
from rich.markup import escape

from pipeline.cli.columns import Column, has_room, make_table
from pipeline.cli.console import complain, out, progress, say
from pipeline.cli.drafters import Drafters, find_drafters
from pipeline.cli.main import Context, pass_context
from pipeline.cli.matrix import Matrix, survey_states
from pipeline.config import Project
from pipeline.ledger import format_time, parse_time
from pipeline.status import Task, format_duration, rank_tasks
from pipeline.workflow import Role

#: Version of the JSON; documented in docs/reference/status.md.
SCHEMA_VERSION = 1
_DO = {
    Role.AUTHOR: "sign as author",
    Role.CLINICIAN: "check as clinician",
    Role.TRANSLATOR: "translate",
    Role.REVISER: "revise",
    Role.COMMUNITY_READER: "read as community reader",
    Role.PUBLISHER: "release",
}


@click.command("next")
@click.option("--role", type=click.Choice([str(role) for role in Role]), help="Only its tasks.")
@click.option("--locale", "tag", help="Only this language; the source's for the source text.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many at most; 0 for all.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="json is versioned and documented.",
)
@pass_context
def command(context: Context, role: str | None, tag: str | None, limit: int, form: str) -> int:
    """Say what to do next, ranked by the people it serves.

    The score is people × urgency × criticality ÷ remaining words; every factor is
    shown. The weights are settings: [workflow.weights] in pipeline.toml.
    """
    project, now = context.project, datetime.now(UTC)
    locale = project.locale(tag) if tag else None
    with progress("Reading the languages", len(project.locales)) as advance:
        found = survey_states(project, now=now, advance=advance)
    tasks = rank_tasks(
        found.languages,
        project.workflow.weights,
        source=project.source,
        role=Role(role) if role else None,
        tag=locale.tag if locale else None,
    )
    shown = tasks[:limit] if limit else tasks
    drafters = find_drafters(project)
    if form == "json":
        click.echo(render_tasks(project, shown, total=len(tasks), now=now, drafters=drafters))
    else:
        print_tasks(project, shown, total=len(tasks), now=now, drafters=drafters)
    _tell(found, tag)
    return 0


def print_tasks(
    project: Project,
    tasks: Sequence[Task],
    *,
    total: int,
    now: datetime,
    drafters: Drafters = None,
) -> None:
    """Print the queue as a table, with where the figures come from.

    Args:
        project: whose languages have names.
        tasks: the first of the queue.
        total: how many there are.
        now: the moment up to which they wait.
        drafters: which model drafts each language on this machine.
    """
    if not tasks:
        out.print("Nothing to do: nobody is waited for.")
        return
    columns = list(_columns(project, tasks, now, drafters))
    if has_room(columns, out.width):
        out.print(make_table(columns))
    else:
        _print_stacked(project, tasks, now, drafters)
    if total > len(tasks):
        out.print(f"{total - len(tasks)} more: --limit 0 shows all.")
    weights = project.workflow.weights
    out.print(
        "Score: people × urgency × criticality ÷ words. Urgency: "
        f"{weights.urgent:g} for urgent, 1 for routine. "
        f"Criticality: 1 + {weights.critical:g} × the critical share of the words."
    )
    for source in dict.fromkeys(_people_source(project, task) for task in tasks):
        out.print(escape(source))


def _people_source(project: Project, task: Task) -> str:
    """Where a figure comes from; that of a source text is another for each resource."""
    of = f"{task.resource}: " if task.locale == project.source.tag else ""
    return f"People, {_name(project, task)}: {of}{task.people_source.rstrip('.')}."


def _columns(
    project: Project, tasks: Sequence[Task], now: datetime, drafters: Drafters
) -> Iterator[Column]:
    yield Column(title="#", cells=[str(n) for n in range(1, len(tasks) + 1)], is_number=True)
    yield Column(title="Do", cells=[_do(task, drafters) for task in tasks])
    yield Column(title="Resource", cells=[task.resource for task in tasks])
    yield Column(title="Language", cells=[escape(_name(project, task)) for task in tasks])
    yield Column(title="People", cells=[_people(task) for task in tasks], is_number=True)
    yield Column(title="Urgency", cells=[f"×{task.urgency:g}" for task in tasks], is_number=True)
    shares = [f"×{task.criticality:.2f} ({share(task):.0%})" for task in tasks]
    yield Column(title="Criticality", cells=shares, is_number=True)
    yield Column(title="Words", cells=[f"÷{task.words}" for task in tasks], is_number=True)
    yield Column(title="Score", cells=[f"{task.rank:.1f}" for task in tasks], is_number=True)
    yield Column(title="Waiting", cells=[_waiting(task, now) for task in tasks])


def _print_stacked(
    project: Project, tasks: Sequence[Task], now: datetime, drafters: Drafters
) -> None:
    """A narrow screen: a task on a few lines, with its factors as a formula."""
    for number, task in enumerate(tasks, start=1):
        title = f"{number}. {_do(task, drafters)} {task.resource}, {_name(project, task)}"
        score = (
            f"{task.rank:.1f} = {_people(task)} people × {task.urgency:g} × "
            f"{task.criticality:.2f} ({share(task):.0%} critical) ÷ {task.words} words"
        )
        for line, indent in ((title, ""), (score, "   "), (_waiting(task, now), "   ")):
            for piece in wrap(line, max(out.width - len(indent), 1), break_on_hyphens=False):
                out.print(f"{indent}{piece}", markup=False)


def _do(task: Task, drafters: Drafters) -> str:
    """What is to be done: a draft to be corrected is other work than an empty box."""
    if task.role is not Role.TRANSLATOR:
        return _DO[task.role]
    if task.drafted == task.segments:
        return "correct drafts"
    if task.drafted:
        return f"translate, {task.drafted_words / max(task.words, 1):.0%} drafted"
    if drafters is not None and task.locale not in drafters:
        return "translate, no model"
    return _DO[task.role]


def _people(task: Task) -> str:
    return f"{task.people:,}{'' if task.is_counted else '?'}"


def _name(project: Project, task: Task) -> str:
    name = project.locale(task.locale).english_name
    return f"{name} (source)" if task.locale == project.source.tag else name


def _waiting(task: Task, now: datetime) -> str:
    span = max(now - parse_time(task.since), timedelta()) if task.since else None
    parts = [
        format_duration(span) if span is not None else "",
        "late" if task.is_late else "",
        "after publication" if task.is_owed else "",
    ]
    return ", ".join(part for part in parts if part)


def share(task: Task) -> float:
    """How much of the words is safety-critical, 0 to 1."""
    return task.critical_words / max(task.words, 1)


def render_tasks(
    project: Project,
    tasks: Sequence[Task],
    *,
    total: int,
    now: datetime,
    drafters: Drafters = None,
) -> str:
    """The queue as JSON.

    Args:
        project: whose weights counted.
        tasks: the first of the queue.
        total: how many there are.
        now: the moment from which they were judged.
        drafters: which model drafts each language on this machine.
    """
    weights = project.workflow.weights
    data = {
        "version": SCHEMA_VERSION,
        "now": format_time(now),
        "weights": {
            "urgent": weights.urgent,
            "critical": weights.critical,
            "uncounted_people": weights.uncounted_people,
        },
        "total": total,
        "drafting": drafters is not None,
        "tasks": [
            _task_json(number, task, now) | {"model": (drafters or {}).get(task.locale)}
            for number, task in enumerate(tasks, start=1)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _task_json(number: int, task: Task, now: datetime) -> dict[str, object]:
    waited = max(now - parse_time(task.since), timedelta()) if task.since else None
    return {
        "rank": number,
        "score": task.rank,
        "resource": task.resource,
        "locale": task.locale,
        "role": str(task.role),
        "since": task.since or None,
        "seconds": None if waited is None else int(waited.total_seconds()),
        "people": task.people,
        "people_source": task.people_source,
        "people_counted": task.is_counted,
        "urgency": task.urgency,
        "criticality": task.criticality,
        "segments": task.segments,
        "words": task.words,
        "critical_words": task.critical_words,
        "critical_share": share(task),
        "drafted": task.drafted,
        "drafted_words": task.drafted_words,
        "owed": task.is_owed,
        "late": task.is_late,
    }


def _tell(found: Matrix, tag: str | None) -> None:
    """What else somebody ought to know: files that cannot be used, and a source not approved."""
    for error in found.errors:
        complain(error, found.project.root)
    source = found.project.source
    if tag is None or tag == source.tag:
        return
    cells = (cell for row in found.languages if row.locale.tag == tag for cell in row.resources)
    if waiting := sum(any(wait.of_source for wait in cell.waits) for cell in cells):
        say(
            f"{waiting} resources wait for the {source.english_name} to be approved first: "
            f"`pipeline next --locale {source.tag}`."
        )
