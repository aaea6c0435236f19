"""A day's work, command by command: new, sync, translate, status, build, change, again."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline as pipeline_package
from tests.cli.conftest import SOMALI


def state_of(pipeline, tag: str = "so") -> dict:
    """The one resource's entry of `status --format json`."""
    ran = pipeline("status", "--format", "json")
    assert ran.code == 0
    languages = {entry["locale"]: entry for entry in json.loads(ran.out)["languages"]}
    (resource,) = languages[tag]["resources"]
    return resource


def page_of(place, tag: str = "so") -> str:
    return (place.root / f"site/{tag}/covid-19/fever/index.html").read_text("utf-8")


def test_sync_makes_a_catalog_for_each_language_and_then_nothing(place, pipeline):
    ran = pipeline("sync")
    assert ran.code == 0, ran.err
    assert place.catalog.is_file()
    before = {path: path.stat().st_mtime_ns for path in place.root.rglob("*.po")}
    assert "0 updated" in pipeline("sync").out
    assert {path: path.stat().st_mtime_ns for path in place.root.rglob("*.po")} == before


@pytest.mark.usefixtures("place")
def test_status_names_the_missing_language_and_its_people(pipeline):
    ran = pipeline("status")
    assert "Somali" in ran.out
    assert "14,685" in ran.out
    assert state_of(pipeline)["state"] == "missing"
    assert pipeline("status", "--fail-on", "missing").code == 10
    assert pipeline("status", "--fail-on", "damaged").code == 0
    assert "| Somali | `so` | 14,685 | 1 |" in pipeline("status", "--format", "markdown").out


def test_from_english_to_somali_and_back_when_the_english_changes(place, pipeline):
    pipeline("sync")
    place.translate(SOMALI)
    assert state_of(pipeline)["state"] == "live"
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0
    page = page_of(place)
    assert '<html class="no-js" lang="so" dir="ltr"' in page
    assert "Guriga joog 5 maalmood." in page
    assert "class=gap" not in page

    # A routine sentence changes: readers see the new English, marked, never the old advice.
    place.resource.write_text(place.resource.read_text("utf-8").replace("5 days", "3 days"))
    pipeline("sync")
    assert '#| msgid "Stay at home for 5 days."' in place.catalog.read_text("utf-8")
    assert (state_of(pipeline)["state"], state_of(pipeline)["changed"]) == ("key-facts", 1)

    # A critical sentence changes: readers see the new English at once, and that it has changed.
    place.resource.write_text(
        place.resource.read_text("utf-8").replace("3 days", "5 days").replace("cannot", "can not")
    )
    pipeline("sync")
    assert state_of(pipeline)["state"] == "stale"
    pipeline("build", "--no-pdf", "--jobs", "1")
    assert "haddii aad neefsan weydo." not in page_of(place)
    assert 'Call <a class="phone" href="tel:999">999</a> if you can not breathe.' in page_of(place)
    assert "Taladani way isbeddeshay" in page_of(place)

    # The old text returns, and with it its translation.
    place.resource.write_text(place.resource.read_text("utf-8").replace("can not", "cannot"))
    pipeline("sync")
    assert state_of(pipeline)["state"] == "live"


def test_a_gap_is_english_and_says_so(place, pipeline):
    settings = place.root / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace("0.8", "0.5"), "utf-8")
    pipeline("sync")
    place.translate({en: so for en, so in SOMALI.items() if en != "Drink water often."})
    assert state_of(pipeline)["state"] == "live-with-gaps"
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0
    page = page_of(place)
    assert "Drink water often.</span>" in page
    gap = page.split("Drink water often.")[0].rsplit("<span", 1)[1]
    assert "lang=en" in gap.replace('"', "")
    assert "Biyo badan" not in page


def test_a_translation_that_would_break_its_page_is_a_gap_and_stops_no_build(place, pipeline):
    pipeline("sync")
    broken = SOMALI | {"Drink water often.": "Biyo badan\\n\\n- cab."}
    place.translate(broken)
    settings = place.root / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace("0.8", "0.5"), "utf-8")
    ran = pipeline("build", "--no-pdf", "--jobs", "1")
    assert "locales/so/covid-19/fever.po:" in ran.err
    assert "The translation of “Drink water often.” has an empty line in it." in ran.err
    assert "Drink water often.</span>" in page_of(place)
    assert (place.root / "site/ar/index.html").exists()


