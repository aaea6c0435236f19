"""Catalogs on the disk: what is not read."""

import pytest

from pipeline.catalogs import read_catalog
from pipeline.errors import CatalogError


def test_a_link_is_refused_wherever_it_leads(tmp_path, header):
    outside = tmp_path / "outside.po"
    outside.write_text(header, "utf-8")
    link = tmp_path / "locales" / "rest.po"
    link.parent.mkdir()
    link.symlink_to(outside)
    with pytest.raises(CatalogError) as caught:
        read_catalog(link)
    assert caught.value.message == "The catalog is a link."
    assert caught.value.remedy == "Put the file itself here."
    assert caught.value.path == link


def test_a_file_of_its_own_is_read(tmp_path, header):
    path = tmp_path / "rest.po"
    path.write_text(header, "utf-8")
    assert read_catalog(path).units == ()
