"""The header of a catalog: its fields, and what must be true of them."""

import re
from pathlib import Path

from pipeline.errors import CatalogError
from pipeline.model import Catalog, Locale

_CHARSET = re.compile(r"charset=([\w.:-]+)", re.IGNORECASE)
_DATES = frozenset({"POT-Creation-Date", "PO-Revision-Date"})
_PROJECT = "health-translation-pipeline"

Headers = tuple[tuple[str, str], ...]


def parse_header(msgstr: str, path: Path, line: int) -> Headers:
    """Read the header's fields from the target text of the empty msgid.

    Raises:
        CatalogError: a line of it is not ``Name: value``, or a name stands twice.
    """
    fields: dict[str, str] = {}
    for row in msgstr.split("\n"):
        name, colon, value = row.partition(":")
        name = name.strip()
        if not row.strip():
            continue
        if not colon or not name or name in fields:
            raise CatalogError(
                f"The header has a line that is not a field of its own: `{row.strip()}`.",
                remedy="Write each field once, as `Name: value\\n`.",
                path=path,
                line=line,
            )
        fields[name] = value.strip()
    return tuple(fields.items())


def check_charset(headers: Headers, path: Path, line: int) -> None:
    """Refuse a catalog that does not say that it is UTF-8.

    Raises:
        CatalogError: it names another encoding, or none.
    """
    found = _CHARSET.search(dict(headers).get("Content-Type", ""))
    if found and found[1].lower() in {"utf-8", "utf8"}:
        return
    said = f"says that the file is {found[1]}" if found else "does not say how the file is encoded"
    raise CatalogError(
        f"The header {said}.",
        remedy='Save the file as UTF-8 and write "Content-Type: text/plain; charset=UTF-8\\n".',
        path=path,
        line=line,
    )


def check_language(catalog: Catalog, tag: str, path: Path) -> None:
    """Refuse a catalog that is in the wrong folder.

    A header without ``Language`` passes: older editors do not write it.

    Args:
        catalog: the catalog.
        tag: BCP 47 tag of the folder that it is in.
        path: its file, for messages.

    Raises:
        CatalogError: its header names another language.
    """
    said = dict(catalog.headers).get("Language", "")
    if said and said.replace("_", "-").lower() != tag.lower():
        raise CatalogError(
            f"The header says that this is `{said}`, and the file is in the folder of `{tag}`.",
            remedy="Move the file to its language's folder, or correct Language in its header.",
            path=path,
            line=1,
        )


def complete_headers(headers: Headers, locale: Locale | None) -> Headers:
    """The header with every field that the project needs.

    What is there stays as it is, and where it is. No field has a date of ours, so that a
    file which says the same stays the same; editors add who revised it, and when. An
    empty date goes: Babel cannot read a catalog that has one.

    Args:
        headers: what the catalog says so far.
        locale: its language; None for a template.
    """
    wanted = {
        "Project-Id-Version": _PROJECT,
        # gettext writes pt_BR where BCP 47 writes pt-BR.
        "Language": locale.tag.replace("-", "_") if locale else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if locale:
        wanted["Plural-Forms"] = locale.plural_forms
    said = {name: value for name, value in headers if value or name not in _DATES}
    missing = {name: value for name, value in wanted.items() if name not in said}
    if "Language" in said and not said["Language"]:
        said["Language"] = wanted["Language"]
    return tuple((said | missing).items())
