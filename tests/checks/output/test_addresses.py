"""Where addresses lead within the site."""

import pytest

from pipeline.checks.output.addresses import Place, find_place

SITE = "https://health.example.org/leaflets/"
PAGE = "so/covid-19/fever/index.html"


@pytest.mark.parametrize(
    ("address", "path", "fragment"),
    [
        ("../", "so/covid-19/index.html", ""),
        ("#rest", PAGE, "rest"),
        ("?q=1#rest", PAGE, "rest"),
        (" fever.pdf ", "so/covid-19/fever/fever.pdf", ""),
        ("a%20b.svg", "so/covid-19/fever/a b.svg", ""),
        ("../#%D8%B1", "so/covid-19/index.html", "ر"),
        ("/leaflets/ar/", "ar/index.html", ""),
        ("https://health.example.org/leaflets/", "index.html", ""),
        ("//health.example.org/leaflets/ar/", "ar/index.html", ""),
        # Above the site, on the same host: nobody knows what is there.
        ("/ar/", None, ""),
        ("../../../../ar/", None, ""),
        ("http://[", None, ""),
    ],
)
def test_addresses_within_the_site(address, path, fragment):
    assert find_place(address, PAGE, SITE) == Place(path=path, fragment=fragment)


@pytest.mark.parametrize(
    "address",
    ["https://www.nhs.uk/", "//elsewhere.example/x", "tel:999", "mailto:a@b.example", "data:,x",
     "https://health.example.org/other/", "javascript:x"],
)  # fmt: skip
def test_addresses_of_other_places(address):
    assert find_place(address, PAGE, SITE) is None
