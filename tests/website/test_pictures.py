"""A language's own pictures on a page: wherever the source's is shown, and nowhere else."""

import pytest

from pipeline.website.pictures import localise_pictures

URL = "covid-19/fever/"
NAMES = {
    "covid-19/images/phone.svg": "covid-19/images/phone.1a2b3c4d.svg",
    "covid-19/a b.png": "covid-19/a b.1a2b3c4d.png",
}


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            '<img alt="Telefoon" src="../images/phone.svg" />',
            '<img alt="Telefoon" src="../images/phone.1a2b3c4d.svg" />',
        ),
        ('<img alt="x" src="../a%20b.png">', '<img alt="x" src="../a%20b.1a2b3c4d.png">'),
        (
            "<picture><source srcset='../images/phone.svg 2x, ../other.svg'></picture>",
            '<picture><source srcset="../images/phone.1a2b3c4d.svg 2x, ../other.svg"></picture>',
        ),
        (
            '<img alt="a > b" src=../images/phone.svg>',
            '<img alt="a > b" src="../images/phone.1a2b3c4d.svg">',
        ),
    ],
)
def test_each_address_of_the_picture_is_that_of_their_own(html, shown):
    assert localise_pictures(html, URL, NAMES) == shown


@pytest.mark.parametrize(
    "html",
    [
        '<img src="../images/other.svg">',
        '<img src="https://example.org/covid-19/images/phone.svg">',
        '<img src="//example.org/images/phone.svg">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="http://[">',
        '<a href="../images/phone.svg">the English card</a>',
        "<code>&lt;img src=&quot;../images/phone.svg&quot;&gt;</code>",
        '<img alt="src=../images/phone.svg" src="x.png">',
        """<img alt='the src="../images/phone.svg" of it' src="x.png">""",
        "<img src",
    ],
)
def test_everything_else_stays_to_the_byte(html):
    assert localise_pictures(html, URL, NAMES) == html
