"""What ships has no finding, and what is broken in it is found."""

import dataclasses
import time
from dataclasses import replace

import pytest

from pipeline.checks.output import OUTPUT_CHECKS, Secret, check_output
from pipeline.cli.output import read_output
from pipeline.cli.survey import survey
from pipeline.config import load_project

pytestmark = pytest.mark.e2e

HELP = "covid-19/when-to-get-help"
URDU = f"ur/{HELP}/index.html"
ARABIC = f"ar/{HELP}/index.html"
LEAFLET = f"ar/{HELP}/when-to-get-help.pdf"


@pytest.fixture(scope="module")
def site(built):
    return read_output(built.site, load_project(built.root))


def test_a_clean_build_of_what_ships_has_no_finding(site):
    assert len(site.pages) > 400
    assert len(site.leaflets) > 30
    assert site.secrets
    assert check_output(site) == ()


def test_it_is_looked_through_in_a_few_seconds(built):
    project = load_project(built.root)
    found = survey(project)  # a build knows it already
    read_output(built.site, project, found=found)  # reads the leaflets
    began = time.process_time()
    check_output(read_output(built.site, project, found=found))
    # Thrice what it takes, for a machine with other work and for coverage: files and checks.
    assert time.process_time() - began < 6


def exchange(site, path, old, new):
    kind = "pages" if path in site.pages else "texts"
    texts = getattr(site, kind)
    assert old in texts[path]
    return replace(site, **{kind: {**texts, path: texts[path].replace(old, new, 1)}})


def with_leaflet(site, **changes):
    leaflets = (
        dataclasses.replace(each, **changes) if each.path == LEAFLET else each
        for each in site.leaflets
    )
    return replace(site, leaflets=tuple(leaflets))


def with_english(site):
    sentence = max((text for text in site.source_texts if site.isolate(text) == text), key=len)
    return exchange(site, ARABIC, "<main", f"<p>{sentence}</p><main")


def with_number(site):
    return exchange(site, ARABIC, "<main", "<p>اتصل 020 7946 0018 الآن</p><main")


BROKEN = {
    "unisolated-number": with_number,
    "page-language": lambda site: exchange(site, ARABIC, 'dir="rtl"', 'dir="ltr"'),
    "alternates": lambda site: exchange(site, ARABIC, 'hreflang="so"', 'hreflang="ur"'),
    "fallback-language": with_english,
    "dead-link": lambda site: exchange(site, "so/404.html", 'href="/so/"', 'href="/som/"'),
    "duplicate-id": lambda site: exchange(site, ARABIC, "<h1>", '<h1 id="site-content">'),
    "foreign-host": lambda site: exchange(site, ARABIC, 'src="../', 'src="https://x.example/'),
    "page-weight": lambda site: replace(site, weight_limit=100_000),
    "unapproved-page": lambda site: exchange(
        site, "ur/search/search_index.json", '"docs":[', f'"docs":[{{"location":"{HELP}/"}},'
    ),
    "unpublished-text": lambda site: replace(
        site,
        secrets=(
            Secret(resource=HELP, locale="ar", text="أخبر مكان وجودك بوضوح شديد"),
            *site.secrets,
        ),
        texts={**site.texts, "ar/x.txt": "أخبر مكان وجودك بوضوح شديد"},
    ),
    "missing-glyph": lambda site: with_leaflet(site, missing_glyphs=1),
    "leaflet-properties": lambda site: with_leaflet(site, title=""),
    "leaflet-text": lambda site: with_leaflet(
        site, text=next(each.text for each in site.leaflets if each.path == LEAFLET)[::-1]
    ),
}


def test_every_check_has_its_fault_here():
    assert {check.__name__.removeprefix("check_").replace("_", "-") for check in OUTPUT_CHECKS} == (
        BROKEN.keys()
    )


@pytest.mark.parametrize("check", BROKEN)
def test_what_is_broken_in_what_ships_is_found_by_the_check_for_it(site, check):
    assert {finding.check for finding in check_output(BROKEN[check](site))} == {check}
