"""Translations that come late: nothing of them is lost, nothing else changes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs import add_late
from pipeline.model import Catalog, Unit, UnitKey

NEW = Unit(
    msgid="Wear a mask in shops and on the bus.",
    extracted_comments=("paragraph",),
    references=("content/covid-19/masks.md",),
)
REST = Unit(msgid="Rest", msgstr="Naso")
OLD = Unit(msgid="Wear a mask in shops.", msgstr="Maaskaro ku xidho dukaannada.")


def test_it_is_proposed_for_the_empty_text_that_is_like_it_and_kept():
    late = add_late(Catalog(units=(NEW, REST)), [OLD])
    assert late.proposed == {OLD.key: NEW.key}
    assert late.catalog.units == (
        replace(NEW, msgstr=OLD.msgstr, fuzzy=True, previous=UnitKey(None, OLD.msgid)),
        REST,
        replace(OLD, obsolete=True),
    )


def test_what_is_like_nothing_is_kept():
    late = add_late(Catalog(units=(REST,)), [OLD])
    assert not late.proposed
    assert late.catalog.units == (REST, replace(OLD, obsolete=True))


def test_it_takes_the_place_of_what_was_kept_of_the_same_text():
    kept = replace(OLD, msgstr="Maaskaro.", obsolete=True)
    assert add_late(Catalog(units=(REST, kept)), [OLD]).catalog.units == (
        REST,
        replace(OLD, obsolete=True),
    )


def test_a_text_that_has_a_translation_is_left_alone():
    done = replace(NEW, msgstr="Maaskaro ku xidho dukaannada iyo baska.")
    assert add_late(Catalog(units=(done,)), [OLD]).catalog.units[0] == done


TEXTS = st.sampled_from(("Rest.", "Rest now.", "Stay at home.", "Stay at home now.", "Go."))


@given(
    sources=st.lists(TEXTS, unique=True, max_size=4),
    late=st.lists(TEXTS, unique=True, max_size=3),
    empty=st.sets(TEXTS),
)
def test_no_translation_is_lost_and_none_becomes_current(sources, late, empty):
    units = tuple(Unit(msgid=s, msgstr="" if s in empty else f"so: {s}") for s in sources)
    come = [Unit(msgid=text, msgstr=f"late: {text}") for text in late if text not in sources]
    after = add_late(Catalog(units=units), come).catalog
    told = {unit.msgstr for unit in after.units}
    assert {unit.msgstr for unit in (*units, *come)} - {""} <= told
    assert [u for u in after.units if u.is_current] == [u for u in units if u.is_current]
