"""Measures machine drafts on sentences that the small model of the tests has never seen.

    python benchmarks/draft.py [MODEL.argosmodel SENTENCES.tsv TAG]

Says how many drafts pass all checks of translations, how many are the reference to the letter, why
others are thrown away, and how many sentences a second are drafted, with and without the way back.
The small model says nothing about the quality of a real one: give it a real model, and a file of
sentences with their translations (two columns, tab between them), to measure that.
"""

import argparse
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.checks import Languages, find_by_unit
from pipeline.draft import (
    ArgosTranslator,
    Attempt,
    Drafter,
    find_route,
    install_model,
    read_models,
)
from pipeline.languages import load_language
from pipeline.model import Finding, Segment, SegmentKind, Severity, Unit
from pipeline.segments import find_problem

DATA = Path(__file__).resolve().parents[1] / "tests/data/models"
PHONE = "[020 7946 0018](tel:+442079460018)"
Pair = tuple[str, str]


def dress(text: str) -> str:
    """A sentence of the grammar as an author writes it: bold and phone numbers for its tokens."""
    text = re.sub(r"⟦\d⟧(?=\w)|(?<=\w)⟦\d⟧|(?<=⟧)⟦\d⟧", "**", text)
    return re.sub(r"⟦\d⟧", PHONE, text)


def read_pairs(path: Path) -> list[Pair]:
    """Sentences with their translations."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(dress(row[0]), dress(row[1])) for row in rows]


def make_segment(msgid: str) -> Segment:
    """A segment of which only the text matters."""
    return Segment(msgid=msgid, kind=SegmentKind.PARAGRAPH, start=0, end=0, line=1)


def measure(drafter: Drafter, pairs: Sequence[Pair]) -> tuple[list[Attempt], float]:
    """Draft all sentences; the attempts, and the seconds that it took."""
    begin = time.perf_counter()
    attempts = [drafter.attempt(make_segment(source)) for source, _ in pairs]
    return attempts, time.perf_counter() - begin


def judge(
    pairs: Sequence[Pair], attempts: Sequence[Attempt], tag: str
) -> list[tuple[Finding, ...]]:
    """What the checks say of each draft; of those that were not made, nothing."""
    made = [
        ((make_segment(source),), Unit(msgid=source, msgstr=attempt.msgstr, line=line))
        for line, ((source, _), attempt) in enumerate(zip(pairs, attempts, strict=True), 1)
        if attempt.msgstr
    ]
    languages = Languages(source=load_language("en"), target=load_language(tag))
    found = iter(
        find_by_unit(made, Path("es.po"), tag, find_problem=find_problem, languages=languages)
    )
    return [next(found) if attempt.msgstr else () for attempt in attempts]


def report(
    pairs: Sequence[Pair], attempts: Sequence[Attempt], found: Sequence[tuple[Finding, ...]]
) -> None:
    """Print what came of it."""
    total = len(pairs)
    blocking = [any(f.severity is not Severity.MINOR for f in said) for said in found]
    lost = sum(not attempt.msgstr for attempt in attempts)
    kept = [a for a, blocks in zip(attempts, blocking, strict=True) if a.msgstr and not blocks]
    clean = sum(bool(a.msgstr) and not said for a, said in zip(attempts, found, strict=True))
    exact = sum(a.msgstr == target for a, (_, target) in zip(attempts, pairs, strict=True))
    wrong = sum(
        bool(a.msgstr) and not blocks and a.msgstr != target
        for a, blocks, (_, target) in zip(attempts, blocking, pairs, strict=True)
    )
    flagged = sum(bool(attempt.flags) for attempt in kept)
    print(f"  {total} sentences")
    print(f"  {clean / total:6.1%} pass all checks; {len(kept) / total:6.1%} all that block (kept)")
    print(f"  {exact / total:6.1%} are the reference to the letter")
    print(f"  {lost} thrown away for a mark or a length, {sum(blocking)} by a check")
    print(f"  {wrong} kept that are not the reference; {flagged} kept are flagged")
    reasons = Counter(attempt.reason for attempt in attempts if attempt.reason)
    reasons.update(f.check for said in found for f in said)
    for reason, count in reasons.most_common():
        print(f"    {count:4} {reason}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("model", nargs="?", type=Path, default=DATA / "en_es.argosmodel")
    parser.add_argument("sentences", nargs="?", type=Path, default=DATA / "heldout.tsv")
    parser.add_argument("tag", nargs="?", default="es")
    arguments = parser.parse_args()
    tag, pairs = arguments.tag, read_pairs(arguments.sentences)
    with tempfile.TemporaryDirectory() as folder:
        models, work = Path(folder) / "models", Path(folder) / "work"
        install_model(arguments.model, models)
        if tag == "es":
            install_model(DATA / "es_en.argosmodel", models)
        begin = time.perf_counter()
        forth = ArgosTranslator(find_route(read_models(models), "en", tag), work)
        back_route = find_route(read_models(models), tag, "en")
        back = ArgosTranslator(back_route, work) if back_route else None
        print(f"{forth.name}: loaded in {time.perf_counter() - begin:.1f} s")
        drafter = Drafter(translator=forth, source="en", target=tag)
        attempts, seconds = measure(drafter, pairs)
        print(f"  {len(pairs) / seconds:.0f} sentences a second")
        if back:
            drafter = Drafter(translator=forth, source="en", target=tag, back=back)
            attempts, seconds = measure(drafter, pairs)
            print(f"  {len(pairs) / seconds:.0f} with the way back")
        report(pairs, attempts, judge(pairs, attempts, tag))


if __name__ == "__main__":
    main()
