"""Measures ``pipeline status`` on a library of the size of a city: cold, warm, and its growth.

    python benchmarks/status.py [--sizes 100,300,1000] [--keep FOLDER]

The library is made from what ships: each resource has about 60 segments, real sentences of this
repository's resources with a number of their own, in 24 locales. Of the catalogs a third is
translated and signed by three roles, a third is half translated and signed by the translator
alone, a third is empty. Each run is a process of its own; the memory is that of all its processes
together. Cold means without the cache; files are in the system's memory in every run.

The peers read the same catalogs: ``msgfmt --statistics`` of gettext, once a file as its statistics
are for one, and ``pocount`` of the Translate Toolkit, which `make bench` installs. Both count
messages; neither knows who has signed what.
"""

import argparse
import json
import math
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from pipeline.catalogs import describe_segments, merge_entries, read_catalog, render_catalog
from pipeline.cli.units import digest_maker, unit_digests
from pipeline.cli.workers import count_workers, run_each
from pipeline.config import Project, load_project
from pipeline.content import read_documents
from pipeline.languages import fold, load_language, split_words
from pipeline.ledger import format_time, render_line
from pipeline.model import Catalog, Document, Locale, Segment, SegmentKind, Unit
from pipeline.segments import split
from pipeline.workflow import Role, SignOff

REPOSITORY = Path(__file__).resolve().parents[1]
#: As in a shell of a user, where what is compiled is kept: else each process compiles it again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
COMMAND = (sys.executable, "-c", "from pipeline.cli import main; main()", "--project")
#: The states as they will be tomorrow: of a process of its own, as the command is.
NEXT_DAY = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from pipeline.cli.matrix import survey_states
from pipeline.config import load_project
survey_states(load_project(Path(sys.argv[1])), now=datetime.now(UTC) + timedelta(days=1))
"""
SEGMENTS = 60
#: How much of a catalog is translated, in turn.
SHARES = (1.0, 0.5, 0.0)
#: When everything was signed: half of it is on the clock still, none of it in the future.
SIGNED = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
FRONT_MATTER = """---
title: {title}
summary: {summary}
audience: Adults, and parents of babies and children
risk: {risk}
urgency: {urgency}
owner: Health resources team
sources:
  - title: "NHS: health A to Z"
    url: https://www.nhs.uk/conditions/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2099-05-20
---

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A text that ships, with its translations by locale, where there are any."""

    segment: Segment
    targets: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some resources of a library to be made: their numbers."""

    root: Path
    numbers: tuple[int, ...]
    shares: tuple[float, ...] = SHARES


# --- the library -----------------------------------------------------------------


@lru_cache(maxsize=1)
def read_sentences() -> tuple[Sentence, ...]:
    """The paragraphs, items and headings that ship in plain text, with their translations."""
    project = load_project(REPOSITORY)
    wanted = {SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.HEADING}
    found: dict[str, Sentence] = {}
    for document in read_documents(project).documents:
        units = dict(_translations(project, document))
        for segment in split(document.text):
            plain = not set(segment.msgid) & set("[]<>*_`\\|{}#!\n0123456789?")
            plain = plain and not _says_much(segment.msgid)
            if segment.kind in wanted and plain and units.get(segment.msgid):
                found[segment.msgid] = Sentence(segment=segment, targets=units[segment.msgid])
    return tuple(found.values())


def _says_much(text: str) -> bool:
    """Whether a filler would be found not to say it: a number in words, a negation."""
    english, words = load_language("en"), frozenset(split_words(fold(text)))
    return english.numbers.may_count(words) or english.negators.may_have(words)


def _translations(project: Project, document: Document) -> Iterator[tuple[str, dict[str, str]]]:
    targets: dict[str, dict[str, str]] = {}
    for locale in project.locales:
        path = project.catalog_path(locale.tag, document.topic, document.slug)
        for unit in read_catalog(path).units if path.exists() else ():
            if unit.is_current:
                targets.setdefault(unit.msgid, {})[locale.tag] = unit.msgstr
    yield from targets.items()


def make_text(number: int) -> tuple[str, dict[str, Mapping[str, str]]]:
    """A resource's Markdown, and the translations of its texts by their source."""
    random_ = random.Random(number)  # noqa: S311 - the same texts each time, nothing secret
    known: dict[str, Mapping[str, str]] = {}
    rows = []
    for place in range(SEGMENTS):
        sentence = random_.choice(read_sentences())
        mark = f" ({number}-{place})"
        text = f"{sentence.segment.msgid}{mark}"
        known[text] = {tag: f"{target}{mark}" for tag, target in sentence.targets.items()}
        rows.append((sentence.segment, text))
    (_, title), (_, summary), *body = rows
    head = FRONT_MATTER.format(
        title=json.dumps(title),
        summary=json.dumps(summary),
        risk=("clinical", "general", "activity")[number % 3],
        urgency=("routine", "urgent")[number % 2],
    )
    return head + "".join(_block(segment, text) for segment, text in body), known


