"""Measures a build from nothing, one with nothing to do and one after one edit, and their growth.

    python benchmarks/edit.py [--sizes 100,300,900] [--pdf-sizes 25,50,100] [--all-locales]
        [--keep FOLDER]

The library is that of ``benchmarks/status.py``, all of it translated and signed, in English,
Arabic, Spanish and French; ``--all-locales`` takes the 24 of the table. The edit changes one unit
of one Arabic catalog. Each run is the command as it is typed, `pipeline build --no-pdf`, in a
process of its own, with and without the look through the finished site; then as it is on Linux by
default, with a process that stands by for it (the median of five, by the clock alone: what it
costs is no child's). Then the same for PDFs, with smaller libraries, for the peer takes most of a
second for each: standard leaflets, no books.
`pipeline serve` is timed from the saving of a catalog, a resource or a style to the answer that
has its text: the best of five, and the least processor time of one.

The peer is plain MkDocs with Material and mkdocs-static-i18n on the same Markdown in the same
locales, with mkdocs-to-pdf for PDFs, built from nothing each time: it knows no other way.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path

from status import COMMAND, exponent, leave_other_forms, make_project, run

from pipeline.cli.kept.store import Store
from pipeline.cli.kept.survey import survey_kept
from pipeline.config import load_project
from pipeline.standby import SOCKET, SWITCH, connect

TAGS = ("ar", "es", "fr")
#: As it is typed: where a process stands by, it does the work.
ENTRY = (sys.executable, "-c", "from pipeline.entry import main; main()", "--project")
PATIENCE = 60.0
PORT = 8765
TO_PDF = "  - to-pdf: {output_path: document.pdf}\n"
PREVIEW = f"http://127.0.0.1:{PORT}/"
#: A word without digits, of which the checks would complain, and what tells one save from the next.
WORD, LETTERS = "كلمة", "ابتثجحخدذر"
#: How many saves of each kind.
SAVED = 5


def change(root: Path, word: str) -> Path:
    """Change the last unit of one catalog, or change it back; gives the page that shows it.

    What is changed is not signed, so the page shows the source's text in its place, and its own
    again as soon as the unit is what was signed: of two changes one after another both are seen.
    """
    catalog = min((root / "locales/ar").glob("*/*.po"))
    text = catalog.read_text("utf-8")
    place = text.rindex('msgstr "') + len('msgstr "')
    head, rest = text[:place], text[place:]
    changed = rest.removeprefix(f"{word} ")
    catalog.write_text(f"{head}{f'{word} {rest}' if changed == rest else changed}", "utf-8")
    return root / "site/ar" / catalog.parent.name / catalog.stem / "index.html"


def build(root: Path, *options: str, pdf: bool, command: tuple[str, ...] = COMMAND) -> list[str]:
    """The command; findings of made-up texts are no failure of it."""
    command = [*command, str(root), "build", *options, *([] if pdf else ["--no-pdf"])]
    return ["sh", "-c", '"$@" || test $? -lt 16', "sh", *command]


def measure(root: Path, *, pdf: bool) -> dict[str, dict[str, float]]:
    """Cold, warm, after one edit, without and with the look through the site."""
    for name in ("site", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
    rows = {"cold": run(build(root, "--no-check", pdf=pdf))}
    rows["look through all"] = run(build(root, pdf=pdf))
    rows["warm"] = run(build(root, pdf=pdf))
    page = change(root, "الآن")
    rows["one edit"] = run(build(root, "--no-check", pdf=pdf))
    if not page.is_file():
        raise SystemExit(f"{page} was not built")
    change(root, "الآن")
    rows["one edit, looked through"] = run(build(root, pdf=pdf))
    rows["one edit, looked through, by who stands by"] = {"wall": measure_standby(root, pdf=pdf)}
    return rows


def measure_standby(root: Path, *, pdf: bool) -> float:
    """Seconds of an edit whose build is done by the process that stands by: the median."""
    os.environ[SWITCH] = "1"
    cache, walls = root / ".cache/pipeline", []
    try:
        run(build(root, pdf=pdf))
        until = time.monotonic() + PATIENCE
        while not (there := connect(str(cache))):
            if time.monotonic() > until:
                raise SystemExit("no process stands by")
            time.sleep(0.1)
        there.close()
        for _ in range(SAVED):
            shutil.rmtree(cache / "pdf/leaflets", ignore_errors=True)  # none is known
            change(root, "الآن")
            walls.append(run(build(root, pdf=pdf, command=ENTRY))["wall"])
    finally:
        os.environ[SWITCH] = "0"
        (cache / SOCKET).unlink(missing_ok=True)  # it ends when nobody can find it
    return statistics.median(walls)


def measure_serve(root: Path) -> dict[str, list[float]]:
    """Seconds from a save to its text in the preview: the best of some, and processor time."""
    command = [*COMMAND, str(root), "serve", "--locale", "ar", "--port", str(PORT)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"{PREVIEW}ar/", "", 600.0)
        time.sleep(3.0)
        return {what: _best(root, process.pid, save) for what, save in SAVES.items()}
    finally:
        process.terminate()
        process.wait()


def _best(root: Path, process: int, save: Callable[[Path, str], str]) -> list[float]:
    seconds, busy = [], []
    for _ in range(SAVED):
        before = _processor(process)
        word = WORD + "".join(random.choices(LETTERS, k=9))  # noqa: S311  no secret
        address = save(root, word)
        began = time.monotonic()
        _wait_for(f"{PREVIEW}{address}", word, PATIENCE)
        seconds.append(round(time.monotonic() - began, 2))
        time.sleep(2.0)  # what is done when it has been shown counts too
        busy.append(round(_processor(process) - before, 2))
    return [min(seconds), min(busy)]


def _save_catalog(root: Path, word: str) -> str:
    """Put a word into a unit, in the place of the last one."""
    catalog = min((root / "locales/ar").glob("*/*.po"))
    catalog.write_text(re.sub(rf"{WORD}\w+ ", "", catalog.read_text("utf-8")), "utf-8")
    return change(root, word).parent.relative_to(root / "site").as_posix() + "/"


def _save_resource(root: Path, word: str) -> str:
    resource = min((root / "content").glob("*/*.md"))
    text = re.sub(rf"\n\nRest, {WORD}.*", "", resource.read_text("utf-8").rstrip())
    resource.write_text(f"{text}\n\nRest, {word}.\n", "utf-8")
    return f"en/{resource.relative_to(root / 'content').with_suffix('').as_posix()}/"


def _save_style(root: Path, word: str) -> str:
    sheet = root / "theme/assets/css/site.css"
    sheet.write_text(f"{sheet.read_text('utf-8')}/* {word} */\n", "utf-8")
    return "assets/css/site.css"


SAVES = {"catalog": _save_catalog, "resource": _save_resource, "style": _save_style}


def _processor(process: int) -> float:
    """Seconds of processor time of a process and those that it has started (Linux)."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if process in {int(path.parent.name), int(fields[1])}:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _wait_for(address: str, word: str, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  our own
                if word in answer.read().decode("utf-8"):
                    return
        except (OSError, HTTPException):  # it is changed as it is read
            pass
        time.sleep(0.02)
    raise SystemExit(f"{address} did not show it in {seconds:.0f} s")


