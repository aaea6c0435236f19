"""Whose picture is it: of nobody, before it is recorded and signed for exactly this source."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.ledger import Cover, Ledger, Terms, line_id
from pipeline.media import MediaFile, MediaKind, MediaState
from pipeline.model import Urgency
from pipeline.qa import SignOffs
from pipeline.qa.media import judge_media, media_digest
from pipeline.workflow import Event, EventKind, Role, SignOff, TierRules

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CARD = MediaFile(
    kind=MediaKind.PICTURE,
    name="covid-19/images/card.svg",
    path="covid-19/images/card.svg",
    made_from="a" * 40,
    digest="b" * 40,
    size=900,
)
RECORD = Event(
    time="2026-11-20T09:00:00Z",
    event=EventKind.MEDIA,
    handle="amina",
    locale="so",
    media=CARD.name,
    made_from=CARD.made_from,
    file=CARD.digest,
)
SIGNED = SignOff(
    time="2026-11-21T09:00:00Z",
    role=Role.REVISER,
    handle="bashir",
    locale="so",
    units=(media_digest(CARD),),
)


def judge(file, *lines, is_needed=True):
    terms = Terms(
        rules=TierRules(source=(), target=((Role.REVISER,),)),
        of_source=False,
        urgency=Urgency.ROUTINE,
        now=NOW,
        accept_samples=False,
    )
    cover = Cover(Ledger(lines=lines), terms)
    sign_offs = SignOffs(cover=cover, digest_of=lambda *_: "", is_needed=is_needed)
    (media,) = judge_media([file], lines, sign_offs)
    return media


def test_recorded_and_signed_it_may_be_shown():
    media = judge(CARD, RECORD, SIGNED)
    assert (media.state, media.may_be_shown) == (MediaState.PRESENT, True)


@pytest.mark.parametrize(
    ("file", "lines", "state"),
    [
        (replace(CARD, path="", digest=""), (RECORD, SIGNED), MediaState.MISSING),
        (CARD, (SIGNED,), MediaState.UNRECORDED),
        (replace(CARD, digest="c" * 40), (RECORD, SIGNED), MediaState.UNRECORDED),
        (replace(CARD, made_from="c" * 40), (RECORD, SIGNED), MediaState.STALE),
        (CARD, (RECORD,), MediaState.PRESENT),
    ],
)
def test_otherwise_it_may_not(file, lines, state):
    media = judge(file, *lines)
    assert (media.state, media.may_be_shown) == (state, False)


def test_a_record_that_is_taken_back_counts_no_more():
    back = Event(
        time="2026-11-22T09:00:00Z",
        event=EventKind.REVOKED,
        handle="amina",
        locale="so",
        revokes=line_id(RECORD),
    )
    assert judge(CARD, RECORD, SIGNED, back).state is MediaState.UNRECORDED


def test_what_was_recorded_of_an_older_source_is_still_known():
    older = replace(RECORD, made_from="c" * 40)
    assert judge(CARD, older, RECORD, SIGNED).may_be_shown


def test_in_a_preview_nobody_signs_and_no_stale_one_is_shown_all_the_same():
    assert judge(CARD, RECORD, is_needed=False).may_be_shown
    assert not judge(replace(CARD, made_from="c" * 40), RECORD, is_needed=False).may_be_shown


def test_another_file_under_the_same_name_is_signed_anew():
    assert media_digest(CARD) != media_digest(replace(CARD, digest="c" * 40))
    assert media_digest(CARD) != media_digest(replace(CARD, made_from="c" * 40))
    assert media_digest(CARD) != media_digest(replace(CARD, kind=MediaKind.RECORDING))
