"""The frozen types of captions, and what can be read of them in a given time.

Times are milliseconds. Width is counted in halves of a full-width sign, so that one scale serves
all scripts: a Latin or Arabic letter is 1, a Chinese character 2, a mark above or below a letter 0.

The limits are those of the Netflix Timed Text Style Guides, which exist for every script that
subtitles are made in: 42 characters a line (Chinese and Korean 16, Japanese 13 full-width), two
lines, 5/6 to 7 seconds, at least two frames between captions; 17 characters a second (Chinese 9,
Korean 12, Japanese 4). For English the BBC Subtitle Guidelines ask for 160 to 180 words a minute,
which is about the same.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

#: A caption is never shown shorter, nor longer, than this.
SHORTEST, LONGEST = 833, 7000
#: Two frames at 25 a second: a shorter gap between captions is seen as a flicker.
LEAST_GAP = 80

#: A tag of a cue: its time, its class, its speaker. No ``>`` can stand in one.
TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a reader of a script can take in.

    Attributes:
        line: most width of a line.
        lines: most lines of a caption.
        speed: most width a second.
    """

    line: int = 42
    lines: int = 2
    speed: float = 17.0


_ALPHABET = Pace()
_PACES = {
    "Hans": Pace(line=32, speed=18.0),
    "Hant": Pace(line=32, speed=18.0),
    "Hani": Pace(line=32, speed=18.0),
    "Kore": Pace(line=32, speed=24.0),
    "Jpan": Pace(line=26, speed=8.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A caption as it is shown.

    Attributes:
        start: when it appears.
        end: when it goes.
        lines: its lines, as readers see them.
        line: the line of the file on which its time stands, counted from 1.
        settings: where it is shown, as written (``line:0 align:start``).
    """

    start: int
    end: int
    lines: tuple[str, ...]
    line: int
    settings: str = ""

    @property
    def width(self) -> int:
        """How wide its text is."""
        return sum(map(reading_width, self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a player cannot use in a file of captions.

    Attributes:
        line: its line, counted from 1.
        message: what is wrong, one sentence.
        remedy: what to do about it.
    """

    line: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A file of captions as its checks see it.

    Attributes:
        cues: its captions, in the order of the file.
        faults: what players cannot use.
    """

    cues: tuple[Cue, ...]
    faults: tuple[Fault, ...]


def find_pace(*scripts: str) -> Pace:
    """What a reader of a script can take in; of several, of that which is read slowest.

    Args:
        scripts: ISO 15924 codes.
    """
    known = (_PACES[script] for script in scripts if script in _PACES)
    return min(known, key=lambda pace: pace.line, default=_ALPHABET)


def reading_width(text: str) -> int:
    """The width of a text, in halves of a full-width sign.

    Args:
        text: the text as readers see it, without tags.
    """
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def strip_tags(text: str) -> str:
    """A cue's text as readers see it: without tags, escapes resolved, white space folded."""
    return _SPACE.sub(" ", html.unescape(TAG.sub("", text))).strip()


def show_time(milliseconds: int) -> str:
    """A time for people: ``1:05``."""
    return f"{milliseconds // 60_000}:{milliseconds // 1000 % 60:02}"
