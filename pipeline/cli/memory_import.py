"""Files of others → an imported memory: read, looked at by the checks, written as TMX."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.checks.shifts import LEAST_ROWS
from pipeline.cli.bilingual import read_units
from pipeline.cli.console import complain, late_progress, print_finding, say
from pipeline.cli.files import read_text
from pipeline.cli.imported import Judged, Row, count_parts, judge_rows, read_file, refuse_shifted
from pipeline.config import Project
from pipeline.errors import EXIT_FINDINGS, CatalogError, ConfigError, PipelineError
from pipeline.files import write_atomic
from pipeline.memory import MemoryUnit, Provenance, parse_tmx, render_tmx
from pipeline.model import Finding

_TMX = ".tmx"
#: A word of a name in small letters and digits; others become hyphens.
_NOT_OF_NAMES = re.compile(r"[^a-z0-9]+")
_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be imported.

    Attributes:
        tag: tag of the language.
        path: a bilingual file, or the source texts of a pair.
        translations: of a pair the translations, line by line; None for a bilingual file.
        name: what it is to be called; empty for the file's own name.
        replace: it may take the place of an earlier import of that name.
    """

    tag: str
    path: Path
    translations: Path | None = None
    name: str = ""
    replace: bool = False


def import_memory(project: Project, wanted: Wanted) -> int:
    """Import a file as memory of a language.

    Args:
        project: the project.
        wanted: what, and how.

    Returns:
        The exit code.

    Raises:
        PipelineError: a file cannot be read or used, or its name is taken.
    """
    place = _place(project, wanted)
    rows = _read(project, wanted, place.stem)
    with late_progress("Looking at the rows", count_parts(len(rows))) as advance:
        judged = judge_rows(project, wanted.tag, wanted.path, rows, advance=advance)
    if judged.shifted:
        return _refuse(project, judged)
    refuse_shifted(judged, wanted.path)
    _print(project, judged.doubtful)
    data, unwritable = render_tmx(
        judged.kept, source=project.source.tag, target=wanted.tag, version=__version__
    )
    write_atomic(place, data)
    _tell(project, place, judged, unwritable)
    return 0


def _place(project: Project, wanted: Wanted) -> Path:
    name = wanted.name or _NOT_OF_NAMES.sub("-", wanted.path.stem.lower()).strip("-")
    if not name or _NOT_OF_NAMES.sub("-", name).strip("-") != name:
        raise ConfigError(
            f"`{name}` cannot be the name of a memory.",
            remedy="Give one with --name: small letters, digits and hyphens.",
        )
    place = project.memory_dir(wanted.tag) / f"{name}{_TMX}"
    if place.exists() and not wanted.replace:
        raise ConfigError(
            "There is a memory of that name.",
            remedy="Give another with --name, or --replace to put this one in its place.",
            path=place,
        )
    return place


def _read(project: Project, wanted: Wanted, name: str) -> Sequence[Row]:
    if wanted.translations is not None:
        rows: Sequence[Row] = _read_pair(project, wanted, wanted.translations, name)
    elif wanted.path.suffix.lower() == _TMX:
        rows = _read_tmx(project, wanted, name)
    else:
        rows = [
            (unit.line, _unit(unit.msgid, unit.msgstr, name, unit.context))
            for unit in read_units(wanted.path)
            if unit.msgstr.strip() and not unit.fuzzy
        ]
    if not rows:
        raise CatalogError(
            "The file has no finished translation.", remedy="Ask for it again.", path=wanted.path
        )
    return rows


def _read_tmx(project: Project, wanted: Wanted, name: str) -> Sequence[Row]:
    found = parse_tmx(
        read_file(wanted.path),
        wanted.path,
        source=project.source.tag,
        target=wanted.tag,
        name=name,
    )
    if found.left_out:
        say(f"{found.left_out} units have placeholders of another program in them: left out.")
    if found.others:
        say(f"{found.others} units are not in these two languages: left out.")
    return found.units


def _unit(source: str, target: str, name: str, context: str | None = None) -> MemoryUnit:
    made = Provenance(name=name, is_imported=True)
    return MemoryUnit(source=source, target=target, context=context, provenance=made)


def _read_pair(project: Project, wanted: Wanted, translations: Path, name: str) -> Sequence[Row]:
    """The rows of two files, line by line; a pair of empty lines is none."""
    sources, targets = _lines(wanted.path), _lines(translations)
    rows = list(_aligned(sources, targets, (wanted.path, translations), name))
    if len(sources) != len(targets):
        judged = judge_rows(project, wanted.tag, wanted.path, rows)
        line = judged.shifted[0].line if judged.shifted else min(len(sources), len(targets))
        raise CatalogError(
            f"The file has {len(sources)} lines and {translations.name} has {len(targets)}; they "
            f"seem to part at line {line}.",
            remedy="Look for a line near it that is missing or broken in two: each text and its "
            "translation stand in lines of the same number.",
            path=wanted.path,
            line=line,
        )
    return rows


def _aligned(
    sources: Sequence[str], targets: Sequence[str], paths: tuple[Path, Path], name: str
) -> Iterator[Row]:
    for line, (source, target) in enumerate(zip(sources, targets, strict=False), 1):
        if bool(source) != bool(target):
            raise CatalogError(
                f"The line is empty, and line {line} of the other file is not.",
                remedy="If a line is missing above it, all below are shifted: put it in; if the "
                "text has no translation, take it out of both files.",
                path=paths[1] if source else paths[0],
                line=line,
            )
        if source:
            yield line, _unit(source, target, name)


def _lines(path: Path) -> list[str]:
    text = read_text(str(path)).removeprefix("\ufeff").replace("\r\n", "\n")
    return [line.strip() for line in text.removesuffix("\n").split("\n")]


# --- what is told -----------------------------------------------------------------


def _refuse(project: Project, judged: Judged) -> int:
    _print(project, judged.shifted)
    say(f"The file is shifted: nothing of its {judged.total} rows was imported.")
    return EXIT_FINDINGS


def _print(project: Project, findings: Sequence[Finding]) -> None:
    for finding in findings[:_SHOWN]:
        print_finding(finding, project.root)
    if len(findings) > _SHOWN:
        say(f"… and {len(findings) - _SHOWN} more.")


def _tell(project: Project, place: Path, judged: Judged, unwritable: int) -> None:
    left = judged.total - len(judged.kept) + unwritable
    rest = f"; {left} left out" if left else ""
    say(
        f"{judged.total - left} translations are now in "
        f"{place.relative_to(project.root).as_posix()}{rest}. They are proposals: nobody of this "
        "project has signed them."
    )
    if judged.total < LEAST_ROWS:
        complain(_few_rows(judged.total, place), project.root, is_warning=True)


def _few_rows(count: int, place: Path) -> PipelineError:
    return CatalogError(
        f"With {count} rows nobody can tell by machine whether they are shifted.",
        remedy="Compare the first, one in the middle and the last with their sources.",
        path=place,
    )
