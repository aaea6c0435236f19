"""`pipeline draft`: who fills what is said first; then what is empty is filled, nothing else."""

import os
import shutil
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline.catalogs import read_catalog
from pipeline.cli import drafting
from pipeline.draft import read_models
from pipeline.draft.argos import find_version
from pipeline.model import Origin

#: As drafts record it: these tests run on upstream's package too (`make test-mt-upstream`).
ARGOS = f"argos {find_version()}"
TODAY = date.today().isoformat()  # noqa: DTZ011


def test_a_machine_fills_what_is_empty(spanish, pipeline):
    spanish.fill("Drink water often.", "Tome agua a menudo.")
    ran = pipeline("draft", "--locale", "es")
    assert ran.code == 0, ran.err
    first, *_ = ran.out.splitlines()
    assert first == ("Spanish: 0 of 9 empty segments from memory, 9 for the machine (en_es 0.1).")
    draft = spanish.unit("What to do if you have a cough")
    assert (draft.msgstr, draft.fuzzy) == ("Qué hacer si tiene tos", True)
    assert draft.origin is Origin.MACHINE
    assert draft.origin_note.startswith(f"{ARGOS}, en_es 0.1, {TODAY}, score 0.")
    assert draft.origin_note.endswith("back 1.00")
    assert draft.previous is None
    # What a person wrote stays theirs.
    assert spanish.unit("Drink water often.").msgstr == "Tome agua a menudo."
    assert spanish.unit("Drink water often.").origin is Origin.HUMAN


def test_links_and_code_survive(spanish, pipeline):
    pipeline("draft", "--locale", "es")
    link = spanish.unit(
        "**Call [020 7946 0018](tel:+442079460018)** right away if you have chest pain."
    )
    assert link.msgstr in {
        "**Llame al [020 7946 0018](tel:+442079460018)** de inmediato si tiene dolor de pecho.",
        "",  # where this processor makes the model lose a mark, the box is empty
    }
    code = spanish.unit("Read `leaflet_2.pdf` before you take ibuprofen.")
    assert code.msgstr == "Lea `leaflet_2.pdf` antes de tomar ibuprofeno."


def test_a_draft_that_a_check_refuses_is_thrown_away_and_told(spanish, pipeline):
    ran = pipeline("draft", "--locale", "es", "--from", "machine")
    # The model has never seen a 7, and writes another number.
    dose = "Take ibuprofen every 7 hours with food."
    assert spanish.unit(dose).msgstr == ""
    assert spanish.unit(dose).origin is Origin.HUMAN
    lines = ran.out.splitlines()
    at = lines.index(f"  left empty: {dose}")
    assert "the source has 7. (number-mismatch)" in lines[at + 1]
    assert "(drafts thrown away: " in lines[-1]
    assert lines[-1].endswith("Every proposal is fuzzy: nothing of it is public.")


def test_a_second_run_fills_only_what_is_still_empty(spanish, pipeline):
    pipeline("draft", "--locale", "es")
    before = spanish.path.read_bytes()
    ran = pipeline("draft", "--locale", "es")
    assert spanish.path.read_bytes() == before
    assert " 0 from the machine, " in ran.out


def test_a_dry_run_says_who_fills_what_and_fills_nothing(spanish, pipeline):
    before = spanish.path.read_bytes()
    ran = pipeline("draft", "--locale", "es", "--dry-run")
    assert ran.out == (
        "Spanish: 0 of 10 empty segments from memory, 10 for the machine (en_es 0.1).\n"
    )
    assert (ran.code, spanish.path.read_bytes()) == (0, before)


@pytest.mark.usefixtures("spanish")
def test_a_language_without_a_model_is_said_before_anything_runs(pipeline):
    ran = pipeline("draft", "--locale", "so")
    assert ran.out.splitlines()[0] == (
        "Somali: no model is installed; 0 of 10 empty segments from memory, 10 for a person."
    )
    assert ran.code == 0


def test_persian_is_no_draft_of_another_language(spanish, pipeline):
    shutil.move(spanish.models / "en_es", spanish.models / "en_fa")
    metadata = spanish.models / "en_fa/metadata.json"
    metadata.write_text(metadata.read_text().replace('"to_code": "es"', '"to_code": "fa"'))
    ran = pipeline("draft", "--locale", "ckb", "--dry-run")
    assert "no model is installed" in ran.out


