"""What is said of a document on the way: collected with the place that a person can find."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.intake.model import Outcome, Remark

_SHOWN = 40


def shorten(text: str, most: int = _SHOWN) -> str:
    """The beginning of a text, without what could move a cursor."""
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return clean if len(clean) <= most else f"{clean[: most - 1].rstrip()}…"


LETTERS = "Lists with letters, Roman or double numbers."
HEADING_NUMBERS = "Numbers of headings."
UNDERLINED, HIGHLIGHTED, COLOURED = "Underlining.", "Highlighting.", "Coloured text."
#: What is there in another form; all other looks are lost.
_CHANGED = {
    LETTERS: "They are 1, 2, 3 on the page: correct “see (b)”.",
    HEADING_NUMBERS: "If the text says “see 2.1”, say the heading's name instead.",
}


@dataclass(slots=True)
class Notebook:
    """Where the reader of a document is, and what it has to say.

    Attributes:
        remarks: what was said so far.
    """

    remarks: list[Remark] = field(default_factory=list)
    _heading: str = ""
    _paragraph: int = 0
    _text: str = ""
    _aside: str = ""

    def enter(self, text: str, *, is_heading: bool = False) -> None:
        """Begin a paragraph; what is said next is about it."""
        if self._aside:
            self._text = shorten(text)
            return
        self._paragraph += 1
        self._text = shorten(text)
        if is_heading:
            self._heading = self._text

    def go_aside(self, where: str) -> None:
        """Read something that stands outside of the text, such as a header; empty: come back."""
        self._aside, self._text = where, ""

    @property
    def place(self) -> str:
        """Where the reader is, in words: ``paragraph 4 (“Call 111 if …”), under “Fever”``."""
        quoted = f" (“{self._text}”)" if self._text else ""
        if self._aside:
            return f"{self._aside}{quoted}"
        if not self._paragraph:
            return "the document"
        under = f", under “{self._heading}”" if self._heading not in {"", self._text} else ""
        return f"paragraph {self._paragraph}{quoted}{under}"

    def lose(self, what: str, remedy: str, place: str = "") -> None:
        """Say that something was left out."""
        self._say(Outcome.LOST, what, remedy, place)

    def change(self, what: str, remedy: str, place: str = "") -> None:
        """Say that something is there in another form."""
        self._say(Outcome.CHANGED, what, remedy, place)

    def advise(self, what: str, remedy: str, place: str = "") -> None:
        """Say that something is worth a look."""
        self._say(Outcome.ADVICE, what, remedy, place)

    def count(self, looks: Mapping[str, int]) -> None:
        """Say how often looks were met that a page does not have."""
        for look, number in looks.items():
            place = f"{number} places" if number > 1 else "one place"
            if look in _CHANGED:
                self.change(look, _CHANGED[look], place)
            else:
                self.lose(look, "If it says something, say it in words, or in bold.", place)

    def _say(self, outcome: Outcome, what: str, remedy: str, place: str) -> None:
        remark = Remark(outcome=outcome, what=what, place=place or self.place, remedy=remedy)
        if remark not in self.remarks[-20:]:
            self.remarks.append(remark)
