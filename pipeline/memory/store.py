"""A memory as bytes, for a cache: reading it back is several times as quick as making its index.

A line that says what it was made from, with a digest of the rest; a line of JSON with the units and
the words; the numbers of the index. A file that is damaged, cut off or of something else is no
memory: what it was made from is still there.
"""

import json
import sys
from array import array
from collections.abc import Iterable
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import Any

from pipeline.memory.index import WordIndex
from pipeline.memory.lookup import Memory
from pipeline.memory.units import MeaningOf, MemoryUnit, Neighbours, Provenance

#: Changes with the form of the file.
_FORM = "memory-1"
_CODE = "I"
_FAULTS = (ValueError, TypeError, KeyError, IndexError, AttributeError)


def render_memory(memory: Memory, made_from: str) -> bytes:
    """A memory as bytes.

    Args:
        memory: the memory.
        made_from: digest of all that it was made from, without white space.
    """
    lists = memory.index.lists
    head = {
        "units": _columns(memory.units()),
        "words": list(lists),
        "counts": [len(found) for found in lists.values()],
    }
    numbers: array[int] = array(_CODE)
    for found in lists.values():
        numbers.extend(found)
    body = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    rest = body + b"\n" + _little(numbers).tobytes()
    return f"{_FORM} {made_from} {_digest(rest)}\n".encode() + rest


def parse_memory(data: bytes, made_from: str, meaning_of: MeaningOf) -> Memory | None:
    """A memory from its bytes.

    Args:
        data: what :func:`render_memory` gave, perhaps; anything else is fine.
        made_from: digest of all that it must have been made from.
        meaning_of: what a source text says.

    Returns:
        The memory; None where the bytes are none, or of one that was made from something else.
    """
    first, _, rest = data.partition(b"\n")
    if first != f"{_FORM} {made_from} {_digest(rest)}".encode():
        return None
    try:
        body, _, tail = rest.partition(b"\n")
        head = json.loads(body.decode("utf-8", "surrogatepass"))
        memory = Memory(_units(head["units"]), meaning_of=meaning_of, index=_NO_INDEX)
        memory.index = _index(memory.texts, head["words"], head["counts"], tail)
    except _FAULTS:
        return None
    return memory


_NO_INDEX = WordIndex(array(_CODE), {})


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=20).hexdigest()


def _columns(units: Iterable[MemoryUnit]) -> dict[str, list[Any]]:
    """The units as columns; the few provenances once each."""
    known: dict[Provenance, int] = {}
    rows = [
        (
            unit.source,
            unit.target,
            unit.context,
            known.setdefault(unit.provenance, len(known)),
            unit.neighbours.before,
            unit.neighbours.after,
        )
        for unit in units
    ]
    provenances = [[p.name, p.roles, p.is_imported, p.is_sample] for p in known]
    return {
        "provenances": provenances,
        "rows": [list(column) for column in zip(*rows, strict=True)],
    }


def _units(columns: dict[str, list[Any]]) -> list[MemoryUnit]:
    made = [
        Provenance(name=name, roles=tuple(roles), is_imported=imported, is_sample=sample)
        for name, roles, imported, sample in columns["provenances"]
    ]
    return [
        MemoryUnit(
            source=source,
            target=target,
            context=context,
            provenance=made[place],
            neighbours=Neighbours(before, after),
        )
        for source, target, context, place, before, after in zip(*columns["rows"], strict=True)
    ]


def _index(texts: list[str], words: list[str], counts: list[int], tail: bytes) -> WordIndex:
    numbers: array[int] = array(_CODE)
    numbers.frombytes(tail)
    numbers = _little(numbers)
    ends = [0, *accumulate(counts)]
    if ends[-1] != len(numbers):
        raise ValueError("the lists are not whole")
    lists = {
        word: numbers[start:end] for word, (start, end) in zip(words, pairwise(ends), strict=True)
    }
    return WordIndex(array(_CODE, map(len, texts)), lists)


def _little(numbers: "array[int]") -> "array[int]":
    """The numbers as every machine writes them here, so that a copied cache is no riddle."""
    if sys.byteorder == "little":
        return numbers
    turned = numbers[:]
    turned.byteswap()
    return turned
