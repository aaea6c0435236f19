"""What becomes of translations when the source changes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs import merge, merge_interface, parse_catalog, render_catalog
from pipeline.config import InterfaceString
from pipeline.model import Direction, Locale, Origin, Segment, SegmentKind, UnitKey

WHERE = "content/covid-19/rest.md"
SOMALI = Locale(
    tag="so",
    autonym="Soomaali",
    english_name="Somali",
    direction=Direction.LTR,
    script="Latn",
    plural_forms="nplurals=2; plural=(n != 1);",
    digits="latn",
    fonts=(),
    people=None,
    people_source="not counted",
)


def seg(msgid, context=None, **more):
    values = {"kind": SegmentKind.PARAGRAPH, "start": 0, "end": 0, "line": 1} | more
    return Segment(msgid=msgid, context=context, **values)


def merged(catalog, *texts):
    segments = [text if isinstance(text, Segment) else seg(text) for text in texts]
    return merge(catalog, segments, locale=SOMALI, reference=WHERE)


def translated(*pairs, **more):
    """A catalog in which each text has its translation."""
    catalog = merged(None, *(text for text, _ in pairs))
    targets = [target for _, target in pairs]
    units = [
        replace(unit, msgstr=target, **more)
        for unit, target in zip(catalog.units, targets, strict=True)
    ]
    return replace(catalog, units=tuple(units))


def state(catalog):
    """Of each unit: text, translation, what it is."""
    rows = []
    for unit in catalog.units:
        marks = [name for name in ("fuzzy", "obsolete") if getattr(unit, name)]
        rows.append((unit.msgid, unit.msgstr, " ".join(marks)))
    return rows


def test_a_first_catalog():
    text = render_catalog(merged(None, "Rest.", seg("Drink water.", critical=True))).decode()
    assert text == (
        "# Somali (Soomaali) translation of content/covid-19/rest.md\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: health-translation-pipeline\\n"\n'
        '"Language: so\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        "\n"
        "#. paragraph\n"
        "#: content/covid-19/rest.md\n"
        'msgid "Rest."\n'
        'msgstr ""\n'
        "\n"
        "#. CRITICAL: a mistake here can harm somebody. Translate and check this first.\n"
        "#. paragraph\n"
        "#: content/covid-19/rest.md\n"
        'msgid "Drink water."\n'
        'msgstr ""\n'
    )


def test_nothing_changed_gives_the_very_same_catalog():
    catalog = translated(("Rest.", "Naso."), ("Drink water.", "Biyo cab."))
    assert merged(catalog, "Rest.", "Drink water.") is catalog


def test_a_moved_text_keeps_its_translation():
    catalog = translated(("Rest.", "Naso."), ("Drink water.", "Biyo cab."))
    assert state(merged(catalog, "Drink water.", "Rest.")) == [
        ("Drink water.", "Biyo cab.", ""),
        ("Rest.", "Naso.", ""),
    ]


def test_a_changed_text_gets_the_old_translation_as_a_proposal():
    catalog = translated(("Stay at home for 10 days.", "Guriga joog 10 maalmood."))
    changed = merged(catalog, "Stay at home for 5 days.")
    assert state(changed) == [
        ("Stay at home for 5 days.", "Guriga joog 10 maalmood.", "fuzzy"),
        ("Stay at home for 10 days.", "Guriga joog 10 maalmood.", "obsolete"),
    ]
    assert changed.units[0].previous == UnitKey(None, "Stay at home for 10 days.")


def test_a_not_that_came_in_is_never_passed_over():
    catalog = translated(("Take this medicine with alcohol.", "Daawadan khamri la qaado."))
    proposal = merged(catalog, "Do not take this medicine with alcohol.").units[0]
    assert proposal.fuzzy
    assert not proposal.is_current
    assert proposal.previous == UnitKey(None, "Take this medicine with alcohol.")


def test_a_changed_proposal_keeps_what_it_was_first_made_for():
    first = translated(("Rest for 4 days at home.", "Guriga ku naso 4 maalmood."))
    second = merged(first, "Rest for 5 days at home.")
    third = merged(second, "Rest for 6 days at home.")
    assert third.units[0].previous == UnitKey(None, "Rest for 4 days at home.")
    assert state(third) == [
        ("Rest for 6 days at home.", "Guriga ku naso 4 maalmood.", "fuzzy"),
        ("Rest for 4 days at home.", "Guriga ku naso 4 maalmood.", "obsolete"),
    ]


def test_a_text_that_returns_brings_its_translation_back():
    first = translated(("Rest for 4 days at home.", "Guriga ku naso 4 maalmood."))
    second = merged(first, "Rest for 5 days at home.")
    assert merged(second, "Rest for 4 days at home.") == first


def test_an_obsolete_proposal_returns_as_a_proposal():
    first = translated(("Rest.", "Naso."), fuzzy=True)
    away = merged(first, "Wash your hands.")
    assert state(away) == [("Wash your hands.", "", ""), ("Rest.", "Naso.", "fuzzy obsolete")]
    assert state(merged(away, "Rest.")) == [("Rest.", "Naso.", "fuzzy")]


def test_a_context_that_an_author_adds_asks_the_translator_again():
    catalog = translated(("Open", "Fur"))
    changed = merged(catalog, seg("Open", "the pharmacy is open"))
    assert state(changed)[0] == ("Open", "Fur", "fuzzy")
    assert changed.units[0].previous == UnitKey(None, "Open")


def test_identical_texts_in_two_contexts_are_two_units():
    both = [seg("Open", "adjective"), seg("Open", "verb")]
    catalog = merged(None, *both)
    catalog = replace(catalog, units=(replace(catalog.units[0], msgstr="Furan"), catalog.units[1]))
    assert state(merged(catalog, *reversed(both))) == [("Open", "", ""), ("Open", "Furan", "")]


def test_a_second_context_is_offered_the_first_ones_translation():
    catalog = translated(("Open", "Fur"))
    changed = merged(catalog, "Open", seg("Open", "adjective"))
    assert state(changed) == [("Open", "Fur", ""), ("Open", "Fur", "fuzzy")]


def test_one_old_text_feeds_both_halves_of_a_split():
    catalog = translated(("Drink water and rest at home.", "Biyo cab oo guriga ku naso."))
    changed = merged(catalog, "Drink water and rest.", "Rest at home and drink water.")
    assert [unit.fuzzy for unit in changed.units] == [True, True, False]


def test_of_two_equal_candidates_the_closest_wins():
    catalog = translated(
        ("Day 1: rest at home.", "Maalinta 1: naso."),
        ("Wash your hands.", "Gacmaha dhaq."),
        ("Open a window.", "Daaqad fur."),
        ("Call a friend today.", "Saaxiib wac maanta."),
        ("Day 2: rest at home.", "Maalinta 2: naso."),
    )
    kept = ("Wash your hands.", "Open a window.", "Call a friend today.")
    at_the_end = merged(catalog, *kept, "Day 3: rest at home.").units[3]
    at_the_start = merged(catalog, "Day 3: rest at home.", *kept).units[0]
    assert (at_the_start.msgstr, at_the_end.msgstr) == ("Maalinta 1: naso.", "Maalinta 2: naso.")


@pytest.mark.parametrize(
    ("old", "new", "carried"),
    [
        ("Wash your hands.", "Stay at home.", False),
        ("Call 999.", "Call 111.", True),
        ("If you feel worse, call 111.", "Call 111 if you feel worse.", True),
        ("Drink water.", "Drink plenty of water.", True),
        ("You can catch it more than once.", "Ask your GP for an interpreter.", False),
        ("Yes", "No", False),
    ],
)
def test_what_counts_as_the_same_sentence_changed(old, new, carried):
    assert merged(translated((old, "x")), new).units[0].fuzzy is carried


def test_a_cleared_proposal_stays_cleared():
    catalog = merged(translated(("Rest for 4 days.", "x")), "Rest for 5 days.")
    cleared = replace(catalog.units[0], msgstr="", fuzzy=False, previous=None)
    catalog = replace(catalog, units=(cleared, *catalog.units[1:]))
    assert merged(catalog, "Rest for 5 days.") is catalog


def test_a_text_written_before_its_forerunner_went():
    catalog = translated(("Rest for 4 days.", "Naso 4 maalmood."))
    both = merged(catalog, "Rest for 4 days.", "Rest for 5 days.")
    assert state(merged(both, "Rest for 5 days."))[0] == (
        "Rest for 5 days.", "Naso 4 maalmood.", "fuzzy",
    )  # fmt: skip


def test_comments_of_translators_go_along():
    catalog = translated(("Rest for 4 days.", "x"), translator_comments=("Weydii dhakhtar.",))
    changed = merged(catalog, "Rest for 5 days.")
    assert [unit.translator_comments for unit in changed.units] == [("Weydii dhakhtar.",)] * 2


def test_the_origin_of_a_draft_goes_along(path):
    catalog = translated(
        ("Rest for 4 days.", "Naso 4."), fuzzy=True, origin=Origin.MACHINE, origin_note="argos 1.12"
    )
    changed = parse_catalog(render_catalog(merged(catalog, "Rest for 5 days.")), path)
    assert (changed.units[0].origin, changed.units[0].origin_note) == (Origin.MACHINE, "argos 1.12")
    gone = parse_catalog(render_catalog(merged(catalog, "Wash your hands.")), path).units[1]
    assert (gone.obsolete, gone.origin, gone.origin_note) == (True, Origin.MACHINE, "argos 1.12")


def test_the_same_text_twice_is_one_unit_with_both_places():
    twice = (
        seg("Rest.", kind=SegmentKind.LIST_ITEM, section=("At home",)),
        seg("Rest.", kind=SegmentKind.CELL, critical=True, note="A verb."),
    )
    (unit,) = merged(None, *twice).units
    assert unit.extracted_comments == (
        "CRITICAL: a mistake here can harm somebody. Translate and check this first.",
        "list item in: At home",
        "table cell",
        "note: A verb.",
    )


def test_a_comment_that_an_editor_wrapped_is_left_alone():
    long = seg("Rest.", note="A word of the NHS that " * 6)
    catalog = merged(None, long)
    (unit,) = catalog.units
    words = " ".join(unit.extracted_comments).split()
    wrapped = replace(unit, extracted_comments=(" ".join(words[:9]), " ".join(words[9:])))
    catalog = replace(catalog, units=(wrapped,))
    assert merged(catalog, long) is catalog


def test_a_comment_that_an_editor_wrapped_at_a_hyphen_is_left_alone():
    # polib's default save; textwrap breaks words at hyphens.
    long = seg("Rest.", note="Say COVID-19")
    (unit,) = merged(None, long).units
    wrapped = replace(unit, extracted_comments=("paragraph", "note: Say COVID-", "19"))
    catalog = replace(merged(None, long), units=(wrapped,))
    assert merged(catalog, long) is catalog


def test_header_fields_of_editors_stay():
    catalog = merged(None, "Rest.")
    headers = (("Language", "so"), ("X-Generator", "Poedit 3.4"), ("X-Sample", "yes"))
    changed = merged(replace(catalog, headers=headers), "Rest.")
    assert changed.headers[:3] == headers
    assert dict(changed.headers)["Plural-Forms"] == SOMALI.plural_forms
    assert changed.is_sample


def test_an_empty_date_goes_because_babel_cannot_read_it():
    catalog = merged(None, "Rest.")
    old = replace(catalog, headers=(*catalog.headers, ("PO-Revision-Date", "")))
    assert merged(old, "Rest.") == catalog


def test_the_interface_catalog():
    strings = [
        InterfaceString(
            id="notice-gaps", text="Parts are in English.", notice=True, note="On top."
        ),
        InterfaceString(id="search", text="Search", notice=False, note=None),
    ]
    catalog = merge_interface(None, strings, locale=SOMALI)
    assert render_catalog(catalog).decode().split("\n\n", 1)[1] == (
        "#. NOTICE: translate first. The language is not opened to the public without it.\n"
        "#. note: On top.\n"
        "#: theme/interface.toml\n"
        'msgctxt "notice-gaps"\n'
        'msgid "Parts are in English."\n'
        'msgstr ""\n'
        "\n"
        "#: theme/interface.toml\n"
        'msgctxt "search"\n'
        'msgid "Search"\n'
        'msgstr ""\n'
    )


# Laws, for any catalog and any source.

WORDS = st.sampled_from(["Rest", "Do not rest", "at home", "for 4 days", "for 5 days", "now"])
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
KEYS = st.builds(UnitKey, st.sampled_from([None, "verb"]), TEXTS)
SOURCES = st.lists(KEYS, max_size=6, unique=True).map(
    lambda keys: [seg(key.msgid, key.context) for key in keys]
)


@st.composite
def catalogs(draw):
    catalog = merged(None, *draw(SOURCES))
    units = [
        replace(
            unit,
            msgstr=draw(st.sampled_from(["", "x", "y", "z"])),
            fuzzy=draw(st.booleans()),
            obsolete=draw(st.booleans()),
        )
        for unit in catalog.units
    ]
    return replace(catalog, units=tuple(unit for unit in units if unit.msgstr or not unit.obsolete))


@given(catalogs(), SOURCES)
def test_law_no_translation_is_lost(catalog, source):
    after = {unit.msgstr for unit in merged(catalog, *source).units}
    assert {unit.msgstr for unit in catalog.units if unit.msgstr} <= after


@given(catalogs(), SOURCES)
def test_law_nothing_becomes_current_by_merging(catalog, source):
    good = {(unit.key, unit.msgstr) for unit in catalog.units if unit.msgstr and not unit.fuzzy}
    after = merged(catalog, *source)
    assert {(unit.key, unit.msgstr) for unit in after.units if unit.is_current} <= good


@given(catalogs(), SOURCES)
def test_law_merging_twice_is_merging_once(catalog, source):
    once = merged(catalog, *source)
    assert merged(once, *source) is once


@given(catalogs(), SOURCES)
def test_law_what_is_merged_can_be_written_and_read(catalog, source):
    after = merged(catalog, *source)
    assert parse_catalog(render_catalog(after), Path("a.po")) == after


@given(catalogs(), st.randoms(use_true_random=False))
def test_law_moving_text_changes_no_units_state(catalog, random):
    source = [seg(unit.msgid, unit.context) for unit in catalog.units]
    before = merged(catalog, *source)
    random.shuffle(source)
    after = merged(before, *source)
    assert sorted(state(after)) == sorted(state(before))


@given(catalogs(), SOURCES)
def test_law_going_back_restores_every_translation(catalog, source):
    first = [seg(unit.msgid, unit.context) for unit in catalog.units if not unit.obsolete]
    away = merged(catalog, *source)
    back = merged(away, *first).by_key()
    for unit in catalog.units:
        if unit.is_current:
            assert back[unit.key].msgstr == unit.msgstr
            assert back[unit.key].is_current
