"""SSH signatures with real keys: only what its signer may sign, in exactly these bytes, counts."""

import base64
import os
import subprocess
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, MachineError, PipelineError
from pipeline.ledger import Cover, Ledger, Terms, parse_line, render_line
from pipeline.ledger.signatures import Verifier, namespace, sign_line
from pipeline.model import Urgency
from pipeline.workflow import Event, EventKind, Role, SignOff, TierRules

UNIT = "6b4e63afb5d3e91974bede6c81bdb00208b4fe4a"
LINE = SignOff(
    time="2026-11-24T09:00:00Z",
    role=Role.REVISER,
    handle="yusuf",
    locale="so",
    units=(UNIT,),
    note="“Wac” ✓",
)
WAIVER = Event(
    time="2026-11-24T09:00:00Z",
    event=EventKind.WAIVED,
    handle="sam",
    locale="so",
    role=Role.COMMUNITY_READER,
    until=date(2026, 12, 24),
)


def make_key(folder: Path, name: str, kind: str = "ed25519") -> Path:
    subprocess.run(
        ("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", folder / name), check=True
    )
    return folder / name


def public(key: Path) -> str:
    return " ".join(key.with_name(f"{key.name}.pub").read_text("ascii").split()[:2])


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("keys")
    kinds = {"yusuf": "ed25519", "sam": "rsa", "mallory": "ed25519"}
    return {name: make_key(folder, name, kind) for name, kind in kinds.items()}


@pytest.fixture
def allow(tmp_path, keys):
    """Write an allowed-signers file: principals, options, whose key."""

    def write(*rows: tuple[str, str, str]) -> Path:
        path = tmp_path / "allowed_signers"
        lines = [f"{names} {options} {public(keys[owner])}\n" for names, options, owner in rows]
        path.write_text("".join(lines), "ascii")
        return path

    return write


REVISER = ("yusuf", 'namespaces="health-pipeline.reviser.so"', "yusuf")
PUBLISHER = ("sam", 'namespaces="health-pipeline.publisher.*"', "sam")


def test_a_signature_is_for_one_role_and_language():
    assert namespace(LINE) == "health-pipeline.reviser.so"
    assert namespace(WAIVER) == "health-pipeline.publisher.so"


def test_a_signature_is_one_word_of_base64_and_survives_the_file(keys):
    signed = sign_line(LINE, keys["yusuf"])
    assert base64.b64decode(signed.signature).startswith(b"SSHSIG")
    assert parse_line(render_line(signed)) == signed


@pytest.mark.parametrize(("line", "name"), [(LINE, "yusuf"), (WAIVER, "sam")])
def test_a_good_signature_counts(keys, allow, line, name):
    verifier = Verifier(allow(REVISER, PUBLISHER))
    assert verifier.is_valid(sign_line(line, keys[name]))
    assert not verifier.is_valid(line)


@pytest.mark.parametrize(
    "change",
    [
        {"note": "“Wac” ✗"},
        {"units": (UNIT[::-1],)},
        {"units": (UNIT, UNIT[::-1])},
        {"time": "2026-11-24T09:00:01Z"},
        {"handle": "sam"},
        {"role": Role.CLINICIAN},
        {"locale": "ar"},
        {"sample": True},
    ],
    ids=str,
)
def test_an_altered_line_does_not_count(keys, allow, change):
    everything = [(name, "", "yusuf") for name in ("yusuf", "sam")]
    verifier = Verifier(allow(*everything))
    signed = sign_line(LINE, keys["yusuf"])
    assert verifier.is_valid(signed)
    assert not verifier.is_valid(replace(signed, **change))


def test_an_altered_signature_does_not_count(keys, allow):
    verifier = Verifier(allow(REVISER))
    signature = sign_line(LINE, keys["yusuf"]).signature
    other = "A" if signature[-20] != "A" else "B"
    for forged in (signature[:-20] + other + signature[-19:], signature[:40], "AAAA", "="):
        assert not verifier.is_valid(replace(LINE, signature=forged))


def test_a_signature_of_somebody_else_does_not_count(keys, allow):
    verifier = Verifier(allow(REVISER, ("mallory", "", "mallory")))
    assert not verifier.is_valid(sign_line(LINE, keys["mallory"]))


def test_a_key_counts_for_its_roles_and_languages_alone(keys, allow):
    verifier = Verifier(allow(REVISER))
    for line in (replace(LINE, role=Role.CLINICIAN), replace(LINE, locale="ar")):
        assert not verifier.is_valid(sign_line(line, keys["yusuf"]))


def test_a_reviser_cannot_waive(keys, allow):
    verifier = Verifier(allow(REVISER))
    assert not verifier.is_valid(sign_line(replace(WAIVER, handle="yusuf"), keys["yusuf"]))


def test_a_signature_for_another_purpose_does_not_count(keys, allow):
    # A key that also signs commits: what it signed as `git` is no sign-off.
    data = render_line(LINE).encode()
    command = ("ssh-keygen", "-Y", "sign", "-q", "-f", keys["yusuf"], "-n", "git")
    made = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    body = "".join(made.decode("ascii").split("\n")[1:-2])
    assert not Verifier(allow(("yusuf", "", "yusuf"))).is_valid(replace(LINE, signature=body))


def test_a_handle_that_is_not_listed_does_not_count(keys, allow):
    verifier = Verifier(allow(("amina", "", "yusuf")))
    assert not verifier.is_valid(sign_line(LINE, keys["yusuf"]))


