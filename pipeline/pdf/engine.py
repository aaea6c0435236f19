"""Set a leaflet with WeasyPrint, and take none of its silences for success.

WeasyPrint works around what it cannot do and writes a line to its log. A health leaflet
with an empty box for a letter, or without its picture, is worse than none: such a line
is an error here.

It loads WeasyPrint, and with it the modules that change or ask it. Make an :class:`Engine` once in
a process and keep it: loading fonts costs as much as setting a leaflet.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from pipeline.errors import MachineError, PdfError
from pipeline.model import Direction, LeafletVariant, Locale
from pipeline.pdf.fonts import LATIN_FAMILY, FontSet
from pipeline.pdf.forms.booklet import impose
from pipeline.pdf.glyphs import Families, choose_families, describe
from pipeline.pdf.jobs import LeafletJob, Rendered
from pipeline.pdf.leaflet import Leaflet
from pipeline.pdf.machine import find_problems
from pipeline.pdf.parts import counter_style
from pipeline.pdf.pictures import draw
from pipeline.pdf.plain import parse_plain

_DOTTED_CIRCLE = "\u25cc"
#: Lines of WeasyPrint's log about things that do not change what is on the page.
_HARMLESS = ("Using fontTools instead of HarfBuzz-Subset", "Anchor defined twice")


class Engine:
    """WeasyPrint with our fonts, ready to set one leaflet after another.

    Args:
        fonts: the fonts to show it.

    Raises:
        MachineError: a system library is missing.
    """

    def __init__(self, fonts: FontSet) -> None:
        fatal = [problem for problem in find_problems() if problem.is_fatal]
        if fatal:
            raise MachineError(fatal[0].message, remedy=fatal[0].remedy)
        # Fontconfig reads this when Pango is loaded, and falls back on the machine's own
        # fonts without a word where it is not set.
        os.environ["FONTCONFIG_FILE"] = str(fonts.config_path)
        import weasyprint  # noqa: PLC0415 - loads Pango
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        from pipeline.pdf import embedding, fitting, shortcuts, tags  # noqa: PLC0415

        tags.install_readable_text()
        embedding.install()
        shortcuts.install()
        self._weasyprint: Any = weasyprint
        self._shortcuts = shortcuts
        self._smaller = fitting.smaller
        self._finish = tags.finish
        self._configuration = FontConfiguration()
        self._fonts = fonts
        self._styles: dict[bytes, Any] = {}

    def render(self, leaflet: Leaflet, styles: tuple[bytes, ...], job: LeafletJob) -> Rendered:
        """Set a leaflet.

        Args:
            leaflet: the document.
            styles: the print style sheets, in the order of the job's ``style_paths``.
            job: what it is made for.

        Returns:
            The file and warnings; the same for the same arguments, fonts and libraries.

        Raises:
            PdfError: a character has no glyph, a font or a picture cannot be used.
        """
        families = choose_families(leaflet.text, job.locale.fonts, self._fonts)
        _refuse_missing(families, job, self._fonts)
        with _heard() as lines:
            document, remarks = self._fit(leaflet, styles, job, families)
            data = self._write(document, leaflet, job)
        _refuse_worked_around(lines, job)
        _refuse_other_fonts(document.fonts, families, job)
        return Rendered(
            data=data, warnings=(*remarks, *_find_dotted_circles(document.fonts, leaflet))
        )

    def _write(self, document: Any, leaflet: Leaflet, job: LeafletJob) -> bytes:  # noqa: ANN401
        """The file of pages that are laid out."""
        if job.variant.is_campaign and len(document.pages) > leaflet.most_pages:
            raise PdfError(
                f"Too much stands on this {job.variant}: it does not fit on one page.",
                remedy="Shorten the title and the summary in the front matter.",
                path=job.page_path,
            )
        if job.variant.is_picture:
            said = " ".join(leaflet.text.split())
            return draw(document.write_pdf(), title=job.heading, text=said)
        data: bytes = document.write_pdf(
            finisher=self._finish, pdf_variant="pdf/ua-1", pdf_tags=True
        )
        if job.variant is LeafletVariant.BOOKLET:
            data = impose(data, language=job.locale.tag, direction=job.locale.direction)
        return data

    def _fit(
        self, leaflet: Leaflet, styles: tuple[bytes, ...], job: LeafletJob, families: Families
    ) -> tuple[Any, tuple[str, ...]]:
        """The pages, and a remark where they are more than this form should have."""
        page = self._read(leaflet, job)
        document = self._lay_out(page, styles, job, families)
        if not leaflet.most_pages or len(document.pages) <= leaflet.most_pages:
            return document, ()
        for style in self._smaller(job.variant, document):
            tried = self._lay_out(page, (*styles, style.encode()), job, families)
            if len(tried.pages) <= leaflet.most_pages:
                return tried, ()
        line = (
            f"This leaflet ({job.variant}) has {len(document.pages)} pages and should have"
            f" {leaflet.most_pages}: too much stands in it. Shorten it, or take this form out of"
            " `leaflets` in the front matter."
        )
        return document, (line,)

    def _read(self, leaflet: Leaflet, job: LeafletJob) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        base_url = job.page_path.resolve().as_uri()
        fetcher = _fetcher(self._weasyprint, (job.site_root, job.theme_dir))
        if leaflet.plain:
            return self._shortcuts.page_of(parse_plain(leaflet.plain), base_url, fetcher)
        return self._weasyprint.HTML(
            string=leaflet.html, base_url=base_url, url_fetcher=fetcher, encoding="utf-8"
        )

    def _lay_out(
        self,
        page: Any,  # noqa: ANN401
        styles: tuple[bytes, ...],
        job: LeafletJob,
        families: Families,
    ) -> Any:  # noqa: ANN401
        own = _style_of(job.locale, families).encode()
        named = zip_longest(styles, job.style_paths)
        sheets = [self._sheet(style, path, page.url_fetcher) for style, path in named]
        sheets.append(self._sheet(own, None, page.url_fetcher))
        return page.render(stylesheets=sheets, font_config=self._configuration)

    def _sheet(self, style: bytes, path: Path | None, fetcher: Any) -> Any:  # noqa: ANN401
        """A parsed style sheet; parsed once, used by every leaflet of a process."""
        if style not in self._styles:
            base = path.resolve().as_uri() if path else None
            self._styles[style] = self._weasyprint.CSS(
                string=style, base_url=base, url_fetcher=fetcher, font_config=self._configuration
            )
        return self._styles[style]


def _fetcher(weasyprint: Any, roots: tuple[Path, ...]) -> Any:  # noqa: ANN401
    """What gets files for WeasyPrint: those inside ``roots`` and ``data:`` addresses, no others."""
    inside = tuple(root.resolve() for root in roots)

    class Fetcher(weasyprint.URLFetcher):  # type: ignore[misc] # a base class without types
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
            parts = urlsplit(url)
            if parts.scheme == "file":
                path = Path(url2pathname(unquote(parts.path))).resolve()
                if not any(path.is_relative_to(root) for root in inside):
                    raise ValueError(f"{path.name} is outside the site and the theme")
            elif parts.scheme != "data":
                raise ValueError("leaflets are made from files of this project alone")
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols=("file", "data"))


def _style_of(locale: Locale, families: Families) -> str:
    """What of the style depends on the language: fonts, digits of lists and page numbers."""
    names = ", ".join(f'"{name}"' for name in families.names)
    counter = counter_style(locale)
    style = (
        f"html {{ font-family: {names} }}\n"
        f".leaflet-counter-page::before {{ content: counter(page, {counter}) }}\n"
        f".leaflet-counter-pages::before {{ content: counter(pages, {counter}) }}\n"
        # The page numbers of contents are drawn at the ends of lines when the book is bound.
        ".leaflet-contents li { padding-inline-end: 16mm; break-inside: avoid }\n"
        # Themes of before books were bound count the pages there.
        ".leaflet-contents a::after { content: none }\n"
    )
    if counter != "decimal":
        style += f"main ol {{ list-style-type: {counter} }}\n"
        # The references in the text are counted by the site, in European digits.
        style += "main .footnote ol { list-style-type: decimal }\n"
    if locale.script != "Latn":
        latin = ", ".join(dict.fromkeys((f'"{LATIN_FAMILY}"', *names.split(", "))))
        style += f':lang(en), bdi[dir="ltr"] {{ font-family: {latin} }}\n'
    if locale.direction is Direction.RTL:
        # Kerned letters are taken for two words by programs that read the text back.
        style += "html { font-kerning: none }\n"
    return style


def _refuse_missing(families: Families, job: LeafletJob, fonts: FontSet) -> None:
    unknown = [name for name in job.locale.fonts if name not in fonts.files]
    if unknown:
        raise PdfError(
            f"The font {unknown[0]} of {job.locale.english_name} is not installed.",
            remedy=f"Name one of these in locales/locales.toml: {', '.join(sorted(fonts.files))};"
            " or put its files in theme/fonts.",
            path=job.page_path,
        )
    if families.missing:
        shown = ", ".join(describe(character) for character in families.missing[:5])
        raise PdfError(
            f"No font has a glyph for {shown}; looked in {', '.join(families.names)}.",
            remedy="Write it with other characters, or put a font that has it in theme/fonts.",
            path=job.page_path,
        )


def _refuse_worked_around(lines: list[str], job: LeafletJob) -> None:
    for line in lines:
        if line.startswith(_HARMLESS):
            continue
        raise PdfError(
            f"The leaflet would not look as it should. WeasyPrint says: {line}",
            remedy="Correct the page, the picture or theme/print.css that it names.",
            path=job.page_path,
        )


def _refuse_other_fonts(used: Mapping[Any, Any], families: Families, job: LeafletJob) -> None:
    """Fontconfig takes some other font where it does not find the one asked for."""
    for font in used.values():
        family = _family_of(font)
        if family not in families.names:
            raise PdfError(
                f"Part of the leaflet was set in {family}, which nobody asked for;"
                f" asked for were {', '.join(families.names)}.",
                remedy="Delete .cache and build again; if it stays, tell the maintainers.",
                path=job.page_path,
            )


def _find_dotted_circles(used: Mapping[Any, Any], leaflet: Leaflet) -> tuple[str, ...]:
    """HarfBuzz sets a sign that has no letter to stand on over a circle of dots.

    A slip of the keyboard, not a reason to hold back a leaflet: translations made by
    professionals have them.
    """
    if _DOTTED_CIRCLE in leaflet.text:
        return ()
    if not any(_DOTTED_CIRCLE in font.to_unicode.values() for font in used.values()):
        return ()
    line = (
        f"A sign stands on a dotted circle ({describe(_DOTTED_CIRCLE)}): the"
        " letter that it belongs to is missing or comes after it. Look for it in the leaflet."
    )
    return (line,)


def _family_of(font: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    return font.family.decode() if isinstance(font.family, bytes) else str(font.family)


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What WeasyPrint writes to its log, warnings and worse."""
    lines: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler, logger = Handler(level=logging.WARNING), logging.getLogger("weasyprint")
    before = logger.level, logger.propagate
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before[0])
        logger.propagate = before[1]
