"""Round trip of real documentation: this project, mdpo and po4a on the same files in one run.

Each tool takes the source apart into a PO whose every msgstr is its msgid, and puts the
file together again. Counted is how many come back to a page with the same tags,
attributes and text, white space aside, and the time it took.
"""

import argparse
import gc
import hashlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from operator import eq
from pathlib import Path

from rendering import folded, render

from pipeline.catalogs import parse_catalog, render_catalog, template
from pipeline.model import Unit
from pipeline.segments import splice, split

ROOT = Path(__file__).resolve().parents[2]
_BATCH = 50
_PO4A = "/usr/bin/po4a-updatepo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a tool made of the files.

    Attributes:
        tool: its name.
        files: how many it was given.
        same: how many came back to the same page.
        identical: how many came back byte for byte.
        seconds: processor time of this process, or wall time for a tool of its own.
    """

    tool: str
    files: int
    same: int
    identical: int
    seconds: float


def round_trip(path: Path) -> str:
    """Ours: segments to PO text and back, then spliced."""
    text = path.read_bytes().decode("utf-8-sig")
    catalog = template(split(text), reference=path.name)
    units = tuple(
        Unit(
            msgid=unit.msgid,
            context=unit.context,
            msgstr=unit.msgid,
            extracted_comments=unit.extracted_comments,
            references=unit.references,
        )
        for unit in catalog.units
    )
    data = render_catalog(replace(catalog, units=units))
    return splice(text, {unit.key: unit.msgstr for unit in parse_catalog(data, path).units})


def round_trip_mdpo(path: Path) -> str:
    """mdpo: ``md2po`` and ``po2md`` by their Python interface."""
    from mdpo.md2po import markdown_to_pofile  # noqa: PLC0415
    from mdpo.po2md import pofile_to_markdown  # noqa: PLC0415

    text = path.read_bytes().decode("utf-8-sig")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page.po"
        catalog = markdown_to_pofile(text)
        for entry in catalog:
            entry.msgstr = entry.msgid
        target.write_text(str(catalog), encoding="utf-8")
        return str(pofile_to_markdown(text, str(target)))


def round_trip_po4a(path: Path) -> str:
    """po4a: ``po4a-updatepo`` and ``po4a-translate``, its text module for Markdown."""
    common = ["-f", "text", "-o", "markdown", "-M", "utf-8"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, catalog, target = folder / "page.md", folder / "page.po", folder / "out.md"
        source.write_bytes(path.read_bytes())
        steps = [
            [_PO4A, *common, "-m", str(source), "-p", str(catalog)],
            ["msgen", "-o", str(catalog), str(catalog)],
            [
                "po4a-translate",
                *common,
                "-m",
                str(source),
                "-p",
                str(catalog),
                "-k",
                "0",
                "-L",
                "utf-8",
                "-l",
                str(target),
            ],
        ]
        for step in steps:
            subprocess.run(step, check=True, capture_output=True, cwd=folder)
        return target.read_text("utf-8")


def measure(
    tools: dict[str, Callable[[Path], str]], files: list[Path]
) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Send the files through every tool in turn, a batch at a time, so that all meet the same load.

    A batch and not a file: a tool finds its own code in the caches, as in use, and no tool
    pays for what another left to collect.

    Args:
        tools: by name, what takes a file to the text that comes back.
        files: the files.

    Returns:
        The texts and the seconds of each tool.
    """
    texts: dict[str, list[str]] = {tool: [] for tool in tools}
    seconds = dict.fromkeys(tools, 0.0)
    for first in range(0, len(files), _BATCH):
        for tool, trip in tools.items():
            clock = time.perf_counter if tool == "po4a" else time.process_time
            gc.collect()
            gc.freeze()  # what others keep is no part of this tool's work
            begin = clock()
            texts[tool] += [_attempt(trip, path) for path in files[first : first + _BATCH]]
            seconds[tool] += clock() - begin
    return texts, seconds


def _attempt(trip: Callable[[Path], str], path: Path) -> str:
    """What comes back; nothing where a tool fails: the file is lost."""
    try:
        return trip(path)
    except Exception:  # noqa: BLE001 - a peer may fail in any way
        return ""


def _page(text: str) -> bytes:
    """A digest of the page that a text renders to, white space aside."""
    return hashlib.sha256(repr(folded(render(text))).encode("utf-8", "surrogatepass")).digest()


def compare(files: list[Path]) -> list[Result]:
    """All tools that are there on the same files, ours first."""
    tools: dict[str, Callable[[Path], str]] = {"ours": round_trip}
    if find_spec("mdpo") is None:
        print("mdpo is not installed: `make bench` installs it.")
    else:
        tools["mdpo"] = round_trip_mdpo
    if Path(_PO4A).exists() and shutil.which("msgen"):
        tools["po4a"] = round_trip_po4a
    measure(tools, files[:1])
    texts, seconds = measure(tools, files)
    sources = [file.read_bytes().decode("utf-8-sig") for file in files]
    pages = [_page(source) for source in sources]
    return [
        Result(
            tool=tool,
            files=len(files),
            same=sum(
                text == source or _page(text) == page
                for text, source, page in zip(texts[tool], sources, pages, strict=True)
            ),
            identical=sum(map(eq, texts[tool], sources)),
            seconds=seconds[tool],
        )
        for tool in tools
    ]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / ".cache" / "corpus")
    parser.add_argument("--every", type=int, default=1, help="take every n-th file only")
    options = parser.parse_args()
    files = sorted(options.folder.rglob("*.md"))[:: options.every]
    if not files:
        raise SystemExit("No files: run benchmarks/segments/fetch_corpus.py first.")
    results = compare(files)
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"{len(files)} files, {size:.1f} MB")
    print("tool   same page   byte for byte   seconds   MB/s   times ours")
    for result in results:
        print(
            f"{result.tool:5} {result.same:5} {result.same / result.files:6.1%}"
            f" {result.identical:7} {result.identical / result.files:7.1%}"
            f" {result.seconds:9.2f} {size / result.seconds:6.2f}"
            f" {result.seconds / results[0].seconds:12.1f}"
        )


if __name__ == "__main__":
    main()
