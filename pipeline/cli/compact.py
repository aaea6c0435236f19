"""Frozen dataclasses ⇄ rows of JSON without names: what the caches of states are made of.

The functions for a class are written out from its fields once, as ``dataclass`` itself writes a
constructor: a library has ten thousand states, and each is some sixty values.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")
_PLAIN = {str, int, bool, float, NoneType}


def row_maker(cls: type[_Value]) -> Callable[[_Value], list[object]]:
    """A function from a value of a frozen dataclass to its row.

    Args:
        cls: the class; fields are texts, numbers, enumerations, lengths of time, other such
            classes, tuples of these, or one of these or None.

    Raises:
        TypeError: a field is something else.
    """
    return _compile(cls, is_reader=False)


def row_reader(cls: type[_Value]) -> Callable[[list[object]], _Value]:
    """The function that makes the value from such a row again.

    It raises ``KeyError``, ``IndexError``, ``TypeError`` or ``ValueError`` for a row of another
    shape.

    Args:
        cls: the class, as for :func:`row_maker`.

    Raises:
        TypeError: a field is something else.
    """
    return _compile(cls, is_reader=True)


def _compile(cls: type[_Value], *, is_reader: bool) -> Callable[[Any], Any]:
    scope: dict[str, Any] = {"_cls": cls, "timedelta": timedelta}
    parts = []
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]  # it is a dataclass
    for number, name in enumerate(names):
        place = f"r[{number}]" if is_reader else f"r.{name}"
        part = _expression(hints[name], place, scope, is_reader=is_reader)
        parts.append(f"{name}={part}" if is_reader else part)
    body = f"_cls({', '.join(parts)})" if is_reader else f"[{', '.join(parts)}]"
    exec(f"def convert(r):\n    return {body}", scope)  # noqa: S102 - from names of fields alone
    convert: Callable[[Any], Any] = scope["convert"]
    return convert


def _expression(kind: object, place: str, scope: dict[str, Any], *, is_reader: bool) -> str:
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
