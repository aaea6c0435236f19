"""A ledger in whatever state: nothing is lost, and nothing counts that might be taken back."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from pipeline.ledger import Ledger, line_id, parse_ledger, read_ledger, render_line, unit_digest
from pipeline.model import UnitKey
from pipeline.workflow import Event, EventKind, Role, SignOff

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CALL = unit_digest(UnitKey(None, "Call 999 now."), "Wac 999 hadda.")
TRANSLATED = SignOff(
    time="2026-11-24T09:00:00Z", role=Role.TRANSLATOR, handle="amina", locale="so", units=(CALL,)
)
REVISED = replace(
    TRANSLATED, time="2026-11-24T09:30:00Z", role=Role.REVISER, handle="yusuf", note="“Wac” ✓"
)
REVOKED = Event(
    time="2026-11-24T10:00:00Z",
    event=EventKind.REVOKED,
    handle="hodan",
    locale="so",
    revokes=line_id(REVISED),
)
WAIVED = Event(
    time="2026-11-24T10:10:00Z",
    event=EventKind.WAIVED,
    handle="sam",
    locale="so",
    role=Role.COMMUNITY_READER,
    until=date(2026, 12, 24),
)


def rows(*lines) -> bytes:
    return "".join(f"{render_line(line)}\n" for line in lines).encode()


def read(data: bytes) -> Ledger:
    return parse_ledger(data, locale="so", now=NOW)


def odd(ledger: Ledger) -> list[tuple[int, str]]:
    return [(oddity.line, oddity.message) for oddity in ledger.oddities]


def test_a_sound_ledger_has_nothing_odd():
    ledger = read(rows(TRANSLATED, REVISED, REVOKED, WAIVED))
    assert ledger == Ledger(lines=(TRANSLATED, REVISED, REVOKED, WAIVED))


def test_no_file_is_no_ledger(tmp_path):
    assert read_ledger(tmp_path / "fever.ledger.jsonl", locale="so", now=NOW) == Ledger()


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "fever.ledger.jsonl")
    with pytest.raises(OSError, match="no file"):
        read_ledger(tmp_path / "fever.ledger.jsonl", locale="so", now=NOW)


def test_any_order_gives_the_same_lines():
    lines = (TRANSLATED, REVISED, REVOKED, WAIVED)
    for order in permutations(lines):
        assert read(rows(*order)).lines == lines


def test_out_of_order_and_twice_is_harmless():
    ledger = read(rows(REVISED, TRANSLATED, REVISED))
    assert ledger.lines == (TRANSLATED, REVISED)
    assert odd(ledger) == [
        (2, "The line is earlier than one before it."),
        (3, "The line stands twice."),
    ]
    assert not ledger.needs_person


# --- cut short ---------------------------------------------------------------------


@pytest.mark.parametrize("last", [TRANSLATED, REVISED, REVOKED, WAIVED], ids=lambda line: line.time)
def test_a_last_line_cut_at_any_byte_never_hides_a_revocation(last):
    first = (WAIVED, TRANSLATED, REVISED)[: 3 if last is REVOKED else 2]
    before, whole = rows(*first), rows(*first, last)
    for end in range(len(before) + 1, len(whole)):
        ledger = read(whole[:end])
        is_whole = end == len(whole) - 1  # only the line's end is missing
        assert {TRANSLATED, WAIVED} <= set(ledger.lines)
        assert (last in ledger.lines) is (is_whole or last in {TRANSLATED, WAIVED})
        assert ledger.oddities
        # The head says that it was a sign-off, or there is doubt.
        is_sign_off = isinstance(last, SignOff) and end >= len(before) + len(
            '{"v":1,"kind":"sign-off",'
        )
        assert ledger.is_doubtful is not (is_whole or is_sign_off)
        assert ledger.needs_person is not is_whole


def test_a_cut_line_does_not_take_the_next_one_with_it():
    # So it is when a line is added to the file by another program, or git merges by union.
    cut = rows(REVISED)[:60]
    for joint in (b"\n", b""):
        ledger = read(rows(TRANSLATED) + cut + joint + rows(REVOKED, WAIVED))
        assert ledger.lines == (TRANSLATED, REVOKED, WAIVED)
        assert not ledger.is_doubtful
        assert ledger.needs_person


def test_lines_that_were_run_together_all_count():
    ledger = read(rows(TRANSLATED).strip() + rows(REVISED).strip() + rows(REVOKED))
    assert ledger.lines == (TRANSLATED, REVISED, REVOKED)
    assert odd(ledger) == [(1, "3 lines stand on one.")]
    assert not ledger.needs_person


def test_what_looks_like_a_line_inside_of_a_note_is_a_note():
    line = replace(REVISED, note='see {"v":1,"kind":"event"} and {"v":')
    ledger = read(rows(TRANSLATED, line))
    assert ledger == Ledger(lines=(TRANSLATED, line))


@pytest.mark.parametrize(
    "splice",
    [
        # What is left when a part from one line into the next is gone.
        rows(REVISED)[:60] + rows(REVOKED)[70:],
        rows(REVISED)[:120] + b"\n" + rows(REVOKED)[1:],
        b'{"v":1,"kind":"sign-off",' + rows(REVOKED)[13:],
        b'{"v":1,"kind":"sign-off","time":"2026-11-24T09:30:00Z","handle":"yusuf"}\n',
        rows(REVOKED)[:30] + rows(REVISED),
        rows(REVOKED)[10:],
        b"\0" * 200 + b"\n",
        b"\0" * 200,
        rows(REVISED)[:60] + b"\0" * 80 + rows(REVOKED)[70:],
        rows(REVISED).strip() + b"\0\0\0\n",
        b"\xff\xfe" + rows(REVOKED)[4:],
        "{}\n".encode("utf-16"),
        b"?\n",
        b'{"v":2,"kind":"sign-off"}\n',
    ],
)
def test_what_may_have_been_a_revocation_throws_doubt(splice):
    ledger = read(rows(TRANSLATED) + splice + rows(WAIVED))
    assert ledger.is_doubtful
    assert {TRANSLATED, WAIVED} <= {*ledger.lines} | ({TRANSLATED} if b"utf" in splice else set())


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"reviser"', b'"revisor"'), (b'"yusuf"', b'"Yusuf"'), ("“".encode(), b"\xff")],
)
def test_a_whole_sign_off_with_a_mistake_throws_no_doubt_and_does_not_count(old, new):
    ledger = read(rows(TRANSLATED) + rows(REVISED).replace(old, new) + rows(WAIVED))
    assert ledger.lines == (TRANSLATED, WAIVED)
    assert not ledger.is_doubtful
    assert ledger.needs_person


# --- what merges and editors leave ---------------------------------------------------


@pytest.mark.parametrize(
    "merge",
    [
        b"<<<<<<< HEAD\n%s=======\n%s>>>>>>> so-revision\n",
        b"<<<<<<<\n%s=======\n%s>>>>>>>\n",
        b"<<<<<<< HEAD\r\n%s=======\r\n%s>>>>>>> so-revision\r\n",
        b"<<<<<<< ours\n%s||||||| 1a2b3c4\n=======\n%s>>>>>>> theirs\n",
        b"<<<<<<< ours\n%s||||||| merged common ancestors\n?\n=======\n%s>>>>>>> theirs\n"[:23]
        + b"%s||||||| merged common ancestors\n=======\n%s>>>>>>> theirs\n"[2:],
    ],
)
def test_marks_of_a_merge_hide_no_line(merge):
    ledger = read(rows(TRANSLATED) + merge % (rows(REVISED), rows(REVOKED)) + rows(WAIVED))
    assert ledger.lines == (TRANSLATED, REVISED, REVOKED, WAIVED)
    assert not ledger.is_doubtful
    assert ledger.needs_person


def test_line_ends_of_windows_and_a_byte_order_mark_are_harmless():
    data = b"\xef\xbb\xbf" + rows(TRANSLATED, REVISED).replace(b"\n", b"\r\n")
    ledger = read(data + b"\xef\xbb\xbf" + rows(REVOKED))
    assert ledger.lines == (TRANSLATED, REVISED, REVOKED)
    assert odd(ledger) == [
        (1, "The file has byte order marks."),
        (1, "The file has line ends of Windows."),
    ]
    assert not ledger.needs_person


def test_another_way_of_writing_the_same_line_is_the_same_line():
    spaced = render_line(REVISED).replace('","', '", "').encode() + b"\n"
    ledger = read(rows(TRANSLATED, REVISED) + spaced + b"\n  \n")
    assert ledger.lines == (TRANSLATED, REVISED)
    assert odd(ledger) == [
        (3, "The line is not written as the program writes it."),
        (3, "The line stands twice."),
    ]


# --- what cannot be ------------------------------------------------------------------


def test_a_line_of_a_newer_schema_closes_the_ledger_until_the_program_is_newer():
    newer = b'{"v":2,"kind":"undone","of":"%s"}\n' % line_id(REVISED).encode()
    ledger = read(rows(TRANSLATED, REVISED) + newer)
    assert ledger.lines == (TRANSLATED, REVISED)
    assert ledger.is_doubtful
    assert [oddity.remedy for oddity in ledger.oddities] == [
        "Bring the program up to date; until then none of this file's sign-offs counts."
    ]


def test_a_line_of_the_future_is_named():
    future = replace(REVISED, time="2027-01-01T00:00:00Z")
    ledger = read(rows(TRANSLATED, future))
    assert odd(ledger) == [
        (2, "The line is of the future, 2027-01-01T00:00:00Z: it does not count until then.")
    ]
    assert ledger.needs_person


def test_a_line_of_another_language_does_not_count_here():
    arabic = replace(REVISED, locale="ar")
    ledger = read(rows(TRANSLATED, arabic))
    assert ledger.lines == (TRANSLATED,)
    assert ledger.needs_person


def test_a_revocation_counts_whatever_language_it_says():
    ledger = read(rows(TRANSLATED, REVISED, replace(REVOKED, locale="ar")))
    assert replace(REVOKED, locale="ar") in ledger.lines
    assert ledger.needs_person


def test_a_revocation_of_a_line_that_is_not_there_is_named():
    ledger = read(rows(TRANSLATED, REVOKED))
    assert odd(ledger) == [(2, "It takes back a line that is not in this file.")]
    assert ledger.needs_person
    assert not ledger.is_doubtful


# --- size ------------------------------------------------------------------------------


def test_the_work_grows_with_the_file_and_not_with_its_square():
    def seconds(count: int) -> float:
        lines = (replace(TRANSLATED, handle=f"p{number}") for number in range(count))
        data = rows(*lines)
        start = datetime.now(UTC)
        assert len(read(data).lines) == count
        return (datetime.now(UTC) - start) / timedelta(seconds=1)

    seconds(100)
    assert seconds(20_000) < 40 * seconds(2_000)


def test_one_long_line_of_nothing_takes_a_short_time():
    start = datetime.now(UTC)
    for junk in (b'{"v":' * 100_000, b"[" * 1_000_000, b'{"a":' * 200_000, b'"' * 1_000_000):
        assert read(junk).is_doubtful
    assert datetime.now(UTC) - start < timedelta(seconds=20)


def test_reading_asks_for_the_file_once(tmp_path: Path):
    path = tmp_path / "fever.ledger.jsonl"
    path.write_bytes(rows(TRANSLATED))
    assert read_ledger(path, locale="so", now=NOW).lines == (TRANSLATED,)
