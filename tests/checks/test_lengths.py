"""Translations that are too short, too long or cut."""

import pytest

from pipeline.checks import check_length_outlier, check_truncated
from pipeline.checks.lengths import has_end, is_usual_length
from pipeline.languages import load_language

SOURCE = "Stay at home if you have a high temperature or feel too ill to go to work or to school."
SOMALI = (
    "Guriga joog haddii aad qandho sare leedahay ama aad aad u xanuunsan tahay oo aanad shaqo "
    "ama dugsi aadi karin."
)
ARABIC = (
    "ابقَ في المنزل إذا كانت حرارتك مرتفعة أو كنت مريضًا جدًا ولا يمكنك الذهاب إلى العمل أو المدرسة."
)
CHINESE = "如果您发高烧，或者病得无法上班或上学，请留在家中。"


@pytest.mark.parametrize(("tag", "target"), [("so", SOMALI), ("ar", ARABIC), ("zh", CHINESE)])
def test_whole_and_half(said, tag, target):
    assert said(check_truncated, tag, SOURCE, target) == []
    assert said(check_length_outlier, tag, SOURCE, target) == []
    assert is_usual_length(len(SOURCE), len(target), load_language(tag))
    half = target[: len(target) // 2].rstrip("،, ")
    assert said(check_truncated, tag, SOURCE, half) == [
        ("major", "The translation seems to stop before its end.")
    ]


def test_a_comma_ends_no_sentence(said):
    half = "ابقَ في المنزل إذا كانت حرارتك مرتفعة،"
    assert has_end(half)
    assert said(check_truncated, "ar", SOURCE, half) != []
    listed = f"{SOURCE[:-1]};"
    assert said(check_truncated, "ar", listed, half) == []


def test_what_the_file_shows_to_be_cut(said):
    rest = "Guriga joog haddii aad qandho sare leedahay ama aad aad u"
    known = frozenset({("Stay at home if you have a high temperature or feel ill", rest)})
    ((source, _),) = known
    assert said(check_truncated, "so", source, rest) == []
    assert said(check_truncated, "so", source, rest, cut=known) == [
        ("major", "The translation seems to stop before its end.")
    ]
    assert said(check_length_outlier, "so", source, rest, cut=known) == []


def test_a_text_that_belongs_elsewhere(said):
    ((severity, message),) = said(
        check_length_outlier, "so", "Wash your hands with soap and water often.", SOMALI * 3
    )
    assert severity == "major"
    assert "much longer" in message


def test_short_texts_vary_and_never_block(said):
    found = said(check_length_outlier, "es", "you cannot look after yourself", "no puede")
    assert all(severity == "minor" for severity, _ in found)


@pytest.mark.parametrize(
    "text", ["Haa.", "هل لديك حمى؟", "ভালো।", "好。", "ጽቡቕ።", "(Haa.)", "**Haa!**"]
)
def test_ends_of_sentences(text):
    assert has_end(text)


@pytest.mark.parametrize("text", ["Haa", "Guriga joog haddii", "ابق في", ""])
def test_no_ends(text):
    assert not has_end(text)
