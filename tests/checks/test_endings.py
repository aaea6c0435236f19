"""Texts that stop in the middle, in files that show how their texts end."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import Languages, check_catalog
from pipeline.checks.endings import find_cut_texts
from pipeline.languages import load_language
from pipeline.model import Segment, SegmentKind, Unit

DO = (
    "Wash your hands",
    "Open all of the windows",
    "Take your medicine",
    "Drink some warm water",
    "Measure your temperature",
    "Call your doctor",
)
WHEN = (
    "before you eat",
    "every morning",
    "when you come home",
    "before you go to bed",
    "if you have a fever",
    "after your meal",
)
# Tag: the same in other languages, first what to do; Chinese and Hindi say before it when.
SPANISH = """Lávese las manos|Abra todas las ventanas|Tome su medicina|Beba un poco de agua tibia
Tómese la temperatura|Llame a su médico|antes de comer|todas las mañanas|cuando llegue a casa
antes de acostarse|si tiene fiebre|después de la comida"""
ARABIC = """اغسل يديك|افتح كل النوافذ|تناول دواءك|اشرب ماءً دافئًا|قِس درجة حرارتك|اتصل بطبيبك
قبل الأكل|في كل صباح|عندما تعود إلى البيت|قبل أن تنام|إذا كنت مصابًا بالحمى|بعد وجبة الطعام"""
HINDI = """अपने हाथ साबुन से धोएँ|सारी खिड़कियाँ खोलें|अपनी दवा लें|गुनगुना पानी पिएँ
अपना तापमान मापें|अपने डॉक्टर को फ़ोन करें|खाना खाने से पहले|हर सुबह|घर लौटने के बाद|सोने से पहले
अगर आपको बुखार हो तो|खाना खाने के बाद"""
CHINESE = """请您把手洗干净|请您打开所有的窗户|请您按时服药|请您多喝一点温水|请您量一下体温
请您给医生打电话|吃饭之前|每天早上|回到家里以后|晚上睡觉之前|如果您发烧了|吃完饭以后"""
IN = {"es": SPANISH, "ar": ARABIC, "hi": HINDI, "zh": CHINESE}
MARKS = {"es": ".", "ar": ".", "hi": "।", "zh": "。"}
#: What is left of the translation of the sentence that is cut.
LEFT = {"es": "Llame a su", "ar": "اتصل بطبيبك إذا", "hi": "अगर आपको बुखार", "zh": "如果您发烧了请"}
FEVER = "Call your doctor if you have a fever"


def make_rows(tag: str, *, marked: bool = True) -> list[tuple[str, str]]:
    """Each thing to do at each time, in English and in another language."""
    words = IN[tag].replace("\n", "|").split("|")
    gap = "" if tag == "zh" else " "
    ends = (".", MARKS[tag]) if marked else ("", "")
    both = zip(product(DO, WHEN), product(words[:6], words[6:]), strict=True)
    return [
        (
            f"{do} {when}{ends[0]}",
            gap.join((then, act) if tag in {"hi", "zh"} else (act, then)) + ends[1],
        )
        for (do, when), (act, then) in both
    ]


def cut(rows: list[tuple[str, str]], source: str, left: str) -> list[tuple[str, str]]:
    return [(old, left if old == source else new) for old, new in rows]


@pytest.mark.parametrize("tag", IN)
@pytest.mark.parametrize("marked", [True, False])
def test_whole_texts(tag, marked):
    assert find_cut_texts(make_rows(tag, marked=marked), load_language(tag)) == frozenset()


@pytest.mark.parametrize("tag", IN)
def test_a_text_without_its_second_half(tag):
    rows = cut(make_rows(tag), f"{FEVER}.", LEFT[tag])
    assert find_cut_texts(rows, load_language(tag)) == {(f"{FEVER}.", LEFT[tag])}


@pytest.mark.parametrize("tag", ["es", "zh"])
def test_a_last_word_that_ends_no_other_text_tells_where_no_mark_can(tag):
    rows = cut(make_rows(tag, marked=False), FEVER, LEFT[tag])
    assert find_cut_texts(rows, load_language(tag)) == {(FEVER, LEFT[tag])}


def test_a_mark_that_the_whole_file_goes_without_says_nothing():
    rows = [(source, target.removesuffix(".")) for source, target in make_rows("es")]
    rows = cut(rows, f"{FEVER}.", "Llame al médico si tiene fiebre")
    assert find_cut_texts(rows, load_language("es")) == frozenset()


def test_a_full_stop_of_an_abbreviation_need_not_be_the_sentences():
    rows, left = make_rows("es"), "Llame antes de las 8"
    at_night = ("Call your doctor before 8 at night.", left)
    assert find_cut_texts([at_night, *rows], load_language("es")) == {at_night}
    assert (
        find_cut_texts([("Call your doctor before 8 p.m.", left), *rows], load_language("es"))
        == frozenset()
    )


def test_headings_and_items_of_lists_end_as_no_sentence_does():
    items = [("You have a high temperature, or", "tiene fiebre, o"), (FEVER, LEFT["es"])]
    labels = [(old.removesuffix("."), new.removesuffix(".")) for old, new in make_rows("es")[:14]]
    assert find_cut_texts([*make_rows("es"), *labels, *items], load_language("es")) == frozenset()
    few = find_cut_texts([*make_rows("es"), *labels[:4], *items], load_language("es"))
    assert (FEVER, LEFT["es"]) in few


def test_a_short_text_that_ends_as_others_do_is_whole():
    rows = cut(make_rows("es"), f"{FEVER}.", "Llame si tiene fiebre.")
    assert find_cut_texts(rows, load_language("es")) == frozenset()


def test_a_short_file_teaches_too_little():
    rows = cut(make_rows("es"), f"{FEVER}.", LEFT["es"])[-20:]
    assert (f"{FEVER}.", LEFT["es"]) in rows
    assert find_cut_texts(rows, load_language("es")) == frozenset()


@pytest.mark.parametrize("tag", IN)
def test_the_checks_tell_it_once(tag, tmp_path):
    rows = cut(make_rows(tag), f"{FEVER}.", LEFT[tag])
    pairs = [
        (
            Segment(msgid=source, kind=SegmentKind.PARAGRAPH, start=0, end=0, line=line),
            Unit(msgid=source, msgstr=target, line=line),
        )
        for line, (source, target) in enumerate(rows, 1)
    ]
    languages = Languages(source=load_language("en"), target=load_language(tag))
    found = check_catalog(pairs, tmp_path, tag, find_problem=lambda *_: None, languages=languages)
    about = [finding.check for finding in found if finding.msgid == f"{FEVER}."]
    assert about.count("truncated") == 1
    assert "length-outlier" not in about


TEXTS = st.text(max_size=30) | st.sampled_from(
    ["", " ", "。", "8 a.m.", "如果您发烧了请", "a b c."]
)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=60), st.sampled_from(["es", "zh", "xx"]))
def test_law_any_file_can_be_asked_about(rows, tag):
    assert find_cut_texts(rows, load_language(tag)) <= set(rows)
