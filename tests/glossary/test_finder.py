"""Terms in the source, in whatever forms their words stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.glossary import Glossary, Term, TermStatus


def find(text, *terms, source="en", status=TermStatus.PREFERRED):
    rows = [Term(source=term, target="…", status=status) for term in terms]
    return list(Glossary(rows, source=source).find(text))


FOUND = [
    ("Wear face masks.", "face mask"),
    ("Wear a face\nmask.", "face mask"),
    ("Wear a **face** mask.", "face mask"),
    ("You are self-isolating.", "self isolate"),
    ("People who are Isolated", "isolate"),
    ("the doctor’s letter", "doctor"),
    ("Two GPs work here.", "GP"),
    ("Covid-19 spreads.", "COVID-19"),
    ("COVID\u201119 spreads.", "COVID-19"),
    ("Allergies to medicines", "allergy"),
    ("Read [about fevers](https://x.org/y).", "fever"),
]
NOT_FOUND = [
    ("Who is at risk?", "WHO"),
    ("First aid helps.", "AIDS"),
    ("The hospital is near.", "hospitalize"),
    ("Your universe.", "university"),
    ("Save face. Mask the smell.", "face mask"),
    ("Read [it](https://www.nhs.uk/fever).", "fever"),
    ("Write `fever` here.", "fever"),
    ("Feverfew is a plant.", "fever"),
]


@pytest.mark.parametrize(("text", "term"), FOUND)
def test_forms_of_its_words(text, term):
    assert len(find(text, term)) == 1


@pytest.mark.parametrize(("text", "term"), NOT_FOUND)
def test_other_words(text, term):
    assert find(text, term) == []


def test_the_longest_is_found_and_of_several_forms_the_nearest():
    assert find("Face masks", "face", "mask", "face mask") == ["face mask"]
    assert find("an isolated case", "isolate", "isolated case") == ["isolated case"]
    assert find("Infected people", "infect", "infected") == ["infected"]
    assert find("COVID 19", "COVID-19", "COVID 19") == ["covid 19"]


def test_a_name_is_found_as_it_is_written():
    name = TermStatus.DO_NOT_TRANSLATE
    assert find("Meet on Zoom. Zoom's help", "Zoom", status=name) == ["zoom"]
    assert find("We are zooming in. Make it zoom.", "Zoom", status=name) == []


def test_sources_in_other_languages():
    assert find("Zakładaj maseczkę.", "maseczka", source="pl") == ["maseczka"]
    assert find("Mettez les masques.", "masque", source="fr") == ["masque"]
    assert find("请戴口罩。", "口罩", source="zh") == ["口罩"]
    assert find("Xiro maaskaro.", "maaskaro", source="so") == ["maaskaro"]


WORDS = st.text(st.characters(categories=["Ll", "Lu", "Lo"]), min_size=1, max_size=8)
TERMS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@given(term=TERMS, before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_term_is_found_as_it_stands(term, before, after):
    # What opens an address or code before it may hide it.
    before, after = (re.sub(r"[(`{:.\]]", "", text) for text in (before, after))
    assert find(f"{before} | {term} | {after}", term)


@given(text=st.text(), terms=st.lists(st.text(min_size=1), max_size=4))
def test_no_text_and_no_term_is_too_strange(text, terms):
    assert set(find(text, *terms)) <= set(Glossary(Term(source=t, target="") for t in terms).rows())
