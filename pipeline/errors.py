"""Errors a user can act on: each says what is wrong, where, and what to do about it.

Every class has its own exit code, so that a script can tell them apart. The
codes are documented in ``docs/reference/exit-codes.md`` and never reused.
"""

from pathlib import Path
from typing import ClassVar


class PipelineError(Exception):
    """A mistake in the input or the set-up, told in words.

    Args:
        message: what is wrong, one sentence.
        remedy: what the reader can do about it, one sentence.
        path: the file it is about.
        line: the line in that file, counted from 1.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: str, *, remedy: str, path: Path | None = None, line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.path = path
        self.line = line

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return f"{where}{self.message} {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        # Raised in worker processes: the default would pickle the message alone.
        return _rebuild, (type(self), self.message, self.remedy, self.path, self.line)


def _rebuild(
    kind: type[PipelineError], message: str, remedy: str, path: Path | None, line: int | None
) -> PipelineError:
    return kind(message, remedy=remedy, path=path, line=line)


class ConfigError(PipelineError):
    """``pipeline.toml``, ``locales.toml`` or ``interface.toml`` cannot be used."""

    exit_code = 3


class ContentError(PipelineError):
    """A resource's front matter or Markdown cannot be used."""

    exit_code = 4


class CatalogError(PipelineError):
    """A catalog is damaged; it is skipped and never overwritten."""

    exit_code = 5


class TranslationError(PipelineError):
    """A translation would break the page or bring in what its source does not have."""

    exit_code = 6


class WebsiteError(PipelineError):
    """The site generator failed."""

    exit_code = 7


class PdfError(PipelineError):
    """A leaflet cannot be made: a missing glyph, font, title or alternative text."""

    exit_code = 8


class MachineError(PipelineError):
    """This machine lacks something; ``pipeline doctor`` says the command that adds it."""

    exit_code = 9


class LedgerError(PipelineError):
    """A ledger cannot be trusted as it stands, or what should be written to it is not allowed."""

    exit_code = 12


class ReviewError(PipelineError):
    """A sign-off cannot be recorded: not this person, not this text, or a form in no state."""

    exit_code = 13


class GlossaryError(PipelineError):
    """A language's glossary cannot be used."""

    exit_code = 17


class ModelError(PipelineError):
    """A translation model, or the package that it comes in, cannot be used."""

    exit_code = 20


class LanguageError(PipelineError):
    """The table of a language, which the checks read, says what cannot be meant."""

    exit_code = 18


class ExchangeError(PipelineError):
    """A translator's file cannot be taken back; nothing of it was."""

    exit_code = 19


class IntakeError(PipelineError):
    """A partner's document cannot be made a resource; nothing was written."""

    exit_code = 21


class ClusterError(PipelineError):
    """A Dask cluster cannot be used, or was lost in the middle; the published site is as it was."""

    exit_code = 22


#: ``status --fail-on`` met one of the states it was asked to fail on.
EXIT_STATUS_FAILED = 10
#: The build went through, but something was skipped (a damaged catalog, say).
EXIT_INCOMPLETE = 11
#: ``check`` or ``qa`` found something above advice.
EXIT_FINDINGS = 15
#: The site was built, and it holds what nobody may read, or says of itself what is not so.
EXIT_OUTPUT_FAILED = 16
