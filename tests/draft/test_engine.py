"""One segment through the small real model: what comes back whole, and what is thrown away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.draft import Attempt, Drafter, Hypothesis
from pipeline.draft.argos import strip_prefix
from pipeline.draft.engine import find_wrong_length, measure_agreement
from pipeline.draft.sentences import split_sentences
from pipeline.model import ProtectedSpan, Segment, SegmentKind, SpanKind


@pytest.fixture
def drafter(spanish):
    return Drafter(translator=spanish, source="en", target="es")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Call your doctor if you have a fever.", "Llame a su médico si tiene fiebre."),
        ("Stay at home for 5 days.", "Quédese en casa durante 5 días."),
        (
            "Call [020 7946 0018](tel:+442079460018) right away if you have chest pain.",
            "Llame al [020 7946 0018](tel:+442079460018) de inmediato si tiene dolor de pecho.",
        ),
        (
            "**Call your doctor** if you have a fever.",
            "**Llame a su médico** si tiene fiebre.",
        ),
        # Bold around the whole never goes through the machine.
        (
            "**Stay at home if you have a cough. Drink water often.**",
            "**Quédese en casa si tiene tos. Beba agua con frecuencia.**",
        ),
        (
            "Read `leaflet_2.pdf` before you take ibuprofen.",
            "Lea `leaflet_2.pdf` antes de tomar ibuprofeno.",
        ),
    ],
)
def test_a_segment_is_drafted(drafter, segment, source, target):
    attempt = drafter.attempt(segment(source, "`leaflet_2.pdf`"))
    assert (attempt.msgstr, attempt.reason) == (target, "")
    assert attempt.score > 0.7
    assert attempt.flags == ()


def test_a_line_break_of_the_author_stays(drafter, segment):
    attempt = drafter.attempt(segment("Drink water often.\nStay at home for 5 days."))
    assert attempt.msgstr == "Beba agua con frecuencia.\nQuédese en casa durante 5 días."


def test_a_lost_mark_is_not_mended(drafter, segment):
    attempt = drafter.attempt(segment("The clinic is [on the map](map.md), behind the old mill."))
    assert attempt.msgstr == ""
    assert "marks" in attempt.reason or "mark" in attempt.reason


@pytest.mark.parametrize("source", ["999", "`a_b`", "2–3 × 500"])
def test_where_there_are_no_words_there_is_nothing_to_translate(drafter, segment, source):
    attempt = drafter.attempt(segment(source, "`a_b`"))
    assert attempt == Attempt(reason="it has no words to translate")


def test_what_the_model_has_never_seen_is_flagged(drafter, segment):
    attempt = drafter.attempt(segment("Fever"))
    assert any("unsure" in flag for flag in attempt.flags)


def test_a_draft_that_says_something_else_on_the_way_back_is_flagged(spanish, english, segment):
    drafter = Drafter(translator=spanish, source="en", target="es", back=english)
    right = drafter.attempt(segment("Call your doctor if you have a fever."))
    assert (right.agreement, right.flags) == (1.0, ())
    wrong = drafter.attempt(segment("Do not drive if you are tired."))
    assert wrong.agreement < 0.5
    assert any("translated back" in flag for flag in wrong.flags)


def test_terms_that_are_not_translated_stay(drafter, segment):
    kept = Drafter(
        translator=drafter.translator, source="en", target="es", keep=lambda _: ["Calpol"]
    )
    attempt = kept.attempt(segment("Read Calpol before you take ibuprofen."))
    assert attempt.msgstr == "Lea Calpol antes de tomar ibuprofeno."


def make_segment(msgid):
    code = ProtectedSpan(kind=SpanKind.CODE, text="`a_b`")
    kind = SegmentKind.PARAGRAPH
    return Segment(msgid=msgid, protected=(code,), kind=kind, start=0, end=0, line=1)


class Saying:
    """A machine that says what it is told to."""

    name = "test"

    def __init__(self, *texts):
        self.hypotheses = [Hypothesis(text, 0.9) for text in texts]

    def translate(self, _sentence):
        return self.hypotheses


def say(segment, source, *texts):
    return Drafter(translator=Saying(*texts), source="en", target="es").attempt(segment(source))


def test_the_second_best_is_taken_where_the_best_has_lost_a_number(segment):
    attempt = say(segment, "Stay home 14 days.", "Quédese 4 días.", "Quédese 14 días.")
    assert attempt.msgstr == "Quédese 14 días."


def test_a_number_written_as_a_word_is_for_the_checks_to_judge(segment):
    attempt = say(segment, "Take 2 tablets.", "Tome dos pastillas.", "Tome pastillas.")
    assert attempt.msgstr == "Tome dos pastillas."


def test_a_machine_that_stammers_or_stops_is_not_believed(segment):
    assert "too long" in say(segment, "Rest at home.", "Descanse " * 40).reason
    long = "If the cough lasts for more than three weeks, ask the clinic for an appointment."
    assert "too short" in say(segment, long, "Sí.").reason
    assert say(segment, "Rest.", " ").reason == "the machine said nothing"
    assert say(segment, "Rest.").reason == "the machine said nothing"


def test_chinese_may_be_short():
    source = "Call your doctor if you have a fever for more than three days."
    assert find_wrong_length(source, "如果发烧超过三天，请致电医生。") == ""


def test_agreement_is_of_words_in_their_order():
    assert measure_agreement("Call your doctor now.", "call your DOCTOR now") == 1.0
    assert measure_agreement("Do not take it.", "Take it.") < 0.7
    assert measure_agreement("Rest", "") == 0.0


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "Ask Dr. Smith.  Then rest.", ["Ask Dr. Smith.", "Then rest."]),
        (
            "en",
            "Call ⟦1⟧. Rest for 2.5 days.\nDrink.",
            ["Call ⟦1⟧.", "Rest for 2.5 days.", "Drink."],
        ),
        ("ar", "ابقَ في المنزل. هل لديك حمى؟ اتصل.", ["ابقَ في المنزل.", "هل لديك حمى؟", "اتصل."]),
        ("zh-Hant", "多喝水。好好休息！", ["多喝水。", "好好休息！"]),
        ("am", "ውሃ ይጠጡ። ይረፉ።", ["ውሃ ይጠጡ።", "ይረፉ።"]),
        ("bn", "জল পান করুন। বিশ্রাম নিন।", ["জল পান করুন।", "বিশ্রাম নিন।"]),
    ],
)
def test_sentences_end_by_the_rules_of_their_language(language, text, sentences):
    found = split_sentences(text, language)
    assert [sentence.text for sentence in found] == sentences
    assert "".join(sentence.text + sentence.space for sentence in found) == text


SOURCE = "**Call [0161 496 0018](tel:+441614960018)** or read `a_b` on {date}. Rest."
KEPT = ("[0161 496 0018](tel:+441614960018)", "`a_b`", "{date}")


@given(st.lists(st.text(alphabet="⟦⟧123 4aí.*_`[]()", max_size=40), max_size=4))
def test_whatever_a_machine_says_nothing_protected_is_lost_or_doubled(texts):
    attempt = say(make_segment, SOURCE, *texts)
    assert bool(attempt.msgstr) != bool(attempt.reason)
    if attempt.msgstr:
        assert all(attempt.msgstr.count(text) == 1 for text in KEPT)


@given(st.permutations(["⟦1⟧", "⟦2⟧", "⟦3⟧", "⟦4⟧", "⟦5⟧", "lea", "o"]))
def test_tokens_may_change_places_as_long_as_pairs_hold(words):
    attempt = say(make_segment, SOURCE.removesuffix(" Rest."), " ".join(words))
    opens, closes = words.index("⟦1⟧"), words.index("⟦3⟧")
    assert (attempt.reason == "") == (opens < closes)
    if attempt.msgstr:
        assert all(text in attempt.msgstr for text in KEPT)


@pytest.mark.parametrize(
    ("prefix", "text"),
    [("", "Wac 999."), (">>so<<", ">>so<< Wac 999."), ("som_Latn", "som Latn Wac 999.")],
)
def test_what_tells_a_model_its_language_is_no_part_of_the_draft(prefix, text):
    assert strip_prefix(text, prefix) == "Wac 999."
