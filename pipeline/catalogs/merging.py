"""Carrying a catalog over to a changed source.

* The same text in the same context keeps its unit, wherever it has moved to.
* The same text in another context, or a text like an old one, gets the old
  translation as fuzzy, with the key that it was made for (``#|``). Never otherwise:
  an author says a context to tell two meanings apart, and a likeness of letters
  knows nothing of a "not".
* A translation whose text is gone is kept as obsolete and comes back, in the state
  that it had, when the text does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.catalogs.comments import Entry, InterfaceText, describe_segments, describe_strings
from pipeline.catalogs.headers import complete_headers
from pipeline.catalogs.matching import Matcher
from pipeline.catalogs.strings import same_words
from pipeline.model import Catalog, Locale, Segment, Unit, UnitKey

__all__ = ["Entry", "merge", "merge_entries", "merge_interface", "template"]


def merge(
    catalog: Catalog | None, segments: Iterable[Segment], *, locale: Locale, reference: str
) -> Catalog:
    """Carry a document's catalog over to its current segments.

    Args:
        catalog: the catalog so far; None where there is none.
        segments: the document's segments, in its order.
        locale: the target locale.
        reference: the document's path from the project's root, for ``#:``.

    Returns:
        The catalog to keep: the very one that was given where nothing changes.
    """
    return merge_entries(catalog, describe_segments(segments), locale=locale, reference=reference)


def merge_interface(
    catalog: Catalog | None,
    strings: Iterable[InterfaceText],
    *,
    locale: Locale,
    reference: str = "theme/interface.toml",
) -> Catalog:
    """Carry a locale's interface catalog over to the current strings of the theme.

    Args, and what is returned: as for ``merge``.
    """
    return merge_entries(catalog, describe_strings(strings), locale=locale, reference=reference)


def template(segments: Iterable[Segment], *, reference: str) -> Catalog:
    """A catalog without translations, for any language (a POT file).

    Args:
        segments: the document's segments, in its order.
        reference: the document's path as translators should see it.
    """
    references = _reference(reference)
    return Catalog(
        headers=complete_headers((), None),
        header_comments=(f"Texts of {reference}, for translation.",),
        units=tuple([_new_unit(entry, references) for entry in describe_segments(segments)]),
    )


def merge_entries(
    catalog: Catalog | None, entries: Sequence[Entry], *, locale: Locale, reference: str
) -> Catalog:
    """Carry a catalog over to a list of source texts, each key once.

    Args, and what is returned: as for ``merge``.
    """
    old = catalog or Catalog(
        header_comments=(f"{locale.english_name} ({locale.autonym}) translation of {reference}",)
    )
    active = _Carrier(old, entries).carry(_reference(reference))
    merged = replace(
        old,
        headers=complete_headers(old.headers, locale),
        units=(*active, *_obsolete(old.units, active)),
    )
    return old if merged == old else merged


class _Carrier:
    """Finds each entry its unit among the old ones."""

    def __init__(self, old: Catalog, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.units = {unit.key: unit for unit in old.units}
        wanted = {entry.key for entry in entries}
        standing = [unit for unit in old.units if not unit.obsolete]
        self.places = {unit.key: place for place, unit in enumerate(standing)}
        gone = [unit for unit in standing if unit.key not in wanted]
        obsolete = [unit for unit in old.units if unit.obsolete and unit.key not in wanted]
        self.gone = self._matcher(gone)
        self.all_gone = self._matcher([*gone, *obsolete])
        self.same_text = self._by_text(standing)

    def carry(self, references: tuple[str, ...]) -> tuple[Unit, ...]:
        units = []
        place = 0
        for entry in self.entries:
            place = self.places.get(entry.key, place - 1) + 1
            units.append(_described(self._find(entry, place), entry, references))
        return tuple(units)

    def _find(self, entry: Entry, place: int) -> Unit:
        unit = self.units.get(entry.key)
        if unit is None:
            source = self.all_gone.find(entry.key, place) or self.same_text.get(entry.key.msgid)
        elif unit.obsolete:
            return replace(unit, obsolete=False)
        elif unit.msgstr or not self.gone.units:
            return unit
        else:
            # Written before the text that it replaces was taken out. Obsolete units are
            # not asked again: a translator who cleared a proposal wants it gone.
            source = self.gone.find(entry.key, place)
        return (
            carried(source, entry.key)
            if source
            else unit or Unit(msgid=entry.key.msgid, context=entry.key.context)
        )

    def _matcher(self, units: Iterable[Unit]) -> Matcher:
        translated = [unit for unit in units if unit.msgstr]
        places = [self.places.get(unit.key) for unit in translated]
        return Matcher(units=translated, places=places)

    def _by_text(self, standing: Iterable[Unit]) -> dict[str, Unit]:
        found: dict[str, Unit] = {}
        for unit in standing:
            if unit.msgstr:
                found.setdefault(unit.msgid, unit)
        return found


def carried(source: Unit, key: UnitKey) -> Unit:
    """The old translation as a proposal for another text.

    What it was made for stays what it was made for, however often the text changes.
    """
    made_for = _made_for(source)
    return replace(
        source,
        msgid=key.msgid,
        context=key.context,
        fuzzy=True,
        previous=None if made_for == key else made_for,
        obsolete=False,
        line=0,
    )


def _made_for(unit: Unit) -> UnitKey:
    return unit.previous if unit.fuzzy and unit.previous else unit.key


def _proposal(unit: Unit) -> tuple[UnitKey, str, tuple[str, ...]]:
    """All that a proposal holds that somebody wrote."""
    return _made_for(unit), unit.msgstr, unit.translator_comments


def _new_unit(entry: Entry, references: tuple[str, ...]) -> Unit:
    return Unit(
        msgid=entry.key.msgid,
        context=entry.key.context,
        extracted_comments=entry.comments,
        references=references,
    )


def _described(unit: Unit, entry: Entry, references: tuple[str, ...]) -> Unit:
    """The unit with what its translator is told now; the same where that says no more."""
    comments = unit.extracted_comments
    # An editor may have wrapped a long comment.
    if not same_words(comments, entry.comments):
        comments = entry.comments
    if comments == unit.extracted_comments and references == unit.references:
        return unit
    return replace(unit, extracted_comments=comments, references=references)


def _obsolete(old: Iterable[Unit], active: Sequence[Unit]) -> list[Unit]:
    """Units whose text is gone: those that were obsolete first, each as it was."""
    keys = {unit.key for unit in active}
    # A proposal that went on to another text, or whose own text is back, is there already.
    there = {_proposal(unit) for unit in active}
    gone = [
        unit
        for unit in old
        if unit.key not in keys and unit.msgstr and not (unit.fuzzy and _proposal(unit) in there)
    ]
    gone.sort(key=lambda unit: not unit.obsolete)
    return [replace(unit, obsolete=True, extracted_comments=(), references=()) for unit in gone]


def _reference(path: str) -> tuple[str, ...]:
    # GNU gettext: a path with a space stands between U+2068 and U+2069.
    return (f"\u2068{path}\u2069" if any(char.isspace() for char in path) else path,)
