"""A careless user and a full disk: told in words, and what is published stays whole."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from pipeline.cli.refusals import as_error, remedy_of
from tests.cli.conftest import SOMALI

BUILD = ("build", "--no-pdf", "--jobs", "1", "--locale", "so")


def page_of(place) -> str:
    return (place.root / "site/so/covid-19/fever/index.html").read_text("utf-8")


def interface(place, string_id: str, target: str) -> None:
    """Put a target into the Somali interface catalog."""
    path = place.root / "locales/so/interface.po"
    head, rest = path.read_text("utf-8").split(f'msgctxt "{string_id}"\n', 1)
    source, rest = rest.split("msgstr ", 1)
    _, rest = rest.split("\n\n", 1)
    path.write_text(f'{head}msgctxt "{string_id}"\n{source}msgstr "{target}"\n\n{rest}', "utf-8")


def test_a_folder_in_the_place_of_a_catalog_is_told_and_the_rest_goes_on(place, pipeline):
    place.catalog.mkdir(parents=True)
    for command in (BUILD, ("status",), ("sync",)):
        ran = pipeline(*command)
        assert "error: locales/so/covid-19/fever.po: The catalog cannot be read" in ran.err
    assert (place.root / "site/so/index.html").is_file()


def test_a_catalog_of_another_language_is_never_shown(place, pipeline):
    pipeline("sync")
    place.translate(SOMALI)
    text = place.catalog.read_text("utf-8")
    place.catalog.write_text(text.replace("Language: so", "Language: ar"), "utf-8")
    ran = pipeline(*BUILD)
    assert ran.code == 11
    assert "The header says that this is `ar`, and the file is in the folder of `so`." in ran.err
    assert "Biyo badan cab." not in page_of(place)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("glossary.csv", "source_term,target_term\nfever\n", "has only one of its two terms"),
        ("language.toml", 'negators = "ma"\n', "`negators`"),
    ],
)
def test_a_glossary_or_a_table_that_cannot_be_used_costs_its_language_alone(
    place, pipeline, name, text, told
):
    pipeline("sync")
    place.translate(SOMALI)
    (place.root / "locales/so" / name).write_text(text, "utf-8")
    for command, code in ((("status",), 0), (("build", "--no-pdf", "--jobs", "1"), 11)):
        ran = pipeline(*command)
        assert ran.code == code
        # Once for the language, not once for each of its catalogs.
        assert ran.err.count(f"error: locales/so/{name}") == 1
        assert told in ran.err
    assert "Biyo badan cab." not in page_of(place)
    assert "Drink water often." in (place.root / "site/en/covid-19/fever/index.html").read_text()
    (place.root / "locales/so" / name).unlink()
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0
    assert "Biyo badan cab." in page_of(place)


@pytest.mark.parametrize("nothing", ["\u200b", "\u200f\u2060", "…", "\u3164"])
def test_a_critical_target_that_nobody_can_see_withdraws_the_page(place, pipeline, nothing):
    pipeline("sync")
    place.translate(SOMALI | {"Call 999 now": nothing})
    ran = pipeline(*BUILD)
    assert "The translation of “Call 999 now” has no word in it." in ran.err
    assert "Biyo badan cab." not in page_of(place)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("  ", "it has no word in it"),
        ("\u200b", "it has no word in it"),
        ("\u202eqaybtan", "turns text round"),
        ("This part is in English.", "it is a copy of its source"),
        ("Qaybtan {waa} Ingiriis.", "it has the placeholder {waa}, which its source lacks"),
    ],
)
def test_a_notice_that_says_nothing_opens_no_language(place, pipeline, target, message):
    interface(place, "notice-part-english", target)
    ran = pipeline("build", "--no-pdf", "--jobs", "1")
    assert "The string `notice-part-english` is not used: " in ran.err
    assert message in ran.err
    assert not (place.root / "site/so").exists()


@pytest.mark.parametrize("string_id", ["notice-part-english", "site-name", "home-title"])
def test_a_string_that_the_theme_needs_and_that_is_gone_is_named(place, pipeline, string_id):
    path = place.root / "theme/interface.toml"
    text = path.read_text("utf-8")
    assert f'"{string_id}"' in text
    path.write_text(text.replace(f'"{string_id}"', '"something-else"'), "utf-8")
    ran = pipeline(*BUILD)
    assert ran.code == 3
    assert f"There is no string `{string_id}`, and pages show it." in ran.err


@pytest.mark.parametrize("name", ["build.lock", "stage", "built", "work", "built/so", "stage/so"])
def test_a_cache_of_the_wrong_kind_is_no_cache(place, pipeline, name):
    assert pipeline(*BUILD).code == 0
    before = page_of(place)
    path = place.root / ".cache/pipeline" / name
    if path.is_dir():
        shutil.rmtree(path)
        path.write_text("x")
    else:
        path.unlink(missing_ok=True)
        path.mkdir()
    ran = pipeline(*BUILD)
    assert ran.code == 0, ran.err
    assert page_of(place) == before


def test_a_file_in_the_place_of_the_site_is_told(place, pipeline):
    (place.root / "site").write_text("x")
    ran = pipeline(*BUILD)
    assert ran.code == 1
    assert "error: site: The system refuses: File exists." in ran.err


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "Free some space on the disk"), (errno.EACCES, "Give yourself the right")],
)
def test_a_remedy_is_that_of_what_is_wrong(number, remedy):
    assert remedy_of(OSError(number, "")).startswith(remedy)


def test_a_full_disk_is_no_fault_of_a_page():
    told = as_error(OSError(errno.ENOSPC, "No space left on device", "site/so/index.html"))
    assert told.path == Path("site/so/index.html")
    assert told.message == "The system refuses: No space left on device."
    assert told.remedy == "Free some space on the disk, then run the command again."


def test_a_fault_in_mkdocs_settings_is_no_fault_of_a_page(place, pipeline):
    path = place.root / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("  - abbr", "  - nosuch"), "utf-8")
    ran = pipeline(*BUILD)
    assert ran.code == 7
    assert "Failed to load extension 'nosuch'" in ran.err
    assert "→ Correct mkdocs.yml" in ran.err


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda text: f"\ufeff{text}", "fever.md:1: The file begins with a byte order mark."),
        (lambda text: text.replace("999", "\u202e999", 1), "RIGHT-TO-LEFT OVERRIDE"),
        (lambda text: text.replace("Fever", '"\u200b"', 1), "fever.md:2: `title` is not a text."),
    ],
)
def test_a_resource_with_what_nobody_sees_is_told_with_its_line(place, pipeline, damage, message):
    place.resource.write_text(damage(place.resource.read_text("utf-8")), "utf-8")
    assert message in pipeline("sync").err


def test_a_language_taken_out_of_the_table_goes_from_the_site(place, pipeline):
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0
    (place.root / "site/notes").mkdir()  # not ours: not touched
    table = place.root / "locales/locales.toml"
    head, *entries = table.read_text("utf-8").split("[[locale]]")
    kept = [entry for entry in entries if 'tag = "so"' not in entry]
    table.write_text("[[locale]]".join((head, *kept)), "utf-8")
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0
    assert not (place.root / "site/so").exists()
    assert (place.root / "site/ar/index.html").is_file()
    assert (place.root / "site/notes").is_dir()


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"[" * 99999, b'{"locales": [1, {"locale": "../content"}]}', b"\xff"]
)
def test_a_damaged_manifest_is_written_anew_and_removes_nothing(place, pipeline, manifest):
    assert pipeline(*BUILD).code == 0
    path = place.root / "site/manifest.json"
    before = path.read_bytes()
    path.write_bytes(manifest)
    assert pipeline(*BUILD).code == 0
    assert path.read_bytes() == before
    assert place.resource.is_file()


def test_why_a_picture_cannot_be_used_is_told_where_its_page_misses_it(place, pipeline):
    picture = place.resource.parent / "images/rest.svg"
    picture.parent.mkdir()
    picture.write_text("<svg")
    text = place.resource.read_text("utf-8")
    place.resource.write_text(f"{text}\n![A bed](images/rest.svg)\n", "utf-8")
    ran = pipeline("build", "--no-pdf", "--jobs", "1", "--locale", "en")
    assert ran.code == 7
    assert "error: content/covid-19/images/rest.svg:1: The picture is not XML" in ran.err


def test_a_pipe_in_the_place_of_a_resource_is_not_waited_for(place, pipeline):
    os.mkfifo(place.resource.parent / "wait.md")
    assert "content/covid-19/wait.md: This is no file." in pipeline("status").err


def test_the_source_language_has_no_catalogs(place, pipeline):
    ran = pipeline("sync", "--locale", "en")
    assert ran.code == 3
    assert not (place.root / "locales/en").exists()


def test_a_message_shows_what_a_file_says(place, pipeline):
    pipeline("sync")
    place.catalog.write_text("root:x:0\n", "utf-8")
    assert "`root:x:0`" in pipeline("status").err


def test_a_template_that_is_gone_is_named(place, pipeline):
    (place.root / "theme/site/not-found.html").unlink()
    ran = pipeline(*BUILD)
    assert ran.code == 7
    assert "site/not-found.html" in ran.err


def test_why_a_resource_that_is_asked_for_cannot_be_used_is_told(place, pipeline):
    text = place.resource.read_text("utf-8")
    place.resource.write_text(f"{text}\nRest.</div></article>\n", "utf-8")
    ran = pipeline("build", "--no-pdf", "--jobs", "1", "--resource", "covid-19/fever")
    assert ran.code == 4
    assert "an end tag of something that it did not begin: </article>" in ran.err
    assert "There is no usable resource `covid-19/fever`." in ran.err
