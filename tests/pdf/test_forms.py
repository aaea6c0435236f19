"""Other forms of a leaflet, as HTML: parts of a page, wide tables, two languages side by side."""

from pathlib import Path

import pytest
from lxml import html

from pipeline.errors import PdfError
from pipeline.model import Direction, LeafletVariant, Locale
from pipeline.pdf.article import cut_article, printed_text
from pipeline.pdf.forms import put_side_by_side
from pipeline.pdf.forms.booklet import order_of_pages

PAGE = Path("site/so/covid-19/fever/index.html")


def locale(tag: str, autonym: str, direction: Direction = Direction.LTR) -> Locale:
    return Locale(
        tag=tag, autonym=autonym, english_name=autonym, direction=direction, script="Latn",
        plural_forms="", digits="latn", fonts=(), people=None, people_source="",
    )  # fmt: skip


ENGLISH, SOMALI = locale("en", "English"), locale("so", "Soomaali")
ARABIC = locale("ar", "العربية", Direction.RTL)


def cut(content: str, variant: LeafletVariant = LeafletVariant.STANDARD) -> html.HtmlElement:
    page = f'<article><h1>Fever</h1><div class="body">{content}</div></article>'
    return cut_article(page.encode(), PAGE, "https://health.example.org/so/", variant).content


def lines(content: str, variant: LeafletVariant) -> list[str]:
    text = printed_text(
        f'<article><div class="body">{content}</div></article>'.encode(), PAGE, variant
    )
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


# --- Parts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        # a box with the class, and the heading above it
        (
            (
                "<h2>Hel caawimo</h2><p>Naso.</p>"
                '<div class="admonition danger critical"><p>Wac 999</p></div>'
                "<h2>Naso</h2><p>Biyo.</p>"
            ),
            ["Hel caawimo", "Wac 999"],
        ),
        # a comment before a heading: the whole section, the next one of its level not
        (
            (
                "<!-- critical --><h2>اتصل بالرقم 111</h2><p>إذا كانت الحرارة 39</p><h3>الرضّع</h3>"
                "<p>38</p><h2>الراحة</h2><p>اشرب الماء.</p>"
            ),
            ["اتصل بالرقم 111", "إذا كانت الحرارة 39", "الرضّع", "38"],
        ),
        # a comment before a block, another comment between
        (
            "<p>একটি।</p><!-- critical --><!-- translators: a number --><p>৯৯৯ নম্বরে ফোন করুন।</p>",
            ["৯৯৯ নম্বরে ফোন করুন।"],
        ),
        # from here to there
        (
            (
                "<p>ሓደ</p><!-- critical:start --><p>ናብ 999 ደውሉ።</p><ul><li>ረስኒ</li></ul>"
                "<!-- critical:end --><p>ዕረፉ።</p>"
            ),
            ["ናብ 999 ደውሉ።", "ረስኒ"],
        ),
        # one item of a list brings the others: the fourth of five steps would say something else
        (
            '<ul><li>洗手</li><li class="critical">拨打 999</li></ul><p>休息。</p>',
            ["洗手", "拨打 999"],
        ),
        # a footnote comes where it is called for, and no other
        (
            (
                '<p class="critical">Wac 999<sup><a href="#fn:b">2</a></sup></p>'
                '<div class="footnote"><hr><ol><li id="fn:a"><p>Kow</p></li>'
                '<li id="fn:b"><p>Bilaash</p></li></ol></div>'
            ),
            ["Wac 9992", "Bilaash"],
        ),
    ],
)
def test_key_facts_are_the_critical_blocks_under_their_headings(content, kept):
    assert lines(content, LeafletVariant.KEY_FACTS) == kept


def test_notices_about_the_page_stay_above_its_key_facts():
    page = (
        b'<article><header><p class="lead">Astaamo.</p><p class="notice notice--overdue">Wuu '
        b'dhacay.</p></header><div class="body"><p>Naso.</p><p class="critical">Wac 999</p></div>'
        b'<aside class="help"><p>Turjubaan</p></aside></article>'
    )
    found = printed_text(page, PAGE, LeafletVariant.KEY_FACTS).split("\n")
    assert [line for line in map(str.strip, found) if line] == ["Wuu dhacay.", "Wac 999"]


def test_sheets_alone():
    content = (
        '<p>Maalin roob leh.</p><h2 class="sheet">Warqad 1</h2><p>Raadi caleen.</p>'
        '<h2>Dhammaad</h2><p>Dhammaad.</p><h2 class="sheet">Warqad 2</h2><p>Doon samee.</p>'
    )
    found = lines(content, LeafletVariant.SHEETS)
    assert found == ["Warqad 1", "Raadi caleen.", "Warqad 2", "Doon samee."]


@pytest.mark.parametrize("variant", [LeafletVariant.KEY_FACTS, LeafletVariant.SHEETS])
def test_a_page_without_such_parts_is_told(variant):
    with pytest.raises(PdfError, match=f"nothing for a leaflet of the form `{variant}`"):
        cut("<p>Naso.</p>", variant)


# --- Wide tables -----------------------------------------------------------------

WIDE = (
    "<table><thead><tr><th>Ciyaar</th><th>Da'</th><th>Waqti</th></tr></thead>"
    "<tbody><tr><td>Doon</td><td>5 ilaa 11</td><td>15 daqiiqo</td></tr></tbody></table>"
)


