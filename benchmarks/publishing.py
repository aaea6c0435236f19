"""Compares what is published with the stock stack's, in one run: the table of docs/comparison.md.

    python benchmarks/publishing.py [--write]

What ships, in English, Somali, Arabic and Bengali; three resources are translated. The peers
get the Markdown that ours is assembled from, as finished translations, and help where they stop:
Material has no Somali interface, so a copy of its English one is given to it. Each builds in a
process of its own. Pages are then opened in Chromium as on a phone, and PDFs are read by pypdf
and poppler. What each line of the table means stands in ``COLUMNS``.
"""

import argparse
import csv
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import material
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, TimeoutError  # noqa: A004 - as its makers call it
from pypdf import PdfReader
from pypdf.generic import NameObject

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "scripts"))  # no package: what it does is done here, too

import measure_visits  # noqa: E402
import showing  # noqa: E402
from status import leave_other_forms  # noqa: E402

COMMAND = (sys.executable, "-c", "from pipeline.cli import main; main()")
PEERS = (
    "mkdocs-material",
    "mkdocs-static-i18n",
    "mkdocs-to-pdf",
    "mkdocs-with-pdf",
    "mkdocs-print-site-plugin",
    "weasyprint",
)
DOCUMENT = REPOSITORY / "docs" / "comparison.md"
TAGS = ("en", "so", "ar", "bn")
NAMES = {"en": "English", "so": "Soomaali", "ar": "العربية", "bn": "বাংলা"}
TRANSLATED = (
    "covid-19/when-to-get-help",
    "covid-19/look-after-yourself-at-home",
    "single-parents/rainy-day-activities",
)
#: How the name of a copy ends, where a benchmark multiplies what is translated.
COPY = re.compile(r"-copy\d+$")
#: Nobody has translated this one.
MISSING = "covid-19/long-covid"
#: Languages whose pages are looked at, with what their readers type.
READERS = ("so", "ar", "bn")
QUERIES = REPOSITORY / "tests" / "data" / "search" / "queries.csv"
PHONE = {"width": 360, "height": 800}
DOTS_PER_INCH = 50
#: Grey below which a dot is ink, and how many make a line of print.
DARK, A_FEW = 128, 8
#: Milliseconds after which a search that shows nothing has found nothing.
PATIENCE = 1500
#: Two letters and more, with the signs of Indic scripts that are no letters.
WORD = re.compile(r"[^\W\d_]{2,}(?:[\u0900-\u0dff]+[^\W\d_]*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to publish.

    Attributes:
        name: what it is called in the table.
        plugins: lines of ``plugins:`` after search and i18n; None is ours.
        environment: what it is told by the environment.
        prints: the page below a language that Chromium prints; nothing where there are PDFs.
        is_book: whether one PDF has all resources of a language.
    """

    name: str
    plugins: str | None = None
    environment: tuple[tuple[str, str], ...] = ()
    prints: str = ""
    is_book: bool = False


OURS = Way(name="ours")
STOCK = Way(name="Material + static-i18n", plugins="")
WAYS = (
    OURS,
    STOCK,
    Way(name="… + to-pdf", plugins="  - to-pdf: {output_path: pdf/document.pdf}\n", is_book=True),
    Way(
        name="… + with-pdf", plugins="  - with-pdf: {output_path: pdf/document.pdf}\n", is_book=True
    ),
    Way(
        name="… + print-site, printed",
        plugins="  - print-site\n",
        prints="print_page/",
        is_book=True,
    ),
    Way(name="…, each page printed", plugins="", prints=f"{TRANSLATED[0]}/"),
)


@dataclass(slots=True, kw_only=True)
class Row:
    """What was measured of one way; a question that does not arise is ``–``."""

    wall: float = 0.0
    cpu: float = 0.0
    cells: dict[str, str] = field(default_factory=dict)


#: Id, heading, meaning of each line of the table.
COLUMNS = {
    "seconds": ("Build, seconds of processor time", "all four languages, PDFs too, once"),
    "pages": ("Pages", "HTML files"),
    "weight": ("First visit, kB", "a Somali leaflet, gzip, without pictures and fonts"),
    "requests": ("Requests of it", "with pictures and fonts"),
    "absent": ("… that fail", "404"),
    "axe": ("axe findings", "rules broken and places, on a leaflet in so, ar and bn at 360 px"),
    "missing": ("Not translated", "what a reader of Somali gets for a page that nobody translated"),
    "search": (
        "Search finds",
        "queries of tests/data/search in so, ar and bn for the translated pages",
    ),
    "pdfs": ("PDFs", "files"),
    "pdf_size": ("… kB each", "median"),
    "documents": ("Documents in them", "resources × languages that a reader gets"),
    "pdf_seconds": (
        "… seconds each",
        "of processor time, without the pages; ours cuts fonts first",
    ),
    "tagged": ("… tagged", "with a structure tree and a title in its own metadata"),
    "language": ("… language", "those that name the language they are in"),
    "direction": ("… right to left", "whether Arabic lines begin at the right margin"),
    "words": ("… words read back", "share of the page's words that come out of it (so, ar, bn)"),
}


# --- The same content for all ----------------------------------------------------------


def make_project(root: Path) -> None:
    """What ships, with standard leaflets alone: peers have no other forms."""
    for name in ("theme", "locales", "content"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    shutil.copy(REPOSITORY / "pipeline.toml", root)
    leave_other_forms(root)


def write_translations(project: Path, docs: Path) -> None:
    """The peers' folder: each language's finished Markdown, and a home that lists it."""
    content = project / "content"
    for tag in TAGS:
        links = ""
        for source in sorted(content.glob("*/*.md")):
            resource_id = str(source.relative_to(content).with_suffix(""))
            if tag != "en" and COPY.sub("", resource_id) not in TRANSLATED:
                continue
            path = docs / tag / f"{resource_id}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            catalog = project / "locales" / tag / f"{resource_id}.po"
            if tag == "en":
                shutil.copy(source, path)
            else:
                run((*COMMAND, "assemble", str(source), str(catalog), "-o", str(path)), docs)
            links += f"- [{resource_id}]({resource_id}.md)\n"
        (docs / tag / "index.md").write_text(f"# {NAMES[tag]}\n\n{links}", "utf-8")
        for images in content.glob("*/images"):
            shutil.copytree(images, docs / tag / images.relative_to(content))


def write_stock_config(root: Path, way: Way) -> Path:
    """``mkdocs.yml`` of a peer: the extensions of ours, the theme as it comes."""
    text = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    extensions = text[text.index("markdown_extensions:") :]
    languages = "".join(
        f"        - {{locale: {tag}, name: {NAMES[tag]}{', default: true' * (tag == 'en')}}}\n"
        for tag in TAGS
    )
    path = root / "stock.yml"
    path.write_text(
        "site_name: Health information\nsite_url: https://health.example.org/\n"
        "docs_dir: docs\nsite_dir: out\n"
        "theme: {name: material, font: false, custom_dir: overrides}\n"
        "plugins:\n  - search\n  - i18n:\n      docs_structure: folder\n      languages:\n"
        f"{languages}{way.plugins}{extensions}",
        "utf-8",
    )
    partials = root / "overrides" / "partials" / "languages"
    partials.mkdir(parents=True)
    templates = Path(str(material.__file__)).parent / "templates" / "partials" / "languages"
    english = (templates / "en.html").read_text("utf-8")
    (partials / "so.html").write_text(english.replace('"language": "en"', '"language": "so"'))
    return path


# --- Building ---------------------------------------------------------------------------


def run(command: tuple[str, ...], folder: Path, **environment: str) -> tuple[float, float]:
    """Wall and processor seconds of a command that must go well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def build(way: Way, folder: Path, project: Path, docs: Path) -> tuple[Path, Row, float]:
    """Build one way's site; its folder, what it took, and the processor time without PDFs."""
    if way.plugins is None:
        locales = tuple(word for tag in TAGS for word in ("--locale", tag))
        shutil.copytree(project, folder)
        _, alone = run((*COMMAND, "build", *locales, "--no-pdf"), folder)
        for left in ("site", ".cache"):
            shutil.rmtree(folder / left)
        wall, cpu = run((*COMMAND, "build", *locales), folder)
        return folder / "site", Row(wall=wall, cpu=cpu), alone
    folder.mkdir()
    shutil.copytree(docs, folder / "docs")
    config = write_stock_config(folder, way)
    command = (sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config))
    wall, cpu = run(command, folder, **dict(way.environment))
    return folder / "out", Row(wall=wall, cpu=cpu), 0.0


