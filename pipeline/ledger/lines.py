"""One line of a ledger: text ⇄ :class:`SignOff` or :class:`Event`.

Version 1 of the schema, documented in ``docs/reference/ledger.md``. Keys stand in one order,
without spaces, so that the same line is the same bytes whoever wrote it. ``v`` and ``kind``
come first: of a line that was cut short they say whether it can have been a revocation.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from pipeline.ledger.digests import digest
from pipeline.workflow import Event, EventKind, Line, Role, SignOff

SCHEMA_VERSION = 1
#: How every sign-off begins; what begins so cannot take anything back.
SIGN_OFF_HEAD = f'{{"v":{SCHEMA_VERSION},"kind":"sign-off",'

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{40}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_HALF = re.compile("[\ud800-\udfff]")
_SIGNATURE = re.compile(r"[A-Za-z0-9+/=]*", re.ASCII)
_COMMON = frozenset({"v", "kind", "time", "handle", "locale", "units", "note"})
#: Keys that a sign-off must have, and those that it may have.
SIGN_OFF_NEEDS = frozenset({"v", "kind", "time", "role", "handle", "locale", "units"})
SIGN_OFF_KEYS = _COMMON | {"role", "sample", "signature"}
_EVENT = _COMMON | {
    "event",
    "revokes",
    "finding",
    "role",
    "until",
    "approved",
    "words",
    "state",
    "media",
    "made_from",
    "file",
    "signature",
}
_Choice = TypeVar("_Choice", bound=StrEnum)
#: A sign-off as we write most of them: no note, no signature.
_PLAIN = re.compile(
    rf"{re.escape(SIGN_OFF_HEAD)}"
    rf'"time":"({_TIME.pattern})","role":"({"|".join(Role)})","handle":"({_HANDLE.pattern})",'
    rf'"locale":"({_LOCALE.pattern})","units":\["([0-9a-f]{{40}}(?:","[0-9a-f]{{40}})*)"\]'
    r'(,"sample":true)?\}',
    re.ASCII,
)


class LineError(ValueError):
    """A line is not what version 1 of the schema allows."""


class NewerLineError(LineError):
    """A line is of a later version of the schema."""


def render_line(line: Line) -> str:
    """A line as it stands in the file, without its end.

    Args:
        line: the sign-off or event.

    Returns:
        JSON with keys in the schema's order; what is empty is left out.
    """
    return json.dumps(_values(line), ensure_ascii=False, separators=(",", ":"))


def line_id(line: Line) -> str:
    """What a revocation names: the digest of the line without its signature."""
    return digest(signed_bytes(line))


def signed_bytes(line: Line) -> bytes:
    """What an SSH signature is made over: the line without its signature."""
    values = _values(line)
    values.pop("signature", None)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def parse_line(text: str) -> Line:
    """Read a line.

    Args:
        text: the line, without its end.

    Raises:
        NewerLineError: it is of a later version of the schema.
        LineError: it is not what the schema allows.
    """
    try:
        values = json.loads(text, object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, LineError) else "it is not JSON"
        raise LineError(reason) from error
    if not isinstance(values, dict):
        raise LineError("it is not a JSON object")
    version = values.get("v")
    if isinstance(version, int) and not isinstance(version, bool) and version > SCHEMA_VERSION:
        raise NewerLineError(f"it is of version {version}, and this program knows {SCHEMA_VERSION}")
    if type(version) is not int or version != SCHEMA_VERSION:
        raise LineError("it does not say which version it is of")
    kind = values.get("kind")
    if kind == "sign-off":
        return _sign_off(values)
    if kind == "event":
        return _event(values)
    raise LineError("its `kind` is neither `sign-off` nor `event`")


def find_plain_sign_off(data: bytes) -> SignOff | None:
    """Read a line quickly, if it is a sign-off just as :func:`render_line` writes it.

    Args:
        data: the line, without its end.

    Returns:
        What :func:`parse_line` gives; None where that must be asked.
    """
    if not data.isascii():
        return None
    found = _PLAIN.fullmatch(data.decode("ascii"))
    if found is None:
        return None
    time, role, handle, locale, units, sample = found.groups()
    if not is_time(time):
        return None
    return SignOff(
        time=time,
        role=Role(role),
        handle=handle,
        locale=locale,
        units=tuple(units.split('","')),
        sample=sample is not None,
    )


def is_handle(text: str) -> bool:
    """Whether a text can be a handle: small letters, digits, and ``.``, ``-``, ``_`` inside."""
    return bool(_HANDLE.fullmatch(text))


def format_time(moment: datetime) -> str:
    """A moment as a ledger writes it: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_time(text: str) -> bool:
    """Whether a text is a moment as a ledger writes it."""
    try:
        parse_time(text)
    except LineError:
        return False
    return True


