"""Decisions can be found again: one form for all, and a row for every package."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/decisions"
DECISIONS = sorted(FOLDER.glob("*.md"))
STATUS = re.compile(r"- Status: (proposed|accepted|superseded by \[?\d{4}|rejected)")


def headings(text: str) -> list[str]:
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_follows_the_template(path):
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0].startswith(f"# {path.name[:4]}. ")
    assert STATUS.match(lines[2])
    assert re.fullmatch(r"- Date: \d{4}-\d{2}-\d{2}", lines[3])
    assert headings(text) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(len(DECISIONS)))


def wanted_packages() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*settings["project"]["dependencies"]]
    for group in settings["dependency-groups"].values():
        wanted += group
    for extra in settings["project"].get("optional-dependencies", {}).values():
        wanted += extra
    return {re.match(r"[\w.-]+", requirement).group().lower() for requirement in wanted}


def test_every_package_has_its_reason_written_down():
    text = (FOLDER / "0002-dependencies.md").read_text(encoding="utf-8")
    explained = {name.lower() for name in re.findall(r"^\| ([\w.-]+) \|", text, re.MULTILINE)}
    assert explained - {"package"} == wanted_packages()
