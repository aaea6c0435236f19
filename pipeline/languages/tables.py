"""Reading the table of a language: TOML → plain values, every mistake named with its line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import LanguageError

#: Table → keys that it may have; None: any key, whose values are forms.
_KNOWN: Mapping[str, frozenset[str] | None] = {
    "": frozenset({"name", "scripts", "spaced", "identified-as", "like"}),
    "numbers": frozenset({"decimal", "group", "joiners"}),
    "numbers.words": None,
    "numbers.also": None,
    "numbers.loose": None,
    "numbers.fractions": None,
    "units": None,
    "negation": frozenset({"words", "exceptions", "counted"}),
    "length": frozenset({"ratio", "spread"}),
    "punctuation": frozenset({"sentence-ends", "question-marks"}),
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FRACTION = re.compile(r"([1-9]\d?)/([1-9]\d?\d?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A table as its file has it, checked for unknown keys and wrong types.

    Attributes:
        path: its file.
        text: the file's text, to find lines in.
        values: key → value by table; the top is ``""``.
    """

    path: Path
    text: str
    values: Mapping[str, Mapping[str, object]]

    def string(self, table: str, key: str, default: str = "") -> str:
        """A text; the default where it is not given."""
        value = self.values[table].get(key, default)
        if not isinstance(value, str):
            raise self.error(f"`{key}` is not a text in quotes.", key)
        return value

    def boolean(self, table: str, key: str, *, default: bool) -> bool:
        """Whether a switch is on."""
        value = self.values[table].get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"`{key}` is neither true nor false.", key)
        return value

    def positive(self, table: str, key: str) -> float | None:
        """A number above 0, or None where it is not given."""
        value = self.values[table].get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise self.error(f"`{key}` is not a number above 0.", key)
        return float(value)

    def strings(self, table: str, key: str) -> tuple[str, ...]:
        """A list of texts; empty where it is not given."""
        value = self.values[table].get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"`{key}` is not a list of texts.", key)
        return tuple(value)

    def forms(self, table: str, key: str) -> tuple[str, ...]:
        """Forms that are separated by commas."""
        parts = self.string(table, key).replace("\n", " ").split(",")
        forms = tuple(form for form in (" ".join(part.split()) for part in parts) if form)
        if wrong := [form for form in forms if not form.strip("* ")]:
            raise self.error(f"`{wrong[0]}` would be any word at all.", key)
        return forms

    def by_number(self, table: str) -> dict[float, tuple[str, ...]]:
        """Forms by the number that they stand for."""
        return {self._number(key): self.forms(table, key) for key in self.values[table]}

    def _number(self, key: str) -> float:
        fraction = _FRACTION.fullmatch(key)
        if fraction:
            return int(fraction[1]) / int(fraction[2])
        if not _NUMBER.fullmatch(key):
            raise self.error(f"`{key}` is no number.", key)
        return float(key)

    def error(self, message: str, key: str) -> LanguageError:
        """An error at the line of a key."""
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        lines = enumerate(self.text.split("\n"), 1)
        return LanguageError(
            message,
            remedy="See docs/reference/languages.md.",
            path=self.path,
            line=next((n for n, line in lines if wanted.match(line)), None),
        )


def read_table(path: Path) -> RawTable:
    """Read a language's table.

    Args:
        path: the TOML file.

    Raises:
        LanguageError: it cannot be read, or has a key that nobody knows.
    """
    try:
        text = path.read_text("utf-8-sig")
        values = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise LanguageError(
            f"The file cannot be read: {error}.", remedy="Save it as UTF-8.", path=path
        ) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise LanguageError(
            f"The file is not TOML: {error}.",
            remedy="Mend that line.",
            path=path,
            line=int(line[1]) if line else None,
        ) from error
    table = RawTable(path=path, text=text, values=dict(_flat(values)))
    _refuse_unknown(table)
    return table


def _flat(values: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """The tables by name; each that may be there is, without the known tables inside of it."""
    for name in _KNOWN:
        inside = {known.rpartition(".")[2] for known in _KNOWN if known.rpartition(".")[0] == name}
        table = _inner(values, name)
        yield name, {k: v for k, v in table.items() if not (k in inside and isinstance(v, dict))}


def _inner(values: Mapping[str, object], name: str) -> dict[str, object]:
    found: object = values
    for part in name.split(".") if name else ():
        found = found.get(part, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}


def _refuse_unknown(table: RawTable) -> None:
    for name, known in _KNOWN.items():
        for key in table.values[name] if known is not None else ():
            if key not in known:  # type: ignore[operator]
                where = f"[{name}]" if name else "The top"
                listed = ", ".join(sorted(known or ()))
                raise table.error(f"{where} has an unknown key `{key}`; known: {listed}.", key)
