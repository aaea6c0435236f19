"""What may be a term and is in no glossary."""

import pytest

from pipeline.glossary import SourceText, Translations, find_candidates, known_terms
from pipeline.glossary.candidates import rank
from pipeline.languages import load_language

LEAFLETS = [
    SourceText(resource=resource, text=text)
    for resource, text in [
        ("a/one", "Do you have a high temperature? Take paracetamol."),
        ("a/one", "A very high temperature is a temperature of 39 degrees or more."),
        ("a/two", "Stay at home while you have a high temperature."),
        ("a/two", "High temperatures pass. Read [more](https://x.org/paracetamol)."),
        ("a/two", "Take **paracetamol** with water, or ask for it at a pharmacy."),
        ("a/three", "Pharmacies sell paracetamol. A pharmacy is near you."),
    ]
]


def find(**options):
    options = {"is_known": lambda _: False} | options
    return [(each.text, each.count) for each in find_candidates(LEAFLETS, "en", **options)]


def test_what_comes_back_in_several_resources():
    # “take” and “home” are everybody's words; “degrees” stands in one resource only.
    assert find() == [
        ("high temperature", 4),
        ("paracetamol", 3),
        ("pharmacy", 3),
        ("temperature", 5),
    ]


def test_an_example_and_the_resources():
    first = find_candidates(LEAFLETS, "en", is_known=lambda _: False)[0]
    assert first.resources == ("a/one", "a/two")
    assert first.example == "Stay at home while you have a high temperature."


def test_what_a_glossary_has():
    known = known_terms(["temperature", "pharmacy"], "en")
    assert known("pharmacies")
    assert not known("high temperature")
    assert find(is_known=known) == [("high temperature", 4), ("paracetamol", 3)]


def test_c_value_of_what_stands_inside_of_longer_phrases():
    # Frantzi and others (2000): the frequency, less the mean of that of longer candidates.
    counts = {("high", "temperature"): 5, ("very", "high", "temperature"): 2, ("temperature",): 6}
    scores = rank(counts)
    assert scores["high", "temperature"] == pytest.approx(2 * (5 - 2))
    assert scores["temperature",] == pytest.approx(6 - (5 + 2) / 2)


def test_a_language_without_a_list():
    texts = [
        SourceText(resource=str(at), text=text)
        for at, text in enumerate(
            [
                "Xiro maaskaro oo guriga joog.",
                "Maaskaro iyo saabuun oo badan.",
                "Maaskaro oo cusub.",
            ]
        )
    ]
    found = find_candidates(texts, "so", is_known=lambda _: False)
    assert [each.text for each in found] == []
    texts.append(SourceText(resource="9", text="Guriga oo weyn."))
    found = find_candidates(texts, "so", is_known=lambda _: False)
    assert [each.text for each in found] == ["maaskaro"]


PAIRS = [
    ("Say “interpreter”.", "Dheh “turjubaan”."),
    ("You can have an interpreter.", "Turjubaan waad heli kartaa."),
    ("The interpreter is free.", "Turjubaanku waa lacag la'aan."),
    ("Ask for an interpreter.", "Codso turjubaan."),
    ("Soap", "Saabuun"),
    ("Rest at home.", "Guriga ku naso."),
]


def test_what_a_language_calls_it():
    translations = Translations(PAIRS, load_language("so"))
    whole = translations.guess("soap", lambda text: "oap" in text)
    assert (whole.text, whole.is_certain) == ("Saabuun", True)
    guess = translations.guess("interpreter", lambda text: "interpreter" in text)
    assert (guess.text, guess.is_certain) == ("turjubaan", False)
    assert translations.guess("home", lambda text: "home" in text) is None