def test_the_memory_is_asked_before_the_machine(spanish, place, pipeline):
    other = place.resource.with_name("cough.md")
    text = place.resource.read_text("utf-8").replace("title: Fever", "title: Cough")
    other.write_text(text, "utf-8")
    pipeline("sync")
    spanish.fill("Stay at home for 5 days.", "Permanezca en su casa 5 días.")
    place.sign()
    ran = pipeline("draft", "--locale", "es", "covid-19/cough")
    assert ran.out.startswith("Spanish: 1 of 10 empty segments from memory, 9 for the machine")
    units = {u.msgid: u for u in read_catalog(spanish.path.with_name("cough.po")).units}
    remembered = units["Stay at home for 5 days."]
    assert remembered.msgstr == "Permanezca en su casa 5 días."
    assert (remembered.origin, remembered.fuzzy) == (Origin.MEMORY, True)
    assert units["Drink water often."].origin is Origin.MACHINE
    # Only what was asked for.
    assert spanish.unit("Drink water often.").msgstr == ""


def test_from_memory_alone_asks_no_machine(spanish, pipeline):
    ran = pipeline("draft", "--locale", "es", "--from", "memory")
    assert ran.out.startswith("covid-19/fever: 0 same text, 0 like it, 10 empty\nSpanish: 0 of 10")
    assert all(unit.msgstr == "" for unit in spanish.catalog.units)


def test_a_third_language_is_refused_unless_asked_for_and_recorded(spanish, pipeline):
    # English to French, French to Spanish: relabelled copies; the French of this test is Spanish.
    for name, source, target in (("en_es", "en", "fr"), ("es_en", "fr", "es")):
        shutil.move(spanish.models / name, spanish.models / f"{source}_{target}")
        metadata = spanish.models / f"{source}_{target}/metadata.json"
        old_source, old_target = name.split("_")
        text = metadata.read_text().replace(f'"{old_source}"', '"x"')
        text = text.replace(f'"{old_target}"', f'"{target}"').replace('"x"', f'"{source}"')
        metadata.write_text(text)
    assert [model.pair for model in read_models(spanish.models)] == ["en_fr", "fr_es"]
    ran = pipeline("draft", "--locale", "es")
    assert "no model is installed" in ran.out
    assert (
        "With --pivot en_fr 0.1 and fr_es 0.1 would draft it through fr: mistakes of both add up."
        in ran.out
    )
    assert all(unit.msgstr == "" for unit in spanish.catalog.units)
    ran = pipeline("draft", "--locale", "es", "--pivot")
    assert "for the machine (en_fr 0.1 + fr_es 0.1)" in ran.out
    # There and back again, it is English: the checks know that, and keep none but what is short.
    assert "drafts thrown away" in ran.out
    notes = [unit.origin_note for unit in spanish.catalog.units if unit.msgstr]
    assert all("en_fr 0.1 + fr_es 0.1 through fr" in note for note in notes)


def test_terms_of_the_glossary_that_are_not_translated_stay(spanish, pipeline):
    (spanish.root / "locales/es/glossary.csv").write_text(
        "source,target,status,note,origin\nibuprofen,ibuprofen,do not translate,,\n", "utf-8"
    )
    pipeline("draft", "--locale", "es")
    code = spanish.unit("Read `leaflet_2.pdf` before you take ibuprofen.")
    assert code.msgstr in {"Lea `leaflet_2.pdf` antes de tomar ibuprofen.", ""}


def test_without_the_extra_it_says_what_to_type(spanish, pipeline, monkeypatch):
    monkeypatch.setitem(sys.modules, "argostranslate", None)
    before = spanish.path.read_bytes()
    ran = pipeline("draft", "--locale", "es")
    assert ran.code == 9
    assert "Argos Translate, which makes machine drafts, is not installed" in ran.err
    assert "make mt" in ran.err
    assert spanish.path.read_bytes() == before


