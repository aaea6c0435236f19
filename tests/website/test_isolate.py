import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.website import isolate_numbers


def marked(html):
    """The result with brackets for the tags, so that an expectation can be read."""
    return isolate_numbers(html).replace('<bdi dir="ltr">', "⟦").replace("</bdi>", "⟧")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خذ 2–3 × 500 mg كل 6 ساعات", "خذ ⟦2–3 × 500 mg⟧ كل ⟦6⟧ ساعات"),
        ("اتصل بـ +44 (0)20 7946 0018 الآن", "اتصل بـ ⟦+44 (0)20 7946 0018⟧ الآن"),
        ("اتصل بالرقم 999.", "اتصل بالرقم ⟦999⟧."),
        ("بنسبة 95%، و10 أيام", "بنسبة ⟦95%⟧، و⟦10⟧ أيام"),
        ("الحرارة 38.5 °C", "الحرارة ⟦38.5 °C⟧"),
        ("في 24/11/2026 الساعة 10:30", "في ⟦24/11/2026⟧ الساعة ⟦10:30⟧"),
        ("الثمن £5.50 فقط", "الثمن ⟦£5.50⟧ فقط"),
        ("أقل من &lt; 3 أو 5&nbsp;mg", "أقل من ⟦&lt; 3⟧ أو ⟦5&nbsp;mg⟧"),
        ("(7–10) أيام", "(⟦7–10⟧) أيام"),
        ("+44+44", "⟦+44+44⟧"),
    ],
)
def test_doses_ranges_phones_and_dates_are_isolated(text, expected):
    assert marked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اتصل بـ NHS 111 مجاناً", "اتصل بـ ⟦NHS 111⟧ مجاناً"),
        ("مرض COVID-19 والورق A4", "مرض ⟦COVID-19⟧ والورق ⟦A4⟧"),
        (
            'اتصل بـ <abbr title="خدمة 1">NHS</abbr> 111',
            'اتصل بـ ⟦<abbr title="خدمة 1">NHS</abbr> 111⟧',
        ),
        ("قسم <strong>A&amp;E</strong> قريب", "قسم <strong>A&amp;E</strong> قريب"),
    ],
)
def test_latin_words_beside_a_number_stay_with_it(text, expected):
    assert marked(text) == expected


def test_digits_of_the_script_are_isolated_only_where_they_have_a_direction_of_their_own():
    # A Persian reader reads ۲–۳ from the right; a phone number and a dose in mg from the left.
    assert isolate_numbers("۲–۳ روز") == "۲–۳ روز"
    assert marked("۵۰۰ mg دارو") == "⟦۵۰۰ mg⟧ دارو"
    assert marked("۰۲۰ ۷۹۴۶ ۰۰۱۸") == "⟦۰۲۰ ۷۹۴۶ ۰۰۱۸⟧"


def test_addresses_are_isolated_and_may_be_broken():
    assert isolate_numbers("انظر https://111.nhs.uk/ الآن") == (
        'انظر <bdi dir="ltr" class="address">https://111.nhs.uk/</bdi> الآن'
    )
    assert isolate_numbers("زر 111.nhs.uk الآن") == (
        'زر <bdi dir="ltr" class="address">111.nhs.uk</bdi> الآن'
    )
    assert isolate_numbers("help@example.org") == (
        '<bdi dir="ltr" class="address">help@example.org</bdi>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<a href="page-5.html" title="5 أيام">رابط</a>',
        "<code>500 mg</code>",
        "<!-- 500 mg -->",
        "<span lang=en dir=ltr class=gap>Take <b>2</b> or 3 tablets</span>",
        '<bdi dir="ltr">999</bdi>',
        "<script>var a = 5;</script>",
        "&#8211; &amp;",
    ],
)  # fmt: skip
def test_attributes_code_and_what_is_left_to_right_already_are_left_alone(html):
    assert isolate_numbers(html) == html


def test_text_after_a_left_to_right_part_is_isolated_again():
    html = "<p><span dir=ltr>5 <span>6</span> 7<br></span> ثم 8</p>"
    assert isolate_numbers(html) == html.replace("8", '<bdi dir="ltr">8</bdi>')


PIECES = st.sampled_from(
    ["اتصل", "NHS", "111", "2–3", "٢٠", "۵۰۰", " ", "×", "mg", "%", "(", ")", "+44", ".", "،",
     "<b>", "</b>", '<span dir="ltr">', "</span>", "<br>", "&amp;", "&#1632;", "<abbr>", "</abbr>",
     "https://a.b/c", "a@b.cd", "\U000f0000", "\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_without_the_added_tags_it_is_the_input_and_twice_is_once(html):
    isolated = isolate_numbers(html)
    assert re.sub(r'<bdi dir="ltr"(?: class="address")?>|</bdi>', "", isolated) == html
    assert isolate_numbers(isolated) == isolated
