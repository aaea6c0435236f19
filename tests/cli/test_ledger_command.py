"""`pipeline ledger`: looking at sign-offs, taking them back, stopping a publication."""

import json
import shutil
import subprocess

import pytest

SOMALI = {
    "Fever": "Qandho",
    "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kulushahay.",
    "Drink water often.": "Biyo badan cab.",
    "Call 999 now": "Hadda wac 999",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aadan neefsan karin.",
    "Rest": "Nasasho",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
}
pytestmark = pytest.mark.usefixtures("live")
FEVER = "covid-19/fever"


@pytest.fixture
def live(place, pipeline):
    """A leaflet that Somali speakers can read."""
    pipeline("sync")
    place.translate(SOMALI)
    return place


def lines_of(pipeline):
    return json.loads(pipeline("ledger", "show", FEVER, "--locale", "so", "--format", "json").out)


def state_of(pipeline):
    data = json.loads(pipeline("status", "--locale", "so", "--format", "json").out)
    return data["languages"][0]["resources"][0]["state"]


def test_the_lines_of_a_ledger_are_shown_with_their_ids(pipeline):
    shown = pipeline("ledger", "show", FEVER, "--locale", "so").out
    ids = [line["id"] for line in lines_of(pipeline)]
    assert len(ids) == 3
    assert all(name[:10] in shown for name in ids)
    assert "signed as reviser (sample)" in shown


def test_a_sign_off_that_is_taken_back_closes_the_page(pipeline):
    assert state_of(pipeline) == "live"
    reviser = next(line for line in lines_of(pipeline) if line["role"] == "reviser")
    ran = pipeline(
        "ledger", "revoke", FEVER, reviser["id"][:8], "--locale", "so", "--handle", "yusuf",
        "--note", "The dose was wrong.",
    )  # fmt: skip
    assert ran.out == "Taken back: signed as reviser (sample) by sample-reviser, 7 units.\n"
    assert state_of(pipeline) == "in-review"
    assert "The dose was wrong." in pipeline("ledger", "show", FEVER, "--locale", "so").out


@pytest.mark.parametrize("line", ["ff", "0123456789", "*"])
def test_a_line_that_is_not_there_cannot_be_taken_back(pipeline, line):
    arguments = ("--locale", "so", "--handle", "yusuf", "--note", "x")
    ran = pipeline("ledger", "revoke", FEVER, line, *arguments)
    assert ran.code == 12
    assert "as `pipeline ledger show` prints them" in ran.err


def test_a_role_is_waived_until_a_day_and_never_on_critical_segments(pipeline):
    for line in lines_of(pipeline):
        if line["role"] == "reviser":
            pipeline("ledger", "revoke", FEVER, line["id"], "--locale", "so", "--handle", "a",
                     "--note", "x")  # fmt: skip
    waiver = ("ledger", "waive", FEVER, "--locale", "so", "--role", "reviser")
    why = ("--handle", "dr.ali", "--note", "No reviser this week.")
    ran = pipeline(*waiver, "--until", "2099-01-01", *why)
    assert "On critical segments a reviser is waited for all the same." in ran.out
    data = json.loads(pipeline("status", "--locale", "so", "--format", "json").out)
    assert data["languages"][0]["resources"][0]["state"] == "in-review"
    ran = pipeline(*waiver, "--until", "2020-01-01", *why)
    assert ran.code == 12
    assert "2020-01-01 is past." in ran.err


def test_a_publication_is_stopped_and_allowed_again(pipeline):
    who = ("--handle", "dr.ali", "--note", "Wrong number.")
    assert pipeline("ledger", "withdraw", FEVER, "--locale", "so", *who).code == 0
    assert state_of(pipeline) == "withdrawn"
    assert pipeline("ledger", "restore", FEVER, "--locale", "so", *who).code == 0
    assert state_of(pipeline) == "live"
    assert pipeline("ledger", "withdraw", FEVER, *who).out == (
        "Withdrawn in every language: from the next build on nobody reads it.\n"
    )
    assert state_of(pipeline) == "withdrawn"


def test_a_ledger_that_is_in_order_is_said_to_be(pipeline):
    ran = pipeline("ledger", "verify")
    assert (ran.code, ran.out) == (0, "1 ledgers; 0 of them need somebody.\n")


