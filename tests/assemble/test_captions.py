"""Captions are offered by the rule of pages; a film in another language is a gap in its page."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.assemble import Accepted, Rules, localise, source_page, weigh, withdraw
from pipeline.content import find_body
from pipeline.model import (
    Captions,
    Direction,
    Document,
    Locale,
    Metadata,
    PageState,
    Phrase,
    RiskTier,
    UnitKey,
    Urgency,
    Video,
)
from pipeline.segments import split_document

TEXT = """\
---
title: Hands
summary: How to wash your hands.
---

Clean hands stop germs.
"""
TRACK = """\
WEBVTT

00:01.000 --> 00:03.000
Wet your hands

00:03.000 --> 00:05.000
and put soap on them.

NOTE critical

00:06.000 --> 00:08.000
Never drink soap.
"""
PAGE = {
    "Hands": "الأيدي",
    "How to wash your hands.": "كيف تغسل يديك.",
    "Clean hands stop germs.": "الأيدي النظيفة توقف الجراثيم.",
}
WET = {"Wet your hands and put soap on them.": "بلّل يديك وضع عليهما الصابون."}
NEVER = {"Never drink soap.": "لا تشرب الصابون أبدًا."}


def locale(tag, direction, script):
    return Locale(
        tag=tag,
        autonym=tag,
        english_name=tag,
        direction=direction,
        script=script,
        plural_forms="",
        digits="latn",
        fonts=(),
        people=None,
        people_source="",
    )


RULES = Rules(
    source=locale("en", Direction.LTR, "Latn"),
    locale=locale("ar", Direction.RTL, "Arab"),
    minimum_share=0.6,
    gap_label=Phrase("هذا الجزء بالإنجليزية.", "ar"),
    changed_label=Phrase("تغيرت هذه النصيحة.", "ar"),
)


@pytest.fixture
def document():
    video = Video(
        file="covid-19/hands.webm",
        media_type="video/webm",
        digest="0" * 64,
        captions=Captions(path=Path("content/covid-19/hands.en.vtt"), text=TRACK),
    )
    return Document(
        topic="covid-19",
        slug="hands",
        path=Path("content/covid-19/hands.md"),
        text=TEXT,
        video=video,
        metadata=Metadata(
            title="Hands",
            summary="How to wash your hands.",
            topic="covid-19",
            audience="Everybody",
            risk=RiskTier.GENERAL,
            urgency=Urgency.ROUTINE,
            languages=None,
            owner="Health team",
            sources=(),
            last_checked=date(2026, 11, 24),
            review_by=date(2027, 5, 24),
        ),
    )


def page(document, targets, *, rules=RULES, **accepted):
    segments = split_document(document)
    return localise(
        document,
        segments,
        Accepted(targets={UnitKey(None, k): v for k, v in targets.items()}, **accepted),
        rules,
        body_start=find_body(document.text),
        words=weigh(segments),
    )


def test_all_is_translated(document):
    found = page(document, PAGE | WET | NEVER)
    assert found.state is PageState.LIVE
    assert found.captions == TRACK.replace("Wet your hands", "بلّل يديك وضع").replace(
        "and put soap on them.", "عليهما الصابون."
    ).replace("Never drink soap.", "لا تشرب الصابون أبدًا.")


def test_a_routine_gap_stands_in_its_own_language(document):
    found = page(document, PAGE | NEVER, rules=replace(RULES, minimum_share=0.2))
    assert found.state is PageState.LIVE_WITH_GAPS
    assert found.captions == TRACK.replace(
        "Wet your hands", "<lang en>Wet your hands</lang>"
    ).replace("and put soap on them.", "<lang en>and put soap on them.</lang>").replace(
        "Never drink soap.", "لا تشرب الصابون أبدًا."
    )


def test_below_the_share_of_words_no_captions_are_offered_and_the_page_says_it_has_a_gap(document):
    found = page(document, PAGE | NEVER)
    assert found.captions == ""
    assert found.state is PageState.LIVE_WITH_GAPS
    assert found.markdown.strip() == "الأيدي النظيفة توقف الجراثيم."


def test_without_what_is_critical_no_captions_are_offered_and_the_text_is_not_held(document):
    found = page(document, PAGE | WET)
    assert found.captions == ""
    assert found.state is PageState.LIVE_WITH_GAPS


def test_critical_advice_that_has_changed_since_is_shown_in_its_new_words(document):
    key = UnitKey(None, "Never drink soap.")
    found = page(document, PAGE | WET, changed={key}, tolerated={key})
    assert "<lang en>Never drink soap.</lang>" in found.captions
    assert found.changed_critical == 1


def test_no_captions_without_their_page(document):
    assert page(document, WET | NEVER).state is PageState.NOT_YET
    assert page(document, WET | NEVER).captions == ""
    whole = page(document, PAGE | WET | NEVER)
    assert withdraw(whole, "a mistake").captions == ""


def test_the_source_shows_its_own(document):
    found = source_page(document, locale=RULES.source, body_start=0)
    assert found.captions == TRACK


def test_a_sentence_of_the_film_that_is_in_the_text_is_translated_once(document):
    again = replace(document, text=f"{TEXT}\nNever drink soap.\n")
    keys = [segment.key for segment in split_document(again)]
    assert keys.count(UnitKey(None, "Never drink soap.")) == 2
    assert "لا تشرب الصابون أبدًا." in page(again, PAGE | WET | NEVER).markdown
