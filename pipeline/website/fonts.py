"""Fonts for a reader whose device has none for a script: a browser fetches them only then.

Nearly every telephone has letters for its owner's language; a computer in a library may
show boxes. So the style sheet names, after the fonts that devices have for a script, one from the
same locked packages as the leaflets' fonts. A browser looks for it on the device under
other names first, and fetches it only for a character that none of those has.
"""

import hashlib
import importlib.util
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from pipeline.config import Project
from pipeline.errors import MachineError
from pipeline.files import write_atomic

_FOLDER = "assets/fonts"
#: Raised when the way of making them changes.
_RECIPE = 2
_NOTO = ("manimgx-fonts", "manimgx_fonts", "NotoSans{}[wght].ttf")
_CHINESE = (
    "justmytype-intl-cjk",
    "justmytype_intl_cjk",
    "fonts/ofl/notosanssc/NotoSansSC[wght].ttf",
)
#: Signs that Indic scripts share: dandas, joiners, the circle under a lone vowel sign.
_INDIC = "U+964-965, U+200C-200D, U+25CC"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareFont:
    """A font for a script.

    Attributes:
        family: what the style sheet calls it.
        script: ISO 15924 code of the script whose pages have it; None for all pages.
        name: of its file.
        ranges: the characters that it is for, as CSS writes them.
        local: what fonts for this script are called on devices.
        package: distribution, module and file that it is cut from.
    """

    family: str
    script: str | None
    name: str
    ranges: str
    local: tuple[str, ...]
    package: tuple[str, str, str]

    @property
    def path(self) -> str:
        """Where it is in the website."""
        made_of = f"{_RECIPE} {version(self.package[0])} {self.ranges}"
        return f"{_FOLDER}/{self.name}.{hashlib.sha256(made_of.encode()).hexdigest()[:8]}.woff"


def _noto(script: str, name: str, ranges: str, *local: str) -> SpareFont:
    distribution, module, file = _NOTO
    return SpareFont(
        family=f"Spare {script}",
        script=script,
        name=f"NotoSans{name}",
        ranges=ranges,
        local=(f"Noto Sans {name}", f"NotoSans{name}-Regular", f"NotoSans{name}-VF", *local),
        package=(distribution, module, file.format(name)),
    )


