"""A draft is no translation: status and the queue count it apart, and say where none can be had."""

import json

import pytest


def cell(pipeline, tag="es"):
    matrix = json.loads(pipeline("status", "--format", "json").out)
    (row,) = (row for row in matrix["languages"] if row["locale"] == tag)
    return matrix, row, row["resources"][0]


def task(pipeline, tag="es"):
    queue = json.loads(pipeline("next", "--locale", tag, "--format", "json").out)
    (found,) = (task for task in queue["tasks"] if task["role"] == "translator")
    return found


def test_what_a_translator_finds_is_counted_apart(spanish, pipeline):
    _, _, empty = cell(pipeline)
    everything = empty["tally"]["segments"]["total"]
    assert empty["open"]["segments"]["empty"] == everything
    pipeline("draft", "--locale", "es")
    drafted = sum(unit.origin == "machine" for unit in spanish.catalog.units)
    _, _, after = cell(pipeline)
    found = after["open"]["segments"]
    assert found == {
        "empty": everything - drafted,
        "memory": 0,
        "machine": drafted,
        "unfinished": 0,
        "changed": 0,
    }
    assert after["tally"]["segments"]["translated"] == 0
    assert after["state"] == "missing"
    assert f"{drafted} by the machine" in pipeline("status", "--locale", "es").out
    assert (task(pipeline)["drafted"], task(pipeline)["segments"]) == (drafted, everything)


def test_a_draft_that_a_person_has_touched_is_theirs(spanish, pipeline):
    pipeline("draft", "--locale", "es")
    before = cell(pipeline)[2]["open"]["segments"]
    draft = spanish.unit("Do not drive if you are tired.").msgstr
    # Fluent, and about something else: the small model knows no such sentence.
    assert draft == "No dé paracetamol a los adultos."
    text = spanish.path.read_text("utf-8")
    spanish.path.write_text(text.replace(draft, "No conduzca si está cansado."), "utf-8")
    after = cell(pipeline)[2]["open"]["segments"]
    assert (after["machine"], after["unfinished"]) == (before["machine"] - 1, 1)


@pytest.mark.usefixtures("spanish")
def test_where_no_model_drafts_a_person_begins_from_nothing(pipeline):
    matrix, spanish_row, _ = cell(pipeline)
    assert (matrix["drafting"], spanish_row["model"]) == (True, "en_es 0.1")
    assert cell(pipeline, "so")[1]["model"] is None
    said = {line.split()[0]: line for line in pipeline("status").out.splitlines() if line.strip()}
    assert "no model" in said["Somali"]
    assert "no model" not in said["Spanish"]
    assert task(pipeline, "so")["model"] is None
    assert task(pipeline)["model"] == "en_es 0.1"
    assert "translate, no model" in pipeline("next", "--locale", "so").out
    pipeline("draft", "--locale", "es")
    assert "% drafted" in pipeline("next", "--locale", "es").out


def test_a_machine_without_models_says_nothing_of_any_language(spanish, pipeline, monkeypatch):
    monkeypatch.setenv("PIPELINE_MODELS", str(spanish.root / ".cache/no-models"))
    assert cell(pipeline)[0]["drafting"] is False
    assert "no model" not in pipeline("status").out
