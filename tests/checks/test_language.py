"""Translations in another language, and those that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import check_untranslated, check_wrong_language
from pipeline.checks.language import find_own_words, split_raw
from pipeline.languages import load_language
from pipeline.languages.identify import identify
from pipeline.languages.scripts import find_scripts

STAY = "Stay at home if you feel ill and call your doctor."
IN = {
    "so": "Guriga joog haddii aad xanuunsanayso, takhtarkaagana wac.",
    "sw": "Kaa nyumbani ikiwa unajisikia mgonjwa na umpigie daktari wako simu.",
    "ar": "ابقَ في المنزل إذا شعرت بالمرض واتصل بطبيبك.",
    "fa": "اگر احساس بیماری می‌کنید در خانه بمانید و با پزشک خود تماس بگیرید.",
    "ur": "اگر آپ بیمار محسوس کریں تو گھر پر رہیں اور اپنے ڈاکٹر کو فون کریں۔",
    "es": "Quédese en casa si se siente enfermo y llame a su médico.",
    "pt": "Fique em casa se se sentir doente e ligue para o seu médico.",
    "bn": "অসুস্থ বোধ করলে বাড়িতে থাকুন এবং আপনার ডাক্তারকে ফোন করুন।",
    "hi": "बीमार महसूस होने पर घर पर रहें और अपने डॉक्टर को फ़ोन करें।",
    "zh": "如果您感觉不适，请留在家中并致电您的医生。",
    "ti": "ሕማም እንተተሰሚዑካ ኣብ ገዛ ኹን፣ ንሓኪምካ ድማ ደውለሉ።",
    "pl": "Zostań w domu, jeśli źle się czujesz, i zadzwoń do lekarza.",
}


@pytest.mark.parametrize("tag", IN)
def test_the_right_language(said, tag):
    assert said(check_wrong_language, tag, STAY, IN[tag]) == []
    assert said(check_untranslated, tag, STAY, IN[tag]) == []


PAIRS = [(tag, other) for tag in IN for other in IN if tag != other]


@pytest.mark.parametrize(("tag", "other"), PAIRS)
def test_another_language(said, tag, other):
    ((severity, message),) = said(check_wrong_language, tag, STAY, IN[other])
    assert severity == "critical"
    assert message.startswith("The translation ")


def test_a_language_in_which_the_detector_was_not_tried_does_not_block(said):
    assert said(check_wrong_language, "cy", STAY, IN["es"]) == []
    known = frozenset({"aros", "gartref"})  # words of a file that the detector knew
    ((severity, _),) = said(check_wrong_language, "cy", STAY, IN["es"], own_words=known)
    assert severity == "minor"


@pytest.mark.parametrize("target", ["COVID-19", "NHS 111", "https://www.nhs.uk/", "Paracetamol"])
def test_names_say_nothing_of_a_language(said, target):
    assert said(check_wrong_language, "so", "Call NHS 111.", target) == []


def test_a_quotation_of_the_source_is_no_other_language(said):
    source = "accident and emergency, the part of a hospital for emergencies"
    target = "„accident and emergency”, secția de urgențe a spitalului"
    assert said(check_wrong_language, "ro", source, target) == []


COPIES = [
    ("so", STAY, STAY, "critical", "is a copy of its source"),
    ("ar", STAY, STAY.upper(), "critical", "is a copy"),
    ("es", STAY, f"¡{STAY[:-1]}!", "critical", "is a copy"),
    ("pl", STAY, "Stay at home if you feel ill, i zadzwoń.", "major", "still has “stay at home if"),
]


@pytest.mark.parametrize(("tag", "source", "target", "severity", "message"), COPIES)
def test_a_copy_is_no_translation(said, tag, source, target, severity, message):
    ((found, text),) = said(check_untranslated, tag, source, target)
    assert found == severity
    assert message in text


@pytest.mark.parametrize("name", ["COVID-19", "NHS", "999"])
def test_names_may_stay(said, name):
    assert said(check_untranslated, "so", name, name) == []


def test_the_language_of_a_file_is_learnt_from_its_rows():
    rows = [f"{IN['so']} {number}" for number in range(80)]
    own = find_own_words(rows, load_language("so"))
    assert split_raw(IN["so"]) <= own
    assert find_own_words(rows, load_language("sw")) == frozenset()
    assert find_own_words(rows[:20], load_language("so")) == frozenset()


@pytest.mark.parametrize("tag", ["so", "sw", "ar", "fa", "ur", "es", "pt", "bn", "hi", "ti", "pl"])
def test_the_detector_knows_a_sentence(tag):
    assert identify(IN[tag]).code == tag


@given(st.text(max_size=80))
def test_law_any_text_can_be_asked_about(text):
    assert 0 <= identify(text).share <= 1
    find_scripts(text)
