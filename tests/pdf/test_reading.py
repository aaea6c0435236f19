"""What is read back of a finished leaflet."""

import re
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject

from pipeline.pdf import read_facts, render_leaflet
from pipeline.pdf.reading import PdfFacts, in_reading_order

#: A sentence of each way of setting text: as it is, joined and turned round, changing places.
SENTENCES = {
    "so": "Guriga joog oo naso ilaa aad ka fiicnaato.",
    "ar": "يمكنك تناول الدواء مع الطعام، لكن اتصل بالرقم 111 NHS",
    "fa": "در خانه بمانید و ۲۴ ساعت استراحت کنید",
    "bn": "আপনি বাড়িতে থাকুন এবং বিশ্রাম নিন",
    "ti": "ኣብ ገዛ ኮይንኩም ዕረፉ",
    "zh": "请留在家中好好休息",
}


@pytest.fixture
def render(cache_dir):
    return lambda job: render_leaflet(job, cache_dir=cache_dir)


@pytest.mark.parametrize("tag", SENTENCES)
def test_the_words_of_every_script_come_back_in_the_order_in_which_they_are_read(
    make_job, render, tag
):
    facts = read_facts(render(make_job(f"<p>{SENTENCES[tag]}</p>", tag=tag, title="x")))
    assert SENTENCES[tag] in facts.text.splitlines()


def test_what_a_leaflet_says_of_itself(make_job, render):
    facts = read_facts(render(make_job("<p>Naso.</p>", tag="so", title="Nasasho")))
    assert facts.title == "Nasasho (Rest at home, Somali)"
    assert facts.language == "so"
    assert facts.is_tagged
    assert facts.missing_glyphs == 0
    assert facts.fault == ""


def test_what_a_leaflet_lacks(make_job, render):
    writer = PdfWriter(clone_from=BytesIO(render(make_job("<p>Rest.</p>"))))
    root = writer.root_object
    for name in ("/Lang", "/MarkInfo"):
        del root[NameObject(name)]
    writer.metadata = None
    out = BytesIO()
    writer.write(out)
    facts = read_facts(out.getvalue())
    assert (facts.title, facts.language, facts.is_tagged) == ("", "", False)


def test_a_sign_that_no_font_has_is_counted(make_job, render):
    """One glyph is exchanged for the one that fonts keep for what they do not have."""
    writer = PdfWriter(clone_from=BytesIO(render(make_job("<p>Zuu.</p>"))))
    page = writer.pages[0]
    drawing = page.get_contents()
    drawn = drawing.get_data()
    shown = re.findall(rb"\[(<[0-9a-f]{4}>)", drawn)
    drawing.set_data(drawn.replace(shown[-1], b"<0000>", 1))
    page.replace_contents(drawing)
    out = BytesIO()
    writer.write(out)
    assert read_facts(out.getvalue()).missing_glyphs > 0


@pytest.mark.parametrize("data", [b"", b"PDF", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"x" * 2000])
def test_what_is_no_pdf_is_told(data):
    facts = read_facts(data)
    assert facts.fault
    assert facts == PdfFacts(fault=facts.fault)


def test_half_of_a_leaflet_is_told(make_job, render):
    data = render(make_job("<p>Rest.</p>"))
    assert read_facts(data[: len(data) // 2]).fault


@pytest.mark.parametrize(
    ("glyphs", "text"),
    [
        (["R", "e", "s", "t"], "Rest"),
        (["ة", "ح", "ا", "ر"], "راحة"),
        (["9", "9", "9", " ", "ل", "ص", "ت", "ا"], "اتصل 999"),
        (["٥", "١", " ", "م", "و", "ي"], "يوم ٥١"),  # digits run from left to right
        (["م", "ا", "لا", "س"], "سلاام"),  # one glyph that stands for two letters
    ],
)
def test_reading_order(glyphs, text):
    assert in_reading_order(glyphs) == text
