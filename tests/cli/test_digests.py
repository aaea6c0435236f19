"""What counts as an input of a build."""

import pytest

from pipeline.cli.digests import digest_of_files


@pytest.mark.parametrize(
    "name", [".site.css.swp", "site.css~", "#site.css#", ".site.css.x1y2.tmp", ".DS_Store"]
)
def test_what_an_editor_leaves_beside_a_file_makes_no_page_anew(tmp_path, name):
    (tmp_path / "site.css").write_text("body {}")
    before = digest_of_files(tmp_path)
    (tmp_path / name).write_text("body {")
    assert digest_of_files(tmp_path) == before


def test_any_other_file_does(tmp_path):
    before = digest_of_files(tmp_path)
    (tmp_path / ".hidden.html").write_text("<p>")
    assert digest_of_files(tmp_path) != before
