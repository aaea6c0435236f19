"""What authors say to this program in HTML comments."""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

_COMMENT = re.compile(r"<!--(.*?)--!?>\s*\Z", re.DOTALL)
_WITH_TEXT = re.compile(r"(translators?|context)\s*:\s*(.+)", re.DOTALL | re.IGNORECASE)
_FLAG = re.compile(r"(no-translate|critical)(?:\s*:\s*(start|end))?", re.IGNORECASE)
_NAMES = ("no-translate", "do-not-translate", "notranslate", "critical", "translators", "context")
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """What a comment asks for.

    Attributes:
        note: a note to translators on the next block.
        context: what tells the next block from the same text elsewhere.
        no_translate: the next block stays as it is.
        critical: the next block, or the section under the next heading, is critical.
        begins: name of a range that begins here.
        ends: name of a range that ends here.
        is_unknown: it looks like one of ours but is not.
    """

    note: str | None = None
    context: str | None = None
    no_translate: bool = False
    critical: bool = False
    begins: str | None = None
    ends: str | None = None
    is_unknown: bool = False

    def and_then(self, other: "Directive") -> "Directive":
        """Both, where several comments stand before one block."""
        notes = [note for note in (self.note, other.note) if note]
        return replace(
            other,
            note="\n".join(notes) or None,
            context=other.context or self.context,
            no_translate=self.no_translate or other.no_translate,
            critical=self.critical or other.critical,
        )


def parse_directive(comment: str) -> Directive:
    """Read a comment; one that asks for nothing gives an empty directive.

    Args:
        comment: the whole comment, ``<!--`` and ``-->`` included.
    """
    found = _COMMENT.match(comment.strip())
    body = found[1].strip() if found else ""
    if text := _WITH_TEXT.fullmatch(body):
        value = " ".join(text[2].split())
        is_context = text[1].lower() == "context"
        return Directive(context=value) if is_context else Directive(note=value)
    if flag := _FLAG.fullmatch(body):
        name, edge = flag[1].lower(), (flag[2] or "").lower()
        if edge:
            return Directive(begins=name) if edge == "start" else Directive(ends=name)
        return Directive(no_translate=name == "no-translate", critical=name == "critical")
    name = body.split(":")[0].strip().lower()
    is_near = 0 < len(name) <= _LONGEST and bool(get_close_matches(name, _NAMES, 1, 0.75))
    return Directive(is_unknown=is_near)
