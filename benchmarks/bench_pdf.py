"""How long leaflets take: one, warm, by script; two processes against one; many; beside a peer.

    python benchmarks/bench_pdf.py [--many 100,300,1000,5000] [--no-peer]

Leaflets of about two pages, from the same text each time. The first leaflet of a
process loads the fonts and is told apart. How much two processes can bring on this machine at
this moment is told by two that count, in the same minute: other work takes its share of both. The
peer is mkdocs-to-pdf on the Markdown of what ships, as finished translations (see publishing.py).
"""

import argparse
import math
import multiprocessing
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from pipeline.config import Project, load_project
from pipeline.model import Phrase
from pipeline.pdf import LeafletJob, render_all, render_leaflet
from pipeline.pdf.fonts import prepare_fonts

ROOT = Path(__file__).parents[1]
SENTENCES = {
    "so": "Guriga joog oo naso ilaa aad ka fiicnaato. Cab biyo badan maalin kasta.",
    "ar": "ابق في المنزل واسترح حتى تتحسن. اشرب الكثير من الماء كل يوم.",
    "zh": "请留在家中好好休息,直到您感觉好转。每天多喝水。",
    "bn": "ভালো না হওয়া পর্যন্ত বাড়িতে থাকুন এবং বিশ্রাম নিন। প্রতিদিন প্রচুর পানি পান করুন।",
}
TIMES, FEW, MANY = 12, 48, 336
#: How many times the resources that are translated stand in the library that peers get, too.
COPIES = (1, 6)
COUNTED = 20_000_000


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", default="100,300,1000", help="numbers of leaflets")
    parser.add_argument("--no-peer", action="store_true", help="leave mkdocs-to-pdf out")
    options = parser.parse_args()
    project = load_project(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("leaflet                     pages      KB   first ms    warm ms (CPU)")
        for tag in SENTENCES:
            measure_one(project, folder, tag)
        print()
        compare_workers(project, folder)
        print()
        measure_growth(project, folder, [int(part) for part in options.many.split(",")])
        if not options.no_peer:
            print()
            measure_peer(folder / "peer")


def measure_one(project: Project, folder: Path, tag: str) -> None:
    """One language: the first leaflet, then the quickest of a few."""
    job = make_job(project, folder, tag, "one")
    with spent() as first:
        data = render_leaflet(job, cache_dir=folder / "cache")
    warm = []
    for _ in range(TIMES):
        with spent() as again:
            render_leaflet(job, cache_dir=folder / "cache")
        warm.append(again[0])
    label, pages = f"{tag} {project.locale(tag).english_name}", len(PdfReader(BytesIO(data)).pages)
    size = len(data) / 1000
    print(f"{label:27} {pages:5} {size:7.0f} {first[0]:10.0f} {min(warm):10.0f}")


def compare_workers(project: Project, folder: Path) -> None:
    """Many leaflets by one process and by two, and what two that count bring just then.

    The difference between few and many is what it takes once all have begun: a process that is
    started loads WeasyPrint and the fonts first, which a city's library pays once.
    """
    whole, warm = [], []
    for workers in (1, 2):
        few, _, _ = measure_many(project, folder, f"few-by-{workers}", FEW, workers)
        wall, cpu, again = measure_many(project, folder, f"by-{workers}", MANY, workers)
        whole.append(wall)
        warm.append((wall - few) / (MANY - FEW))
        print(
            f"{workers} process(es): {MANY} leaflets in {wall:.1f} s, start included,"
            f" {cpu:.1f} s CPU; {1 / warm[-1]:.1f} a second once begun;"
            f" again, from the cache: {again:.2f} s"
        )
    bare = 2 * time_counting(1) / time_counting(2)
    print(
        f"two against one: {warm[0] / warm[1]:.2f} times, start included"
        f" {whole[0] / whole[1]:.2f}; two that count: {bare:.2f} times"
    )


def measure_many(
    project: Project, folder: Path, name: str, count: int, workers: int
) -> tuple[float, float, float]:
    """Leaflets by processes that are started for them: wall, their CPU, wall of a second run."""
    tags = list(SENTENCES)
    jobs = [
        make_job(project, folder, tags[number % len(tags)], f"{name}-{number}")
        for number in range(count)
    ]
    before = cpu_of_children()
    began = time.perf_counter()
    report = render_all(jobs, workers=workers, cache_dir=folder / "cache")
    took = time.perf_counter() - began
    cpu = cpu_of_children() - before
    if report.rendered != count:
        raise SystemExit(f"{report.rendered} of {count} leaflets were made: {report.errors[:1]}")
    began = time.perf_counter()
    render_all(jobs, workers=workers, cache_dir=folder / "cache")
    return took, cpu, time.perf_counter() - began


def cpu_of_children() -> float:
    """Seconds of processor time of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def time_counting(processes: int) -> float:
    """Wall seconds in which so many processes count, each as far as the others."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(count_up, [1000] * processes, chunksize=1)
        began = time.perf_counter()
        pool.map(count_up, [COUNTED] * processes, chunksize=1)
        return time.perf_counter() - began


def count_up(far: int) -> int:
    """Work that needs a processor and nothing else."""
    total = 0
    for number in range(far):
        total += number % 7
    return total


def measure_growth(project: Project, folder: Path, counts: list[int]) -> None:
    """Processor time against the number of leaflets, and the memory of the process."""
    points = []
    for count in counts:
        _, cpu, _ = measure_many(project, folder, f"of-{count}", count, 1)
        # Of all processes that have ended, the largest: it may only grow.
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        points.append((count, cpu))
        print(
            f"{count:5} leaflets: {cpu:7.1f} s CPU, {cpu / count * 1000:4.0f} ms each,"
            f" at most {memory:.0f} MB"
        )
    if len(points) > 1:
        slope = statistics.linear_regression(
            [math.log(count) for count, _ in points], [math.log(cpu) for _, cpu in points]
        ).slope
        print(f"growth: the number of leaflets to the power of {slope:.2f}")


def measure_peer(folder: Path) -> None:
    """Documents a second of ours and of mkdocs-to-pdf, from the same Markdown.

    What both take to start falls out: it is the difference between a library and one of
    several times its size.
    """
    try:
        import publishing  # noqa: PLC0415 - needs what only the benchmarks install
    except ImportError as error:
        print(f"mkdocs-to-pdf is left out: {error.name} is not installed (make bench)")
        return
    peer = next(way for way in publishing.WAYS if "to-pdf" in (way.plugins or ""))
    counts, took = [], {"ours": [], "ours, two processes": [], peer.name: []}
    for copies in COPIES:
        place = folder / str(copies)
        project, docs = place / "project", place / "docs"
        project.mkdir(parents=True)
        docs.mkdir()
        publishing.make_project(project)
        multiply(project, publishing.TRANSLATED, publishing.TAGS, copies)
        publishing.write_translations(project, docs)
        counts.append(len(list(docs.glob("*/*/*.md"))))
        locales = [word for tag in publishing.TAGS for word in ("--locale", tag)]
        publishing.run((*publishing.COMMAND, "build", "--no-pdf", *locales), project)
        for name, workers in (("ours", 1), ("ours, two processes", 2)):
            took[name].append(set_pages(project, docs, workers))
        _, stock, _ = publishing.build(publishing.STOCK, place / "stock", project, docs)
        _, theirs, _ = publishing.build(peer, place / "theirs", project, docs)
        took[peer.name].append(theirs.wall - stock.wall)
        shutil.rmtree(place)
    few, many = counts
    print(f"documents a second, between {few} and {many} of the same content:")
    rate = {name: (many - few) / (after - before) for name, (before, after) in took.items()}
    for name, each in rate.items():
        print(f"  {name}: {each:.2f}, {each / rate[peer.name]:.1f} times mkdocs-to-pdf")


def multiply(project: Path, names: Sequence[str], tags: Sequence[str], copies: int) -> None:
    """Let those resources be in a project so many times, with their translations."""
    for name in names:
        catalogs = [project / "locales" / tag / f"{name}.po" for tag in tags]
        ledgers = [catalog.with_suffix(".ledger.jsonl") for catalog in catalogs]
        source = project / "content" / f"{name}.md"
        for original in filter(Path.is_file, (source, *catalogs, *ledgers)):
            for copy in range(1, copies):
                other = original.name.replace(source.stem, f"{source.stem}-copy{copy}")
                shutil.copy(original, original.with_name(other))


def set_pages(root: Path, docs: Path, workers: int) -> float:
    """Wall seconds in which the pages of documents become leaflets, their fonts cut before."""
    project = load_project(root)
    jobs = []
    for path in sorted(docs.glob("*/*/*.md")):
        tag, topic, name = path.relative_to(docs).with_suffix("").parts
        page = root / "site" / tag / topic / name / "index.html"
        jobs.append(job_of(project, page, root / "site" / tag, tag, name))
    cache = root / ".cache" / f"by-{workers}"
    prepare_fonts(cache / "fonts")
    began = time.perf_counter()
    report = render_all(jobs, workers=workers, cache_dir=cache)
    took = time.perf_counter() - began
    if report.rendered != len(jobs):
        raise SystemExit(f"{report.rendered} of {len(jobs)} leaflets: {report.failed[:1]}")
    return took


def make_job(project: Project, folder: Path, tag: str, slug: str) -> LeafletJob:
    """A page of headings, lists, a box and a table, about two pages on paper."""
    page = folder / "site" / tag / slug / "index.html"
    page.parent.mkdir(parents=True)
    text = SENTENCES[tag]
    part = (
        f"<h2>{text[:30]}</h2><p>{text * 3}</p><ul>{f'<li>{text}</li>' * 4}</ul>"
        f"<div class='admonition warning'><p class='admonition-title'>{text[:20]}</p>"
        f"<p>{text}</p></div><table><thead><tr><th>{text[:9]}</th><th>{text[:9]}</th></tr></thead>"
        f"<tbody><tr><td>{text}</td><td>{text}</td></tr></tbody></table>"
    )
    page.write_text(f"<article><p>{slug}</p>{part * 2}</article>", encoding="utf-8")
    return job_of(project, page, folder / "site" / tag, tag, text[:30])


def job_of(project: Project, page: Path, site: Path, tag: str, title: str) -> LeafletJob:
    """The standard leaflet of a page."""
    return LeafletJob(
        page_path=page,
        pdf_path=page.with_name(f"{page.parent.name}.pdf"),
        site_root=site,
        theme_dir=ROOT / "theme",
        locale=project.locale(tag),
        title=Phrase(text=title, locale=tag),
        english_title="Rest at home",
        address=f"https://health.example.org/{tag}/{page.parent.name}/",
        version="2026-11-24",
        interface={string.id: Phrase(text=string.text, locale="en") for string in project.strings},
        demonstration=True,
    )


@contextmanager
def spent() -> Iterator[list[float]]:
    """CPU time of this process within, in milliseconds."""
    found: list[float] = []
    began = time.process_time()
    yield found
    found.append((time.process_time() - began) * 1000)


if __name__ == "__main__":
    # Benchmarks may be run from anywhere, and WeasyPrint warns of what doctor tells better.
    os.chdir(ROOT)
    sys.exit(main())
