"""A unit's digest: another for every change that matters, the same for every one that does not."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import digest, unit_digest
from pipeline.model import UnitKey

CALL = UnitKey(None, "Call 999 now.")
PICTURE, OTHER = digest(b"a thermometer"), digest(b"a telephone")


def test_a_digest_is_forty_hexadecimal_digits():
    assert unit_digest(CALL, "Wac 999 hadda.") == "6b4e63afb5d3e91974bede6c81bdb00208b4fe4a"


def test_source_context_target_and_pictures_each_make_another():
    units = [
        unit_digest(CALL),
        unit_digest(CALL, "Wac 999 hadda."),
        unit_digest(CALL, "Wac 111 hadda."),
        unit_digest(UnitKey(None, "Call 111 now."), "Wac 999 hadda."),
        unit_digest(UnitKey("", "Call 999 now."), "Wac 999 hadda."),
        unit_digest(UnitKey("button", "Call 999 now."), "Wac 999 hadda."),
        unit_digest(CALL, "Wac 999 hadda.", [PICTURE]),
        unit_digest(CALL, "Wac 999 hadda.", [OTHER]),
        unit_digest(CALL, "Wac 999 hadda.", [PICTURE, OTHER]),
    ]
    assert len(set(units)) == len(units)


def test_the_order_of_pictures_says_nothing():
    assert unit_digest(CALL, assets=[PICTURE, OTHER]) == unit_digest(CALL, assets=[OTHER, PICTURE])


def test_what_looks_like_a_length_moves_no_border():
    units = [
        (UnitKey("a", "b"), "c", ()),
        (UnitKey("a1:b", ""), "c", ()),
        (UnitKey(None, "1:a1:b"), "c", ()),
        (UnitKey("", "1:a1:b"), "c", ()),
        (UnitKey("a", "b1:c"), "", ()),
        (UnitKey("a", "b"), "", ("c",)),
        (UnitKey("a", "b"), "", ("1:c",)),
        (UnitKey("a", "b"), "", ("", "c")),
        (UnitKey("a", "b"), "c", ("de", "f")),
        (UnitKey("a", "b"), "c", ("d", "ef")),
        (UnitKey("a", "b"), "c", ("def",)),
    ]
    for one, other in combinations(units, 2):
        assert unit_digest(*one) != unit_digest(*other), (one, other)


# Few characters, those of the framing among them: collisions would be found at once.
TEXTS = st.text("1:-a", max_size=5)
UNITS = st.tuples(
    st.builds(UnitKey, st.none() | TEXTS, TEXTS), TEXTS, st.lists(TEXTS, max_size=2).map(sorted)
)


@given(st.lists(UNITS, min_size=2, max_size=20))
def test_two_units_never_share_a_digest(units):
    by_digest: dict[str, object] = {}
    for unit in units:
        assert by_digest.setdefault(unit_digest(*unit), unit) == unit


@given(st.text(), st.text(), st.text())
def test_any_text_has_a_digest_surrogates_too(context, msgid, msgstr):
    assert len(unit_digest(UnitKey(context, msgid + "\ud800"), msgstr)) == 40
