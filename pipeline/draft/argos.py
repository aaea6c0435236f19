"""Argos Translate, tamed: no network, no sentence model, no third language unasked, no files about.

Only this module knows it. Left alone it makes folders in the user's home when it is imported,
fetches a model for sentences when it first translates, goes through other languages where it has
no model for two, and what it imports (ONNX Runtime) writes an identifier of the device. So it is
imported late, with all of its folders in one of ours; sentences come in singly; and a model is
opened by its folder, not found among those that are installed.

The packages ``argos-translate-lt`` and ``argostranslate`` (upstream's) hold the same module.
"""

import logging
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from pipeline.draft.engine import Hypothesis
from pipeline.draft.models import Model
from pipeline.errors import MachineError, ModelError

#: Translations of a sentence that are looked at. Argos searches four ways at once anyway.
_HYPOTHESES = 4
#: What Argos makes of a probability: divided by the length to this power.
_LENGTH_PENALTY = 0.2
#: A model of fewer bytes is quicker on one processor: eight times, where others are at work too.
_WORTH_THREADS = 20_000_000
_THREADS = "ARGOS_INTRA_THREADS"
_DISTRIBUTIONS = ("argos-translate-lt", "argostranslate")
_INSTALL = (
    "Type `make mt`, or `python -m pip install 'health-translation-pipeline[mt]'`; "
    "`--from memory` needs neither."
)


class Argos(NamedTuple):
    """The parts of Argos Translate that are used."""

    package: ModuleType
    translate: ModuleType
    version: str


@cache
def load_argos(work: Path) -> Argos:
    """Import Argos Translate so that it writes nowhere but into a folder of ours.

    Args:
        work: a folder that may be deleted at any time.

    Raises:
        MachineError: it is not installed.
    """
    # Read when ONNX Runtime is loaded, and again by what it starts: so it stays.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    with _environment(_settings(work)):
        try:
            import sentencex  # noqa: F401, PLC0415 - said now, not at the first sentence
            from argostranslate import package, translate  # noqa: PLC0415
        except ImportError as error:
            raise MachineError(
                f"Argos Translate, which makes machine drafts, is not installed: {error}.",
                remedy=_INSTALL,
            ) from None
    # It notes every text with all that became of it.
    logging.getLogger("argostranslate.utils").setLevel(logging.WARNING)
    return Argos(package, translate, find_version())


def _settings(work: Path) -> dict[str, str]:
    folder = str(work)
    return {
        "XDG_DATA_HOME": folder,
        "XDG_CONFIG_HOME": folder,
        "XDG_CACHE_HOME": folder,
        "ARGOS_PACKAGES_DIR": str(work / "packages"),
        "ARGOS_TRANSLATE_PACKAGE_DIR": str(work / "packages"),
        "ARGOS_MODEL_PROVIDER": "OPENNMT",
        # The kind that loads nothing until it is asked; it never is.
        "ARGOS_CHUNK_TYPE": "MINISBD",
        "ARGOS_DEBUG": "0",
    }


@contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    """The environment with other values for a while."""
    before = {name: os.environ.get(name) for name in (*settings, "KMP_DUPLICATE_LIB_OK")}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def find_version() -> str:
    """Of whichever of the two packages is installed."""
    for name in _DISTRIBUTIONS:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return "of unknown version"


class _AsItIs:
    """A splitter of sentences for texts that are one already."""

    def split_sentences(self, text: str) -> list[str]:
        """The text itself."""
        return [text]


class ArgosTranslator:
    """A model, or several in a row, as a translator of sentences.

    Args:
        route: the models, in order.
        work: a folder for what Argos may want to write.

    Raises:
        MachineError: Argos Translate is not installed.
        ModelError: a model cannot be opened.
    """

    def __init__(self, route: Sequence[Model], work: Path) -> None:
        argos = load_argos(work)
        self._steps = [_Step(argos, model) for model in route]
        via = [f"through {model.target}" for model in route[:-1]]
        names = " + ".join(model.name for model in route)
        self._name = " ".join((f"argos {argos.version}, {names}", *via))

    @property
    def name(self) -> str:
        """Engine, version, models, and through which language they go."""
        return self._name

    def translate(self, sentence: str) -> Sequence[Hypothesis]:
        """Translations of a sentence, the best first."""
        first, *others = self._steps
        found = first.translate(sentence)
        for step in others:
            best = found[0]
            found = [
                Hypothesis(text, score * best.score) for text, score in step.translate(best.text)
            ]
        return found


class _Step:
    """One model, opened."""

    def __init__(self, argos: Argos, model: Model) -> None:
        languages = (argos.translate.Language(code, code) for code in (model.source, model.target))
        try:
            self._package = argos.package.Package(model.folder)
            self._translation = argos.translate.PackageTranslation(*languages, self._package)
            self._translation.sentencizer = _AsItIs()
            # Read when the model's files are, and these when they are first needed.
            argos.translate.settings.intra_threads = _count_threads(model)
            self._translation.hypotheses("1.", 1)
        except (RuntimeError, ValueError, OSError, AttributeError, TypeError) as error:
            raise ModelError(
                f"The model {model.name} cannot be opened: {error}.",
                remedy=f"Remove it (`pipeline models remove {model.pair}`) and install it again.",
                path=model.folder,
            ) from None

    def translate(self, sentence: str) -> list[Hypothesis]:
        # A line feed would make Argos treat the text as two.
        found = self._translation.hypotheses(" ".join(sentence.split()), _HYPOTHESES)
        prefix = str(self._package.target_prefix)
        return [
            Hypothesis(strip_prefix(one.value, prefix), self._probability(one.value, one.score))
            for one in found
        ]

    def _probability(self, text: str, score: float) -> float:
        """Mean probability of a word piece: a long sentence is not worse than a short one."""
        pieces = len(self._package.tokenizer.encode(text)) + 1
        return math.exp(min(0.0, score * pieces**_LENGTH_PENALTY / pieces))


def strip_prefix(text: str, prefix: str) -> str:
    """A translation without the piece that tells a model of many languages which is wanted.

    Argos takes it off itself, but not one with an underscore (``som_Latn``), for which it has
    written a space by then.

    Args:
        text: the translation.
        prefix: ``target_prefix`` of the package; empty where it has none.
    """
    for shown in (prefix, prefix.replace("_", " ").strip()):
        if shown and text.startswith(shown):
            return text[len(shown) :].lstrip()
    return text


def _count_threads(model: Model) -> int:
    if os.environ.get(_THREADS, "").isdigit():
        return int(os.environ[_THREADS])
    if model.size < _WORTH_THREADS:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def try_out(model: Model, work: Path) -> None:
    """Open a model and let it go again.

    Raises:
        MachineError: Argos Translate is not installed.
        ModelError: the model cannot be opened.
    """
    ArgosTranslator((model,), work)
