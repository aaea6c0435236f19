"""A line that is read quickly is just what the long way reads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import lines, parse_ledger, render_line
from pipeline.ledger.lines import find_plain_sign_off
from pipeline.workflow import Role, SignOff
from tests.ledger.test_laws import NOW, UNITS, ledgers

SIGNED = SignOff(
    time="2026-11-24T09:00:00Z",
    role=Role.TRANSLATOR,
    handle="amina",
    locale="so",
    units=UNITS[:2],
    sample=True,
)
#: What a line may be spoilt with.
PIECES = [
    b"", b" ", b'"', b",", b"\\", b"{", b"}", b"\n", b"\r", b"\0", b"0", b"Z", b"\xd9\xa2", b"\xff",
    b'"note":"",', b'"sample":false,', b'{"v":1,', b"2026-13-40T25:00:00Z", b"\xef\xbb\xbf",
]  # fmt: skip


def test_a_sign_off_as_we_write_it_is_read_quickly():
    assert find_plain_sign_off(render_line(SIGNED).encode()) == SIGNED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-11-24", "2026-13-24"),
        ("2026-11-24", "٢٠٢٦-11-24"),
        ("translator", "painter"),
        ('"amina"', '"Amina"'),
        (UNITS[0], UNITS[0][:39]),
        (UNITS[0], UNITS[0].upper()),
        ('"sample":true', '"sample":false'),
        ('"sample":true', '"sample":true,"note":"good"'),
        ('"v":1', '"v":2'),
        ('"v":1,', '"v":1, '),
    ],
)
def test_anything_else_is_left_to_the_long_way(old, new):
    assert find_plain_sign_off(render_line(SIGNED).replace(old, new).encode()) is None


def ledger(data: bytes):
    return parse_ledger(data, locale="so", now=NOW)


def the_long_way(data: bytes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_PLAIN", re.compile(r"(?!)"))
        return ledger(data)


@given(ledgers(), st.data())
def test_a_ledger_spoilt_anywhere_is_read_as_the_long_way_reads_it(some, data):
    rows = "".join(f"{render_line(line)}\n" for line in some).encode()
    at = data.draw(st.integers(0, len(rows)))
    gone = data.draw(st.integers(0, 20))
    spoilt = rows[:at] + data.draw(st.sampled_from(PIECES)) + rows[at + gone :]
    assert ledger(rows) == the_long_way(rows)
    assert ledger(spoilt) == the_long_way(spoilt)
