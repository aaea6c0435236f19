"""Models on this machine: the folder they are in, what is in it, and which translates what.

Each is a folder in the form of Argos Translate's packages: ``metadata.json``, ``model/`` (as
CTranslate2 writes it), ``sentencepiece.model`` or ``bpe.model``. Beside them ``installed.json``
says what the file was. Nothing here loads a model.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ModelError

#: Says where models are, whatever the settings of a project say.
VARIABLE = "PIPELINE_MODELS"
RECORD = "installed.json"
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,30}")
#: What Argos calls the languages that it has another code for than BCP 47.
_ARGOS_CODES = {"fil": "tl", "pt-br": "pb", "zh-hant": "zt", "zh-tw": "zt", "zh-hans": "zh"}
_MOST_METADATA = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model for one pair of languages, in one direction.

    Attributes:
        source: code of the language that it translates from, as the package says it.
        target: code of the language that it translates to.
        version: version of the package.
        folder: where it is.
        size: bytes on the disk.
        sha256: digest of the file that it was installed from; empty where that is not known.
    """

    source: str
    target: str
    version: str
    folder: Path
    size: int = 0
    sha256: str = ""

    @property
    def name(self) -> str:
        """How commands and records call it: ``en_ar 1.0``."""
        return f"{self.pair} {self.version}"

    @property
    def pair(self) -> str:
        """Its languages: ``en_ar``."""
        return f"{self.source}_{self.target}"


def models_folder(setting: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """Where models are: what the environment says, else the settings, else the user's data folder.

    Args:
        setting: what the settings of the project say.
        environ: the environment.
    """
    if named := environ.get(VARIABLE):
        return Path(named).expanduser().absolute()
    return setting or _data_folder(environ) / "health-translation-pipeline" / "models"


def _data_folder(environ: Mapping[str, str]) -> Path:
    # The XDG Base Directory Specification: a path that is not absolute is to be ignored.
    named = Path(environ.get("XDG_DATA_HOME", ""))
    if named.is_absolute():
        return named
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path.home() / ".local" / "share"


def read_models(folder: Path) -> tuple[Model, ...]:
    """The models in a folder, in the order of their languages; none where there is no folder.

    What is in it and is no model is passed over: a package that lies there half unpacked stops
    nobody from using the others.
    """
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith("."):
            try:
                found.append(read_model(path))
            except ModelError:
                continue
    return tuple(sorted(found, key=lambda model: (model.source, model.target, model.folder)))


def read_model(folder: Path) -> Model:
    """What a package in a folder says of itself.

    Raises:
        ModelError: it is no package that can translate.
    """
    values = _read_json(folder / "metadata.json")
    source, target = _text(values, "from_code"), _text(values, "to_code")
    version = _text(values, "package_version", "0")
    for name, value, pattern in (
        ("from_code", source, _CODE),
        ("to_code", target, _CODE),
        ("package_version", version, _VERSION),
    ):
        if not pattern.fullmatch(value):
            raise _wrong(folder, f"its metadata.json has no {name} that can be used: {value!r}")
    if (kind := _text(values, "type", "translate")) != "translate":
        raise _wrong(folder, f"it is a package of the kind {kind!r}, which does not translate")
    if source.casefold() == target.casefold():
        raise _wrong(folder, f"it translates {source} into itself")
    _refuse_incomplete(folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    record = _read_json(folder / RECORD) if (folder / RECORD).exists() else {}
    return Model(
        source=source,
        target=target,
        version=version,
        folder=folder,
        size=sum(path.stat().st_size for path in files if path.name != RECORD),
        sha256=_text(record, "sha256", ""),
    )


def _refuse_incomplete(folder: Path) -> None:
    if not (folder / "model" / "model.bin").is_file():
        raise _wrong(folder, "it has no model/model.bin, as CTranslate2 writes it")
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise _wrong(folder, "it has neither sentencepiece.model nor bpe.model")


def _read_json(path: Path) -> Mapping[str, object]:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_METADATA + 1)
        values = json.loads(data) if len(data) <= _MOST_METADATA else None
    except (OSError, ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise _wrong(path.parent, f"its {path.name} cannot be read")
    return values


def _text(values: Mapping[str, object], key: str, default: str | None = None) -> str:
    value = values.get(key, default)
    return value if isinstance(value, str) else repr(value)[:60]


def _wrong(folder: Path, what: str) -> ModelError:
    return ModelError(
        f"{folder.name} is no model that can be used: {what}.",
        remedy="Take a package of Argos Translate, or one made in its form "
        "(docs/reference/drafts.md says which files it has).",
    )


def codes_of(tag: str) -> tuple[str, ...]:
    """The codes by which a package may call a locale, in small letters.

    Only those that mean the very same: Persian is no draft of Dari, European Portuguese none of
    Brazil's.

    Args:
        tag: BCP 47 tag.
    """
    small = tag.lower()
    return tuple(dict.fromkeys((small, _ARGOS_CODES.get(small, small))))


def find_route(
    models: Sequence[Model], source: str, target: str, *, may_pivot: bool = False
) -> tuple[Model, ...]:
    """The models that lead from one language to another, in order; none where nothing does.

    Args:
        models: the models that there are.
        source: tag of the source language.
        target: tag of the target language.
        may_pivot: whether a third language may stand between them where no model does it alone.
    """
    begins = [model for model in models if _code(model.source) in codes_of(source)]
    ends = [model for model in models if _code(model.target) in codes_of(target)]
    if direct := [model for model in begins if model in ends]:
        return (_newest(direct),)
    if may_pivot:
        for first in begins:
            if seconds := [
                second for second in ends if _code(second.source) == _code(first.target)
            ]:
                return first, _newest(seconds)
    return ()


def _code(code: str) -> str:
    return code.lower().replace("_", "-")


def _newest(models: Iterable[Model]) -> Model:
    return max(models, key=lambda model: [int(n) for n in re.findall(r"\d+", model.version)])


def remove_model(folder: Path, pair: str) -> tuple[Model, ...]:
    """Remove the models of a pair of languages.

    Args:
        folder: where models are.
        pair: ``en_ar``.

    Returns:
        What was removed.

    Raises:
        ModelError: there is none.
    """
    models = read_models(folder)
    wanted = tuple(model for model in models if model.pair == pair)
    if not wanted:
        there = ", ".join(model.pair for model in models) or "none"
        raise ModelError(
            f"There is no model `{pair}`.", remedy=f"Name one of those installed: {there}."
        )
    for model in wanted:
        # First out of sight in one step: an interrupted removal leaves nothing half usable.
        doomed = model.folder.with_name(f".{model.folder.name}.removed")
        shutil.rmtree(doomed, ignore_errors=True)
        model.folder.rename(doomed)
        shutil.rmtree(doomed)
    return wanted
