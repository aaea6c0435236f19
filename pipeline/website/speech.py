"""Texts as HTML that says which language they are in.

A text that is not in the language of its page is wrapped with its own ``lang`` and
``dir``, so that a screen reader does not read English as Somali and nobody takes a
fallback for a translation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import material
from jinja2 import Environment, FileSystemLoader, TemplateNotFound
from markupsafe import Markup, escape

from pipeline.model import Direction, Interface, Locale, Phrase
from pipeline.website.dates import format_date
from pipeline.website.isolate import isolate_numbers

MATERIAL_TEMPLATES = Path(material.__file__).parent / "templates"
_MATERIAL_PREFIX = "material."
#: Names under which Material keeps languages that it calls otherwise.
_MATERIAL_NAMES = {"fil": "tl", "ckb": "ku-IQ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What a template calls to write a text.

    Attributes:
        locale: the locale of the page.
        interface: the strings of the theme, by id.
        locales: the locales that a text may be in, by tag.
    """

    locale: Locale
    interface: Interface
    locales: Mapping[str, Locale]

    def phrase(self, string_id: str) -> Phrase:
        """A string of the theme: the project's, else Material's, else in the source language."""
        phrase = self.interface[string_id]
        if phrase.locale != self.locale.tag and string_id.startswith(_MATERIAL_PREFIX):
            key = string_id.removeprefix(_MATERIAL_PREFIX)
            if text := find_material_string(self.locale.tag, key):
                return Phrase(text, self.locale.tag)
        return phrase

    def t(self, string_id: str) -> Markup:
        """A string of the theme as HTML."""
        return self.say(self.phrase(string_id))

    def say(self, phrase: Phrase) -> Markup:
        """A text as HTML, wrapped where it is not in the language of the page."""
        text = escape(phrase.text)
        if phrase.locale == self.locale.tag:
            return self.isolate(text)
        return Markup('<span lang="{}" dir="{}">{}</span>').format(
            phrase.locale, self.direction(phrase.locale), text
        )

    def text(self, phrase: Phrase) -> Markup:
        """A text as HTML for an element that has :meth:`attributes` itself."""
        text = escape(phrase.text)
        return self.isolate(text) if phrase.locale == self.locale.tag else text

    def title(self, *phrases: Phrase) -> Phrase:
        """The title of a page, which holds one language: of the phrases those in the reader's.

        Args:
            phrases: what could stand in it, the most important first; where none is in the
                reader's language, the first stands in its own.
        """
        own = [phrase.text for phrase in phrases if phrase.locale == self.locale.tag]
        return Phrase(" – ".join(own), self.locale.tag) if own else phrases[0]

    def isolate(self, html: str) -> Markup:
        """HTML with its numbers kept the right way round, where the page is right-to-left."""
        is_rtl = self.locale.direction is Direction.RTL
        return Markup(isolate_numbers(html) if is_rtl else html)  # noqa: S704  HTML in, HTML out

    def attributes(self, phrase: Phrase) -> Markup:
        """``lang`` and ``dir`` for an element that holds a text; nothing where it needs none."""
        if phrase.locale == self.locale.tag:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(phrase.locale, self.direction(phrase.locale))

    def direction(self, tag: str) -> str:
        """Base direction of a locale."""
        found = self.locales.get(tag)
        return str(found.direction) if found else "auto"

    def dated(self, string_id: str, day: date) -> Markup:
        """A string of the theme with a date in the place of ``{date}``, both in one language."""
        phrase = self.phrase(string_id)
        before, place, after = phrase.text.partition("{date}")
        time = _time(day, self.locales.get(phrase.locale, self.locale))
        text = escape(before) + (time if place else "") + escape(after)
        if phrase.locale == self.locale.tag:
            return self.isolate(text)
        return Markup("<span{}>{}</span>").format(self.attributes(phrase), text)

    def hosted(self, string_id: str, host: str) -> Markup:
        """A string of the theme with the name of a site in the place of ``{host}``."""
        phrase = self.phrase(string_id)
        before, place, after = phrase.text.partition("{host}")
        name = Markup('<bdi class="address" dir="ltr">{}</bdi>').format(host)
        text = escape(before) + (name if place else "") + escape(after)
        if phrase.locale == self.locale.tag:
            return self.isolate(text)
        return Markup("<span{}>{}</span>").format(self.attributes(phrase), text)

    def date(self, day: date) -> Markup:
        """A date, as the locale writes it and as a machine reads it."""
        return self.isolate(_time(day, self.locale))


def _time(day: date, locale: Locale) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day, format_date(day, locale))


@cache
def find_material_string(tag: str, key: str) -> str | None:
    """What Material for MkDocs says for a key in a language; None where it does not know it."""
    environment = _material_environment()
    try:
        template = environment.get_template(_MATERIAL_NAMES.get(tag, tag) + ".html")
    except TemplateNotFound:
        return None
    return str(template.module.t(key)).strip() or None  # type: ignore[attr-defined]


@cache
def _material_environment() -> Environment:
    folder = MATERIAL_TEMPLATES / "partials" / "languages"
    return Environment(loader=FileSystemLoader(folder), autoescape=False)  # noqa: S701  plain text


def render_language_partial(speech: Speech) -> str:
    """The file in which Material's own templates look up the strings of a language."""
    strings = {
        string_id.removeprefix(_MATERIAL_PREFIX): speech.phrase(string_id).text
        for string_id in speech.interface
        if string_id.startswith(_MATERIAL_PREFIX)
    }
    strings |= {"language": speech.locale.tag, "direction": str(speech.locale.direction)}
    # Python's notation of a dictionary of strings is Jinja's too.
    return "{% macro t(key) %}{{ " + repr(strings) + "[key] }}{% endmacro %}\n"
