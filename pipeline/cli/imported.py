"""Translations that were made elsewhere: files in ``locales/<tag>/memory``, and what is in them.

They are proposals, whoever made them: nobody of this project has signed them. Each row is looked at
by the checks as a catalog is, and what they find above advice keeps the row out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.checks import check_catalog
from pipeline.cli.bilingual import as_segment
from pipeline.cli.gates import project_languages
from pipeline.config import Project
from pipeline.errors import CatalogError, PipelineError
from pipeline.memory import MemoryUnit, parse_tmx
from pipeline.model import Finding, Severity, Unit

#: Of the rows of a file so many may seem to stand beside the wrong source without the file being
#: one that is shifted.
MOST_MISALIGNED = 0.02
#: Of a file of which so many rows are left out nobody should take the rest.
_MOST_DOUBTFUL = 0.5
_MISALIGNED = "misaligned"

#: A row of a file: the line that it begins on, and what it says.
Row = tuple[int, MemoryUnit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the checks say of a file's rows.

    Attributes:
        kept: the rows of which they say nothing above advice.
        misaligned: findings of translations that stand beside the wrong source.
        doubtful: other findings above advice.
        total: how many rows there are.
    """

    kept: tuple[MemoryUnit, ...]
    misaligned: tuple[Finding, ...]
    doubtful: tuple[Finding, ...]
    total: int

    @property
    def is_shifted(self) -> bool:
        """Whether so much stands beside the wrong source that nothing of it can be trusted."""
        return len(self.misaligned) > max(1, self.total * MOST_MISALIGNED)

    @property
    def is_hopeless(self) -> bool:
        """Whether so much is wrong that it is another file than was meant."""
        return self.total - len(self.kept) > self.total * _MOST_DOUBTFUL


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


def judge_rows(project: Project, tag: str, path: Path, rows: Sequence[Row]) -> Judged:
    """Ask the checks of translations about each row, and about the file as a whole.

    Args:
        project: the project, for what it says of the languages.
        tag: tag of the target language.
        path: the file, for the findings.
        rows: its rows.
    """
    units = [
        Unit(msgid=unit.source, msgstr=unit.target, context=unit.context, line=line)
        for line, unit in rows
    ]
    found = check_catalog(
        [(as_segment(unit), unit) for unit in units],
        path,
        tag,
        find_problem=_fits,
        languages=project_languages(project, tag),
    )
    serious = [finding for finding in found if finding.severity is not Severity.MINOR]
    wrong = {(finding.line, finding.msgid, finding.context) for finding in serious}
    return Judged(
        kept=tuple(unit for line, unit in rows if (line, unit.source, unit.context) not in wrong),
        misaligned=_of(serious, is_misaligned=True),
        doubtful=_of(serious, is_misaligned=False),
        total=len(rows),
    )


def _of(findings: Iterable[Finding], *, is_misaligned: bool) -> tuple[Finding, ...]:
    return tuple(each for each in findings if (each.check == _MISALIGNED) is is_misaligned)


def _fits(_segment: object, _target: str) -> None:
    """A line that begins with ``#`` breaks no page: the file need not be Markdown."""


def refuse_shifted(judged: Judged, path: Path) -> None:
    """Refuse a file whose translations stand beside the wrong sources.

    Raises:
        CatalogError: they do; with the first such row.
    """
    if judged.is_shifted:
        first = judged.misaligned[0]
        raise CatalogError(
            f"{len(judged.misaligned)} of {judged.total} rows seem to stand beside the wrong "
            f"source; the first: {first.message}",
            remedy=first.remedy,
            path=path,
            line=first.line,
        )
    if judged.is_hopeless:
        first = (*judged.doubtful, *judged.misaligned)[0]
        raise CatalogError(
            f"Of {judged.total} rows the checks let {len(judged.kept)} pass; the first that they "
            f"do not: {first.message}",
            remedy="See whether it is the right file and the right language.",
            path=path,
            line=first.line,
        )
