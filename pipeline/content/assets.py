"""Pictures of resources: which files are let through, and SVGs made safe."""

from pathlib import Path
from typing import NoReturn

from pipeline.content.svg import sanitise_svg
from pipeline.errors import ContentError
from pipeline.raster import find_size, strip_metadata, tells_more

#: What a file of each kind begins with: an ending alone says nothing.
_STARTS: dict[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".avif": (b"",),
}
ASSET_ENDINGS = frozenset({*_STARTS, ".svg"})
#: Most bytes of a picture: a leaflet is read on a cheap phone.
MOST_BYTES = 2_000_000
#: Most pixels: what a few bytes unpack to in the memory of a phone, at four bytes each.
MOST_PIXELS = 50_000_000


def read_asset(path: Path, folder: Path) -> bytes:
    """Read a picture of a resource, an SVG cleaned of all that runs or loads something.

    Args:
        path: the file, somewhere below ``folder``.
        folder: the folder that no picture may lead out of: ``content/``, or that of a language.

    Raises:
        ContentError: the file is missing, outside of the folder (``..``, a link), of a
            kind that is not published, not what its ending says, too big, or an SVG that
            cannot be read.
    """
    _check_place(path, folder)
    if not path.name.isprintable():
        raise ContentError(
            "The picture's name has characters that cannot stand in an address.",
            remedy="Use small letters, digits and hyphens.",
            path=path,
        )
    _ending(path)
    if path.stat().st_size > MOST_BYTES:
        _refuse_size(path)
    return clean_asset(path.read_bytes(), path)


def clean_asset(data: bytes, path: Path) -> bytes:
    """The bytes of a picture as they may be published: pixels, and nothing told beside them.

    Args:
        data: the bytes of the file, an SVG not yet cleaned.
        path: the file: its ending says of what kind it is.

    Raises:
        ContentError: it is of a kind that is not published, not what its ending says, too
            big in bytes or pixels, an SVG that cannot be read, or an AVIF with metadata.
    """
    ending = _ending(path)
    if len(data) > MOST_BYTES:
        _refuse_size(path)
    if ending == ".svg":
        return sanitise_svg(data, path)
    if not data.startswith(_STARTS[ending]) or not _is_really(ending, data):
        raise ContentError(
            f"The file is not what its ending `{ending}` says.",
            remedy="Save the picture again in the format that you want.",
            path=path,
        )
    _check_pixels(data, path)
    return strip_metadata(data)


def _check_pixels(data: bytes, path: Path) -> None:
    width, height = find_size(data) or (0, 0)
    if width * height > MOST_PIXELS:
        raise ContentError(
            f"The picture has {width} × {height} pixels: more than 50 million.",
            remedy="Make it smaller: 1,600 pixels are enough for a page and a leaflet.",
            path=path,
        )
    if tells_more(data):
        raise ContentError(
            "The picture tells where or with which camera it was taken.",
            remedy="Save it again without metadata, or as JPEG: of that they are taken away here.",
            path=path,
        )


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in ASSET_ENDINGS:
        raise ContentError(
            f"A file of the kind `{ending}` cannot be published.",
            remedy=f"Use one of {', '.join(sorted(ASSET_ENDINGS))}.",
            path=path,
        )
    return ending


def _refuse_size(path: Path) -> NoReturn:
    raise ContentError(
        f"The picture has more than {MOST_BYTES // 1_000_000} MB.",
        remedy="Make it smaller: 1,600 pixels are enough for a page and a leaflet.",
        path=path,
    )


def read_assets(content_dir: Path) -> tuple[dict[Path, bytes], tuple[ContentError, ...]]:
    """Read every picture below a folder.

    Returns:
        The bytes to publish, by path relative to the folder, and why others are refused.
    """
    found: dict[Path, bytes] = {}
    errors: list[ContentError] = []
    for path in sorted(content_dir.rglob("*")):
        if path.suffix.lower() in ASSET_ENDINGS and not path.is_dir():
            try:
                found[path.relative_to(content_dir)] = read_asset(path, content_dir)
            except ContentError as error:
                errors.append(error)
    return found, tuple(errors)


def _check_place(path: Path, folder: Path) -> None:
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise ContentError(
            "There is no such picture.", remedy="Correct the name or add the file.", path=path
        ) from None
    if not real.is_relative_to(folder.resolve()) or not real.is_file():
        raise ContentError(
            "The picture is not a file of the content folder."
            if folder.name == "content"
            else "The picture is not a file of its language's folder.",
            remedy="Put a copy of the picture there, not a link.",
            path=path,
        )


def _is_really(ending: str, data: bytes) -> bool:
    if ending == ".webp":
        return data[8:12] == b"WEBP"
    if ending == ".avif":
        return data[4:12] in {b"ftypavif", b"ftypavis"}
    return True
