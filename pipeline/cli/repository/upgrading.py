"""An older repository as this program lays one out: first the plan, which touches nothing.

Nothing that a person has written is lost: translations keep their state under their new names,
ledgers are only added to, files of the theme that the project has changed are left alone. Done
twice, it is done once: what is killed in the middle goes on when it is run again.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipeline import __version__
from pipeline.catalogs import merge_interface, parse_catalog, read_catalog, render_catalog
from pipeline.cli.repository.interface import add_strings, fill_samples
from pipeline.cli.repository.ledgers import carry_over
from pipeline.cli.repository.rekeying import RULES, Rule, find_moved, rekey
from pipeline.cli.repository.settings import RENAMED, Renamed, upgrade_settings
from pipeline.cli.repository.shipped import ORIGIN, parse_origin, render_origin
from pipeline.cli.repository.theme import refresh
from pipeline.cli.units import digest_pictures, digest_shown
from pipeline.config import CONFIG_NAME, FORMAT, Project, load_project, read_strings
from pipeline.content import read_documents
from pipeline.content.assets import read_assets
from pipeline.errors import ConfigError, LedgerError
from pipeline.files import remove, write_atomic
from pipeline.ledger import SCHEMA_VERSION, append, read_ledger, unit_digest
from pipeline.model import Document, UnitKey
from pipeline.segments import SEGMENTER_VERSION, split_document
from pipeline.workflow import SignOff

_STRINGS = "theme/interface.toml"
_PIN = re.compile(r"^health-translation-pipeline==\S+$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What a repository is brought up to: this program, but in tests of steps that are to come.

    Attributes:
        shipped: the files of a new repository, by path.
        layout: the layout.
        segmenter: the version of the segmenter.
        rules: how msgids of each version of the segmenter are made of those before.
        renamed: settings that have other names now.
        takes_theme: whether files of the theme that the project has changed are replaced.
    """

    shipped: Mapping[str, bytes]
    layout: int = FORMAT
    segmenter: int = SEGMENTER_VERSION
    rules: Mapping[int, Rule] = field(default_factory=lambda: RULES)
    renamed: Sequence[Renamed] = RENAMED
    takes_theme: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file that is to be written, or a ledger that is to be added to.

    Attributes:
        name: its path in the repository.
        why: what is done to it, in words.
        data: its new bytes; empty for a ledger.
        lines: lines for a ledger.
    """

    name: str
    why: str
    data: bytes = b""
    lines: tuple[SignOff, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that an upgrade does.

    Attributes:
        changes: in the order in which they are made; the settings last.
        told: what a person has to look at.
    """

    changes: tuple[Change, ...]
    told: tuple[str, ...]


def plan_upgrade(root: Path, aims: Aims) -> Plan:
    """Work out what brings a repository up to this program. Reads alone.

    Args:
        root: the folder that holds ``pipeline.toml``.
        aims: what it is brought up to.

    Raises:
        PipelineError: the repository is of a newer program, or a file of it is damaged.
    """
    told: list[str] = []
    settings, what = _settings(root, aims)
    project = load_project(root, settings=settings)
    _refuse_newer(project, aims)
    changes = [
        *_catalogs(project, aims, told),
        *_theme(project, aims, told),
        *_interface(project, aims),
        *_records(root, aims),
    ]
    if what:
        changes.append(Change(name=CONFIG_NAME, why="; ".join(what), data=settings.encode()))
    return Plan(changes=tuple(changes), told=tuple(told))


def apply_upgrade(root: Path, plan: Plan) -> None:
    """Carry a plan out.

    What fails half-way leaves every file as it was, but for ledgers: there a line more says nothing
    of a text that is not there.

    Args:
        root: the folder of the repository.
        plan: the plan.

    Raises:
        OSError: a file cannot be written.
    """
    before: dict[Path, bytes | None] = {}
    try:
        for change in plan.changes:
            path = root / change.name
            if change.lines:
                append(path, *change.lines)
            else:
                before[path] = path.read_bytes() if path.exists() else None
                write_atomic(path, change.data)
    except BaseException:
        for path, data in before.items():
            if data is None:
                remove(path)
            else:
                write_atomic(path, data)
        raise


def _settings(root: Path, aims: Aims) -> tuple[str, list[str]]:
    # Whatever is wrong with the file is told as ever.
    if (path := root / CONFIG_NAME).is_symlink():
        raise ConfigError("The settings are a link.", remedy="Put the file here.", path=path)
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        said = tomllib.loads(text)["project"]
        layout, segmenter = said.get("format", 0), said.get("segmenter", 1)
        is_known = 0 <= layout <= aims.layout
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        load_project(root)
        raise
    if not is_known:
        load_project(root)
    numbers = {"format": aims.layout, "segmenter": max(segmenter, aims.segmenter)}
    new, told = upgrade_settings(text, layout=layout, numbers=numbers, renamed=aims.renamed)
    # What the catalogs were made by is still to be known when they are looked at.
    return new, told


def _refuse_newer(project: Project, aims: Aims) -> None:
    if project.segmenter > aims.segmenter:
        raise ConfigError(
            f"The catalogs were made by version {project.segmenter} of the segmenter, and this "
            f"program has {aims.segmenter}.",
            remedy="Install the newer version of the program; requirements.txt names it.",
            path=project.config_path,
        )
    for path in _ledgers(project.root):
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            found = re.match(rb'\{"v":(\d{1,9}),', line)
            if found and int(found[1]) > SCHEMA_VERSION:
                raise LedgerError(
                    f"The line is of version {int(found[1])}, and this program knows "
                    f"{SCHEMA_VERSION}.",
                    remedy="Install the newer version of the program.",
                    path=path,
                    line=number,
                )


