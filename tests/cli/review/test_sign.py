"""`pipeline sign`: who may answer for what, and what is recorded."""

import json
import os
import pty
import subprocess
import sys

import pytest


def lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_sign_off_is_a_line_of_the_ledger_and_says_who_is_next(ready, sign):
    ran = sign("translator", "amina", "--note", "Read aloud twice.")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "Recorded: 3 units of covid-19/fever, Somali, as translator by amina.",
        "3 units: now waiting for a reviser or a community reader.",
    ]
    (line,) = lines(ready.ledger)
    assert line["role"] == "translator"
    assert line["handle"] == "amina"
    assert line["note"] == "Read aloud twice."
    assert len(line["units"]) == 3


def test_the_last_role_that_is_needed_opens_publication(sign):
    sign("translator", "amina")
    sign("reviser", "yusuf")
    ran = sign("community-reader", "hodan")
    assert "every needed role has signed; the text may be published" in ran.out


def test_only_what_is_still_to_be_looked_at_is_signed_again(ready, sign, edit):
    sign("translator", "amina")
    edit("Biyo badan cab.", "Biyo cab.")
    assert sign("translator", "amina").out.startswith("Recorded: 1 unit of")
    assert len(lines(ready.ledger)[1]["units"]) == 1
    assert sign("translator", "amina").out.startswith("Nothing to sign: translator has signed all")


def test_a_reviser_is_not_the_translator(ready, sign):
    sign("translator", "amina")
    ran = sign("reviser", "amina")
    assert ran.code == 13
    assert "the reviser is another person than the translator (ISO 17100, 5.3.3)" in ran.err
    assert len(lines(ready.ledger)) == 1


def test_a_unit_that_she_did_not_translate_she_may_revise(sign):
    sign("translator", "amina", "--units", "3")
    ran = sign("reviser", "amina")
    assert ran.code == 11  # one was left out, and named
    assert "Recorded: 2 units" in ran.out
    assert "not signed: 3. Drink water often.: the reviser" in ran.err


def test_a_critical_finding_is_not_signed(ready, sign, edit):
    edit("Biyo badan cab.", "Biyo <script>go()</script> cab.")
    ran = sign("translator", "amina", "--units", "3")
    assert ran.code == 13
    assert "a check found a critical mistake" in ran.err
    assert not ready.ledger.exists()


def test_what_is_fuzzy_or_not_translated_cannot_be_named(ready, sign, edit):
    edit('msgid "Drink water often."', '#, fuzzy\nmsgid "Drink water often."')
    for number in ("1", "3"):
        ran = sign("translator", "amina", "--units", number)
        assert ran.code == 13
        assert f"There is nothing to sign at number {number}." in ran.err
    assert not ready.ledger.exists()


@pytest.mark.parametrize("words", ["5,7", "5-5, 7", "5 7 5"])
def test_units_are_named_by_number(ready, sign, words):
    assert sign("translator", "amina", "--units", words).code == 0
    assert len(lines(ready.ledger)[0]["units"]) == 2


def test_units_are_named_by_the_beginning_of_their_digest(ready, review, sign):
    unit = json.loads(review("translator", "--format", "json").out)["units"][1]
    assert sign("translator", "amina", "--units", unit["digest"][:10]).code == 0
    assert lines(ready.ledger)[0]["units"] == [unit["digest"]]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("99", "There is nothing to sign at number 99."),
        ("abc", "`abc` is neither a number nor the beginning of a digest."),
        ("0000000000", "No unit that is to be signed has a digest that begins with `0000000000`."),
        ("3-²", "`3-²` is neither a number"),
    ],
)
def test_a_wrong_name_records_nothing(ready, sign, words, message):
    ran = sign("translator", "amina", "--units", words)
    assert ran.code == 13
    assert message in ran.err
    assert not ready.ledger.exists()


@pytest.mark.parametrize("handle", ["Amina", "amina y", "../x", "-a", "a" * 80, "آمنة"])
def test_a_handle_is_a_short_name(ready, sign, handle):
    ran = sign("translator", handle)
    assert ran.code in {2, 13}
    assert not ready.ledger.exists()


