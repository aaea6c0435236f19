"""Pictures as a part of the page that shows them."""

import warnings
from base64 import b64encode
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image

_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}
#: Widths in pixels that are tried, the largest first: a telephone has 360 to 430 of CSS.
_WIDTHS = (960, 640, 400, 240, 160)
_QUALITY = 72


def inline_picture(name: str, data: bytes, limit: int) -> str:
    """A picture as a ``data:`` address, smaller in pixels where it would be too large.

    Args:
        name: of its file: its ending says what it is.
        data: its bytes.
        limit: most characters that the address may have.

    Returns:
        The address; empty where the picture cannot be read or made small enough.
    """
    media_type = _TYPES.get(PurePosixPath(name).suffix.lower(), "")
    if not media_type:
        return ""
    if len(whole := _address(media_type, data)) <= limit:
        return whole
    if media_type == "image/svg+xml":
        return ""
    for width in _WIDTHS:
        if (smaller := _scaled(data, width)) and len(smaller) <= limit:
            return smaller
    return ""


def _address(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"


def _scaled(data: bytes, width: int) -> str:
    """The first frame at most that wide; empty where it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that unpacks to gigabytes
            with Image.open(BytesIO(data)) as picture:
                picture.thumbnail((width, 4 * width))
                has_holes = picture.has_transparency_data
                out = BytesIO()
                if has_holes:
                    picture.convert("RGBA").save(out, "PNG", optimize=True)
                else:
                    picture.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return ""
    return _address("image/png" if has_holes else "image/jpeg", out.getvalue())
