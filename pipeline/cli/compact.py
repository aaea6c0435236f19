"""Frozen dataclasses ⇄ rows of JSON without names: what the caches of states are made of.

The functions for a class are written out from its fields once, as ``dataclass`` itself writes a
constructor: a library has ten thousand states, and each is some sixty values.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")
_PLAIN = {str, int, bool, float, NoneType}


def row_maker(cls: type[_Value], *, apart: str = "") -> Callable[[_Value], list[object]]:
    """A function from a value of a frozen dataclass to its row.

    Args:
        cls: the class; fields are texts, numbers, enumerations, days, lengths of time, paths, other
            such classes, tuples of these, or one of these or None.
        apart: a field that is left out, for it is kept elsewhere.

    Raises:
        TypeError: a field is something else.
    """
    return _compile(cls, is_reader=False, apart=apart)


def row_reader(cls: type[_Value], *, apart: str = "") -> Callable[..., _Value]:
    """The function that makes the value from such a row again, and from what was left out of it.

    It raises ``KeyError``, ``IndexError``, ``TypeError`` or ``ValueError`` for a row of another
    shape.

    Args:
        cls: the class, as for :func:`row_maker`.
        apart: likewise; the function takes it as its second argument.

    Raises:
        TypeError: a field is something else.
    """
    return _compile(cls, is_reader=True, apart=apart)


def _compile(cls: type[_Value], *, is_reader: bool, apart: str = "") -> Callable[..., Any]:
    scope: dict[str, Any] = {"_cls": cls, "timedelta": timedelta, "date": date, "Path": Path}
    parts = []
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]  # it is a dataclass
    for number, name in enumerate(names):
        if name == apart:
            parts.append(f"{name}=apart" if is_reader else "None")
            continue
        place = f"r[{number}]" if is_reader else f"r.{name}"
        part = _expression(hints[name], place, scope, is_reader=is_reader)
        parts.append(f"{name}={part}" if is_reader else part)
    body = f"_cls({', '.join(parts)})" if is_reader else f"[{', '.join(parts)}]"
    code = f"def convert(r, apart=None):\n    return {body}"
    exec(code, scope)  # noqa: S102 - from names of fields alone
    convert: Callable[..., Any] = scope["convert"]
    return convert


def _expression(  # noqa: PLR0911  one a kind of value
    kind: object, place: str, scope: dict[str, Any], *, is_reader: bool
) -> str:
    """The code that converts what stands at a place."""
    if kind in _PLAIN:
        return place
    origin, args = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType} and len(args) == 2 and NoneType in args:  # noqa: PLR2004
        (other,) = (arg for arg in args if arg is not NoneType)
        inner = _expression(other, place, scope, is_reader=is_reader)
        return f"(None if {place} is None else {inner})"
    if origin is tuple and args[1:] == (...,):
        item = f"i{len(scope)}"
        scope[item] = None
        inner = _expression(args[0], item, scope, is_reader=is_reader)
        made = f"[{inner} for {item} in {place}]"
        return f"(tuple({made}) if {place} else ())" if is_reader else made
    if origin is tuple:
        each = [
            _expression(arg, f"{place}[{number}]", scope, is_reader=is_reader)
            for number, arg in enumerate(args)
        ]
        return f"({', '.join(each)},)" if is_reader else f"[{', '.join(each)}]"
    if kind is date:
        return f"date.fromisoformat({place})" if is_reader else f"{place}.isoformat()"
    if kind is Path:
        return f"Path({place})" if is_reader else f"str({place})"
    if kind is timedelta:
        parts = "*{0}" if is_reader else "{0}.days, {0}.seconds, {0}.microseconds"
        inner = parts.format(place)
        return f"timedelta({inner})" if is_reader else f"[{inner}]"
    if not isinstance(kind, type) or not (is_dataclass(kind) or issubclass(kind, Enum)):
        raise TypeError(f"{kind} cannot stand in a row")
    name = f"{kind.__name__}_{len(scope)}"
    if issubclass(kind, Enum):
        scope[name] = {member.value: member for member in kind}
        return f"{name}[{place}]" if is_reader else f"{place}.value"
    scope[name] = _compile(kind, is_reader=is_reader)
    return f"{name}({place})"
