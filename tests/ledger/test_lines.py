"""One line: what version 1 of the schema writes and allows."""

import re
from datetime import UTC, date, datetime

import pytest

from pipeline.ledger import (
    LineError,
    format_time,
    is_handle,
    line_id,
    parse_line,
    parse_time,
    render_line,
    signed_bytes,
)
from pipeline.workflow import Event, EventKind, Role, SignOff

UNIT = "6b4e63afb5d3e91974bede6c81bdb00208b4fe4a"
SIGN_OFF = SignOff(
    time="2026-11-24T09:00:00Z",
    role=Role.REVISER,
    handle="amina.h",
    locale="so",
    units=(UNIT,),
    sample=True,
    note="“Guriga” waa sax.",
    signature="U1NIU0lH",
)
SIGN_OFF_TEXT = (
    '{"v":1,"kind":"sign-off","time":"2026-11-24T09:00:00Z","role":"reviser","handle":"amina.h",'
    f'"locale":"so","units":["{UNIT}"],"sample":true,"note":"“Guriga” waa sax.",'
    '"signature":"U1NIU0lH"}'
)
EVENTS = {
    Event(
        time="2026-11-24T09:00:00Z",
        event=EventKind.REVOKED,
        handle="hodan",
        locale="so",
        revokes=UNIT,
        note="The wrong file.",
    ): '{"v":1,"kind":"event","event":"revoked","time":"2026-11-24T09:00:00Z","handle":"hodan",'
    f'"locale":"so","revokes":"{UNIT}","note":"The wrong file."}}',
    Event(
        time="2026-11-24T09:00:00Z",
        event=EventKind.WAIVED,
        handle="sam",
        locale="pt-BR",
        role=Role.COMMUNITY_READER,
        until=date(2026, 12, 24),
    ): '{"v":1,"kind":"event","event":"waived","time":"2026-11-24T09:00:00Z","handle":"sam",'
    '"locale":"pt-BR","role":"community-reader","until":"2026-12-24"}',
    Event(
        time="2026-11-24T09:00:00Z",
        event=EventKind.FINDING_WAIVED,
        handle="dr.ali",
        locale="ar",
        units=(UNIT,),
        finding=UNIT[::-1],
        until=date(2026, 12, 24),
        note="The number stands in the picture.",
    ): '{"v":1,"kind":"event","event":"finding-waived","time":"2026-11-24T09:00:00Z",'
    f'"handle":"dr.ali","locale":"ar","units":["{UNIT}"],"finding":"{UNIT[::-1]}",'
    '"until":"2026-12-24","note":"The number stands in the picture."}',
    Event(
        time="2026-11-24T09:00:00Z",
        event=EventKind.LIVE,
        handle="pipeline",
        locale="ckb",
        approved="2026-11-20T09:00:00Z",
        words=412,
        state="live with gaps",
    ): '{"v":1,"kind":"event","event":"live","time":"2026-11-24T09:00:00Z","handle":"pipeline",'
    '"locale":"ckb","approved":"2026-11-20T09:00:00Z","words":412,"state":"live with gaps"}',
    Event(
        time="2026-11-24T09:00:00Z",
        event=EventKind.COMMENT,
        handle="hodan",
        locale="so",
        units=(UNIT,),
        role=Role.COMMUNITY_READER,
        note="My mother would not understand “go'doon”.",
    ): '{"v":1,"kind":"event","event":"comment","time":"2026-11-24T09:00:00Z","handle":"hodan",'
    f'"locale":"so","units":["{UNIT}"],"role":"community-reader",'
    '"note":"My mother would not understand “go\'doon”."}',
    Event(
        time="2026-11-24T09:00:00Z",
        event=EventKind.MEDIA,
        handle="hodan",
        locale="so",
        media="covid-19/images/phone.svg",
        made_from=UNIT,
        file=UNIT[::-1],
    ): '{"v":1,"kind":"event","event":"media","time":"2026-11-24T09:00:00Z","handle":"hodan",'
    f'"locale":"so","media":"covid-19/images/phone.svg","made_from":"{UNIT}",'
    f'"file":"{UNIT[::-1]}"}}',
}


def test_a_sign_off_is_written_in_one_order_of_keys_and_read_back():
    assert render_line(SIGN_OFF) == SIGN_OFF_TEXT
    assert parse_line(SIGN_OFF_TEXT) == SIGN_OFF


@pytest.mark.parametrize(("event", "text"), EVENTS.items(), ids=lambda value: str(value)[:60])
def test_an_event_is_written_in_one_order_of_keys_and_read_back(event, text):
    assert render_line(event) == text
    assert parse_line(text) == event


MEDIA = next(text for event, text in EVENTS.items() if event.event is EventKind.MEDIA)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            MEDIA.replace("covid-19/images/phone.svg", " "),
            "an event of media names a `media` and the digests `made_from` and `file`",
        ),
        (
            MEDIA.replace(f'"made_from":"{UNIT}",', ""),
            "an event of media names a `media` and the digests `made_from` and `file`",
        ),
        (
            MEDIA.replace('"event":"media"', '"event":"comment"'),
            "an event of media, and nothing else, names a `media` and its digests",
        ),
    ],
)
def test_a_file_is_named_with_both_digests_or_not_at_all(text, reason):
    with pytest.raises(LineError, match=re.escape(reason)):
        parse_line(text)


