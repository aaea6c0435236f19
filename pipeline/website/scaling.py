"""Smaller versions of a picture: what a phone fetches in the place of one made for a desk.

They are of the same kind as the picture, so that every browser that shows it shows them. They are
kept by the digest of the picture: equal bytes give equal bytes, and are scaled once.
"""

import hashlib
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile, ImageOps, __version__

from pipeline.files import write_atomic
from pipeline.raster import find_size

#: Widths in pixels: a phone of 360 CSS pixels shows 328, with two or three pixels to each.
WIDTHS = (400, 700, 1000, 1400)
#: Raised when the way of making them changes.
_RECIPE = 1
#: Pictures below either are sent whole: another version would save next to nothing.
_LEAST_WIDTH, _LEAST_BYTES = 480, 20_000
#: A version is kept where it saves as much of its bytes, and is narrower by as much.
_SAVES, _NARROWER = 0.9, 0.85
_KINDS = ("PNG", "JPEG", "WEBP", "GIF")
_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_QUALITY = 78
_COLOURS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A smaller version of a picture.

    Attributes:
        path: where it is below the locale, beside the picture: ``a/images/tent.w400.1a2b3c4d.jpg``.
        width: its width in pixels.
        data: its bytes.
    """

    path: Path
    width: int
    data: bytes


#: The smaller versions of pictures by the paths of these, the narrowest first.
Renditions = Mapping[Path, tuple[Rendition, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleJob:
    """A picture to be scaled.

    Attributes:
        path: where it is below the locale.
        data: its bytes, as they are published.
        cache_dir: folder for what was made before.
    """

    path: Path
    data: bytes
    cache_dir: Path

    def kept(self, width: int) -> Path:
        """The file that holds the version of a width; an empty one where there is none."""
        told = f"{_RECIPE} {__version__}".encode()
        digest = hashlib.sha256(told + b"\0" + self.data).hexdigest()
        return self.cache_dir / f"{digest}-{width}"


def is_large(data: bytes) -> bool:
    """Whether smaller versions of a picture would save anything: no SVG, nothing tiny.

    Args:
        data: its bytes.
    """
    if len(data) < _LEAST_BYTES:
        return False
    size = find_size(data)
    return size is not None and size[0] > _LEAST_WIDTH


def find_renditions(job: ScaleJob) -> tuple[Rendition, ...] | None:
    """The smaller versions of a picture from the cache; None where they are not all there.

    Args:
        job: the picture.
    """
    found = []
    for width in _widths(job):
        path = job.kept(width)
        try:
            data = path.read_bytes()
            os.utime(path)  # what is used is kept
        except OSError:
            return None
        found += [_rendition(job, width, data)] if data else []
    return tuple(found)


def make_renditions(job: ScaleJob) -> str:
    """Make the smaller versions of a picture, and keep them. Safe to run in a process of its own.

    Args:
        job: the picture.

    Returns:
        Why it has none and is sent as it is, in words; empty where it was scaled.
    """
    try:
        with warnings.catch_warnings(), _strictly():
            warnings.simplefilter("error")  # a picture that unpacks to gigabytes
            made = dict(_scaled(job.data, _widths(job)))
    except _Refused as why:
        return str(why)
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return "it cannot be read through"
    limit = len(job.data)
    for width in sorted(_widths(job), reverse=True):
        is_worth = len(made[width]) < _SAVES * limit
        write_atomic(job.kept(width), made[width] if is_worth else b"")
        limit = len(made[width]) if is_worth else limit
    return ""


@contextmanager
def _strictly() -> Iterator[None]:
    """Half a picture is an error: WeasyPrint tells Pillow otherwise, for the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


class _Refused(Exception):  # noqa: N818  no error: the picture is sent as it is
    """Why a picture is not scaled."""


def _widths(job: ScaleJob) -> tuple[int, ...]:
    width, _ = find_size(job.data) or (0, 0)
    return tuple(each for each in WIDTHS if each < _NARROWER * width)


def _rendition(job: ScaleJob, width: int, data: bytes) -> Rendition:
    name = f"{job.path.stem}.w{width}.{hashlib.sha256(data).hexdigest()[:8]}{job.path.suffix}"
    return Rendition(path=job.path.with_name(name), width=width, data=data)


def _scaled(data: bytes, widths: tuple[int, ...]) -> Iterator[tuple[int, bytes]]:
    if data[4:8] == b"ftyp":
        raise _Refused("AVIF is not made smaller here")
    with Image.open(BytesIO(data), formats=_KINDS) as opened:
        if getattr(opened, "is_animated", False):
            raise _Refused("it moves")
        if opened.mode not in _MODES:
            raise _Refused(f"its colours are of a kind ({opened.mode}) that is not for screens")
        kind, colours = str(opened.format), opened.info.get("icc_profile")
        picture = ImageOps.exif_transpose(opened)
    is_painted = picture.mode == "P"
    if picture.mode in {"P", "1"}:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    for width in widths:
        height = max(1, round(picture.height * width / picture.width))
        smaller = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        yield width, _saved(smaller, kind, colours, is_painted=is_painted)


def _saved(picture: Image.Image, kind: str, colours: bytes | None, *, is_painted: bool) -> bytes:
    out = BytesIO()
    if kind in {"JPEG", "WEBP"}:
        extra = {"progressive": True, "optimize": True} if kind == "JPEG" else {"method": 4}
        picture.save(out, kind, quality=_QUALITY, icc_profile=colours, **extra)
        return out.getvalue()
    if is_painted:  # as few colours as the picture had
        picture = picture.quantize(_COLOURS, _way_to_quantize(picture.mode))
    picture.save(out, kind, optimize=True, **({"icc_profile": colours} if kind == "PNG" else {}))
    return out.getvalue()


@cache
def _way_to_quantize(mode: str) -> Image.Quantize:
    return Image.Quantize.FASTOCTREE if mode == "RGBA" else Image.Quantize.MEDIANCUT
