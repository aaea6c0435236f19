"""Fonts of all languages, loaded while nobody asks for anything."""

import gc
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.cli.interface import read_interface
from pipeline.config import Project
from pipeline.model import Locale, Phrase
from pipeline.pdf import LeafletJob, find_problems, keep_engine


def warm(project: Project) -> Iterator[str]:
    """Set some words in each language, for nobody.

    The first leaflet in a language takes up to half a second longer than the next: Pango looks for
    its fonts, and reads them.

    Args:
        project: the project.

    Yields:
        The tag of each language, when it was its turn.
    """
    if any(problem.is_fatal for problem in find_problems()):
        return
    for locale in project.locales:
        with suppress(Exception):  # whatever it is, a build meets it again and says so
            _set_words(project, locale)
        yield locale.tag
    gc.collect()
    gc.freeze()  # nothing of it is garbage, and copies shall not write to it


def _set_words(project: Project, locale: Locale) -> None:
    """Set what the theme says in a language: all letters stand in it, plain, bold and large."""
    said = read_interface(project, locale, []).phrases
    own = " ".join(escape(phrase.text) for phrase in said.values() if phrase.locale == locale.tag)
    with TemporaryDirectory() as name:
        page = Path(name, "index.html")
        page.write_text(
            f"<article><h1>{own[:20]}</h1><h2>{own[:20]}</h2>"
            f"<p>{own} <strong>{own[:80]}</strong></p></article>",
            "utf-8",
        )
        job = LeafletJob(
            page_path=page,
            pdf_path=page.with_suffix(".pdf"),
            site_root=page.parent,
            theme_dir=project.theme_dir,
            locale=locale,
            title=Phrase(text=locale.autonym, locale=locale.tag),
            english_title=locale.english_name,
            address=project.site_url,
            version="",
            interface=said,
            demonstration=project.demonstration,
        )
        keep_engine([job], project.cache_dir / "pdf")
