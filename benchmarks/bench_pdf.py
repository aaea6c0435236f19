"""How long a leaflet takes: CPU time of one, warm, by script; two processes against one.

    python benchmarks/bench_pdf.py

Leaflets of about two pages, from the same text each time. The first leaflet of a
process loads the fonts and is told apart.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.config import Project, load_project
from pipeline.model import Phrase
from pipeline.pdf import LeafletJob, render_all, render_leaflet

ROOT = Path(__file__).parents[1]
SENTENCES = {
    "so": "Guriga joog oo naso ilaa aad ka fiicnaato. Cab biyo badan maalin kasta.",
    "ar": "ابق في المنزل واسترح حتى تتحسن. اشرب الكثير من الماء كل يوم.",
    "zh": "请留在家中好好休息,直到您感觉好转。每天多喝水。",
    "bn": "ভালো না হওয়া পর্যন্ত বাড়িতে থাকুন এবং বিশ্রাম নিন। প্রতিদিন প্রচুর পানি পান করুন।",
}
TIMES, MANY = 5, 24


def main() -> None:
    """Print both tables."""
    project = load_project(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("leaflet                          KB   first ms    warm ms (CPU)")
        for tag in SENTENCES:
            measure_one(project, folder, tag)
        print()
        for workers in (1, 2):
            measure_many(project, folder, workers)


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
    label = f"{tag} {project.locale(tag).english_name}"
    print(f"{label:27} {len(data) / 1024:7.0f} {first[0]:10.0f} {min(warm):10.0f}")


def measure_many(project: Project, folder: Path, workers: int) -> None:
    """Many leaflets by processes that are started for them."""
    tags = list(SENTENCES)
    jobs = [
        make_job(project, folder, tags[number % len(tags)], f"many-{workers}-{number}")
        for number in range(MANY)
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    began = time.perf_counter()
    report = render_all(jobs, workers=workers, cache_dir=folder / "cache")
    took = time.perf_counter() - began
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    began = time.perf_counter()
    again = render_all(jobs, workers=workers, cache_dir=folder / "cache")
    print(
        f"{workers} process(es): {report.rendered} leaflets in {took:.1f} s"
        f" ({took / MANY * 1000:.0f} ms each, start included),"
        f" {cpu:.1f} s CPU;"
        f" again: {again.rendered} in {time.perf_counter() - began:.2f} s"
    )


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
    return LeafletJob(
        page_path=page,
        pdf_path=page.with_name(f"{slug}.pdf"),
        site_root=folder / "site" / tag,
        theme_dir=ROOT / "theme",
        locale=project.locale(tag),
        title=Phrase(text=text[:30], locale=tag),
        english_title="Rest at home",
        address=f"https://health.example.org/{tag}/{slug}/",
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
