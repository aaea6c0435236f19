"""PO bytes → :class:`~pipeline.model.Catalog`, strictly: a damaged file is an error with a line.

The format is that of the GNU gettext manual, chapter "The Format of PO Files".
Why this is not Babel's reader: ``docs/decisions/0003-own-po-reader.md``.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from pipeline.catalogs.decoding import decode
from pipeline.catalogs.headers import check_charset, parse_header
from pipeline.catalogs.origins import UNFINISHED, take_origin
from pipeline.catalogs.plain import Head, empty_unit, plain_unit, read_plain
from pipeline.catalogs.strings import take_previous, unescape
from pipeline.errors import CatalogError
from pipeline.model import Catalog, Unit, UnitKey

#: Since gettext 0.26, flags of the workflow may stand behind `#=`. A rule of `=` is a comment.
_WORKFLOW = re.compile(r"#=\s+[\w-]+(?:\s*,\s*[\w-]+)*\s*")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
#: Words that may stand around a source path in a reference (GNU gettext's U+2068, U+2069).
_REFERENCE = re.compile("\u2068[^\u2069]*\u2069\\S*|\\S+")

_HEADER = UnitKey(None, "")
_NOTHING, _CONTEXT, _MSGID, _MSGSTR = range(4)


def parse_catalog(data: bytes, path: Path) -> Catalog:
    """Read a PO file's bytes.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        CatalogError: it is damaged; with the line and what to do.
    """
    return _Reader(decode(data, path), path).read()


class _Reader:
    """Walks over the lines and collects units; holds the unit it is in.

    Blocks between blank lines that are plain units are read whole, which saves a fifth of the
    time; all others line by line. To read every block by ``_lines`` gives the same.
    """

    __slots__ = (
        "comments", "context", "extracted", "flags", "handlers", "is_clear", "msgid", "msgid_line",
        "msgstr", "number", "obsolete", "path", "previous_context", "previous_msgid", "references",
        "seen", "state", "strings", "text", "units",
    )  # fmt: skip

    def __init__(self, text: str, path: Path) -> None:
        self.text = text
        self.path = path
        #: Of the last line read. A block begins with a blank line, the first with one
        #: that is above the file.
        self.number = -1
        self.units: list[Unit] = []
        self.seen: dict[tuple[str | None, str], int] = {}
        self.handlers: dict[str, Callable[[str], None]] = {
            "": self._blank,
            '"': self._continuation,
            "m": self._word,
            "#": self._hash,
        }
        self._clear()

    def _clear(self) -> None:
        self.state = _NOTHING
        self.comments: list[str] = []
        self.extracted: list[str] = []
        self.references: list[str] = []
        self.flags: list[str] = []
        self.context: list[str] | None = None
        self.msgid: list[str] = []
        self.msgstr: list[str] = []
        self.previous_context: list[str] | None = None
        self.previous_msgid: list[str] | None = None
        self.obsolete = False
        self.msgid_line = 0
        #: Where a continuation line belongs.
        self.strings: list[str] | None = None
        #: Nothing has been read since the last unit.
        self.is_clear = True

    def read(self) -> Catalog:
        is_plain = False
        for block in self.text.split("\n\n"):
            plain = read_plain(block)
            # After a plain unit nothing is open.
            is_free = is_plain or (plain is not None and self._is_between_units())
            is_plain = plain is not None and is_free and self._plain(*plain)
            if not is_plain:
                self._lines(block)
        self._end()
        if not self.units or self.units[0].key != _HEADER or self.units[0].obsolete:
            self._fail(
                "The catalog has no header.",
                "Begin it with an empty msgid whose msgstr holds the header fields.",
                1,
            )
        header = self.units[0]
        headers = parse_header(header.msgstr, self.path, header.line)
        check_charset(headers, self.path, header.line)
        return Catalog(
            headers=headers, header_comments=header.translator_comments, units=tuple(self.units[1:])
        )

    # Blocks.

    def _is_between_units(self) -> bool:
        """Whether a unit can begin here of which nothing has been read; ends the one before."""
        if self.state == _MSGSTR:
            self._end()
        return self.is_clear

    def _plain(self, head: Head, msgstr: str) -> bool:
        """Add a plain unit; not one that stands twice, which is said where it ends."""
        key, _, _, depth = head
        line = self.number + 2 + depth
        if self.seen.setdefault(key, line) != line:
            return False
        self.number = line + 1
        self.units.append(plain_unit(head, msgstr, line) if msgstr else empty_unit(head, line))
        return True

    def _lines(self, block: str) -> None:
        handlers, odd = self.handlers, self._odd
        for number, line in enumerate(("", *block.split("\n")), self.number + 1):
            self.number = number
            handlers.get(line[:1], odd)(line)
        self.is_clear = False

    # What a line is, by its first character.

    def _blank(self, _line: str) -> None:
        if self.state in (_CONTEXT, _MSGID):
            self._incomplete()
        self.strings = None

    def _continuation(self, line: str) -> None:
        if self.strings is None or self.obsolete:
            self._fail(
                "A text stands here without `msgid` or `msgstr` before it.",
                "Look for a line that was deleted or moved above it.",
            )
        self.strings.append(self._string(line))

    def _hash(self, line: str) -> None:
        mark = line[1:2]
        if mark == "~":
            self._obsolete(line)
            return
        if self.state != _NOTHING:
            self._begin_comment()
        if mark == "|":
            self._previous(line[2:].strip())
        else:
            self._comment(mark, line)

    def _odd(self, line: str) -> None:
        stripped = line.strip()
        if stripped != line:
            self.handlers.get(stripped[:1], self._odd)(stripped)
            return
        if line.startswith(_CONFLICT):
            self._fail(
                "Here is the mark of a merge conflict.",
                "Keep one of the two versions; delete the lines with <<<<<<<, ======= and >>>>>>>.",
            )
        self._fail(
            f"This line is no part of a PO file: `{_short(line)}`.",
            "Put texts in quotes after msgid or msgstr; begin comments with #.",
        )

    # Comments.

    def _begin_comment(self) -> None:
        if self.state == _MSGSTR:
            self._end()
        elif self.state != _NOTHING:
            self._incomplete()

    def _comment(self, mark: str, line: str) -> None:
        if mark == ".":
            if text := line[2:].strip():
                self.extracted.append(text)
        elif mark == ":":
            self.references += _REFERENCE.findall(line, 2)
        elif mark == "," or (mark == "=" and _WORKFLOW.fullmatch(line)):
            self.flags += [flag.strip() for flag in line[2:].split(",")]
        else:
            self.comments.append((line[2:] if mark == " " else line[1:]).rstrip())

    def _previous(self, rest: str) -> None:
        if rest.startswith("msgctxt"):
            self.strings = self.previous_context = [self._string(rest[7:])]
        elif rest.startswith("msgid") and not rest.startswith("msgid_plural"):
            self.strings = self.previous_msgid = [self._string(rest[5:])]
        elif rest.startswith('"') and self.strings is not None:
            self.strings.append(self._string(rest))
        else:
            self._fail(
                "A line with `#|` is neither msgctxt, msgid nor the rest of one.",
                'Write `#| msgid "…"`, or delete the line.',
            )

    def _obsolete(self, line: str) -> None:
        rest = line[2:].strip()
        if rest.startswith("|"):
            self._begin_comment()
            self._previous(rest[1:].strip())
        elif rest.startswith('"') and self.strings is not None and self.obsolete:
            self.strings.append(self._string(rest))
        elif rest:
            self._word(rest, obsolete=True)

    # msgctxt, msgid, msgstr.

    def _word(self, line: str, *, obsolete: bool = False) -> None:
        word, _, rest = line.partition(" ")
        if self.state == _MSGSTR:
            self._end()
        if self.state == _NOTHING:
            self.obsolete = obsolete
        elif self.obsolete != obsolete:
            self._fail(
                "One part of this unit is obsolete (#~) and the other is not.",
                "Give every line of it the same beginning.",
            )
        if word == "msgid" and self.state != _MSGID:
            self.state, self.msgid_line = _MSGID, self.number
            self.strings = self.msgid = [self._string(rest)]
        elif word == "msgstr" and self.state == _MSGID:
            self.state = _MSGSTR
            self.strings = self.msgstr = [self._string(rest)]
        elif word == "msgctxt" and self.state == _NOTHING:
            self.state = _CONTEXT
            self.strings = self.context = [self._string(rest)]
        else:
            self._bad_word(word)

    def _bad_word(self, word: str) -> NoReturn:
        if word == "msgid_plural" or word.startswith("msgstr["):
            self._fail(
                "This unit has plural forms, which catalogs of this project do not use.",
                "Remove msgid_plural and msgstr[1], and write msgstr instead of msgstr[0].",
            )
        if word in {"msgid", "msgstr", "msgctxt"}:
            self._fail(
                f"`{word}` stands where it cannot stand.",
                "A unit is msgctxt (if any), then msgid, then msgstr, each once.",
            )
        self._fail(
            f"`{_short(word)}` is not a word of a PO file.", "Write msgctxt, msgid or msgstr."
        )

    def _string(self, quoted: str) -> str:
        body = quoted[1:-1]
        if len(quoted) > 1 and quoted[0] == quoted[-1] == '"' and '"' not in body:
            if "\\" not in body:
                return body
            if body[-1] != "\\":
                return self._unescaped(body)
        return self._hard_string(quoted)

    def _hard_string(self, quoted: str) -> str:
        """A string with quotes in it, spaces around it, or something wrong."""
        quoted = quoted.strip()
        whole = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', quoted)
        if not whole:
            self._fail(*_bad_string(quoted))
        return self._unescaped(whole[1])

    def _unescaped(self, text: str) -> str:
        try:
            return unescape(text)
        except ValueError as error:
            self._fail(
                f"`{error}` is not an escape of a PO file.",
                "Write \\\\ for a backslash, \\n for a line end, \\t for a tab.",
            )

    # The end of a unit.

    def _end(self) -> None:
        if self.state == _MSGSTR:
            self._add(self._unit())
        elif self.state != _NOTHING:
            self._incomplete()
        elif self._has_comments():
            self._fail(
                "The file ends after comments that belong to no unit.",
                "If it was cut off, restore it; otherwise move the comments above a unit.",
            )
        self._clear()

    def _has_comments(self) -> bool:
        kept = (self.comments, self.extracted, self.references, self.flags, self.previous_msgid)
        return any(kept)

    def _unit(self) -> Unit:
        fuzzy = "fuzzy" in self.flags
        if UNFINISHED in self.comments and self.obsolete:
            self.comments.remove(UNFINISHED)
            fuzzy = True
        msgstr = "".join(self.msgstr)
        origin, note = take_origin(self.extracted, self.comments, msgstr)
        if self.previous_msgid is None:
            previous = take_previous(self.comments)
        else:
            previous = UnitKey(_text(self.previous_context), "".join(self.previous_msgid))
        return Unit(
            msgid="".join(self.msgid),
            context=_text(self.context),
            msgstr=msgstr,
            fuzzy=fuzzy,
            origin=origin,
            origin_note=note,
            previous=previous,
            flags=tuple([flag for flag in self.flags if flag and flag != "fuzzy"]),
            translator_comments=tuple(self.comments),
            extracted_comments=tuple(self.extracted),
            references=tuple(self.references),
            obsolete=self.obsolete,
            line=self.msgid_line,
        )

    def _add(self, unit: Unit) -> None:
        first = self.seen.setdefault(unit.key, unit.line)
        if first != unit.line:
            self._fail(
                f"The msgid `{_short(unit.msgid)}` stands twice: first in line {first}.",
                "Keep the better translation and delete the other unit.",
                unit.line,
            )
        self.units.append(unit)

    def _incomplete(self) -> NoReturn:
        self._fail(
            "A unit is not complete: its msgid or msgstr is missing.",
            "If the file ends here it was cut off: restore it; otherwise add the missing line.",
        )

    def _fail(self, message: str, remedy: str, line: int | None = None) -> NoReturn:
        raise CatalogError(message, remedy=remedy, path=self.path, line=line or self.number)


def _text(strings: list[str] | None) -> str | None:
    return None if strings is None else "".join(strings)


def _bad_string(quoted: str) -> tuple[str, str]:
    """Message and remedy for what should have been a text in quotes."""
    if not quoted.startswith('"'):
        return "A text does not begin with a quotation mark.", 'Put it between two straight ".'
    if re.match(r'"(?:[^"\\]|\\.)*".', quoted):
        return (
            "A quotation mark stands inside a text without a backslash before it.",
            'Write \\" for a quotation mark in the text, or use “ and ”.',
        )
    return (
        "A text does not end with a quotation mark.",
        'Add the " at the end of the line; if the rest is missing, restore the file.',
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 - what fits a terminal