def _ledgers(root: Path) -> Iterator[Path]:
    for folder, depth in ((root / "content", "*"), (root / "locales", "*/*")):
        yield from sorted(folder.glob(f"{depth}/*.ledger.jsonl"))


# --- Catalogs and ledgers ----------------------------------------------------------------


def _catalogs(project: Project, aims: Aims, told: list[str]) -> Iterator[Change]:
    if _segmenter_of(project) == aims.segmenter:
        return
    pictures = digest_pictures(read_assets(project.content_dir)[0])
    library = read_documents(project)
    for error in library.errors:
        raise error
    for document in library.documents:
        yield from _resource(project, document, pictures, aims, told)


def _segmenter_of(project: Project) -> int:
    """What the file says now: ``project`` was made of what it is going to say."""
    said = tomllib.loads(project.config_path.read_text("utf-8"))["project"]
    return int(said.get("segmenter", 1))


def _resource(
    project: Project, document: Document, pictures: Mapping[str, str], aims: Aims, told: list[str]
) -> Iterator[Change]:
    segments = split_document(document)
    keys = [segment.key for segment in segments]
    shown = digest_shown(document, segments, pictures)
    names: dict[UnitKey, UnitKey] = {}
    for locale in project.locales:
        path = project.catalog_path(locale.tag, document.topic, document.slug)
        if not path.is_file():
            continue
        catalog = read_catalog(path)
        moved = find_moved(
            catalog, keys, since=_segmenter_of(project), until=aims.segmenter, rules=aims.rules
        )
        if not moved:
            continue
        names |= moved
        texts = [(unit.key, unit.msgstr) for unit in catalog.units if unit.msgstr]
        yield from _ledger(project, document, locale.tag, _renamed(texts, moved, shown), told)
        yield Change(
            name=path.relative_to(project.root).as_posix(),
            why=f"{len(moved)} units under the names of segmenter {aims.segmenter}",
            data=render_catalog(rekey(catalog, moved)),
        )
    of_source = _renamed([(key, "") for key in names], names, shown)
    yield from _ledger(project, document, project.source.tag, of_source, told)


def _renamed(
    texts: Iterable[tuple[UnitKey, str]],
    moved: Mapping[UnitKey, UnitKey],
    shown: Mapping[UnitKey, tuple[str, ...]],
) -> dict[str, str]:
    """New digests of units by old ones: with the pictures that they show today."""
    return {
        unit_digest(key, text, shown.get(moved[key], ())): unit_digest(
            moved[key], text, shown.get(moved[key], ())
        )
        for key, text in texts
        if key in moved
    }


def _ledger(
    project: Project, document: Document, tag: str, renamed: Mapping[str, str], told: list[str]
) -> Iterator[Change]:
    path = project.ledger_path(tag, document.topic, document.slug)
    if not renamed or not path.is_file():
        return
    added, signed = carry_over(read_ledger(path, locale=tag, now=datetime.now(UTC)), renamed)
    name = path.relative_to(project.root).as_posix()
    if project.workflow.require_signatures:
        added, signed = [], [*signed, *added]
    told += [f"{name}: {line.handle} ({line.role}) has to sign again." for line in signed]
    if added:
        why = f"{len(added)} sign-offs said again of the new names"
        yield Change(name=name, why=why, lines=tuple(added))


# --- Theme, interface, records -------------------------------------------------------------


def _theme(project: Project, aims: Aims, told: list[str]) -> Iterator[Change]:
    present = {
        name: (project.root / name).read_bytes()
        for name in aims.shipped
        if (project.root / name).is_file()
    }
    origin = project.root / ORIGIN
    known = parse_origin(origin.read_bytes()) if origin.is_file() else {}
    done = refresh(present, aims.shipped, known, takes_all=aims.takes_theme)
    for name, data in done.written.items():
        yield Change(name=name, why="as the program brings it", data=data)
    for name in done.kept:
        more = " (`--theme` takes the program's)" if name.startswith("theme/") else ""
        told.append(f"{name}: changed here, so it stays; the program brings another{more}.")


def _interface(project: Project, aims: Aims) -> Iterator[Change]:
    path = project.theme_dir / "interface.toml"
    text, added = add_strings(path.read_text("utf-8"), aims.shipped[_STRINGS].decode())
    if not added:
        return
    yield Change(name=_STRINGS, why=f"{len(added)} new strings", data=text.encode())
    strings = read_strings(path, project.topics, text)
    for locale in project.locales:
        catalog_path = project.interface_path(locale.tag)
        if not catalog_path.is_file():
            continue
        old = read_catalog(catalog_path)
        new = merge_interface(old, strings, locale=locale)
        name = catalog_path.relative_to(project.root).as_posix()
        if name in aims.shipped:
            samples = parse_catalog(aims.shipped[name], catalog_path)
            new = fill_samples(new, samples, frozenset(added))
        if new != old:
            yield Change(name=name, why="boxes for the new strings", data=render_catalog(new))


def _records(root: Path, aims: Aims) -> Iterator[Change]:
    pins = root / "requirements.txt"
    if pins.is_file():
        old = pins.read_text("utf-8")
        new = _PIN.sub(f"health-translation-pipeline=={__version__}", old)
        if new != old:
            yield Change(name=pins.name, why="names this program", data=new.encode())
    origin, data = root / ORIGIN, render_origin(aims.shipped)
    if not origin.is_file() or origin.read_bytes() != data:
        yield Change(name=ORIGIN, why="remembers what the files were laid out from", data=data)
