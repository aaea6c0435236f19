"""What is missing on this machine, and the command that adds it."""

import os
import subprocess
import sys

import pytest

from pipeline.pdf.machine import find_problems


@pytest.mark.usefixtures("place")
def test_a_tool_that_is_not_on_the_path_is_named_with_its_package(pipeline, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    ran = pipeline("doctor")
    assert "optional git: not found; the history of the project" in ran.out
    assert "→ apt-get install git" in ran.out
    assert "optional msgfmt: not found; tests compare catalogs with GNU gettext" in ran.out
    assert "optional chromium: not found; tests open the site in a browser" in ran.out
    # None of them is needed to build.
    assert ran.code == (9 if any(problem.is_fatal for problem in find_problems()) else 0)


@pytest.mark.usefixtures("place")
def test_a_tool_that_is_there_is_ok(pipeline, tmp_path, monkeypatch):
    tool = tmp_path / "tools/git"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tool.parent))
    ran = pipeline("doctor")
    assert "ok       git\n" in ran.out
    assert "ok       settings: 3 languages" in ran.out


def test_settings_that_cannot_be_used_are_named_with_line_and_remedy(place, pipeline):
    settings = place.root / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace("site_url", "site_adress"), "utf-8")
    ran = pipeline("doctor")
    assert ran.code == 9
    assert "missing  settings" in ran.out
    assert "unknown key `site_adress`" in ran.out
    assert "Did you mean `site_url`?" in ran.out


def test_outside_of_a_project_doctor_still_looks_at_the_machine(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", "doctor"],
        cwd=tmp_path,
        env={"PATH": "/nowhere", "HOME": str(tmp_path), "LANG": os.environ.get("LANG", "C.UTF-8")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 9
    assert "There is no pipeline.toml" in ran.stdout
    assert "optional git: not found" in ran.stdout
    assert "Traceback" not in ran.stderr
