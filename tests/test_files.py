"""Removing what is there, and being told what cannot be."""

import os

import pytest

from pipeline.files import remove


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="to root nothing is refused"
)
def test_what_cannot_be_removed_is_named_with_its_folder(tmp_path):
    page = tmp_path / "built/so/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("Biyo badan cab.")
    page.parent.chmod(0o500)
    with pytest.raises(PermissionError) as refusal:
        remove(tmp_path / "built/so")
    assert refusal.value.filename == str(tmp_path / "built/so")
    page.parent.chmod(0o700)
