"""The tree of Markdown files that MkDocs is shown for one locale."""

import shutil
from pathlib import Path, PurePosixPath

from pipeline.config import Project
from pipeline.errors import WebsiteError
from pipeline.files import write_atomic
from pipeline.website.site import Library
from pipeline.website.views import View

#: MkDocs reads "Key: value" in the first lines as metadata; a front matter prevents it.
_FRONT_MATTER = "---\nhide: [navigation]\n---\n\n"
#: Endings of files beside the resources that are published with them.
PUBLISHED_ENDINGS = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})


def source_uri(folder: str, url: str) -> str:
    """The file from which the page at an address is made.

    Args:
        folder: the locale's folder in the tree.
        url: address below the locale.
    """
    where = url.rstrip("/")
    is_listing = where.count("/") == 0 and where != "search"
    name = f"{where}/index.md" if is_listing else f"{where}.md"
    return str(PurePosixPath(folder, name.lstrip("/")))


def write_tree(library: Library, views: dict[str, View], docs: Path, folder: str) -> None:
    """Write the tree from nothing: pages without text for lists and notices.

    Raises:
        WebsiteError: two pages have the same address, or a file leads out of the content.
    """
    shutil.rmtree(docs, ignore_errors=True)
    for url, view in views.items():
        path = docs / source_uri(folder, url)
        if path.exists():
            raise WebsiteError(
                f"Two pages have the address `{url}`.",
                remedy="Rename the resource: `index` and `more` are taken.",
                path=view.page.document.path if view.page else None,
            )
        text = view.page.markdown if view.page else ""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((_FRONT_MATTER + text).encode())
    _copy_images(library.project, docs / folder)


def _copy_images(project: Project, target: Path) -> None:
    root = project.content_dir.resolve()
    for path in sorted(project.content_dir.rglob("*")):
        if path.suffix.lower() not in PUBLISHED_ENDINGS or not path.is_file():
            continue
        if not path.resolve().is_relative_to(root):
            raise WebsiteError(
                "This file leads out of the content folder.",
                remedy="Put a copy of the picture in its place.",
                path=path,
            )
        write_atomic(target / path.relative_to(project.content_dir), path.read_bytes())
