"""A page of HTML in one file: no script, nothing from a network, and its policy says so."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup


def render_page(folder: Path, **values: object) -> bytes:
    """The page that a folder's ``page.html.j2`` and ``page.css`` make.

    Args:
        folder: a folder of this package; what is in it is ours.
        values: what the template asks for, beside ``style`` and ``policy``; texts are escaped.
    """
    style = (folder / "page.css").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    page = environment.from_string((folder / "page.html.j2").read_text("utf-8")).render(
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'",
        **values,
    )
    return page.encode("utf-8", "replace")
