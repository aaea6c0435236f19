"""A whole ledger: bytes → lines in the order of time, with all that is odd about them.

Merging two branches' ledgers by union gives lines twice and in any order, and that must not
matter: a ledger is a set of lines. A line that cannot be read and may have been a revocation
throws doubt on the ledger: until it is mended none of its sign-offs counts.
"""

import errno
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.ledger.lines import (
    SIGN_OFF_HEAD,
    SIGN_OFF_KEYS,
    SIGN_OFF_NEEDS,
    LineError,
    NewerLineError,
    find_plain_sign_off,
    format_time,
    line_id,
    parse_line,
    render_line,
)
from pipeline.workflow import Event, EventKind, Line, SignOff

_BOM = b"\xef\xbb\xbf"
#: Where a line begins that was run into the one before it. Inside of a text quotes are escaped,
#: and a line holds no other object, so that nothing else in it looks so.
_BEGINNING = re.compile(rb'(?=\{"v":)')
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
        is_harmless: nobody needs to do anything.
    """

    line: int
    message: str
    remedy: str
    is_doubt: bool = False
    is_harmless: bool = False


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

    @property
    def needs_person(self) -> bool:
        """Whether something is odd that somebody has to look at."""
        return any(not oddity.is_harmless for oddity in self.oddities)


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
    if path.exists() and not path.is_file():
        # Reading a pipe would wait for ever.
        raise OSError(errno.EINVAL, "it is no file", str(path))
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
    reader = _Reader(locale, latest=format_time(now + TOLERANCE))
    reader.read(data)
    ordered = sorted(reader.lines, key=lambda line: (line.time, reader.lines[line]))
    return Ledger(lines=tuple(ordered), oddities=tuple(reader.oddities))


_NOTHING = "Nothing to do."
_MERGED = "Nothing to do: a merge brings this, and it counts once, in the order of time."
_DOUBT = (
    "It may have taken a sign-off back, so that none of this file counts: "
    "bring the line back from the history of the repository, or take it out."
)
_CUT = "It was a sign-off and does not count: sign again, and take the line out."


class _Reader:
    """Lines go by in the order of the file; what can be read is kept, and what is odd."""

    def __init__(self, locale: str, *, latest: str) -> None:
        self.lines: dict[Line, str] = {}
        self.oddities: list[Oddity] = []
        self._locale = locale
        self._latest = latest
        self._last_time = ""
        self._revocations: list[tuple[int, str]] = []

    def read(self, data: bytes) -> None:
        if _BOM in data:
            self._is_harmless(1, "The file has byte order marks.")
        if b"\r\n" in data:
            self._is_harmless(1, "The file has line ends of Windows.")
        rows = data.split(b"\n")
        for number, row in enumerate(rows, 1):
            # A mark stands where files were joined; inside of a text it belongs to the text.
            if stripped := row.strip(b" \t\r").removeprefix(_BOM).strip():
                self._row(number, stripped)
        if rows[-1].strip():
            self._is_harmless(len(rows), "The last line has no end; it may have been cut short.")
        self._look_for_revoked()

    def _row(self, number: int, row: bytes) -> None:
        if sign_off := find_plain_sign_off(row):
            self._keep(number, sign_off, row.decode("ascii"))
            return
        if b"\0" in row:
            # A disk leaves these where it has lost a text.
            self._is_odd(number, "Text is lost: there are NUL characters.", _DOUBT, is_doubt=True)
            row = row.replace(b"\0", b"")
        pieces = [piece for piece in _BEGINNING.split(row) if piece.strip()]
        if len(pieces) > 1:
            self._is_harmless(number, f"{len(pieces)} lines stand on one.")
        for piece in pieces:
            line = self._parse(number, piece.strip())
            if line is not None:
                text = render_line(line)
                if text.encode() != piece.strip():
                    self._is_harmless(number, "The line is not written as the program writes it.")
                self._keep(number, line, text)

    def _keep(self, number: int, line: Line, text: str) -> None:
        is_revocation = isinstance(line, Event) and line.event is EventKind.REVOKED
        if isinstance(line, Event) and is_revocation:
            self._revocations.append((number, line.revokes))
        self._look_at_place(number, line)
        if line in self.lines:
            self._is_harmless(number, "The line stands twice.", _MERGED)
        elif line.time < self._last_time:
            self._is_harmless(number, "The line is earlier than one before it.", _MERGED)
        self._last_time = max(self._last_time, line.time)
        # What takes a sign-off back counts wherever it has got to.
        if line.locale == self._locale or is_revocation:
            self.lines[line] = text

    def _look_at_place(self, number: int, line: Line) -> None:
        if line.locale != self._locale:
            message = f"The line speaks of `{line.locale}`, in a ledger of `{self._locale}`."
            remedy = "It does not count here: move it to the ledger that it belongs to."
            self._is_odd(number, message, remedy)
        if line.time > self._latest:
            what = "does not count until then" if isinstance(line, SignOff) else "may not count yet"
            message = f"The line is of the future, {line.time}: it {what}."
            remedy = "Set the clock of the machine that wrote it, and sign again."
            self._is_odd(number, message, remedy)

    def _look_for_revoked(self) -> None:
        # Making every line's id takes time, and few ledgers have a revocation.
        known = {line_id(line) for line in self.lines} if self._revocations else set()
        for number, revokes in self._revocations:
            if revokes not in known:
                remedy = "Merge the branch that has the line, or correct the id."
                self._is_odd(number, "It takes back a line that is not in this file.", remedy)

    def _parse(self, number: int, raw: bytes) -> Line | None:
        """The line; None, and an oddity, where it cannot be read."""
        try:
            return parse_line(raw.decode())
        except UnicodeDecodeError:
            reason, remedy, is_doubt = "it is not UTF-8", *_judge(raw)
        except NewerLineError as error:
            remedy = (
                "Bring the program up to date; until then none of this file's sign-offs counts."
            )
            reason, is_doubt = str(error), True
        except LineError as error:
            reason, remedy, is_doubt = str(error), *_judge(raw)
        message = f"The line cannot be read: {reason}."
        self._is_odd(number, message, remedy, is_doubt=is_doubt)
        return None

    def _is_odd(self, number: int, message: str, remedy: str, *, is_doubt: bool = False) -> None:
        self.oddities.append(Oddity(line=number, message=message, remedy=remedy, is_doubt=is_doubt))

    def _is_harmless(self, number: int, message: str, remedy: str = _NOTHING) -> None:
        self.oddities.append(Oddity(line=number, message=message, remedy=remedy, is_harmless=True))


def _judge(raw: bytes) -> tuple[str, bool]:
    """What to do about a line that cannot be read, and whether it may hide a revocation."""
    if _CONFLICT.match(raw):
        return "Take out the marks of the merge; the lines between them all count.", False
    if not raw.startswith(SIGN_OFF_HEAD.encode()):
        return _DOUBT, True
    # It begins as a sign-off. Either its end is missing, or all of it is there with a mistake
    # in a value; anything else may be what is left of two lines, the second a revocation.
    is_cut = not raw.endswith(b"}") and b'"event"' not in raw and b'"revokes"' not in raw
    return (_CUT, False) if is_cut or _is_whole_sign_off(raw) else (_DOUBT, True)


def _is_whole_sign_off(raw: bytes) -> bool:
    try:
        values = json.loads(raw.decode(errors="replace"))
    except (ValueError, RecursionError):
        return False
    return isinstance(values, dict) and SIGN_OFF_NEEDS <= values.keys() <= SIGN_OFF_KEYS
