"""What each unit is called in a ledger: from document, catalog and pictures to digests.

One way for all who ask — the gate, the clock, those who sign — so that what is signed is what
is published: pictures count with the bytes that are published, made safe.
"""

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.ledger import digest, unit_digest, unit_digester
from pipeline.model import Catalog, Document, Segment, UnitKey
from pipeline.segments import in_text
from pipeline.segments.assets import find_assets

#: Stands for a picture that is not there: once it is, the unit asks for another look.
ABSENT = digest(b"")

#: The digest of a unit, from its key and its target text.
DigestOf = Callable[[UnitKey, str], str]


def digest_pictures(pictures: Mapping[Path, bytes]) -> dict[str, str]:
    """Digests of pictures, by path with slashes below ``content/``.

    Args:
        pictures: the bytes that are published, as ``pipeline.content.assets.read_assets`` gives
            them.
    """
    return {path.as_posix(): digest(data) for path, data in pictures.items()}


def digest_maker(
    document: Document, segments: Sequence[Segment], pictures: Mapping[str, str]
) -> DigestOf:
    """How the units of one document are called; to be made once and used for all locales.

    Args:
        document: the resource.
        segments: its segments.
        pictures: digests of the pictures, as :func:`digest_pictures` gives them.

    Returns:
        A function of a unit's key and its target text (empty for the source side).
    """
    shown = digest_shown(document, segments, pictures)
    digesters: dict[UnitKey, Callable[[str], str]] = {}

    def digest_of(key: UnitKey, msgstr: str = "") -> str:
        if not msgstr:
            # Of the source side each is asked for once.
            return unit_digest(key, msgstr, shown.get(key, ()))
        digester = digesters.get(key)
        if digester is None:
            digester = digesters[key] = unit_digester(key, shown.get(key, ()))
        return digester(msgstr)

    return digest_of


def digest_shown(
    document: Document, segments: Sequence[Segment], pictures: Mapping[str, str]
) -> dict[UnitKey, tuple[str, ...]]:
    """Digests of what each unit shows beside its text. Arguments as for :func:`digest_maker`."""
    shown = {
        key: tuple(pictures.get(path, ABSENT) for path in paths)
        for key, paths in _pictures(document, segments).items()
    }
    if document.video and segments:
        # Another film under the same title asks for another look.
        shown[segments[0].key] = (*shown.get(segments[0].key, ()), document.video.digest)
    return shown


def list_pictures(document: Document, segments: Sequence[Segment]) -> tuple[str, ...]:
    """The pictures that :func:`digest_maker` asks for: paths with slashes below ``content/``.

    Args:
        document: the resource.
        segments: its segments.
    """
    shown = _pictures(document, segments).values()
    return tuple(sorted({path for paths in shown for path in paths}))


def find_pictures(
    document: Document, segments: Sequence[Segment]
) -> Mapping[UnitKey, tuple[str, ...]]:
    """The picture files that each unit shows, as paths from the resource's folder.

    The poster of a film that the text does not show belongs to the first unit, the title.

    Args:
        document: the resource.
        segments: its segments.
    """
    found = find_assets(document.text, in_text(segments))
    poster = document.video.poster if document.video else ""
    if not poster or not segments or any(poster in paths for paths in found.values()):
        return found
    first = segments[0].key
    return {**found, first: (*found.get(first, ()), poster)}


def _pictures(document: Document, segments: Sequence[Segment]) -> dict[UnitKey, tuple[str, ...]]:
    return {
        key: tuple(posixpath.normpath(f"{document.topic}/{path}") for path in paths)
        for key, paths in find_pictures(document, segments).items()
    }


def unit_digests(
    segments: Iterable[Segment], catalog: Catalog | None, digest_of: DigestOf
) -> dict[UnitKey, str]:
    """The digests of a document's units as they stand, in the order of the document.

    Args:
        segments: the document's segments.
        catalog: its catalog in one locale; None for the source side.
        digest_of: what :func:`digest_maker` gave for the document.

    Returns:
        By key. In a locale only units with a target that is current are there.
    """
    keys = dict.fromkeys(segment.key for segment in segments)
    if catalog is None:
        return {key: digest_of(key, "") for key in keys}
    units = catalog.by_key()
    return {
        key: digest_of(key, units[key].msgstr)
        for key in keys
        if key in units and units[key].is_current
    }
