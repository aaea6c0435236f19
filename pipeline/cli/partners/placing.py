"""Where a document goes: its topic, and its name in addresses."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Project
from pipeline.content import is_slug
from pipeline.errors import ContentError
from pipeline.intake import find_title
from pipeline.intake.model import Draft

_MOST_LETTERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a resource goes.

    Attributes:
        slug: its name.
        path: its file.
    """

    slug: str
    path: Path


def choose_place(
    draft: Draft,
    file: Path,
    project: Project,
    *,
    topic: str | None,
    slug: str | None,
    is_for_show: bool = False,
) -> Place:
    """Where a document goes.

    Args:
        draft: the document.
        file: where it comes from.
        project: the project.
        topic: what the user asked for; None: the only one there is.
        slug: what the user asked for; None: made from the title, else from the file's name.
        is_for_show: nothing is written, so that any topic will do.

    Raises:
        ContentError: there is no such topic, or the name cannot be used.
    """
    chosen = topic or (project.topics[0] if len(project.topics) == 1 or is_for_show else None)
    if chosen not in project.topics:
        what = f"`{chosen}` is not a topic." if chosen else "The document needs a topic."
        raise ContentError(
            what,
            remedy=f"Add --topic with one of {', '.join(project.topics)}"
            ", or add a topic to pipeline.toml.",
        )
    name = slug if slug is not None else _guess(draft, file)
    if not is_slug(name):
        raise ContentError(
            f"`{name}` cannot be a resource's name." if name else "No name can be made from it.",
            remedy="Add --slug with small letters, digits and single hyphens, such as long-covid.",
            path=file,
        )
    return Place(slug=name, path=project.content_dir / chosen / f"{name}.md")


def _guess(draft: Draft, file: Path) -> str:
    return slugify(find_title(draft)) or slugify(file.stem)


def slugify(text: str) -> str:
    """A name of small letters, digits and hyphens, cut between words; empty if there are none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    name = ""
    for word in words:
        if len(name) + len(word) + 1 > _MOST_LETTERS and name:
            break
        name = f"{name}-{word}" if name else word[:_MOST_LETTERS]
    return name if name != "index" else ""
