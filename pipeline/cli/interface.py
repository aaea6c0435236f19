"""The strings of the theme in one locale, and the catalogs that they are read from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipeline.catalogs import check_language, parse_catalog, read_catalog
from pipeline.checks import find_hidden_direction, has_words
from pipeline.config import InterfaceString, Project
from pipeline.errors import CatalogError, ConfigError, PipelineError
from pipeline.model import Catalog, Locale, Phrase, UnitKey
from pipeline.qa import is_translation


def may_be_shown(catalog: Catalog, project: Project) -> bool:
    """Whether a catalog's targets may reach the public: samples only in a demonstration."""
    return project.demonstration or not catalog.is_sample


def read_or_report(
    path: Path, tag: str, errors: list[PipelineError], data: bytes | None = None
) -> tuple[Catalog, bool]:
    """The catalog, an empty one where there is none; and whether it cannot be used.

    Args:
        path: its file.
        tag: the locale that it must speak of.
        errors: where it is reported if it cannot be used.
        data: the file's bytes where they were read already.
    """
    if data is None and not path.exists():
        return Catalog(), False
    try:
        catalog = read_catalog(path) if data is None else parse_catalog(data, path)
        # A file put into the wrong folder would be Arabic under lang="so".
        check_language(catalog, tag, path)
    except CatalogError as error:
        errors.append(error)
        return Catalog(), True
    return catalog, False


class Phrases(dict[str, Phrase]):
    """The strings of the theme, by id; to ask for one that is not there is the theme's mistake."""

    def __missing__(self, string_id: str) -> Phrase:
        raise ConfigError(
            f"There is no string `{string_id}`, and pages show it.",
            remedy="Add a [[string]] with that id to theme/interface.toml.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceReading:
    """The strings of the theme in one locale, and the notices that it lacks."""

    phrases: Mapping[str, Phrase]
    missing_notices: tuple[str, ...]


def read_interface(
    project: Project, locale: Locale, errors: list[PipelineError]
) -> InterfaceReading:
    """Read a locale's interface catalog; what it lacks is in the source language.

    Args:
        project: the project.
        locale: the locale.
        errors: where a damaged catalog and unusable strings are reported.
    """
    path = project.interface_path(locale.tag)
    try:
        data = None if path.is_symlink() else path.read_bytes()
    except OSError:
        data = None  # told where it is read
    # Of what cannot be read nobody knows whether it is still the same.
    read = _read if data is not None else _read.__wrapped__
    reading, faults = read(
        path, data, locale.tag, project.source.tag, project.strings, project.demonstration
    )
    errors += faults
    return reading


@lru_cache(maxsize=256)
def _read(
    path: Path,
    data: bytes | None,
    tag: str,
    source: str,
    strings: tuple[InterfaceString, ...],
    is_demonstration: bool,
) -> tuple[InterfaceReading, tuple[PipelineError, ...]]:
    """Read once for equal bytes: a preview asks again at each save."""
    errors: list[PipelineError] = []
    catalog, _ = read_or_report(path, tag, errors, data)
    units = catalog.by_key()
    phrases = Phrases()
    is_shown = is_demonstration or not catalog.is_sample
    for string in strings:
        unit = units.get(UnitKey(string.id, string.text))
        phrases[string.id] = Phrase(string.text, source)
        if unit is None or not unit.is_current or not is_shown:
            continue
        if problem := _interface_problem(string, unit.msgstr):
            errors.append(
                CatalogError(
                    f"The string `{string.id}` is not used: {problem}.",
                    remedy="Correct the translation.",
                    path=path,
                    line=unit.line or None,
                )
            )
            continue
        phrases[string.id] = Phrase(unit.msgstr, tag)
    notices = [string.id for string in strings if string.notice]
    missing = tuple(name for name in notices if phrases[name].locale != tag)
    return InterfaceReading(phrases=phrases, missing_notices=missing), tuple(errors)


def _interface_problem(string: InterfaceString, target: str) -> str | None:
    """Why a translated string of the theme cannot be used, or None."""
    if any(character in target for character in "<>\n"):
        return "it holds markup or a line break"
    if has_words(string.text) and not has_words(target):
        return "it has no word in it"
    if hidden := next(find_hidden_direction(target), None):
        return f"it has {hidden}"
    if string.notice and not is_translation(string.text, target):
        return "it is a copy of its source"
    return _placeholder_problem(string, target)


def _placeholder_problem(string: InterfaceString, target: str) -> str | None:
    there = replace(string, text=target).placeholders
    for name in sorted(string.placeholders - there):
        return f"it lacks the placeholder {{{name}}}"
    # Nothing would fill it in, and the reader would see the braces.
    for name in sorted(there - string.placeholders):
        return f"it has the placeholder {{{name}}}, which its source lacks"
    return None