def test_a_language_without_its_notices_is_not_open(place, pipeline):
    (place.root / "locales/ckb/interface.po").unlink()
    ran = pipeline("build", "--no-pdf", "--jobs", "1")
    assert "Central Kurdish (Sorani) is not open to the public" in ran.err
    assert not (place.root / "site/ckb").exists()
    assert "کوردی" not in (place.root / "site/index.html").read_text("utf-8")
    assert pipeline("status", "--fail-on", "closed").code == 10


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data.replace(b'msgstr "Qandho"', b'msgstr "Qandho'), ":"),
        (lambda data: data + b"\n<<<<<<< HEAD\n", "conflict"),
        (lambda data: data.replace(b"Qandho", b"Qandh\xf3"), "UTF-8"),
        (lambda data: data.replace(b"Qandho", b"Qan\0dho"), "NUL"),
    ],
)
def test_a_damaged_catalog_is_told_skipped_and_left_alone(place, pipeline, damage, message):
    pipeline("sync")
    place.translate(SOMALI)
    damaged = damage(place.catalog.read_bytes())
    place.catalog.write_bytes(damaged)
    place.resource.write_text(place.resource.read_text("utf-8").replace("5 days", "3 days"))
    ran = pipeline("sync")
    assert ran.code == 11
    assert "locales/so/covid-19/fever.po:" in ran.err
    assert message in ran.err
    assert place.catalog.read_bytes() == damaged
    assert "2 updated" in ran.out  # the other languages go on
    assert state_of(pipeline)["state"] == "damaged"


def test_a_folder_in_the_place_of_a_catalog_is_told(place, pipeline):
    place.catalog.mkdir(parents=True)
    for command in (["sync"], ["status"], ["build", "--no-pdf", "--jobs", "1"]):
        ran = pipeline(*command)
        assert "locales/so/covid-19/fever.po: The catalog cannot be read: Is a direct" in ran.err
    assert state_of(pipeline)["state"] == "damaged"


def test_new_writes_a_resource_that_is_valid_but_for_what_must_be_filled(place, pipeline):
    assert pipeline("new", "covid-19/long-fever", "--title", 'Fever: "how long"?').code == 0
    ran = pipeline("sync")
    assert ran.code == 0, ran.err
    assert (place.root / "locales/so/covid-19/long-fever.po").is_file()
    assert "already" in pipeline("new", "covid-19/long-fever").err
    assert pipeline("new", "covid-19/../../x").code == 4
    assert pipeline("new", "cooking/rice").code == 4


def test_an_unknown_language_or_resource_is_told_before_anything_is_built(place, pipeline):
    assert pipeline("build", "--locale", "xx").code == 3
    assert pipeline("build", "--resource", "covid-19/none").code == 4
    assert not (place.root / "site").exists()


def test_one_resource_is_put_into_the_site_that_is_there(place, pipeline):
    pipeline("sync")
    place.translate(SOMALI)
    pipeline("build", "--no-pdf", "--jobs", "1")
    home = place.root / "site/so/index.html"
    before = home.stat().st_mtime_ns
    text = place.catalog.read_text("utf-8").replace("Nasasho", "Naso")
    place.catalog.write_text(text, "utf-8")
    place.sign()
    ran = pipeline("build", "--no-pdf", "--jobs", "1", "--resource", "covid-19/fever")
    assert ran.code == 0
    assert "Naso" in page_of(place)
    assert home.stat().st_mtime_ns == before


def test_a_script_in_a_resource_is_refused_with_its_line(place, pipeline):
    place.resource.write_text(
        place.resource.read_text("utf-8") + "\n<script>alert(1)</script>\n", "utf-8"
    )
    ran = pipeline("build", "--no-pdf", "--jobs", "1")
    assert ran.code == 11
    assert "content/covid-19/fever.md:25:" in ran.err
    assert not list((place.root / "site").rglob("fever/index.html"))


def test_samples_never_pass_the_gate_of_a_real_publication(place, pipeline):
    pipeline("sync")
    place.translate(SOMALI)
    text = place.catalog.read_text("utf-8")
    place.catalog.write_text(text.replace('msgstr ""\n', 'msgstr ""\n"X-Sample: yes\\n"\n', 1))
    assert state_of(pipeline)["state"] == "live"  # in a demonstration
    settings = place.root / "pipeline.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("demonstration = true", "demonstration = false")
    )
    ran = pipeline("status", "--format", "json")
    (somali,) = [e for e in json.loads(ran.out)["languages"] if e["locale"] == "so"]
    assert somali["resources"][0]["segments_translated"] == 0
    assert not somali["open"]  # its interface catalog is a sample too
    assert "marked as samples" in ran.err
    pipeline("build", "--no-pdf", "--jobs", "1")
    assert not (place.root / "site/so").exists()


@pytest.fixture
def copied_program(tmp_path_factory):
    """The program from a copy: a site is built anew when the program's own files change."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(
        Path(pipeline_package.__file__).parent,
        folder / "pipeline",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    start = (
        f"import sys; sys.path.insert(0, {str(folder)!r}); from pipeline.cli import main; main()"
    )
    return [sys.executable, "-c", start]


def test_two_builds_at_once_do_not_write_into_each_other(place, pipeline, copied_program):
    pipeline("sync")
    place.translate(SOMALI)
    command = [*copied_program, "build", "--no-pdf"]
    both = [
        subprocess.Popen(command, cwd=place.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    built = sorted(out.decode().split("(")[1].split()[0] for out, _ in said)
    assert built == ["0", "4"]  # the second found everything done
    assert "Guriga joog 5 maalmood." in page_of(place)
