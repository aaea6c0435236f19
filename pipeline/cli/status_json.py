"""`pipeline status --format json`: every figure, documented in docs/reference/status.md.

The keys are those of docs/reference/status.schema.json. What is not known is null; times are UTC.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from pipeline.cli.since import Change, Since
from pipeline.cli.status_report import Report
from pipeline.cli.status_words import describe_change
from pipeline.config import Project
from pipeline.ledger import format_time, parse_time
from pipeline.media import MediaFact
from pipeline.status import (
    Calendar,
    Clock,
    LanguageState,
    ResourceState,
    Round,
    Tally,
    Wait,
    describe_clock,
)

#: Version of the JSON; a key may be added within it, none changes its meaning.
SCHEMA_VERSION = 2
Json = dict[str, object]


def render_json(report: Report) -> str:
    """The whole matrix as JSON.

    Args:
        report: what to print.
    """
    scribe = _Scribe(report)
    data: Json = {
        "version": SCHEMA_VERSION,
        "now": format_time(report.now),
        "source_locale": report.project.source.tag,
        "demonstration": report.project.demonstration,
        "targets": _targets(report.project),
        "unread": report.unread,
        "drafting": report.drafters is not None,
        "languages": [scribe.language(language) for language in report.languages],
    }
    if report.since:
        data["since"] = scribe.since(report.since)
    return _dump(data, levels=4)


def _dump(value: object, *, levels: int, indent: str = "") -> str:
    """JSON, indented down to the cells, each of which stands on a line.

    Lines can be compared and searched so; and Python indents five times as slowly as it writes.
    """
    inner = f"{indent}  "
    if levels and isinstance(value, dict) and value:
        parts = [
            f"{json.dumps(key)}: {_dump(item, levels=levels - 1, indent=inner)}"
            for key, item in value.items()
        ]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}}}"
    if levels and isinstance(value, list) and value:
        parts = [_dump(item, levels=levels - 1, indent=inner) for item in value]
        return "[\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def _targets(project: Project) -> Json:
    targets = project.workflow.targets
    return {
        "urgent_days": targets.urgent_days,
        "routine_working_days": targets.routine_working_days,
        "alarm_days": targets.alarm_days,
        "holidays": project.workflow.holidays,
    }


class _Scribe:
    """Writes cells, from one moment and by one calendar."""

    def __init__(self, report: Report) -> None:
        self._project = report.project
        self._now = report.now
        self._drafters = report.drafters
        self._calendar = Calendar(report.project.workflow.holidays)
        self._working: dict[tuple[datetime, datetime], int] = {}

    def language(self, language: LanguageState) -> Json:
        locale = language.locale
        return {
            "locale": locale.tag,
            "autonym": locale.autonym,
            "english_name": locale.english_name,
            "people": locale.people,
            "people_source": locale.people_source,
            "open": language.is_open,
            "missing_notices": list(language.missing_notices),
            "model": (self._drafters or {}).get(locale.tag),
            "resources": [self.cell(cell) for cell in language.resources],
        }

    def cell(self, cell: ResourceState) -> Json:
        coverage = cell.coverage
        return {
            "resource": cell.resource,
            "state": str(cell.state),
            "page": str(cell.page),
            "readable": cell.is_readable,
            "published": cell.is_published,
            "urgent": cell.is_urgent,
            "sample": cell.is_sample,
            "overdue": cell.is_overdue,
            "segments": coverage.segments,
            "segments_translated": coverage.segments_translated,
            "words": coverage.words,
            "words_translated": coverage.words_translated,
            "critical": coverage.critical,
            "critical_translated": coverage.critical_translated,
            "changed": cell.stale,
            "tally": {"words": _tally(cell.words), "segments": _tally(cell.segments)},
            "open": {"words": asdict(cell.open_words), "segments": asdict(cell.open_segments)},
            "stale": {"segments": cell.stale, "critical": cell.stale_critical},
            "media": [_media(fact) for fact in cell.media],
            "waits": [self._wait(wait) for wait in cell.waits],
            "clock": self._clock(cell.clock),
            "lateness": self._lateness(cell),
            "summary": describe_clock(cell.resource, cell, now=self._now),
        }

    def since(self, since: Since) -> Json:
        return {
            "ref": since.ref,
            "commit": since.commit,
            "compared": since.compared,
            "changes": [self._change(change) for change in since.changes],
            "openings": [
                {"locale": item.language.locale.tag, "open": item.language.is_open}
                for item in since.openings
            ],
        }

    def _change(self, change: Change) -> Json:
        return {
            "locale": change.locale.tag,
            "resource": change.resource,
            "before": self.cell(change.before) if change.before else None,
            "after": self.cell(change.after) if change.after else None,
            "summary": describe_change(change, self._project.source),
        }

    def _wait(self, wait: Wait) -> Json:
        return {
            "role": str(wait.role),
            "side": "source" if wait.of_source else "target",
            "since": wait.since or None,
            "seconds": self._seconds(wait.since, ""),
            "segments": wait.segments,
            "words": wait.words,
            "critical_words": wait.critical_words,
            "owed": wait.is_owed,
        }

    def _clock(self, clock: Clock) -> Json:
        running = clock.running
        return {
            "approved": clock.approved or None,
            "first_live": clock.first_live or None,
            "last_live": clock.last_live or None,
            "running": self._span(running.approved, "") if running else None,
            "rounds": [self._round(item) for item in clock.rounds],
        }

    def _round(self, item: Round) -> Json:
        return {
            "approved": item.approved,
            "live": item.live or None,
            "recorded": item.is_recorded,
            "change": item.is_change,
            "words": item.words,
            "key_facts": item.key_facts or None,
            **self._span(item.approved, item.live),
            "steps": [
                {
                    "roles": [str(role) for role in step.roles],
                    "done": step.done,
                    "seconds": int(step.took.total_seconds()),
                }
                for step in item.steps
            ],
        }

    def _span(self, start: str, end: str) -> Json:
        """How long something took, or has been running."""
        began, ended = parse_time(start), parse_time(end) if end else self._now
        if (began, ended) not in self._working:
            self._working[began, ended] = self._calendar.count_working_days(began, ended)
        return {
            "seconds": self._seconds(start, end),
            "working_days": self._working[began, ended],
        }

    def _seconds(self, start: str, end: str) -> int | None:
        if not start:
            return None
        ended = parse_time(end) if end else self._now
        return max(int((ended - parse_time(start)).total_seconds()), 0)

    def _lateness(self, cell: ResourceState) -> Json:
        return {
            "target": self._target(is_urgent=cell.is_urgent),
            "due": cell.lateness.due or None,
            "late": cell.is_late,
            "alarm": cell.is_alarming,
        }

    def _target(self, *, is_urgent: bool) -> Mapping[str, object]:
        targets = self._project.workflow.targets
        if is_urgent:
            return {"days": targets.urgent_days, "working": False}
        return {"days": targets.routine_working_days, "working": True}


def _media(fact: MediaFact) -> Json:
    return {
        "kind": str(fact.kind),
        "name": fact.name,
        "state": str(fact.state),
        "signed": fact.is_signed,
        "shown": fact.is_shown,
        "bytes": fact.size,
    }


def _tally(tally: Tally) -> Json:
    return {
        "total": tally.total,
        "translated": tally.translated,
        "signed": tally.signed,
        "critical": tally.critical,
        "critical_translated": tally.critical_translated,
        "critical_signed": tally.critical_signed,
    }
