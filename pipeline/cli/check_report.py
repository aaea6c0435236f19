"""What `pipeline check` says: for people, for programs, for GitHub."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape

from pipeline.checks.plain import Readability
from pipeline.model import Finding, Severity

_WORDS = {Severity.CRITICAL: "critical", Severity.MAJOR: "major", Severity.MINOR: "advice"}
_COLOURS = {Severity.CRITICAL: "bold red", Severity.MAJOR: "red", Severity.MINOR: "yellow"}
_LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning"}
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a file.

    Attributes:
        path: the file, as it is to be shown.
        locale: tag of its language.
        findings: what the checks saw, in the order of the lines.
        readability: what the formulas for English say; None where they say nothing.
        not_run: ids of the checks that were not run, for it is not in English.
    """

    path: Path
    locale: str
    findings: tuple[Finding, ...]
    readability: Readability | None = None
    not_run: tuple[str, ...] = ()


def render_text(results: Sequence[Checked]) -> Iterator[str]:
    """Lines for people, with Rich's markup for colour.

    Args:
        results: the files, in their order.
    """
    for result in results:
        figures = f" [dim]{_figures(result.readability)}[/]" if result.readability else ""
        nothing = "" if result.findings else ": [green]nothing found[/]"
        yield f"[bold]{escape(str(result.path))}[/]{nothing}{figures}"
        for finding in result.findings:
            yield from _lines(finding)
        if result.findings:
            yield ""
    yield from _not_run(results)
    yield _summary(results)


def _lines(finding: Finding) -> Iterator[str]:
    place = f"line {finding.line}" if finding.line else "whole text"
    colour, word = _COLOURS[finding.severity], _WORDS[finding.severity]
    yield (
        f"  {place:<10}  [{colour}]{word:<8}[/]  {escape(finding.message)} "
        f"[dim]({finding.check})[/]"
    )
    yield f"              [dim]→[/] {escape(finding.remedy)}"


def _figures(found: Readability) -> str:
    if not found.is_enough:
        return "(too few whole sentences to judge)"
    smog = f", SMOG {found.smog:.1f}" if found.smog is not None else ""
    return f"(easy from age {found.age}, {found.mean:.1f} words a sentence{smog})"


def _not_run(results: Sequence[Checked]) -> Iterator[str]:
    others = [result for result in results if result.not_run]
    if not others:
        return
    tags = ", ".join(sorted({result.locale for result in others}))
    checks = ", ".join(others[0].not_run)
    files = "1 file" if len(others) == 1 else f"{len(others)} files"
    yield f"Not run on {files} in {escape(tags)}, for these checks know English alone: {checks}."


def _summary(results: Sequence[Checked]) -> str:
    counts = _counts(results)
    files = "1 file" if len(results) == 1 else f"{len(results)} files"
    parts = ", ".join(f"{counts[severity]} {word}" for severity, word in _WORDS.items())
    return f"{files}: {parts}."


def _counts(results: Sequence[Checked]) -> Counter[Severity]:
    return Counter(finding.severity for result in results for finding in result.findings)


def render_json(results: Sequence[Checked]) -> str:
    """JSON, version 1, as ``docs/reference/commands.md`` describes it.

    Args:
        results: the files, in their order.
    """
    counts = _counts(results)
    report = {
        "version": _VERSION,
        "summary": {"files": len(results), **{str(s): counts[s] for s in Severity}},
        "findings": [
            _as_json(finding, result) for result in results for finding in result.findings
        ],
        "files": [_file(result) for result in results],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _as_json(finding: Finding, result: Checked) -> dict[str, object]:
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "locale": result.locale,
        "file": finding.path.as_posix(),
        "line": finding.line,
        "msgctxt": None,
        "msgid": finding.msgid,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def _file(result: Checked) -> dict[str, object]:
    found = result.readability
    figures = (
        {
            "words": found.words,
            "sentences": found.sentences,
            "words_per_sentence": round(found.mean, 1),
            "grade": round(found.grade, 1),
            "reading_age": found.age,
            "smog": None if found.smog is None else round(found.smog, 1),
            "is_enough": found.is_enough,
        }
        if found
        else None
    )
    return {
        "file": result.path.as_posix(),
        "locale": result.locale,
        "readability": figures,
        "not_run": list(result.not_run),
    }


def render_github(results: Sequence[Checked]) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request.

    Args:
        results: the files, in their order.
    """
    lines = [_annotation(finding) for result in results for finding in result.findings]
    return "\n".join([*lines, _summary(results)])


def _annotation(finding: Finding) -> str:
    where = [f"file={_property(finding.path.as_posix())}", f"line={finding.line or 1}"]
    where.append(f"title={_property(finding.check)}")
    text = _data(f"{finding.message} {finding.remedy}")
    return f"::{_LEVELS[finding.severity]} {','.join(where)}::{text}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
