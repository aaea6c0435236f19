"""The layer table is enforced, and the enforcement works."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy_of_the_package(tmp_path):
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_no_stage_imports_a_later_one():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("content/documents.py", "from pipeline.website import build_locale"),
        ("model.py", "from pipeline.config import Project"),
        ("assemble/page.py", "import mkdocs"),
        ("website/__init__.py", "import weasyprint"),
        ("segments/__init__.py", "import rich.console"),
    ],
)
def test_an_import_against_the_table_is_found(copy_of_the_package, module, statement):
    path = copy_of_the_package / "pipeline" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{statement}\n", encoding="utf-8")
    result = lint(copy_of_the_package)
    imported = statement.split()[1]
    assert result.returncode == 1
    assert f"-> {imported}" in result.stdout or f"import {imported.split('.')[0]}" in result.stdout