def test_a_line_that_may_hide_a_revocation_needs_somebody(live, pipeline):
    path = live.root / "locales/so/covid-19/fever.ledger.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write('{"v":1,"kind":"event","event":"revo')
    ran = pipeline("ledger", "verify", FEVER)
    assert ran.code == 12
    assert "locales/so/covid-19/fever.ledger.jsonl:4: error: The line cannot be read" in ran.out
    assert state_of(pipeline) == "translated"
    # The build goes on, without what nobody can trust.
    ran = pipeline("build", "--no-pdf", "--jobs", "1")
    assert ran.code == 11
    assert "No sign-off of this ledger counts." in ran.err


# --- signatures --------------------------------------------------------------------------


@pytest.fixture
def keys(live):
    """A project that counts signed sign-offs only, and two people who may sign."""
    folder = live.root.parent / f"{live.root.name}-keys"
    folder.mkdir()
    signers = []
    for name in ("amina", "yusuf", "hodan"):
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name]
        subprocess.run(make, check=True)
        kind, key, _ = (folder / f"{name}.pub").read_text("ascii").split()
        signers.append(f'{name} namespaces="health-pipeline.*" {kind} {key}\n')
    (live.root / "allowed_signers").write_text("".join(signers), "ascii")
    settings = live.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text + "\n[workflow]\nrequire_signatures = true\n", "utf-8")
    return folder


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")
def test_where_signatures_are_required_only_signed_lines_open_the_gate(live, keys, pipeline):
    # Everybody has signed, and nobody with a key.
    assert state_of(pipeline) == "translated"
    for role, name in (
        ("translator", "amina"),
        ("reviser", "yusuf"),
        ("community-reader", "hodan"),
    ):
        ran = pipeline("sign", FEVER, "--locale", "so", "--role", role, "--handle", name,
                       "--key", str(keys / name), "--yes")  # fmt: skip
        assert ran.code == 0, ran.err
    assert state_of(pipeline) == "live"
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0
    page = live.root / "site/so/covid-19/fever/index.html"
    assert 'Wac <a class="phone" href="tel:999">999</a> haddii' in page.read_text("utf-8")
    # Whoever is taken off the list has not signed.
    allowed = live.root / "allowed_signers"
    kept = [row for row in allowed.read_text("ascii").splitlines() if not row.startswith("yusuf")]
    allowed.write_text("\n".join(kept) + "\n", "ascii")
    assert state_of(pipeline) == "in-review"
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0
    assert "haddii aadan neefsan karin." not in page.read_text("utf-8")


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")
def test_a_signature_that_does_not_hold_needs_somebody(live, keys, pipeline):
    ledger = live.root / "locales/so/covid-19/fever.ledger.jsonl"
    ledger.unlink()  # all of it was signed by hand, without keys
    for role, name in (("translator", "amina"), ("reviser", "yusuf")):
        pipeline("sign", FEVER, "--locale", "so", "--role", role, "--handle", name,
                 "--key", str(keys / name), "--yes")  # fmt: skip
    assert pipeline("ledger", "verify", FEVER).out == "1 ledgers; 0 of them need somebody.\n"
    # Somebody writes another name below it.
    text = ledger.read_text("utf-8")
    ledger.write_text(text.replace('"handle":"yusuf"', '"handle":"hodan"'), "utf-8")
    ran = pipeline("ledger", "verify", FEVER)
    assert ran.code == 12
    (bad,) = [line["id"] for line in lines_of(pipeline) if line["handle"] == "hodan"]
    assert ran.out.splitlines() == [
        (
            f"locales/so/covid-19/fever.ledger.jsonl: warning: line {bad[:10]}, signed as reviser "
            "by hodan: its signature does not hold, so it counts for nothing."
        ),
        (
            "  → It was altered, or its key may not sign this, or not any more: sign again, and "
            "take the line back."
        ),
        "1 ledgers; 1 of them need somebody.",
    ]
    # Nobody has to look at what was taken back.
    pipeline("ledger", "revoke", FEVER, bad, "--locale", "so", "--handle", "amina", "--note", "x")
    assert pipeline("ledger", "verify", FEVER).code == 0
    ledger.write_text(text.partition(',"signature"')[0] + "}\n", "utf-8")
    ran = pipeline("ledger", "verify", FEVER)
    assert "signed as translator by amina: it has no signature, so it counts" in ran.out


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")
@pytest.mark.usefixtures("keys")
def test_without_the_list_of_signers_nothing_is_published(live, pipeline):
    (live.root / "allowed_signers").unlink()
    ran = pipeline("build", "--no-pdf", "--jobs", "1")
    assert ran.code == 3
    assert "allowed_signers" in ran.err
