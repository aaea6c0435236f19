"""`pipeline qa` in a project: what is passed, what failed, who is waited for; and waivers."""

import json

import pytest

FEVER = "covid-19/fever"
SOMALI = {
    "Fever": "Qandho",
    "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kulushahay.",
    "Drink water often.": "Biyo badan cab.",
    "Call 999 now": "Hadda wac 999",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aadan neefsan karin.",
    "Rest": "Nasasho",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
}
WATER = "Drink water :droplet: often."
WHOLE = "Biyo badan :droplet: cab."
#: It has lost the icon: a major finding of `markup-mismatch`.
LOST = "Biyo badan cab."
#: It has a link to somewhere else: critical.
FOREIGN = "[Biyo](https://example.com/) badan :droplet: cab."


@pytest.fixture
def live(place, pipeline):
    """A leaflet whose first sentence has an icon; the others are translated and signed by all."""
    text = place.resource.read_text("utf-8")
    place.resource.write_text(text.replace("Drink water often.", WATER), "utf-8")
    pipeline("sync")
    place.translate({(WATER if old == "Drink water often." else old): new
                     for old, new in SOMALI.items() if old != "Drink water often."})  # fmt: skip
    return place


@pytest.fixture
def water(live):
    """Translate the first sentence, and have all sign it."""
    return lambda target: live.translate({WATER: target})


def data(pipeline, *arguments):
    return json.loads(pipeline("qa", "--format", "json", *arguments).out)


def state(pipeline) -> str:
    said = json.loads(pipeline("status", "--locale", "so", "--format", "json").out)
    return said["languages"][0]["resources"][0]["state"]


def verdicts(pipeline, tag="so") -> dict[str, str]:
    answers = data(pipeline, FEVER, "--locale", tag)["answers"]
    return {each["item"]: each["verdict"] for each in answers}


def test_what_is_whole_and_signed_is_passed(water, pipeline):
    water(WHOLE)
    ran = pipeline("qa", FEVER, "--locale", "so")
    assert ran.code == 0, ran.err
    first, head, *rows, last = ran.out.splitlines()
    assert (first, head.split()[0]) == ("covid-19/fever · so", "Verdict")
    assert any(
        row.startswith("passed   Is every number the same as in the source, however it is written?")
        for row in rows
    )
    assert last.endswith("This is a demonstration: sample sign-offs count.")
    assert "\x1b" not in ran.out


@pytest.mark.usefixtures("live")
def test_a_row_for_each_resource_and_language(pipeline):
    ran = pipeline("qa")
    # Of the English, the day of the next check is decades away.
    assert ran.code == 15
    assert "content/covid-19/fever.md:13: en: " in ran.out
    rows = {
        line.split()[1]: line.split() for line in ran.out.splitlines() if line.startswith(FEVER)
    }
    assert list(rows) == ["en", "so", "ar", "ckb"]
    assert rows["ckb"][4:7] == ["translator", "(7", "texts),"]


@pytest.mark.usefixtures("live")
def test_what_is_not_translated_waits_for_a_translator(pipeline):
    assert verdicts(pipeline)["numbers"] == "waiting"
    assert set(verdicts(pipeline, "ar").values()) == {"waiting"}


@pytest.mark.usefixtures("live")
def test_the_source_text_is_asked_about_on_its_own(live, pipeline):
    assert verdicts(pipeline, "en")["safe-content"] == "passed"
    text = live.resource.read_text("utf-8")
    live.resource.write_text(f"{text}\n<script>alert(1)</script>\n", "utf-8")
    ran = pipeline("qa", FEVER, "--locale", "en")
    assert ran.code == 15
    assert "critical: content/covid-19/fever.md:25: en: The text has the tag <script>." in ran.out


def test_a_finding_that_blocks_is_named_with_its_remedy_and_ends_with_15(water, pipeline):
    water(LOST)
    ran = pipeline("qa", FEVER, "--locale", "so")
    assert ran.code == 15
    assert "major: locales/so/covid-19/fever.po:" in ran.out
    assert "  → Copy it from the source to where it belongs in the translation." in ran.out
    assert ran.out.splitlines()[-1].endswith(
        "1 finding is more than advice. This is a demonstration: sample sign-offs count."
    )


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "markdown", "html"])
def test_every_form_is_written_to_a_file(live, water, pipeline, form):
    water(LOST)
    ran = pipeline("qa", "--format", form, "--output", f"report.{form}")
    assert (ran.code, ran.out) == (15, "")
    assert "markup-mismatch" in (live.root / f"report.{form}").read_text("utf-8")


# --- waivers ---------------------------------------------------------------------------


WHO = ("--handle", "dr.ali", "--reason", "The leaflet is read on paper.")


@pytest.fixture
def waive(pipeline):
    """Waive the one finding that there is."""

    def run(*arguments, until="2099-12-24"):
        finding, *_ = data(pipeline, FEVER, "--locale", "so")["findings"]
        return pipeline("qa", "--waive", finding["id"][:12], "--until", until, *(arguments or WHO))

    return run


def test_a_waived_finding_holds_the_text_back_no_more(water, pipeline, waive):
    water(LOST)
    assert state(pipeline) == "live-with-gaps"
    ran = waive()
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Until 2099-12-24 it may stand: The translation has lost")
    assert state(pipeline) == "live"
    ran = pipeline("qa", FEVER, "--locale", "so")
    assert ran.code == 0
    assert "major, waived until 2099-12-24: locales/so/covid-19/fever.po" in ran.out
    assert "waiver: covid-19/fever: so: " in ran.out
    assert "dr.ali: The leaflet is read on paper." in ran.out
    assert verdicts(pipeline)["page-whole"] == "waived"
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0


