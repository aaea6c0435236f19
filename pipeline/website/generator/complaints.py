"""What MkDocs says while it builds, by page; a page that fails does not end the run."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from jinja2 import TemplateNotFound, TemplateSyntaxError
from mkdocs.commands import build as commands

from pipeline.errors import PipelineError, WebsiteError

#: The steps of MkDocs' build that have one page each.
_STEPS = ("_populate_page", "_build_page")
_FILE = re.compile(r"'([^']+\.md)'")
#: What MkDocs says of a link to a part of a page: the link still opens the page.
_ANCHOR = re.compile(r"^Doc file '.*(?:does not contain an anchor|there is no such anchor)")

MakeError = Callable[[str, str], WebsiteError]


class _HasFile(Protocol):
    @property
    def file(self) -> Any: ...  # noqa: ANN401  # MkDocs is partly typed


class Complaints(logging.Handler):
    """Keeps the first complaint about each page, and what costs none.

    Args:
        make_error: makes an error of a file's name in the tree, which may be empty, and of
            what MkDocs says.
    """

    def __init__(self, make_error: MakeError) -> None:
        super().__init__(logging.WARNING)
        self._make_error = make_error
        self._uri = ""
        self.mild: list[tuple[str, WebsiteError]] = []
        self.by_file: dict[str, WebsiteError] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line of the log."""
        message = record.getMessage()
        found = _FILE.search(message)
        uri = self._uri or (found[1] if found else "")
        if not self._uri and _ANCHOR.match(message):
            self.mild.append((uri, self._make_error(uri, message)))
        else:
            self.add(uri, message)

    def add(self, uri: str, message: str) -> None:
        """Note what is wrong with a file; an empty name for the whole website."""
        self.by_file.setdefault(uri, self._make_error(uri, message))

    def all(self) -> tuple[tuple[str, WebsiteError, bool], ...]:
        """Each file with what is wrong with it, and whether its page is lost."""
        mild = ((uri, error, False) for uri, error in self.mild)
        return (*((uri, error, True) for uri, error in self.by_file.items()), *mild)

    def go_on(self, step: Callable[..., None]) -> Callable[..., None]:
        """A step of MkDocs' build that notes what is wrong with its page and goes on."""

        def careful(page: _HasFile, *arguments: object, **options: object) -> None:
            self._uri = page.file.src_uri
            try:
                if self._uri not in self.by_file:
                    step(page, *arguments, **options)
            except WebsiteError as error:
                self.by_file[self._uri] = error  # more exact than what MkDocs said of it
            except Exception as error:
                if is_of_the_set_up(error):
                    raise
                self.add(self._uri, str(error) or type(error).__name__)
            finally:
                self._uri = ""

        return careful


def is_of_the_set_up(error: Exception) -> bool:
    """Whether no page can be blamed: a full disk, a file of the theme that is not there."""
    if isinstance(error, OSError) and error.errno:
        return True  # Jinja's TemplateNotFound has no number
    return isinstance(error, PipelineError | TemplateNotFound | TemplateSyntaxError)


@contextmanager
def heard(make_error: MakeError) -> Iterator[Complaints]:
    """Nothing of what MkDocs says is printed; it is kept, page by page.

    Args:
        make_error: see :class:`Complaints`.
    """
    # Of ProperDocs the same modules log under its own name.
    root = commands.__name__.partition(".")[0]
    logger, complaints = logging.getLogger(root), Complaints(make_error)
    level, propagate = logger.level, logger.propagate
    logger.addHandler(complaints)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    names = vars(commands)
    steps = {name: names[name] for name in _STEPS}
    names.update({name: complaints.go_on(step) for name, step in steps.items()})
    try:
        yield complaints
    finally:
        names.update(steps)
        logger.removeHandler(complaints)
        logger.setLevel(level)
        logger.propagate = propagate
