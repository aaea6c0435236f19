"""The fonts that leaflets are set in: taken from locked packages, never from the machine.

A machine's own fonts differ from release to release, and a missing one is replaced
without a word. So the fonts come from packages that pip installs with a digest,
and fontconfig is shown these alone.

The packaged fonts are variable; WeasyPrint needs seconds for those and milliseconds
for static ones, so a regular and a bold of each are cut once, into the cache. Which
font serves which language, and why: ``docs/reference/fonts.md``.
"""

import hashlib
import importlib.util
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont, TTLibError

from pipeline.errors import MachineError, PdfError
from pipeline.files import remove, write_atomic
from pipeline.pdf.glyph_text import drop_strokes

#: What has Latin letters and European digits wherever the language has another script.
LATIN_FAMILY = "Noto Sans"
#: Fonts that every leaflet may fall back on, in this order: Latin and Cyrillic first,
#: then signs. Noto Sans SC is here for signs such as ✓ and ≥ that Noto Sans lacks.
SUPPORTING_FAMILIES = (LATIN_FAMILY, "Noto Sans Symbols", "Noto Sans SC", "Noto Emoji")

_WEIGHTS = ((400, "Regular"), (700, "Bold"))
#: Raised when the way of cutting changes, so that fonts in a cache are cut again.
_RECIPE = 3
_PACKAGES = ("manimgx-fonts", "justmytype-intl-cjk", "fontpkg-amiri", "uharfbuzz", "fonttools")
_FONT_ENDINGS = frozenset({".ttf", ".otf"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FontSet:
    """Static fonts in a folder, and the fontconfig file that shows them alone.

    Attributes:
        folder: where the font files are.
        config_path: what ``FONTCONFIG_FILE`` is set to before Pango is loaded.
        digest: changes where a font changes.
        files: the regular font file of each family.
    """

    folder: Path
    config_path: Path
    digest: str
    files: Mapping[str, Path]

    def covers(self, family: str, character: str) -> bool:
        """Whether a family has a glyph for a character; False for an unknown family."""
        path = self.files.get(family)
        return path is not None and ord(character) in _characters(path)


#: In the folder of fonts: their names and lengths, so that a damaged cache is made anew.
_LIST = "fonts.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A static font to be made."""

    family: str
    style: str
    weight: int
    source: Path
    is_variable: bool = True

    @property
    def name(self) -> str:
        return f"{self.family}-{self.style}.ttf".replace(" ", "")


def prepare_fonts(cache_dir: Path, extra_dir: Path | None = None) -> FontSet:
    """Give the fonts, cutting them first where the cache does not have them.

    Args:
        cache_dir: folder that may be deleted at any time.
        extra_dir: a project's own static fonts (``theme/fonts``), if it has any.

    Raises:
        MachineError: a font package is not installed.
        PdfError: one of the project's own fonts cannot be read.
    """
    extra = _own_fonts(extra_dir)
    digest = _digest(extra)
    folder = cache_dir / digest[:16]
    if not _is_whole(folder):
        remove(folder)
        _make(folder, extra)
    files = {}
    for path in sorted(folder.iterdir()):
        if path.stem.endswith("-Regular"):
            files[_family_of(path)] = path
    config_path = cache_dir / f"{digest[:16]}.conf"
    config = _config(folder, cache_dir / "fontconfig").encode()
    # Written again where the project was moved: fontconfig says nothing about a missing folder.
    if not config_path.is_file() or config_path.read_bytes() != config:
        write_atomic(config_path, config)
    return FontSet(folder=folder, config_path=config_path, digest=digest, files=files)


@cache
def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _family_of(path: Path) -> str:
    with TTFont(path, lazy=True) as font:
        return str(font["name"].getDebugName(16) or font["name"].getDebugName(1))


def _own_fonts(folder: Path | None) -> tuple[Path, ...]:
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted(p for p in folder.iterdir() if p.suffix.lower() in _FONT_ENDINGS))


def _digest(extra: tuple[Path, ...]) -> str:
    """What the set is made of. The packages are locked by digest: their versions say enough."""
    total = hashlib.sha256(f"{_RECIPE}".encode())
    for package in _PACKAGES:
        total.update(f"{package} {_version(package)}\n".encode())
    for path in extra:
        total.update(f"{path.name}\n".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise MachineError(
            f"The font package {package} is not installed.",
            remedy="Type: pip install --require-hashes -r requirements.lock",
        ) from error


def _make(folder: Path, extra: tuple[Path, ...]) -> None:
    """Make the fonts beside the folder, then rename: an interrupted run leaves none of it."""
    for path in extra:
        _check_own(path)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".fonts-"))
    try:
        for cut in _cuts():
            (temporary / cut.name).write_bytes(_render(cut))
        for path in extra:
            shutil.copyfile(path, temporary / path.name)
        (temporary / _LIST).write_text(_list(temporary), "utf-8")
        temporary.chmod(0o755)
        temporary.rename(folder)
    except OSError:
        if not folder.is_dir():  # else another build was faster
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    """Whether every font that was put there is there, in its length."""
    try:
        return (folder / _LIST).read_text("utf-8") == _list(folder)
    except (OSError, UnicodeDecodeError):
        return False