def test_the_id_of_a_line_leaves_its_signature_out():
    bare = SIGN_OFF_TEXT.replace(',"signature":"U1NIU0lH"', "")
    assert signed_bytes(SIGN_OFF) == bare.encode()
    assert line_id(SIGN_OFF) == line_id(parse_line(bare))


def changed(old, new, text=SIGN_OFF_TEXT):
    assert old in text
    return text.replace(old, new)


WAIVER = next(text for text in EVENTS.values() if '"waived"' in text)
WAIVED_FINDING = next(text for text in EVENTS.values() if '"finding-waived"' in text)
LIVE = next(text for text in EVENTS.values() if '"live"' in text)
REVOCATION = next(text for text in EVENTS.values() if '"revoked"' in text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is not JSON"),
        ("null", "it is not a JSON object"),
        ("[1]", "it is not a JSON object"),
        ("[" * 100_000, "it is not JSON"),
        ('{"v":' + "9" * 5000 + "}", "it is not JSON"),
        (changed('"v":1', '"v":true'), "it does not say which version it is of"),
        (changed('"v":1', '"v":1.0'), "it does not say which version it is of"),
        (changed('"v":1', '"v":"1"'), "it does not say which version it is of"),
        (changed('"v":1', '"v":0'), "it does not say which version it is of"),
        (changed('"v":1', '"v":2'), "it is of version 2, and this program knows 1"),
        (changed("sign-off", "signoff"), "its `kind` is neither `sign-off` nor `event`"),
        (changed('"note"', '"locale"'), "it has a key twice"),
        (changed('"note"', '"remark"'), "it has an unknown key `remark`"),
        (changed('"note"', '"until"'), "it has an unknown key `until`"),
        (changed("T09:00", "T25:00"), "`2026-11-24T25:00:00Z` is no moment of the calendar"),
        (
            changed("00Z", "00+00:00"),
            "`2026-11-24T09:00:00+00:00` is not a UTC time such as 2026-11-24T13:00:00Z",
        ),
        (
            changed("reviser", "revisor"),
            f"its `role` is none of {', '.join(Role)}",
        ),
        (
            changed("amina.h", "Amina"),
            "its `handle` is not made of small letters, digits, `.`, `-` and `_`",
        ),
        (
            changed("amina.h", "-rf"),
            "its `handle` is not made of small letters, digits, `.`, `-` and `_`",
        ),
        (changed('"so"', '"../so"'), "its `locale` is no language tag"),
        (changed(f'["{UNIT}"]', "[]"), "it covers no unit"),
        (changed(f'["{UNIT}"]', f'"{UNIT}"'), "its `units` are no list"),
        (
            changed(UNIT, UNIT.upper()),
            "one of its `units` is no digest of 40 hexadecimal digits",
        ),
        (changed('"sample":true', '"sample":1'), "its `sample` is neither true nor false"),
        (changed("“Guriga” waa sax.", r"\ud83d"), "its `note` has half of a character"),
        (changed("U1NIU0lH", "U1NI\\n"), "its `signature` is not base64"),
        (changed('"2026-12-24"', '"20261224"', WAIVER), "its `until` is no day such as 2026-11-24"),
        (
            changed(',"until":"2026-12-24"', "", WAIVER),
            "a waiver, and nothing else, names a `role` and a day `until`",
        ),
        (
            changed('"live",', '"live","role":"reviser",', LIVE),
            "a waiver, and nothing else, names a `role` and a day `until`",
        ),
        (
            changed('"live",', '"live","until":"2026-12-24",', LIVE),
            "a waiver, and nothing else, names a `role` and a day `until`",
        ),
        *(
            (text, "the waiver of a finding names one unit, a day `until` and a reason")
            for text in (
                changed(f'["{UNIT}"]', f'["{UNIT}","{UNIT[::-1]}"]', WAIVED_FINDING),
                changed(f'"units":["{UNIT}"],', "", WAIVED_FINDING),
                changed(',"until":"2026-12-24"', "", WAIVED_FINDING),
                changed('"until"', '"role":"reviser","until"', WAIVED_FINDING),
                changed("The number stands in the picture.", " ", WAIVED_FINDING),
            )
        ),
        *(
            (text, "the waiver of a finding, and nothing else, names the `finding`")
            for text in (
                changed(f'"finding":"{UNIT[::-1]}",', "", WAIVED_FINDING),
                changed('"role"', f'"finding":"{UNIT}","role"', WAIVER),
            )
        ),
        (changed("412", "-1", LIVE), "its `words` are no number"),
        (changed("412", "4.5", LIVE), "its `words` are no number"),
        (
            changed(UNIT, UNIT[:7], REVOCATION),
            "a revocation, and nothing else, names the line that it `revokes`",
        ),
    ],
)
def test_what_the_schema_does_not_allow(text, reason):
    with pytest.raises(LineError) as refused:
        parse_line(text)
    assert str(refused.value) == reason


@pytest.mark.parametrize("handle", ["a", "amina", "amina-2", "a.b_c", "9", "a" * 64])
def test_handles(handle):
    assert is_handle(handle)


@pytest.mark.parametrize("handle", ["", "Amina", "-a", "a-", ".", "a b", "ámina", "a\n", "a" * 65])
def test_no_handles(handle):
    assert not is_handle(handle)


def test_times_are_utc_in_whole_seconds():
    moment = datetime.fromisoformat("2026-11-24T14:00:00.9+01:00")
    assert format_time(moment) == "2026-11-24T13:00:00Z"
    assert parse_time("2026-11-24T13:00:00Z") == datetime(2026, 11, 24, 13, tzinfo=UTC)
