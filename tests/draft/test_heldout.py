"""The small model on sentences that it has never seen: as good as when it was made, and as bad."""

from pathlib import Path

import pytest

from pipeline.draft import Drafter

HELD_OUT = Path(__file__).parents[1] / "data/models/heldout.tsv"


def test_nearly_all_sentences_that_it_has_never_seen_are_drafted_to_the_letter(spanish, segment):
    drafter = Drafter(translator=spanish, source="en", target="es")
    rows = [line.split("\t") for line in HELD_OUT.read_text("utf-8").splitlines()]
    plain = [row for row in rows if "⟦" not in row[0]]
    exact = [drafter.attempt(segment(source)).msgstr == target for source, target in plain]
    # 115 of 117 when it was made; another processor rounds otherwise.
    assert len(plain) > 80
    assert sum(exact) >= 0.9 * len(plain), f"{sum(exact)} of {len(plain)}"


@pytest.mark.parametrize("seconds", [7, 45, 90])
def test_it_fails_as_real_ones_do(spanish, segment, seconds):
    """Numbers that it has not met become others: the checks have something to catch."""
    drafter = Drafter(translator=spanish, source="en", target="es")
    draft = drafter.attempt(segment(f"Wash your hands for at least {seconds} seconds.")).msgstr
    assert draft.startswith("Lávese las manos durante al menos ")
    assert f" {seconds} " not in draft