def test_ctrl_c_keeps_what_is_done(spanish, place, pipeline, monkeypatch):
    other = place.resource.with_name("aches.md")
    other.write_text(place.resource.read_text("utf-8"), "utf-8")
    pipeline("sync")
    carry_out, begun = drafting.carry_out, []

    def stop_at_the_second(*args, **more):
        begun.append(None)
        if len(begun) > 1:
            raise KeyboardInterrupt
        return carry_out(*args, **more)

    monkeypatch.setattr("pipeline.cli.draft_command.carry_out", stop_at_the_second)
    assert pipeline("draft", "--locale", "es").code == 130
    done = read_catalog(spanish.path.with_name("aches.po"))
    assert any(unit.msgstr for unit in done.units)
    assert all(unit.msgstr == "" for unit in spanish.catalog.units)
    monkeypatch.undo()


def test_what_a_translator_saves_meanwhile_is_theirs(spanish, pipeline, monkeypatch):
    judge = drafting.judge_drafts

    def save_meanwhile(*args):
        spanish.fill("Stay at home for 5 days.", "No salga de casa en 5 días.")
        return judge(*args)

    monkeypatch.setattr(drafting, "judge_drafts", save_meanwhile)
    pipeline("draft", "--locale", "es")
    assert spanish.unit("Stay at home for 5 days.").msgstr == "No salga de casa en 5 días."


def test_a_damaged_catalog_is_named_and_left_alone(spanish, pipeline):
    spanish.path.write_text('msgid "Stay\n', "utf-8")
    ran = pipeline("draft", "--locale", "es")
    assert ran.code == 11
    assert "fever.po:1" in ran.err
    assert spanish.path.read_text("utf-8") == 'msgid "Stay\n'


@pytest.mark.usefixtures("spanish")
def test_segments_that_no_catalog_knows_are_told(place, pipeline):
    with place.resource.open("a", encoding="utf-8") as file:
        file.write("\nStay at home for 3 days.\n")
    ran = pipeline("draft", "--locale", "es", "--dry-run")
    assert "1 segments are in no catalog yet: `pipeline sync` brings them in." in ran.out


#: Upstream's package is installed: it loads torch, stanza and spacy, and with them urllib3, which
#: tries whether this machine has an address ::1 to bind to. It connects to nothing.
IS_UPSTREAM = find_spec("stanza") is not None
#: Refuses every socket before the program begins, and says at its end what it has loaded.
_ALONE = f"""
import sys
def refuse(event, arguments):
    is_probe = event == "socket.__new__" or (event == "socket.bind" and arguments[1] == ("::1", 0))
    if event.startswith("socket.") and not ({IS_UPSTREAM} and is_probe):
        raise SystemExit(f"{{event}} {{arguments}}")
sys.addaudithook(refuse)
from pipeline.cli import main
try:
    main(sys.argv[1:])
finally:
    names = {{name.partition(".")[0] for name in sys.modules}}
    names &= {{"argostranslate", "sentencex", "torch", "stanza", "spacy"}}
    print("loaded:", *sorted(names))
"""


def run_alone(spanish, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program without sockets, in an empty home."""
    (tmp_path / "home").mkdir()
    (tmp_path / "tmp").mkdir()
    kept = {"PATH", "LANG", "PIPELINE_MODELS", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    environment |= {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", _ALONE, *arguments],
        cwd=spanish.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def files_below(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_drafting_asks_no_network_and_leaves_no_file(spanish, tmp_path_factory):
    alone = tmp_path_factory.mktemp("alone")
    before = files_below(spanish.root) | files_below(spanish.models)
    ran = run_alone(spanish, alone, "draft", "--locale", "es")
    assert ran.returncode == 0, ran.stderr
    assert "from the machine" in ran.stdout
    heavy = " spacy stanza torch" if IS_UPSTREAM else ""
    assert f"loaded: argostranslate sentencex{heavy}\n" in ran.stdout
    assert files_below(alone) == set()
    new = (files_below(spanish.root) | files_below(spanish.models)) - before
    assert all(name.startswith(".cache/pipeline/") for name in new)


@pytest.mark.parametrize(
    "arguments",
    [
        ("draft", "--locale", "es", "--dry-run"),
        ("draft", "--locale", "es", "--from", "memory"),
        ("models", "list"),
        ("status",),
    ],
    ids=" ".join,
)
def test_nobody_else_loads_the_machine(spanish, tmp_path_factory, arguments):
    ran = run_alone(spanish, tmp_path_factory.mktemp("alone"), *arguments)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.endswith("loaded:\n")
