"""What is found for a text: the same, the same in its context, one like it; and from whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from pipeline.memory import Match, MatchKind, Memory, MemoryUnit, Neighbours, Provenance
from pipeline.memory.folding import fold, split_words


def said(matches: list[Match]) -> list[tuple[str, int, str]]:
    return [(match.kind.name, round(match.score), match.target) for match in matches]


def test_the_same_text(somali):
    assert said(somali.find("Drink water often.")) == [("EXACT", 100, "Biyo badan cab.")]


def test_a_text_like_it(somali):
    assert said(somali.find("Drink warm water often.")) == [("FUZZY", 88, "Biyo badan cab.")]


def test_other_capitals_are_not_quite_the_same_text(somali):
    assert said(somali.find("DRINK  water often.")) == [("FUZZY", 99, "Biyo badan cab.")]


def test_nothing_is_like_it(somali):
    assert somali.find("Open a window.") == []


def test_the_authors_context_chooses_between_two_meanings(somali):
    first, second = somali.find("Rest", context="what is left")
    assert said([first, second]) == [("CONTEXT", 100, "Inta kale"), ("EXACT", 100, "Naso")]
    assert first.differences == ()
    assert [str(each) for each in second.differences] == ["context: lie down → what is left"]
    # A translator may want to see it; it says nothing false.
    assert second.is_safe


def test_between_the_same_texts_it_is_in_its_context(unit):
    memory = Memory(
        [
            unit("Call now.", "Hadda wac.", around=("If you are deaf", None)),
            unit(
                "Call now.", "Isla markiiba wac.", around=("If it gets worse", "Say where you are.")
            ),
        ]
    )
    around = Neighbours.of("Any other text", "Say where you are.")
    assert said(memory.find("Call now.", neighbours=around)) == [
        ("CONTEXT", 100, "Isla markiiba wac."),
        ("EXACT", 100, "Hadda wac."),
    ]


def test_who_has_signed_it_decides_which_comes_first(unit):
    memory = Memory(
        [
            unit(
                "Wash your hands.", "Gacmaha dhaq.", made=Provenance(name="old", is_imported=True)
            ),
            unit(
                "Wash your hands.",
                "Gacmahaaga dhaq.",
                made=Provenance(name="a/b", roles=("translator",)),
            ),
            unit("Wash your hands.", "Gacmahaaga dhaq."),
            unit("Wash your hands.", "Faraha dhaq.", made=Provenance(name="c/d", is_sample=True)),
        ]
    )
    found = memory.find("Wash your hands.")
    assert [match.target for match in found] == [
        "Gacmahaaga dhaq.",
        "Faraha dhaq.",
        "Gacmaha dhaq.",
    ]
    assert [made.provenance.name for made in found[0].units] == ["covid-19/fever", "a/b"]


def test_most_and_least(somali):
    assert len(somali.find("Rest", limit=1)) == 1
    assert somali.find("Drink warm water often.", least=90) == []


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("在家休息五天。", "在家休息十天。"),
        ("ابقَ في المنزل خمسة أيام.", "ابقَ في المنزل عشرة أيام."),
        ("ጉንፋን ካለዎት ቤት ይቆዩ።", "ጉንፋን ካለዎት እቤት ይቆዩ።"),
        ("আপনি অসুস্থ হলে বাড়িতে থাকুন।", "আপনার জ্বর হলে বাড়িতে থাকুন।"),
    ],
)
def test_sources_in_any_script(unit, source, asked):
    """A project's resources need not be written in English."""
    (found,) = Memory([unit(source, "…")]).find(asked)
    assert found.kind is MatchKind.FUZZY
    assert found.score > 75


def test_words_count_by_their_first_letters():
    assert split_words(fold("Translations of fevers")) == {"trans", "of", "fever"}


def test_an_empty_memory_has_nothing():
    assert Memory([]).find("Rest.") == []
    assert len(Memory([])) == 0


CHOICE = ["rest", "drink", "water", "call", "home", "stay", "not", "for", "5", "10", "days"]
WORDS = st.lists(st.sampled_from(CHOICE), min_size=4)


@given(st.lists(WORDS, max_size=30), WORDS)
def test_the_best_of_a_small_memory_is_found(texts, asked):
    """No index gets between: what a look at every text would find is found."""
    made = Provenance(name="a/b")
    sources = [" ".join(text) for text in texts]
    memory = Memory([MemoryUnit(source=text, target="…", provenance=made) for text in sources])
    text = " ".join(asked)
    best = max((fuzz.ratio(text, other) for other in sources), default=0)
    found = memory.find(text, limit=1)
    if best >= 70:
        assert found[0].score == pytest.approx(best if text in sources else min(best, 99))
    else:
        assert found == []
