"""How long ``pipeline sync`` takes at size, and merging beside gettext and Babel.

Makes a library of 500 resources × 20 locales (60 segments each, translated), then:
a first run, a run with nothing changed, a run with one source edited (with the cache,
and without it). Then one merge of one file with our merge, Babel's ``Catalog.update``
and GNU ``msgmerge``, on the same catalogs, one segment in ten changed.
"""

import argparse
import io
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from pipeline.catalogs import merge, parse_catalog, render_catalog, template, write_catalog
from pipeline.cli.sync import sync_catalogs
from pipeline.config import load_project
from pipeline.content import read_documents
from pipeline.model import Catalog, Locale
from pipeline.segments import split

ROOT = Path(__file__).resolve().parents[1]
FRONT_MATTER = """---
title: {title}
summary: What to do when you feel ill.
audience: Everybody
risk: general
urgency: routine
owner: Health team
sources:
  - title: A source
    url: https://www.example.org/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2099-05-20
---
"""
_TEXT = (
    "rest drink water call your doctor nurse when if you feel worse stay at home for some days "
    "wash hands open a window take this medicine with food not more than four times each day"
)
WORDS = _TEXT.split()


def make_text(random_: random.Random, number: int, segments: int) -> str:
    """A resource with that many paragraphs of 8 to 16 words; each has a number of its own."""
    rows = [
        f"{' '.join(random_.choices(WORDS, k=random_.randint(8, 16))).capitalize()}, {number}-{n}."
        for n in range(segments - 2)
    ]
    return FRONT_MATTER.format(title=f"Resource {number}") + "\n" + "\n\n".join(rows) + "\n"


def make_project(root: Path, resources: int, segments: int) -> None:
    """Settings of this repository with other content."""
    for name in ("pipeline.toml", "mkdocs.yml"):
        shutil.copy(ROOT / name, root)
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "locales").mkdir()
    shutil.copy(ROOT / "locales" / "locales.toml", root / "locales")
    random_ = random.Random(2)  # noqa: S311 - the same texts each time, nothing secret
    folder = root / "content" / "covid-19"
    folder.mkdir(parents=True)
    for number in range(resources):
        (folder / f"r{number:04}.md").write_text(make_text(random_, number, segments), "utf-8")


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes, by the clock on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def translated(catalog: Catalog) -> Catalog:
    """The catalog with something in every box."""
    units = tuple(replace(unit, msgstr=f"[{unit.msgid}]") for unit in catalog.units)
    return replace(catalog, units=units)


def bench_sync(resources: int, locales: int, segments: int) -> None:
    """Print the times of whole runs."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_project(root, resources, segments)
        project = load_project(root)
        tags = project.locales[:locales]
        documents = read_documents(project).documents
        print(f"{resources} resources x {locales} locales x {segments} segments")

        def run(title: str) -> None:
            start = time.perf_counter()
            current = read_documents(project).documents
            report = sync_catalogs(project, current, tags)
            seconds = time.perf_counter() - start
            print(
                f"  {title:<44} {seconds:7.2f} s   "
                f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged"
            )

        run("first run")
        for tag in tags:
            for document in documents:
                path = project.catalog_path(tag.tag, document.topic, document.slug)
                path.write_bytes(render_catalog(translated(parse_catalog(path.read_bytes(), path))))
        run("all translated since, nothing else changed")
        run("nothing changed")
        edit(documents[7].path, "first")
        run("one source edited")
        shutil.rmtree(project.cache_dir)
        edit(documents[8].path, "second")
        run("one source edited, cache deleted")


def edit(path: Path, word: str) -> None:
    """Change one sentence."""
    rows = path.read_text("utf-8").split("\n\n")
    rows[5] += f" {word.capitalize()} of all, rest."
    path.write_text("\n\n".join(rows), "utf-8")


def bench_merge(locale: Locale, segments: int) -> None:
    """Print the times of one merge by three tools."""
    random_ = random.Random(3)  # noqa: S311
    text = make_text(random_, 1, segments)
    paragraphs = text.split("\n\n")
    for index in range(5, len(paragraphs), 10):
        paragraphs[index] = "Please " + paragraphs[index][0].lower() + paragraphs[index][1:]
    where = "content/covid-19/a.md"
    old = translated(merge(None, split(text), locale=locale, reference=where))
    segments_now = split("\n\n".join(paragraphs))
    changed = len({s.msgid for s in segments_now} - {u.msgid for u in old.units})
    with tempfile.TemporaryDirectory() as name:
        po, pot = Path(name, "a.po"), Path(name, "a.pot")
        write_catalog(po, old)
        write_catalog(pot, template(segments_now, reference=where))
        data = po.read_bytes()

        def ours() -> None:
            catalog = parse_catalog(data, po)
            render_catalog(merge(catalog, segments_now, locale=locale, reference=where))

        def babel() -> None:
            catalog = read_po(io.BytesIO(data))
            catalog.update(read_po(io.BytesIO(pot.read_bytes())))
            write_po(io.BytesIO(), catalog, width=0, include_previous=True)

        def msgmerge() -> None:
            command = ["msgmerge", "--quiet", "--no-wrap", "--previous", "-o", "/dev/null", po, pot]
            subprocess.run(command, check=True)

        print(f"merging one catalog of {segments} units, {changed} of them changed")
        tools = {"ours": ours, "Babel Catalog.update": babel}
        if shutil.which("msgmerge"):
            tools["GNU msgmerge"] = msgmerge
        times = {title: min(timed(tool) for _ in range(3)) for title, tool in tools.items()}
        for title, seconds in times.items():
            ratio = seconds / times["ours"]
            print(f"  {title:<44} {seconds * 1000:7.1f} ms  {ratio:6.1f} x ours")


def main() -> None:
    """Read the sizes and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=500)
    parser.add_argument("--locales", type=int, default=20)
    parser.add_argument("--segments", type=int, default=60)
    sizes = parser.parse_args()
    bench_sync(sizes.resources, sizes.locales, sizes.segments)
    locale = load_project(ROOT).locales[0]
    for segments in (60, 600):
        bench_merge(locale, segments)


if __name__ == "__main__":
    main()
