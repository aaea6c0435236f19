"""What goes on paper, and how: nothing opens, nothing is clicked, nothing can be chosen."""

from pathlib import Path

import pytest
from lxml import html

from pipeline.errors import PdfError
from pipeline.pdf.article import cut_article

PAGE = Path("site/en/covid-19/rest/index.html")
ADDRESS = "https://health.example.org/en/covid-19/rest/"


def cut(content: str) -> html.HtmlElement:
    page = f"<html><body><nav>Menu</nav><article>{content}</article></body></html>"
    return cut_article(page.encode(), PAGE, ADDRESS).content


def shown(content: str) -> str:
    return " ".join(cut(content).text_content().split())


def test_the_menu_stays_behind_and_the_title_goes_to_the_cover():
    page = "<nav>Menu</nav><article><h1>Rest</h1><p>Sleep.</p></article>"
    article = cut_article(page.encode(), PAGE, ADDRESS)
    assert article.title.text_content() == "Rest"
    assert article.content.text_content() == "Sleep."


def test_the_article_of_the_theme_wins_over_articles_within_other_parts():
    page = '<article>Card</article><article class="md-content__inner x"><p>Sleep.</p></article>'
    assert cut_article(page.encode(), PAGE, ADDRESS).content.text_content() == "Sleep."


def test_tabs_stand_one_after_the_other_under_their_labels():
    content = """
        <div class="tabbed-set tabbed-alternate" data-tabs="1:2">
        <input checked id="a" name="t" type="radio"><input id="b" name="t" type="radio">
        <div class="tabbed-labels">
        <label for="a">Adults</label><label for="b">Children</label></div>
        <div class="tabbed-content">
        <div class="tabbed-block"><p>5 days</p></div><div class="tabbed-block"><p>3 days</p></div>
        </div></div>"""
    assert [(p.get("class"), p.text) for p in cut(content).iter("p")] == [
        ("leaflet-tab-label", "Adults"),
        (None, "5 days"),
        ("leaflet-tab-label", "Children"),
        (None, "3 days"),
    ]
    assert not list(cut(content).iter("input", "label"))


def test_what_was_folded_away_is_open():
    article = cut("<details class='question'><summary>When?</summary><p>Today.</p></details>")
    assert not list(article.iter("details", "summary"))
    assert article[0].get("class") == "admonition leaflet-details question"
    assert article[0][0].get("class") == "admonition-title"


def test_boxes_to_tick_are_drawn():
    article = cut(
        '<ul><li class="task-list-item"><input type="checkbox" disabled> Soft</li>'
        '<li class="task-list-item"><input type="checkbox" checked disabled> Round</li></ul>'
        "<p>Tick ☐ yes ☐ no</p>"
    )
    boxes = article.xpath(".//span[@class='leaflet-tick-box']")
    assert [box.text_content() for box in boxes] == ["", "✓", "", ""]
    assert article[1].text_content() == "Tick  yes  no"


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        ('<a href="https://www.nhs.uk/">the NHS</a>', "the NHS (https://www.nhs.uk/)"),
        ('<a href="https://www.nhs.uk/">www.nhs.uk</a>', "www.nhs.uk"),
        ('<a href="mailto:a@example.org?subject=x">Write</a>', "Write (a@example.org)"),
        ('<a href="mailto:a@example.org">a@example.org</a>', "a@example.org"),
        ('<a href="tel:+442079460018">Call us</a>', "Call us (+442079460018)"),
        ('<a href="tel:+442079460018">020 7946 0018</a>', "020 7946 0018"),
        ('<a href="tel:111">١١١</a>', "١١١"),
        ('<a href="../long-covid/">long COVID</a>', "long COVID"),
    ],
)
def test_the_address_of_a_link_is_printed_where_its_text_does_not_say_it(link, printed):
    assert shown(f"<p>{link}</p>") == printed


def test_links_within_the_site_lead_to_the_public_page():
    [link] = cut('<a href="../long-covid/">long COVID</a>').iter("a")
    assert link.get("href") == "https://health.example.org/en/covid-19/long-covid/"


def test_a_link_to_a_part_that_is_not_on_paper_is_plain_text():
    article = cut('<p><a href="#here">a</a> <a href="#gone">b</a></p><h2 id="here">c</h2>')
    assert [link.get("href") for link in article.iter("a")] == ["#here", None]


def test_some_things_are_for_the_screen_alone_and_some_for_paper_alone():
    content = '<p data-leaflet="omit">Print</p><p data-leaflet="only" hidden>Room for notes</p>'
    assert shown(content) == "Room for notes"
    assert cut(content)[0].get("hidden") is None


def test_nothing_that_could_run_or_load_is_left():
    content = "<script>x</script><iframe src='https://e.org'></iframe><style>p{}</style><p>Hi</p>"
    assert [element.tag for element in cut(content)] == ["p"]


def test_a_sheet_takes_its_page_up_to_the_next_heading_of_its_level():
    article = cut(
        '<h2 class="sheet">Sheet 1</h2><p>a</p><h3>b</h3><p>c</p><h2>After</h2><p>d</p>'
        '<div class="footnote">e</div>'
    )
    assert [element.tag for element in article] == ["section", "h2", "p", "div"]
    assert [element.tag for element in article[0]] == ["h2", "p", "h3", "p"]


def test_header_cells_say_what_they_head():
    article = cut(
        "<table><thead><tr><th>Age</th></tr></thead><tbody><tr><th>3</th></tr></tbody></table>"
    )
    assert [cell.get("scope") for cell in article.iter("th")] == ["col", "row"]


def test_an_abbreviation_is_explained_once_and_not_in_a_heading():
    meaning = '<abbr title="your family doctor">GP</abbr>'
    assert shown(f"<h2>{meaning}</h2><p>{meaning} or {meaning}</p>") == (
        "GPGP (your family doctor) or GP"
    )


def test_a_meaning_does_not_part_a_word():
    meaning = '<abbr title="dhakhtarka guud">GP</abbr>'
    assert shown(f"<p>{meaning}-gayga. {meaning}.</p>") == "GP-gayga. GP (dhakhtarka guud)."


def test_a_block_that_is_wholly_in_english_runs_from_left_to_right():
    gap = '<span lang="en" dir="ltr" class="gap">Rest.</span>'
    article = cut(f"<p>{gap}</p><p>استرح {gap}</p>")
    assert [p.get("dir") for p in article.iter("p")] == ["ltr", None]


def test_a_picture_without_a_text_is_refused():
    with pytest.raises(PdfError, match=r"rest.svg has no text for people who cannot see") as caught:
        cut('<img src="images/rest.svg" alt="">')
    assert caught.value.path == PAGE


@pytest.mark.parametrize("page", [b"", b"<html><body><p>Hi</p></body></html>"])
def test_a_page_without_an_article_is_refused(page):
    with pytest.raises(PdfError):
        cut_article(page, PAGE, ADDRESS)
