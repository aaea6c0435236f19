"""Resources: files under ``content/<topic>/`` → :class:`Document` values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.config import Project
from pipeline.content.frontmatter import find_body, parse_metadata
from pipeline.content.headings import find_first_level
from pipeline.content.texts import read_text
from pipeline.content.videos import read_video
from pipeline.errors import ContentError
from pipeline.model import Document, Metadata, Video, VideoFiles

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What came of reading ``content/``.

    Attributes:
        documents: the resources that can be used, by topic in the order of the
            configuration, then by slug.
        errors: why others cannot be used.
        warnings: what a person should look at; the resource is used all the same.
    """

    documents: tuple[Document, ...]
    errors: tuple[ContentError, ...]
    warnings: tuple[ContentError, ...]

    def document(self, name: str) -> Document:
        """The resource called ``topic/slug``.

        Raises:
            ContentError: there is none.
        """
        for document in self.documents:
            if str(document.id) == name:
                return document
        raise ContentError(
            f"There is no resource `{name}`.",
            remedy="Name it as topic/slug, such as covid-19/when-to-get-help.",
        )


def read_documents(
    project: Project,
    *,
    today: date | None = None,
    paths: Iterable[Path] | None = None,
    data: Mapping[str, bytes | None] | None = None,
) -> Library:
    """Read every resource of a project.

    A resource that cannot be used is reported and left out; the others go on.

    Args:
        project: the project.
        today: what past and future are measured from; the clock's day if None.
        paths: the files to read, some of those that :func:`list_documents` gives; all if None.
        data: bytes of files that were read already, by path.
    """
    read = data or {}
    documents: list[Document] = []
    errors: list[ContentError] = []
    warnings: list[ContentError] = []
    for path in list_documents(project.content_dir) if paths is None else paths:
        try:
            day = today or date.today()  # noqa: DTZ011  # a reader's day, not an instant
            document, remarks = _read_document(path, project, day, read.get(str(path)))
        except _UnusableError as unusable:
            errors.extend(unusable.errors)
        else:
            documents.append(document)
            warnings.extend(remarks)
    order = {topic: n for n, topic in enumerate(project.topics)}
    documents.sort(key=lambda document: (order[document.topic], document.slug))
    return Library(documents=tuple(documents), errors=tuple(errors), warnings=tuple(warnings))


def is_slug(name: str) -> bool:
    """Whether a text can name a resource: in an address, a file name and a command.

    ``index`` cannot: a topic's own page is called so.
    """
    return bool(_NAME.fullmatch(name)) and name != "index"


class _UnusableError(Exception):
    def __init__(self, *errors: ContentError) -> None:
        super().__init__()
        self.errors = errors


def list_documents(folder: Path) -> tuple[Path, ...]:
    """The files below a folder that are, or ought to be, resources, in order."""
    return tuple(path for path in sorted(folder.rglob("*.md")) if not path.name.startswith("."))


def list_captions(folder: Path) -> tuple[Path, ...]:
    """The files of captions below a folder, in order."""
    return tuple(path for path in sorted(folder.rglob("*.vtt")) if path.is_file())


def _read_document(
    path: Path, project: Project, today: date, data: bytes | None
) -> tuple[Document, tuple[ContentError, ...]]:
    topic, slug = _name(path, project)
    try:
        text = read_text(path, data=data)
    except ContentError as error:
        raise _UnusableError(error) from None
    reading = parse_metadata(
        text,
        path=path,
        topic=topic,
        tags=[locale.tag for locale in project.locales],
        today=today,
    )
    if reading.metadata is None:
        raise _UnusableError(*reading.errors)
    document = Document(
        topic=topic,
        slug=slug,
        path=path,
        text=text,
        metadata=reading.metadata,
        video=_video(reading.metadata.video, path, project),
    )
    titles = (
        _error(
            path,
            "The text has a heading of the first level; the title is one already.",
            "Begin it with two signs, ##.",
            line,
        )
        for line in find_first_level(text, find_body(text))
    )
    unshown = (
        _error(
            path,
            f"`pictures_with_text` names `{name}`, which the text does not show.",
            "Write the name as the text has it.",
        )
        for name in reading.metadata.pictures_with_text
        if name not in text[find_body(text) :] and name != _poster(reading.metadata)
    )
    return document, (*reading.warnings, *titles, *unshown)


def _poster(metadata: Metadata) -> str:
    return metadata.video.poster if metadata.video else ""


def _video(files: VideoFiles | None, path: Path, project: Project) -> Video | None:
    """The video of a resource, or why it cannot be used."""
    if files is None:
        return None
    try:
        return read_video(files, path, project.content_dir)
    except ContentError as error:
        raise _UnusableError(error) from None


def _name(path: Path, project: Project) -> tuple[str, str]:
    """Topic and slug of a file, or why it has none."""
    if not path.is_file() and not path.is_symlink() and not path.is_dir():
        # Reading a pipe would wait for ever.
        raise _UnusableError(_error(path, "This is no file.", "Put the text itself here."))
    if path.is_symlink() or not path.resolve().is_relative_to(project.content_dir.resolve()):
        raise _UnusableError(_error(path, "The file is a link.", "Put the text itself here."))
    parts = path.relative_to(project.content_dir).parts
    if len(parts) != 2 or parts[0] not in project.topics:  # noqa: PLR2004  # topic and file
        raise _UnusableError(
            _error(
                path,
                "The resource is not in the folder of a topic.",
                f"Move it to content/<topic>/; topics: {', '.join(project.topics)}.",
            )
        )
    if not is_slug(path.stem):
        raise _UnusableError(
            _error(
                path,
                f"`{path.stem}` cannot be a resource's name.",
                "Use small letters, digits and single hyphens, such as long-covid.md; not index.",
            )
        )
    return parts[0], path.stem


def _error(path: Path, message: str, remedy: str, line: int | None = None) -> ContentError:
    return ContentError(message, remedy=remedy, path=path, line=line)
