"""The project's own way to render Markdown, and the helpers that make documents."""

import sys
from pathlib import Path

import pytest
from markdown import Markdown
from mkdocs.config import load_config

sys.path.insert(0, str(Path(__file__).parent))
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def render():
    """Markdown → HTML, with the extensions and the settings of the website."""
    config = load_config(str(REPOSITORY / "mkdocs.yml"))
    converter = Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"]
    )
    return lambda text: converter.reset().convert(text)
