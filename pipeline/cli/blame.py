"""Which file and line a person mends, where a stage names what it made of that file."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.config import Project
from pipeline.errors import PdfError, WebsiteError
from pipeline.model import Document

_CODE_POINT = re.compile(r"\bU\+([0-9A-F]{4,6})\b")
#: What else a message names that stands in a file, the most telling first.
_NAMED = (
    re.compile(r"contains a link '([^'\n]+)'"),
    re.compile(r"(?:[Tt]he picture |image at )'?(?:[^\s']*/)?([^\s'/:]+)"),
    re.compile(r"(</?[a-z][\w-]*)>"),
    re.compile(r"would run something .*: ([^:]+)$"),
)


def blame_page(error: WebsiteError, project: Project, document: Document, tag: str) -> WebsiteError:
    """The same error with the line of the resource, or of the translation that brought it in.

    Args:
        error: why a page cannot be made.
        project: the project.
        document: the resource.
        tag: the locale of the page.
    """
    if error.line or error.path not in {None, document.path}:
        return error
    catalog = project.catalog_path(tag, document.topic, document.slug)
    found = _find((document.path, catalog), error.message)
    path, line = found or (document.path, None)
    return WebsiteError(error.message, remedy=error.remedy, path=path, line=line)


def blame_leaflet(error: PdfError, project: Project, document: Document, tag: str) -> PdfError:
    """The same error, naming the file that a person can mend instead of the page made from it.

    Args:
        error: why a leaflet cannot be made.
        project: the project.
        document: the resource.
        tag: the locale of the leaflet.
    """
    if error.path is None or error.path.is_relative_to(project.theme_dir):
        return error
    files = [document.path]
    if tag != project.source.tag:
        catalog = project.catalog_path(tag, document.topic, document.slug)
        files = [catalog, project.interface_path(tag), document.path]
    path, line = _find(files, error.message) or (files[0], None)
    return PdfError(error.message, remedy=error.remedy, path=path, line=line)


def _find(paths: Sequence[Path], message: str) -> tuple[Path, int] | None:
    """The first file and line that has something that the message names."""
    needles = tuple(_needles(message))
    for path in paths:
        text = _read(path)
        for needle in needles:
            if (start := text.find(needle)) >= 0:
                return path, text.count("\n", 0, start) + 1
    return None


def _needles(message: str) -> Iterator[str]:
    for found in _CODE_POINT.finditer(message):
        yield chr(int(found[1], 16))
    for pattern in _NAMED:
        for found in pattern.finditer(message):
            yield found[1]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