def write_stock(root: Path, *, pdf: bool) -> Path:
    """The same pages as plain MkDocs with mkdocs-static-i18n has them."""
    found = survey_kept(load_project(root), Store(path=None), workers=1)
    stock = root / "stock"
    shutil.rmtree(stock, ignore_errors=True)
    editions = [e for e in found.open_editions if e.locale.tag in {"en", *TAGS}]
    for edition in editions:
        folder = stock / "docs" / edition.locale.tag
        for page in edition.pages:
            path = folder / f"{page.document.id}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# {page.title.text}\n\n{page.markdown}", "utf-8")
        (folder / "index.md").write_text("# Home\n", "utf-8")
    text = (root / "mkdocs.yml").read_text("utf-8")
    languages = "".join(
        f"        - {{locale: {e.locale.tag}, name: {e.locale.autonym}, "
        f"default: {str(e.locale.tag == 'en').lower()}}}\n"
        for e in editions
    )
    config = stock / "mkdocs.yml"
    config.write_text(
        "site_name: Stock\ntheme: {name: material, font: false}\nplugins:\n  - search\n  - i18n:\n"
        f"      docs_structure: folder\n      languages:\n{languages}"
        + (TO_PDF if pdf else "")
        + text[text.index("markdown_extensions:") :],
        "utf-8",
    )
    return config


def measure_library(root: Path, *, pdf: bool, stock: bool) -> dict[str, dict[str, float]]:
    """Ours and the peer on one library; prints what each took."""
    if pdf:
        leave_other_forms(root)
    rows = measure(root, pdf=pdf)
    if stock:
        config = write_stock(root, pdf=pdf)
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)]
        rows[f"plain MkDocs{' + to-pdf' * pdf}, all anew"] = run(command)
    for what, row in rows.items():
        print(f"  {what}: {json.dumps({k: round(v, 2) for k, v in row.items()})}", flush=True)
    if stock:
        theirs = rows[f"plain MkDocs{' + to-pdf' * pdf}, all anew"]
        for what in ("cold", *(name for name in rows if "looked through" in name)):
            print(f"  {what}: {theirs['wall'] / rows[what]['wall']:.1f} times as fast", flush=True)
    return rows


def measure_sizes(options: argparse.Namespace, sizes: list[int], *, pdf: bool) -> None:
    """Libraries of each size, then how the time grows with it."""
    seconds: dict[str, list[float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            root = (options.keep or Path(name)) / f"e{size}{'p' * pdf}"
            if not root.exists():
                tags = () if options.all_locales else TAGS
                make_project(root, size, tags=tags, shares=(1.0,))
            print(f"{size} resources{', PDFs' * pdf}, load {os.getloadavg()[0]:.1f}", flush=True)
            for what, row in measure_library(root, pdf=pdf, stock=not options.no_stock).items():
                seconds.setdefault(what, []).append(row.get("cpu", row["wall"]))
            if not pdf:
                for what, (wall, cpu) in measure_serve(root).items():
                    print(f"  preview, {what} saved: {wall} s, {cpu} s of a processor", flush=True)
    if len(sizes) > 1:
        for what, values in seconds.items():
            print(f"growth of the time, {what}: size^{exponent(sizes, values):.2f}", flush=True)


def main() -> None:
    """Measure and print each size, then the growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,300,900", help="resources; nothing for none")
    parser.add_argument("--pdf-sizes", default="25,50,100", help="likewise, with PDFs")
    parser.add_argument("--all-locales", action="store_true")
    parser.add_argument("--no-stock", action="store_true")
    parser.add_argument("--keep", type=Path, help="where libraries stay, to be measured again")
    options = parser.parse_args()
    os.environ[SWITCH] = "0"
    for text, pdf in ((options.sizes, False), (options.pdf_sizes, True)):
        measure_sizes(options, [int(size) for size in text.split(",") if size], pdf=pdf)


if __name__ == "__main__":
    main()
