"""What pages say of their language and of the others."""

import pytest

from pipeline.checks.output.languages import check_alternates, check_page_language

SOMALI = "so/covid-19/fever/index.html"
ARABIC = "ar/covid-19/fever/index.html"
HOST = "https://health.example.org"


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (SOMALI, 'lang="so"', 'lang="en"', 'The page says lang="en", and it is lang="so".'),
        (SOMALI, ' lang="so"', "", 'The page says lang="", and it is lang="so".'),
        (ARABIC, 'dir="rtl"', 'dir="ltr"', 'The page says dir="ltr", and it is dir="rtl".'),
        (
            ARABIC,
            '<body dir="rtl"',
            '<body dir="ltr"',
            'The page says dir="ltr", and it is dir="rtl".',
        ),
        ("404.html", 'lang="en"', 'lang="ar"', 'The page says lang="ar", and it is lang="en".'),
    ],
)
def test_another_language_or_direction_than_that_of_the_address(
    broken, tell, path, old, new, message
):
    assert tell(check_page_language(broken(path, old, new))) == [f"critical {path}:- {message}"]


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (
            SOMALI,
            f'canonical" href="{HOST}/so/',
            f'canonical" href="{HOST}/en/',
            (
                f"It says that its address is {HOST}/en/covid-19/fever/; "
                f"it is {HOST}/so/covid-19/fever/."
            ),
        ),
        (
            SOMALI,
            'rel="canonical"',
            'rel="other"',
            f"It does not say that its address is {HOST}/so/covid-19/fever/.",
        ),
        (
            SOMALI,
            'hreflang="x-default"',
            'hreflang="en-GB"',
            f"The page that it names for en-GB is in another language: {HOST}/en/covid-19/fever/",
        ),
        (
            SOMALI,
            f'hreflang="ar" href="{HOST}/ar/',
            f'hreflang="ur" href="{HOST}/ur/',
            f"It names a page in ur that is not there: {HOST}/ur/covid-19/fever/",
        ),
        (
            SOMALI,
            f'hreflang="ar" href="{HOST}/ar/',
            f'hreflang="ar" href="{HOST}/en/',
            f"The page that it names for ar is in another language: {HOST}/en/covid-19/fever/",
        ),
        (
            SOMALI,
            f'hreflang="x-default" href="{HOST}/en/',
            f'hreflang="x-default" href="{HOST}/ar/',
            f"The page for readers of all other languages is in another: {HOST}/ar/covid-19/fever/",
        ),
        ("so/sitemap.xml", "</urlset>", "", "It is no XML that can be read."),
        (
            "so/sitemap.xml",
            f"<loc>{HOST}/so/covid-19/fever/</loc>",
            f"<loc>{HOST}/so/covid-19/cough/</loc>",
            (
                "It lists a page that is not there or that nobody can read yet: "
                f"{HOST}/so/covid-19/cough/"
            ),
        ),
        (
            "so/sitemap.xml",
            f'hreflang="ar" href="{HOST}/ar/covid-19/fever/"',
            f'hreflang="ur" href="{HOST}/ur/covid-19/fever/"',
            f"It names other languages than the page itself: {HOST}/so/covid-19/fever/",
        ),
    ],
)
def test_what_a_page_or_sitemap_says_of_languages_and_is_not_so(
    broken, tell, path, old, new, message
):
    found = tell(check_alternates(broken(path, old, new)))
    assert f"major {path}:- {message}" in found


def test_a_page_that_does_not_lead_back(broken, tell):
    site = broken(
        ARABIC,
        f'<link rel="alternate" hreflang="so" href="{HOST}/so/covid-19/fever/">',
        "",
    )
    found = tell(check_alternates(site))
    assert found[0].startswith(f"major {SOMALI}:- It names its page in ar, and that does not")
    assert found[-1].startswith("major ar/sitemap.xml:- It names other languages")


def test_a_notice_has_no_other_languages(broken, tell):
    site = broken(SOMALI, "<title>", '<meta name="robots" content="noindex"><title>')
    found = tell(check_alternates(site))
    assert f"major {SOMALI}:- It names other languages of a page that nobody can read yet." in found
    where = f"{HOST}/so/covid-19/fever/"
    assert f"major {ARABIC}:- It names a page in so that nobody can read yet: {where}" in found
