"""Build each language's tree a second time, with Zensical, and say what of the site is missing.

`make shadow` after `make site` (or `.venv/bin/python scripts/shadow_zensical.py so ar`). Zensical
gets the same Markdown with the same extensions and a template of three lines, for it runs neither
plugins of MkDocs nor templates that call Python. What it makes is held against the published pages:
every address, the language and direction of every page, and in every body the anchors, the
languages of its parts, and the words. Ends with 1 where something is missing. Nothing of it is
published. docs/decisions/0013-generators.md tells what for.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from lxml import html
from lxml.html import HtmlElement

from pipeline.cli.survey import survey
from pipeline.config import load_project
from pipeline.website.tree import source_uri

ROOT = Path(__file__).resolve().parents[1]
ZENSICAL = Path(sys.executable).with_name("zensical")
TEMPLATE = """<!doctype html>
<html lang="{{ config.theme.language }}" dir="{{ config.theme.direction }}">
<head><meta charset="utf-8"></head>
<body><div class="body">{{ page.content }}</div></body></html>
"""
#: What our own steps add to rendered HTML: pipeline/website/generator/plugin.py.
_OURS = re.compile(r"</?bdi\b[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What is built a second time.

    Attributes:
        published: the folder of the language in the site.
        tag: its tag.
        direction: ``ltr`` or ``rtl``.
        texts: Markdown of the pages that have some, by address below the language.
    """

    published: Path
    tag: str
    direction: str
    texts: Mapping[str, str]

    def addresses(self) -> Iterator[str]:
        """Every address of the published site."""
        for path in sorted(self.published.rglob("index.html")):
            where = path.parent.relative_to(self.published).as_posix()
            yield "" if where == "." else f"{where}/"


def shadow(tree: Tree, mkdocs_config: Path, work: Path) -> list[str]:
    """Build a language's tree with Zensical and compare.

    Args:
        tree: the tree.
        mkdocs_config: the project's ``mkdocs.yml``, of which the extensions are taken.
        work: an empty folder.

    Returns:
        What is missing or otherwise, a line each.
    """
    for address in tree.addresses():
        path = work / "docs" / source_uri("", address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n" + tree.texts.get(address, ""), encoding="utf-8")
    for name in ("main.html", "404.html"):
        (work / "theme").mkdir(exist_ok=True)
        (work / "theme" / name).write_text(TEMPLATE, encoding="utf-8")
    settings = {
        "site_name": tree.tag,
        "site_url": f"https://health.example.org/{tree.tag}/",
        "theme": {
            "name": "material",
            "custom_dir": "theme",
            "language": tree.tag,
            "direction": tree.direction,
            "font": False,
        },
        "markdown_extensions": yaml.safe_load(mkdocs_config.read_text("utf-8"))[
            "markdown_extensions"
        ],
        "plugins": [],
    }
    # JSON is YAML too.
    (work / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run(
        [ZENSICAL, "build", "-f", "mkdocs.yml"],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return [f"{tree.tag}: Zensical ended with {done.returncode}: {done.stderr.strip()[-300:]}"]
    return list(compare(tree, work / "site"))


def compare(tree: Tree, made: Path) -> Iterator[str]:
    """What of a published tree another one lacks, a line each."""
    for address in tree.addresses():
        theirs = made / address / "index.html"
        if not theirs.is_file():
            yield f"{tree.tag}/{address}: no such address"
            continue
        page, other = (_read(path / address / "index.html") for path in (tree.published, made))
        for what in ("lang", "dir"):
            if page.get(what) != other.get(what):
                yield f"{tree.tag}/{address}: {what} is {other.get(what)}, not {page.get(what)}"
        if address in tree.texts:
            for line in _compare_bodies(_body(page), _body(other)):
                yield f"{tree.tag}/{address}: {line}"


def _read(path: Path) -> HtmlElement:
    return html.document_fromstring(_OURS.sub("", path.read_text("utf-8")).encode())


def _body(page: HtmlElement) -> HtmlElement:
    return page.xpath("//div[@class='body']")[0]


def _compare_bodies(page: HtmlElement, other: HtmlElement) -> Iterator[str]:
    for what in ("id", "lang"):
        wanted, there = (_values(body, what) for body in (page, other))
        missing = [value for value in wanted if value not in there]
        if missing:
            yield f"{what} missing: {', '.join(dict.fromkeys(missing))}"
        elif wanted != there:
            yield f"{what} in another order or number"
    if _words(page) != _words(other):
        yield "other words"


def _values(body: HtmlElement, name: str) -> list[str]:
    return [str(value) for value in body.xpath(f".//@{name}")]


def _words(body: HtmlElement) -> str:
    return " ".join(str(body.text_content()).split())


def _trees(site: Path, tags: Sequence[str]) -> Iterator[Tree]:
    for edition in survey(load_project(ROOT)).open_editions:
        locale = edition.state.locale
        if not tags or locale.tag in tags:
            yield Tree(
                published=site / locale.tag,
                tag=locale.tag,
                direction=str(locale.direction),
                texts={f"{p.document.id}/": p.markdown for p in edition.pages if p.is_published},
            )


def main(tags: Sequence[str]) -> int:
    """Build the shadow of what ships and print what it lacks."""
    if not ZENSICAL.is_file():
        print(
            "Zensical is not installed here (`make setup-dev` installs it): nothing was compared."
        )
        return 0
    pages = 0
    found: list[str] = []
    for tree in _trees(ROOT / "site", tags):
        with tempfile.TemporaryDirectory() as folder:
            found += shadow(tree, ROOT / "mkdocs.yml", Path(folder))
        pages += sum(1 for _ in tree.addresses())
    _print(found, pages)
    return 1 if found else 0


def _print(found: Iterable[str], pages: int) -> None:
    lines = list(found)
    print("\n".join(lines))
    print(f"{pages} pages compared, {len(lines)} differences.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
