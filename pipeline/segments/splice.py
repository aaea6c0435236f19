"""Translations → the text with them in place; everything else byte for byte as it was."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from pipeline.errors import TranslationError
from pipeline.model import Segment, SegmentKind, UnitKey
from pipeline.segments.frontmatter import DEFAULT_FRONT_MATTER_KEYS, encode
from pipeline.segments.headings import heading_ids
from pipeline.segments.inline import read_markup
from pipeline.segments.lines import View
from pipeline.segments.problems import find_problem_in
from pipeline.segments.references import point_home
from pipeline.segments.scanner import read
from pipeline.segments.slots import Form, Reading, Slot

_LINE_BREAK = re.compile(r" *\n *")
_UNDERLINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t>]*-+[ \t]*(?:[\r\n]|\Z)")
_GOES_ON = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t>]*[^\s>]")
_EMPHATIC = re.compile(r"(?<![a-z0-9])_|_(?![a-z0-9])")
#: A brace that the attribute list after it would be read together with.
_OPEN_BRACE = re.compile(r"(?<= )\{(?![{%#])")
#: A space before a macro, after which the macro would be taken for such a list.
_OPEN_MACRO = re.compile(r" (?=\{[{%#])")


def splice(
    text: str,
    translations: Mapping[UnitKey, str],
    *,
    front_matter_keys: tuple[str, ...] = DEFAULT_FRONT_MATTER_KEYS,
    fallback: Callable[[Segment], str | None] | None = None,
    pin_headings: bool = True,
) -> str:
    """Put translations into a text.

    A segment without a translation, or whose translation is its own text, keeps its bytes.

    Args:
        text: the whole text of a file.
        translations: target texts by unit key.
        front_matter_keys: keys of the front matter whose values are translated.
        fallback: what to show in place of a segment that has no translation; None keeps it.
        pin_headings: give a translated heading the id that the source's has.

    Raises:
        TranslationError: a translation would break the page.
    """
    reading = read(text, tuple(front_matter_keys))
    chosen = []
    for slot in reading.slots:
        target = translations.get(slot.segment.key) or None
        if target is None and fallback is not None:
            target = fallback(slot.segment)
        if target is not None and target != slot.segment.msgid:
            chosen.append((slot, target))
    return splice_slots(text, reading, chosen, pin_headings=pin_headings) if chosen else text


def splice_slots(
    text: str, reading: Reading, chosen: list[tuple[Slot, str]], *, pin_headings: bool = True
) -> str:
    """Put targets into the places of slots, in the order of the text.

    Raises:
        TranslationError: a target would break the page.
    """
    writer = _Writer(text, reading, pin_headings=pin_headings)
    for slot, target in chosen:
        writer.put(slot, target)
    return writer.finish()


class _Writer:
    """Copies the source up to each slot, then the target."""

    def __init__(self, text: str, reading: Reading, *, pin_headings: bool) -> None:
        self.text = text
        self.reading = reading
        self.newline = View(text).newline
        self.parts: list[str] = []
        self.at = 0
        self.ids: tuple[str, ...] | None = None
        self.pin_headings = pin_headings

    def put(self, slot: Slot, target: str) -> None:
        problem = find_problem_in(slot.form, slot.segment, target)
        if problem is not None:
            raise _error(slot.segment, problem)
        if slot.form is Form.HEADING:
            self.heading(slot, point_home(slot.segment.msgid, target.strip(), self.reading.labels))
        else:
            self.replace(slot, self.written(slot, target))

    def replace(self, slot: Slot, written: str) -> None:
        """Copy the source up to a slot, then what goes in its place."""
        self.parts += [self.text[self.at : slot.segment.start], written]
        self.at = slot.segment.end

    def finish(self) -> str:
        self.parts.append(self.text[self.at :])
        return "".join(self.parts)

    def written(self, slot: Slot, target: str) -> str:
        """The target as it stands in the text."""
        segment = slot.segment
        target = target.strip() if slot.form is not Form.YAML else target
        if slot.form in _WITH_REFERENCES:
            target = point_home(segment.msgid, target, self.reading.labels)
        if slot.form in {Form.TEXT, Form.HTML}:
            return self.broken(slot, target)
        if slot.form is Form.YAML:
            written = self.text[segment.start : segment.end]
            return encode(written, slot.quote, target)
        if slot.form is Form.CODE_TITLE:
            # A straight quotation mark would end the title, and there is no way to escape it.
            return target.replace('"', "”")
        if slot.form is Form.NO_TITLE:
            return f' "{target}"'
        if slot.form in {Form.ATTRIBUTE, Form.LINK_TITLE} and slot.quote:
            return target.replace(slot.quote, "&quot;" if slot.quote == '"' else "&#39;")
        return target

    def broken(self, slot: Slot, target: str) -> str:
        """Line breaks with the container's prefix; hard ones where the source has hard ones."""
        if "\n" not in target and self.needs_two_lines(slot.segment):
            target = _in_two_lines(target)
        if "\n" not in target:
            return target
        prefixes = slot.prefixes or (self.prefix(slot.segment.start),)
        is_hard = "\n" in slot.segment.msgid
        lines = _LINE_BREAK.split(target)
        parts = [lines[0]]
        for number, (before, line) in enumerate(pairwise(lines)):
            ends_itself = not is_hard or before.endswith("\\")
            prefix = prefixes[min(number, len(prefixes) - 1)]
            parts += ["" if ends_itself else "  ", self.newline, prefix, line]
        return "".join(parts)

    def needs_two_lines(self, segment: Segment) -> bool:
        """Whether what follows would be read otherwise after a single line.

        ``---`` after one line makes it a heading; after a definition of one line the next
        line, though not indented, belongs to it.
        """
        if not _LINE_BREAK.search(self.text[segment.start : segment.end].replace("\r", "\n")):
            return False
        is_definition = segment.kind is SegmentKind.DEFINITION
        after = _GOES_ON if is_definition else _UNDERLINE
        return after.match(self.text, segment.end) is not None

    def prefix(self, start: int) -> str:
        """What continuation lines begin with: quote marks stay, other markers become spaces."""
        line = self.text.rfind("\n", 0, start) + 1
        line = max(line, self.text.rfind("\r", line, start) + 1)
        head = self.text[line:start].lstrip("\ufeff")
        return "".join(char if char in ">\t " else " " for char in head)

    def heading(self, slot: Slot, target: str) -> None:
        """A heading with the source's id."""
        if target.endswith("#"):
            target = f"{target[:-1]}\\#"
        name = None
        if self.pin_headings and slot.heading is not None:
            if self.reading.headings[slot.heading].id is None:
                name = self.source_id(slot.heading)
            target = self.guarded(target)
        if name and slot.attributes is None:
            target = f"{target} {{#{_in_list(name)}}}"
        self.replace(slot, target)
        if name and slot.attributes is not None:
            # Into the attribute list that is there already.
            self.parts += [self.text[self.at : slot.attributes], f"#{_in_list(name)} "]
            self.at = slot.attributes

    def guarded(self, target: str) -> str:
        """No brace that the attribute list at the end would be read together with."""
        if "{" not in target:
            return target
        target = _OPEN_MACRO.sub("&#32;", target)
        spans = [span for span in read_markup(target).spans if span[0] != "placeholder"]
        return _OPEN_BRACE.sub(
            lambda found: (
                found[0] if any(start <= found.start() < end for _, start, end in spans) else "\\{"
            ),
            target,
        )

    def source_id(self, number: int) -> str:
        if self.ids is None:
            self.ids = heading_ids(self.reading.headings, self.reading.ids, self.reading.labels)
        return self.ids[number]


_WITH_REFERENCES = frozenset({Form.TEXT, Form.CELL, Form.TITLE, Form.ONE_LINE})


def _in_two_lines(target: str) -> str:
    """With a line break before its last word; before an empty comment if it has only one."""
    spans = read_markup(target).spans if " " in target else []
    at = target.rfind(" ")
    while at >= 0:
        is_inside = any(start <= at < end for _, start, end in spans)
        if target[at + 1].isalpha() and not is_inside:
            return f"{target[:at]}\n{target[at + 1 :]}"
        at = target.rfind(" ", 0, at)
    return f"{target}\n<!-- -->"


def _in_list(name: str) -> str:
    """An id as it is written in an attribute list, where underscores may mean emphasis."""
    return name.replace("_", "\\_") if _EMPHATIC.search(name) else name


def _error(segment: Segment, problem: str) -> TranslationError:
    shown = segment.msgid if len(segment.msgid) <= 60 else f"{segment.msgid[:57]}…"  # noqa: PLR2004
    return TranslationError(
        f"The translation of “{shown}” {problem}",
        remedy="Correct it in the catalog.",
        line=segment.line,
    )
