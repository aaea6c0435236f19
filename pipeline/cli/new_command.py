"""`pipeline new`: a resource to fill, from a template."""

from datetime import date, timedelta
from pathlib import Path

import click

from pipeline.cli.console import out
from pipeline.cli.main import Context, pass_context
from pipeline.config import Project
from pipeline.content import is_slug
from pipeline.errors import ContentError
from pipeline.files import write_atomic

#: Half a year: what we ask of ourselves; the author may choose another day.
_REVIEW_AFTER = timedelta(days=182)

_TEMPLATE = """\
---
title: {title}
summary: One sentence that says what the reader gets from this page.
audience: Who this is for
# clinical: a wrong sentence could harm. general: it could mislead. activity: it could not.
risk: clinical
# urgent: readers cannot wait. routine: they can.
urgency: routine
owner: Who answers for this page
sources:
  - title: Name of the page that the facts come from
    url: https://www.nhs.uk/
    checked: {today}
last_checked: {today}
review_by: {review_by}
---

Say the most important thing first, in one or two short sentences.

## What to do

- One step a line.
- Write to the reader: "you".
- Use sentences of 20 words or fewer.

<!-- critical -->
## When to get help

!!! danger critical "Call 999 now"
    Say which signs mean that the reader must call 999.
"""


@click.command("new")
@click.argument("name", metavar="TOPIC/SLUG")
@click.option("--title", help="The page's title; by default made from the slug.")
@pass_context
def command(context: Context, name: str, title: str | None) -> None:
    """Start a resource: writes content/TOPIC/SLUG.md from a template.

    The name stands in the page's address: small letters, digits and hyphens.
    """
    project = context.project
    path = _path(project, name)
    text = render_template(title or path.stem.replace("-", " ").capitalize())
    write_atomic(path, text.encode())
    next_steps = "Next: fill it, `pipeline check` it, then `pipeline sync`."
    out.print(f"Wrote {path.relative_to(project.root)}. {next_steps}")


def render_template(title: str) -> str:
    """A resource that says what is to be filled in.

    Args:
        title: its title.
    """
    return _TEMPLATE.format(
        title=_quoted(title),
        today=date.today(),  # noqa: DTZ011  # the author's day
        review_by=date.today() + _REVIEW_AFTER,  # noqa: DTZ011
    )


def _path(project: Project, name: str) -> Path:
    topic, _, slug = name.partition("/")
    if topic not in project.topics:
        raise ContentError(
            f"`{topic}` is not a topic.",
            remedy=f"Use one of {', '.join(project.topics)}, or add it to pipeline.toml.",
        )
    if not is_slug(slug):
        raise ContentError(
            f"`{slug}` cannot be a resource's name.",
            remedy="Use small letters, digits and single hyphens, such as covid-19/long-covid.",
        )
    path = project.content_dir / topic / f"{slug}.md"
    if path.exists():
        raise ContentError(
            "There is such a resource already.", remedy="Choose another name.", path=path
        )
    return path


def _quoted(title: str) -> str:
    """The title as a YAML text: quoted, since it may hold a colon or be a number."""
    return '"' + " ".join(title.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
