"""Catalogs on the disk."""

from dataclasses import replace
from pathlib import Path

from pipeline.catalogs.reader import parse_catalog
from pipeline.catalogs.strings import squeezed
from pipeline.catalogs.writer import render_catalog
from pipeline.errors import CatalogError
from pipeline.files import write_atomic
from pipeline.model import Catalog, Unit


def read_catalog(path: Path) -> Catalog:
    """Read a PO file.

    Raises:
        CatalogError: it is damaged, a link, or cannot be read.
    """
    if path.is_symlink():
        # It may lead out of the project, and what is read is published.
        raise CatalogError("The catalog is a link.", remedy="Put the file itself here.", path=path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CatalogError(
            f"The catalog cannot be read: {error.strerror}.",
            remedy="Check the rights of the file and of its folder.",
            path=path,
        ) from None
    return parse_catalog(data, path)


def write_catalog(path: Path, catalog: Catalog) -> bool:
    """Write a catalog, unless the file already says the same.

    An editor may wrap lines or order the header in its own way; such a file is left alone.

    Args:
        path: where to write.
        catalog: what to write.

    Returns:
        Whether the file was written.

    Raises:
        CatalogError: there is a damaged file; it is not overwritten.
        OSError: the file cannot be written.
    """
    data = render_catalog(catalog)
    if path.exists():
        old = path.read_bytes()
        if old == data or _says_same(parse_catalog(old, path), parse_catalog(data, path)):
            return False
    write_atomic(path, data)
    return True


def _says_same(old: Catalog, new: Catalog) -> bool:
    return (
        [_words(unit) for unit in old.units] == [_words(unit) for unit in new.units]
        and dict(old.headers) == dict(new.headers)
        and _without_blank(old) == _without_blank(new)
    )


def _words(unit: Unit) -> Unit:
    """The unit with its comments as they are however an editor wraps them."""
    return replace(
        unit,
        flags=tuple(sorted(unit.flags)),
        translator_comments=(squeezed(unit.translator_comments),),
        extracted_comments=(squeezed(unit.extracted_comments),),
    )


def _without_blank(catalog: Catalog) -> str:
    return " ".join(line for line in catalog.header_comments if line)