# --- Pages ------------------------------------------------------------------------------


def look_at_pages(row: Row, site: Path, address: str, browser: Browser) -> None:
    """Fill in what a reader's browser shows."""
    row.cells["pages"] = str(sum(1 for _ in site.rglob("*.html")))
    context = browser.new_context(viewport=PHONE)
    seen = measure_visits.visit(context, f"{address}so/{TRANSLATED[0]}/")
    context.close()
    row.cells["weight"] = f"{seen.text:.0f}"
    row.cells["requests"] = str(seen.requests)
    row.cells["absent"] = str(len(seen.missing))
    row.cells["axe"] = count_axe_findings(browser, address)
    row.cells["missing"] = tell_missing(browser, address)
    counts = [count_found(browser, address, tag) for tag in READERS]
    row.cells["search"] = ", ".join(f"{found} of {asked}" for found, asked in counts)


def count_axe_findings(browser: Browser, address: str) -> str:
    """Rules and places, over three languages."""
    rules, places = set(), 0
    for tag in READERS:
        context = browser.new_context(viewport=PHONE)
        page = context.new_page()
        page.goto(f"{address}{tag}/{TRANSLATED[0]}/", wait_until="networkidle")
        for found in Axe().run(page).response["violations"]:
            rules.add(found["id"])
            places += len(found["nodes"])
        context.close()
    return f"{len(rules)} rules, {places} places" if rules else "none"


