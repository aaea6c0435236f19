"""The public gets translations where there are any, and the source, marked, where there are not."""

from datetime import date
from pathlib import Path

import markdown
import pytest

from pipeline.assemble import Accepted, Rules, localise, measure, missing_page, weigh
from pipeline.content import find_body
from pipeline.model import (
    Direction,
    Document,
    Locale,
    LocalisedPage,
    Metadata,
    PageState,
    Phrase,
    RiskTier,
    UnitKey,
    Urgency,
)
from pipeline.segments import split

TEXT = """\
---
title: When to get help
summary: Signs that need a doctor now.
---

Call a doctor if you are worried.

!!! danger critical "Call 999 now"
    Call 999 if you cannot breathe.

## Children

| Age | Call 111 if |
|---|---|
| Under 3 months | 38°C or higher |
"""

ARABIC = {
    "When to get help": "متى تطلب المساعدة",
    "Signs that need a doctor now.": "علامات تحتاج إلى طبيب الآن.",
    "Call a doctor if you are worried.": "اتصل بطبيب إذا كنت قلقًا.",
    "Call 999 now": "اتصل بالرقم 999 الآن",
    "Call 999 if you cannot breathe.": "اتصل بالرقم 999 إذا لم تستطع التنفس.",
    "Children": "الأطفال",
    "Age": "العمر",
    "Call 111 if": "اتصل بالرقم 111 إذا",
    "Under 3 months": "أقل من 3 أشهر",
    "38°C or higher": "38 درجة مئوية أو أكثر",
}


def locale(tag: str, direction: Direction) -> Locale:
    return Locale(
        tag=tag,
        autonym=tag,
        english_name=tag,
        direction=direction,
        script="Arab",
        plural_forms="nplurals=1; plural=0;",
        digits="latn",
        fonts=("Amiri",),
        people=None,
        people_source="none",
    )


def page(
    *untranslated: str,
    share: float = 0.0,
    changed: tuple[str, ...] = (),
    tolerated: tuple[str, ...] = (),
) -> LocalisedPage:
    metadata = Metadata(
        title="When to get help",
        summary="Signs that need a doctor now.",
        topic="covid-19",
        audience="Everybody",
        risk=RiskTier.CLINICAL,
        urgency=Urgency.URGENT,
        languages=None,
        owner="Health team",
        sources=(),
        last_checked=date(2026, 11, 24),
        review_by=date(2027, 5, 24),
    )
    document = Document(
        topic="covid-19", slug="help", path=Path("help.md"), text=TEXT, metadata=metadata
    )
    rules = Rules(
        source=locale("en", Direction.LTR),
        locale=locale("ar", Direction.RTL),
        minimum_share=share,
        gap_label=Phrase("هذا الجزء بالإنجليزية.", "ar"),
        changed_label=Phrase("تغيرت هذه النصيحة.", "ar"),
    )
    return localise(
        document,
        split(TEXT),
        Accepted(
            targets={UnitKey(None, en): ar for en, ar in ARABIC.items() if en not in untranslated},
            changed={UnitKey(None, text) for text in changed},
            tolerated={UnitKey(None, text) for text in tolerated},
        ),
        rules,
        body_start=find_body(TEXT),
        words=weigh(split(TEXT)),
    )


def test_all_translated_is_live():
    shown = page()
    assert shown.state is PageState.LIVE
    assert shown.title == Phrase("متى تطلب المساعدة", "ar")
    assert (
        shown.markdown
        == """\

اتصل بطبيب إذا كنت قلقًا.

!!! danger critical "اتصل بالرقم 999 الآن"
    اتصل بالرقم 999 إذا لم تستطع التنفس.

## الأطفال {#children}

| العمر | اتصل بالرقم 111 إذا |
|---|---|
| أقل من 3 أشهر | 38 درجة مئوية أو أكثر |
"""
    )


def test_a_gap_is_the_source_text_in_its_own_language():
    shown = page("Children", "Under 3 months")
    assert shown.state is PageState.LIVE_WITH_GAPS
    html = markdown.markdown(shown.markdown, extensions=["tables", "attr_list", "admonition"])
    assert (
        '<h2 id="children"><span class="gap" dir="ltr" lang="en">Children</span></h2>'
        in html.replace("lang=en dir=ltr class=gap", 'class="gap" dir="ltr" lang="en"')
    )
    assert "<td><span lang=en dir=ltr class=gap>Under 3 months</span></td>" in html


def test_the_first_of_a_run_of_gaps_is_labelled_in_the_readers_language():
    shown = page("Call a doctor if you are worried.")
    html = markdown.markdown(shown.markdown)
    assert (
        "<p><span class=gap-label>هذا الجزء بالإنجليزية.</span> "
        "<span lang=en dir=ltr class=gap>Call a doctor if you are worried.</span></p>" in html
    )


@pytest.mark.parametrize(
    ("missing", "share", "state"),
    [
        (("Children",), 0.9, PageState.LIVE_WITH_GAPS),
        (("Children", "Call a doctor if you are worried."), 0.9, PageState.KEY_FACTS),
        (("Call 999 if you cannot breathe.",), 0.0, PageState.NOT_YET),  # critical
        (("Call 999 now",), 0.0, PageState.NOT_YET),  # critical
        (tuple(ARABIC), 0.0, PageState.NOT_YET),
    ],
)
def test_too_little_or_no_critical_text_is_not_published(missing, share, state):
    shown = page(*missing, share=share)
    assert shown.state is state
    assert (shown.markdown == "") is (state is PageState.NOT_YET)


def test_an_untranslated_title_is_in_the_source_language():
    assert page("When to get help").title == Phrase("When to get help", "en")


def test_changed_segments_are_counted():
    shown = page("Call 999 now", changed=("Call 999 now",))
    assert (shown.changed, shown.changed_critical) == (1, 1)


def test_coverage_counts_source_words():
    segments = split("Call 999 now.\n\nStay at home.\n")
    coverage = measure(segments, weigh(segments), {UnitKey(None, "Stay at home."): "Guriga joog."})
    assert (coverage.words, coverage.words_translated) == (6, 3)
    assert coverage.share == 0.5


def test_a_page_of_which_nothing_is_translated_is_the_same_by_the_short_way():
    long_way = page(*ARABIC)
    short_way = missing_page(
        long_way.document,
        measure(split(TEXT), weigh(split(TEXT)), {}),
        source=locale("en", Direction.LTR),
        locale=locale("ar", Direction.RTL),
    )
    assert short_way == long_way


def test_the_key_facts_are_published_before_the_rest():
    shown = page("Call a doctor if you are worried.", "38°C or higher", "Children", share=0.9)
    assert shown.state is PageState.KEY_FACTS
    assert shown.markdown == (
        '!!! danger critical "اتصل بالرقم 999 الآن"\n    اتصل بالرقم 999 إذا لم تستطع التنفس.\n'
    )


def test_critical_advice_that_has_changed_is_shown_in_english_at_once_and_says_so():
    sentence = "Call 999 if you cannot breathe."
    shown = page(sentence, changed=(sentence,), tolerated=(sentence,))
    assert shown.state is PageState.LIVE_WITH_GAPS
    assert (
        "<span class=gap-label>تغيرت هذه النصيحة.</span> "
        f"<span lang=en dir=ltr class=gap>{sentence}</span>"
    ) in shown.markdown


def test_routine_advice_that_has_changed_says_only_that_it_is_in_english():
    sentence = "Call a doctor if you are worried."
    shown = page(sentence, changed=(sentence,))
    assert "<span class=gap-label>هذا الجزء بالإنجليزية.</span> <span lang=en" in shown.markdown
