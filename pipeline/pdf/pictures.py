"""A page of a PDF → a small PNG.

WeasyPrint draws PDF alone. PDFium draws what it has set, with the same glyphs in the same
places, and Pillow writes it down in few colours: a card of 1200 × 630 dots has some 25 kB.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, PngImagePlugin, UnidentifiedImageError

#: A PDF has 72 points to an inch, CSS 96 dots.
_SCALE = 96 / 72
#: Enough for letters with soft edges in a handful of colours, and for a simple drawing.
_COLOURS = 64
_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What a picture says of itself.

    Attributes:
        width: in dots; 0 where it cannot be read, as the next.
        height: in dots.
        text: what can be read in it, by its own account.
    """

    width: int = 0
    height: int = 0
    text: str = ""


def read_picture(data: bytes) -> PictureFacts:
    """Read a PNG that :func:`draw` has made; of anything else as much as it says.

    Args:
        data: the file.
    """
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            width, height = picture.size
            said = (str(picture.info.get(key, "")) for key in ("Title", "Description"))
            return PictureFacts(width=width, height=height, text="\n".join(said))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return PictureFacts()


def draw(pdf: bytes, *, title: str, text: str) -> bytes:
    """Draw the first page of a PDF.

    Args:
        pdf: the PDF.
        title: what the picture says of itself (PNG's keyword ``Title``).
        text: all that can be read in it (``Description``): for the checks, and for whoever finds
            it without its page.

    Returns:
        The PNG; the same for the same arguments and libraries.
    """
    import pypdfium2  # noqa: PLC0415 - loaded only where a picture is made

    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=_SCALE, may_draw_forms=False).to_pil()
    finally:
        document.close()
    said = PngImagePlugin.PngInfo()
    said.add_itxt("Title", title)
    said.add_itxt("Description", text)
    out = BytesIO()
    few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", pnginfo=said, compress_level=_LEVEL)
    return out.getvalue()