def test_a_signer_who_is_taken_off_the_list_does_not_count_any_more(keys, allow, tmp_path):
    signed, cache = sign_line(LINE, keys["yusuf"]), tmp_path / "cache.json"
    verifier = Verifier(allow(REVISER), cache=cache)
    assert verifier.is_valid(signed)
    verifier.save()
    assert not Verifier(allow(PUBLISHER), cache=cache).is_valid(signed)


def test_a_revoked_key_does_not_count_any_more(keys, allow, tmp_path):
    signed, cache = sign_line(LINE, keys["yusuf"]), tmp_path / "cache.json"
    verifier = Verifier(allow(REVISER), cache=cache)
    assert verifier.is_valid(signed)
    verifier.save()
    revoked = tmp_path / "revoked"
    revoked.write_text(f"{public(keys['yusuf'])}\n", "ascii")
    assert not Verifier(allow(REVISER), revoked, cache).is_valid(signed)
    subprocess.run(("ssh-keygen", "-q", "-k", "-f", revoked, f"{keys['yusuf']}.pub"), check=True)
    assert not Verifier(allow(REVISER), revoked, cache).is_valid(signed)
    subprocess.run(("ssh-keygen", "-q", "-k", "-f", revoked, f"{keys['sam']}.pub"), check=True)
    assert Verifier(allow(REVISER), revoked, cache).is_valid(signed)


@pytest.mark.parametrize(
    ("option", "counts"),
    [
        ('valid-before="20261124"', False),
        ('valid-before="20261124085959"', False),
        ('valid-before="20261124090001"', True),
        ('valid-after="20261124090001"', False),
        ('valid-after="20261124085959"', True),
    ],
)
@pytest.mark.parametrize("zone", ["UTC0", "Asia/Tokyo", "America/New_York"])
def test_a_key_counts_at_the_time_of_the_line_wherever_the_machine_is(
    keys, allow, monkeypatch, zone, option, counts
):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        verifier = Verifier(allow(("yusuf", option, "yusuf")))
        assert verifier.is_valid(sign_line(LINE, keys["yusuf"])) is counts
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_gate_asks_for_signatures(keys, allow):
    terms = Terms(
        rules=TierRules(source=(), target=((Role.REVISER,),)),
        of_source=False,
        urgency=Urgency.ROUTINE,
        now=datetime(2026, 11, 24, 12, tzinfo=UTC),
        accept_samples=False,
        is_valid=Verifier(allow(REVISER)).is_valid,
    )
    bare, signed = Ledger(lines=(LINE,)), Ledger(lines=(sign_line(LINE, keys["yusuf"]),))
    assert not Cover(bare, terms).standing(UNIT, critical=True).is_signed
    assert Cover(signed, terms).standing(UNIT, critical=True).is_signed


# --- the cache -----------------------------------------------------------------------


def test_what_was_good_once_is_not_checked_again(keys, allow, tmp_path, monkeypatch):
    signed, cache = sign_line(LINE, keys["yusuf"]), tmp_path / "cache" / "signatures.json"
    forged = replace(signed, note="")
    verifier = Verifier(allow(REVISER), cache=cache)
    assert (verifier.is_valid(signed), verifier.is_valid(forged)) == (True, False)
    verifier.save()
    monkeypatch.setenv("PATH", "")
    again = Verifier(allow(REVISER), cache=cache)
    assert again.is_valid(signed)
    with pytest.raises(MachineError):  # what was no good is looked at again
        again.is_valid(forged)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b'{"a":1}', b"[" * 100_000, b'{"a":tr'])
def test_a_damaged_cache_is_an_empty_one(keys, allow, tmp_path, data):
    cache = tmp_path / "signatures.json"
    cache.write_bytes(data)
    verifier = Verifier(allow(REVISER), cache=cache)
    assert verifier.is_valid(sign_line(LINE, keys["yusuf"]))
    verifier.save()


# --- what a machine lacks ---------------------------------------------------------------


def test_without_ssh_keygen_it_is_said(keys, allow, monkeypatch):
    signed = sign_line(LINE, keys["yusuf"])
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MachineError, match="no ssh-keygen"):
        Verifier(allow(REVISER)).is_valid(signed)
    with pytest.raises(MachineError, match="no ssh-keygen"):
        sign_line(LINE, keys["yusuf"])


def test_a_program_that_does_not_answer_is_no_verdict(keys, allow, tmp_path, monkeypatch):
    signed = sign_line(LINE, keys["yusuf"])
    slow = tmp_path / "bin" / "ssh-keygen"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 30\n", "ascii")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("pipeline.ledger.signatures._CHECK_SECONDS", 0.2)
    with pytest.raises(MachineError, match="has not answered"):
        Verifier(allow(REVISER)).is_valid(signed)


def test_a_missing_list_of_signers_is_a_mistake_of_the_settings(tmp_path):
    with pytest.raises(ConfigError, match="allowed_signers"):
        Verifier(tmp_path / "allowed_signers")


def test_a_file_that_is_no_key(tmp_path):
    key = tmp_path / "key"
    key.write_text("?", "ascii")
    with pytest.raises(PipelineError, match="cannot be signed"):
        sign_line(LINE, key)
    with pytest.raises(PipelineError, match="cannot be signed"):
        sign_line(LINE, tmp_path / "none")
