"""From an export over a translator's work to the catalog, the checks and the gate."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalogs import read_catalog
from pipeline.cli.travel import NAMES, file_name, read_sheet, render_sheet
from pipeline.exchange import State

FORMS = pytest.mark.parametrize("form", NAMES)
DONE = {
    "Drink water often.": "Biyo badan cab.",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aad neefsan weydo.",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
}


def targets(path: Path) -> dict[str, str]:
    return {unit.msgid: unit.msgstr for unit in read_catalog(path).units if not unit.obsolete}


@pytest.fixture
def fill(place, pipeline):
    """Export a resource, fill rows in as a translator does, and give the file back."""

    def run(translations=DONE, *, form="xlsx", tag="so", **more) -> Path:
        name = f"covid-19.fever.{tag}"
        pipeline("export", "--locale", tag, "--format", form, "-o", "out", "covid-19/fever")
        (path,) = (place.root / "out").glob(f"{name}.*")
        sheet = read_sheet(path)
        rows = [
            replace(row, target=translations[row.source], state=State.DONE, is_open=False, **more)
            if row.source in translations
            else row
            for row in sheet.rows
        ]
        headers = read_catalog(place.root / f"locales/{tag}/covid-19/fever.po").headers
        path.write_bytes(render_sheet(replace(sheet, rows=tuple(rows)), form, headers))
        return path

    return run


@FORMS
def test_an_export_names_its_file_and_what_is_in_it(place, pipeline, form):
    said = pipeline("export", "--locale", "so", "--format", form, "-o", "out", "covid-19/fever")
    assert said.code == 0
    (path,) = (place.root / "out").iterdir()
    assert path.name.startswith("covid-19.fever.so.")
    assert said.out == f"out/{path.name}: 7 rows (7 new)\n"


def test_without_a_name_all_is_exported_the_words_of_the_website_first(place, pipeline):
    said = pipeline("export", "--locale", "ar")
    names = re.findall(r"exports/(\S+): ", said.out)
    assert names == ["interface.ar.xlsx", "covid-19.fever.ar.xlsx"]
    assert (place.root / "exports/interface.ar.xlsx").exists()


@FORMS
def test_exactly_what_was_filled_in_is_in_the_catalog(place, pipeline, fill, form):
    path = fill(form=form)
    before = place.catalog.read_text("utf-8")
    said = pipeline("import", str(path))
    assert said.code == 0, said.err
    assert "3 translations taken, 4 unchanged." in said.out
    for source, target in DONE.items():
        before = before.replace(
            f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"'
        )
    assert place.catalog.read_text("utf-8") == before


@FORMS
def test_importing_again_changes_nothing(place, pipeline, fill, form):
    path = fill(form=form)
    pipeline("import", str(path))
    before = place.catalog.read_bytes(), place.catalog.stat().st_mtime_ns
    assert "0 translations taken, 7 unchanged." in pipeline("import", str(path)).out
    assert (place.catalog.read_bytes(), place.catalog.stat().st_mtime_ns) == before


def test_a_trial_writes_nothing(place, pipeline, fill):
    path = fill()
    before = place.catalog.read_bytes()
    said = pipeline("import", "--dry-run", str(path))
    assert "3 translations taken" in said.out
    assert "Nothing was written: this was a trial." in said.out
    assert place.catalog.read_bytes() == before


def test_only_what_is_not_done_is_sent(pipeline, fill):
    pipeline("import", str(fill()))
    said = pipeline("export", "--locale", "so", "--changed", "-o", "again", "covid-19/fever")
    assert said.out == "again/covid-19.fever.so.xlsx: 4 rows (4 new)\n"


def test_nothing_is_sent_where_all_is_done(place, pipeline, fill):
    every = {source: f"{target} ah" for source, target in targets_of_all().items()}
    pipeline("import", str(fill(every)))
    said = pipeline("export", "--locale", "so", "--changed", "-o", "again", "covid-19/fever")
    assert said.out == "Nothing to export: all of it is done.\n"
    assert not (place.root / "again").exists()


def targets_of_all() -> dict[str, str]:
    rest = {
        "Fever": "Qandho",
        "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kulushahay.",
        "Call 999 now": "Wac 999 hadda",
        "Rest": "Naso",
    }
    return DONE | rest


# The gate.


def test_what_is_imported_still_waits_for_those_who_answer_for_it(place, pipeline, fill):
    """Translated is not published: nobody has signed it."""
    pipeline("import", str(fill(targets_of_all())))
    told = pipeline("build", "--explain", "--locale", "so", "--resource", "covid-19/fever").out
    assert "live" not in told.split("covid-19/fever: ")[1].split("\n")[0]
    assert "waiting for a translator (7 segments" in told
    place.sign()
    told = pipeline("build", "--explain", "--locale", "so", "--resource", "covid-19/fever").out
    assert "covid-19/fever: live" in told


def test_a_question_is_never_published(place, pipeline, fill):
    path = fill()
    sheet = read_sheet(path)
    rows = [replace(row, state=State.QUESTION, remark="Is 5 right?") for row in sheet.rows]
    path.write_bytes(render_sheet(replace(sheet, rows=tuple(rows)), "xlsx", ()))
    pipeline("import", str(path))
    unit = read_catalog(place.catalog).by_key()[None, "Stay at home for 5 days."]
    assert unit.fuzzy
    assert unit.translator_comments == ("question: Is 5 right?",)


def test_what_is_imported_goes_through_the_checks_at_once(place, pipeline, fill):
    wrong = DONE | {"Stay at home for 5 days.": "Guriga joog 3 maalmood."}
    said = pipeline("import", str(fill(wrong)), "--report", "back.md")
    assert said.code == 15
    assert "B11  Stay at home for 5 days." in said.out
    assert "critical: " in said.out
    assert "(number-mismatch)" in said.out
    report = (place.root / "back.md").read_text("utf-8")
    assert "- **B11** Stay at home for 5 days." in report
    assert "(number-mismatch)" in report


def test_markup_that_a_word_processor_has_turned_is_put_right(place, pipeline, fill):
    text = place.resource.read_text("utf-8")
    told = 'Read [this](https://www.nhs.uk "The NHS") and `--x`.'
    place.resource.write_text(text.replace("Drink water often.", told), "utf-8")
    turned = "Akhri [tan](https://www.nhs.uk “The NHS”) iyo `–x`."
    said = pipeline("import", str(fill({told: turned}, form="docx")))
    assert "Put right: " in said.out
    assert targets(place.catalog)[told] == 'Akhri [tan](https://www.nhs.uk "The NHS") iyo `--x`.'
    assert "markup-mismatch" not in said.out


# Meanwhile.


def test_an_older_source_gets_a_draft_and_loses_nothing(place, pipeline, fill):
    path = fill()
    text = place.resource.read_text("utf-8").replace("for 5 days", "for 3 days")
    place.resource.write_text(text, "utf-8")
    said = pipeline("import", str(path))
    assert said.code == 15
    assert "2 translations taken, 1 as drafts for a changed text" in said.out
    units = read_catalog(place.catalog).by_key()
    draft = units[None, "Stay at home for 3 days."]
    assert (draft.msgstr, draft.fuzzy) == ("Guriga joog 5 maalmood.", True)
    assert draft.previous.msgid == "Stay at home for 5 days."
    before = place.catalog.read_bytes()
    pipeline("import", str(path))
    pipeline("sync")
    assert place.catalog.read_bytes() == before
    place.resource.write_text(text.replace("for 3 days", "for 5 days"), "utf-8")
    pipeline("sync")
    back = read_catalog(place.catalog).by_key()[None, "Stay at home for 5 days."]
    assert (back.msgstr, back.is_current) == ("Guriga joog 5 maalmood.", True)


def test_a_text_that_is_gone_is_kept(place, pipeline, fill):
    path = fill()
    text = place.resource.read_text("utf-8").replace("Drink water often.\n", "")
    place.resource.write_text(text, "utf-8")
    said = pipeline("import", str(path))
    assert "1 kept for a text that is gone" in said.out
    (gone,) = [unit for unit in read_catalog(place.catalog).units if unit.obsolete]
    assert (gone.msgid, gone.msgstr) == ("Drink water often.", "Biyo badan cab.")


def test_somebody_elses_work_is_not_written_over(place, pipeline, fill):
    path = fill()
    place.translate({"Drink water often.": "Biyo cab."})
    said = pipeline("import", str(path))
    assert said.code == 11
    assert "2 translations taken, 4 unchanged, 1 not taken." in said.out
    assert targets(place.catalog)["Drink water often."] == "Biyo cab."
    assert pipeline("import", "--theirs", str(path)).code == 0
    assert targets(place.catalog)["Drink water often."] == "Biyo badan cab."


# What is refused.


def test_a_file_that_cannot_be_used_keeps_nobody_else_out(place, pipeline, fill):
    good = fill()
    bad = good.with_name("a.xlsm")
    bad.write_bytes(good.read_bytes())
    said = pipeline("import", str(bad), str(good), "--report", "back.html")
    assert said.code == 19
    assert "3 translations taken" in said.out
    assert "out/a.xlsm: The file may have macros, which are programs." in said.err
    assert "may have macros" in (place.root / "back.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--locale", "ar"), 19, "The file is about `so`, and --locale says `ar`."),
        (("--resource", "covid-19/rest"), 19, "The file is about `covid-19/fever`"),
    ],
)
def test_a_file_is_about_what_it_says(pipeline, fill, options, code, said):
    told = pipeline("import", str(fill()), *options)
    assert told.code == code
    assert said in told.err


@pytest.mark.parametrize(
    ("field", "value", "code", "said"),
    [
        ("resource", "../../etc/passwd", 4, "no"),
        ("resource", "covid-19/gone", 4, "no"),
        ("locale", "xx", 3, "`xx` is not in the language table."),
        ("locale", "en", 3, "`en` is the language that resources are written in."),
        ("locale", "", 19, "The file does not say its locale."),
        ("resource", "", 19, "The file does not say its resource."),
    ],
)
def test_a_file_leads_nowhere_else(place, pipeline, fill, field, value, code, said):
    path = fill()
    before = {p: p.read_bytes() for p in place.root.rglob("*.po")}
    sheet = replace(read_sheet(path), **{field: value})
    path.write_bytes(render_sheet(sheet, "xlsx", ()))
    told = pipeline("import", str(path))
    assert told.code == code
    assert said in told.err
    assert {p: p.read_bytes() for p in place.root.rglob("*.po")} == before


def test_what_the_file_does_not_say_may_be_named(place, pipeline, fill):
    path = fill()
    sheet = replace(read_sheet(path), resource="", locale="")
    path.write_bytes(render_sheet(sheet, "xlsx", ()))
    said = pipeline("import", str(path), "--resource", "covid-19/fever", "--locale", "so")
    assert said.code == 0
    assert targets(place.catalog)["Drink water often."] == "Biyo badan cab."


def test_a_damaged_catalog_is_not_written_over(place, pipeline, fill):
    path = fill()
    damaged = place.catalog.read_bytes() + b"<<<<<<< HEAD\n"
    place.catalog.write_bytes(damaged)
    assert pipeline("import", str(path)).code == 5
    assert place.catalog.read_bytes() == damaged


def test_the_words_of_the_website_travel_too(place, pipeline):
    path = place.root / "locales/ckb/interface.po"
    pipeline("export", "--locale", "ckb", "-o", "out", "interface")
    name = place.root / "out/interface.ckb.xlsx"
    sheet = read_sheet(name)
    first = replace(sheet.rows[0], target="دەقێکی نوێ", state=State.DONE)
    name.write_bytes(render_sheet(replace(sheet, rows=(first,)), "xlsx", ()))
    before = targets(path)
    said = pipeline("import", str(name))
    assert "1 translation taken" in said.out
    assert targets(path) == before | {first.source: "دەقێکی نوێ"}


def test_a_sample_says_that_it_is_one(place, pipeline, fill):
    path = fill()
    text = place.catalog.read_text("utf-8")
    place.catalog.write_text(text.replace('"MIME', '"X-Sample: yes\\n"\n"MIME', 1), "utf-8")
    assert "marked as a sample" in pipeline("import", str(path)).out


def test_a_language_that_is_not_wanted_is_refused(place, pipeline):
    text = place.resource.read_text().replace("audience:", "languages: [ar]\naudience:")
    place.resource.write_text(text)
    said = pipeline("export", "--locale", "so", "covid-19/fever")
    assert said.code == 3
    assert "is not wanted in `so`" in said.err


def test_names_of_files_say_resource_and_language(fill):
    assert file_name(read_sheet(fill(tag="ckb")), "docx") == "covid-19.fever.ckb.docx"
