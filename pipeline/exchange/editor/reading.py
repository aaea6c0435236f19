"""What comes back of the offline editor → a sheet.

It was in others' hands. Nothing in it is run: of a page the one element with its data is cut out,
and of the data keys, targets, states and remarks are read, beside the texts that they belong to.
"""

import codecs
import json
import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.exchange.editor.writing import CLOSING, OPENING, PAGE, VERSION, WORK
from pipeline.exchange.grid import fail
from pipeline.exchange.package import MOST_BYTES
from pipeline.exchange.sheet import Row, Sheet, State, parse_state, parse_token

#: Most characters of one text: a paragraph has some hundreds.
_MOST_CHARACTERS = 100_000
_MOST_NAME = 200
_SURROGATES = re.compile("[\ud800-\udfff]")
_RESEND = "Ask for the file to be saved and sent again."
_ANEW = "Export the resource anew, or ask for the file to be saved and sent again."
_TOO_NEW = "Import it with the version of the program that has exported the page."


class _DoubledKeyError(ValueError):
    """A key stands twice in one object."""


def is_work(data: bytes) -> bool:
    """Whether a file that calls itself plain text is what the editor has saved."""
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"


def parse_page(data: bytes, path: Path) -> Sheet:
    """Read the page of the editor itself: what was sent, without what was typed into it.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        ExchangeError: it is no such page, damaged, too large or of another version; with the line,
            and the text, where they are known.
    """
    text = _decode(data, path)
    count = text.count(OPENING)
    if count != 1:
        has = "holds its texts twice" if count else "is no page of the editor"
        fail(
            path, f"The file {has}.", "Send the file that the editor saves: its name ends in .json."
        )
    start = text.index(OPENING) + len(OPENING)
    end = text.find(CLOSING, start)
    line = text.count("\n", 0, start)
    if end < 0:
        fail(path, "The file was cut off.", _RESEND, line=text.count("\n") + 1)
    return _sheet(_load(text[start:end], path, line), PAGE, path)


def parse_work(data: bytes, path: Path) -> Sheet:
    """Read the file that the editor saves.

    Args, and what is raised: as for :func:`parse_page`.
    """
    return _sheet(_load(_decode(data, path), path, 0), WORK, path)


def _decode(data: bytes, path: Path) -> str:
    if len(data) > MOST_BYTES:
        fail(path, f"The file has more than {MOST_BYTES:,} bytes.", "Export the resource anew.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fail(path, "The file is not in UTF-8, or was cut off.", _RESEND, line=line)


def _load(text: str, path: Path, lines_before: int) -> Mapping[str, object]:
    try:
        values = json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        fail(path, "The file is damaged or was cut off.", _RESEND, line=lines_before + error.lineno)
    except (ValueError, RecursionError):
        fail(path, "The file is damaged.", _RESEND)
    if not isinstance(values, dict):
        fail(path, "The file is not what the editor saves.", _RESEND)
    return values


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _DoubledKeyError
    return values


def _sheet(values: Mapping[str, object], kind: str, path: Path) -> Sheet:
    if values.get("file") != kind:
        fail(path, "The file is not what the editor saves.", _RESEND)
    version = values.get("version")
    if version != VERSION or isinstance(version, bool):
        told = json.dumps(version)[:20]
        fail(path, f"The file is of version {told}; this program reads {VERSION}.", _TOO_NEW)
    rows = values.get("rows")
    if not isinstance(rows, list):
        fail(path, "The file has no list of texts.", _RESEND)
    return Sheet(
        resource=_name(values, "resource", path),
        locale=_name(values, "locale", path),
        rows=tuple(_row(row, number, path) for number, row in enumerate(rows, start=1)),
    )


def _name(values: Mapping[str, object], key: str, path: Path) -> str:
    value = values.get(key)
    if not isinstance(value, str) or len(value) > _MOST_NAME or not value.isprintable():
        fail(path, f"The file does not say its {key}.", _RESEND)
    return value


def _row(values: object, number: int, path: Path) -> Row:
    place = f"text {number}"
    if not isinstance(values, dict):
        fail(path, f"{place.capitalize()} is not what the editor saves.", _RESEND)
    token = parse_token(_text(values, "key", place, path))
    if token is None:
        fail(path, f"{place.capitalize()} has no key.", _ANEW)
    state = parse_state(_text(values, "state", place, path))
    if state is None:
        fail(path, f"{place.capitalize()} has no state: one of {', '.join(State)}.", _ANEW)
    target = _text(values, "target", place, path)
    has_context = values.get("context") is not None
    return Row(
        key=token[0],
        base=token[1],
        source=_text(values, "source", place, path),
        target=target,
        context=_text(values, "context", place, path) if has_context else None,
        state=state,
        remark=_text(values, "remark", place, path),
        is_open=bool(target) and state in {State.NEW, State.CHANGED},
        place=place,
    )


def _text(values: Mapping[str, object], key: str, place: str, path: Path) -> str:
    value = values.get(key)
    if not isinstance(value, str):
        fail(path, f"{place.capitalize()} has no {key}.", _ANEW)
    if len(value) > _MOST_CHARACTERS:
        told = f"{place.capitalize()} has a {key} of more than {_MOST_CHARACTERS:,} characters."
        fail(path, told, "Shorten it in the editor, and save it again.")
    return _SURROGATES.sub("\ufffd", value)
