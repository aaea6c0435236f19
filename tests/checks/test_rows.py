"""Rows beside the wrong source, and texts that are used twice: learnt from the file alone."""

import random
from pathlib import Path

import pytest

from pipeline.checks import check_duplicate_target, check_misaligned
from pipeline.checks.rows import _runs, _widened
from pipeline.languages import load_language
from pipeline.model import Segment, SegmentKind, Unit

PATH = Path("locales/so/x/y.po")
#: Words of a small language that nobody has a table of, so that the file must teach them.
PAIRS = (
    "fever:qandho cough:qufac doctor:takhtar water:biyo hands:gacmo home:guri child:ilmo "
    "mask:maaskaro vaccine:tallaal hospital:isbitaal rest:naso call:wac wash:dhaq wear:xiro "
    "drink:cab clean:nadiifi window:daaqad school:dugsi friend:saaxiib mother:hooyo "
    "morning:subax evening:fiid soap:saabuun food:cunto medicine:dawo"
)
WORDS = dict(pair.split(":") for pair in PAIRS.split())


def make_rows(count: int) -> list[tuple[str, str]]:
    """Sentences made of some words each, with the translation of each word."""
    chance = random.Random(7)  # noqa: S311 - the same file each time
    rows = []
    for _ in range(count):
        words = chance.sample(sorted(WORDS), chance.randint(4, 9))
        rows.append((" ".join(words), " ".join(WORDS[word] for word in words)))
    return rows


def misaligned(rows) -> dict[int, str]:
    pairs = [
        (
            Segment(msgid=source, kind=SegmentKind.PARAGRAPH, start=0, end=0, line=line),
            Unit(msgid=source, msgstr=target, line=line),
        )
        for line, (source, target) in enumerate(rows, 1)
    ]
    found = check_misaligned(
        pairs, PATH, "so", source=load_language("en"), target=load_language("so")
    )
    return {finding.line: finding.message for finding in found}


def test_a_good_file():
    assert misaligned(make_rows(400)) == {}


def test_a_single_text_beside_the_wrong_source():
    rows = make_rows(400)
    rows[99] = (rows[99][0], rows[300][1])
    assert misaligned(rows) == {100: "The translation does not seem to belong to this source."}


def test_a_run_that_is_shifted_by_one_row():
    rows = make_rows(400)
    shifted = [
        (source, rows[at + 1][1] if 150 <= at < 162 else target)
        for at, (source, target) in enumerate(rows)
    ]
    found = misaligned(shifted)
    assert set(found) <= set(range(150, 164))
    assert len(set(found) & set(range(151, 163))) >= 11
    assert "The text of this source seems to stand 1 row above." in found.values()


def test_a_run_goes_on_where_its_rows_fit_a_little_better():
    gains = {at: 18.0 if 5 <= at < 12 else -9.0 for at in range(30)}
    gains |= {3: 0.4, 4: 2.1, 12: 1.5, 13: 0.9, 20: 3.0}
    runs = list(_runs(gains))
    assert runs == [(5, 12)]
    assert list(_widened(runs, gains)) == [(3, 14)]


@pytest.mark.parametrize("shift", [1, -1, 2])
def test_a_whole_file_that_is_shifted(shift):
    rows = make_rows(300)
    shifted = [(source, rows[(at + shift) % len(rows)][1]) for at, (source, _) in enumerate(rows)]
    found = misaligned(shifted)
    assert len(found) == 300
    assert set(found.values()) == {
        f"All translations of this file seem to be shifted by {abs(shift)} rows."
    }


def test_a_file_that_belongs_to_other_sources():
    rows = make_rows(300)
    others = [target for _, target in rows]
    random.Random(1).shuffle(others)  # noqa: S311 - the same file each time
    found = misaligned([(source, other) for (source, _), other in zip(rows, others, strict=True)])
    assert set(found.values()) == {
        "The translations of this file do not seem to belong to their sources."
    }


def test_a_short_file_teaches_too_little():
    rows = make_rows(60)
    rows[10] = (rows[10][0], rows[40][1])
    assert misaligned(rows) == {}


CALL = ("Call 999 if you cannot breathe.", "Wac 999 haddii aadan neefsan karin.")
OPEN = ("Open the windows twice a day.", "Daaqadaha fur laba jeer maalintii.")


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([CALL, OPEN], []),
        ([CALL, (OPEN[0], CALL[1])], [1, 2]),
        ([CALL, ("Call 999 if you cannot breathe!", CALL[1])], []),
        ([("Rest.", "Naso."), ("Sleep well.", "Naso.")], []),
    ],
)
def test_one_translation_for_two_sources(rows, lines):
    pairs = [
        (
            Segment(msgid=source, kind=SegmentKind.PARAGRAPH, start=0, end=0, line=line),
            Unit(msgid=source, msgstr=target, line=line),
        )
        for line, (source, target) in enumerate(rows, 1)
    ]
    found = check_duplicate_target(pairs, PATH, "so", target=load_language("so"))
    assert [finding.line for finding in found] == lines
