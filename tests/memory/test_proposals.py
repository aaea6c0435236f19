"""What a memory puts into empty boxes: fuzzy, with its origin; never another number."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs import parse_catalog, render_catalog
from pipeline.memory import Left, Memory, MemoryUnit, Proposal, Provenance, fill, propose
from pipeline.model import Catalog, Origin, Unit, UnitKey


def catalog(*units: Unit) -> Catalog:
    headers = (("Language", "so"), ("Content-Type", "text/plain; charset=UTF-8"))
    return Catalog(headers=headers, units=units)


def test_the_same_text_fills_the_box_as_fuzzy(somali):
    (made,) = propose(somali, catalog(Unit(msgid="Drink water often.")))
    assert made.unit == Unit(
        msgid="Drink water often.",
        msgstr="Biyo badan cab.",
        fuzzy=True,
        origin=Origin.MEMORY,
        origin_note="same text, covid-19/fever, signed by translator, reviser",
    )


def test_a_text_like_it_says_what_it_was_made_for(somali):
    (made,) = propose(somali, catalog(Unit(msgid="Drink warm water often.")))
    assert made.unit.msgstr == "Biyo badan cab."
    assert made.unit.previous == UnitKey(None, "Drink water often.")
    assert made.unit.origin_note.startswith("88 of 100, covid-19/fever")


def test_another_number_leaves_the_box_empty_and_says_why(somali):
    (left,) = propose(somali, catalog(Unit(msgid="Stay at home for 5 days.")))
    assert left == Left(
        unit=Unit(msgid="Stay at home for 5 days."),
        reason="covid-19/fever has “Stay at home for 10 days.” (94 of 100); "
        "other number: 10 days → 5 days",
    )


def test_a_lost_not_leaves_the_box_empty(somali):
    (left,) = propose(somali, catalog(Unit(msgid="Do not take this medicine with food.")))
    assert isinstance(left, Left)
    assert left.reason.endswith("other negation: none → not")


def test_a_safe_match_is_taken_before_a_closer_one_with_another_number(unit, meaning_of):
    memory = Memory(
        [
            unit("Stay at home for 10 days.", "Guriga joog 10 maalmood."),
            unit("Stay in your home for 5 days.", "Gurigaaga joog 5 maalmood."),
        ],
        meaning_of=meaning_of,
    )
    (made,) = propose(memory, catalog(Unit(msgid="Stay at home for 5 days.")))
    assert made.unit.msgstr == "Gurigaaga joog 5 maalmood."


def test_what_is_filled_or_gone_is_left_alone(somali):
    assert not propose(
        somali,
        catalog(
            Unit(msgid="Drink water often.", msgstr="Cab."),
            Unit(msgid="Take this medicine with food.", msgstr="Qaado.", fuzzy=True),
            Unit(msgid="Rest", obsolete=True),
        ),
    )


def test_what_is_imported_says_so(unit):
    made = Provenance(name="agency", is_imported=True)
    memory = Memory([unit("Rest.", "Naso.", made=made)])
    (proposal,) = propose(memory, catalog(Unit(msgid="Rest.")))
    assert proposal.unit.origin_note == "same text, agency, imported, signed by nobody here"


def test_it_survives_the_file(somali, tmp_path):
    old = catalog(Unit(msgid="Drink warm water often."), Unit(msgid="Open a window."))
    made = propose(somali, old)
    new = fill(old, {each.key: each.unit for each in made if isinstance(each, Proposal)})
    data = render_catalog(new)
    assert b'#, fuzzy\n#| msgid "Drink water often."\n' in data
    read = parse_catalog(data, tmp_path / "fever.po")
    assert read.units == new.units
    assert read.units[0].origin is Origin.MEMORY


TEXTS = st.lists(
    st.sampled_from(["Rest.", "Rest", "Call 999.", "Call 111.", "Do not call."]), unique=True
)


@given(TEXTS, TEXTS)
def test_nothing_becomes_current_and_nothing_is_lost(known, asked):
    made = Provenance(name="a/b", roles=("translator",))
    memory = Memory(
        [MemoryUnit(source=text, target=f"[{text}]", provenance=made) for text in known]
    )
    old = catalog(*[Unit(msgid=text, msgstr="x" * (at % 2)) for at, text in enumerate(asked)])
    found = propose(memory, old)
    new = fill(old, {each.key: each.unit for each in found if isinstance(each, Proposal)})
    for before, after in zip(old.units, new.units, strict=True):
        assert after == before or (after.fuzzy and not before.msgstr)
