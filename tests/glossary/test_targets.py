"""What a translation calls a term, whatever its language does to the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.glossary import Term, TermStatus, find_targets, has_forbidden, has_target
from pipeline.languages import load_language

THERE = [
    ("so", "Xiro maaskarooyin.", "maaskaro"),
    ("so", "U sheeg GP-gaaga.", "GP"),
    ("ar", "ارتدِ الكمامة.", "كمامة"),
    ("ar", "الماء والصابون", "صابون"),
    ("ar", "كانت حرارتك مرتفعة", "حرارة مرتفعة"),
    ("ar", "اتصل بـNHS على 111", "NHS"),
    ("ti", "ብማስክ ተሸፈን።", "ማስክ"),
    ("fa", "ماسک‌ها را بپوشید.", "ماسک"),
    ("pl", "Załóż maseczkę.", "maseczka"),
    ("bn", "মাস্ক পরুন।", "মাস্ক"),
    ("zh", "请戴口罩。", "口罩"),
    ("es", "Lleve las mascarillas puestas.", "mascarilla"),
]
ELSEWHERE = [
    ("so", "Naso.", "maaskaro"),
    ("es", "en todo caso", "casa"),
    ("ar", "اغسل يديك.", "صابون"),
    ("zh", "请洗手。", "口罩"),
]


@pytest.mark.parametrize(("tag", "text", "term"), THERE)
def test_what_should_be_there_is_found_in_any_form(tag, text, term):
    assert has_target(text, term, load_language(tag))


@pytest.mark.parametrize(("tag", "text", "term"), ELSEWHERE)
def test_what_is_not_there(tag, text, term):
    assert not has_forbidden(text, term, load_language(tag))


def test_what_is_forbidden_is_found_for_certain_only():
    spanish, somali = load_language("es"), load_language("so")
    assert has_forbidden("las casas", "casa", spanish)
    assert not has_forbidden("el casamiento", "casa", spanish)
    assert not has_forbidden("dhintay", "dhi", somali)
    assert has_forbidden("wajigashiyo", "wajigashi", somali)


def test_a_forbidden_word_that_is_a_part_of_the_right_one():
    rows = [
        Term(source="mask", target="waji xir", status=TermStatus.PREFERRED),
        Term(source="mask", target="waji", status=TermStatus.FORBIDDEN),
    ]
    somali = load_language("so")
    assert find_targets(rows, "Xiro waji xir.", somali) == (rows[0],)
    assert find_targets(rows, "Xiro waji.", somali) == (rows[1],)


@given(text=st.text(max_size=40), term=st.text(min_size=1, max_size=8))
@pytest.mark.parametrize("tag", ["so", "ar", "pl", "zh"])
def test_what_is_there_for_certain_is_there(tag, text, term):
    language = load_language(tag)
    for each in (text, f"{text} {term}"):
        assert has_target(each, term, language) or not has_forbidden(each, term, language)
