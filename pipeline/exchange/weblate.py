"""Settings with which a Weblate server takes the catalogs: one component a resource.

The form is that of Weblate's command ``import_json``, whose fields are those of its REST API
(https://docs.weblate.org/en/latest/admin/management.html#import-json,
https://docs.weblate.org/en/latest/api.html#components). Read in the source of Weblate 5.14; older
versions do not know ``file_format_params``.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Most characters of a component's name and slug.
_MOST_NAME = 100
#: Wrap where a text has a line end, and nowhere else: so ``pipeline sync`` writes.
_NO_WRAP = 65535
_COMMON: dict[str, object] = {
    "vcs": "git",
    "file_format": "po",
    "file_format_params": {
        "po_line_wrap": _NO_WRAP,
        "po_keep_previous": True,
        "po_fuzzy_matching": False,
    },
    # Catalogs are made, and brought up to date with the English, by `pipeline sync` alone.
    "new_lang": "none",
    "manage_units": False,
    # What one resource says is no translation of another before somebody has looked at it.
    "allow_translation_propagation": False,
    "suggestion_autoaccept": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """The catalogs of one resource.

    Attributes:
        resource: ``topic/slug``; ``interface`` for the words of the website.
        title: what it is called.
        mask: its catalogs, from the root of the repository, ``*`` for the language.
        languages: tags of the languages in which it is wanted.
        is_markdown: its texts are Markdown.
    """

    resource: str
    title: str
    mask: str
    languages: tuple[str, ...]
    is_markdown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the components go.

    Attributes:
        project: slug of the project on the server.
        repository: address from which the server fetches.
        branch: the branch; empty for that which the repository names.
        licence: SPDX identifier of the translations' licence; empty where none is told.
    """

    project: str
    repository: str
    branch: str = ""
    licence: str = ""


def render_components(components: Sequence[Component], server: Server) -> bytes:
    """Write the settings as JSON. The same components give the same bytes.

    The first component has the repository, and the others share it.

    Args:
        components: the components, at least one.
        server: where they go.
    """
    told = [*_settings(components, server)]
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _settings(components: Sequence[Component], server: Server) -> Iterator[dict[str, object]]:
    shared = f"weblate://{server.project}/{_slug(components[0])}"
    for number, each in enumerate(components):
        source: dict[str, object] = {"repo": shared}
        if not number:
            source = {"repo": server.repository, "branch": server.branch, "push": ""}
            source["push_on_commit"] = False
        settings = {
            "name": _short(f"{each.resource}: {each.title}"),
            "slug": _slug(each),
            **source,
            "filemask": each.mask,
            "language_regex": f"^({'|'.join(each.languages)})$",
            "check_flags": "md-text" if each.is_markdown else "",
            **_COMMON,
        }
        yield settings | ({"license": server.licence} if server.licence else {})


def _slug(component: Component) -> str:
    return _short(component.resource.replace("/", "_"))


def _short(name: str) -> str:
    """A name that has room, and is another's only if the whole is."""
    if len(name) <= _MOST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: _MOST_NAME - 9]}-{digest}"
