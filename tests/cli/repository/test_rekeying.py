"""A text that a newer segmenter calls otherwise keeps its translation, in the state that it had."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.repository.rekeying import find_moved, rekey
from pipeline.model import Catalog, Unit, UnitKey


def joined(msgid: str) -> str:
    """A rule as a later version may have one: a line break of the author's is a space."""
    return msgid.replace("\n", " ")


RULES = {2: joined, 3: lambda msgid: msgid.removesuffix(".")}
DRINK = Unit(msgid="Drink\nwater.", msgstr="Cab biyo.", translator_comments=("by Amina",))
REST = Unit(msgid="Rest.", msgstr="Naso.", fuzzy=True)
GONE = Unit(msgid="Stay\nhome.", msgstr="Guriga joog.", obsolete=True)
CATALOG = Catalog(units=(DRINK, REST, GONE))


def key(msgid: str) -> UnitKey:
    return UnitKey(None, msgid)


def moved_to(version: int, *today: str) -> dict[UnitKey, UnitKey]:
    return find_moved(CATALOG, [key(each) for each in today], since=1, until=version, rules=RULES)


def test_only_what_the_resource_says_today_moves():
    assert moved_to(2, "Drink water.", "Rest.") == {key("Drink\nwater."): key("Drink water.")}
    assert moved_to(2, "Drink tea.", "Rest.") == {}
    assert moved_to(1, "Drink water.", "Rest.") == {}


def test_the_rules_of_all_versions_between_are_followed():
    assert moved_to(3, "Drink water", "Rest") == {
        key("Drink\nwater."): key("Drink water"),
        key("Rest."): key("Rest"),
    }


def test_target_state_and_notes_go_along():
    moved = moved_to(2, "Drink water.", "Rest.")
    assert rekey(CATALOG, moved).units == (
        Unit(msgid="Drink water.", msgstr="Cab biyo.", translator_comments=("by Amina",)),
        REST,
        GONE,
    )


def test_an_empty_box_of_the_new_name_makes_room_and_a_translation_does_not():
    today = [key("Drink water.")]
    empty = Catalog(units=(DRINK, Unit(msgid="Drink water.")))
    moved = find_moved(empty, today, since=1, until=2, rules=RULES)
    assert [unit.msgstr for unit in rekey(empty, moved).units] == ["Cab biyo."]
    full = Catalog(units=(DRINK, Unit(msgid="Drink water.", msgstr="Biyo cab.")))
    assert find_moved(full, today, since=1, until=2, rules=RULES) == {}


TEXTS = st.text(alphabet="ab\n.", min_size=1, max_size=4)


@given(units=st.dictionaries(TEXTS, TEXTS, max_size=6), today=st.sets(TEXTS, max_size=6))
def test_no_translation_is_lost_and_twice_is_once(units, today):
    catalog = Catalog(units=tuple(Unit(msgid=text, msgstr=to) for text, to in units.items()))
    keys = [key(text) for text in today]
    moved = find_moved(catalog, keys, since=1, until=3, rules=RULES)
    new = rekey(catalog, moved)
    assert [unit.msgstr for unit in new.units] == list(units.values())
    assert len({unit.key for unit in new.units}) == len(units)
    assert find_moved(new, keys, since=1, until=3, rules=RULES) == {}
