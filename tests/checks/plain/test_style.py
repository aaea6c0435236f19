"""Paragraphs, passive voice, jargon, acronyms."""

import pytest

from pipeline.checks.plain import (
    check_jargon,
    check_long_paragraph,
    check_passive_voice,
    check_unexplained_acronym,
)
from pipeline.checks.plain.wordlists import load_jargon, load_words


def said(findings):
    return [(finding.line, finding.message) for finding in findings]


def test_a_paragraph_of_seven_sentences_is_long(read):
    text = "Rest.\n\nRest. Drink. Eat. Walk. Sleep. Call. Wait.\n"
    assert said(check_long_paragraph(read(text))) == [
        (3, "The paragraph has 7 sentences and 7 words.")
    ]


def test_a_paragraph_is_long_in_any_language(read):
    text = "استرح. اشرب. نم. كل. امش. اتصل. انتظر.\n"
    assert said(check_long_paragraph(read(text, "ar"))) == [(1, "The paragraph has 7 sentences.")]


def test_a_paragraph_of_many_words_is_long(read):
    text = "You can rest at home and drink a lot of water all day long. " * 5
    assert said(check_long_paragraph(read(text))) == [
        (1, "The paragraph has 5 sentences and 70 words.")
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The form should be filled in.", "be filled"),
        ("You will be seen by a nurse.", "be seen"),
        ("The medicine is usually given in hospital.", "is usually given"),
        ("It has been shown to help.", "been shown"),
        ("111 should be called.", "be called"),
        ("The wound isn't cleaned.", "isn't cleaned"),
        ("Tests were carefully repeated.", "were carefully repeated"),
    ],
)
def test_passive_voice(read, sentence, found):
    (finding,) = check_passive_voice(read(sentence))
    assert finding.message.startswith(f"“{found}” ")


@pytest.mark.parametrize(
    "sentence",
    [
        "This is called pacing.",
        "You are worried.",
        "The GP surgery is closed.",
        "He is used to it.",
        "They are red and swollen.",
        "You are not registered yet.",
        "Your baby is tired and hungry.",
        "Are you pregnant?",
        "Call 111 if you need help.",
        "The nurse called you.",
        "She is a qualified doctor.",
        "This is a detailed plan.",
    ],
)
def test_how_somebody_is_is_no_passive(read, sentence):
    assert check_passive_voice(read(sentence)) == ()


def test_who_does_it_may_follow(read):
    (finding,) = check_passive_voice(read("You are seen by a nurse."))
    assert finding.message == "“are seen” says who does it only afterwards."


def test_jargon_in_full(read):
    (finding,) = check_jargon(read("Rest.\n\nYou have\nhypertension.\n"))

    assert (finding.line, finding.severity) == (4, "minor")
    assert finding.message == "Many readers do not know “hypertension”."
    assert finding.remedy == (
        "Write “high blood pressure”; or explain the word where it first stands."
    )


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Commence the medication prior to surgery.", ["Commence", "medication", "prior to"]),
        ("In order to obtain it, utilise the form.", ["In order to", "obtain", "utilise"]),
        ("Your symptoms may deteriorate.", ["deteriorate"]),
        ("Anti-coagulants", []),
        ("It says “no recourse to public funds in accordance with section 3”.", []),
        ("Hypertension means high blood pressure.", []),
        ("You have high blood pressure (hypertension).", []),
        ("This is called hypertension.", []),
        ("The hypertension, which is high blood pressure, is back. Hypertension again.", []),
        ("The patient is patient.", []),
        ("Oral, oral and oral.", ["Oral"]),
    ],
)
def test_jargon(read, sentence, found):
    assert [f.message.split("“")[1].split("”")[0] for f in check_jargon(read(sentence))] == found


def test_a_word_of_a_list_of_terms_is_explained_there(read):
    assert (
        check_jargon(read("Triage\n:   Finding out who needs help first.\n\nWait for triage.\n"))
        == ()
    )


def test_the_list_of_jargon_is_whole():
    jargon = load_jargon()

    assert len({entry.name for entry in jargon.entries.values()}) >= 250
    for form, entry in jargon.entries.items():
        assert jargon.pattern.fullmatch(form), form
        assert entry.plain, form
        assert form not in entry.plain


def test_plain_words_are_plain():
    """What the list tells people to write is itself on no list of hard words."""
    jargon = load_jargon()
    hard = {
        (entry.name, plain)
        for entry in jargon.entries.values()
        for plain in entry.plain
        if jargon.pattern.search(plain)
    }
    assert hard == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask PALS about your BMI.", ["PALS", "BMI"]),
        ("Two MRIs and one MRI.", ["MRI"]),
        ("Ask the NHS or your GP. The GPs know COVID-19 and A&E.", []),
        ("Patient Advice and Liaison Service (PALS). Ask PALS.", []),
        ("PALS (the Patient Advice and Liaison Service). Ask PALS.", []),
        ("Ask PALS.\n\n*[PALS]: Patient Advice and Liaison Service\n", []),
        ("Ask PALS.\n\nThat is the Patient Advice and Liaison Service (PALS).", ["PALS"]),
        ("## PALS\n\nThe Patient Advice and Liaison Service (PALS) helps.", []),
        ("PALS\n:   It helps patients.\n\nAsk PALS.", []),
        ("Fill in form HC1 and take vitamin B12.", []),
        ("CALL 999 NOW", []),
        ("See www.NHS.UK or mail ABC@EXAMPLE.ORG.", []),
        ("World War II.", []),
    ],
)
def test_acronyms(read, text, found):
    names = [
        finding.message.split("“")[1].split("”")[0]
        for finding in check_unexplained_acronym(read(text))
    ]
    assert names == found


def test_acronyms_of_other_scripts(read):
    text = "Спросите в МФЦ. Офис (МФО) открыт.\n"
    assert said(check_unexplained_acronym(read(text, "ru"))) == [(1, "“МФЦ” is explained nowhere.")]
    assert check_unexplained_acronym(read("اسأل الطبيب। জিজ্ঞাসা করুন।", "ar")) == ()


def test_word_lists_are_read():
    assert {"NHS", "GP", "COVID"} <= load_words("acronyms")
    assert {"call", "rest", "never"} <= load_words("actions")
