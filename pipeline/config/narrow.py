"""Narrowing raw TOML to typed values, once, at the border.

A :class:`Table` knows the file it came from, so that each complaint can name the
file and the line. No ``dict`` travels further inward than this package.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from pipeline.errors import ConfigError

#: More than any setting can mean.
_MOST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One TOML table.

    Attributes:
        path: the file it is in.
        text: that file's text, to find lines in.
        name: its name, as a reader sees it (``[project]``, ``[[locale]] 3``).
        values: its raw values.
        first_line: where it begins, counted from 1.
    """

    path: Path
    text: str
    name: str
    values: Mapping[str, object]
    first_line: int = 1

    def error(self, message: str, remedy: str, key: str | None = None) -> ConfigError:
        """An error that names this table's file and the line of a key."""
        return ConfigError(message, remedy=remedy, path=self.path, line=self._line(key))

    def _line(self, key: str | None) -> int:
        lines = self.text.split("\n")
        if key is not None:
            wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
            for number, line in enumerate(lines[self.first_line - 1 :], self.first_line):
                if wanted.match(line):
                    return number
        return self.first_line

    def refuse_unknown(self, known: frozenset[str]) -> None:
        """Complain about the first key that is not known, with the nearest that is."""
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"Did you mean `{near[0]}`?" if near else f"Known keys: {_listed(known)}."
                raise self.error(f"{self.name} has an unknown key `{key}`.", hint, key)

    def string(self, key: str, default: str | None = None) -> str:
        """A non-empty string; the default, if there is one, where the key is absent."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "a text in quotes")
        return value

    def optional_string(self, key: str) -> str | None:
        """A non-empty string, or None where the key is absent."""
        return self.string(key) if key in self.values else None

    def boolean(self, key: str, *, default: bool) -> bool:
        """Whether a switch is on."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def share(self, key: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._wrong(key, "a number from 0 to 1, such as 0.8")
        return float(value)

    def number(self, key: str, default: float, *, least: float) -> float:
        """A number of at least ``least`` and at most a million."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(key, "a number, such as 2.5")
        if not least <= value <= _MOST:
            raise self._wrong(key, f"a number from {least:g} to {_MOST}")
        return float(value)

    def count(self, key: str, default: int, *, least: int = 0, most: int = _MOST) -> int:
        """A whole number between two others."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self._wrong(key, f"a whole number from {least} to {most}")
        return value

    def optional_count(self, key: str) -> int | None:
        """A whole number of at least 0, or None where the key is absent."""
        if key not in self.values:
            return None
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self._wrong(key, "a whole number, 0 or more")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of at least one non-empty string."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(_is_text(item) for item in value):
            raise self._wrong(key, 'a list of texts, such as ["Noto Sans"]')
        return tuple(value)

    def words(self, key: str) -> tuple[str, ...] | None:
        """A list of non-empty strings that may be empty, or None where the key is absent."""
        if key not in self.values:
            return None
        value = self.values[key]
        if not isinstance(value, list) or not all(_is_text(item) for item in value):
            raise self._wrong(key, 'a list of texts, such as ["reviser"]')
        return tuple(value)

    def string_lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists, each of at least one non-empty string; it may be empty itself."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(_is_texts(item) for item in value):
            raise self._wrong(key, 'a list of lists, such as [["author"], ["clinician"]]')
        return tuple(tuple(item) for item in value)

    def table(self, key: str) -> "Table":
        """The sub-table of that name; empty where the key is absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, f"a table, [{key}]")
        # A table in a table is headed [outer.inner]; the file itself has no brackets in its name.
        inside = self.name.startswith("[")
        header = f"[{self.name[1:-1]}.{key}]" if inside else f"[{key}]"
        return self._child(header, value, _nth_line(self.text, header, 0))

    def tables(self, key: str) -> tuple["Table", ...]:
        """The tables of an array of tables; empty where the key is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, f"a list of tables, each under [[{key}]]")
        return tuple(
            self._child(f"[[{key}]] {n + 1}", item, _nth_line(self.text, f"[[{key}]]", n))
            for n, item in enumerate(value)
        )

    def _child(self, name: str, values: Mapping[str, object], line: int) -> "Table":
        return Table(path=self.path, text=self.text, name=name, values=values, first_line=line)

    def _wrong(self, key: str, wanted: str) -> ConfigError:
        if key not in self.values:
            return self.error(f"{self.name} lacks `{key}`.", f"Add it: {wanted}.")
        return self.error(f"`{key}` in {self.name} is not what it must be.", f"Use {wanted}.", key)


def read_table(path: Path, text: str | None = None) -> Table:
    """Read a TOML file.

    Args:
        path: the file.
        text: what it is going to say; None to read what it says.

    Raises:
        ConfigError: it is missing, not UTF-8 or not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8") if text is None else text
        values = tomllib.loads(text)
    except FileNotFoundError:
        raise ConfigError(
            "The file is missing.", remedy="Run the command in the project's folder.", path=path
        ) from None
    except OSError as error:
        raise ConfigError(
            f"The file cannot be read: {error.strerror}.", remedy="Check its rights.", path=path
        ) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise ConfigError(
            "The file is not UTF-8.", remedy="Save it as UTF-8.", path=path, line=line
        ) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise ConfigError(
            f"This is not TOML: {error}.",
            remedy="Correct that line; see toml.io.",
            path=path,
            line=int(found[1]) if found else str(text).count("\n") + 1,
        ) from None
    return Table(path=path, text=text, name=path.name, values=values)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_text(item) for item in value)


def _listed(words: frozenset[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))


def _nth_line(text: str, header: str, n: int) -> int:
    hits = _lines_of(text, header)
    return hits[n] if n < len(hits) else 1


@lru_cache(maxsize=32)
def _lines_of(text: str, header: str) -> tuple[int, ...]:
    """The lines on which a header stands: one look through the file for all its tables."""
    return tuple(i for i, line in enumerate(text.split("\n"), 1) if line.strip() == header)
