"""The parts that leaflets, posters and cards are put together from."""

import re
from base64 import b64encode
from functools import lru_cache
from io import BytesIO

import segno
from lxml import html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses

from pipeline.errors import PdfError
from pipeline.model import Direction, Locale, Phrase
from pipeline.pdf.jobs import LeafletJob

#: CSS counter styles by CLDR numbering system; others count in European digits.
_COUNTER_STYLES = {
    "arab": "arabic-indic",
    "arabext": "persian",
    "beng": "bengali",
    "deva": "devanagari",
    "gujr": "gujarati",
    "guru": "gurmukhi",
    "taml": "tamil",
}
_RIGHT_TO_LEFT_TAGS = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi"})  # fmt: skip  # noqa: E501


def counter_style(locale: Locale) -> str:
    """The CSS counter style that counts in the locale's digits."""
    return _COUNTER_STYLES.get(locale.digits, "decimal")


def head(job: LeafletJob) -> html.HtmlElement:
    """What a PDF says of itself: its title in both languages, its language, its date."""
    title = job.title.text
    if job.locale.tag != "en" and job.english_title != title:
        title = f"{title} ({job.english_title}, {job.locale.english_name})"
    head = E.HEAD(E.META(charset="utf-8"), E.TITLE(title))
    head.append(E.META(name="keywords", content=job.locale.english_name))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", job.version):
        head.append(E.META(name="dcterms.created", content=job.version))
    return head


def language_line(locale: Locale) -> html.HtmlElement:
    """English name and autonym: staff read the one, the reader the other."""
    english = E.BDI(locale.english_name, lang="en", dir="ltr")
    line = E.P(E.CLASS("leaflet-language"), english)
    if locale.autonym != locale.english_name:
        english.tail = " · "
        line.append(E.BDI(locale.autonym, lang=locale.tag, dir=locale.direction.value))
    line.set("dir", locale.direction.value)
    return line


def version_line(job: LeafletJob, version: str) -> html.HtmlElement:
    """When it was last checked, and which version it is."""
    line = E.P(E.CLASS("leaflet-version"))
    for position, (name, value) in enumerate(
        (("last-checked", job.version), ("pdf-version", version))
    ):
        label = marked(E.SPAN(f"{find_phrase(job, name).text}:"), find_phrase(job, name), job)
        label.tail = " "
        shown = E.BDI(value, dir="ltr")
        if position == 0:
            shown.tail = " · "
        line.extend((label, shown))
    return line


def printed_address(job: LeafletJob) -> html.HtmlElement:
    """The page's address, for a camera and for the eye."""
    caption = find_phrase(job, "pdf-address")
    picture = E.IMG(src=qr_code(job.address), alt=job.address)
    text = marked(E.P(caption.text), caption, job)
    printed = E.P(E.A(job.address, href=job.address), E.CLASS("leaflet-url"), dir="ltr")
    return E.DIV(E.CLASS("leaflet-address"), picture, text, printed)


@lru_cache(maxsize=8)  # each form of a leaflet has the same
def qr_code(address: str) -> str:
    """A ``data:`` address of an SVG; error correction M survives a fold and a coffee stain."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=0, xmldecl=False, nl=False
    )
    return "data:image/svg+xml;base64," + b64encode(out.getvalue()).decode("ascii")


def notice(job: LeafletJob, name: str) -> html.HtmlElement:
    """The notice of a demonstration, in a paragraph of a class."""
    phrase = find_phrase(job, "notice-demonstration")
    return marked(E.P(phrase.text, E.CLASS(name)), phrase, job)


def find_phrase(job: LeafletJob, name: str) -> Phrase:
    """A string of the interface.

    Raises:
        PdfError: there is none of this name.
    """
    try:
        return job.interface[name]
    except KeyError as error:
        raise PdfError(
            f"The interface has no string `{name}`.",
            remedy="Add it to theme/interface.toml, then type: pipeline sync.",
            path=job.page_path,
        ) from error


def marked(element: html.HtmlElement, phrase: Phrase, job: LeafletJob) -> html.HtmlElement:
    """Say which language an element is in, where it is not the leaflet's."""
    if phrase.locale != job.locale.tag:
        is_rtl = phrase.locale.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT_TAGS
        element.set("lang", phrase.locale)
        element.set("dir", (Direction.RTL if is_rtl else Direction.LTR).value)
    return element


def shown_digits(locale: Locale) -> str:
    """Digits that CSS counters write, which stand nowhere in the HTML."""
    zeros = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "gujr": "૦", "guru": "੦", "taml": "௦"}  # fmt: skip  # noqa: E501
    zero = ord(zeros.get(locale.digits, "0"))
    return "".join(chr(zero + value) for value in range(10))
