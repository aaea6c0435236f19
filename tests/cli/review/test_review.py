"""`pipeline review`: only what a role still has to look at, and what changed since it signed."""

import json
import subprocess
from datetime import UTC, datetime

COMPARED = (
    "Have you, who did not translate it, compared each sentence with its source: facts, numbers, "
    "not and never?"
)


def git(place, *arguments: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *arguments], cwd=place.root, check=True, capture_output=True)


def commit(place) -> None:
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "As it is")


def units(ran) -> dict[str, dict]:
    return {unit["source"]: unit for unit in json.loads(ran.out)["units"]}


def test_what_is_not_translated_is_named_and_not_offered(review):
    ran = review("reviser")
    assert ran.code == 0
    assert ran.out.splitlines()[:2] == [
        "covid-19/fever · Fever",
        "Somali, clinical, as reviser: 3 of 7 units to look at, 1 of them critical; 0 signed.",
    ]
    assert "source   Call 999 if you cannot breathe." in ran.out
    assert "so       Wac 999 haddii aadan neefsan karin." in ran.out
    assert "Not to be looked at yet (4):" in ran.out
    assert "  4 Call 999 now  (not translated, critical)" in ran.out


def test_a_role_is_shown_what_its_signature_says_yes_to(ready, review, pipeline):
    ran = review("reviser")
    assert ran.out.splitlines()[2:4] == [
        "Signing says yes to this:",
        f"  - {COMPARED}",
    ]
    # The clinician is asked about the source text, and about nothing else.
    source = pipeline("review", "covid-19/fever", "--role", "clinician").out
    assert "  - Is every piece of advice right today" in source
    assert "compared each sentence" not in source
    page = ready.root / "form.html"
    review("reviser", "--offline-form", str(page))
    text = page.read_text("utf-8")
    assert "<p>Ticking a text as right says yes to this:</p>" in text
    assert "<li>Would somebody who has only this do in an emergency exactly" in text


def test_a_fuzzy_translation_waits_for_its_translator(review, edit):
    sentence = 'msgid "Drink water often."'
    edit(sentence, f"#, fuzzy\n{sentence}")
    ran = review("reviser")
    assert "Drink water often.  (not confirmed by a translator)" in ran.out


def test_after_a_sign_off_there_is_nothing_to_look_at(review, sign):
    assert sign("translator", "amina").code == 0
    assert "nothing to look at; 3 signed." in review("translator").out
    # The reviser has not signed, and sees who has.
    ran = review("reviser")
    assert f"signed   translator · amina · {datetime.now(UTC):%Y-%m-%d}" in ran.out


def test_one_changed_sentence_alone_comes_back_with_a_word_diff(ready, review, sign, edit):
    git(ready, "init", "-q")
    sign("translator", "amina")
    commit(ready)
    edit("Guriga joog 5", "Gurigaaga joog 5")
    ran = review("translator")
    assert "1 of 7 units to look at; 2 signed." in ran.out
    assert "so       [-Guriga-]{+Gurigaaga+} joog 5 maalmood." in ran.out


def test_a_changed_source_shows_what_changed_in_it(ready, review, sign, pipeline):
    git(ready, "init", "-q")
    sign("translator", "amina")
    commit(ready)
    resource = ready.resource.read_text("utf-8").replace("for 5 days", "for 10 days")
    ready.resource.write_text(resource, "utf-8")
    pipeline("sync")
    # The translator confirms it in an editor, which takes the mark and the old source away.
    text = ready.catalog.read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("#, fuzzy", "#|"))]
    changed = "\n".join(kept).replace("Guriga joog 5 m", "Guriga joog 10 m") + "\n"
    ready.catalog.write_text(changed, "utf-8")
    unit = units(review("translator", "--format", "json"))["Stay at home for 10 days."]
    assert unit["changes"]["source"] == [
        ["kept", "Stay at home for "],
        ["removed", "5"],
        ["added", "10"],
        ["kept", " days."],
    ]
    assert unit["changes"]["target"][1:3] == [["removed", "5"], ["added", "10"]]


