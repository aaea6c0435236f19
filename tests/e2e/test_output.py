"""What ships has no finding, and what is broken in it is found."""

import time
from dataclasses import dataclass, replace

import pytest

from pipeline.checks.output import OUTPUT_CHECKS, Secret, Site, check_output
from pipeline.cli.output import read_output
from pipeline.cli.survey import survey
from pipeline.config import load_project
from pipeline.model import Finding

pytestmark = pytest.mark.e2e

HELP = "covid-19/when-to-get-help"
HELP_IN = {tag: f"{tag}/{HELP}/index.html" for tag in ("ar", "bn", "fa", "pl", "ps", "so", "ti")}
ONE_FILE = f"pl/{HELP}/when-to-get-help-pl.html"
LEAFLET_IN = {tag: f"{tag}/{HELP}/when-to-get-help.pdf" for tag in ("ar", "so", "ti")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look through the built site: what it read, what it found, how long it took."""

    site: Site
    findings: tuple[Finding, ...]
    seconds: float


@pytest.fixture(scope="module")
def look(built, unwatched):
    project = load_project(built.root)
    found = survey(project)  # a build knows it already
    read_output(built.site, project, found=found)  # reads the leaflets
    with unwatched():
        began = time.process_time()
        site = read_output(built.site, project, found=found)
        findings = check_output(site)
        seconds = time.process_time() - began
    return Look(site=site, findings=findings, seconds=seconds)


def test_a_clean_build_of_what_ships_has_no_finding(look):
    assert len(look.site.pages) > 400
    assert len(look.site.leaflets) > 30
    assert look.site.secrets
    assert look.findings == ()


def test_it_is_looked_through_in_a_few_seconds(look):
    # More than it takes, for a machine with other work: files, archives and checks.
    assert look.seconds < 6


def exchange(site, path, old, new):
    kind = "pages" if path in site.pages else "texts"
    texts = getattr(site, kind)
    assert old in texts[path]
    return replace(site, **{kind: {**texts, path: texts[path].replace(old, new, 1)}})


def with_leaflet(site, path, **changes):
    leaflets = (replace(each, **changes) if each.path == path else each for each in site.leaflets)
    return replace(site, leaflets=tuple(leaflets))


def with_english(site):
    sentence = max((text for text in site.source_texts if site.isolate(text) == text), key=len)
    return exchange(site, HELP_IN["fa"], "<main", f"<p>{sentence}</p><main")


def with_draft(site):
    draft = Secret(resource=HELP, locale="ar", text="أخبر مكان وجودك بوضوح شديد")
    texts = {**site.texts, "ar/x.txt": draft.text}
    return replace(site, secrets=(draft, *site.secrets), texts=texts)


def with_text_backwards(site):
    text = next(each.text for each in site.leaflets if each.path == LEAFLET_IN["so"])
    return with_leaflet(site, LEAFLET_IN["so"], text=text[::-1])


#: For each check where its fault is seen, and how it is put in.
BROKEN = {
    "unisolated-number": (
        (HELP_IN["ar"],),
        lambda site: exchange(site, HELP_IN["ar"], "<main", "<p>اتصل 020 7946 0018 الآن</p><main"),
    ),
    "page-language": (
        (HELP_IN["ps"],),
        lambda site: exchange(site, HELP_IN["ps"], 'dir="rtl"', 'dir="ltr"'),
    ),
    "alternates": (
        (HELP_IN["so"], "so/sitemap.xml"),
        lambda site: exchange(site, HELP_IN["so"], 'hreflang="ar"', 'hreflang="ur"'),
    ),
    "fallback-language": ((HELP_IN["fa"],), with_english),
    "dead-link": (
        ("so/404.html",),
        lambda site: exchange(site, "so/404.html", 'href="/so/"', 'href="/som/"'),
    ),
    "duplicate-id": (
        (HELP_IN["bn"],),
        lambda site: exchange(site, HELP_IN["bn"], "<h1>", '<h1 id="site-content">'),
    ),
    "foreign-host": (
        (HELP_IN["pl"],),
        lambda site: exchange(site, HELP_IN["pl"], 'src="../', 'src="https://x.example/'),
    ),
    "share-card": (
        (HELP_IN["ti"],),
        lambda site: exchange(site, HELP_IN["ti"], '"summary_large_image"', '"summary"'),
    ),
    "page-weight": (
        (HELP_IN["ti"],),
        lambda site: replace(site, sizes={**site.sizes, HELP_IN["ti"]: 2_000_000}),
    ),
    "unapproved-page": (
        ("ur/search/search_index.json",),
        lambda site: exchange(
            site, "ur/search/search_index.json", '"docs":[', f'"docs":[{{"location":"{HELP}/"}},'
        ),
    ),
    "one-file": (
        (ONE_FILE,),
        lambda site: exchange(site, ONE_FILE, "img-src data:", "img-src *"),
    ),
    "archive": (
        ("ps/ps.zip",),
        lambda site: replace(
            site,
            archive_names={
                **site.archive_names,
                "ps/ps.zip": (*site.archive_names["ps/ps.zip"], "draft.html"),
            },
        ),
    ),
    "unpublished-text": (("ar/x.txt",), with_draft),
    "missing-glyph": (
        (LEAFLET_IN["ti"],),
        lambda site: with_leaflet(site, LEAFLET_IN["ti"], missing_glyphs=1),
    ),
    "leaflet-properties": (
        (LEAFLET_IN["ar"],),
        lambda site: with_leaflet(site, LEAFLET_IN["ar"], title=""),
    ),
    "leaflet-text": ((LEAFLET_IN["so"],), with_text_backwards),
}


def test_every_check_has_its_fault_here():
    assert {check.__name__.removeprefix("check_").replace("_", "-") for check in OUTPUT_CHECKS} == (
        BROKEN.keys()
    )


@pytest.fixture(scope="module")
def found_in(look):
    """Where each check finds something, when what ships is broken for all of them."""
    site = look.site
    for _, break_it in BROKEN.values():
        site = break_it(site)
    found: dict[str, set[str]] = {}
    for finding in check_output(site):
        found.setdefault(finding.check, set()).add(finding.path.relative_to(site.folder).as_posix())
    return found


def test_no_check_finds_something_else(found_in):
    assert found_in.keys() == BROKEN.keys()


@pytest.mark.parametrize("check", BROKEN)
def test_what_is_broken_in_what_ships_is_found_there_and_nowhere_else(found_in, check):
    paths, _ = BROKEN[check]
    assert found_in[check] == set(paths)
