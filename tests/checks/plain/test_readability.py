"""Reading age, SMOG and sentences: English alone."""

import pytest

from pipeline.checks.plain import (
    check_long_sentence,
    check_reading_age,
    check_sentence_length,
    check_smog,
    measure,
)

PLAIN = (
    "Sit up and rest. Drink water. Call 111 if you feel worse than before. It is free to call. " * 8
)
OFFICIAL = (
    "Individuals experiencing persistent respiratory symptoms should undertake consultation "
    "with an appropriately qualified healthcare professional at the earliest opportunity. "
) * 12


def test_the_figures_of_a_plain_text(read):
    found = measure(read(PLAIN))

    assert (found.words, found.sentences, found.mean) == (152, 32, 4.75)
    # 0.39 x 4.75 + 11.8 x 168/152 - 15.59
    assert found.grade == pytest.approx(-0.695, abs=0.001)
    assert found.age == 6
    assert found.smog == pytest.approx(3.1291)
    assert not found.is_estimate


def test_the_figures_of_an_official_text(read):
    found = measure(read(OFFICIAL))

    assert (found.words, found.sentences) == (216, 12)
    assert found.grade > 20
    assert found.smog > 16
    assert found.is_estimate  # 12 sentences of the 30 that SMOG asks for
    assert found.hardest[:2] == ("appropriately", "consultation")


def test_a_plain_text_is_praised_with_silence(read):
    page = read(PLAIN)
    assert (*check_reading_age(page), *check_smog(page), *check_sentence_length(page)) == ()


def test_reading_age_in_full(read):
    (finding,) = check_reading_age(read(OFFICIAL))

    assert (finding.check, finding.severity, finding.line) == ("reading-age", "major", None)
    assert finding.message == (
        "The text is easy only for people who have studied; the NHS aims at 9 to 11. "
        "A sentence has 18 words on average."
    )
    assert finding.remedy.startswith("Shorten sentences; find short words for: appropriately, ")


def test_between_11_and_14_is_advice(read):
    text = (
        "You may need to visit a hospital or your family doctor if the temperature is high. " * 12
    )
    (finding,) = check_reading_age(read(text))
    assert (finding.severity, finding.message.partition(";")[0]) == (
        "minor",
        "The text is easy from about age 13",
    )


def test_smog_of_a_short_text_is_told_as_an_estimate(read):
    (finding,) = check_smog(read(OFFICIAL))
    assert "(an estimate: 12 sentences of the 30 it needs)" in finding.message


def test_a_few_sentences_are_not_judged(read):
    page = read("Individuals experiencing persistent symptomatology require consultation. " * 9)

    assert measure(page).smog is None
    assert (*check_reading_age(page), *check_smog(page), *check_sentence_length(page)) == ()


def test_pieces_of_lists_are_no_sentences(read):
    assert measure(read("- cough\n- chest pain\n")) is None


@pytest.mark.parametrize("locale", ["so", "cy", "ar", "fr"])
def test_no_other_language_is_scored(read, locale):
    page = read(OFFICIAL, locale)

    assert measure(page) is None
    assert (*check_reading_age(page), *check_smog(page), *check_long_sentence(page)) == ()


@pytest.mark.parametrize("locale", ["en", "en-GB", "en-US"])
def test_all_english_is_english(read, locale):
    assert check_reading_age(read(OFFICIAL, locale))


def words(count):
    return " ".join(["Go", *["on"] * (count - 1)]) + "."


@pytest.mark.parametrize(
    ("count", "severity"), [(20, None), (21, "minor"), (25, "minor"), (26, "major")]
)
def test_long_sentences(read, count, severity):
    found = [finding.severity for finding in check_long_sentence(read(words(count)))]
    assert found == ([severity] if severity else [])


def test_a_long_sentence_is_told_where_it_begins(read):
    text = f"# Title\n\nRest.\nDrink water. Stay\nwarm. {words(30)}\n"
    (finding,) = check_long_sentence(read(text))

    assert finding.line == 5
    assert finding.message == "“Go on on on on on …” has 30 words; 20 are enough."
    assert finding.remedy == "Make two or three sentences of it, with one idea each."
