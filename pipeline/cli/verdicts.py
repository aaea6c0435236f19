"""What the checks said of a catalog: kept until its texts, its language or the checks change.

The checks know texts, what each is on its page, and the language's tables and glossary; no day, no
ledger, no picture and no setting. So their verdicts are kept apart from the states, and outlive
all of these: one small file a resource in the cache, with one verdict a language, each under the
digest of all that it depends on. It may be deleted at any time; a damaged one is none.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pipeline.checks.findings import about_unit
from pipeline.cli.digests import digest_of_checks
from pipeline.cli.survey_cache import parse_record, read_cache, render_record, write_cache
from pipeline.config import Project
from pipeline.model import Finding, Severity, Unit
from pipeline.qa import Text

Pairs = Sequence[tuple[Text, Unit]]
#: What is found in each translation of a catalog.
Found = Sequence[tuple[Finding, ...]]
_FAULTS = (KeyError, IndexError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A catalog that is asked about.

    Attributes:
        resource: ``topic/slug``.
        tag: its locale.
        path: its file, for the findings.
        languages: digest of what is known of both languages.
    """

    resource: str
    tag: str
    path: Path
    languages: str


@dataclass(slots=True)
class _Drawer:
    """The verdicts of a resource, by locale; with those of new ones that are not on disk yet."""

    rows: dict[str, str]
    is_changed: bool = False


@dataclass(kw_only=True)
class Verdicts:
    """The verdicts of a project.

    Attributes:
        folder: where they are kept; None where nothing is kept.
    """

    folder: Path | None = None
    _drawers: dict[str, _Drawer] = field(default_factory=dict)
    _texts: dict[int, tuple[Text, bytes]] = field(default_factory=dict)

    def ask(self, subject: Subject, pairs: Pairs, look: Callable[[Pairs], Found]) -> Found:
        """What is found in each translation of a catalog: remembered, or looked for.

        Args:
            subject: the catalog.
            pairs: its texts with their units, which all have a target.
            look: what asks the checks.
        """
        if self.folder is None or not pairs:
            return look(pairs)
        drawer = self._open(self.folder, subject.resource)
        key = self.key_of(subject, pairs)
        found = _parse(drawer.rows.get(subject.tag, ""), key, subject, pairs)
        if found is None:
            found = look(pairs)
            if row := _render(key, subject, pairs, found):
                drawer.rows[subject.tag] = row
                drawer.is_changed = True
        return found

    def key_of(self, subject: Subject, pairs: Pairs) -> str:
        """Digest of all that a verdict depends on, the program aside.

        Args:
            subject: the catalog.
            pairs: its texts with their units.
        """
        parts = [subject.languages.encode()]
        for text, unit in pairs:
            target = unit.msgstr.encode("utf-8", "surrogatepass")
            parts += (self._source(text), b"%d:" % len(target), target)
        return blake2b(b"".join(parts), digest_size=20).hexdigest()

    def save(self) -> None:
        """Keep what was found. A cache that cannot be written is no reason to fail."""
        if self.folder is None:
            return
        for name, drawer in self._drawers.items():
            if drawer.is_changed:
                write_cache(self.folder / name, digest_of_checks(), drawer.rows.values())
                drawer.is_changed = False

    def keep_only(self, resources: Iterable[str]) -> None:
        """Forget resources that are gone, so that the cache grows no larger than the project.

        Args:
            resources: ``topic/slug`` of those that are there.
        """
        if self.folder is None or not self.folder.is_dir():
            return
        there = {f"{name}.jsonl" for name in resources}
        for topic in self.folder.iterdir():
            names = [f"{topic.name}/{path.name}" for path in topic.iterdir()]
            gone = [name for name in names if name not in there]
            if len(gone) == len(names):
                shutil.rmtree(topic, ignore_errors=True)
            for name in gone:
                (self.folder / name).unlink(missing_ok=True)

    def _open(self, folder: Path, resource: str) -> _Drawer:
        name = f"{resource}.jsonl"
        drawer = self._drawers.get(name)
        if drawer is None:
            drawer = self._drawers[name] = _Drawer(read_cache(folder / name, digest_of_checks()))
        return drawer

    def _source(self, text: Text) -> bytes:
        """Digest of the source's side of a text: the same for all locales, so made once."""
        known = self._texts.get(id(text))
        # The text is kept with its digest, so that no other one comes to stand in its place.
        if known is None:
            known = self._texts[id(text)] = text, _digest_source(text)
        return known[1]


def open_verdicts(project: Project) -> Verdicts:
    """The verdicts of a project, as its cache has them.

    Args:
        project: the project.
    """
    return Verdicts(folder=project.cache_dir / "verdicts")


def _digest_source(text: Text) -> bytes:
    """Digest of what the checks see of a source: what it says and is, not where it stands."""
    places = [
        (
            segment.kind.value,
            segment.cue_times,
            [(span.kind.value, span.text) for span in segment.protected],
        )
        for segment in text.segments
    ]
    seen = repr((*text.key, places)).encode("utf-8", "surrogatepass")
    return blake2b(seen, digest_size=20).digest()


def _render(key: str, subject: Subject, pairs: Pairs, found: Found) -> str:
    """A verdict as a row; empty where the row would not give the same findings again."""
    rows = [
        [place, finding.check, finding.severity.value, finding.message, finding.remedy]
        for place, findings in enumerate(found)
        for finding in findings
    ]
    row = render_record(subject.tag, {"key": key, "found": rows})
    is_same = not rows or _parse(row, key, subject, pairs) == list(found)
    return row if is_same else ""


def _parse(row: str, key: str, subject: Subject, pairs: Pairs) -> Found | None:
    """The findings of a row; None where it is of other texts, or none."""
    # Nearly every verdict is another one by its key, or empty, and JSON need not be read.
    if key not in row:
        return None
    try:
        record = parse_record(row)
        if record["key"] != key:
            return None
        found: list[tuple[Finding, ...]] = [()] * len(pairs)
        for place, *said in record["found"]:
            found[place] += (_finding(said, pairs[place][1], subject),)
    except _FAULTS:
        return None
    return found


def _finding(said: Sequence[Any], unit: Unit, subject: Subject) -> Finding:
    check, severity, message, remedy = said
    return about_unit(
        check,
        Severity(severity),
        unit,
        subject.path,
        subject.tag,
        message=message,
        remedy=remedy,
    )
