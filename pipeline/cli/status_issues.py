"""`pipeline status --format issues`: what an issue of each language should say.

A program that speaks to the host of the repository (``scripts/hosting.py``) opens, updates and
closes issues by it. It holds no time that passes: the same state gives the same text.
"""

import json

from pipeline.cli.status_report import (
    Report,
    count_missing,
    describe_people,
    describe_stale,
)
from pipeline.config import Project
from pipeline.status import (
    LanguageState,
    ResourceState,
    TranslationState,
    Wait,
    name_role,
    rank_tasks,
)

#: Version of the JSON; documented in docs/reference/status.md.
SCHEMA_VERSION = 1
#: The label that all of these issues have, by which they are found again.
LABEL = "translation-status"
#: More than these a table does not list: a host takes 65,536 characters.
_MOST_ROWS = 100

_WORDS = {
    TranslationState.DAMAGED: "its file is damaged",
    TranslationState.WITHDRAWN: "withdrawn",
    TranslationState.OVERDUE: "past the day of its check",
    TranslationState.KEY_FACTS: "only its key facts can be read",
    TranslationState.GAPS: "parts are in the source language",
    TranslationState.LIVE: "can be read",
    TranslationState.MISSING: "nothing is translated",
    TranslationState.READY: "signed, not published yet",
    TranslationState.IN_REVIEW: "in review",
    TranslationState.TRANSLATED: "translated, nobody has reviewed it",
}


def render_issues(report: Report, *, is_complete: bool) -> str:
    """What to tell of each language, as JSON.

    Where resources could not be read, nothing is said of a language that seems to lack nothing:
    its issue stays as it is.

    Args:
        report: the matrix, with all of its resources.
        is_complete: all languages of the project are in it.
    """
    issues = [
        _issue(report, language)
        for language in report.languages
        if not report.unread or _is_lacking(language)
    ]
    return json.dumps(
        {
            "version": SCHEMA_VERSION,
            "label": LABEL,
            "complete": is_complete and not report.unread,
            "issues": issues,
        },
        ensure_ascii=False,
        indent=2,
    )


def _issue(report: Report, language: LanguageState) -> dict[str, object]:
    tag, name = language.locale.tag, language.locale.english_name
    return {
        "locale": tag,
        "marker": f"<!-- {LABEL}:{tag} -->",
        "title": f"{name} ({tag}): missing or late",
        "open": _is_lacking(language),
        "body": "\n".join(_body(report, language)),
    }


def _is_lacking(language: LanguageState) -> bool:
    return any(_is_urgent(cell) for cell in language.resources)


def _is_urgent(cell: ResourceState) -> bool:
    """Whether it cannot be read, is late, or has safety-critical advice that is out of date."""
    return not cell.is_readable or cell.is_late or bool(cell.stale_critical)


def _body(report: Report, language: LanguageState) -> list[str]:
    cells = [cell for cell in _by_rank(report.project, language) if _is_urgent(cell)]
    lines = [f"<!-- {LABEL}:{language.locale.tag} -->", _headline(language)]
    if not language.is_open:
        missing = len(language.missing_notices)
        lines += ["", _closed(language.locale.tag, missing)]
    if report.unread_note:
        lines += ["", f"**{report.unread_note}**"]
    if cells:
        lines += ["", *_table(cells)]
    if others := _partly(language):
        lines += ["", f"Also not whole: {others}."]
    return [*lines, "", _foot(language.locale.tag)]


def _headline(language: LanguageState) -> str:
    locale, total = language.locale, len(language.resources)
    missing, late = count_missing(language), sum(cell.is_late for cell in language.resources)
    people = describe_people(language)
    serves = "nobody has counted its speakers" if locale.people is None else f"{people} people"
    told = f"{missing} of {total} resources cannot be read" if missing else "All can be read"
    more = f", {late} {'is' if late == 1 else 'are'} late" if late else ""
    return f"**{_plain(locale.english_name)}** ({_plain(locale.autonym)}; {serves}): {told}{more}."


def _closed(tag: str, missing: int) -> str:
    notices = "1 of its notices is" if missing == 1 else f"{missing} of its notices are"
    return (
        f"**The language is not open**: {notices} not translated (`locales/{tag}/interface.po`), "
        "so nothing in it is published."
    )


def _by_rank(project: Project, language: LanguageState) -> list[ResourceState]:
    """Late first, then as the queue has them."""
    tasks = rank_tasks([language], project.workflow.weights, source=project.source)
    rank = {task.resource: -number for number, task in enumerate(reversed(tasks), 1)}
    return sorted(
        language.resources,
        key=lambda cell: (not cell.is_alarming, not cell.is_late, rank.get(cell.resource, 0)),
    )


def _table(cells: list[ResourceState]) -> list[str]:
    head = ["| Resource | State | Waiting for | To be read by |", "|---|---|---|---|"]
    rows = [
        f"| `{cell.resource}` | {_state(cell)} | {_waits(cell)} | {_due(cell)} |"
        for cell in cells[:_MOST_ROWS]
    ]
    left = len(cells) - _MOST_ROWS
    return [*head, *rows, *(["", f"… and {left} more."] if left > 0 else [])]


def _state(cell: ResourceState) -> str:
    if cell.state is TranslationState.DRAFTING:
        return f"{cell.words.translated} of {cell.words.total} words translated"
    if cell.state is TranslationState.STALE:
        return f"out of date: {describe_stale(cell)}"
    words = _WORDS[cell.state]
    return f"{words}; {describe_stale(cell)}" if cell.stale_critical else words


def _waits(cell: ResourceState) -> str:
    if cell.state is TranslationState.DAMAGED:
        return "somebody to mend its file"
    return "<br>".join(_wait(wait) for wait in cell.waits if not wait.is_owed) or "nobody"


def _wait(wait: Wait) -> str:
    words = "1 word" if wait.words == 1 else f"{wait.words} words"
    side = " of the source text" if wait.of_source else ""
    since = f", since {wait.since[:10]}" if wait.since else ""
    return f"{name_role(wait.role)}{side} ({words}{since})"


def _due(cell: ResourceState) -> str:
    if not cell.lateness.due:
        return ""
    mark = "alarm" if cell.is_alarming else "late" if cell.is_late else ""
    return f"{cell.lateness.due[:10]}{f', **{mark}**' if mark else ''}"


def _partly(language: LanguageState) -> str:
    names = [
        f"`{cell.resource}`"
        for cell in language.resources
        if not _is_urgent(cell) and cell.state is not TranslationState.LIVE
    ]
    more = [f"{len(names) - _MOST_ROWS} more"] if len(names) > _MOST_ROWS else []
    return ", ".join([*names[:_MOST_ROWS], *more])


def _foot(tag: str) -> str:
    return (
        f"Details: `pipeline status --locale {tag}`; what to do first: `pipeline next --locale "
        f"{tag}`. This text is kept up to date by a workflow, which closes the issue when "
        "nothing is missing; comments stay."
    )


def _plain(text: str) -> str:
    """A name as text: no Markdown, no mention of anybody, no reference to another issue."""
    return "".join(f"&#{ord(sign)};" if sign in "\\`*_{}[]<>#@!|~&$" else sign for sign in text)
