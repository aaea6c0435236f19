"""What to do next: people × urgency × criticality ÷ words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Coverage, Direction, Locale, PageState
from pipeline.status import (
    LanguageState,
    ResourceState,
    TranslationState,
    Wait,
    rank_tasks,
)
from pipeline.workflow import Role, Weights

WEIGHTS = Weights()
NOTHING = Coverage(
    segments=0,
    segments_translated=0,
    words=0,
    words_translated=0,
    critical=0,
    critical_translated=0,
)


def locale(tag: str, people: int | None, note: str = "Census 2021, TS024") -> Locale:
    return Locale(
        tag=tag,
        autonym=tag,
        english_name=tag,
        direction=Direction.LTR,
        script="Latn",
        plural_forms="nplurals=2; plural=(n != 1);",
        digits="latn",
        fonts=("Noto Sans",),
        people=people,
        people_source=note,
    )


ENGLISH = locale("en", 1457512)


def cell(resource: str, *waits: Wait, urgent: bool = False) -> ResourceState:
    return ResourceState(
        resource=resource,
        locale="so",
        state=TranslationState.MISSING,
        coverage=NOTHING,
        is_sample=False,
        is_urgent=urgent,
        page=PageState.NOT_YET,
        waits=waits,
    )


def wait(role: Role = Role.TRANSLATOR, words: int = 100, critical: int = 0, **more) -> Wait:
    return Wait(role=role, segments=1, words=words, critical_words=critical, **more)


def row(spoken: Locale, *cells: ResourceState) -> LanguageState:
    return LanguageState(locale=spoken, missing_notices=(), resources=cells)


SOMALI, ALBANIAN, DARI = (
    locale("so", 14685),
    locale("sq", 6458),
    locale("prs", None, "Not counted by itself."),
)


def test_every_factor_is_shown():
    (task,) = rank_tasks(
        [row(SOMALI, cell("covid-19/vaccination", wait(words=200, critical=50), urgent=True))],
        WEIGHTS,
        source=ENGLISH,
    )
    assert (task.people, task.urgency, task.criticality, task.words) == (14685, 3.0, 1.5, 200)
    assert task.people_source == "Census 2021, TS024"
    assert task.is_counted
    assert task.rank == 14685 * 3.0 * 1.5 / 200


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (wait(words=100), wait(words=101)),  # less work first
        (wait(words=100, critical=10), wait(words=100)),  # critical first
    ],
)
def test_the_more_pressing_task_is_first(one, other):
    tasks = rank_tasks([row(SOMALI, cell("b/b", one), cell("a/a", other))], WEIGHTS, source=ENGLISH)
    assert [task.resource for task in tasks] == ["b/b", "a/a"]


def test_urgent_is_first_and_more_people_are_first():
    rows = [
        row(ALBANIAN, cell("a/routine", wait()), cell("a/urgent", wait(), urgent=True)),
        row(SOMALI, cell("a/routine", wait())),
    ]
    assert [(t.locale, t.resource) for t in rank_tasks(rows, WEIGHTS, source=ENGLISH)] == [
        ("sq", "a/urgent"),  # 6,458 × 3
        ("so", "a/routine"),  # 14,685
        ("sq", "a/routine"),
    ]


def test_who_was_not_counted_is_listed_and_the_assumption_is_said():
    (task,) = rank_tasks([row(DARI, cell("a/a", wait()))], WEIGHTS, source=ENGLISH)
    assert (task.people, task.is_counted) == (1000, False)
    assert task.people_source == (
        "Not counted by itself; taken as 1,000 by weights.uncounted_people"
    )


def test_a_sign_off_of_the_source_stands_once_and_serves_all():
    waiting = wait(Role.CLINICIAN, of_source=True)
    rows = [row(SOMALI, cell("a/a", waiting)), row(ALBANIAN, cell("a/a", waiting))]
    (task,) = rank_tasks(rows, WEIGHTS, source=ENGLISH)
    assert (task.locale, task.people) == ("en", 14685 + 6458)
    assert task.people_source == "the sum of 2 languages that wait for it"


def test_for_one_role_or_one_language():
    rows = [
        row(SOMALI, cell("a/a", wait(), wait(Role.REVISER))),
        row(ALBANIAN, cell("a/a", wait(Role.REVISER))),
    ]
    found = rank_tasks(rows, WEIGHTS, source=ENGLISH, role=Role.REVISER)
    assert [task.locale for task in found] == ["so", "sq"]
    found = rank_tasks(rows, WEIGHTS, source=ENGLISH, tag="so")
    assert [task.role for task in found] == [Role.REVISER, Role.TRANSLATOR]


@pytest.mark.parametrize("state", [TranslationState.DAMAGED, TranslationState.WITHDRAWN])
def test_what_must_be_mended_or_decided_first_is_no_task(state):
    shut = replace(cell("a/a", wait()), state=state)
    assert rank_tasks([row(SOMALI, shut)], WEIGHTS, source=ENGLISH) == ()


@pytest.mark.parametrize("state", [TranslationState.DAMAGED, TranslationState.WITHDRAWN])
def test_a_source_text_that_is_withdrawn_until_it_is_approved_is_a_task(state):
    waiting = replace(wait(), role=Role.CLINICIAN, of_source=True)
    shut = replace(cell("a/a", waiting), state=state)
    (task,) = rank_tasks([row(SOMALI, shut)], WEIGHTS, source=ENGLISH)
    assert (task.role, task.locale) == (Role.CLINICIAN, "en")


@given(
    people=st.lists(st.integers(0, 100_000), min_size=1, max_size=6),
    more=st.integers(0, 100_000),
    words=st.integers(0, 500),
)
def test_more_people_never_rank_lower(people, more, words):
    def place(first: int) -> int:
        numbers = [first, *people[1:]]
        rows = [
            row(locale(f"q{n}", p), cell("a/a", wait(words=words))) for n, p in enumerate(numbers)
        ]
        tags = [task.locale for task in rank_tasks(rows, WEIGHTS, source=ENGLISH)]
        return tags.index("q0")

    assert place(people[0] + more) <= place(people[0])


@given(order=st.permutations([SOMALI, ALBANIAN, DARI, locale("ar", 14685)]))
def test_the_order_of_the_table_changes_nothing(order):
    rows = [row(spoken, cell("a/a", wait())) for spoken in order]
    found = [task.locale for task in rank_tasks(rows, WEIGHTS, source=ENGLISH)]
    assert found == ["ar", "so", "sq", "prs"]
