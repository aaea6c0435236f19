"""The memory of a language for a command that goes on without what cannot be read."""

from collections.abc import Iterable

from pipeline.cli.console import complain
from pipeline.cli.recall import recall
from pipeline.config import Project
from pipeline.errors import PipelineError
from pipeline.memory import Memory
from pipeline.model import Locale


def open_memory(project: Project, locale: Locale, *, told: Iterable[PipelineError] = ()) -> Memory:
    """All that has been translated into a language and signed; what is damaged is a warning.

    Args:
        project: the project.
        locale: the language.
        told: errors of which the user knows already.

    Raises:
        PipelineError: the language's table or glossary cannot be used.
    """
    found = recall(project, locale)
    known = {str(error) for error in told}
    for error in found.errors:
        if str(error) not in known:
            complain(error, project.root, is_warning=True)
    return found.memory
