"""Posters and cards: what is on them, how large they are, and what does not fit."""

import re
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from pipeline.errors import PdfError
from pipeline.model import LeafletVariant, Phrase
from pipeline.pdf import Campaign, read_facts, read_picture, render_all, render_leaflet, said_on
from pipeline.pdf.campaign import compose_campaign

THEME = Path(__file__).parents[2] / "theme"
CARD, PICTURE = LeafletVariant.CARD, LeafletVariant.PICTURE_CARD
A4, A3 = LeafletVariant.POSTER_A4, LeafletVariant.POSTER_A3
DOT = '<p><img src="images/dot.svg" alt="•"></p>'
#: A title, a summary and what one needs, in five scripts.
PACKS = {
    "so": ("Xirmada maalinta roobka", "Shan waxyaabood oo guriga lagu sameeyo.", "Xaashi"),
    "ar": ("أنشطة ليوم ممطر", "اتصل بالرقم 0800 11 11 أو 999.", "ورق وقلم"),
    "bn": ("বৃষ্টির দিনের খেলা", "ঘরে করার পাঁচটি কাজ।", "কাগজ"),
    "ti": ("ንጥፈታት ናይ ዝናብ መዓልቲ", "ኣብ ገዛ ዝግበሩ ሓሙሽተ ነገራት።", "ወረቐት"),
    "zh": ("雨天活动包", "五件可以在家做的事。", "纸和铅笔"),
}


@pytest.fixture
def campaign_job(make_job):
    """The job of a poster or a card in a language."""

    def make(variant, tag, *, title="", summary="", content=DOT, **changes):
        own, said, materials = PACKS.get(tag, ("Rain", "Five things to do.", "Paper"))
        job = make_job(content, tag=tag, **changes)
        campaign = Campaign(
            heading=Phrase(title or own, tag),
            summary=Phrase(summary or said, tag),
            details=(("ages", Phrase("3–11", tag)), ("materials", Phrase(materials, tag))),
        )
        path = job.pdf_path.with_suffix(".png" if variant.is_picture else ".pdf")
        job = replace(
            job, variant=variant, campaign=campaign, pdf_path=path, title=campaign.heading
        )
        for sheet in job.style_paths:
            shutil.copy(THEME / sheet.name, sheet)
        return job

    return make


def size_of(data: bytes) -> tuple[int, int]:
    box = PdfReader(BytesIO(data)).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


@pytest.mark.parametrize("tag", PACKS)
def test_a_card_is_small_and_says_what_is_on_it_in_the_readers_language_alone(
    campaign_job, cache_dir, tag
):
    data = render_leaflet(campaign_job(CARD, tag), cache_dir=cache_dir)
    facts = read_picture(data)
    title, summary, materials = PACKS[tag]
    assert (facts.width, facts.height) == (1200, 630)
    assert len(data) < 60_000
    assert facts.text.splitlines()[0] == title
    assert summary in facts.text
    assert "This is a demonstration" in facts.text  # in the interface of this test
    assert "Rest at home" not in facts.text
    assert materials not in facts.text
    with Image.open(BytesIO(data)) as picture:
        assert len(picture.getcolors()) > 8, "letters with soft edges, not an empty sheet"


def test_the_same_input_gives_the_same_bytes(campaign_job, cache_dir):
    job = campaign_job(CARD, "ar")
    assert render_leaflet(job, cache_dir=cache_dir) == render_leaflet(job, cache_dir=cache_dir)


@pytest.mark.parametrize(("variant", "wanted"), [(A4, (210, 297)), (A3, (297, 420))])
def test_a_poster_is_one_tagged_sheet_with_all_its_words(campaign_job, cache_dir, variant, wanted):
    job = campaign_job(variant, "ar")
    data = render_leaflet(job, cache_dir=cache_dir)
    facts = read_facts(data)
    assert size_of(data) == wanted
    assert len(PdfReader(BytesIO(data)).pages) == 1
    assert (facts.language, facts.is_tagged, facts.missing_glyphs) == ("ar", True, 0)
    for word in ("أنشطة", "ممطر", "0800", "11", "999", "3–11", "وقلم", "Rest at home"):
        assert word in facts.text
    # the address in one piece, for who types it
    assert "https://health.example.org/ar/covid-19/rest/" in re.sub(r"\s", "", facts.text)
    assert len(data) < 150_000


def test_a_square_picture_has_the_first_picture_of_the_page(campaign_job, cache_dir):
    data = render_leaflet(campaign_job(PICTURE, "bn"), cache_dir=cache_dir)
    with Image.open(BytesIO(data)) as picture:
        assert picture.size == (1080, 1080)
        colours = {colour for _, colour in picture.convert("RGB").getcolors()}
    assert any(abs(r - 0x0B) + abs(g - 0x5C) + abs(b - 0x6B) < 24 for r, g, b in colours)


def test_numbers_stand_the_right_way_round_in_right_to_left_text(campaign_job):
    job = campaign_job(A4, "ar")
    html = compose_campaign(job.page_path.read_bytes(), job).html.decode()
    assert '<bdi dir="ltr">0800 11 11</bdi> أو <bdi dir="ltr">999</bdi>.' in html
    assert '<bdi dir="ltr">3–11</bdi>' in html