def _block(segment: Segment, text: str) -> str:
    critical = "<!-- critical -->\n" if segment.critical else ""
    mark = {SegmentKind.LIST_ITEM: "- ", SegmentKind.HEADING: "## "}.get(segment.kind, "")
    return f"{critical}{mark}{text}\n\n"


def make_project(
    root: Path, size: int, *, tags: tuple[str, ...] = (), shares: tuple[float, ...] = SHARES
) -> None:
    """A project with that many resources in all the locales of the table, or in some of them."""
    root.mkdir(parents=True)
    for name in ("pipeline.toml", "mkdocs.yml"):
        shutil.copy(REPOSITORY / name, root)
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    for path in ("locales.toml", *(f.name for f in (REPOSITORY / "locales").iterdir())):
        interface = REPOSITORY / "locales" / path / "interface.po"
        if interface.exists():
            (root / "locales" / path).mkdir(parents=True)
            shutil.copy(interface, root / "locales" / path)
    table = (REPOSITORY / "locales" / "locales.toml").read_text("utf-8")
    head, *entries = table.split("[[locale]]")
    kept = [e for e in entries if not tags or any(f'tag = "{tag}"' in e for tag in tags)]
    (root / "locales" / "locales.toml").write_text("[[locale]]".join((head, *kept)), "utf-8")
    numbers = range(size)
    batches = [
        Batch(root=root, numbers=tuple(numbers[n : n + 25]), shares=shares)
        for n in range(0, size, 25)
    ]
    for _ in run_each(make_resources, batches, workers=count_workers()):
        pass


def leave_other_forms(root: Path) -> None:
    """Ask for standard leaflets alone in a project, and no books: peers have no other forms."""
    settings = root / "pipeline.toml"
    text = settings.read_text("utf-8").replace('books = ["topic"]', "books = []")
    settings.write_text(text, "utf-8")
    for path in (root / "content").glob("*/*.md"):
        text = re.sub(r"(?m)^leaflets:.*\n", "", path.read_text("utf-8"))
        path.write_text(text.replace("---\n", "---\nleaflets: []\n", 1), "utf-8")


def make_resources(batch: Batch) -> None:
    """Write some resources with their catalogs and ledgers."""
    project = load_project(batch.root)
    for number in batch.numbers:
        path = project.content_dir / project.topics[number % len(project.topics)]
        path.mkdir(parents=True, exist_ok=True)
        text, known = make_text(number)
        (path / f"r{number:04}.md").write_text(text, "utf-8")
        _make_sides(project, path / f"r{number:04}.md", text, known, number, batch.shares)


def _make_sides(
    project: Project,
    path: Path,
    text: str,
    known: Mapping[str, Mapping[str, str]],
    number: int,
    shares: tuple[float, ...],
) -> None:
    topic, slug, segments = path.parent.name, path.stem, split(text)
    # What is signed does not depend on the front matter's other values.
    digest_of = digest_maker(_Named(topic, text), segments, {})  # type: ignore[arg-type]
    digests = unit_digests(segments, None, digest_of)
    _sign(
        project.ledger_path(project.source.tag, topic, slug),
        project.source.tag,
        (Role.AUTHOR, Role.CLINICIAN),
        digests.values(),
    )
    entries = describe_segments(segments)
    for place, locale in enumerate(project.locales):
        empty = merge_entries(None, entries, locale=locale, reference=f"content/{topic}/{slug}.md")
        share = shares[(number + place) % len(shares)]
        catalog = _fill(empty, known, locale, share)
        target = project.catalog_path(locale.tag, topic, slug)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(render_catalog(catalog))
        roles = (Role.TRANSLATOR, Role.REVISER, Role.COMMUNITY_READER)[: 3 if share == 1 else 1]
        if share:
            _sign(
                project.ledger_path(locale.tag, topic, slug),
                locale.tag,
                roles,
                unit_digests(segments, catalog, digest_of).values(),
            )


@dataclass(frozen=True, slots=True)
class _Named:
    """As much of a document as its digests need."""

    topic: str
    text: str
    video: None = None


def _fill(
    catalog: Catalog, known: Mapping[str, Mapping[str, str]], locale: Locale, share: float
) -> Catalog:
    """The catalog with its first texts translated; where a language has none, by other words of it.

    Words of another language would be found, one by one, and nobody has a library like that.
    """

    def target(unit: Unit) -> str:
        text, _, mark = unit.msgid.rpartition(" (")
        return known[unit.msgid].get(locale.tag) or f"{_filler(locale.tag, len(text))} ({mark}"

    done = round(len(catalog.units) * share)
    units = (replace(unit, msgstr=target(unit)) for unit in catalog.units[:done])
    return replace(catalog, units=(*units, *catalog.units[done:]))


