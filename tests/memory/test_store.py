"""A memory as bytes: the same memory comes back, and nothing else ever does."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.memory import (
    Meaning,
    Memory,
    MemoryUnit,
    Neighbours,
    Provenance,
    parse_memory,
    render_memory,
)

TEXT = st.text(min_size=1)
UNITS = st.lists(
    st.builds(
        MemoryUnit,
        source=TEXT,
        target=TEXT,
        context=st.none() | TEXT,
        provenance=st.builds(
            Provenance,
            name=TEXT,
            roles=st.tuples(TEXT),
            is_imported=st.booleans(),
            is_sample=st.booleans(),
        ),
        neighbours=st.builds(Neighbours.of, st.none() | TEXT, st.none() | TEXT),
    )
)


def no_meaning(_text: str) -> Meaning:
    return Meaning()


@given(UNITS)
def test_what_is_kept_comes_back(units):
    memory = Memory(units)
    again = parse_memory(render_memory(memory, "abc"), "abc", no_meaning)
    assert again is not None
    assert list(again.units()) == list(memory.units())
    assert again.index.lists == memory.index.lists
    for unit in units[:3]:
        assert again.find(unit.source) == memory.find(unit.source)


def test_what_was_made_from_something_else_is_no_memory(somali):
    assert parse_memory(render_memory(somali, "monday"), "tuesday", no_meaning) is None


@given(st.integers(min_value=0), st.integers(0, 255))
def test_a_damaged_file_is_no_memory(place, value):
    data = bytearray(render_memory(Memory([]), "abc"))
    place %= len(data)
    assert (parse_memory(bytes(data[:place]), "abc", no_meaning)) is None
    was, data[place] = data[place], value
    assert (parse_memory(bytes(data), "abc", no_meaning) is None) == (was != value)


@given(st.binary())
def test_any_bytes(data):
    assert parse_memory(data, "abc", no_meaning) is None
