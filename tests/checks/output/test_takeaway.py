"""What readers take along is looked into like the site itself."""

from dataclasses import replace

import pytest

from pipeline.checks.output import PublishedFile, Secret
from pipeline.checks.output.publication import check_unapproved_page, check_unpublished_text
from pipeline.checks.output.takeaway import check_archive, check_one_file

from .conftest import ADDRESS, complete, digest

COPY = "so/covid-19/fever/fever-so.html"
ZIP = "so/so.zip"
POLICY = "default-src 'none'; img-src data:; style-src 'sha256-x'"
ONE_FILE = f"""<html lang="so" dir="ltr"><head>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="robots" content="noindex"></head><body dir="ltr">
<p><a href="{ADDRESS}so/covid-19/fever/">Tan ka akhri internetka</a></p>
<p>Guriga joog.</p><img src="data:image/png;base64,AAAA" alt="Guri"></body></html>"""
INSIDE = {
    "index.html": '<a href="covid-19/fever/index.html">Qandho</a>',
    "covid-19/fever/index.html": f'<a href="../../index.html">1</a> <a href="{ADDRESS}">2</a>',
}


def with_copy(site, text=ONE_FILE):
    site = complete(replace(site, pages={**site.pages, COPY: text}))
    file = PublishedFile(path=COPY, digest=digest(text))
    entries = [replace(e, one_file=file) if e.locale == "so" else e for e in site.entries]
    return replace(site, entries=tuple(entries))


def with_archive(site, inside):
    texts = {f"{ZIP}!{name}": text for name, text in inside.items()}
    return replace(
        site,
        texts={**site.texts, **texts},
        sizes={**site.sizes, ZIP: 1},
        digests={**site.digests, ZIP: "1"},
        archives={"so": PublishedFile(path=ZIP, digest="1")},
        archive_names={ZIP: tuple(inside)},
    )


def test_what_is_as_it_should_be_has_no_finding(site):
    whole = with_archive(with_copy(site), INSIDE)
    for check in (check_one_file, check_archive, check_unapproved_page, check_unpublished_text):
        assert check(whole) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "data:image/png;base64,AAAA",
            "../images/a.png",
            "critical {}:- It loads another file: ../images/a.png",
        ),
        (
            "<p>Guriga",
            "<script>alert(1)</script><p>Guriga",
            "critical {}:- It could run or load something: its policy lets it.",
        ),
        (
            POLICY,
            "default-src *",
            "critical {}:- It could run or load something: its policy lets it.",
        ),
        (
            f"{ADDRESS}so/covid-19/fever/",
            ADDRESS,
            "major {}:- It does not say where the current page stands.",
        ),
        ("Guriga", "Guriga" * 60_000, "major {}:- It has 360 kB; the limit is 300 kB."),
    ],
)
def test_one_file_that_needs_more_than_itself(site, tell, old, new, told):
    broken = with_copy(site, ONE_FILE.replace(old, new, 1))
    assert tell(check_one_file(broken)) == [told.format(COPY)]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (
            {**INSIDE, "covid-19/dose/index.html": "Qaado"},
            "critical {}:- This page cannot be read on the site: covid-19/dose/index.html",
        ),
        (
            {**INSIDE, "../index.css": ""},
            "critical {}:- This name cannot be unpacked safely: ../index.css",
        ),
        (
            {"index.html": "Bogga hore"},
            "major {}:- It lacks this page: covid-19/fever/index.html",
        ),
        (
            {**INSIDE, "index.html": '<a href="covid-19/">Covid-19</a>'},
            "major {}:- index.html leads to what is not there: covid-19/",
        ),
        (
            {**INSIDE, "index.html": f'<img src="{ADDRESS}a.png" alt="">'},
            f"critical {{}}:- It loads something from a site: {ADDRESS}a.png",
        ),
    ],
)
def test_an_archive_that_is_not_what_the_public_reads(site, tell, inside, told):
    assert tell(check_archive(with_archive(site, inside))) == [told.format(ZIP)]


def test_an_archive_or_a_copy_of_an_older_build(site, tell):
    known = with_archive(with_copy(site), INSIDE)
    forgotten = replace(known, archives={}, entries=site.entries)
    unknown = "The manifest does not know this file: it is of an older build."
    assert sorted(tell(check_unapproved_page(forgotten))) == [
        f"critical {COPY}:- {unknown}",
        f"critical {ZIP}:- {unknown}",
    ]
    other = replace(known, digests={**known.digests, ZIP: "2"})
    assert tell(check_unapproved_page(other)) == [
        f"critical {ZIP}:- This is not what the build published: its digest is another."
    ]


def test_a_draft_in_an_archive_is_found_through_its_markup(site):
    draft = "<p>Qaado <strong>2 kaniini</strong> 4tii saacadoodba mar.</p>"
    secret = Secret(resource="covid-19/fever", locale="so", text="Qaado 2 kaniini 4tii saacadoodba")
    leaked = with_archive(site, {**INSIDE, "index.html": draft})
    assert {
        f.path.as_posix() for f in check_unpublished_text(replace(leaked, secrets=(secret,)))
    } == {f"site/{ZIP}!index.html"}
