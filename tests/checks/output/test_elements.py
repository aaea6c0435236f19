"""What pages are made of."""

from dataclasses import replace

import pytest

from pipeline.checks.output.elements import (
    check_duplicate_id,
    check_foreign_host,
    check_page_weight,
)

SOMALI = "so/covid-19/fever/index.html"
OTHER = "https://elsewhere.example/x"


@pytest.mark.parametrize(
    "element",
    [
        f'<script src="{OTHER}"></script>',
        f'<img src="{OTHER}" alt="Telefoon">',
        '<img src="//elsewhere.example/x" alt="هاتف">',
        f'<img srcset="a.png 1x, {OTHER} 2x" alt="x">',
        f'<link rel="stylesheet" href="{OTHER}">',
        f'<iframe src="{OTHER}"></iframe>',
        f'<p style="background: url({OTHER})">x</p>',
        f"<style>@import '{OTHER}';</style>",
        f'<svg><image href="{OTHER}"/></svg>',
    ],
)
def test_what_is_loaded_from_another_site(broken, element):
    (finding,) = check_foreign_host(broken(SOMALI, "<h1>", f"{element}<h1>"))
    assert finding.severity == "critical"
    assert finding.message.startswith("This is loaded from another site: ")
    assert "//elsewhere.example/x" in finding.message


FILM = f'<video preload="none" controls><source src="{OTHER}.mp4"></video>'
POLICY = '<meta http-equiv="Content-Security-Policy" content="{}"><title>'


@pytest.mark.parametrize(
    ("policy", "element", "told"),
    [
        ("media-src 'self' https://elsewhere.example", FILM, None),
        ("media-src 'self'", FILM, f"The page's policy does not let this be played: {OTHER}.mp4"),
        (
            "media-src 'self' https://elsewhere.example",
            FILM.replace("none", "metadata"),
            f"This is loaded from another site: {OTHER}.mp4",
        ),
        (
            "media-src https://elsewhere.example",
            FILM.replace("controls", "autoplay"),
            f"This is loaded from another site: {OTHER}.mp4",
        ),
        (
            "media-src https://elsewhere.example",
            FILM.replace("controls", f'poster="{OTHER}.png"'),
            f"This is loaded from another site: {OTHER}.png",
        ),
        (
            "media-src 'self' https:",
            "",
            "The page's policy lets a site be asked that it plays nothing from: https:",
        ),
    ],
)
def test_a_film_of_another_site_waits_until_it_is_played(site, changed, policy, element, told):
    page = site.pages[SOMALI].replace("<title>", POLICY.format(policy), 1)
    page = page.replace("<h1>", f"{element}<h1>")
    found = check_foreign_host(changed(add={SOMALI: page}))
    assert [finding.message for finding in found] == ([told] if told else [])


def test_a_style_sheet_that_loads_a_font_from_elsewhere(broken, tell):
    site = broken("assets/site.css", "color: black", f"src: url({OTHER})")
    assert tell(check_foreign_host(site)) == [
        f"critical assets/site.css:- This is loaded from another site: {OTHER}"
    ]


@pytest.mark.parametrize(
    "element",
    [
        f'<a href="{OTHER}">a link that a reader may follow</a>',
        '<img src="data:image/png;base64,AAAA" alt="x">',
        '<img src="https://health.example.org/assets/site.css" alt="x">',
    ],
)
def test_what_is_not_loaded_from_another_site(broken, element):
    assert check_foreign_host(broken(SOMALI, "<h1>", f"{element}<h1>")) == ()


def test_a_page_is_weighed_with_what_it_loads_each_file_once(site, changed, tell):
    picture = {"so/covid-19/fever/big.svg": "x" * 19_000}
    page = site.pages[SOMALI].replace(
        "<h1>", '<img src="big.svg" alt="x"><img src="big.svg" alt="x"><h1>'
    )
    heavy = changed(add={**picture, SOMALI: page})
    assert tell(check_page_weight(heavy)) == [
        f"major {SOMALI}:- The page needs 20 kB; the limit is 10 kB."
    ]
    assert check_page_weight(replace(heavy, weight_limit=30_000)) == ()


def test_of_a_picture_in_several_sizes_the_heaviest_counts(site, changed):
    small = {"so/covid-19/fever/small.jpg": "x" * 4_000, "so/covid-19/fever/big.jpg": "x" * 7_000}
    page = site.pages[SOMALI].replace(
        "<h1>", '<img src="big.jpg" srcset="small.jpg 400w, big.jpg 1600w" alt="x"><h1>'
    )
    there = changed(add={**small, SOMALI: page})
    assert check_page_weight(there) == ()
    assert len(check_page_weight(replace(there, weight_limit=7_500))) == 1


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ('<p id="rest">', "The id `rest` stands there 2 times."),
        ('<p id="content">x</p><p id="content">', "The id `content` stands there 3 times."),
        ('<p id="drink">', None),
        ('<p id="Rest">', None),
    ],
)
def test_two_elements_of_one_id(broken, element, message):
    site = broken(SOMALI, "</article>", f"{element}</article>")
    found = [finding.message for finding in check_duplicate_id(site)]
    assert found == ([message] if message else [])
