import json
from dataclasses import replace

import pytest
from lxml import html

from pipeline.website import LocaleSite, build_root


def edition(workshop, tag, strings):
    return LocaleSite(
        locale=workshop.project.locale(tag),
        interface=workshop.interface(tag, strings),
        pages=(),
    )


@pytest.fixture
def site(workshop, tmp_path):
    strings = {
        "so": {
            "choose-language": "Dooro luqaddaada",
            "suggested-language": "Ku sii wad Soomaali",
            "offer-language": "Boggan ku akhri af {language}",
        },
        "ar": {"choose-language": "اختر لغتك", "not-found-title": "لم نجد هذه الصفحة"},
        "ckb": {},
    }
    editions = [edition(workshop, tag, strings.get(tag, {})) for tag in ("en", *strings)]
    build_root(workshop.project, editions, out=tmp_path / "site")
    return tmp_path / "site"


def test_the_gateway_names_each_language_in_itself(site):
    links = html.parse(site / "index.html").xpath("//ul[@class='gateway']//a")
    assert [
        (a.get("href"), a.get("lang"), a.get("dir"), a.xpath("string(strong)")) for a in links
    ] == [
        ("en/", "en", "ltr", "English"),
        ("so/", "so", "ltr", "Soomaali"),
        ("ar/", "ar", "rtl", "العربية"),
        ("ckb/", "ckb", "rtl", "کوردیی ناوەندی"),
    ]
    # A language says "choose your language" in itself or not at all.
    assert [a.xpath("string(span)") for a in links] == [
        "Choose your language", "Dooro luqaddaada", "اختر لغتك", "",
    ]  # fmt: skip
    assert links[1].get("data-suggest") == "Ku sii wad Soomaali"


def test_the_gateway_suggests_and_does_not_force(site):
    text = (site / "index.html").read_text("utf-8")
    assert 'http-equiv="refresh"' not in text
    (script,) = html.document_fromstring(text.encode()).xpath("//script/@src")
    assert "location" not in (site / script).read_text("utf-8")


def test_each_language_says_in_itself_how_it_offers_itself_or_nothing(site):
    offers = json.loads((site / "offers.json").read_text("utf-8"))
    assert offers["so"] == {"offer": "Boggan ku akhri af Soomaali"}
    assert offers["ckb"] == {}
    assert offers["en"]["dismiss"] == "No, thank you"


def test_a_wrong_address_is_told_in_each_language(site):
    links = html.parse(site / "404.html").xpath("//ul[@class='gateway']//a")
    assert (links[2].get("href"), links[2].xpath("string(span)")) == ("/ar/", "لم نجد هذه الصفحة")


def test_robots_and_sitemaps(site):
    assert (site / "robots.txt").read_text("utf-8").splitlines()[-1] == (
        "Sitemap: https://health.example.org/sitemap.xml"
    )
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://health.example.org/ckb/sitemap.xml</loc>" in sitemap


def test_shared_files_are_named_by_their_content_and_old_ones_go(workshop, site):
    (site / "assets" / "css" / "site.00000000.css").write_text("old")
    build_root(workshop.project, [_english(workshop)], out=site)
    paper, sheet = sorted((site / "assets" / "css").iterdir())
    page = (site / "index.html").read_text("utf-8")
    assert f'{paper.name}" media="print">' in page
    assert sheet.name in page
    # Material's styles and ours in one file: one request, and a second one for paper.
    styles = sheet.read_text("utf-8")
    assert ".md-typeset .admonition" in styles
    assert ".languages__menu" in styles


def test_the_setting_puts_what_takes_away_in_the_place_of_what_keeps(workshop, site):
    keeper = (site / "service-worker.js").read_text("utf-8")
    assert "caches.open" in keeper
    off = replace(workshop.project, keep_offline=False)
    build_root(off, [edition(workshop, "en", {})], out=site)
    keeper = (site / "service-worker.js").read_text("utf-8")
    assert "unregister" in keeper
    assert "caches.open" not in keeper
    # Whoever looks at a preview has nobody's consent: nothing of it is kept.
    assert not replace(workshop.project, is_preview=True).keeps_offline


def test_nothing_in_the_styles_comes_from_another_server(site):
    for sheet in (site / "assets" / "css").iterdir():
        styles = sheet.read_text("utf-8")
        assert "@import" not in styles
        assert "url(http" not in styles
        assert "url(//" not in styles


def _english(workshop):
    locale = workshop.project.source
    return LocaleSite(locale=locale, interface=workshop.interface("en"), pages=())
