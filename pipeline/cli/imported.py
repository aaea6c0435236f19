"""Translations that were made elsewhere: files in ``locales/<tag>/memory``, and what is in them.

They are proposals, whoever made them: nobody of this project has signed them. Each row is looked at
by the checks as a catalog is, and what they find above advice keeps the row out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.checks import check_catalog
from pipeline.checks.shifts import Shift, find_shift
from pipeline.cli.bilingual import as_segment
from pipeline.cli.console import Advance
from pipeline.cli.gates import project_languages
from pipeline.config import Project
from pipeline.errors import CatalogError, PipelineError
from pipeline.memory import MemoryUnit, parse_tmx
from pipeline.model import Finding, Severity, Unit

#: So many rows in a row, or this share of all, stand beside the wrong source in a file that is
#: shifted; fewer are single mistakes.
_RUN, _MOST_MISALIGNED = 3, 0.02
#: Of a file of which so many rows are left out nobody should take the rest.
_MOST_DOUBTFUL = 0.5
#: From so many rows on the check of shifted rows can learn from the file itself.
_LONG = 100
#: Rows that are checked in one go.
_PART = 5_000
_MISALIGNED = "misaligned"

#: A row of a file: the line that it begins on, and what it says.
Row = tuple[int, MemoryUnit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the checks say of a file's rows.

    Attributes:
        kept: the rows of which they say nothing above advice.
        shifted: findings of translations that stand beside the wrong source, where so many do that
            the file is shifted and nothing of it can be trusted.
        doubtful: other findings above advice.
        total: how many rows there are.
    """

    kept: tuple[MemoryUnit, ...]
    shifted: tuple[Finding, ...]
    doubtful: tuple[Finding, ...]
    total: int

    @property
    def is_hopeless(self) -> bool:
        """Whether so much is wrong that it is another file than was meant."""
        return self.total - len(self.kept) > self.total * _MOST_DOUBTFUL


def _tell_nobody(_name: str) -> None:
    """Whoever reads many files tells of files, not of rows."""


def list_imported(project: Project, tag: str) -> tuple[Path, ...]:
    """The imported files of a language, in order."""
    return tuple(sorted(project.memory_dir(tag).glob("*.tmx")))


def read_imported(
    project: Project, tag: str, path: Path, errors: list[PipelineError]
) -> Sequence[MemoryUnit]:
    """The rows of an imported file that may be proposed.

    Args:
        project: the project.
        tag: tag of the language.
        path: the file.
        errors: where a file that cannot be used is reported; nothing of it is remembered.
    """
    try:
        found = parse_tmx(
            read_file(path), path, source=project.source.tag, target=tag, name=path.stem
        )
        judged = judge_rows(project, tag, path, found.units)
        refuse_shifted(judged, path)
    except CatalogError as error:
        errors.append(error)
        return ()
    is_demonstration = project.demonstration
    return [unit for unit in judged.kept if is_demonstration or not unit.provenance.is_sample]


def read_file(path: Path) -> bytes:
    """The bytes of a file of translations.

    Raises:
        CatalogError: it is a link, or cannot be read.
    """
    if path.is_symlink():
        raise CatalogError("The file is a link.", remedy="Put the file itself here.", path=path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogError(
            f"The file cannot be read: {error.strerror}.",
            remedy="Check its name and its rights.",
            path=path,
        ) from None


def judge_rows(
    project: Project, tag: str, path: Path, rows: Sequence[Row], *, advance: Advance = _tell_nobody
) -> Judged:
    """Ask the checks of translations about each row, and about the file as a whole.

    Args:
        project: the project, for what it says of the languages.
        tag: tag of the target language.
        path: the file, for the findings.
        rows: its rows.
        advance: told each time that some thousand rows have been looked at.
    """
    units = [
        Unit(msgid=unit.source, msgstr=unit.target, context=unit.context, line=line)
        for line, unit in rows
    ]
    serious = [each for each in _check(project, tag, path, units, advance) if _is_serious(each)]
    wrong = {(finding.line, finding.msgid, finding.context) for finding in serious}
    shifted = _find_shifted(units, serious, path, tag, project)
    return Judged(
        kept=tuple(unit for line, unit in rows if (line, unit.source, unit.context) not in wrong),
        shifted=shifted,
        doubtful=tuple(each for each in serious if each not in shifted),
        total=len(rows),
    )


def count_parts(rows: int) -> int:
    """How often the caller of :func:`judge_rows` is told."""
    return len(_starts(rows))


def _starts(rows: int) -> range:
    """Where parts begin; the last is not too short for the check of shifted rows."""
    return range(0, max(1, rows - _LONG), _PART)


def _check(
    project: Project, tag: str, path: Path, units: Sequence[Unit], advance: Advance
) -> Iterator[Finding]:
    """What the checks see, some thousand rows at a time: they learn enough from these."""
    starts = _starts(len(units))
    for start in starts:
        end = len(units) if start == starts[-1] else start + _PART
        yield from check_catalog(
            [(as_segment(unit), unit) for unit in units[start:end]],
            path,
            tag,
            find_problem=_fits,
            languages=project_languages(project, tag),
        )
        advance(f"row {end:,}")


def _is_serious(finding: Finding) -> bool:
    return finding.severity is not Severity.MINOR


def _find_shifted(
    units: Sequence[Unit], findings: Iterable[Finding], path: Path, tag: str, project: Project
) -> tuple[Finding, ...]:
    """The findings of a file that is shifted; none where single rows are misplaced."""
    if len(units) < _LONG:
        pairs = [(unit.msgid, unit.msgstr) for unit in units]
        shift = find_shift(pairs, project_languages(project, tag).target)
        return (_shift_finding(units[shift.start], shift, path, tag),) if shift else ()
    misaligned = tuple(each for each in findings if each.check == _MISALIGNED)
    lines = {(each.line, each.msgid) for each in misaligned}
    run = longest = 0
    for unit in units:
        run = run + 1 if (unit.line, unit.msgid) in lines else 0
        longest = max(longest, run)
    is_shifted = longest >= _RUN or len(misaligned) > len(units) * _MOST_MISALIGNED
    return misaligned if is_shifted else ()


def _shift_finding(unit: Unit, shift: Shift, path: Path, tag: str) -> Finding:
    rows = f"{abs(shift.rows)} row{'s' if abs(shift.rows) > 1 else ''}"
    return Finding(
        check=_MISALIGNED,
        severity=Severity.MAJOR,
        path=path,
        line=unit.line,
        message="From here on the text of each source seems to stand "
        f"{rows} {'below' if shift.rows > 0 else 'above'}.",
        remedy="Compare the rows around it with the source, and put each text into its row.",
        locale=tag,
        msgid=unit.msgid,
    )


def _fits(_segment: object, _target: str) -> None:
    """A line that begins with ``#`` breaks no page: the file need not be Markdown."""


def refuse_shifted(judged: Judged, path: Path) -> None:
    """Refuse a file whose translations stand beside the wrong sources.

    Raises:
        CatalogError: they do; with the first such row.
    """
    if judged.shifted:
        first = judged.shifted[0]
        raise CatalogError(
            f"Its rows are shifted. {first.message}",
            remedy=first.remedy,
            path=path,
            line=first.line,
        )
    if judged.is_hopeless:
        first = judged.doubtful[0]
        raise CatalogError(
            f"Of {judged.total} rows the checks let {len(judged.kept)} pass; the first that they "
            f"do not: {first.message}",
            remedy="See whether it is the right file and the right language.",
            path=path,
            line=first.line,
        )
