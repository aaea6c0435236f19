"""Measures the checks of translations on professional ones with errors put in.

    python benchmarks/qa/measure.py [--data FOLDER] [--languages so,ar] [--details so]

Needs ``tico19/<tag>.tsv`` (TICO-19: source, target, document) beside the repository; see the
folder's README. Says what share of the errors each category's checks find, and on how many clean
segments they report something that would block (critical or major), by language and for the two
halves of the documents: the checks were tuned on the first and never looked at the second. The
peer is ``pofilter`` of the Translate Toolkit, on the same rows in the same run.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from seeding import FORBIDDEN, SEEDS, Row, Text

from pipeline.checks import Languages, check_catalog
from pipeline.glossary import Glossary, Term, TermStatus
from pipeline.languages import load_language
from pipeline.model import Finding, Segment, SegmentKind, Severity, Unit

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data" / "tico19"
RESULTS = HERE / "results.json"
#: One row in so many is spoilt at a time: the rest of the file stays as it was.
EVERY = 12
RUN = 12
GLOSSARY = Glossary([Term(source="coronavirus", target=FORBIDDEN, status=TermStatus.FORBIDDEN)])
#: True faults in the data that the checks found: language, document, segment, reason.
TRUE_FAULTS = HERE / "true_faults.tsv"


@dataclass(slots=True)
class Score:
    """How many of how many."""

    found: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """The share; all of nothing is all."""
        return self.found / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.share:6.1%} of {self.of}" if self.of else "    –"


def read_rows(path: Path) -> list[tuple[str, str, str]]:
    """Source, target and document of each row."""
    lines = path.read_text("utf-8").rstrip("\n").split("\n")[1:]
    return [tuple(line.split("\t")[:3]) for line in lines]  # type: ignore[misc]


def read_names(path: Path) -> list[tuple[str, str]]:
    """Document and segment number of each row."""
    lines = path.read_text("utf-8").rstrip("\n").split("\n")[1:]
    return [tuple(line.split("\t")[2:4]) for line in lines]  # type: ignore[misc]


def halves(rows: Sequence[tuple[str, str, str]]) -> dict[str, bool]:
    """Which documents belong to the first half, the one that the checks were tuned on."""
    return {name: number % 2 == 0 for number, name in enumerate(sorted({row[2] for row in rows}))}


def pairs_of(rows: Sequence[Row]) -> list[tuple[Segment, Unit]]:
    """Rows as segments with their units; the line is the row's number."""
    return [
        (
            Segment(msgid=source, kind=SegmentKind.PARAGRAPH, start=0, end=1, line=number),
            Unit(msgid=source, msgstr=target, line=number),
        )
        for number, (source, target) in enumerate(rows, 1)
    ]


def blocking(rows: Sequence[Row], text: Text) -> dict[int, list[Finding]]:
    """Findings that block, by the row's place."""
    languages = Languages(source=load_language("en"), target=text.language, glossary=GLOSSARY)
    found: dict[int, list[Finding]] = {}
    for finding in check_catalog(
        pairs_of(rows), Path("x.po"), text.tag, find_problem=_fits, languages=languages
    ):
        if finding.severity is not Severity.MINOR:
            found.setdefault((finding.line or 0) - 1, []).append(finding)
    return found


def _fits(_segment: Segment, _target: str) -> None:
    """The rows are no Markdown."""


def read_faults(tag: str) -> set[tuple[str, str]]:
    """Rows of a language with a true fault, as document and segment number."""
    rows = [line.split("\t") for line in TRUE_FAULTS.read_text("utf-8").splitlines()[1:] if line]
    return {(row[1], row[2]) for row in rows if row[0] == tag}


