"""Units of measure that became others."""

import pytest

from pipeline.checks import check_unit_mismatch

RIGHT = [
    ("so", "Stay at home for 5 days.", "Guriga joog 5 maalmood."),
    ("ar", "Take 500 mg twice a day.", "تناول 500 ملغ مرتين في اليوم."),
    ("bn", "Wait 24 hours.", "২৪ ঘণ্টা অপেক্ষা করুন।"),
    ("es", "Rest for 2 weeks.", "Descanse dos semanas."),
    ("zh", "Rest for 14 days.", "休息 14 天。"),
    ("fr", "Stay 2 metres apart.", "Restez à deux mètres de distance."),
    # Said otherwise: no unit of the same kind stands there.
    ("so", "Stay at home for 5 days.", "Guriga joog ilaa 5."),
]
WRONG = [
    ("so", "Stay at home for 5 days.", "Guriga joog 5 toddobaad.", "weeks where", "days"),
    ("ar", "Rest for 3 days.", "استرح لمدة 3 أسابيع.", "weeks where", "days"),
    ("bn", "Wait 24 hours.", "২৪ দিন অপেক্ষা করুন।", "days where", "hours"),
    ("es", "Take 5 mg.", "Tome 5 ml.", "millilitres where", "milligrams"),
    ("pt", "for 2 weeks", "durante 2 meses", "months where", "weeks"),
    ("zh", "Rest for 14 days.", "休息 14 小时。", "hours where", "days"),
    ("fr", "every four hours", "toutes les quatre minutes", "minutes where", "hours"),
]


@pytest.mark.parametrize(("tag", "source", "target"), RIGHT)
def test_the_same_unit(said, tag, source, target):
    assert said(check_unit_mismatch, tag, source, target) == []


@pytest.mark.parametrize(("tag", "source", "target", "wrong", "right"), WRONG)
def test_another_unit(said, tag, source, target, wrong, right):
    ((severity, message),) = said(check_unit_mismatch, tag, source, target)
    assert severity == "critical"
    assert wrong in message
    assert right in message


def test_each_number_has_its_own_unit(said):
    source = "Rest for 5 days, then wait 2 weeks."
    assert said(check_unit_mismatch, "so", source, "Naso 5 maalmood, sug 2 toddobaad.") == []
    assert said(check_unit_mismatch, "so", source, "Naso 5 bilood, sug 2 toddobaad.") != []
