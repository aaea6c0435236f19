"""Frozen values that are quick to make: a library has a hundred thousand segments and units."""

from dataclasses import MISSING, fields
from typing import Any, TypeVar

_Value = TypeVar("_Value")


def quick_init(cls: type[_Value]) -> type[_Value]:
    """Let a frozen, slotted, keyword-only dataclass be made in half the time.

    The constructor that ``dataclass`` writes sets every field by its name, through
    ``object.__setattr__``; this one calls the slots themselves. It takes the same
    arguments, and the values are as frozen as before.

    Args:
        cls: the class, without ``__post_init__``; no field has a factory.

    Returns:
        The very same class.
    """
    scope: dict[str, Any] = {}
    parameters, rows = [], []
    for field in fields(cls):  # type: ignore[arg-type]  # it is a dataclass
        name = field.name
        scope[f"set_{name}"] = vars(cls)[name].__set__
        scope[f"default_{name}"] = field.default
        parameters.append(name if field.default is MISSING else f"{name}=default_{name}")
        rows.append(f"\n    set_{name}(self, {name})")
    source = f"def __init__(self, *, {', '.join(parameters)}) -> None:{''.join(rows)}"
    exec(source, scope)  # noqa: S102 - as dataclass does, from names of fields alone
    init = scope["__init__"]
    init.__annotations__ = cls.__init__.__annotations__
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = init  # type: ignore[method-assign]
    return cls
