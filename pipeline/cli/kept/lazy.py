"""Sequences and mappings of which the values are read when somebody looks at them.

A build that changes one language need not know the pages of all others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, overload

Item = TypeVar("Item")
Key = TypeVar("Key")


class LaterTuple(Sequence[Item]):
    """A tuple that is made when it is looked at; in print, and sent elsewhere, it is that tuple."""

    def __init__(self, make: Callable[[], tuple[Item, ...]]) -> None:
        """Take what makes it."""
        self._make = make

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        return self._make()

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        return self._items[place]

    def __eq__(self, other: object) -> bool:
        return self._items == (other._items if isinstance(other, LaterTuple) else other)

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[type, tuple[tuple[Item, ...]]]:
        return tuple, (self._items,)


class LaterDict(Mapping[Key, Item]):
    """A mapping that is made when it is looked at; in print, and sent elsewhere, it is a dict."""

    def __init__(self, make: Callable[[], dict[Key, Item]]) -> None:
        """Take what makes it."""
        self._make = make

    @cached_property
    def _items(self) -> dict[Key, Item]:
        return self._make()

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._items)

    def __getitem__(self, key: Key) -> Item:
        return self._items[key]

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[type, tuple[dict[Key, Item]]]:
        return dict, (self._items,)