def tell_missing(browser: Browser, address: str) -> str:
    """What stands at the Somali address of a page that nobody has translated."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    reply = page.goto(f"{address}so/{MISSING}/")
    if reply is None or not reply.ok:
        told = "page not found"
    else:
        lang = page.locator("html").get_attribute("lang")
        is_english = "Long COVID" in page.locator("h1").first.inner_text()
        told = f"English as lang={lang}" if is_english else f"a notice in {lang}"
    context.close()
    return told


def read_queries(tag: str) -> list[tuple[str, str]]:
    """What readers type, and the page that it should find; those for pages that all ways have."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == tag]
    pages = [(row["query"], row["finds"].split("#")[0].rstrip("/")) for row in rows]
    return [(query, page) for query, page in pages if page in TRANSLATED]


def count_found(browser: Browser, address: str, tag: str) -> tuple[int, int]:
    """How many queries show the page in the reader's language, and how many were asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    queries = read_queries(tag)
    found = sum(shows(page, f"{address}{tag}/", *query) for query in queries)
    context.close()
    return found, len(queries)


def shows(page: Page, home: str, query: str, wanted: str) -> bool:
    """Whether a query shows a page, on our page of results or in Material's dialog."""
    reply = page.goto(f"{home}search/?q={quote(query)}", wait_until="networkidle")
    if reply is None or not reply.ok:
        page.goto(f"{home}?q={quote(query)}", wait_until="networkidle")
    link = page.locator(f'main a[href*="{wanted}"], .md-search-result a[href*="{wanted}"]')
    try:
        link.first.wait_for(timeout=PATIENCE)
    except TimeoutError:
        return False
    return any(each.evaluate("link => link.href").startswith(home) for each in link.all())


# --- PDFs -------------------------------------------------------------------------------


def print_pages(way: Way, site: Path, address: str, browser: Browser) -> float:
    """Let Chromium print; files stand in the site as a plugin's do. Seconds, by the clock."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    paths = [f"{tag}/{way.prints}" for tag in TAGS]
    if way.prints != "print_page/":
        paths = [f"{tag}/{each}/" for tag in TAGS for each in TRANSLATED]
    for path in paths:
        reply = page.goto(address + path.removeprefix("en/"), wait_until="networkidle")
        if reply is not None and reply.ok:
            name = f"{path.strip('/').replace('/', '-')}.pdf"
            (site / name).write_bytes(page.pdf(format="A4", tagged=True))
    context.close()
    return time.perf_counter() - start


def look_at_pdfs(
    row: Row, site: Path, spent: float, words: dict[str, list[str]], *, documents: int
) -> None:
    """Fill in what the PDFs of a site are like, each with so many documents in it."""
    paths = sorted(site.rglob("*.pdf"))
    if not paths:
        return
    documents *= len(paths)
    row.cells["documents"] = str(documents)
    row.cells["pdfs"] = str(len(paths))
    row.cells["pdf_size"] = f"{statistics.median(p.stat().st_size for p in paths) / 1000:.0f}"
    row.cells["pdf_seconds"] = f"{spent / documents:.2f}"
    readers = {path: PdfReader(path) for path in paths}
    row.cells["tagged"] = f"{sum(is_tagged(reader) for reader in readers.values())} of {len(paths)}"
    texts = {path: read_text(path) for path in paths}
    named = sum(names_its_language(readers[path], texts[path], words) for path in paths)
    row.cells["language"] = f"{named} of {len(paths)}"
    shares, arabic = [], None
    for tag in READERS:
        share, path = max((share_of(words[tag], texts[path]), path) for path in paths)
        shares.append(f"{100 * share:.0f} %")
        arabic = path if tag == "ar" and share > 0 else arabic
    row.cells["words"] = ", ".join(shares)
    row.cells["direction"] = tell_direction(arabic) if arabic else "no Arabic in it"


def is_tagged(reader: PdfReader) -> bool:
    """A structure tree, marked as such, and a title that a reader shows."""
    root = reader.trailer["/Root"]
    marked = root.get("/MarkInfo", {}).get("/Marked", False)
    return bool(marked and "/StructTreeRoot" in root and reader.metadata and reader.metadata.title)


def names_its_language(reader: PdfReader, text: str, words: dict[str, list[str]]) -> bool:
    """Whether ``/Lang`` is that of the page whose words are in it."""
    tag = max(TAGS, key=lambda each: share_of(words[each], text))
    return str(reader.trailer["/Root"].get(NameObject("/Lang"), "")).split("-")[0] == tag


def read_text(path: Path) -> str:
    """The text in reading order, as poppler gives it."""
    command = ("pdftotext", "-enc", "UTF-8", str(path), "-")
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def share_of(words: list[str], text: str) -> float:
    """Share of words that stand in a text."""
    there = set(split_words(text))
    return sum(word in there for word in words) / len(words)


def split_words(text: str) -> list[str]:
    """Words of letters, without signs of direction."""
    return WORD.findall(re.sub("[\u200e\u200f\u2066-\u2069]", "", text))


def tell_direction(path: Path) -> str:
    """Whether lines of print begin at the right: there their edge is even, at the left ragged."""
    command = ("pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), str(path))
    data = subprocess.run(command, capture_output=True, check=True).stdout
    lefts, rights = [], []
    for width, height, pixels in read_pages(data):
        for top in range(height):
            line = pixels[top * width : (top + 1) * width]
            inked = [at for at, value in enumerate(line) if value < DARK]
            if len(inked) > A_FEW:
                lefts.append(inked[0])
                rights.append(inked[-1])
    even_left = max(map(lefts.count, set(lefts))) / len(lefts)
    even_right = max(map(rights.count, set(rights))) / len(rights)
    return "yes" if even_right > even_left else "no"


def read_pages(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Pictures in the PGM form that pdftoppm writes one after another."""
    while data:
        found = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", data)
        if found is None:
            raise SystemExit("pdftoppm did not write PGM")
        width, height = int(found[1]), int(found[2])
        end = found.end() + width * height
        yield width, height, data[found.end() : end]
        data = data[end:]


