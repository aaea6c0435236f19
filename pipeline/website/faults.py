"""What could not be made of a locale's website: told by page, so that it costs no other page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.errors import WebsiteError
from pipeline.website.tree import source_uri
from pipeline.website.views import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that MkDocs, a plugin, a template or the scan of a page refused.

    Attributes:
        name: ``topic/slug`` of the resource; empty where the whole website is concerned.
        error: what is wrong, where, and what to do.
        costs_page: whether the page must not be published. A link to a part of a page that
            is not there opens the page at its top: told, but no reason to take advice away.
    """

    name: str
    error: WebsiteError
    costs_page: bool = True


def find_clashes(views: Mapping[str, View], folder: str) -> tuple[Fault, ...]:
    """The resources whose address is that of another page.

    Args:
        views: everything that a locale's website shows, by address below the locale.
        folder: the locale's folder in the tree that MkDocs reads.
    """
    # The website's own pages come first: it is the resource that has to be called otherwise.
    in_order = sorted(views.values(), key=lambda view: view.page is not None)
    taken: set[str] = set()
    clashes = []
    for view in in_order:
        uri = source_uri(folder, view.url)
        if uri in taken and view.page:
            address = uri.removeprefix(f"{folder}/").removesuffix("index.md")
            error = WebsiteError(
                f"Two pages have the address `{address}`.",
                remedy="Rename the resource: `index` is the name of its topic's page.",
                path=view.page.document.path,
            )
            clashes.append(Fault(name=str(view.page.document.id), error=error))
        taken.add(uri)
    return tuple(clashes)


def name_faults(
    complaints: Iterable[tuple[str, WebsiteError, bool]], views: Mapping[str, View], folder: str
) -> tuple[Fault, ...]:
    """Complaints about files, as faults of resources.

    Args:
        complaints: the file's name in the tree, what is wrong, whether the page is lost.
        views: everything that the website shows, by address below the locale.
        folder: the locale's folder in that tree.
    """
    names = {
        source_uri(folder, view.url): str(view.page.document.id)
        for view in views.values()
        if view.page
    }
    return tuple(
        Fault(name=names.get(uri, ""), error=error, costs_page=is_lost)
        for uri, error, is_lost in complaints
    )
