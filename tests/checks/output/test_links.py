"""Addresses that lead to what is not there."""

from dataclasses import replace

import pytest

from pipeline.checks.output.links import check_dead_link

SOMALI = "so/covid-19/fever/index.html"
NOT_THERE = "This leads to something that is not there: "
NO_PART = "This leads to a part of the page that is not there: "


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("../cough/", NOT_THERE + "../cough/"),
        ("../", None),
        ("..", None),
        ("../../covid-19", NOT_THERE + "../../covid-19"),
        ("../../../ur/covid-19/fever/", NOT_THERE + "../../../ur/covid-19/fever/"),
        ("#rest", None),
        ("#nasasho", NO_PART + "#nasasho"),
        ("#", None),
        ("#top", None),
        ("../../../ar/covid-19/fever/#rest", None),
        ("../../../ar/covid-19/fever/#راحة", NO_PART + "../../../ar/covid-19/fever/#راحة"),
        ("https://health.example.org/so/", None),
        (
            "https://health.example.org/so/cough/",
            NOT_THERE + "https://health.example.org/so/cough/",
        ),
        ("fever.pdf#page=2", None),
        ("https://www.nhs.uk/nothing", None),
        ("tel:111", None),
        ("mailto:a@example.org?subject=x", None),
        ("", "A link leads nowhere: its address is empty."),
        ("https://[", "This leads out of the site: https://["),
    ],
)
def test_links_of_a_page(broken, tell, address, message):
    site = broken(SOMALI, "<h1>", f'<a href="{address}">x</a><h1>')
    severity = "minor" if message and message.startswith(NO_PART) else "major"
    wanted = [f"{severity} {SOMALI}:13 {message}"] if message else []
    assert tell(check_dead_link(site)) == wanted


@pytest.mark.parametrize(
    ("fragment", "wanted"),
    [("rest", []), ("gone", [f"minor {SOMALI}:13 {NO_PART}../../../ar/covid-19/fever/#gone"])],
)
def test_a_part_of_a_page_that_only_stands_beside_what_changed(broken, tell, fragment, wanted):
    """Of such a page the head alone is read, until somebody leads to a part of it."""
    address = f"../../../ar/covid-19/fever/#{fragment}"
    site = broken(SOMALI, "<h1>", f'<a href="{address}">x</a><h1>')
    site = replace(site, beside=frozenset({"ar/covid-19/fever/index.html"}))
    assert tell(check_dead_link(site)) == wanted


@pytest.mark.parametrize(
    "element",
    [
        '<img src="{}" alt="x">',
        '<img srcset="{} 2x" alt="x">',
        '<script src="{}"></script>',
        '<form action="{}"></form>',
        '<video poster="{}"></video>',
        '<div style="background: url({})"></div>',
        '<ol data-index="{}"></ol>',
    ],
)
def test_whatever_leads_somewhere_is_followed(broken, tell, element):
    site = broken(SOMALI, "<h1>", element.format("gone.svg") + "<h1>")
    assert tell(check_dead_link(site)) == [f"major {SOMALI}:13 {NOT_THERE}gone.svg"]


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        ("index.html", 'href="ar/"', 'href="ur/"', NOT_THERE + "ur/"),
        ("404.html", 'href="/ar/"', 'href="/ur/"', NOT_THERE + "/ur/"),
        (
            "404.html",
            'href="/ar/"',
            'href="ar/"',
            "From a page that stands at any depth, this leads astray: ar/",
        ),
        (
            "assets/site.css",
            "color: black",
            "background: url('../images/dot.svg')",
            NOT_THERE + "../images/dot.svg",
        ),
        (
            "robots.txt",
            "/sitemap.xml",
            "/map.xml",
            NOT_THERE + "https://health.example.org/map.xml",
        ),
        (
            "sitemap.xml",
            "/ar/sitemap.xml",
            "/ur/sitemap.xml",
            NOT_THERE + "https://health.example.org/ur/sitemap.xml",
        ),
        ("so/search/search_index.json", "#rest", "#nasasho", NO_PART + "covid-19/fever/#nasasho"),
        ("so/search/search_index.json", "fever/#rest", "cough/", NOT_THERE + "covid-19/cough/"),
        (
            "so/search/search_index.json",
            '{"docs"',
            '{"dogs"',
            "A link leads nowhere: its address is empty.",
        ),
    ],
)
def test_links_of_other_files(broken, tell, path, old, new, message):
    line = "1" if path.endswith(".html") else "-"
    severity = "minor" if message.startswith(NO_PART) else "major"
    assert tell(check_dead_link(broken(path, old, new))) == [f"{severity} {path}:{line} {message}"]


def test_a_font_that_only_some_pages_need_may_be_left_out_of_a_site_that_has_none(broken, tell):
    face = '@font-face {{ font-family: "Spare"; src: local("X"), url("gone.woff"){} }} body {{'
    spare = face.format("; unicode-range: U+600-6FF")
    assert check_dead_link(broken("assets/site.css", "body {", spare)) == ()
    every = face.format("")
    assert tell(check_dead_link(broken("assets/site.css", "body {", every))) == [
        f"major assets/site.css:- {NOT_THERE}gone.woff"
    ]
