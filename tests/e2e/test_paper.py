"""What a browser prints, as real Chromium does."""

from io import BytesIO

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.e2e

AT_HOME = "so/covid-19/look-after-yourself-at-home/"
RAINY_DAY = "so/single-parents/rainy-day-activities/"
DEMONSTRATION = "Tani waa bandhig tijaabo ah."


def print_page(page) -> list[str]:
    """The text of each sheet."""
    data = page.pdf(format="A4", prefer_css_page_size=True)
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(data)).pages]


def test_paper_has_all_that_can_be_opened_and_nothing_to_press(visit):
    sheets = print_page(visit(AT_HOME))
    text = " ".join(sheets)
    for number, sheet in enumerate(sheets, 1):
        assert sheet.startswith(f"{number} / {len(sheets)} {DEMONSTRATION}")
    assert "Isku day inaad guriga joogto 5 maalmood." in text  # the first tab
    assert "Isku day in ilmahaagu guriga joogo 3 maalmood." in text  # the second
    assert "Dadka badankood uma baahna." in text  # the answer below a question that is closed
    assert "(https://www.nhs.uk/conditions/covid-19/)" in text
    for pressed in ("PDF", "WhatsApp", "Luqadaha"):
        assert pressed not in text
    # Chromium breaks pages elsewhere, not much later than the leaflet.
    assert len(sheets) <= 5


def test_each_activity_sheet_has_a_sheet_of_paper(visit):
    sheets = print_page(visit(RAINY_DAY))
    titles = ("Warqadda 1:", "Warqadda 2:", "Warqadda 3:")
    found = [title for sheet in sheets for title in titles if title in sheet]
    assert found == list(titles)
    assert all(sum(title in sheet for title in titles) <= 1 for sheet in sheets)