_ON_DEVICES = (
    "Noto Sans CJK SC",
    "NotoSansCJKsc-Regular",
    "NotoSansCJK-Regular",
    "Noto Sans SC",
    "PingFangSC-Regular",
    "Microsoft YaHei",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
#: The second half of GB 2312 goes by radicals: first and last character of those for
#: illnesses and teeth.
_OF_BODIES = (("疒", "癯"), ("龀", "龌"))
#: And of others: fainting, cells, chemistry, what bites and stings, herbs, washing, what TICO-19
#: has in Chinese.
_OF_HEALTH = (
    "厥稣孢胍苷荨萘芪茴荟萃苄蠕蚍蚧虱蛲蛔蜱螨蟑蜇螫蝠蝙羟铵悸憋娩妊娠孕涕沐濡皲瑙"
    "罹祉圳谵嘌呤呋吡咪啶喹嘧嗪唑啉哌咯喱嗳嗝噎呃哕嗽酊酚酞酰酯酮跛踝跖趾肽胛胫腓腱膈腭脘腘腴肱腋眦眵睑眩睫耵聍"
    "殓孱羧沌啫"
)

#: What pages above all languages say in Chinese, and the language's name in lists elsewhere:
#: 中文 简体 繁体 选择您的语言 继续使用 我们找不到该页面 请
_NAME = (
    "U+4E0D, U+4E2D, U+4EEC, U+4F53, U+4F7F, U+5230, U+60A8, U+6211, U+627E, U+62E9, "
    "U+6587, U+7528, U+7684, U+7B80, U+7E41, U+7EE7, U+7EED, U+8A00, U+8BE5, U+8BED, "
    "U+8BF7, U+9009, U+9762, U+9875"
)
FONTS = (
    _noto(
        "Arab",
        "Arabic",
        "U+600-6FF, U+750-77F, U+8A0-8FF, U+FB50-FDFF, U+FE70-FEFC",
        "GeezaPro",
        "Segoe UI",
    ),
    _noto(
        "Beng",
        "Bengali",
        f"U+980-9FF, {_INDIC}",
        "KohinoorBangla-Regular",
        "Nirmala UI",
        "Lohit Bengali",
    ),
    _noto(
        "Deva",
        "Devanagari",
        f"U+900-97F, U+A8E0-A8FF, {_INDIC}",
        "KohinoorDevanagari-Regular",
        "Nirmala UI",
        "Lohit Devanagari",
    ),
    _noto(
        "Ethi",
        "Ethiopic",
        "U+1200-139F, U+2D80-2DDF, U+AB00-AB2F",
        "Kefa-Regular",
        "Ebrima",
        "Abyssinica SIL",
    ),
    _noto(
        "Gujr",
        "Gujarati",
        f"U+A80-AFF, {_INDIC}",
        "KohinoorGujarati-Regular",
        "Nirmala UI",
        "Lohit Gujarati",
    ),
    _noto("Guru", "Gurmukhi", f"U+A00-A7F, {_INDIC}", "GurmukhiMN", "Nirmala UI", "Lohit Gurmukhi"),
    _noto("Taml", "Tamil", f"U+B80-BFF, {_INDIC}", "TamilSangamMN", "Nirmala UI", "Lohit Tamil"),
    SpareFont(
        family="Spare Hans",
        script="Hans",
        name="NotoSansSC",
        ranges="U+2014-2026, U+3000-303F, U+4E00-9FFF, U+FF00-FFEF",
        local=_ON_DEVICES,
        package=_CHINESE,
    ),
    SpareFont(
        family="Spare Name",
        script=None,
        name="NotoSansSC-Name",
        ranges=_NAME,
        local=_ON_DEVICES,
        package=_CHINESE,
    ),
)


#: What a device shows a script in until the spare font is there: where the one is wider than the
#: other, lines would break at other words when it comes, and the page jump. The number is how wide
#: the spare font's words are in hundredths of the other's (3,000 words of the Arabic pages).
NEAR = {"Arab": ("DejaVu Sans", "95.5%")}


def render_font_faces() -> bytes:
    """The rules of the style sheet by which a browser finds them; it stands in assets/css."""
    near = (_near(font, *NEAR[font.script]) for font in FONTS if font.script in NEAR)
    return "".join([*(_face(font) for font in FONTS), *near]).encode()


def _near(font: SpareFont, name: str, width: str) -> str:
    """A rule for a font of the device, made as wide as the one that takes its place."""
    return (
        f'@font-face {{ font-family: "Near {font.script}"; src: local("{name}");'
        f" size-adjust: {width}; unicode-range: {font.ranges}; }}\n"
    )


def _face(font: SpareFont) -> str:
    local = "".join(f'local("{name}"), ' for name in font.local)
    url = f'url("../{font.path.removeprefix("assets/")}") format("woff")'
    return (
        f'@font-face {{ font-family: "{font.family}"; font-display: swap;'
        f" src: {local}{url}; unicode-range: {font.ranges}; }}\n"
    )


def write_fonts(project: Project, scripts: Collection[str], target: Path) -> frozenset[Path]:
    """Put the fonts of some scripts, and of names of languages, into a website.

    Args:
        project: the project; fonts that were made before are in its cache.
        scripts: ISO 15924 codes.
        target: the website's folder.

    Returns:
        The files that belong there.

    Raises:
        MachineError: a font package is not installed.
    """
    wanted = [font for font in FONTS if font.script in scripts]
    if "Hans" in scripts:
        wanted += [font for font in FONTS if font.script is None]
    for font in wanted:
        if not (target / font.path).is_file():
            write_atomic(target / font.path, _read(font, project.cache_dir / "fonts"))
    return frozenset(target / font.path for font in wanted)


def _read(font: SpareFont, cache_dir: Path) -> bytes:
    path = cache_dir / Path(font.path).name
    if not path.is_file():
        write_atomic(path, _make(font))
    return path.read_bytes()


def _make(font: SpareFont) -> bytes:
    """A static font with the characters of its ranges, packed for the web."""
    import uharfbuzz as hb  # noqa: PLC0415 - only where a font is made
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    face = hb.Face(hb.Blob.from_file_path(str(_source(font))))
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).update(_characters(font))
    features = wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.invert()  # all of them
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, "wght", 400)
    data = BytesIO(bytes(hb.subset(face, wanted).blob.data))
    made = TTFont(data, recalcTimestamp=False, recalcBBoxes=False)
    made.flavor = "woff"
    out = BytesIO()
    made.save(out, reorderTables=False)
    return out.getvalue()


def _source(font: SpareFont) -> Path:
    distribution, module, file = font.package
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise MachineError(
            f"The font package {distribution} is not installed.",
            remedy="Type: pip install --require-hashes -r requirements.lock",
        )
    return Path(spec.origin).parent / file


def _characters(font: SpareFont) -> set[int]:
    found: set[int] = set()
    for piece in font.ranges.split(", "):
        first, _, last = piece.removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found & _common_chinese() if font.script == "Hans" else found


@cache
def _common_chinese() -> frozenset[int]:
    """The 3,755 most common characters and the signs of GB 2312, and rarer ones of health.

    All of the others would double the font.
    """
    rare = "".join(_decode_gb2312(range(0xD8, 0xF8)))
    bodies = (rare[rare.index(first) : rare.index(last) + 1] for first, last in _OF_BODIES)
    common = _decode_gb2312([*range(0xA1, 0xAA), *range(0xB0, 0xD8)])
    return frozenset(map(ord, [*common, *"".join(bodies), *_OF_HEALTH]))


def _decode_gb2312(rows: Iterable[int]) -> Iterator[str]:
    codes = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return (char for code in codes for char in code.decode("gb2312", "ignore"))
