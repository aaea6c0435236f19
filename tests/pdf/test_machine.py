"""What is missing on this machine, and the command that adds it."""

import subprocess
import sys

from pipeline.pdf import find_problems
from pipeline.pdf.machine import LIBRARIES, Library, install_command, library_versions

NO_SUCH = Library(label="HarfBuzz-Subset", names=("libno-such.so.0",), purpose="cuts fonts down")


def test_this_machine_lacks_nothing():
    assert find_problems() == ()
    assert "pango" in library_versions()


def test_a_missing_library_is_named_with_the_command_that_adds_it(monkeypatch, tmp_path):
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    [problem] = find_problems((*LIBRARIES, NO_SUCH))
    assert problem.message == (
        "HarfBuzz-Subset is missing: the system library that cuts fonts down."
    )
    assert problem.remedy == (
        "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0"
    )
    assert problem.is_fatal


def test_the_command_is_the_one_of_the_system(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "ucrt-x86_64-pango" in install_command("Windows")
    assert "Homebrew" in install_command("Darwin")
    (tmp_path / "brew").touch(mode=0o755)
    assert install_command("Darwin") == "brew install pango"


def test_a_machine_without_pango_can_still_build_the_site():
    code = "import pipeline.pdf, sys; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
