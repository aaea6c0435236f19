"""Adding lines: none lost, none half, whoever else writes at that moment."""

import os
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.ledger import (
    Ledger,
    LineError,
    append,
    fresh_time,
    line_id,
    parse_ledger,
    read_ledger,
    render_line,
)
from pipeline.workflow import Event, EventKind, Role, SignOff

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
UNIT = "6b4e63afb5d3e91974bede6c81bdb00208b4fe4a"
SIGNED = SignOff(
    time="2026-11-24T09:00:00Z", role=Role.REVISER, handle="yusuf", locale="so", units=(UNIT,)
)
REVOKED = Event(
    time="2026-11-24T09:00:00Z",
    event=EventKind.REVOKED,
    handle="hodan",
    locale="so",
    revokes=line_id(SIGNED),
)
STOPPED = Event(
    time="2026-11-24T10:00:00Z", event=EventKind.WITHDRAWN, handle="sam", locale="so", note="Dose."
)
ALLOWED = replace(STOPPED, event=EventKind.RESTORED)


def text(*lines) -> bytes:
    return "".join(f"{render_line(line)}\n" for line in lines).encode()


def test_folders_and_file_are_made(tmp_path):
    path = tmp_path / "locales/so/covid-19/fever.ledger.jsonl"
    append(path, SIGNED)
    append(path, REVOKED, STOPPED)
    assert path.read_bytes() == text(SIGNED, REVOKED, STOPPED)


@pytest.mark.parametrize("before", [text(SIGNED)[:-1], text(SIGNED)[:40], b"\r", b"\xff"])
def test_what_is_there_stays_and_the_line_has_one_of_its_own(tmp_path, before):
    path = tmp_path / "fever.ledger.jsonl"
    path.write_bytes(before)
    append(path, REVOKED)
    assert path.read_bytes() == before + b"\n" + text(REVOKED)
    assert REVOKED in read_ledger(path, locale="so", now=NOW).lines


@pytest.mark.parametrize(
    "line",
    [
        replace(SIGNED, units=()),
        replace(SIGNED, handle="Yusuf"),
        replace(SIGNED, note="half \ud83d"),
        replace(STOPPED, until=date(2026, 12, 1)),
    ],
)
def test_what_could_not_be_read_back_is_not_written(tmp_path, line):
    with pytest.raises(LineError):
        append(tmp_path / "fever.ledger.jsonl", SIGNED, line)
    assert not list(tmp_path.iterdir())


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").write_bytes(b"")
    path = tmp_path / "fever.ledger.jsonl"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="fever"):
        append(path, SIGNED)
    assert (tmp_path / "elsewhere").read_bytes() == b""


def test_a_full_disk_leaves_no_half_of_a_line(tmp_path):
    path = tmp_path / "fever.ledger.jsonl"
    append(path, SIGNED)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(text(SIGNED)) + 50, limits[1]))
    try:
        with pytest.raises(OSError, match="large"):
            append(path, REVOKED)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == text(SIGNED)


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from pipeline.ledger import append, parse_line
path, name, line = Path(sys.argv[1]), sys.argv[2], parse_line(sys.argv[3])
for number in range(50):
    append(path, replace(line, handle=f"{name}-{number}", note="x" * 5000))
"""


def writers(path, count):
    command = (sys.executable, "-c", WRITER, str(path))
    return [
        subprocess.Popen([*command, f"w{number}", render_line(SIGNED)]) for number in range(count)
    ]


def test_several_may_write_at_once(tmp_path):
    path = tmp_path / "fever.ledger.jsonl"
    for process in writers(path, 4):
        assert process.wait(60) == 0
    ledger = parse_ledger(path.read_bytes(), locale="so", now=NOW)
    assert len(ledger.lines) == 200
    assert not ledger.needs_person


def test_a_file_that_is_replaced_meanwhile_gets_the_line_too(tmp_path, monkeypatch):
    # As a merge does: another file is renamed to its place while the line is being written.
    path, merged = tmp_path / "fever.ledger.jsonl", tmp_path / "merged"
    path.write_bytes(text(SIGNED))
    merged.write_bytes(text(SIGNED, STOPPED))
    sync = os.fsync

    def merge_first(file):
        if merged.exists():
            merged.replace(path)
        sync(file)

    monkeypatch.setattr(os, "fsync", merge_first)
    append(path, REVOKED)
    assert path.read_bytes() == text(SIGNED, STOPPED, REVOKED)


# --- time --------------------------------------------------------------------------


def test_a_line_that_says_something_new_keeps_its_time():
    assert fresh_time(Ledger(), SIGNED) == SIGNED
    assert fresh_time(Ledger(lines=(SIGNED,)), replace(SIGNED, note="again")).time == SIGNED.time


def test_signing_again_in_the_second_of_a_revocation_is_another_line():
    again = fresh_time(Ledger(lines=(SIGNED, REVOKED)), SIGNED)
    assert again == replace(SIGNED, time="2026-11-24T09:00:01Z")
    both = Ledger(lines=(SIGNED, REVOKED, again))
    assert fresh_time(both, SIGNED).time == "2026-11-24T09:00:02Z"


def test_a_line_that_is_revoked_and_not_here_is_not_signed_again():
    assert fresh_time(Ledger(lines=(REVOKED,)), SIGNED).time == "2026-11-24T09:00:01Z"


def test_a_line_that_is_moved_loses_its_signature():
    signed = replace(SIGNED, signature="U1NIU0lH")
    assert fresh_time(Ledger(lines=(SIGNED,)), signed).signature == ""


def test_stopping_and_allowing_again_within_a_second_follow_one_another():
    allowed = fresh_time(Ledger(lines=(STOPPED,)), ALLOWED)
    assert allowed.time == "2026-11-24T10:00:01Z"
    stopped = fresh_time(Ledger(lines=(STOPPED, allowed)), STOPPED)
    assert stopped.time == "2026-11-24T10:00:02Z"
