"""Words of tables, found in sentences: numbers, units and negators in many scripts."""

import pytest

from pipeline.languages import Forms, fold, load_language


def numbers(tag: str, text: str) -> list[float]:
    return [word.value for word in load_language(tag).numbers.find(fold(text))]


def units(tag: str, text: str) -> set[str]:
    return {hit.value for hit in load_language(tag).units.hits(fold(text))}


@pytest.mark.parametrize(
    ("form", "fits", "does_not"),
    [
        ("laba*", "labaatan", "kalaba"),
        ("*maayo", "tegimaayo", "maayoob"),
        ("*dawa*", "daawadawayn", "dhawaa"),
        ("usi*e", "usinywe", "usiku"),
        ("in ka badan", "in  ka badan", "in badan"),
    ],
)
def test_a_star_stands_for_the_rest_of_a_word(form: str, fits: str, does_not: str) -> None:
    forms = Forms([form])
    assert forms.has(f"oo {fits} ah")
    assert not forms.has(f"oo {does_not} ah")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب", "کتاب"),  # Arabic and Persian kaf
        ("علي", "علی"),  # Arabic and Persian ye
        ("مئة", "مئه"),  # te marbuta and he
        ("أيام", "ايام"),  # alef with and without hamza
        ("يومًا", "يوما"),  # vowel signs
        ("نمی‌شود", "نمی شود"),  # the joiner is a space
        ("п’ять", "п'ять"),
        ("Da’da", "da'da"),
    ],
)
def test_spellings_of_one_word_are_folded_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("en", "twenty-five", 25),
        ("so", "laba iyo labaatan", 22),
        ("ar", "خمسة وعشرون", 25),
        ("ar", "مائة وخمسون", 150),
        ("fa", "بیست و پنج", 25),
        ("prs", "بیست و پنج", 25),
        ("ur", "پچیس", 25),
        ("ckb", "بیست و پێنج", 25),
        ("hi", "पच्चीस", 25),
        ("ne", "पच्चीस", 25),
        ("bn", "পঁচিশ", 25),
        ("gu", "પચીસ", 25),
        ("pa", "ਪੱਚੀ", 25),
        ("ta", "நூற்று இருபது", 120),
        ("ti", "ዕስራን ሓሙሽተን", 25),
        ("am", "ሃያ አምስት", 25),
        ("zh", "二十五", 25),
        ("zh", "一百二十", 120),
        ("zh", "十五", 15),
        ("zh", "一千二百万", 12_000_000),
        ("ur", "دو لاکھ پچاس ہزار", 250_000),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "vingt et un", 21),
        ("es", "treinta y cinco", 35),
        ("pt", "vinte e cinco", 25),
        ("it", "venticinque", 25),
        ("ro", "douăzeci și cinci", 25),
        ("pl", "dwudziestu pięciu", 25),
        ("uk", "двадцять п’ять", 25),
        ("sq", "njëzet e pesë", 25),
        ("fil", "dalawampu't lima", 25),
        ("id", "dua puluh lima", 25),
        ("sw", "ishirini na tano", 25),
        ("om", "digdamii shan", 25),
        ("tr", "yirmi beş", 25),
        ("km", "ម្ភៃប្រាំ", 25),
        ("lo", "ຊາວຫ້າ", 25),
        ("th", "ยี่สิบห้า", 25),
        ("my", "နှစ်ဆယ့်ငါး", 25),
    ],
)
def test_number_words_make_one_number(tag: str, text: str, value: float) -> None:
    assert numbers(tag, text) == [value]


@pytest.mark.parametrize(
    ("tag", "text", "unit"),
    [
        ("so", "5 maalmood", "day"),
        ("ar", "يومين", "day"),
        ("ar", "500 ملغ", "milligram"),
        ("fa", "۳ هفته‌ای", "week"),
        ("ur", "دو گھنٹوں میں", "hour"),
        ("bn", "১৪ দিনের জন্য", "day"),
        ("ta", "14 நாட்களுக்கு", "day"),
        ("ti", "ን 14 መዓልታት", "day"),
        ("am", "ለ14 ቀናት", "day"),
        ("pl", "przez 10 dni", "day"),
        ("uk", "протягом 2 тижнів", "week"),
        ("zh", "14天", "day"),
        ("sw", "siku 14", "day"),
        ("de", "ein 24-stündiges", "hour"),
    ],
)
def test_units_are_found_in_every_form(tag: str, text: str, unit: str) -> None:
    assert unit in units(tag, text)


@pytest.mark.parametrize(
    ("tag", "negated", "plain"),
    [
        ("so", "Ha qaadan wax ka badan 4 kaniini.", "Qaado 4 kaniini."),
        ("ar", "لا تتناول أكثر من 4 أقراص.", "تناول 4 أقراص."),
        ("fa", "بیش از ۴ قرص نخورید.", "۴ قرص بخورید."),
        ("ur", "4 سے زیادہ گولیاں نہ لیں۔", "4 گولیاں لیں۔"),
        ("bn", "৪টির বেশি ট্যাবলেট খাবেন না।", "৪টি ট্যাবলেট খান।"),
        ("pl", "Nie przyjmuj więcej niż 4 tabletki.", "Przyjmij 4 tabletki."),
        ("pt", "Não tome mais de 4 comprimidos.", "Tome 4 comprimidos."),
        ("ti", "ካብ 4 ከኒና ንላዕሊ ኣይትውሰድ።", "4 ከኒና ውሰድ።"),
        ("sw", "Usinywe zaidi ya tembe 4.", "Kunywa tembe 4 usiku."),
        ("zh", "不要服用超过4片。", "服用4片。"),
        ("tr", "4 tabletten fazla almayın.", "4 tablet alın."),
        ("hi", "4 से ज़्यादा गोलियाँ न लें।", "4 गोलियाँ लें।"),
    ],
)
def test_a_negated_sentence_has_a_negator_and_a_plain_one_none(
    tag: str, negated: str, plain: str
) -> None:
    negators = load_language(tag).negators
    assert negators.has(fold(negated))
    assert not negators.has(fold(plain))


def test_in_is_no_inch() -> None:
    assert units("en", "5 inches in 2019") == {"inch"}
    assert units("en", "In 2019 in China") == set()
