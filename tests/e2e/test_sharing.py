"""The cards and posters that ship."""

import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader

pytestmark = pytest.mark.e2e
PACK = "single-parents/rainy-day-activities"


def test_every_page_that_can_be_read_has_a_small_card_and_no_other_page_has(built):
    for entry in built.manifest()["resources"]:
        cards = [each for each in entry["pictures"] if each["variant"] == "card"]
        assert len(cards) == bool(entry["pdfs"]), entry
        for card in cards:
            assert card["bytes"] < 60_000
            with Image.open(built.site / card["path"]) as picture:
                assert picture.size == (1200, 630)


@pytest.mark.parametrize("tag", ["en", "so", "ar", "bn", "pl"])
def test_an_activity_pack_has_posters_and_a_picture_to_share(built, tag):
    folder = built.site / tag / PACK
    for size in ("a4", "a3"):
        reader = PdfReader(folder / f"rainy-day-activities-poster-{size}.pdf")
        assert len(reader.pages) == 1
        assert reader.trailer["/Root"]["/Lang"] == tag
    with Image.open(folder / "rainy-day-activities-picture-card.png") as picture:
        assert picture.size == (1080, 1080)
        said = picture.info["Description"]
    assert "৩ থেকে ১১" in said if tag == "bn" else "11" in said
    with zipfile.ZipFile(built.site / tag / f"{tag}.zip") as archive:
        assert f"{PACK}/rainy-day-activities-poster-a3.pdf" in archive.namelist()


def test_a_page_that_is_not_there_in_a_language_names_no_card(built):
    folder = built.site / "ti" / PACK
    assert "og:image" not in (folder / "index.html").read_text(encoding="utf-8")
    assert list(folder.glob("*.png")) == []
