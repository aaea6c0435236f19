"""What stands in the site and should not."""

import json
from dataclasses import replace

import pytest

from pipeline.checks.output import PublishedFile, Secret
from pipeline.checks.output.publication import check_unapproved_page, check_unpublished_text
from pipeline.model import PageState

SOMALI = "so/covid-19/fever/index.html"
FEVER = "covid-19/fever"
UNKNOWN = "The manifest does not know this file: it is of an older build."
CLOSED = "This language is not open to the public, and this file stands here."
DRAFT = "Qaado 2 kaniini 4tii saacadoodba mar."


def with_entry(site, tag, **changes):
    entries = tuple(replace(e, **changes) if e.locale == tag else e for e in site.entries)
    return replace(site, entries=entries)


def test_a_page_that_does_not_pass_the_gate_any_more(site, tell):
    later = replace(site, expected={**site.expected, ("so", FEVER): PageState.NOT_YET})
    assert tell(check_unapproved_page(later)) == [
        f"critical {SOMALI}:- This page does not pass the gate any more, and stands here."
    ]


def test_a_resource_that_is_gone(site):
    later = replace(site, expected={})
    assert len(check_unapproved_page(later)) == 3  # one for each language


def test_a_page_that_could_be_read_and_is_not_built_yet_is_no_fault(changed):
    notice = '<html lang="so" dir="ltr"><head><meta name="robots" content="noindex"></head></html>'
    site = changed(add={SOMALI: notice}, drop="so/covid-19/fever/fever.pdf")
    site = replace(site, texts={k: v for k, v in site.texts.items() if "so/search" not in k})
    page = PublishedFile(path=SOMALI, digest=site.digests[SOMALI])
    site = with_entry(site, "so", state="not-yet", page=page, leaflets=())
    assert check_unapproved_page(site) == ()


def test_a_page_that_is_not_what_the_build_published(broken, tell):
    assert tell(check_unapproved_page(broken(SOMALI, "5 maalmood", "1 maalmood"))) == [
        f"critical {SOMALI}:- This is not what the build published: its digest is another."
    ]


def test_a_page_and_a_leaflet_that_are_not_there(changed, tell):
    assert f"critical {SOMALI}:- The manifest names this file, and it is not there." in tell(
        check_unapproved_page(changed(drop=SOMALI))
    )
    leaflet = "so/covid-19/fever/fever.pdf"
    assert tell(check_unapproved_page(changed(drop=leaflet))) == [
        f"critical {leaflet}:- The manifest names this file, and it is not there."
    ]


def test_a_page_that_can_be_read_where_a_notice_should_be(site, tell):
    found = tell(check_unapproved_page(with_entry(site, "so", state="not-yet", leaflets=())))
    assert found == [
        f"critical {SOMALI}:- A page that can be read stands here, and it should be a notice.",
        f"critical so/covid-19/fever/fever.pdf:- {UNKNOWN}",
        (
            "critical so/search/search_index.json:- Search finds a page that cannot be read yet: "
            "covid-19/fever/"
        ),
    ]


def listed(site, *entries):
    text = json.dumps({"files": [[path, digest, 9] for path, digest in entries]})
    return replace(site, texts={**site.texts, "so/keep.json": text})


def test_what_phones_keep_is_what_stands_in_the_site(site, tell):
    digest = site.digests[SOMALI][:16]
    address = "so/covid-19/fever/"
    assert check_unapproved_page(listed(site, (address, digest))) == ()
    (other,) = tell(check_unapproved_page(listed(site, (address, "0" * 16))))
    assert other.endswith(f"Phones would keep something else than what stands here: {address}")
    notice = with_entry(listed(site, (address, digest)), "so", state="not-yet", leaflets=())
    assert (
        "critical so/keep.json:- Phones would keep a page that cannot be read yet: "
        "so/covid-19/fever/"
    ) in tell(check_unapproved_page(notice))
    broken = replace(site, texts={**site.texts, "so/keep.json": "{"})
    assert len(check_unapproved_page(broken)) == 1


