"""The last step of a build: the finished site is looked through."""

import json
import shutil
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.checks.output import check_output
from pipeline.cli.output import read_output
from pipeline.config import load_project
from pipeline.errors import WebsiteError
from tests.cli.conftest import SOMALI

#: All but one sentence, which is a draft.
TRANSLATED = {text: said for text, said in SOMALI.items() if text != "Stay at home for 5 days."}
DRAFT = "Guriga joog 5 maalmood oo keliya."
BUILD = ("build", "--no-pdf", "--jobs", "1")
FEVER = "so/covid-19/fever/index.html"


@pytest.fixture
def built(place, pipeline):
    """A site in which Somali has all but one sentence: that is a draft."""
    pipeline("sync")
    place.translate(TRANSLATED)
    text = place.catalog.read_text("utf-8")
    old = 'msgid "Stay at home for 5 days."\nmsgstr ""\n'
    assert old in text
    new = f'#, fuzzy\nmsgid "Stay at home for 5 days."\nmsgstr "{DRAFT}"\n'
    place.catalog.write_text(text.replace(old, new), "utf-8")
    ran = pipeline(*BUILD)
    assert ran.code == 0, ran.err
    assert ": nothing found." in ran.out
    return place


def found_in(place) -> list[str]:
    site = read_output(place.root / "site", load_project(place.root))
    return [f"{f.check} {f.path.relative_to(site.folder)}" for f in check_output(site)]


def test_a_build_looks_through_what_it_made_and_ends_with_16(built, pipeline):
    stale = built.root / "site/so/covid-19/cough/index.html"
    stale.parent.mkdir()
    shutil.copy(built.root / "site" / FEVER, stale)
    ran = pipeline(*BUILD)
    assert ran.code == 16
    assert (
        "critical: site/so/covid-19/cough/index.html: The manifest does not know this file: it is "
        "of an older build. (unapproved-page)" in ran.err
    )
    assert "Do not bring this site to the public: see what is critical above." in ran.err
    assert pipeline(*BUILD, "--no-check").code == 0
    shutil.rmtree(stale.parent)
    assert pipeline(*BUILD).code == 0


def test_what_is_major_ends_a_build_with_15_and_keeps_nothing_back(built, pipeline):
    settings = built.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    assert "page_kilobytes = 300" in text
    settings.write_text(text.replace("page_kilobytes = 300", "page_kilobytes = 1"), "utf-8")
    ran = pipeline(*BUILD, "--record")
    assert ran.code == 15
    assert "kB; the limit is 1 kB. (page-weight)" in ran.err
    assert "Recorded in the ledgers: 1 event." in ran.out


def test_nothing_is_recorded_of_a_site_that_should_not_go_to_the_public(built, pipeline):
    ledger = built.catalog.with_suffix(".ledger.jsonl")
    before = ledger.read_text("utf-8")
    (built.root / "site/so/old.pdf").write_bytes(b"%PDF-1.7")
    assert pipeline(*BUILD, "--record").code == 16
    assert ledger.read_text("utf-8") == before
    (built.root / "site/so/old.pdf").unlink()
    assert pipeline(*BUILD, "--record").code == 0
    assert ledger.read_text("utf-8") != before


@pytest.mark.usefixtures("built")
def test_a_build_of_one_language_is_not_looked_through(pipeline):
    ran = pipeline(*BUILD, "--locale", "so")
    assert (ran.code, "Looked through" in ran.out) == (0, False)


def test_a_draft_in_an_archive_and_in_the_search_index(built):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("text/fever.txt", DRAFT)
    (built.root / "site/so/fever.zip").write_bytes(packed.getvalue())
    index = built.root / "site/so/search/search_index.json"
    entries = json.loads(index.read_text("utf-8"))
    entries["docs"][0]["text"] += f" {DRAFT}"
    index.write_text(json.dumps(entries), "utf-8")
    assert sorted(found_in(built)) == [
        "unapproved-page so/fever.zip",
        "unapproved-page so/keep.json",  # phones would keep an index that was changed
        "unpublished-text so/fever.zip!text/fever.txt",
        "unpublished-text so/search/search_index.json",
    ]


