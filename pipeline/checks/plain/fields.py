"""Front matter as it stands, for files of any origin: values with their lines, no complaint.

What a resource of the project must have, ``pipeline.content`` says; here nothing is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml

_FRONT_MATTER = re.compile(
    r"\A\ufeff?-{3}[ \t]*\r?\n(?P<yaml>(?:.*\r?\n)*?)(?:-{3}|\.{3})[ \t]*(?:\r?\n|\Z)"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of a front matter.

    Attributes:
        line: its line in the file, counted from 1.
        text: what it says, where it is a single value; empty where it is not.
        items: the entries of a list, each with its fields; a plain entry has the one field ``""``.
    """

    line: int
    text: str = ""
    items: tuple[Mapping[str, "Field"], ...] = field(default=())

    @property
    def day(self) -> date | None:
        """The day that it names, or None where it names none."""
        try:
            return date.fromisoformat(self.text) if _DATE.fullmatch(self.text) else None
        except ValueError:
            return None


def read_fields(text: str) -> tuple[dict[str, Field], int]:
    """The fields of a text's front matter, and the offset at which its body begins.

    Args:
        text: the whole text of a file. One without front matter, or with one that is not YAML,
            has no fields.
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, 0
    try:
        root = yaml.compose(found["yaml"], Loader=_LOADER)
    except yaml.YAMLError:
        return {}, found.end()
    return (_mapping(root) if isinstance(root, yaml.MappingNode) else {}), found.end()


def _mapping(node: yaml.MappingNode) -> dict[str, Field]:
    return {str(key.value): _field(value) for key, value in node.value}


def _field(node: yaml.Node) -> Field:
    line = int(node.start_mark.line) + 2
    if isinstance(node, yaml.SequenceNode):
        return Field(line=line, items=tuple(_item(item) for item in node.value))
    return Field(line=line, text=str(node.value) if isinstance(node, yaml.ScalarNode) else "")


def _item(node: yaml.Node) -> dict[str, Field]:
    return _mapping(node) if isinstance(node, yaml.MappingNode) else {"": _field(node)}
