"""The files above all locales: the page on which a reader chooses, and what machines read."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader

from pipeline.config import Project
from pipeline.errors import WebsiteError
from pipeline.files import write_atomic
from pipeline.model import Interface, Locale
from pipeline.website.assets import Asset, read_assets
from pipeline.website.compiled import COMPILED
from pipeline.website.fonts import write_fonts
from pipeline.website.sitemap import render_sitemap_index
from pipeline.website.speech import Speech
from pipeline.website.views import KEEPER


class HasInterface(Protocol):
    """A locale that the public sees, with the strings of the theme in it."""

    @property
    def locale(self) -> Locale:
        """The locale."""

    @property
    def interface(self) -> Interface:
        """The strings of the theme, by id."""


def build_root(
    project: Project,
    editions: Sequence[HasInterface],
    *,
    out: Path | None = None,
    keeps_older: bool = False,
) -> None:
    """Write the gateway, the page for a wrong address, robots.txt, sitemap and shared files.

    Args:
        project: the project.
        editions: the locales that the public sees, the source locale first.
        out: the website's folder; the project's own where None.
        keeps_older: whether shared files of an older build stay, for pages that lead to them.

    Raises:
        WebsiteError: the theme lacks a file.
        MachineError: a font package is not installed.
    """
    target = out or project.site_dir
    assets = read_assets(project)
    scripts = {edition.locale.script for edition in editions}
    wanted = _write_assets(assets, target) | write_fonts(project, scripts, target)
    if not keeps_older:
        _remove_others(target / "assets", wanted)
    site_path = urlsplit(project.site_url).path or "/"
    speeches = _speeches(editions)
    pages = {
        "index.html": ("site/gateway.html", ""),
        "404.html": ("site/gateway-not-found.html", site_path),
    }
    environment = Environment(
        loader=FileSystemLoader(project.theme_dir), autoescape=True, bytecode_cache=COMPILED
    )
    for name, (template, root) in pages.items():
        text = environment.get_template(template).render(
            project=project,
            speeches=speeches,
            source=speeches[0],
            root=root,
            assets={name: asset.path for name, asset in assets.items()},
        )
        write_atomic(target / name, text.encode())
    write_atomic(target / "offers.json", render_offers(speeches))
    sitemaps = [f"{project.site_url}{speech.locale.tag}/sitemap.xml" for speech in speeches]
    write_atomic(target / "sitemap.xml", render_sitemap_index(sitemaps))
    keeper = project.theme_dir / ("keeper.js" if project.keeps_offline else "keeper-off.js")
    write_atomic(target / KEEPER, _read(keeper))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {project.site_url}sitemap.xml\n"
    write_atomic(target / "robots.txt", robots.encode())


def render_offers(speeches: Sequence[Speech]) -> bytes:
    """What each language says to offer itself to a reader of another, as JSON by its tag.

    What is not yet translated is left out: the language's own name says enough.
    """
    strings = {"offer": "offer-language", "dismiss": "offer-dismiss"}
    offers = {}
    for speech in speeches:
        phrases = {name: speech.phrase(string_id) for name, string_id in strings.items()}
        offers[speech.locale.tag] = {
            name: phrase.text.replace("{language}", speech.locale.autonym)
            for name, phrase in phrases.items()
            if phrase.locale == speech.locale.tag
        }
    return json.dumps(offers, ensure_ascii=False, separators=(",", ":")).encode()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WebsiteError(
            f"The theme has no {path.name}.",
            remedy=f"Put the file theme/{path.name} of the project back.",
            path=path,
        ) from error


def _speeches(editions: Sequence[HasInterface]) -> tuple[Speech, ...]:
    locales = {edition.locale.tag: edition.locale for edition in editions}
    return tuple(
        Speech(locale=edition.locale, interface=edition.interface, locales=locales)
        for edition in editions
    )


def write_assets(project: Project) -> None:
    """Bring the style sheets, scripts and images of a website up to date, and nothing else.

    Args:
        project: the project; in a preview all pages have them by the same names as before.

    Raises:
        WebsiteError: the style sheet is missing.
    """
    _write_assets(read_assets(project), project.site_dir)


def _write_assets(assets: Mapping[str, Asset], target: Path) -> frozenset[Path]:
    """Bring the shared files up to date; gives all that belong there."""
    for asset in assets.values():
        path = target / asset.path
        if not path.is_file() or path.read_bytes() != asset.data:
            write_atomic(path, asset.data)
    return frozenset(target / asset.path for asset in assets.values())


def _remove_others(assets: Path, wanted: frozenset[Path]) -> None:
    """Take away shared files that no page of a whole build leads to."""
    for path in assets.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
    for folder in sorted(assets.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            shutil.rmtree(folder)
