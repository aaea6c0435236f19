"""A report as one page of HTML: no script, nothing from a network."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pipeline.exchange.report.values import Report

_FOLDER = Path(__file__).parent


def render_html(report: Report) -> bytes:
    """The report as a page."""
    style = (_FOLDER / "page.css").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    page = environment.from_string((_FOLDER / "page.html.j2").read_text("utf-8")).render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'",
    )
    return page.encode("utf-8", "replace")