def test_a_phone_number_is_in_one_piece_in_every_language(campaign_job):
    job = campaign_job(CARD, "so", summary="Wac 0800 11 11, ama +44 20 7946 0018, 3 ilaa 11.")
    html = compose_campaign(job.page_path.read_bytes(), job).html.decode()
    one, other = '<bdi dir="ltr">0800 11 11</bdi>', '<bdi dir="ltr">+44 20 7946 0018</bdi>'
    assert f"Wac {one}, ama {other}, 3 ilaa <bdi" in html


@pytest.mark.parametrize(
    ("variant", "title"), [(A4, "Qandho " * 300), (CARD, "x" * 2000), (CARD, "雨" * 2000)]
)
def test_a_title_of_two_thousand_signs_is_cut_and_stays_on_the_page(
    campaign_job, cache_dir, variant, title
):
    job = campaign_job(variant, "zh" if "雨" in title else "so", title=title, summary=title)
    data = render_leaflet(job, cache_dir=cache_dir)
    heading = said_on(job.campaign, job.locale)[0]
    assert heading.endswith("…")
    assert len(heading) <= 161
    if variant is A4:
        assert len(PdfReader(BytesIO(data)).pages) == 1


def test_of_a_sentence_that_is_too_long_nothing_is_said_for_half_may_say_the_opposite(campaign_job):
    # Tamil says "do not" with the last word.
    summary = "ஆஸ்பிரின் மாத்திரையைக் குழந்தைகளுக்குக் " * 9 + "கொடுக்காதீர்கள்."
    job = campaign_job(A4, "ta", title="மழை", summary=summary, content="<p></p>")
    assert said_on(job.campaign, job.locale) == ("மழை", "3–11", "Paper")
    assert "ஆஸ்பிரின்" not in compose_campaign(job.page_path.read_bytes(), job).html.decode()


def test_markup_in_front_matter_is_text(campaign_job, cache_dir):
    job = campaign_job(CARD, "en", title='<img src="file:///etc/passwd"> & <b>Rain</b>')
    html = compose_campaign(job.page_path.read_bytes(), job).html
    assert b"&lt;img" in html
    assert b"<img" not in html
    said = read_picture(render_leaflet(job, cache_dir=cache_dir)).text
    assert said.startswith('<img src="file:///etc/passwd"> & <b>Rain</b>\n')


@pytest.mark.parametrize(
    ("source", "told"),
    [("../../../../secret.svg", "outside the site"), ("images/none.svg", "Failed to load image")],
)
def test_a_picture_that_cannot_be_shown_costs_its_poster_and_no_card(
    campaign_job, cache_dir, tmp_path, source, told
):
    (tmp_path / "secret.svg").write_text("<svg/>")
    content = f'<p><img src="{source}" alt="•"></p>'
    poster = campaign_job(A4, "so", content=content)
    with pytest.raises(PdfError, match=told):
        render_leaflet(poster, cache_dir=cache_dir)
    card = campaign_job(CARD, "so", content=content)
    assert render_leaflet(card, cache_dir=cache_dir).startswith(b"\x89PNG")


def test_pictures_of_other_sites_and_without_a_text_are_passed_over(campaign_job):
    content = (
        '<img src="https://x.example/a.png" alt="x"><img src="data:image/png;base64,AA" alt="x">'
        f'<img src="images/dot.svg" alt=" ">{DOT}'
    )
    job = campaign_job(A4, "so", content=content)
    (picture,) = compose_campaign(job.page_path.read_bytes(), job).pictures
    assert picture.name == "dot.svg"


def test_a_heading_of_nothing_is_refused(campaign_job):
    job = campaign_job(CARD, "so", title=" ")
    with pytest.raises(PdfError, match="This card has no heading"):
        compose_campaign(job.page_path.read_bytes(), job)


def test_a_control_character_is_refused_in_words(campaign_job):
    job = campaign_job(CARD, "so", title="Xir\x01mada")
    with pytest.raises(PdfError, match="a character that nothing can show"):
        compose_campaign(job.page_path.read_bytes(), job)


def test_a_letter_that_no_font_has_stops_the_card(campaign_job, cache_dir):
    with pytest.raises(PdfError, match=r"U\+13000"):
        render_leaflet(campaign_job(CARD, "so", title="𓀀"), cache_dir=cache_dir)


def test_what_is_no_picture_says_nothing():
    assert (read_picture(b"GIF89a").width, read_picture(b"\x89PNG\r\n\x1a\n").text) == (0, "")


def test_cards_are_kept_like_leaflets_and_made_anew_where_cut_off(
    campaign_job, cache_dir, tmp_path
):
    own = tmp_path / "cache"
    own.mkdir()
    (own / "fonts").symlink_to((cache_dir / "fonts").resolve())
    job = campaign_job(CARD, "so")
    render_all([job], workers=1, cache_dir=own)
    before = job.pdf_path.read_bytes()
    assert render_all([job], workers=1, cache_dir=own).cached == 1
    (kept,) = (own / "leaflets").glob("*.png")
    kept.write_bytes(before[:-5])
    assert render_all([job], workers=1, cache_dir=own).rendered == 1
    assert job.pdf_path.read_bytes() == before
