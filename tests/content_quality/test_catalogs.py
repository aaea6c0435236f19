"""The catalogs that ship, as editors' libraries leave them."""

from pathlib import Path

import polib
import pytest

LOCALES = Path(__file__).resolve().parents[2] / "locales"


@pytest.mark.parametrize(
    "path", sorted(LOCALES.glob("*/**/*.po")), ids=lambda path: str(path.relative_to(LOCALES))
)
def test_a_save_by_polib_changes_no_byte(path, tmp_path):
    saved = tmp_path / "saved.po"
    polib.pofile(str(path), wrapwidth=10**6).save(str(saved))
    assert saved.read_bytes() == path.read_bytes()
