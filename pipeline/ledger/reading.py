"""A whole ledger: bytes → lines in the order of time, with all that is odd about them.

Merging two branches' ledgers by union gives lines twice and in any order, and that must not
matter: a ledger is a set of lines. A line that cannot be read and may have been a revocation
throws doubt on the ledger: until it is mended none of its sign-offs counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.ledger.lines import (
    SIGN_OFF_HEAD,
    LineError,
    NewerLineError,
    format_time,
    parse_line,
    render_line,
)
from pipeline.workflow import Line, SignOff

_CONFLICT = re.compile(rb"<{7}( |$)|>{7}( |$)|={7}$|\|{7}( |$)")
#: How far a clock may go before ours.
TOLERANCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something about a ledger that a person should know.

    Attributes:
        line: where it stands, counted from 1.
        message: what is odd, in plain words.
        remedy: what to do about it.
        is_doubt: it may hide a revocation: no sign-off of the ledger counts until it is mended.
    """

    line: int
    message: str
    remedy: str
    is_doubt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The lines of one ledger.

    Attributes:
        lines: each once, in the order of time.
        oddities: what is odd, in the order of the file.
    """

    lines: tuple[Line, ...] = ()
    oddities: tuple[Oddity, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether a revocation may be hidden in what cannot be read."""
        return any(oddity.is_doubt for oddity in self.oddities)


NO_LEDGER = Ledger()


def read_ledger(path: Path, *, locale: str, now: datetime) -> Ledger:
    """Read the ledger beside a resource or a catalog.

    Args:
        path: the file; there need be none.
        locale: tag of the locale that it must speak of.
        now: the present moment, to tell lines of the future.

    Raises:
        OSError: it is there and cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return NO_LEDGER
    return parse_ledger(data, locale=locale, now=now)


def parse_ledger(data: bytes, *, locale: str, now: datetime) -> Ledger:
    """Read the bytes of a ledger.

    Args:
        data: the file.
        locale: tag of the locale that it must speak of.
        now: the present moment, to tell lines of the future.
    """
    lines: set[Line] = set()
    oddities: list[Oddity] = []
    latest, last_time = format_time(now + TOLERANCE), ""
    for number, raw in _split(data, oddities):
        line = _parse(number, raw, oddities)
        if line is None:
            continue
        oddities += _remarks(number, line, raw, locale=locale, latest=latest)
        if line in lines:
            oddities.append(Oddity(line=number, message="The line stands twice.", remedy=_HARMLESS))
        elif line.time < last_time:
            message = "The line is earlier than one before it."
            oddities.append(Oddity(line=number, message=message, remedy=_HARMLESS))
        last_time = max(last_time, line.time)
        if line.locale == locale:
            lines.add(line)
    ordered = sorted(lines, key=lambda line: (line.time, render_line(line)))
    return Ledger(lines=tuple(ordered), oddities=tuple(oddities))


_HARMLESS = "Nothing to do: a merge brings this, and it counts once, in the order of time."
_DOUBT = (
    "It may have taken a sign-off back, so that none of this file counts: "
    "bring the line back from the history of the repository, or take it out."
)


def _split(data: bytes, oddities: list[Oddity]) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line that has any."""
    rows = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, row in enumerate(rows, 1):
        if stripped := row.strip(b" \t\r\0"):
            yield number, stripped
    if rows[-1].strip():
        message = "The last line has no end; it may have been cut short."
        remedy = "The next line that the program writes begins on a line of its own."
        oddities.append(Oddity(line=len(rows), message=message, remedy=remedy))


def _parse(number: int, raw: bytes, oddities: list[Oddity]) -> Line | None:
    """The line; None, and an oddity, where it cannot be read."""
    try:
        return parse_line(raw.decode())
    except UnicodeDecodeError:
        reason, remedy, is_doubt = "it is not UTF-8", *_judge(raw)
    except NewerLineError as error:
        remedy = "Bring the program up to date; until then none of this file's sign-offs counts."
        reason, is_doubt = str(error), True
    except LineError as error:
        reason, remedy, is_doubt = str(error), *_judge(raw)
    message = f"The line cannot be read: {reason}."
    oddities.append(Oddity(line=number, message=message, remedy=remedy, is_doubt=is_doubt))
    return None


def _judge(raw: bytes) -> tuple[str, bool]:
    """What to do about a line that cannot be read, and whether it may hide a revocation."""
    if _CONFLICT.match(raw):
        return "Take out the marks of the merge; the lines between them all count.", False
    # Two lines that were run into one begin like the first.
    if raw.startswith(SIGN_OFF_HEAD.encode()) and b'"event"' not in raw:
        return "It was a sign-off and does not count: sign again.", False
    return _DOUBT, True


def _remarks(number: int, line: Line, raw: bytes, *, locale: str, latest: str) -> Iterator[Oddity]:
    """What is odd about a line that can be read."""
    if line.locale != locale:
        yield Oddity(
            line=number,
            message=f"The line speaks of `{line.locale}` and stands in a ledger of `{locale}`.",
            remedy="It does not count here: move it to the ledger that it belongs to.",
        )
    if line.time > latest:
        what = "does not count until then" if isinstance(line, SignOff) else "counts all the same"
        yield Oddity(
            line=number,
            message=f"The line is of the future, {line.time}: it {what}.",
            remedy="Set the clock of the machine that wrote it, and sign again.",
        )
    if render_line(line).encode("utf-8", "surrogatepass") != raw:
        yield Oddity(
            line=number,
            message="The line is not written as the program writes it.",
            remedy="It counts; nothing to do unless somebody edited it by hand.",
        )
