"""`pipeline status --format markdown`: for a comment on a pull request."""

from pipeline.cli.since import Since
from pipeline.cli.status_report import Report, count_missing, describe_people, note
from pipeline.cli.status_words import change_lines, summarise
from pipeline.status import LanguageState, TranslationState

#: More than these a comment does not list: the hosts cut it at 65,536 characters.
_MOST_LINES = 200


def render_markdown(report: Report) -> str:
    """The matrix in counts, or what has changed since an earlier commit.

    Args:
        report: what to print.
    """
    if report.since:
        return _changes(report, report.since)
    head = ("Language", "Tag", "People", "Missing", "Stale", "Late", "With gaps", "Live", "Note")
    rule = ("---", "---", "--:", "--:", "--:", "--:", "--:", "--:", "---")
    rows = (_row(language) for language in report.languages)
    lines = [report.headline, "", _line(head), f"|{'|'.join(rule)}|", *map(_line, rows)]
    return "\n".join(lines)


def _row(language: LanguageState) -> tuple[str, ...]:
    return (
        language.locale.english_name,
        f"`{language.locale.tag}`",
        describe_people(language),
        str(count_missing(language)),
        str(sum(bool(cell.stale) and cell.is_published for cell in language.resources)),
        str(sum(cell.is_late for cell in language.resources)),
        str(language.count(TranslationState.GAPS)),
        str(language.count(TranslationState.LIVE)),
        note(language),
    )


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _changes(report: Report, since: Since) -> str:
    lines = change_lines(since, report.project.source)
    told = [f"- {line}" for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        told.append(f"- … and {len(lines) - _MOST_LINES} more")
    head = f"**Translations since `{since.ref.replace('`', '')}`.** {summarise(since)}"
    if report.unread_note:
        head = f"{head} **{report.unread_note}**"
    return "\n".join([head, *(["", *told] if told else [])])