def _list(folder: Path) -> str:
    fonts = sorted(path for path in folder.iterdir() if path.name != _LIST)
    return "".join(f"{path.name} {path.stat().st_size}\n" for path in fonts)


def _check_own(path: Path) -> None:
    try:
        with TTFont(BytesIO(path.read_bytes()), lazy=True) as font:
            is_variable = "fvar" in font
    except (TTLibError, OSError) as error:
        raise PdfError(
            f"This font cannot be read: {error}.", remedy="Put a TTF or OTF file here.", path=path
        ) from error
    if is_variable:
        raise PdfError(
            "This font is variable, which makes every leaflet take seconds.",
            remedy="Put its static files here, named <Family>-Regular.ttf and <Family>-Bold.ttf.",
            path=path,
        )


def _cuts() -> Iterator[_Cut]:
    """Every static font to be made, by package."""
    noto = _folder_of("manimgx_fonts")
    for source in sorted(noto.glob("*.ttf")):
        stem = source.name.split("[")[0]
        family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem.removesuffix("-Italic"))
        for weight, style in _WEIGHTS:
            full = _slanted(style) if stem.endswith("-Italic") else style
            yield _Cut(family=family, style=full, weight=weight, source=source)
    chinese = _folder_of("justmytype_intl_cjk") / "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
    for weight, style in _WEIGHTS:
        yield _Cut(family="Noto Sans SC", style=style, weight=weight, source=chinese)
    for source in sorted((_folder_of("fontpkg_amiri") / "files").glob("Amiri-*.ttf")):
        style = source.stem.partition("-")[2]
        yield _Cut(family="Amiri", style=style, weight=0, source=source, is_variable=False)


def _slanted(style: str) -> str:
    return "Italic" if style == "Regular" else f"{style} Italic"


def _folder_of(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise MachineError(
            f"The font package {module.replace('_', '-')} is not installed.",
            remedy="Type: pip install --require-hashes -r requirements.lock",
        )
    return Path(spec.origin).parent


def _render(cut: _Cut) -> bytes:
    """A static font with a name of its own, the same bytes on every run."""
    data = _instantiate(cut) if cut.is_variable else cut.source.read_bytes()
    font = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    if cut.is_variable:
        _rename(font, cut)
    else:
        drop_strokes(font)
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def _instantiate(cut: _Cut) -> bytes:
    import uharfbuzz as hb  # noqa: PLC0415 - only where fonts are cut

    face = hb.Face(hb.Blob.from_file_path(str(cut.source)))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, "wght", cut.weight)
    return bytes(hb.subset(face, wanted).blob.data)


def _rename(font: TTFont, cut: _Cut) -> None:
    """Say family and style the way that fontconfig reads them, and drop what is variable."""
    names = font["name"]
    style_linked = {1, 2, 4, 6, 16, 17, 21, 22, 25}
    names.names = [n for n in names.names if n.nameID not in style_linked and n.platformID != 1]
    full = f"{cut.family} {cut.style}"
    postscript = f"{cut.family}-{cut.style}".replace(" ", "")
    for name_id, text in ((1, cut.family), (2, cut.style), (4, full), (6, postscript)):
        names.setName(text, name_id, 3, 1, 0x409)
    for table in ("STAT", "fvar", "avar"):
        if table in font:
            del font[table]
    is_bold, is_italic = "Bold" in cut.style, "Italic" in cut.style
    font["OS/2"].usWeightClass = cut.weight
    # OS/2.fsSelection: bit 0 italic, bit 5 bold, bit 6 regular (OpenType specification).
    regular = 0x40 if not (is_bold or is_italic) else 0
    selection = font["OS/2"].fsSelection & ~0x61
    font["OS/2"].fsSelection = selection | regular | 0x20 * is_bold | 0x01 * is_italic
    font["head"].macStyle = is_bold + 2 * is_italic


def _config(folder: Path, cache_dir: Path) -> str:
    """A fontconfig file that shows one folder and nothing of the machine."""
    aliases = "".join(
        f"<alias><family>{generic}</family><prefer><family>Noto Sans</family></prefer></alias>"
        for generic in ("sans-serif", "serif", "monospace")
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{escape(str(folder.resolve()))}</dir>"
        f"<cachedir>{escape(str(cache_dir.resolve()))}</cachedir>{aliases}</fontconfig>\n"
    )
