"""The strings of the theme in the source language, ``theme/interface.toml``."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.config.narrow import Table, read_table

_KEYS = frozenset({"id", "text", "notice", "note"})
_ID = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceString:
    """A string of the theme.

    Attributes:
        id: what templates ask for; msgctxt in the interface catalogs.
        text: the string in the source language.
        notice: whether a language must have it before it is opened to the public.
        note: for the translator.
    """

    id: str
    text: str
    notice: bool
    note: str | None

    @property
    def placeholders(self) -> frozenset[str]:
        """Names in braces that a translation must keep."""
        return frozenset(_PLACEHOLDER.findall(self.text))


def read_strings(
    path: Path, topics: tuple[str, ...], text: str | None = None
) -> tuple[InterfaceString, ...]:
    """Read the strings of the theme.

    Args:
        path: ``interface.toml``.
        topics: ids of the topics, each of which needs a name and a summary.
        text: what the file is going to say; None to read what it says.

    Raises:
        ConfigError: the file is damaged, an id stands twice, or a topic has no name.
    """
    top = read_table(path, text)
    top.refuse_unknown(frozenset({"string"}))
    tables = top.tables("string")
    strings = tuple(_string(table) for table in tables)
    seen: set[str] = set()
    for table, string in zip(tables, strings, strict=True):
        if string.id in seen:
            raise table.error(f"The id `{string.id}` stands twice.", "Rename one.", "id")
        seen.add(string.id)
    for wanted in (f"topic-{topic}{part}" for topic in topics for part in ("", "-summary")):
        if wanted not in seen:
            raise top.error(
                f"There is no string `{wanted}`, and pipeline.toml lists that topic.",
                "Add a [[string]] with that id.",
            )
    return strings


def _string(table: Table) -> InterfaceString:
    table.refuse_unknown(_KEYS)
    name = table.string("id")
    if not _ID.fullmatch(name):
        raise table.error(f"`{name}` cannot be an id.", "Use small letters and hyphens.", "id")
    return InterfaceString(
        id=name,
        text=table.string("text"),
        notice=table.boolean("notice", default=False),
        note=table.optional_string("note"),
    )
