"""A tree takes the place of another, and no moment is without either."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli import publish

PROGRAM = """
import sys
from pathlib import Path
from pipeline.cli.publish import replace_tree

new, target = Path(sys.argv[1], "new"), Path(sys.argv[1], "site/so")
for number in range(10**9):
    new.mkdir(exist_ok=True)
    (new / "index.html").write_text(str(number))
    replace_tree(new, target)
    if number == 0:
        print("published", flush=True)
"""


def make(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text)
    return path


@pytest.mark.parametrize("has_renameat2", [True, False])
@pytest.mark.parametrize("has_old", [True, False])
def test_a_tree_takes_the_place_of_another(tmp_path, monkeypatch, has_renameat2, has_old):
    if not has_renameat2:
        monkeypatch.setattr(publish, "_find_renameat2", lambda: None)
    new, target = make(tmp_path / "new", "new"), tmp_path / "site/so"
    if has_old:
        make(target, "old")
    publish.replace_tree(new, target)
    assert (target / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert [path.name for path in target.parent.iterdir()] == ["so"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere two renames are needed")
def test_a_killed_build_never_leaves_a_language_away(tmp_path):
    target = tmp_path / "site/so/index.html"
    program = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    for number in range(20):
        with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"published\n"
            until = time.monotonic() + 0.02 + number / 1000
            while time.monotonic() < until:
                assert target.is_file()
            process.send_signal(signal.SIGKILL)
        assert target.is_file()
