"""Sign-offs of units that have another name today: the same people for the same texts.

A ledger is only added to. For each line that counts and names such a unit, one is added that says
the same, at the same time, of the new names, and says in its note where it comes from. A line with
an SSH signature cannot be said again by anybody but its signer: it is told instead.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.ledger import Ledger, line_id
from pipeline.workflow import Event, SignOff

NOTE = "carried over by pipeline upgrade: the same text, read by a newer segmenter"


def carry_over(ledger: Ledger, renamed: Mapping[str, str]) -> tuple[list[SignOff], list[SignOff]]:
    """The lines to add for units that are called otherwise.

    Args:
        ledger: a ledger as it is.
        renamed: new digests of units by old ones.

    Returns:
        Lines to add, and lines with a signature, which have to be signed again.
    """
    revoked = {line.revokes for line in ledger.lines if isinstance(line, Event)}
    there = {line_id(line) for line in ledger.lines}
    added, signed = [], []
    for line in _sign_offs(ledger):
        units = tuple(sorted({renamed[unit] for unit in line.units if unit in renamed}))
        if not units or line_id(line) in revoked or set(units) <= _covered(ledger, line):
            continue
        if line.signature:
            signed.append(line)
            continue
        new = replace(line, units=units, note="; ".join(filter(None, (line.note, NOTE))))
        if line_id(new) not in there:
            added.append(new)
    return added, signed


def _sign_offs(ledger: Ledger) -> Iterator[SignOff]:
    return (line for line in ledger.lines if isinstance(line, SignOff))


def _covered(ledger: Ledger, of: SignOff) -> set[str]:
    """Units for which the same person stands in the same role already."""
    return {
        unit
        for line in _sign_offs(ledger)
        if (line.role, line.handle, line.sample) == (of.role, of.handle, of.sample)
        for unit in line.units
    }
