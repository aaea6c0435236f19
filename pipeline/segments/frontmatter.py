"""Front matter: the declared keys' values by offset, and translations written back as YAML."""

import json
import re
from dataclasses import dataclass

import yaml

#: Keys of the front matter whose values are read by people.
DEFAULT_FRONT_MATTER_KEYS = (
    "title", "summary", "description", "subtitle", "ages", "time_needed", "materials",
)  # fmt: skip

_FENCED = re.compile(
    r"\A\ufeff?-{3}[ \t]*(?:\r\n|\r|\n)(?P<yaml>(?:.*?(?:\r\n|\r|\n))??)"
    r"(?:-{3}|\.{3})[ \t]*(?:\r\n|\r|\n|\Z)",
    re.DOTALL,
)
#: TOML, as other site generators have it: kept, but for strings of one line.
_TOML = re.compile(
    r"\A\ufeff?\+{3}[ \t]*(?:\r\n|\r|\n)(?P<toml>(?:.*?(?:\r\n|\r|\n))??)"
    r"\+{3}[ \t]*(?:\r\n|\r|\n|\Z)",
    re.DOTALL,
)
_TOML_STRING = re.compile(
    r"^[ \t]*(?P<key>[\w-]+)[ \t]*=[ \t]*(?P<value>\"(?!\"\")[^\"\\\r\n]+\")[ \t]*(?:#.*)?\r?$",
    re.MULTILINE,
)
_TOML_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
#: Headers without a fence, as MkDocs and Python-Markdown's meta extension read them.
_HEADER = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):[^\S\r\n]*(?P<value>[^\r\n]*)")
_MORE = re.compile(r"(?:[ ]{4}|\t)[^\S\r\n]*(?P<value>[^\r\n]*)")
_LINE = re.compile(r"(?P<text>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
#: How a value in such a header is written, where a scalar of YAML has its quotation mark.
_BARE = ":"
_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n)")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value that people read.

    Attributes:
        key: its key.
        text: the value as YAML means it, without the line feed that ends a block scalar.
        start: source offset of the scalar as written, quotes and block header included.
        end: source offset after it.
        style: how it is written: empty for plain, a quotation mark, ``|`` or ``>``; a colon
            in a header without a fence.
    """

    key: str
    text: str
    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The front matter of a text.

    Attributes:
        end: source offset at which the body begins; 0 where there is no front matter.
        values: values of the declared keys.
        is_bare: whether it is headers without a fence.
        problem: why it cannot be read; None if it can.
        problem_offset: where.
    """

    end: int = 0
    values: tuple[Value, ...] = ()
    is_bare: bool = False
    problem: str | None = None
    problem_offset: int = 0