@lru_cache(maxsize=10_000)
def parse_time(text: str) -> datetime:
    """The moment that a ledger's time names.

    Raises:
        LineError: it names none.
    """
    if not _TIME.fullmatch(text):
        raise LineError(f"`{text}` is not a UTC time such as 2026-11-24T13:00:00Z")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise LineError(f"`{text}` is no moment of the calendar") from error


def _values(line: Line) -> dict[str, object]:
    values: dict[str, object] = {"v": SCHEMA_VERSION}
    if isinstance(line, SignOff):
        values |= {"kind": "sign-off", "time": line.time, "role": line.role, "handle": line.handle}
        values |= {"locale": line.locale, "units": line.units}
        extra: Mapping[str, object] = {
            "sample": line.sample,
            "note": line.note,
            "signature": line.signature,
        }
    else:
        values |= {"kind": "event", "event": line.event, "time": line.time, "handle": line.handle}
        values |= {"locale": line.locale}
        extra = {
            "units": line.units,
            "revokes": line.revokes,
            "finding": line.finding,
            "role": line.role,
            "until": line.until.isoformat() if line.until else None,
            "approved": line.approved,
            "words": line.words,
            "state": line.state,
            "media": line.media,
            "made_from": line.made_from,
            "file": line.file,
            "note": line.note,
            "signature": line.signature,
        }
    return values | {key: value for key, value in extra.items() if value}


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise LineError("it has a key twice")
    return values


def _sign_off(values: Mapping[str, object]) -> SignOff:
    _refuse_unknown(values, SIGN_OFF_KEYS)
    units = _digests(values)
    if not units:
        raise LineError("it covers no unit")
    sample = values.get("sample", False)
    if not isinstance(sample, bool):
        raise LineError("its `sample` is neither true nor false")
    return SignOff(
        time=_time(values, "time"),
        role=_choice(Role, values, "role"),
        handle=_handle(values),
        locale=_locale(values),
        units=units,
        sample=sample,
        note=_text(values, "note"),
        signature=_signature(values),
    )


def _event(values: Mapping[str, object]) -> Event:
    _refuse_unknown(values, _EVENT)
    kind = _choice(EventKind, values, "event")
    revokes = _text(values, "revokes")
    if (kind is EventKind.REVOKED) != bool(_DIGEST.fullmatch(revokes)):
        raise LineError("a revocation, and nothing else, names the line that it `revokes`")
    has_role, has_day = _check_waiver(kind, values)
    _check_media(kind, values)
    words = values.get("words", 0)
    if isinstance(words, bool) or not isinstance(words, int) or words < 0:
        raise LineError("its `words` are no number")
    return Event(
        time=_time(values, "time"),
        event=kind,
        handle=_handle(values),
        locale=_locale(values),
        units=_digests(values),
        revokes=revokes,
        finding=_text(values, "finding"),
        role=_choice(Role, values, "role") if has_role else None,
        until=_day(values, "until") if has_day else None,
        approved=_time(values, "approved") if "approved" in values else "",
        words=words,
        state=_text(values, "state"),
        media=_text(values, "media"),
        made_from=_text(values, "made_from"),
        file=_text(values, "file"),
        note=_text(values, "note"),
        signature=_signature(values),
    )


