"""What is missing is told, by the people who wait."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.model import (
    Coverage,
    Direction,
    Document,
    Locale,
    LocalisedPage,
    Metadata,
    PageState,
    Phrase,
    RiskTier,
    Urgency,
)
from pipeline.status import (
    LanguageState,
    ResourceState,
    TranslationState,
    by_need,
    is_wanted,
    resource_state,
)


def locale(tag: str, people: int | None) -> Locale:
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
        people_source="Census 2021",
    )


def document(languages: tuple[str, ...] | None = None) -> Document:
    metadata = Metadata(
        title="When to get help",
        summary="Signs that need a doctor.",
        topic="covid-19",
        audience="Everybody",
        risk=RiskTier.CLINICAL,
        urgency=Urgency.URGENT,
        languages=languages,
        owner="Health team",
        sources=(),
        last_checked=date(2026, 11, 24),
        review_by=date(2027, 5, 24),
    )
    return Document(
        topic="covid-19",
        slug="when-to-get-help",
        path=Path("content/covid-19/when-to-get-help.md"),
        text="",
        metadata=metadata,
    )


def page(state: PageState, *, done: int = 0, changed: int = 0, critical: int = 0) -> LocalisedPage:
    return LocalisedPage(
        document=document(),
        locale="so",
        state=state,
        title=Phrase("Goorma", "so"),
        summary=Phrase("Calaamado", "so"),
        markdown="",
        coverage=Coverage(
            segments=10,
            segments_translated=done,
            words=100,
            words_translated=done * 10,
            critical=2,
            critical_translated=0,
        ),
        changed=changed,
        changed_critical=critical,
    )


@pytest.mark.parametrize(
    ("shown", "state"),
    [
        (page(PageState.NOT_YET), TranslationState.MISSING),
        (page(PageState.NOT_YET, done=3), TranslationState.DRAFTING),
        (page(PageState.NOT_YET, changed=1), TranslationState.DRAFTING),
        (page(PageState.NOT_YET, done=9, changed=1, critical=1), TranslationState.DRAFTING),
        (page(PageState.KEY_FACTS, done=3), TranslationState.KEY_FACTS),
        (page(PageState.KEY_FACTS, done=3, changed=1), TranslationState.KEY_FACTS),
        (page(PageState.KEY_FACTS, done=3, changed=1, critical=1), TranslationState.STALE),
        (page(PageState.LIVE_WITH_GAPS, done=9), TranslationState.GAPS),
        (page(PageState.LIVE_WITH_GAPS, done=9, changed=1), TranslationState.STALE),
        (page(PageState.LIVE, done=10), TranslationState.LIVE),
        (replace(page(PageState.LIVE, done=10), is_overdue=True), TranslationState.OVERDUE),
        (page(PageState.WITHDRAWN, done=10), TranslationState.WITHDRAWN),
    ],
)
def test_state_of_a_page_where_nobody_was_asked_who_signed(
    shown: LocalisedPage, state: TranslationState
):
    assert resource_state(shown).state is state


def test_a_damaged_catalog_is_not_a_missing_one():
    cell = resource_state(page(PageState.NOT_YET), is_damaged=True)
    assert cell.state is TranslationState.DAMAGED
    assert not cell.is_readable


def cell(state: TranslationState) -> ResourceState:
    is_live = state is TranslationState.LIVE
    shown = page(PageState.LIVE if is_live else PageState.NOT_YET)
    return replace(resource_state(shown), state=state)


def row(tag: str, people: int | None, *states: TranslationState) -> LanguageState:
    return LanguageState(
        locale=locale(tag, people),
        missing_notices=(),
        resources=tuple(cell(state) for state in states),
    )


def test_languages_stand_in_the_order_of_people_who_wait():
    missing, live = TranslationState.MISSING, TranslationState.LIVE
    rows = [
        row("sq", 6458, missing, missing),  # 12,916 waits
        row("ar", 41338, live, live),  # nobody waits
        row("so", 14685, missing, live),  # 14,685 waits
        row("prs", None, missing, missing),  # nobody counted: listed, after those counted
    ]
    assert [r.locale.tag for r in by_need(rows)] == ["so", "sq", "prs", "ar"]


def test_a_resource_is_wanted_everywhere_unless_it_says_otherwise():
    assert is_wanted(document(), locale("so", 1))
    assert is_wanted(document(("so",)), locale("so", 1))
    assert not is_wanted(document(("so",)), locale("ar", 1))
