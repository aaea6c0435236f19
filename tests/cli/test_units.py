"""What a sign-off names: the text in both languages, and the pictures as they are published."""

import pytest

from pipeline.catalogs import read_catalog
from pipeline.cli.units import digest_maker, digest_pictures, unit_digests
from pipeline.config import load_project
from pipeline.content import read_documents
from pipeline.content.assets import read_assets
from pipeline.ledger import unit_digest
from pipeline.model import UnitKey
from pipeline.segments import split

PHONE = UnitKey(None, "A phone")


@pytest.fixture
def digests(place, pipeline):
    """The digests of the resource as it stands on the disk now."""
    picture = place.resource.parent / "images/phone.svg"
    picture.parent.mkdir()
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"><title>a</title></svg>', "utf-8")
    place.resource.write_text(
        place.resource.read_text("utf-8") + "\n![A phone](images/phone.svg)\n", "utf-8"
    )
    assert pipeline("sync").code == 0

    def read(tag: str | None = None):
        project = load_project(place.root)
        document = read_documents(project).document("covid-19/fever")
        segments = split(document.text)
        pictures = digest_pictures(read_assets(project.content_dir)[0])
        catalog = read_catalog(place.catalog) if tag else None
        return unit_digests(segments, catalog, digest_maker(document, segments, pictures))

    return read


def test_without_pictures_it_is_the_digest_of_the_text(digests):
    water = UnitKey(None, "Drink water often.")
    assert digests()[water] == unit_digest(water)


def test_another_picture_asks_for_another_look_at_its_text_alone(place, digests):
    before = digests()
    picture = place.resource.parent / "images/phone.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"><title>b</title></svg>', "utf-8")
    after = digests()
    assert [key for key in before if before[key] != after[key]] == [PHONE]


def test_what_is_taken_out_before_publication_is_not_signed(place, digests):
    before = digests()
    picture = place.resource.parent / "images/phone.svg"
    text = picture.read_text("utf-8").replace("</svg>", "<script>go()</script></svg>")
    picture.write_text(text, "utf-8")
    assert digests() == before


def test_a_picture_that_is_gone_is_another_picture(place, digests):
    before = digests()[PHONE]
    (place.resource.parent / "images/phone.svg").unlink()
    assert digests()[PHONE] != before


def test_a_locale_has_the_units_that_are_translated_only(place, digests):
    assert digests("so") == {}
    place.translate({"Drink water often.": "Biyo badan cab.", "A phone": "Taleefan"})
    found = digests("so")
    assert [key.msgid for key in found] == ["Drink water often.", "A phone"]
    water = UnitKey(None, "Drink water often.")
    assert found[water] == unit_digest(water, "Biyo badan cab.")