def test_it_stands_in_the_ledger_and_can_be_taken_back(live, water, pipeline, waive):
    water(LOST)
    waive()
    shown = ("ledger", "show", FEVER, "--locale", "so")
    lines = json.loads(pipeline(*shown, "--format", "json").out)
    (line,) = [each for each in lines if each.get("event") == "finding-waived"]
    assert line["note"] == "The leaflet is read on paper."
    assert "finding-waived" in pipeline(*shown).out
    ran = pipeline("ledger", "revoke", FEVER, line["id"][:9], "--locale", "so", "--handle", "sam",
                   "--note", "It is read on phones too.")  # fmt: skip
    assert ran.code == 0, ran.err
    assert state(pipeline) == "live-with-gaps"
    (listed,) = data(pipeline, FEVER, "--locale", "so")["waivers"]
    assert listed["state"] == "off"
    assert live.catalog.exists()


def test_a_changed_text_is_looked_at_again(live, water, pipeline, waive):
    water(LOST)
    waive()
    text = live.catalog.read_text("utf-8")
    live.catalog.write_text(text.replace(LOST, "Biyo badan cab!"), "utf-8")
    live.sign()
    assert state(pipeline) == "live-with-gaps"
    ran = pipeline("qa", FEVER, "--locale", "so")
    assert ran.code == 15
    assert "void: the text has changed, or the check no longer finds it" in ran.out


def test_a_critical_finding_cannot_be_waived(live, water, waive):
    water(FOREIGN)
    ledger = live.root / "locales/so/covid-19/fever.ledger.jsonl"
    before = ledger.read_bytes()
    ran = waive()
    assert ran.code == 12
    assert "A critical finding cannot be waived: The translation brings in" in ran.err
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "until", "code", "said"),
    [
        (WHO, "2020-01-01", 12, "2020-01-01 is past."),
        (("--handle", "Dr Ali", "--reason", "x"), "2099-01-01", 12, "`Dr Ali` is not a handle."),
        (("--handle", "ali", "--reason", " "), "2099-01-01", 12, "There is no reason."),
        (("--handle", "ali"), "2099-01-01", 2, "--waive needs --reason, --until and --handle."),
    ],
)
def test_a_waiver_that_would_not_count_is_refused(
    water, pipeline, waive, arguments, until, code, said
):
    water(LOST)
    ran = waive(*arguments, until=until)
    assert ran.code == code
    assert said in ran.err
    assert state(pipeline) == "live-with-gaps"


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize("name", ["0123456789", "", "ab"])
def test_a_finding_that_is_not_there_cannot_be_waived(pipeline, name):
    ran = pipeline("qa", "--waive", name, "--until", "2099-01-01", *WHO)
    assert ran.code == 12
    assert "names no finding" in ran.err


def test_where_signatures_are_asked_for_a_waiver_needs_a_key(live, water, waive):
    water(LOST)
    settings = live.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text + "\n[workflow]\nrequire_signatures = true\n", "utf-8")
    (live.root / "allowed_signers").write_text("", "utf-8")
    ran = waive()
    assert ran.code == 12
    assert "This project counts signed lines only." in ran.err


# --- what a project changes --------------------------------------------------------------


def test_a_project_cannot_make_advice_of_what_is_critical(live, water, pipeline):
    water(LOST)
    (live.root / "qa").mkdir()
    own = live.root / "qa/checklist.toml"
    own.write_text('[[item]]\nid = "page-whole"\nseverity = "minor"\n', "utf-8")
    ran = pipeline("qa")
    assert ran.code == 3
    assert "qa/checklist.toml:3: The item `page-whole` is critical on clinical resources" in ran.err


def test_advice_that_a_project_makes_major_closes_the_gate(live, water, pipeline):
    water("Biyo  badan :droplet: cab.")
    assert state(pipeline) == "live"
    assert verdicts(pipeline)["typing"] == "advice"
    (live.root / "qa").mkdir()
    own = live.root / "qa/checklist.toml"
    own.write_text('[[item]]\nid = "typing"\nseverity = "major"\n', "utf-8")
    # What status remembers of an earlier run does not count any more.
    assert state(pipeline) == "live-with-gaps"
    assert verdicts(pipeline)["typing"] == "failed"
    own.unlink()
    assert state(pipeline) == "live"


def test_a_project_asks_its_own_question(live, pipeline):
    (live.root / "qa").mkdir()
    (live.root / "qa/checklist.toml").write_text(
        '[[item]]\nid = "aunt"\nquestion = "Does your aunt get it?"\nwho = "reviser"\n'
        'severity = "major"\ntiers = ["clinical"]\nstages = ["document"]\n'
        'standard = "Ours"\naddress = "https://health.example.org/"\n',
        "utf-8",
    )
    assert "Does your aunt get it? (aunt)" in pipeline("qa", FEVER, "--locale", "so").out


# --- what is not there -------------------------------------------------------------------


@pytest.mark.usefixtures("live")
def test_a_resource_or_language_that_is_not_there_is_said_to_be(pipeline):
    assert pipeline("qa", "covid-19/none").code == 4
    assert pipeline("qa", "--locale", "xx").code == 3


def test_a_damaged_catalog_is_told_and_ends_with_11(live, pipeline):
    live.catalog.write_text('msgid "x\n', "utf-8")
    ran = pipeline("qa", "--locale", "so")
    assert ran.code == 11
    assert "locales/so/covid-19/fever.po:1: " in ran.err
