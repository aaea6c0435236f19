"""Other forms of a leaflet, as PDF: size of letters, languages in the tags, pages and words."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from pipeline.checks.output.leaflets import recovered_share
from pipeline.model import LeafletVariant
from pipeline.pdf import Beside, printed_text, read_facts, render_leaflet

#: The same advice in five scripts, beside English.
ENGLISH = (
    "<h2>When to call</h2><ul><li>Call 999 now.</li><li>Stay at home for 5 days.</li></ul>"
    "<p>Drink water often.</p>"
)
ADVICE = {
    "so": "<h2>Goorta la waco</h2><ul><li>Wac 999 hadda.</li><li>Guriga joog 5 maalmood.</li></ul>"
    "<p>Biyo badan cab.</p>",
    "ar": "<h2>متى تتصل</h2><ul><li>اتصل بالرقم 999 الآن.</li><li>ابقَ في المنزل 5 أيام.</li></ul>"
    "<p>اشرب الماء كثيرًا.</p>",
    "bn": "<h2>কখন ফোন করবেন</h2><ul><li>এখনই 999 নম্বরে ফোন করুন।</li><li>5 দিন বাড়িতে থাকুন।</li></ul>"
    "<p>বেশি করে পানি খান।</p>",
    "ti": "<h2>መዓስ ትድውሉ</h2><ul><li>ሕጂ ናብ 999 ደውሉ።</li><li>5 መዓልቲ ኣብ ገዛ ጽንሑ።</li></ul>"
    "<p>ብዙሕ ማይ ስተዩ።</p>",
    "zh": "<h2>何时打电话</h2><ul><li>立即拨打 999。</li><li>请留在家中 5 天。</li></ul>"
    "<p>多喝水。</p>",
}


@pytest.fixture
def make(make_job, cache_dir):
    """A leaflet in a form, with the style sheet that ships."""

    def make(content, variant, *, tag="so", other=""):
        job = make_job(content, tag=tag)
        sheet = f"print-{variant}.css"
        theme = Path(__file__).parents[2] / "theme"
        (job.theme_dir / sheet).write_bytes((theme / sheet).read_bytes())
        if other:
            english = make_job(other, tag="en")
            beside = Beside(
                page_path=english.page_path, locale=english.locale, address="https://x/"
            )
            job = replace(job, beside=beside)
        job = replace(job, variant=variant)
        return job, render_leaflet(job, cache_dir=cache_dir)

    return make


def languages(data: bytes) -> list[tuple[str, str]]:
    """Each structure element that says its language, in order."""
    found = []

    def walk(element, depth=0):
        element = element.get_object()
        if not isinstance(element, dict) or "/S" not in element:
            return
        if "/Lang" in element:
            found.append((element["/S"], element["/Lang"]))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid, depth + 1)

    walk(PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"][0])
    return found


@pytest.mark.parametrize("tag", ADVICE)
def test_every_word_of_both_languages_comes_back_and_each_says_its_language(make, tag):
    job, data = make(ADVICE[tag], LeafletVariant.BILINGUAL, tag=tag, other=ENGLISH)
    facts = read_facts(data)
    wanted = printed_text(
        job.page_path.read_bytes(), job.page_path, job.variant, job.beside.page_path.read_bytes()
    )
    assert "Drink water often." in wanted
    assert recovered_share(wanted, facts.text) >= 0.98
    assert (facts.language, facts.is_tagged, facts.missing_glyphs) == (tag, True, 0)
    # Four sides in English and the name of the language above them; all else is the reader's.
    assert languages(data).count(("/Div", "en")) == 5
    assert {language for _, language in languages(data)} == {"en"}


def test_each_side_of_a_bilingual_leaflet_quotes_in_its_language(make):
    english, polish = "<p>Say <q>I have a fever</q>.</p>", "<p>Powiedz: <q>mam gorączkę</q>.</p>"
    _, data = make(polish, LeafletVariant.BILINGUAL, tag="pl", other=english)
    text = read_facts(data).text.replace("\n", "")
    assert "Say “I have a fever”." in text
    assert "Powiedz: „mam gorączkę”." in text


def test_a_language_inside_the_text_of_any_leaflet_reaches_its_tags(make):
    content = (
        '<p>Dheh <bdi lang="en" dir="ltr">interpreter</bdi> hadda.</p>'
        '<p lang="en">Call 999 now.</p><ul lang="ar" dir="rtl"><li>اتصل</li><li>الآن</li></ul>'
        '<p><img src="images/dot.svg" alt="A dot" lang="en"></p>'
    )
    _, data = make(content, LeafletVariant.LARGE_PRINT)
    said = languages(data)
    # The word, the paragraph, the whole list and the paragraph that has nothing but the picture.
    assert said[-4:] == [("/NonStruct", "en"), ("/P", "en"), ("/L", "ar"), ("/P", "en")]


def sizes(data: bytes) -> set[float]:
    """The sizes of letters that are set, in points."""
    found = set()

    def visit(text, matrix, text_matrix, _font, size):
        if text.strip():
            found.add(round(abs(size * text_matrix[3] * matrix[3]), 1))

    for page in PdfReader(BytesIO(data)).pages:
        page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize(("tag", "least"), [("so", 18), ("ar", 20)])
def test_nothing_in_large_print_is_smaller_than_18_points(make, tag, least):
    content = (
        f'{ADVICE[tag]}<footer class="facts"><p><a href="https://www.nhs.uk/">NHS</a></p></footer>'
    )
    _, data = make(content, LeafletVariant.LARGE_PRINT, tag=tag)
    assert min(sizes(data)) >= least - 0.1


def test_key_facts_are_set_smaller_until_they_fit_on_one_page(make):
    item = "<li>neef yari aad u daran oo aan jumlad gaaban lagu oran karin</li>"
    content = f'<div class="critical"><h2>Wac 999</h2><ul>{item * 42}</ul></div>'
    _, data = make(content, LeafletVariant.KEY_FACTS)
    assert len(PdfReader(BytesIO(data)).pages) == 1


def test_each_sheet_has_its_page_and_says_where_it_is_from(make):
    content = "".join(
        f'<h2 class="sheet">Warqad {n}</h2><p><img src="images/dot.svg" alt="Dhibic"></p>'
        for n in (1, 2, 3)
    )
    job, data = make(f"<p>Hordhac.</p>{content}", LeafletVariant.SHEETS)
    texts = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    assert len(texts) == 3
    assert all(f"Warqad {n}" in text for n, text in enumerate(texts, 1))
    assert all(job.address in text and "demonstration" in text for text in texts)
    assert "Hordhac" not in "".join(texts)


@pytest.mark.parametrize("tag", ["so", "ar", "bn"])
def test_a_booklet_is_bound_where_its_script_begins(make, tag):
    job, data = make(ADVICE[tag] * 6, LeafletVariant.BOOKLET, tag=tag)
    sheet = PdfReader(BytesIO(data)).pages[0]
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (842, 595)
    drawn = sheet.get_contents().get_data().decode()
    (left,) = re.findall(r"([\d.]+) 0 cm /P1 Do", drawn)
    assert float(left) == (0 if tag == "ar" else 420.945)
    facts = read_facts(data)
    assert recovered_share(printed_text(job.page_path.read_bytes(), job.page_path, job.variant), facts.text) >= 0.98  # fmt: skip  # noqa: E501
    assert (facts.language, facts.title != "", facts.is_tagged) == (tag, True, False)
