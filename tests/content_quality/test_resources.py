"""What ships is complete and safe: structure, sources, pictures, links, emergency numbers."""

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise
from pathlib import Path

import markdown
import pytest
import yaml
from lxml import html

from pipeline.config import load_project
from pipeline.content import parse_metadata, read_documents

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
WRITTEN = date(2026, 11, 26)
LIBRARY = read_documents(load_project(ROOT), today=WRITTEN)
DOCUMENTS = LIBRARY.documents
PICTURES = sorted(CONTENT.glob("*/images/*"))

#: Every number that a reader may dial or text, with who answers.
NUMBERS = {
    "999": "emergency services",
    "111": "NHS 111",
    "18001": "text relay before 111",
    "116123": "Samaritans",
    "85258": "SHOUT",
    "08082000247": "National Domestic Abuse Helpline",
    "08001111": "Childline",
}

each_resource = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.slug)
each_picture = pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)


def get_body(document):
    return document.text.split("---\n", 2)[2]


def render(document):
    """The page as the website makes it: the extensions are those of mkdocs.yml."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    names, options = [], {}
    for entry in settings["markdown_extensions"]:
        name, chosen = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        names.append(name)
        options[name] = chosen
    text = markdown.markdown(get_body(document), extensions=names, extension_configs=options)
    return html.fragment_fromstring(text, create_parent="main")


def get_text(page):
    return " ".join(text.strip() for text in page.xpath("//text()[not(ancestor::comment())]"))


def test_the_topics_are_covered():
    assert LIBRARY.errors == ()
    assert LIBRARY.warnings == ()
    assert [str(document.id) for document in DOCUMENTS] == [
        "covid-19/long-covid",
        "covid-19/look-after-yourself-at-home",
        "covid-19/protect-someone-at-higher-risk",
        "covid-19/vaccination",
        "covid-19/wash-your-hands",
        "covid-19/when-to-get-help",
        "single-parents/money-and-food-help",
        "single-parents/park-activities",
        "single-parents/rainy-day-activities",
        "single-parents/your-wellbeing",
        "using-the-nhs/ask-for-an-interpreter",
        "using-the-nhs/register-with-a-gp",
        "using-the-nhs/which-service-to-use",
    ]


@each_resource
def test_sources_are_named_with_address_and_date(document):
    metadata = document.metadata

    assert len(metadata.sources) >= 3
    for source in metadata.sources:
        assert source.title
        assert source.url.startswith("https://")
        assert source.checked <= metadata.last_checked
    assert metadata.last_checked < metadata.review_by


@each_resource
def test_headings_start_at_two_and_skip_no_level(document):
    levels = [int(heading.tag[1]) for heading in render(document).xpath("//h1|//h2|//h3|//h4")]

    assert levels[0] == 2
    for above, below in pairwise(levels):
        assert 2 <= below <= above + 1


@each_resource
def test_every_picture_is_described_and_there(document):
    images = render(document).xpath("//img")

    assert images
    for image in images:
        assert len(image.get("alt", "").split()) >= 4
        assert (document.path.parent / image.get("src")).is_file()


@each_resource
def test_links_say_where_they_lead_and_lead_there(document):
    for link in render(document).xpath("//a[not(contains(@class, 'footnote'))]"):
        text, address = link.text_content().strip().lower(), link.get("href")
        assert len(text) >= 3, address
        assert not re.search(r"click|^here$|^this$|^link$|^more$|https?:", text), text
        if not address.startswith("https://"):
            path = document.path.parent / address.partition("#")[0]
            assert path.resolve().is_relative_to(CONTENT), address
            assert path.is_file(), address


@each_resource
def test_no_marker_is_left_over_on_the_page(document):
    text = get_text(render(document))

    for marker in ("!!!", "???", "===", "{:", "{.", "{#", "[^", "*[", "](", "[ ]", "**", "|"):
        assert marker not in text


@each_resource
def test_abbreviations_are_explained(document):
    page = render(document)
    explained = {found.text_content() for found in page.xpath("//abbr")}
    used = set(re.findall(r"\b(?:[A-Z]&[A-Z]|[A-Z]{2,})\b", get_text(page)))
    names = {"COVID", "SHOUT", "UK", "GOV", "HC"}  # HC1 is the name of a form

    assert used - explained - names == set()
    for label in re.findall(r"^\*\[([^\]]+)\]:", get_body(document), re.MULTILINE):
        assert label in explained, f"{label} is explained and never used"


@each_resource
def test_numbers_to_dial_are_british_and_right(document):
    text = get_text(render(document))
    dialled = re.findall(
        r"\b(?:[Cc]all|[Tt]ext|[Pp]hone|[Dd]ial|on|to)\s+(\d{3,5}(?:\s\d{3,4}){0,2})\b", text
    )
    long_numbers = re.findall(r"\b0\d{2,4}(?:\s\d{3,4}){1,2}\b", text)

    for number in dialled + long_numbers:
        parts = [number.replace(" ", "")]
        if parts[0] not in NUMBERS:
            parts = number.split()
        assert all(part in NUMBERS for part in parts), number
    assert not re.search(r"\b(?:911|112|000)\b", text)


@each_resource
def test_what_could_harm_is_marked_critical(document):
    body = get_body(document)
    marked = re.findall(r"<!-- critical -->|^!!! \w+ critical |\.critical", body, re.MULTILINE)

    assert marked
    if document.metadata.risk == "clinical":
        assert re.search(r'^!!! danger critical "', body, re.MULTILINE)
        assert "999" in body
        assert "111" in body


CLAIMS = {
    "covid-19/look-after-yourself-at-home": [
        "Try to stay at home for 5 days",
        "aged 18 or under",
        "Try to keep your child at home for 3 days",
        "Keep away from people at higher risk for 10 days",
        "Do not take more than the dose on the packet",
        "Do not give honey to a baby under 12 months old",
        "Do not give aspirin to a child under 16",
    ],
    "covid-19/when-to-get-help": [
        "too breathless to say a short sentence",
        "blue, grey, very pale or blotchy skin, lips or tongue",
        "new confusion, or very hard to wake",
        "sudden chest pain",
        "a rash that does not fade when you roll a glass over it",
        "coughing up blood",
        "a fit",
        "the palms of the hands or the soles of the feet",
        "the temperature is 38°C or higher",
        "the temperature is 39°C or higher",
        "for anyone aged 5 or over",
    ],
    "covid-19/protect-someone-at-higher-risk": ["higher risk for 10 days after your test"],
    "covid-19/long-covid": ["4 weeks or more"],
    "single-parents/your-wellbeing": ["Never shake a baby", "Call 111 and choose option 2"],
    "using-the-nhs/register-with-a-gp": ["proof of address", "an NHS number"],
}


@each_resource
def test_three_questions_are_asked_and_answered_from_the_text(document):
    questions = document.metadata.questions
    assert len({item.question for item in questions}) == 3
    text = get_text(render(document))
    for item in questions:
        assert item.question.rstrip('"').endswith("?")
        for number in re.findall(r"\d+", item.answer):
            assert re.search(rf"(?<!\d){number}(?!\d)", text), item.answer


@pytest.mark.parametrize("name", CLAIMS)
def test_safety_facts_stand_as_the_sources_give_them(name):
    document = next(document for document in DOCUMENTS if str(document.id) == name)
    text = " ".join(render(document).text_content().split())

    for claim in CLAIMS[name]:
        assert claim in text


@pytest.mark.parametrize(
    ("construct", "path"),
    {
        "admonition": "//div[contains(@class, 'admonition') and contains(@class, 'critical')]",
        "list in an admonition": "//div[contains(@class, 'admonition')]//ul/li",
        "content tabs": "//div[contains(@class, 'tabbed-set')]",
        "details": "//details/summary",
        "footnote": "//div[@class='footnote']",
        "definition list": "//dl/dt",
        "table": "//table//td",
        "task list": "//input[@type='checkbox']",
        "abbreviation": "//abbr[@title]",
        "nested list": "//ol/li/ul/li",
        "attributes on a heading": "//h2[@class='sheet']",
        "id on a heading": "//h3[@id='pacing']",
        "attributes on a paragraph": "//p[@class='critical']",
        "attributes on a picture": "//img[@class='illustration']",
        "Markdown in HTML": "//div[@class='card' and @lang='en']/p/strong",
        "picture": "//img[@alt]",
        "link to a resource": "//a[contains(@href, '.md')]",
        "link to another site": "//a[starts-with(@href, 'https:')]",
        "critical directive": "//comment()[normalize-space() = 'critical']",
        "note to translators": "//comment()[contains(., 'translators:')]",
        "context": "//comment()[contains(., 'context:')]",
        "no-translate": "//comment()[normalize-space() = 'no-translate']",
    }.items(),
)
def test_the_set_uses_every_construct_that_authors_use(construct, path):
    assert any(render(document).xpath(path) for document in DOCUMENTS), construct


@pytest.mark.parametrize("slug", ["rainy-day-activities", "park-activities"])
def test_a_pack_has_sheets_ages_and_times(slug):
    page = render(next(document for document in DOCUMENTS if document.slug == slug))

    assert len(page.xpath("//h2[@class='sheet']")) == 3
    assert page.xpath("//table[1]//th/text()")[:4] == [
        "Activity",
        "Ages",
        "Time",
        "What you need",
    ]


@each_picture
def test_a_picture_is_a_plain_drawing(path):
    source = path.read_text(encoding="utf-8")
    root = ET.fromstring(source)  # noqa: S314  # our own files
    tags = {element.tag.rpartition("}")[2] for element in root.iter("*")}

    assert root.get("viewBox")
    assert tags <= {"svg", "g", "path", "rect", "circle", "ellipse"}  # no text, script or link
    assert not re.search(r"href|url\(|style=|currentColor|\bon\w+=|<!DOCTYPE|<!ENTITY", source)
    assert path.stat().st_size < 6_000


@each_picture
def test_a_picture_has_a_light_ground_for_dark_pages(path):
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  # our own files
    ground, box = root[0], root.get("viewBox").split()

    assert [ground.get("width"), ground.get("height")] == box[2:]
    assert min(bytes.fromhex(ground.get("fill")[1:])) > 0xE0


def test_every_picture_is_used():
    used = {
        (document.path.parent / image.get("src")).resolve()
        for document in DOCUMENTS
        for image in render(document).xpath("//img")
    }
    used |= {
        (document.path.parent / document.video.poster).resolve()
        for document in DOCUMENTS
        if document.video
    }

    assert set(PICTURES) == used


def test_the_template_in_the_guide_is_valid():
    guide = (ROOT / "docs" / "guides" / "partners.md").read_text(encoding="utf-8")
    template = re.search(r"^## Template\n\n```markdown\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)

    reading = parse_metadata(
        template[1], path=Path("x.md"), topic="using-the-nhs", tags=["so", "ar"], today=WRITTEN
    )

    assert reading.errors == ()
    assert reading.warnings == ()
    assert reading.metadata.title == "Find a dentist"