def seeded(text: Text, name: str) -> Iterator[tuple[list[Row], list[int]]]:
    """The file with errors of a category in it, and the rows they are in: two files each."""
    for fold_ in (0, 1):
        chance = random.Random(f"{text.tag} {name} {fold_}")  # noqa: S311 - the same each time
        rows, spoilt = list(text.rows), []
        candidates = list(range(fold_, len(rows)))
        chance.shuffle(candidates)
        for at in candidates:
            if len(spoilt) * EVERY >= len(rows):
                break
            if any(abs(at - other) <= 1 for other in spoilt):
                continue
            row = SEEDS[name](text, at, chance)
            if row and row != text.rows[at]:
                rows[at] = row
                spoilt.append(at)
        if spoilt:
            yield rows, spoilt


def measure_recall(text: Text, missed: list[str]) -> dict[str, Score]:
    """What share of each category's errors is found."""
    scores = {}
    for name in SEEDS:
        score = Score()
        for rows, spoilt in seeded(text, name):
            found = blocking(rows, text)
            score.of += len(spoilt)
            score.found += sum(at in found for at in spoilt)
            missed += [f"{name}\t{rows[at][0]}\t{rows[at][1]}" for at in spoilt if at not in found]
        scores[name] = score
    scores["shifted run"] = _measure_runs(text)
    return scores


def _measure_runs(text: Text) -> Score:
    """Runs of rows whose texts stand one row too high: found if most of their rows are."""
    score = Score()
    starts = range(40, len(text.rows) - RUN - 2, 160)
    rows = list(text.rows)
    for start in starts:
        for at in range(start, start + RUN):
            rows[at] = (text.rows[at][0], text.rows[at + 1][1])
    found = blocking(rows, text)
    for start in starts:
        score.of += 1
        score.found += sum(at in found for at in range(start, start + RUN)) >= RUN * 0.7
    return score


@dataclass(slots=True)
class Report:
    """What came of a language."""

    recall: dict[str, Score] = field(default_factory=dict)
    alarms: dict[str, Score] = field(default_factory=dict)
    checks: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    rows: int = 0
    peer: dict[str, float] = field(default_factory=dict)


def measure_language(text: Text, names: Sequence[tuple[str, str]], *, details: bool) -> Report:
    """All figures of one language."""
    report = Report(rows=len(text.rows))
    start = time.perf_counter()
    found = blocking(text.rows, text)
    report.seconds = time.perf_counter() - start
    faults = read_faults(text.tag)
    documents = [document for document, _ in names]
    first = halves([("", "", document) for document in documents])
    for half in ("first", "second"):
        report.alarms[half] = Score()
    for at, (source, target) in enumerate(text.rows):
        if names[at] in faults:
            continue
        score = report.alarms["first" if first[documents[at]] else "second"]
        score.of += 1
        score.found += at in found
        if at in found:
            report.checks.update({finding.check for finding in found[at]})
            if details:
                half = "1" if first[documents[at]] else "2"
                said = "; ".join(f"{f.check}: {f.message}" for f in found[at])
                print(f"--- {text.tag} half {half}: {said}\n    {source}\n    {target}")
    missed: list[str] = []
    report.recall = measure_recall(text, missed)
    if details:
        print("\n".join(f"missed: {row}" for row in missed))
    return report


def run_peer(text: Text, report: Report) -> None:
    """``pofilter`` on the same rows: its alarms on clean rows, and how fast it is."""
    pofilter = shutil.which("pofilter", path=str(Path(sys.executable).parent)) or shutil.which(
        "pofilter"
    )
    if not pofilter:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        (folder / "in" / "x.po").write_text(_po(text.rows, text.tag), "utf-8")
        start = time.perf_counter()
        command = [pofilter, "--progress=none", f"--language={text.tag.replace('-', '_')}"]
        subprocess.run([*command, "in", "out"], cwd=folder, check=False, capture_output=True)
        report.peer["seconds"] = time.perf_counter() - start
        out = folder / "out" / "x.po"
        flagged = out.read_text("utf-8").count("\nmsgid ") - 1 if out.exists() else 0
        report.peer["alarms"] = max(0, flagged) / len(text.rows)


