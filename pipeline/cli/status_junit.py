"""`pipeline status --format junit`: a test case a cell, for what reads test reports.

A cell fails for each condition of ``--fail-on`` that it meets; without one nothing fails.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

from pipeline.cli.status_report import Failure, Report, find_closed, find_failures
from pipeline.status import LanguageState, ResourceState, describe_clock

#: Characters that XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report, conditions: Iterable[str]) -> str:
    """A test suite a language, a test case a resource and one for whether it is open.

    Args:
        report: what to print.
        conditions: what fails.
    """
    wanted = frozenset(conditions)
    suites = [_suite(report, language, wanted) for language in report.languages]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<testsuites name="pipeline status">',
            *(line for suite in suites for line in suite),
            "</testsuites>",
        ]
    )


def _suite(report: Report, language: LanguageState, wanted: frozenset[str]) -> list[str]:
    tag = language.locale.tag
    cases = [
        ("open", "", tuple(find_closed(language, wanted))),
        *(
            (cell.resource, _said(report, cell), tuple(find_failures(cell, wanted)))
            for cell in language.resources
        ),
    ]
    failed = sum(bool(failures) for _, _, failures in cases)
    counts = f'tests="{len(cases)}" failures="{failed}"'
    return [
        f'  <testsuite name="{_text(tag)}" {counts} errors="0" skipped="0">',
        *(line for name, said, failures in cases for line in _case(tag, name, said, failures)),
        "  </testsuite>",
    ]


def _said(report: Report, cell: ResourceState) -> str:
    return f"{cell.state} · {describe_clock(cell.resource, cell, now=report.now)}"


def _case(tag: str, name: str, said: str, failures: Sequence[Failure]) -> list[str]:
    lines = [f'    <testcase classname="{_text(tag)}" name="{_text(name)}">']
    if failures:
        # One element only: several of them are read as one, or refused, depending on the reader.
        kinds = ",".join(failure.condition for failure in failures)
        message = "; ".join(failure.message for failure in failures)
        lines.append(f'      <failure type="{_text(kinds)}" message="{_text(message)}"/>')
    if said:
        lines.append(f"      <system-out>{_text(said)}</system-out>")
    return [*lines, "    </testcase>"]


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))