@lru_cache(maxsize=4096)
def _filler(tag: str, length: int) -> str:
    """Words in a language, of about the length of a translation: from its interface catalog."""
    usual = load_language(tag).length
    wanted = round(length * (usual.ratio if usual else 1.0))
    words = " ".join(_phrases(tag)).split()
    start = length % max(1, len(words) - 40)
    text = " ".join(words[start:])
    if " " not in text[:wanted] or len(text) < wanted:
        text = (" ".join(words) + " ") * (wanted // 200 + 2)
    return f"{text[: max(3, wanted - 1)].rsplit(' ', 1)[0]}."


@lru_cache(maxsize=64)
def _phrases(tag: str) -> tuple[str, ...]:
    units = read_catalog(REPOSITORY / "locales" / tag / "interface.po").units
    # A number or half a pair of brackets that the source has not would be found too.
    return tuple(
        unit.msgstr
        for unit in units
        if unit.is_current and not any(c in "{}()[]" or c.isdecimal() for c in unit.msgstr)
    )


def _sign(path: Path, tag: str, roles: tuple[Role, ...], digests: object) -> None:
    lines = [
        SignOff(
            time=format_time(SIGNED + timedelta(hours=hour)),
            role=role,
            handle=f"sample-{role}",
            locale=tag,
            units=tuple(sorted(digests)),  # type: ignore[call-overload]
            sample=True,
        )
        for hour, role in enumerate(roles)
    ]
    path.write_text("".join(f"{render_line(line)}\n" for line in lines), "utf-8")


# --- measuring -------------------------------------------------------------------


@dataclass(slots=True)
class Peak:
    """The most memory that a process and all that it started had at one time, in MB."""

    megabytes: float = 0.0


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Look at the memory of a process and its descendants ten times a second."""
    peak, is_over = Peak(), threading.Event()

    def watch() -> None:
        while not is_over.wait(0.1):
            peak.megabytes = max(peak.megabytes, _memory(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        is_over.set()
        thread.join()


def _memory(pid: int) -> float:
    """Resident memory of a process and its descendants; shared pages count in each."""
    try:
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = next((int(row.split()[1]) / 1024 for row in rows if row.startswith("VmRSS:")), 0.0)
    return own + sum(_memory(int(child)) for child in children)


def run(command: list[str]) -> dict[str, float]:
    """Wall and CPU seconds of a command, and its peak of memory."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with watched(process.pid) as peak:
        code = process.wait()
    wall = time.perf_counter() - start
    if code:
        raise SystemExit(f"{command[:6]} ended with {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "mb": peak.megabytes}


def count_states(root: Path) -> dict[str, int]:
    """How many cells are in each state: so that nobody measures an empty matrix."""
    command = [*COMMAND, str(root), "status", "--format", "json"]
    done = subprocess.run(command, check=True, capture_output=True)
    counts: dict[str, int] = {}
    for language in json.loads(done.stdout)["languages"]:
        for cell in language["resources"]:
            counts[cell["state"]] = counts.get(cell["state"], 0) + 1
    return counts


def run_peers(root: Path) -> dict[str, dict[str, float]]:
    """The peers over the same catalogs, each in as many processes as there are processors."""
    files = "find locales -name '*.po' -mindepth 3 -print0"
    jobs = count_workers()
    peers = {"msgfmt": f"xargs -0 -n1 -P{jobs} msgfmt --statistics -o /dev/null"}
    if pocount := shutil.which(
        "pocount", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ):
        peers["pocount"] = f"xargs -0 -n500 -P{jobs} {pocount} --csv"
    return {
        name: run(["sh", "-c", f"cd {root} && {files} | {command}"])
        for name, command in peers.items()
    }


def measure(root: Path, *, peers: bool) -> dict[str, dict[str, float]]:
    """Cold, warm, after one catalog has changed, on the next day, and with other settings."""
    status = [*COMMAND, str(root), "status"]
    shutil.rmtree(root / ".cache", ignore_errors=True)
    rows = {"cold": run(status), "warm": run(status), "warm again": run(status)}
    catalog = min((root / "locales").glob("*/*/*.po"))
    catalog.write_bytes(catalog.read_bytes() + b"\n")
    rows["one changed"] = run(status)
    rows["next day"] = run([sys.executable, "-c", NEXT_DAY, str(root)])
    settings = root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{text}\n[workflow.targets]\nalarm_days = 60\n", "utf-8")
    rows["other settings"] = run(status)
    settings.write_text(text, "utf-8")
    return rows | (run_peers(root) if peers else {})


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Slope of time over size on logarithmic scales, by least squares."""
    return statistics.linear_regression([*map(math.log, sizes)], [*map(math.log, seconds)]).slope


def main() -> None:
    """Measure and print each size, then the growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,300,1000")
    parser.add_argument("--keep", type=Path, help="where libraries stay, to be measured again")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    seconds: dict[str, list[float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            root = (options.keep or Path(name)) / f"r{size}"
            if not root.exists():
                make_project(root, size)
            rows = measure(root, peers=size == max(sizes))
            print(f"{size} resources: {count_states(root)}, load {os.getloadavg()[0]:.1f}")
        for what, row in rows.items():
            print(f"  {what}: {row['wall']:.2f} s, CPU {row['cpu']:.2f} s, {row['mb']:.0f} MB")
            seconds.setdefault(what, []).append(row["cpu"])
    for what, values in seconds.items():
        if len(values) == len(sizes) > 1:
            print(f"growth of CPU time, {what}: size^{exponent(sizes, values):.2f}")


if __name__ == "__main__":
    main()