def test_large_print_has_no_narrow_columns():
    content = cut(f"{WIDE}<p>Ciyaar.</p>", LeafletVariant.LARGE_PRINT)
    (record,) = content.xpath("//div[@class='leaflet-record']")
    assert [line.text_content() for line in record] == [
        "Ciyaar Doon",
        "Da' 5 ilaa 11",
        "Waqti 15 daqiiqo",
    ]
    assert content.find(".//table") is None


def test_tables_of_two_columns_and_those_to_fill_in_stay():
    narrow = "<table><thead><tr><th>Da'</th><th>Wac</th></tr></thead></table>"
    sheet = f'<h2 class="sheet">Bingo</h2>{WIDE}'
    assert len(cut(narrow + sheet, LeafletVariant.LARGE_PRINT).findall(".//table")) == 2


# --- Side by side ------------------------------------------------------------------


def beside(own: str, other: str, language: Locale = SOMALI) -> list[tuple[str, str]]:
    """The text of each row, the reader's language first."""
    content = cut(own)
    put_side_by_side(content, cut(other), locale=language, beside=ENGLISH)
    (head, *rows) = content.xpath(".//div[contains(@class, 'leaflet-pair ')] | .//div[@class='leaflet-pair']")  # fmt: skip  # noqa: E501
    assert [side.text_content() for side in head] == [language.autonym, "English"]
    for _, side in rows:
        assert (side.get("lang"), side.get("dir")) == ("en", "ltr")
    return [tuple(" ".join(side.text_content().split()) for side in row) for row in rows]


def test_each_part_stands_beside_its_own():
    own = (
        '<h2 id="a">كيف تتصل</h2><ol><li>اتصل بالرقم 999.</li><li><p>قل أين أنت.</p>'
        "<ul><li>الشارع</li></ul></li></ol><div class='admonition'><p>مجاني</p><p>دائمًا</p></div>"
    )
    other = (
        '<h2 id="a">How to call</h2><ol><li>Dial 999.</li><li><p>Say where you are.</p>'
        "<ul><li>The street</li></ul></li></ol>"
        "<div class='admonition'><p>Free</p><p>Always</p></div>"
    )
    assert beside(own, other, ARABIC) == [
        ("كيف تتصل", "How to call"),
        ("اتصل بالرقم 999.", "Dial 999."),
        ("قل أين أنت.", "Say where you are."),
        ("الشارع", "The street"),
        ("مجاني", "Free"),
        ("دائمًا", "Always"),
    ]


def test_each_cell_stands_beside_its_own_after_the_name_of_its_column():
    own = "<table><thead><tr><th>Da'</th><th>Wac 111</th></tr></thead><tbody><tr><td>3 bilood</td><td>38°C</td></tr></tbody></table>"  # noqa: E501
    other = "<table><thead><tr><th>Age</th><th>Call 111</th></tr></thead><tbody><tr><td>3 months</td><td>38°C</td></tr></tbody></table>"  # noqa: E501
    assert beside(own, other) == [
        ("Da' 3 bilood", "Age 3 months"),
        ("Wac 111 38°C", "Call 111 38°C"),
    ]


def test_what_does_not_correspond_stands_beside_it_as_a_whole():
    """Coarser, but no sentence beside another one's translation."""
    own = "<blockquote><p>Naso.</p><p>Biyo cab.</p></blockquote><ul><li>Qandho</li></ul><p>Wac.</p>"
    other = "<blockquote><p>Rest.</p></blockquote><ul><li>Fever</li><li>Cough</li></ul><p>Call.</p>"
    assert beside(own, other) == [
        ("Naso.Biyo cab.", "Rest."),
        ("Qandho", "FeverCough"),
        ("Wac.", "Call."),
    ]


def test_a_part_that_one_language_alone_has_moves_no_other():
    """A recording in Somali, and none in English."""
    own = '<section class="audio"><p>Dhageyso</p></section><div class="body"><p>Naso.</p></div>'
    content, other = (
        cut_article(f"<article><h1>x</h1>{each}</article>".encode(), PAGE, "https://x/").content
        for each in (own, '<div class="body"><p>Rest.</p></div>')
    )
    put_side_by_side(content, other, locale=SOMALI, beside=ENGLISH)
    sides = [e.text_content() for e in content.xpath(".//div[@class='leaflet-side']")]
    assert sides == ["Soomaali", "English", "Dhageyso", "", "Naso.", "Rest."]


def test_an_item_keeps_its_number_and_ids_stand_once():
    content = cut('<ol id="steps"><li>Kow</li><li>Laba</li></ol>')
    other = cut('<ol id="steps"><li>One</li><li>Two <a href="#steps">up</a></li></ol>')
    put_side_by_side(content, other, locale=SOMALI, beside=ENGLISH)
    counted = [each.get("style") for each in content.iter("ol")]
    assert counted == ["counter-reset: list-item 0"] * 2 + ["counter-reset: list-item 1"] * 2
    assert content.xpath("//*[@lang='en']//@id | //*[@lang='en']//@href") == []


# --- Booklets --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "direction", "sides"),
    [
        (4, Direction.LTR, [(3, 0), (1, 2)]),
        (4, Direction.RTL, [(0, 3), (2, 1)]),
        (6, Direction.LTR, [(None, 0), (1, None), (5, 2), (3, 4)]),
        (1, Direction.RTL, [(0, None), (None, None)]),
    ],
)
def test_pages_lie_so_that_they_follow_when_folded(pages, direction, sides):
    assert order_of_pages(pages, direction) == sides
