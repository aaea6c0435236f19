"""What comes out: text that can be read back, tags, and no silent substitutes."""

import dataclasses
import hashlib
import inspect
import re
import shutil
import subprocess
from io import BytesIO

import pytest
from pypdf import PdfReader

from pipeline.errors import MachineError, PdfError
from pipeline.model import Phrase
from pipeline.pdf import read_facts, render_leaflet

DOSE = '<bdi dir="ltr">2–3 × 500 mg</bdi>'
PHONE = '<bdi dir="ltr">+44 (0)20 7946 0018</bdi>'

#: A sentence of each script that is read back from the PDF, word by word.
SENTENCES = {
    "so": "Guriga joog oo naso ilaa aad ka fiicnaato.",
    "pl": "Zostań w domu i odpoczywaj, aż poczujesz się lepiej.",
    "ar": "يمكنك تناول الدواء مع الطعام والراحة في المنزل",
    "fa": "در خانه بمانید و استراحت کنید تا بهتر شوید",
    "ur": "گھر پر رہیں اور آرام کریں",
    "ps": "په کور کې پاتې شئ او آرام وکړئ",
    "ckb": "لە ماڵەوە بمێننەوە و پشوو بدەن تا باشتر دەبن",
    "am": "ቤት ይቆዩ እና ይረፉ",
    "bn": "আপনি বাড়িতে থাকুন এবং বিশ্রাম নিন",
    "gu": "ઘરે રહો અને આરામ કરો ત્યાં સુધી",
    "pa": "ਘਰ ਰਹੋ ਅਤੇ ਆਰਾਮ ਕਰੋ ਜਦੋਂ ਤੱਕ ਠੀਕ ਨਹੀਂ",
    "ta": "வீட்டில் இருங்கள் ஓய்வு எடுங்கள்",
    "ne": "घरमै बस्नुहोस् र आराम गर्नुहोस्",
    "ti": "ኣብ ገዛ ኮይንኩም ዕረፉ",
    "uk": "Залишайтеся вдома і відпочивайте.",
    "zh": "请留在家中好好休息",
}
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def render(cache_dir):
    return lambda job: render_leaflet(job, cache_dir=cache_dir)


