"""The workflow files for a hosted repository: their scripts parse, and take no text as code."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def read_steps(path: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_scripts_parse_and_hold_no_expression(path: Path) -> None:
    scripts = [step["run"] for step in read_steps(path) if "run" in step]
    assert scripts
    for script in scripts:
        assert "${{" not in script, "hand it over by env: a branch's name may be a command"
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_stand_by_full_version_or_commit(path: Path) -> None:
    for step in read_steps(path):
        if "uses" in step:
            assert re.search(r"@(v\d+\.\d+\.\d+|[0-9a-f]{40})$", step["uses"])


def test_what_runs_a_pull_requests_code_may_only_read() -> None:
    check = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"))
    assert check["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in check["jobs"].values())


def test_what_may_write_checks_nothing_out() -> None:
    steps = read_steps(ROOT / ".github/workflows/comment.yml")
    assert not [step for step in steps if "uses" in step]