def find_front_matter(source: str, keys: tuple[str, ...]) -> FrontMatter:
    """The front matter of a source text.

    Args:
        source: the whole text.
        keys: the keys whose values are to be translated.
    """
    found = _FENCED.match(source)
    if not found:
        return _find_toml(source, keys)
    head = found["yaml"]
    declared = re.compile(rf"^[\"']?(?:{'|'.join(map(re.escape, keys))})[\"']?\s*:", re.MULTILINE)
    if not keys or not declared.search(head.replace("\r", "\n")):
        return FrontMatter(end=found.end())
    try:
        root = yaml.compose(head, Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it has a character that YAML forbids"
        offset = found.start("yaml") + (mark.index if mark else 0)
        return FrontMatter(end=found.end(), problem=str(reason), problem_offset=offset)
    values = _values(root, head, found.start("yaml"), keys)
    return FrontMatter(end=found.end(), values=values)


def _find_toml(source: str, keys: tuple[str, ...]) -> FrontMatter:
    """Front matter in TOML: the declared strings above the first table."""
    found = _TOML.match(source)
    if not found:
        return _find_headers(source, keys)
    table = _TOML_TABLE.search(found["toml"])
    end = found.start("toml") + (table.start() if table else len(found["toml"]))
    values = tuple(
        Value(
            key=string["key"],
            text=string["value"][1:-1],
            start=string.start("value"),
            end=string.end("value"),
            style='"',
        )
        for string in _TOML_STRING.finditer(source, found.start("toml"), end)
        if string["key"] in keys and any(char.isalpha() for char in string["value"])
    )
    return FrontMatter(end=found.end(), values=values)


def _find_headers(source: str, keys: tuple[str, ...]) -> FrontMatter:
    """``Key: value`` lines at the very top, up to an empty line or one of another form.

    MkDocs's own rule: whatever the key is. An indented line goes on with the value before.
    """
    begin = at = 1 if source.startswith("\ufeff") else 0
    spans: list[tuple[str, int, int]] = []
    while at < len(source) and (line := _LINE.match(source, at)):
        header = _HEADER.match(line["text"])
        more = None if header or not spans else _MORE.match(line["text"])
        found = header or more
        if not line["text"].strip():
            at = line.end() if spans else at
            break
        if not found:
            break
        start, end = at + found.start("value"), at + len(line["text"].rstrip())
        key, first = (header["key"].lower(), start) if header else spans.pop()[:2]
        is_empty = not source[first:start].strip()
        spans.append((key, start if is_empty else first, max(start, end)))
        at = line.end()
    if not spans:
        return FrontMatter()
    return FrontMatter(end=at, values=_header_values(source, spans, keys), is_bare=at > begin)


def _header_values(
    source: str, spans: list[tuple[str, int, int]], keys: tuple[str, ...]
) -> tuple[Value, ...]:
    values = (
        Value(key=key, text=" ".join(source[start:end].split()), start=start, end=end, style=_BARE)
        for key, start, end in spans
        if key in keys
    )
    return tuple(value for value in values if any(char.isalpha() for char in value.text))


def _values(
    root: yaml.Node | None, head: str, offset: int, keys: tuple[str, ...]
) -> tuple[Value, ...]:
    if not isinstance(root, yaml.MappingNode):
        return ()
    values = []
    for key, node in root.value:
        if not isinstance(node, yaml.ScalarNode) or node.tag != "tag:yaml.org,2002:str":
            continue
        if key.value not in keys or not any(char.isalpha() for char in node.value):
            continue
        start, end = node.start_mark.index, node.end_mark.index
        written = head[start:end]
        end = start + len(written.rstrip()) if node.style in {"|", ">"} else end
        value = Value(
            key=key.value,
            text=node.value.strip("\n"),
            start=offset + start,
            end=offset + end,
            style=node.style or "",
        )
        # An anchor, an alias or a tag stands before the scalar: leave such a value alone.
        if _reads_as(head[start:end], value.text):
            values.append(value)
    return tuple(values)


def encode(written: str, style: str, target: str) -> str:
    """A translation as a YAML scalar, in the style of the source where that can hold it.

    Args:
        written: the source's scalar as written.
        style: its style.
        target: the translation.
    """
    if style == _BARE:
        return " ".join(target.split())
    for candidate in (_in_style(written, style, target), _double_quoted(target)):
        if candidate is not None and _reads_as(candidate, target):
            return candidate
    return _double_quoted(target)


def _in_style(written: str, style: str, target: str) -> str | None:
    if style in {"|", ">"}:
        return _in_block(written, style, target)
    if "\n" in target:
        return None
    if style == "'":
        return "'" + target.replace("'", "''") + "'"
    if style == '"':
        return _double_quoted(target)
    return target


def _in_block(written: str, style: str, target: str) -> str | None:
    header = _BLOCK_HEADER.match(written)
    if not header:
        return None
    body = written[header.end() :]
    indent = body[: len(body) - len(body.lstrip(" "))]
    newline = "\r\n" if header[0].endswith("\r\n") else header[0][-1]
    separator = newline if style == "|" else newline * 2
    lines = separator.join((indent + line) if line else "" for line in target.split("\n"))
    return header[0] + lines


def _double_quoted(target: str) -> str:
    # JSON's strings are YAML's; what is left as it is are characters that can be read.
    return (
        json.dumps(target, ensure_ascii=False)
        .replace("\x85", "\\N")
        .replace("\u2028", "\\L")
        .replace("\u2029", "\\P")
        .replace("\x7f", "\\x7f")
        .replace("\ufeff", "\\ufeff")
    )


def _reads_as(scalar: str, text: str) -> bool:
    try:
        value = yaml.load(f"key: {scalar}\nnext: 1\n", Loader=_LOADER)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError):
        return False
    is_pair = isinstance(value, dict) and set(value) == {"key", "next"}
    return is_pair and isinstance(value["key"], str) and value["key"].strip("\n") == text
