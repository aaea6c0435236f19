"""An editor in one HTML file, which works without a network, and the work that comes back.

``writing`` makes the page, ``reading`` reads what is sent back: the small file that the page
saves, or the page itself. The page's script is put together of ``checks.js`` (what may be wrong
with a translation), ``showing.js`` and ``rows.js`` (a text as it is shown, and its box),
``keeping.js`` (files and the device) and ``editor.js``. All that is said to people is in
``words.toml``. ``docs/reference/exchange.md`` has the format of the file.
"""

from pipeline.exchange.editor.reading import is_work, parse_page, parse_work
from pipeline.exchange.editor.writing import read_script, render_page, render_work

__all__ = ["is_work", "parse_page", "parse_work", "read_script", "render_page", "render_work"]
