"""The style sheet, scripts and images that all pages share, named by their content.

A file's name carries a digest of its bytes, so that a browser may keep it for ever and
never shows a page with the styles of an older one. In a preview it does not: a saved style is
shown without a new page, and browsers keep nothing of what that server says.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from pipeline.config import Project
from pipeline.errors import WebsiteError
from pipeline.quotes import render_quotes
from pipeline.website.fonts import render_font_faces
from pipeline.website.speech import MATERIAL_TEMPLATES
from pipeline.website.styles import prune

#: The project's style sheet, to which Material's is added: one request instead of two.
STYLES = "css/site.css"
_MATERIAL_NOTE = b"/* Material for MkDocs, (c) Martin Donath, MIT licence */\n"
_SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=[^*]*\*/")
_FOLDER = "assets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that pages share.

    Attributes:
        name: what templates call it: ``css/site.css``.
        path: where it is in the website: ``assets/css/site.1a2b3c4d.css``.
        data: its bytes.
    """

    name: str
    path: str
    data: bytes


def is_asset(project: Project, path: Path) -> bool:
    """Whether a file is one of those in ``theme/assets``."""
    return path.is_relative_to(project.theme_dir / _FOLDER)


def read_assets(project: Project) -> Mapping[str, Asset]:
    """Read what is in ``theme/assets``, by name.

    Raises:
        WebsiteError: the style sheet is missing.
    """
    folder = project.theme_dir / _FOLDER
    if not (folder / STYLES).is_file():
        raise WebsiteError(
            "The theme has no style sheet.",
            remedy=f"Put the file {_FOLDER}/{STYLES} of the project back.",
            path=project.theme_dir,
        )
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
    return {name: _asset(name, data, is_plain=project.is_preview) for name, data in named}


def _asset(name: str, data: bytes, *, is_plain: bool) -> Asset:
    if name == STYLES:
        marks = render_quotes().encode()
        data = b"\n".join(
            (_MATERIAL_NOTE + _read_material_styles(), marks, render_font_faces() + data)
        )
    digest = hashlib.sha256(data).hexdigest()[:8]
    plain = PurePosixPath(_FOLDER, name)
    path = plain if is_plain else plain.with_name(f"{plain.stem}.{digest}{plain.suffix}")
    return Asset(name=name, path=str(path), data=data)


@cache
def _read_material_styles() -> bytes:
    sheets = sorted((MATERIAL_TEMPLATES / "assets" / "stylesheets").glob("main.*.min.css"))
    if len(sheets) != 1:
        raise WebsiteError(
            "The installed Material for MkDocs has no style sheet that this project knows.",
            remedy="Type: pip install --require-hashes -r requirements.lock",
        )
    return prune(_SOURCE_MAP.sub(b"", sheets[0].read_bytes()).decode()).strip().encode()