# --- The table --------------------------------------------------------------------------


def measure(folder: Path, browser: Browser) -> dict[str, Row]:
    """Build and look at each way."""
    project, docs = folder / "project", folder / "docs"
    project.mkdir()
    docs.mkdir()
    make_project(project)
    write_translations(project, docs)
    words = {tag: words_of(docs / tag / f"{TRANSLATED[0]}.md") for tag in TAGS}
    rows: dict[str, Row] = {}
    for number, way in enumerate(WAYS):
        site, row, alone = build(way, folder / f"way-{number}", project, docs)
        rows[way.name] = row
        with showing.served(site, measure_visits.CachingHandler) as address:
            if way in (OURS, STOCK):
                look_at_pages(row, site, address, browser)
            spent = row.cpu - (alone or rows[STOCK.name].cpu if way is not STOCK else row.cpu)
            if way.prints:
                spent = print_pages(way, site, address, browser)
        resources = len(list((docs / "en").glob("*/*.md")))
        look_at_pdfs(row, site, spent, words, documents=resources if way.is_book else 1)
        row.cells["seconds"] = f"{row.cpu:.1f}"
        print(f"{way.name}: {row.cells}", flush=True)
    return rows


def words_of(path: Path) -> list[str]:
    """Words of a page's running text: what is in its front matter, in links and boxes too."""
    text = path.read_text("utf-8").split("---\n", 2)[-1]
    text = re.sub(r"\(.*?\)|\{.*?\}|<.*?>|!!!.*|\?\?\?.*|===.*", " ", text)
    return split_words(text)


def render_table(rows: dict[str, Row]) -> str:
    """A Markdown table, a column a way."""
    lines = [["", *rows], ["---"] * (len(rows) + 1)]
    for key, (heading, _) in COLUMNS.items():
        lines.append([heading, *(row.cells.get(key, "–") for row in rows.values())])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write_document(table: str) -> None:
    """Put the table and what its lines mean between the marks in the page of the docs."""
    text = DOCUMENT.read_text("utf-8")
    begin, end = "<!-- table -->\n", "<!-- end of table -->"
    head, tail = text.split(begin)[0], text.split(end)[1]
    meanings = "".join(f"- *{heading}*: {meaning}\n" for heading, meaning in COLUMNS.values())
    DOCUMENT.write_text(f"{head}{begin}\n{table}\n{meanings}\n{end}{tail}", "utf-8")


def main() -> None:
    """Measure, print, and with ``--write`` put the table into the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/comparison.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, showing.opened() as browser:
        rows, chromium = measure(Path(name), browser), browser.version
    versions = ", ".join(f"{package} {version(package)}" for package in PEERS)
    table = f"{render_table(rows)}\n{versions}, Chromium {chromium}.\n"
    print(table)
    if options.write:
        write_document(table)


if __name__ == "__main__":
    main()