def test_nobody_signs_without_a_name_and_the_environment_can_give_it(ready, pipeline, monkeypatch):
    where = ("sign", "covid-19/fever", "--locale", "so", "--role", "translator", "--yes")
    assert pipeline(*where).code == 2
    monkeypatch.setenv("PIPELINE_HANDLE", "amina")
    assert pipeline(*where).code == 0
    assert lines(ready.ledger)[0]["handle"] == "amina"


def test_a_role_that_nobody_waits_for_is_refused_unless_it_is_meant(ready, sign):
    ran = sign("publisher", "rosa")
    assert ran.code == 13
    assert "Sign as one of: translator, reviser, community-reader." in ran.err
    assert sign("publisher", "rosa", "--any-role").code == 0
    assert lines(ready.ledger)[0]["role"] == "publisher"


def test_a_script_has_to_say_yes(ready, pipeline, monkeypatch):
    monkeypatch.setattr("sys.stdin", open(os.devnull, encoding="utf-8"))  # noqa: PTH123, SIM115
    who = ("--locale", "so", "--role", "translator", "--handle", "amina")
    ran = pipeline("sign", "covid-19/fever", *who)
    sys.stdin.close()
    assert ran.code == 13
    assert "Add --yes if somebody has really looked." in ran.err
    assert not ready.ledger.exists()


@pytest.mark.parametrize(("said", "code"), [("y\n", 0), ("n\n", 130)])
def test_a_person_is_shown_the_critical_ones_and_asked(ready, said, code):
    ours, theirs = pty.openpty()
    who = ("--locale", "so", "--role", "translator", "--handle", "amina")
    program = [sys.executable, "-c", "from pipeline.cli import main; main()", "sign"]
    with subprocess.Popen(
        [*program, "covid-19/fever", *who],
        cwd=ready.root,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        os.write(ours, said.encode())
        _, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == code
    assert "1 of them is critical:\n  5. Call 999 if you cannot breathe.\n" in err
    assert "Do you answer for 3 units as translator? [y/N]" in err
    assert ready.ledger.exists() is (code == 0)


def test_the_source_is_signed_beside_the_resource(ready, pipeline):
    ran = pipeline("sign", "covid-19/fever", "--role", "author", "--handle", "rosa", "--yes")
    assert ran.code == 0
    assert "7 units: now waiting for a clinician." in ran.out
    (line,) = lines(ready.resource.with_name("fever.ledger.jsonl"))
    assert line["locale"] == "en"


def test_a_sample_is_for_a_demonstration(ready, sign):
    assert sign("translator", "amina", "--sample").code == 0
    assert lines(ready.ledger)[0]["sample"] is True
    settings = ready.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("demonstration = true", "demonstration = false"), "utf-8")
    ran = sign("reviser", "yusuf", "--sample")
    assert ran.code == 13
    assert "counts in a demonstration only" in ran.err


def test_a_ledger_in_doubt_is_mended_first(ready, sign):
    ready.ledger.write_text('{"v":1,"kind":"event","event":"revo\n', "utf-8")
    ran = sign("translator", "amina")
    assert ran.code == 13
    assert "none of it counts" in ran.err


def test_where_signatures_are_required_only_an_allowed_key_counts(ready, sign, tmp_path):
    for name in ("mine", "other"):
        key = tmp_path / name
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True, timeout=60
        )
    settings = ready.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{text}\n[workflow]\nrequire_signatures = true\n", "utf-8")
    public = (tmp_path / "mine.pub").read_text("utf-8")
    (ready.root / "allowed_signers").write_text(f"amina {public}", "utf-8")
    assert "Add --key" in sign("translator", "amina").err
    ran = sign("translator", "amina", "--key", str(tmp_path / "other"))
    assert ran.code == 13
    assert "That key may not sign for amina as translator" in ran.err
    assert not ready.ledger.exists()
    ran = sign("translator", "amina", "--key", str(tmp_path / "mine"))
    assert ran.code == 0
    assert "now waiting for a reviser" in ran.out
    assert lines(ready.ledger)[0]["signature"]
