"""What is doubtful in a draft goes with it: into its unit, to who translates, to who reviews."""

import json

import pytest

from pipeline.draft.argos import find_version

ARGOS = f"argos {find_version()}"
#: A sentence that the small model does not know: what it says of it is fluent, and something else.
SOURCE = "Do not drive if you are tired."
WRONG = "No dé paracetamol a los adultos."


@pytest.fixture
def drafted(spanish, pipeline):
    pipeline("draft", "--locale", "es")
    assert spanish.unit(SOURCE).msgstr == WRONG
    return spanish


def test_they_stand_in_the_unit(drafted):
    lines = drafted.path.read_text("utf-8").splitlines()
    at = lines.index(f'msgid "{SOURCE}"')
    (line,) = (each for each in lines[at - 5 : at] if each.startswith("#. origin: "))
    assert line.startswith(f"#. origin: machine; {ARGOS}, en_es 0.1, ")
    assert ", look first: " in line
    assert drafted.unit(SOURCE).origin_note.rpartition(", look first: ")[2].split()[-1] == "back"
    assert "look first" not in drafted.unit("What to do if you have a cough").origin_note


def test_who_translates_is_told_beside_the_segment(drafted, pipeline):
    pipeline(
        "export", "--locale", "es", "--format", "csv", "-o", str(drafted.root), "covid-19/fever"
    )
    (file,) = drafted.root.glob("*.csv")
    row = next(line for line in file.read_text("utf-8").splitlines() if WRONG in line)
    assert f"a draft of the machine: {ARGOS}, en_es 0.1" in row
    assert "look first: " in row


def test_who_reviews_is_told_while_it_waits_and_when_it_was_confirmed_as_it_was(drafted, pipeline):
    asked = ("review", "covid-19/fever", "--locale", "es", "--role", "reviser")
    waiting = json.loads(pipeline(*asked, "--format", "json").out)["waiting"]
    (draft,) = (unit["draft"] for unit in waiting if unit["source"] == SOURCE)
    assert draft.startswith(f"machine: {ARGOS}, en_es 0.1")
    assert f"(not confirmed by a translator; {draft})" in pipeline(*asked).out.replace("\n", " ")
    head, tail = drafted.path.read_text("utf-8").split(f'msgid "{SOURCE}"')
    before, _, flags = head.rpartition("#, fuzzy\n")
    drafted.path.write_text(f'{before}{flags}msgid "{SOURCE}"{tail}', "utf-8")
    units = json.loads(pipeline(*asked, "--format", "json").out)["units"]
    assert [unit["draft"] for unit in units] == [draft]
    assert "confirmed as it was" in pipeline(*asked).out
    # Corrected, it is the translator's own.
    text = drafted.path.read_text("utf-8")
    drafted.path.write_text(text.replace(WRONG, "No conduzca si está cansado."), "utf-8")
    units = json.loads(pipeline(*asked, "--format", "json").out)["units"]
    assert [unit["draft"] for unit in units] == [None]