def _check_waiver(kind: EventKind, values: Mapping[str, object]) -> tuple[bool, bool]:
    """Whether a role and a last day are named, as they must be by waivers alone."""
    has_role, has_day = "role" in values, "until" in values
    if kind is EventKind.FINDING_WAIVED:
        units = values.get("units")
        is_whole = has_day and not has_role and isinstance(units, list) and len(units) == 1
        if not (is_whole and _text(values, "note").strip()):
            raise LineError("the waiver of a finding names one unit, a day `until` and a reason")
    elif has_day != (kind is EventKind.WAIVED) or (
        # A comment may say in which role it was made.
        has_role != (kind is EventKind.WAIVED) and kind is not EventKind.COMMENT
    ):
        raise LineError("a waiver, and nothing else, names a `role` and a day `until`")
    if (kind is EventKind.FINDING_WAIVED) != bool(_DIGEST.fullmatch(_text(values, "finding"))):
        raise LineError("the waiver of a finding, and nothing else, names the `finding`")
    return has_role, has_day


def _check_media(kind: EventKind, values: Mapping[str, object]) -> None:
    """A file is named with both digests, and by such an event alone."""
    texts = [_text(values, key) for key in ("media", "made_from", "file")]
    if kind is not EventKind.MEDIA:
        if any(texts):
            raise LineError("an event of media, and nothing else, names a `media` and its digests")
    elif not (texts[0].strip() and all(map(_DIGEST.fullmatch, texts[1:]))):
        raise LineError("an event of media names a `media` and the digests `made_from` and `file`")


def _refuse_unknown(values: Mapping[str, object], known: frozenset[str]) -> None:
    if unknown := sorted(values.keys() - known):
        raise LineError(f"it has an unknown key `{unknown[0]}`")


def _text(values: Mapping[str, object], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise LineError(f"its `{key}` is no text")
    if not value.isascii() and _HALF.search(value):
        raise LineError(f"its `{key}` has half of a character")
    return value


def _time(values: Mapping[str, object], key: str) -> str:
    text = _text(values, key)
    parse_time(text)
    return text


def _day(values: Mapping[str, object], key: str) -> date:
    text = _text(values, key)
    try:
        # Python reads other forms too, and of one day there must be one writing.
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as error:
        raise LineError(f"its `{key}` is no day such as 2026-11-24") from error


def _handle(values: Mapping[str, object]) -> str:
    handle = _text(values, "handle")
    if not is_handle(handle):
        raise LineError("its `handle` is not made of small letters, digits, `.`, `-` and `_`")
    return handle


def _locale(values: Mapping[str, object]) -> str:
    locale = _text(values, "locale")
    if not _LOCALE.fullmatch(locale):
        raise LineError("its `locale` is no language tag")
    return locale


def _signature(values: Mapping[str, object]) -> str:
    signature = _text(values, "signature")
    if not _SIGNATURE.fullmatch(signature):
        raise LineError("its `signature` is not base64")
    return signature


def _digests(values: Mapping[str, object]) -> tuple[str, ...]:
    units = values.get("units", [])
    if not isinstance(units, list):
        raise LineError("its `units` are no list")
    for unit in units:
        if not isinstance(unit, str) or not _DIGEST.fullmatch(unit):
            raise LineError("one of its `units` is no digest of 40 hexadecimal digits")
    return tuple(units)


def _choice(kind: type[_Choice], values: Mapping[str, object], key: str) -> _Choice:
    try:
        return kind(_text(values, key))
    except ValueError as error:
        known = ", ".join(kind)
        raise LineError(f"its `{key}` is none of {known}") from error
