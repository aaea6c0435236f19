"""A Word file (ECMA-376) → its main part, and what that leads to."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.intake.archives import open_archive, refuse, root_of
from pipeline.intake.elements import attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a part leads to.

    Attributes:
        kind: the last word of its type: ``image``, ``hyperlink``.
        target: name of a part, or an address if it is outside.
        is_outside: whether it leads out of the file.
    """

    kind: str
    target: str
    is_outside: bool


Relations = Mapping[str, Relation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts of a Word file.

    Attributes:
        parts: by name; those that are XML, and pictures.
        main: name of the one that holds the text.
        path: where it comes from, for messages.
        has_macros: whether it has programs; they are never read.
    """

    parts: Mapping[str, bytes]
    main: str
    path: Path
    has_macros: bool

    def root(self, name: str) -> etree._Element | None:
        """The root element of a part; None if there is none."""
        return root_of(self.parts, name, self.path)

    def relations(self, name: str) -> Relations:
        """What a part leads to, by id."""
        folder, _, file = name.rpartition("/")
        root = self.root(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        if root is None:
            return {}
        return {attribute(each, "Id"): _relation(each, folder) for each in root}

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Names of the parts of one kind that the main part leads to, in order."""
        found = (each.target for each in self.relations(self.main).values() if each.kind == kind)
        return tuple(name for name in found if name in self.parts)


def open_package(data: bytes, path: Path) -> Package:
    """Open a Word file.

    Raises:
        IntakeError: it is none, has a password, is damaged or too large.
    """
    macros: list[str] = []

    def is_wanted(name: str) -> bool:
        if posixpath.basename(name).lower().startswith("vbaproject"):
            macros.append(name)
            return False
        return name.endswith((".xml", ".rels")) or "/media/" in name

    parts = open_archive(data, path, is_wanted=is_wanted, ending=".docx")
    package = Package(parts=parts, main="", path=path, has_macros=bool(macros))
    mains = [
        each.target for each in package.relations("").values() if each.kind == "officeDocument"
    ]
    main = next((name for name in mains if name in parts), "")
    root = package.root(main) if main else None
    if root is None or root.find("{*}body") is None:
        refuse(path, "The file is no .docx file.", "Open it, and save it as .docx.")
    return Package(parts=parts, main=main, path=path, has_macros=bool(macros))


def _relation(element: etree._Element, folder: str) -> Relation:
    target = attribute(element, "Target")
    is_outside = attribute(element, "TargetMode") == "External"
    if not is_outside:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = attribute(element, "Type").rpartition("/")[2]
    return Relation(kind=kind, target=target, is_outside=is_outside)
