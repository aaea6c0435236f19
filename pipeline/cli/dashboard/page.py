"""The dashboard as HTML: no network, no script, nothing that a title could turn into markup."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pipeline import __version__
from pipeline.cli.dashboard.history import draw_history
from pipeline.cli.dashboard.looks import LOOKS
from pipeline.cli.dashboard.matrix import count_states, is_large, make_matrix, resources_of
from pipeline.cli.dashboard.report import Report
from pipeline.cli.dashboard.work import (
    MOST_TASKS,
    count_unapproved,
    list_languages,
    list_running,
    list_turns,
    listed,
)
from pipeline.status import rank_tasks

_FOLDER = Path(__file__).parent


def render_page(report: Report) -> bytes:
    """The dashboard as one HTML page.

    Args:
        report: what it is made from.
    """
    style = _read("page.css")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    languages = list_languages(report)
    tasks = rank_tasks(report.languages, report.weights, source=report.source)
    running, more_running = list_running(report, listed(languages))
    page = environment.from_string(
        _read("page.html.j2")
    ).render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own file
        policy=_policy(style),
        version=__version__,
        generated=f"{report.now:%Y-%m-%d %H:%M} UTC",
        looks=LOOKS,
        counts=count_states(report.languages),
        resources=len(resources_of(report)),
        is_large=is_large(report),
        groups=make_matrix(report),
        languages=languages,
        names={row.locale.tag: row.locale for row in report.languages}
        | {report.source.tag: report.source},
        tasks=tasks[:MOST_TASKS],
        more_tasks=max(len(tasks) - MOST_TASKS, 0),
        turns=list_turns(report, tasks),
        running=running,
        more_running=more_running,
        unapproved=count_unapproved(report),
        chart=draw_history(report),
    )
    return page.lstrip().encode("utf-8", "replace")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _policy(style: str) -> str:
    """What the page may load or run: its own style sheet."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