def read_back(data: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (apt-get install poppler-utils)")
    text = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    return MARKS.sub("", text)


@pytest.mark.unwatched
@pytest.mark.parametrize("tag", SENTENCES)
def test_the_text_of_every_script_can_be_read_back(make_job, render, tag):
    text = read_back(render(make_job(f"<p>{SENTENCES[tag]}</p>", tag=tag)))
    assert SENTENCES[tag] in text


def test_numbers_read_the_right_way_round_in_right_to_left_text(make_job, render):
    job = make_job(f"<p>خذ {DOSE} واتصل على {PHONE}.</p>", tag="ar")
    text = read_back(render(job))
    assert "2–3 × 500 mg" in text
    assert "+44 (0)20 7946 0018" in text


#: What is quoted, with English and with another quotation in it, and how it is set.
QUOTED = {
    "so": ('Dheh <q>haa, <q>maya</q> maaha</q> ama <q lang="en">I need help</q>.',
           "Dheh “haa, ‘maya’ maaha” ama “I need help”."),
    "fr": ('Dites <q>oui</q> ou <q lang="en">I need help</q>.',
           "Dites « oui » ou “I need help”."),
    "pl": ('Powiedz <q>tak, <q>nie</q></q> lub <q lang="en">I need help</q>.',
           "Powiedz „tak, «nie»” lub “I need help”."),
    # What is mirrored says which way it looks.
    "prs": ("بگویید <q>بلی</q>", "بگویید »بلی«"),
}  # fmt: skip


@pytest.mark.parametrize("tag", QUOTED)
def test_what_is_quoted_has_the_marks_of_its_language(make_job, render, tag):
    content, expected = QUOTED[tag]
    # Piece by piece: poppler puts a mark at the end of a right-to-left line at its beginning.
    pieces = read_facts(render(make_job(f"<p>{content}</p>", tag=tag))).text
    assert expected in pieces.replace("\n", "").replace("\u00a0", " ")


def test_marks_that_stand_in_the_text_stay_as_they_are(make_job, render):
    text = read_back(render(make_job('<p>Dites "oui", “oui” ou « oui ».</p>', tag="fr")))
    assert 'Dites "oui", “oui” ou « oui ».' in text


def test_title_language_and_bookmarks_are_set(make_job, render):
    job = make_job("<h2>Naso</h2><h3>Cab biyo</h3>", tag="so", title="Guriga", heading="Guriga")
    reader = PdfReader(BytesIO(render(job)))
    catalog = reader.trailer["/Root"]
    assert reader.metadata.title == "Guriga (Rest at home, Somali)"
    assert catalog["/Lang"] == "so"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    title, below = reader.outline
    assert title.title == "Guriga"
    assert [mark.title for mark in below if not isinstance(mark, list)] == ["Naso"]


def structure(data: bytes) -> list[dict]:
    reader = PdfReader(BytesIO(data))
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [item for item in objects if isinstance(item, dict)]


def test_it_is_tagged_and_says_that_it_is_accessible(make_job, render):
    data = render(
        make_job(
            "<table><thead><tr><th>Age</th></tr></thead><tbody><tr><th>3</th></tr></tbody></table>"
            '<p><a href="https://www.nhs.uk/">NHS</a></p>'
            '<img src="images/dot.svg" alt="A blue dot">'
        )
    )
    objects = structure(data)
    scopes = [item["/A"]["/Scope"] for item in objects if item.get("/S") == "/TH"]
    links = [item for item in objects if item.get("/Subtype") == "/Link"]
    pictures = [item["/Alt"] for item in objects if item.get("/S") == "/Figure"]
    assert scopes == ["/Column", "/Row"]
    assert {link["/Contents"] for link in links} >= {"https://www.nhs.uk/"}
    assert all(link["/F"] == 4 for link in links)
    assert "A blue dot" in pictures
    assert (
        b"pdfuaid:part" in data
        or b"pdfuaid"
        in PdfReader(BytesIO(data)).trailer["/Root"]["/Metadata"].get_object().get_data()
    )


def test_the_notice_and_the_page_number_stand_on_every_page(make_job, render):
    notice = Phrase(text="Tani waa tusaale.", locale="so")
    count = Phrase(text="Bogga {page} ee {pages}", locale="so")
    content = "<p>Naso.</p>" * 60
    interface = {"notice-demonstration": notice, "pdf-page": count}
    reader = PdfReader(BytesIO(render(make_job(content, tag="so", interface=interface))))
    assert len(reader.pages) > 1
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert "Tani waa tusaale." in text
        assert f"Bogga {number} ee {len(reader.pages)}" in text


def test_pages_are_counted_in_the_reader_s_digits(make_job, render):
    count = Phrase(text="{pages} পৃষ্ঠার {page}", locale="bn")
    assert "১ পৃষ্ঠার ১" in read_back(
        render(make_job("<p>বিশ্রাম</p>", tag="bn", interface={"pdf-page": count}))
    )


def test_each_sheet_has_a_page_of_its_own(make_job, render):
    content = '<p>a</p><h2 class="sheet">Sheet 1</h2><p>b</p><h2 class="sheet">Sheet 2</h2><p>c</p>'
    reader = PdfReader(BytesIO(render(make_job(f"{content}<h2>After</h2>"))))
    assert len(reader.pages) == 4


def test_the_same_page_gives_the_same_bytes_wherever_it_stands(make_job, render, tmp_path):
    content = '<p>استرح <a href="../rest/">هنا</a></p><img src="images/dot.svg" alt="نقطة">'
    job = make_job(content, tag="ar")
    shutil.copytree(job.site_root, tmp_path / "elsewhere")
    moved = tmp_path / "elsewhere" / job.page_path.relative_to(job.site_root)
    there = dataclasses.replace(job, page_path=moved, site_root=tmp_path / "elsewhere")
    assert render(job) == render(there)
    assert str(tmp_path).encode() not in render(job)


def test_only_the_fonts_that_were_asked_for_are_embedded(make_job, render):
    data = render(make_job("<p>استرح <b>الآن</b> 111</p>", tag="ar"))
    names = {item["/BaseFont"][8:] for item in structure(data) if item.get("/Type") == "/Font"}
    assert names <= {"Amiri", "Amiri-Bold", "Noto-Sans", "Noto-Sans-Bold"}
    assert "Amiri" in names


def test_a_character_without_a_glyph_names_itself_the_file_and_the_fonts(make_job, render):
    job = make_job("<p>Rest \U00013000 now.</p>")
    with pytest.raises(PdfError) as caught:
        render(job)
    assert "𓀀 (U+13000 EGYPTIAN HIEROGLYPH A001)" in caught.value.message
    assert "Noto Sans, Noto Sans Symbols" in caught.value.message
    assert caught.value.path == job.page_path


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/dot.svg",
        "file:///etc/hostname",
        "../../../../../outside.svg",
        "images/missing.svg",
    ],
)
def test_nothing_is_read_from_outside_the_site(make_job, render, tmp_path, source):
    (tmp_path / "outside.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    job = make_job(f'<img src="{source}" alt="A picture">')
    with pytest.raises(PdfError) as caught:
        render(job)
    assert caught.value.path == job.page_path
    assert source.rpartition("/")[2] in caught.value.message


def test_a_link_out_of_the_site_is_not_followed(make_job, render, tmp_path):
    (tmp_path / "outside.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    job = make_job('<img src="images/link.svg" alt="A picture">')
    (job.page_path.parent / "images/link.svg").symlink_to(tmp_path / "outside.svg")
    with pytest.raises(PdfError, match="outside"):
        render(job)


def test_a_mistake_in_the_style_sheet_is_told(make_job, render):
    job = make_job("<p>Rest</p>")
    with job.style_paths[0].open("a") as style:
        style.write("p { colour: red }")
    with pytest.raises(PdfError, match="colour"):
        render(job)


def test_a_font_of_the_table_that_is_not_there_is_told(make_job, render):
    job = make_job("<p>Rest</p>")
    locale = dataclasses.replace(job.locale, fonts=("Vazirmatn",))
    with pytest.raises(PdfError, match=r"Vazirmatn of English is not installed.*Amiri"):
        render(dataclasses.replace(job, locale=locale))


def test_the_way_weasyprint_marks_text_is_the_one_we_replace(render, make_job, monkeypatch):
    """Fails where WeasyPrint changes: read its Stream.marked, then mend pipeline/pdf/tags.py."""
    render(make_job("<p>Rest</p>"))
    import weasyprint  # noqa: PLC0415 - loads Pango, after the fonts were named to it
    from weasyprint.pdf import stream  # noqa: PLC0415

    from pipeline.pdf import tags  # noqa: PLC0415

    assert weasyprint.__version__ == tags.PATCHED_VERSION
    source = inspect.getsource(stream).encode()
    assert hashlib.sha256(source).hexdigest()[:16] == "4faf9169d1970d46"
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(MachineError, match=r"WeasyPrint 71\.0 is installed"):
        tags.install_readable_text()