def test_a_leaflet_beside_a_notice(broken, tell):
    notice = broken(SOMALI, "<title>", '<meta name="robots" content="noindex"><title>')
    page = PublishedFile(path=SOMALI, digest=notice.digests[SOMALI])
    found = tell(check_unapproved_page(with_entry(notice, "so", state="withdrawn", page=page)))
    assert found[0] == (
        f"critical {SOMALI}:- There is a leaflet or a copy of something that cannot be read yet."
    )


def test_a_notice_where_the_manifest_says_that_a_page_is(broken, tell):
    notice = broken(SOMALI, "<title>", '<meta name="robots" content="noindex"><title>')
    assert (
        f"critical {SOMALI}:- The manifest says that this can be read, and a notice or nothing "
        "is here." in tell(check_unapproved_page(notice))
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "so/covid-19/cough/index.html",
            UNKNOWN,
        ),
        (
            "so/old-topic/index.html",
            UNKNOWN,
        ),
        ("ur/index.html", CLOSED),
        ("ur/x.txt", CLOSED),
        ("so/covid-19/more/2/index.html", None),
        ("CNAME", None),
        ("so/covid-19/images/dot.svg", None),
    ],
)
def test_files_that_nobody_knows(changed, tell, path, message):
    site = changed(add={path: '<html lang="so" dir="ltr"></html>'})
    wanted = [f"critical {path}:- {message}"] if message else []
    assert tell(check_unapproved_page(site)) == wanted


def test_a_book_is_known_as_it_was_published_and_no_other(changed, tell):
    path = "so/covid-19/covid-19-book.pdf"
    site = changed()
    site = replace(site, sizes={**site.sizes, path: 9}, digests={**site.digests, path: "abc"})
    assert tell(check_unapproved_page(site)) == [f"critical {path}:- {UNKNOWN}"]
    known = replace(site, books=(PublishedFile(path=path, digest="abc"),))
    assert check_unapproved_page(known) == ()
    other = replace(site, books=(PublishedFile(path=path, digest="def"),))
    assert tell(check_unapproved_page(other)) == [
        f"critical {path}:- This is not what the build published: its digest is another."
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("so/search/search_index.json", '{"docs": [], "x": "qaado 2 KANIINI 4tii saacadoodba"}'),
        ("so/sitemap.xml", f"<urlset><!-- {DRAFT} --></urlset>"),
        ("so/fever.zip!text/fever.txt", f"Qandho\n{DRAFT}"),
        ("feed.xml", f"<p>{DRAFT}</p>"),  # above all languages
        ("so/covid-19/index.html", "<p>Qaado <b>2 kaniini</b>\n 4tii saacadoodba mar.</p>"),
        ("so/covid-19/index.html", f"<!-- {DRAFT} -->"),
        ("so/covid-19/index.html", f'<img alt="{DRAFT}">'),
    ],
)
def test_a_draft_is_found_wherever_it_stands(changed, site, tell, path, text):
    secret = replace(site.secrets[0], text="Qaado **2 kaniini** 4tii [saacadoodba](x.md).")
    found = tell(check_unpublished_text(replace(changed(add={path: text}), secrets=(secret,))))
    assert found == [
        (
            f"critical {path}:- This text of covid-19/fever is not to be read: "
            "Qaado 2 kaniini 4tii saacadoodba."
        )
    ]


def test_a_draft_is_found_in_a_leaflet(changed, tell):
    assert tell(check_unpublished_text(changed(leaflet={"text": f"Qandho\n{DRAFT}"}))) == [
        (
            "critical so/covid-19/fever/fever.pdf:- This text of covid-19/fever is not to be read: "
            "Qaado 2 kaniini 4tii saacadoodba mar."
        )
    ]


@pytest.mark.parametrize(
    ("tag", "text", "count"),
    [
        ("ar", "تناول قرصين كل ست ساعات مع الماء.", 1),
        ("so", "Wac 999", 0),  # too short to be sure of
        ("so", "Guriga joog 5 maalmood oo biyo badan cab.", 0),  # another page may show it
        ("en", "Take two tablets every six hours with water.", 1),  # of a withdrawn resource
    ],
)
def test_what_counts_as_a_text_that_nobody_may_read(changed, tag, text, count):
    site = changed(add={f"{'so' if tag == 'en' else tag}/x.txt": text})
    secret = Secret(resource=FEVER, locale=tag, text=text)
    assert len(check_unpublished_text(replace(site, secrets=(secret,)))) == count