def test_a_translation_that_was_taken_back_after_the_build(built):
    old = 'msgid "Call 999 if you cannot breathe."'
    text = built.catalog.read_text("utf-8")
    built.catalog.write_text(text.replace(old, f"#, fuzzy\n{old}"), "utf-8")
    found = found_in(built)
    assert f"unapproved-page {FEVER}" in found
    assert f"unpublished-text {FEVER}" in found


def test_a_site_without_a_manifest_cannot_be_judged(built):
    (built.root / "site/manifest.json").write_text("{}", "utf-8")
    with pytest.raises(WebsiteError, match="no manifest that can be read"):
        found_in(built)


def test_that_a_site_is_without_fault_is_kept_and_a_damaged_note_of_it_costs_nothing(
    built, pipeline
):
    kept = built.root / ".cache/pipeline/output-faultless"
    key = kept.read_text("utf-8")
    kept.write_bytes(b"\xff")
    assert pipeline(*BUILD).code == 0
    assert kept.read_text("utf-8") == key


WHO = ("--handle", "health-lead", "--note", "The advice has changed")


def test_a_resource_that_is_withdrawn_is_nowhere_and_what_says_so_is_no_fault(built, pipeline):
    assert pipeline("ledger", "withdraw", "covid-19/fever", *WHO).code == 0
    ran = pipeline(*BUILD)
    assert ": nothing found." in ran.out, ran.err
    # Its English text is looked for in every language from now on.
    (built.root / "site/ar/feed.json").write_text('["Call 999 if you cannot breathe."]', "utf-8")
    assert found_in(built) == ["unpublished-text ar/feed.json"]


def test_key_facts_are_no_fault(place, pipeline):
    pipeline("sync")
    critical = ("Call 999 now", "Call 999 if you cannot breathe.")
    place.translate({source: SOMALI[source] for source in critical})
    assert ": nothing found." in pipeline(*BUILD).out
    assert "notice--key-facts" in (place.root / "site" / FEVER).read_text("utf-8")


def test_the_text_of_a_picture_that_is_not_translated_is_advice(place, pipeline):
    picture = place.resource.parent / "images/cup.svg"
    picture.parent.mkdir()
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', "utf-8")
    text = place.resource.read_text("utf-8")
    place.resource.write_text(f"{text}\n![A cup of water](images/cup.svg)\n", "utf-8")
    pipeline("sync")
    place.translate({**SOMALI, "Stay at home for 5 days.": "Guriga joog 5 maalmood."})
    ran = pipeline(*BUILD)
    assert ran.code == 0
    assert 'This stands under lang="so": A cup of water (fallback-language)' in ran.err
    assert "minor: site/so/covid-19/fever/index.html:" in ran.err


def qa_of_the_output(pipeline, *more: str) -> dict[tuple[str, str], str]:
    """What ``qa`` says of Somali: item and resource → verdict."""
    report = json.loads(pipeline("qa", "--locale", "so", "--format", "json", *more).out)
    return {
        (entry["resource"], entry["item"]): entry["verdict"]
        for entry in report["answers"]
        if entry["item"] in {"nothing-unsigned", "links-lead"}
    }


def test_qa_answers_for_the_site_when_it_is_asked_to_look(built, pipeline):
    assert set(qa_of_the_output(pipeline).values()) == {"waiting"}
    assert set(qa_of_the_output(pipeline, "--site").values()) == {"passed"}
    page = built.root / "site" / FEVER
    page.write_text(
        page.read_text("utf-8").replace("</article>", "<p>Caano</p></article>"), "utf-8"
    )
    verdicts = qa_of_the_output(pipeline, "--site")
    assert verdicts["covid-19/fever", "nothing-unsigned"] == "failed"
    assert verdicts["covid-19/fever", "links-lead"] == "passed"
    assert pipeline("qa", "--locale", "so", "--site").code == 15


@pytest.mark.usefixtures("place")
def test_qa_cannot_look_at_a_site_that_is_not_there(pipeline):
    pipeline("sync")
    ran = pipeline("qa", "--site")
    assert ran.code == 7
    assert "pipeline build" in ran.err