def _po(rows: Sequence[Row], tag: str) -> str:
    head = (
        f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {tag}\\n"\n'
    )
    return head + "".join(
        f"\nmsgctxt {json.dumps(str(number))}\nmsgid {json.dumps(source, ensure_ascii=False)}\n"
        f"msgstr {json.dumps(target, ensure_ascii=False)}\n"
        for number, (source, target) in enumerate(rows)
    )


def print_report(reports: dict[str, Report]) -> None:
    """Tables: recall by category and language, alarms, speed."""
    tags = list(reports)
    print(f"{'recall':18}" + "".join(f"{tag:>8}" for tag in tags) + "     all")
    for name in (*SEEDS, "shifted run"):
        scores = [reports[tag].recall[name] for tag in tags]
        total = Score(sum(s.found for s in scores), sum(s.of for s in scores))
        cells = "".join(f"{s.share:8.1%}" if s.of else f"{'–':>8}" for s in scores)
        print(f"{name:18}{cells}{total.share:8.1%}  ({total.of})")
    for half in ("first", "second"):
        scores = [reports[tag].alarms[half] for tag in tags]
        total = Score(sum(s.found for s in scores), sum(s.of for s in scores))
        cells = "".join(f"{s.share:8.2%}" for s in scores)
        print(f"{'alarms ' + half:18}{cells}{total.share:8.2%}  ({total.of})")
    both = [
        Score(sum(s.found for s in r.alarms.values()), sum(s.of for s in r.alarms.values()))
        for r in reports.values()
    ]
    print(
        f"{'alarms':18}"
        + "".join(f"{s.share:8.2%}" for s in both)
        + f"{sum(s.found for s in both) / sum(s.of for s in both):8.2%}"
    )
    if all(report.peer for report in reports.values()):
        print(
            f"{'pofilter alarms':18}"
            + "".join(f"{r.peer['alarms']:8.1%}" for r in reports.values())
        )
        peer = sum(r.rows for r in reports.values()) / sum(
            r.peer["seconds"] for r in reports.values()
        )
        ours = sum(r.rows for r in reports.values()) / sum(r.seconds for r in reports.values())
        print(f"segments a second: ours {ours:.0f}, pofilter {peer:.0f}: {ours / peer:.1f} times")
    counted: Counter[str] = Counter()
    for report in reports.values():
        counted.update(report.checks)
    print("alarms by check:", dict(counted.most_common()))


def main() -> None:
    """Measure, print, and keep the figures for the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--languages", default="")
    parser.add_argument("--details", default="", help="languages whose alarms and misses are shown")
    parser.add_argument("--keep", action="store_true", help="write the figures to results.json")
    options = parser.parse_args()
    paths = sorted(options.data.glob("*.tsv"))
    if not paths:
        print(f"No translations in {options.data}: nothing is measured.")
        return
    wanted = set(filter(None, options.languages.split(",")))
    raw = {path.stem: read_rows(path) for path in paths}
    targets = {tag: {row[0]: row[1] for row in rows} for tag, rows in raw.items()}
    reports = {}
    for tag, rows in raw.items():
        if wanted and tag not in wanted:
            continue
        others = {other: there for other, there in targets.items() if other != tag}
        text = Text(
            tag=tag,
            language=load_language(tag),
            rows=[(source, target) for source, target, _ in rows],
            others=others,
        )
        names = read_names(options.data / f"{tag}.tsv")
        reports[tag] = measure_language(text, names, details=tag in options.details.split(","))
        run_peer(text, reports[tag])
        print(f"{tag} measured", file=sys.stderr)
    print_report(reports)
    if options.keep:
        keep(reports)


def keep(reports: dict[str, Report]) -> None:
    """Write the figures that the pages of the checks show."""
    values = {
        tag: {
            "recall": {name: [s.found, s.of] for name, s in report.recall.items()},
            "alarms": {name: [s.found, s.of] for name, s in report.alarms.items()},
            "alarms_by_check": dict(sorted(report.checks.items())),
            "segments": report.rows,
        }
        for tag, report in reports.items()
    }
    RESULTS.write_text(json.dumps({"version": 1, "languages": values}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
