"""Which words are forms of one."""

import pytest

from pipeline.languages import find_stemmer

FORMS = [
    ("en", "vaccine", "vaccines"),
    ("en", "isolate", "isolating"),
    ("en", "isolated", "isolates"),
    ("en", "infected", "infect"),
    ("en", "allergy", "allergies"),
    ("en", "stop", "stopped"),
    ("en", "virus", "viruses"),
    ("pl", "maseczka", "maseczkę"),
    ("fr", "symptôme", "symptômes"),
    ("ar", "كمامة", "الكمامات"),
    ("fa", "ماسک", "ماسک\u200cها"),
    ("ta", "முகமூடி", "முகமூடிகள்"),
    ("pt-BR", "vacina", "vacinas"),
]
OTHERS = [
    ("en", "hospital", "hospitalize"),
    ("en", "ill", "illness"),
    ("en", "detect", "detectable"),
    ("en", "university", "universe"),
    ("en", "vaccine", "vaccination"),
    ("en", "isolate", "isolation"),
    ("en", "new", "news"),
    ("en", "cloth", "clothes"),
    ("en", "past", "paste"),
    ("fr", "vaccin", "vaccination"),
]


@pytest.mark.parametrize(("tag", "word", "other"), FORMS)
def test_forms_of_one_word(tag, word, other):
    assert find_stemmer(tag).is_form(word, other)
    assert find_stemmer(tag).is_form(other, word)


@pytest.mark.parametrize(("tag", "word", "other"), OTHERS)
def test_what_is_called_something_else_is_no_form(tag, word, other):
    assert not find_stemmer(tag).is_form(word, other)


@pytest.mark.parametrize("tag", ["so", "ti", "zh", "ckb"])
def test_languages_without_a_stemmer(tag):
    assert find_stemmer(tag) is None
