"""A page of HTML in one file: nothing from a network, one script or none; its policy says so."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup


def render_page(folder: Path, *, script: str = "", **values: object) -> bytes:
    """The page that a folder's ``page.html.j2`` and ``page.css`` make.

    Args:
        folder: a folder of this package; what is in it is ours.
        script: the page's script, if it has one: ours too.
        values: what the template asks for, beside ``style``, ``script`` and ``policy``; texts are
            escaped.
    """
    style = (folder / "page.css").read_text("utf-8")
    page = _template(folder).render(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=_policy(style, script),
        **values,
    )
    return page.encode("utf-8", "replace")


@lru_cache(maxsize=8)
def _template(folder: Path) -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string((folder / "page.html.j2").read_text("utf-8"))


def _policy(style: str, script: str) -> str:
    """What the page may load: nothing; and run: its one script."""
    rules = ["default-src 'none'", f"style-src '{_hash(style)}'"]
    rules += [f"script-src '{_hash(script)}'", "form-action 'none'"] if script else []
    return "; ".join([*rules, "base-uri 'none'"])


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
