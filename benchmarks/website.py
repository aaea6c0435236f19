"""Measures the building of one locale's website against stock Material, and its growth.

    python benchmarks/website.py [--sizes 100,300,900] [--stock-sizes 900] [--rounds 3]

Content is made from this repository's own resources, each repeated under other names,
so that both sides render the same Markdown with the same extensions. Ours is
``pipeline.website.build_locale``, and then the whole command, ``pipeline build --no-pdf
--locale en``, which also looks at all the other languages of the table and says what they lack;
the peer is ``mkdocs build`` with the stock theme. Each run is a process of its own; wall time
and CPU time of that process are printed, of several rounds the median.
"""

import argparse
import json
import math
import resource
import runpy
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.checks import find_active_content
from pipeline.config import load_project
from pipeline.content import find_body, read_documents
from pipeline.content.assets import read_assets
from pipeline.model import Coverage, LocalisedPage, PageState, Phrase
from pipeline.website import LocaleSite, Manuscript, build_locale

REPOSITORY = Path(__file__).resolve().parents[1]
#: The command as it is typed, on the Python that runs this.
COMMAND = (sys.executable, "-c", "from pipeline.cli import main; main()", "--project")
COVERAGE = Coverage(
    segments=0,
    segments_translated=0,
    words=0,
    words_translated=0,
    critical=0,
    critical_translated=0,
)


def make_project(root: Path, size: int) -> None:
    """A project with that many resources, evenly over its topics, signed as what ships is."""
    for name in ("theme", "locales"):
        shutil.copytree(REPOSITORY / name, root / name)
    for name in ("mkdocs.yml", "pipeline.toml"):
        shutil.copy(REPOSITORY / name, root / name)
    shutil.copytree(REPOSITORY / "content", root / "content")
    originals = sorted((root / "content").glob("*/*.md"))
    for number in range(size - len(originals)):
        original = originals[number % len(originals)]
        copy = original.with_name(f"{original.stem}-{number}.md")
        copy.write_bytes(original.read_bytes())
    # English needs sign-offs too: without them the command would build notices alone.
    sign_samples = runpy.run_path(str(REPOSITORY / "scripts" / "sign_samples.py"))["sign_samples"]
    sign_samples(root)


def build_ours(root: Path, out: Path) -> None:
    """Read the project and build its English site."""
    project = load_project(root)
    documents = read_documents(project).documents
    tag = project.source.tag
    pages = tuple(
        LocalisedPage(
            document=document,
            locale=tag,
            state=PageState.SOURCE,
            title=Phrase(document.metadata.title, tag),
            summary=Phrase(document.metadata.summary, tag),
            markdown=document.text[find_body(document.text) :],
            coverage=COVERAGE,
        )
        for document in documents
    )
    interface = {string.id: Phrase(string.text, tag) for string in project.strings}
    build_locale(
        Manuscript(
            project=project,
            site=LocaleSite(locale=project.source, interface=interface, pages=pages),
            published={
                str(page.document.id): (tag, *(locale.tag for locale in project.locales))
                for page in pages
            },
            open_locales=(project.source, *project.locales),
            pictures=read_assets(project.content_dir)[0],
            pdfs=True,
        ),
        out=out / tag,
        work=out.with_name("work"),
        scan=find_active_content,
    )


def write_stock_config(root: Path) -> Path:
    """``mkdocs.yml`` with the same extensions and the theme as it comes."""
    text = (root / "mkdocs.yml").read_text()
    extensions = text[text.index("markdown_extensions:") :]
    path = root / "stock.yml"
    path.write_text(
        "site_name: Stock\ndocs_dir: content\nsite_dir: stock\n"
        "theme: {name: material, font: false}\nplugins: [search]\n" + extensions
    )
    return path


def run(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


def measure(size: int, *, stock: bool, rounds: int) -> dict[str, float]:
    """Build a library of one size with ours, and with the stock theme if wanted, in turn."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "project"
        root.mkdir()
        make_project(root, size)
        found = [measure_once(root, size, stock=stock) for _ in range(rounds)]
        return {key: statistics.median(row[key] for row in found) for key in found[0]}


def measure_once(root: Path, size: int, *, stock: bool) -> dict[str, float]:
    """One round: nothing is left of the one before."""
    for left in ("site", "stock", ".cache", "work"):
        shutil.rmtree(root / left, ignore_errors=True)
    ours = run([sys.executable, __file__, "--build", str(root), str(root / "site")])
    sizes = [path.stat().st_size for path in (root / "site").rglob("*.html")]
    row = {"size": size, "wall": ours[0], "cpu": ours[1], "largest_html": max(sizes)}
    shutil.rmtree(root / "site")
    whole = run([*COMMAND, str(root), "build", "--no-pdf", "--locale", "en"])
    check_published(root / "site", size)
    row |= {"command_wall": whole[0], "command_cpu": whole[1]}
    if stock:
        config = write_stock_config(root)
        peer = run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)])
        peer_sizes = [path.stat().st_size for path in (root / "stock").rglob("*.html")]
        row |= {"stock_wall": peer[0], "stock_cpu": peer[1], "stock_html": max(peer_sizes)}
    return row


def check_published(site: Path, size: int) -> None:
    """Fail where resources were not published: a notice is quick to build, and says nothing."""
    entries = json.loads((site / "manifest.json").read_bytes())["resources"]
    published = sum(e["locale"] == "en" and e["state"] == "source" for e in entries)
    if published != size:
        raise SystemExit(f"{published} of {size} resources were published")


def print_times(row: dict[str, float]) -> None:
    """How many times as fast as the stock theme, by the clock and by the processor."""
    for what, name in (("one locale's pages", ""), ("the whole command", "command_")):
        wall, cpu = (row[f"stock_{key}"] / row[f"{name}{key}"] for key in ("wall", "cpu"))
        print(f"  {what}: {wall:.1f} times as fast as stock (of CPU time {cpu:.1f})")


def exponent(rows: list[dict[str, float]], key: str) -> float:
    """Slope of time over size on logarithmic scales, by least squares."""
    sizes = [math.log(row["size"]) for row in rows]
    return statistics.linear_regression(sizes, [math.log(row[key]) for row in rows]).slope


def main() -> None:
    """Measure and print one line a size, then the growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,300,900")
    parser.add_argument("--stock-sizes", default="900")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--build", nargs=2, metavar=("PROJECT", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build_ours(*map(Path, options.build))
        return
    with_stock = {int(size) for size in options.stock_sizes.split(",") if size}
    rows = []
    for size in map(int, options.sizes.split(",")):
        rows.append(measure(size, stock=size in with_stock, rounds=options.rounds))
        print(json.dumps({key: round(value, 2) for key, value in rows[-1].items()}), flush=True)
        if size in with_stock:
            print_times(rows[-1])
    if len(rows) > 1:
        print(f"growth of CPU time: size^{exponent(rows, 'cpu'):.2f}")
        print(f"growth of the command's: size^{exponent(rows, 'command_cpu'):.2f}")


if __name__ == "__main__":
    main()
