"""Measures the translation memory: building it, looking up, and the same beside other tools.

    python benchmarks/memory.py [--units 100000]

The texts are real: TICO-19 (Somali), ``shared/data/tico19/so.tsv`` beside the repository; without
it the benchmark says so and ends. They are multiplied to the size that is asked for: in each copy a
quarter of the words at most is exchanged for others, the same in every run. What is looked up are
sentences of it with a sixth of the words exchanged, so that none is in the memory as it stands.

Peers, on the same texts in the same run: ``difflib.get_close_matches``, by which Babel's
``Catalog.update`` finds the old text of a changed one, and ``translate.search.match`` of the
Translate Toolkit, which `make bench` installs. Babel is asked at 1,000 texts: it takes as many
times as long as there are texts. A full scan by RapidFuzz says what the index misses.
Times are those of the processor.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from rapidfuzz import fuzz, process

from pipeline.cli.meanings import meaning_reader
from pipeline.languages import load_language
from pipeline.memory import Memory, MemoryUnit, Provenance, parse_memory, render_memory
from pipeline.memory.folding import fold

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "tico19" / "so.tsv"
LEAST = 70
FEW = 1_000
Pair = tuple[str, str]


def read_pairs() -> list[Pair]:
    """The sentences with their translations."""
    rows = [row.split("\t") for row in DATA.read_text("utf-8").splitlines()[1:]]
    return [(row[0], row[1]) for row in rows]


def vary(pairs: Sequence[Pair], count: int, *, share: int, seed: int) -> list[Pair]:
    """That many different sentences, each with one word in ``share`` exchanged at most."""
    chance = random.Random(seed)  # noqa: S311 - the same texts each time, nothing secret
    words = sorted({word for source, _ in pairs for word in source.split()})
    made: dict[str, str] = {}
    while len(made) < count:
        source, target = chance.choice(pairs)
        text = source.split()
        for _ in range(chance.randint(1, max(1, len(text) // share))):
            text[chance.randrange(len(text))] = chance.choice(words)
        made.setdefault(" ".join(text), target)
    return list(made.items())


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that it takes: what else the machine does counts for nobody."""
    start = time.process_time()
    work()
    return time.process_time() - start


def each(look_up: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Milliseconds that each look-up takes."""
    return [timed(lambda text=text: look_up(text)) * 1000 for text in texts]  # type: ignore[misc]


def show(what: str, times: Sequence[float]) -> float:
    """Print times of look-ups; give their mean."""
    ordered, mean = sorted(times), statistics.fmean(times)
    late = ordered[int(len(ordered) * 0.95)]
    print(f"  {what:<52} mean {mean:9.3f} ms   95 % {late:9.3f}   worst {ordered[-1]:9.3f}")
    return mean


def bench_ours(pairs: Sequence[Pair], texts: Sequence[str]) -> tuple[Memory, float]:
    """Build, keep, read back and ask our memory."""
    made = Provenance(name="tico-19/so", roles=("translator",))
    units = [MemoryUnit(source=source, target=target, provenance=made) for source, target in pairs]
    meaning_of = meaning_reader(load_language("en"))
    start = time.process_time()
    memory = Memory(units, meaning_of=meaning_of)
    print(f"{len(memory):,} units")
    print(f"  {'index built':<52} {time.process_time() - start:9.2f} s")
    data = render_memory(memory, "bench")
    seconds = timed(lambda: parse_memory(data, "bench", meaning_of))
    print(f"  {'read back from the cache':<52} {seconds:9.2f} s    {len(data) / 1e6:.0f} MB")
    show("exact look-up, with what is like it", each(memory.find, [p[0] for p in pairs[:200]]))
    mean = show("fuzzy look-up", each(lambda text: memory.find(text, least=LEAST), texts))
    return memory, mean


def bench_scan(memory: Memory, texts: Sequence[str]) -> float:
    """Ask by a full scan, and count what the index does not find."""

    def scan(text: str) -> object:
        return process.extractOne(fold(text), memory.texts, scorer=fuzz.ratio, score_cutoff=LEAST)

    mean = show("RapidFuzz over all", each(scan, texts))
    missed = sum(is_missed(memory, text) for text in texts)
    print(f"  {'best match that the index does not find':<52} {missed} of {len(texts)}")
    return mean


def is_missed(memory: Memory, text: str) -> bool:
    """Whether a full scan finds a better match than the index does."""
    best = process.extractOne(fold(text), memory.texts, scorer=fuzz.ratio, score_cutoff=LEAST)
    found = memory.find(text, least=LEAST, limit=1)
    return best is not None and (not found or found[0].score + 0.01 < min(99.0, best[1]))


def bench_babel(pairs: Sequence[Pair], texts: Sequence[str]) -> float:
    """Ask as Babel's ``Catalog.update`` does: it merges a template of one changed message."""
    catalog = Catalog(locale="so", fuzzy=False)
    for source, target in pairs:
        catalog.add(source, target)

    def update(text: str) -> object:
        template = Catalog()
        template.add(text)
        messages = dict(catalog._messages)  # noqa: SLF001 - it would be emptied
        catalog.update(template)
        catalog._messages.update(messages)  # noqa: SLF001
        return None

    return show("Babel, Catalog.update of one message", each(update, texts))


def bench_toolkit(pairs: Sequence[Pair], texts: Sequence[str]) -> float | None:
    """Ask the Translate Toolkit's matcher."""
    try:
        from translate.search import match  # noqa: PLC0415 - a peer, which may not be here
        from translate.storage import base, po  # noqa: PLC0415
    except ImportError:
        print("  The Translate Toolkit is not installed: `make bench` does it.")
        return None
    # Of two candidates that are equally good it asks which is less, and stops.
    base.TranslationUnit.__lt__ = lambda one, other: id(one) < id(other)
    store = po.pofile()
    for source, target in pairs:
        store.addsourceunit(source).target = target
    longest = max(len(source) for source, _ in pairs)
    start = time.process_time()
    matcher = match.matcher(store, min_similarity=LEAST, max_length=longest)
    print(f"  {'Translate Toolkit, built':<52} {time.process_time() - start:9.2f} s")
    return show("Translate Toolkit, translate.search.match", each(matcher.matches, texts))


def ratios(ours: float, others: Sequence[tuple[str, float | None]]) -> Iterator[str]:
    """How many times as long the others take."""
    for name, mean in others:
        if mean is not None:
            yield f"{name} {mean / ours:,.0f} times as long"


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--units", type=int, default=100_000, help="size of the large memory")
    size = parser.parse_args().units
    if not DATA.exists():
        print(f"Skipped: there is no {DATA.parent.name}/{DATA.name} beside the repository.")
        return
    pairs = read_pairs()
    texts = [source for source, _ in vary(pairs, 300, share=6, seed=2)]
    memory, ours = bench_ours(vary(pairs, size, share=4, seed=1), texts)
    scan = bench_scan(memory, texts)
    toolkit = bench_toolkit([(u.source, u.target) for u in memory.units()], texts[:20])
    print("  a look-up takes:", "; ".join(ratios(ours, (("scan", scan), ("toolkit", toolkit)))))
    few, ours = bench_ours(vary(pairs, FEW, share=4, seed=1), texts)
    same = [(unit.source, unit.target) for unit in few.units()]
    toolkit, babel = bench_toolkit(same, texts[:20]), bench_babel(same, texts[:10])
    print("  a look-up takes:", "; ".join(ratios(ours, (("toolkit", toolkit), ("Babel", babel)))))


if __name__ == "__main__":
    main()