def test_the_catalog_itself_may_remember_the_earlier_source(ready, review, sign, edit):
    sign("translator", "amina")
    # `#|` kept by the editor: no history is needed.
    resource = ready.resource.read_text("utf-8").replace("Drink water often.", "Drink water.")
    ready.resource.write_text(resource, "utf-8")
    edit('msgid "Drink water often."', '#| msgid "Drink water often."\nmsgid "Drink water."')
    ran = review("translator")
    assert "source   Drink water[- often-]." in ran.out


def test_without_a_history_it_says_that_there_is_no_earlier_text(review, sign, edit):
    sign("translator", "amina")
    edit("Biyo badan cab.", "Biyo cab.")
    ran = review("translator")
    assert "What changed is not shown: git has no history of it." in ran.out
    assert "so       Biyo cab." in ran.out


def test_the_source_side_needs_no_language(ready, pipeline):
    assert ready
    ran = pipeline("review", "covid-19/fever", "--role", "clinician")
    assert "the source text, clinical, as clinician: 7 of 7 units" in ran.out
    ran = pipeline("review", "covid-19/fever", "--role", "reviser")
    assert ran.code == 2
    assert "Name the language that you look at as reviser: --locale TAG." in ran.err


def test_a_role_that_nobody_waits_for_is_told_so(review):
    assert (
        "! Nobody waits for a publisher here; asked: translator, reviser" in review("publisher").out
    )


def test_a_reviser_is_told_what_is_her_own_work(review, sign):
    sign("translator", "amina")
    ran = review("reviser", "--handle", "amina")
    assert "You have signed 3 of these as translator: somebody else must be reviser." in ran.out


def test_findings_stand_beside_the_unit(review, edit):
    edit("Biyo badan cab.", "Biyo [badan](https://example.org/x) cab.")
    found = units(review("reviser", "--format", "json"))["Drink water often."]["findings"]
    assert [entry["check"] for entry in found] == [
        "foreign-markup",
        "foreign-markup",
    ]


def test_nothing_in_a_text_moves_the_cursor_or_turns_the_line_round(review, edit):
    edit("Biyo badan cab.", "Biyo \\033[2Jbadan \u202ecab.")
    ran = review("reviser")
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert "⟨U+202E⟩" in ran.out


def test_arabic_is_isolated_in_a_terminal_and_plain_in_a_pipe(review, monkeypatch):
    assert "ar       ابقَ في المنزل لمدة 5 أيام.\n" in review("reviser", tag="ar").out
    monkeypatch.setattr("pipeline.cli.console.out._force_terminal", True)
    assert "\u2067ابقَ في المنزل لمدة 5 أيام.\u2069" in review("reviser", tag="ar").out


def test_a_resource_that_is_not_there(ready, pipeline):
    assert ready
    ran = pipeline("review", "covid-19/flu", "--role", "author")
    assert ran.code == 4
    assert "There is no resource `covid-19/flu`." in ran.err


def test_the_json_has_a_version_and_what_it_is_about(review):
    data = json.loads(review("community-reader", "--format", "json").out)
    head = {key: value for key, value in data.items() if key not in {"units", "waiting"}}
    assert head == {
        "version": 1,
        "resource": "covid-19/fever",
        "locale": "so",
        "source_locale": "en",
        "role": "community-reader",
        "risk": "clinical",
        "asked": True,
        "sample": False,
        "total": 7,
        "signed": 0,
        "remarks": [],
        "checklist": [
            {
                "id": "sounds-natural",
                "question": "Does it sound as people in your community speak, read out aloud?",
            },
            {
                "id": "is-understood",
                "question": "Can somebody who has read only this say in their own words what to "
                "do, and when to get help?",
            },
            {
                "id": "nobody-is-hurt",
                "question": "Is nothing in it strange, shaming or hurtful to people of your "
                "faith, age or family?",
            },
        ],
    }
    assert set(data["units"][0]) == {
        "number", "digest", "kind", "critical", "section", "context", "note", "source", "target",
        "pictures", "changes", "findings", "signed", "terms", "elsewhere",
        "draft",
    }  # fmt: skip
