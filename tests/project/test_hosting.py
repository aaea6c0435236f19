"""The workflow files for a hosted repository: their scripts run, and take no text as code."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
LINE = '{"v":1,"kind":"event","event":"live","time":"2026-11-%02dT10:00:00Z"}\n'


def read_jobs(path: Path) -> dict[str, dict[str, Any]]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]


def read_steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read_jobs(path).values() for step in job["steps"]]


def lab_scripts() -> dict[str, list[str]]:
    """The lines of each job on GitLab."""
    file = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    return {
        name: [*job.get("before_script", []), *job.get("script", [])]
        for name, job in file.items()
        if isinstance(job, dict) and {"script", "before_script"} & set(job)
    }


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_scripts_parse_and_hold_no_expression(path: Path) -> None:
    scripts = [step["run"] for step in read_steps(path) if "run" in step]
    for script in scripts:
        assert "${{" not in script, "hand it over by env: a branch's name may be a command"
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_scripts_of_gitlab_parse_and_quote_what_they_are_given() -> None:
    for lines in lab_scripts().values():
        for line in lines:
            subprocess.run(["bash", "-n"], input=line, text=True, check=True)
            assert not re.search(r'(?<!")\$\w', line), line


def test_what_the_workflows_run_is_there_and_may_be_run() -> None:
    scripts = [step.get("run", "") for path in WORKFLOWS for step in read_steps(path)]
    words = " ".join([*scripts, *(line for lines in lab_scripts().values() for line in lines)])
    called = set(re.findall(r"\.ci/[\w-]+", words))
    assert called == {".ci/run", ".ci/build-site", ".ci/commit-ledgers", ".ci/tell-faults"}
    assert {f".ci/{path.name}" for path in (ROOT / ".ci").iterdir()} == called
    assert all((ROOT / name).stat().st_mode & 0o100 for name in called)
    assert "scripts/hosting.py issues build/issues.json" in words


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_stand_by_commit_with_their_version(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_what_runs_a_pull_requests_code_may_only_read() -> None:
    check = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"))
    assert check["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in check["jobs"].values())


def test_what_may_write_checks_nothing_out() -> None:
    steps = read_steps(ROOT / ".github/workflows/comment.yml")
    assert not [step for step in steps if "uses" in step]


def test_each_job_of_a_publication_may_write_one_thing() -> None:
    path = ROOT / ".github/workflows/publish.yml"
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {}
    written = {
        name: {what for what, how in job["permissions"].items() if how == "write"}
        for name, job in read_jobs(path).items()
    }
    assert written == {
        "build": set(),
        "deploy": {"pages", "id-token"},
        "record": {"contents"},
        "issues": {"issues"},
        "faults": set(),
    }


# --- the comment on a pull request -----------------------------------------------

#: Stands in for GitHub's program, which talks to GitHub alone: it says what it was asked.
GH = """#!/bin/bash
case "$1 $2" in
"run download")
    [ -d "$STORE" ] || exit 1
    cp -r "$STORE" comment ;;
"pr list") echo "$NUMBER" ;;
"pr comment") printf '%s\\n' "$@" >"$ASKED"; cat body.md >>"$ASKED" ;;
esac
"""


def post(tmp_path: Path, *, number: str = "12") -> subprocess.CompletedProcess[str]:
    """Run the script of comment.yml as its job does."""
    (step,) = read_steps(ROOT / ".github/workflows/comment.yml")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, "utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    (tmp_path / "temp").mkdir()
    environment = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "RUN": "7", "SHA": "abc"}
    environment |= {"STORE": str(tmp_path / "store"), "ASKED": str(tmp_path / "asked")}
    environment |= {"NUMBER": number, "RUNNER_TEMP": str(tmp_path / "temp")}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_the_check_found_is_posted_as_one_comment(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store/comment.md").write_text("- Somali: live → stale\n", "utf-8")
    assert post(tmp_path).returncode == 0
    assert (tmp_path / "asked").read_text("utf-8").splitlines() == [
        *("pr", "comment", "12", "--edit-last", "--create-if-none", "--body-file", "body.md"),
        "- Somali: live → stale",
    ]


def test_where_there_is_nothing_to_post_nothing_is(tmp_path):
    done = post(tmp_path)
    assert (done.returncode, done.stdout) == (0, "The check left no comment.\n")
    assert not (tmp_path / "asked").exists()


def test_a_pull_request_that_has_moved_on_gets_no_old_comment(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store/comment.md").write_text("x", "utf-8")
    assert "No open pull request" in post(tmp_path, number="").stdout
    assert not (tmp_path / "asked").exists()


def test_a_link_in_place_of_the_comment_is_refused(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store/comment.md").symlink_to("/etc/hostname")
    done = post(tmp_path)
    assert (done.returncode, done.stderr) == (1, "The comment is not a plain file.\n")


# --- committing what went live ---------------------------------------------------


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with a ledger, as the host keeps it."""
    work = tmp_path / "first"
    (work / "locales/so/covid-19").mkdir(parents=True)
    shutil.copy(ROOT / ".gitattributes", work)
    shutil.copytree(ROOT / ".ci", work / ".ci")
    (work / "locales/so/covid-19/fever.ledger.jsonl").write_text(LINE % 1, "utf-8")
    git(work, "init", "-q", "-b", "main")
    commit(work, "first")
    git(tmp_path, "clone", "-q", "--bare", "first", "origin.git")
    return tmp_path / "origin.git"


def git(folder: Path, *words: str) -> str:
    name = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    done = subprocess.run(
        ["git", *name, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


@pytest.fixture
def checkout(origin: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A clone, at no branch, as a workflow has it."""

    def clone(name: str) -> Path:
        git(tmp_path, "clone", "-q", str(origin), name)
        git(tmp_path / name, "checkout", "-q", "--detach")
        return tmp_path / name

    return clone


def add(folder: Path, name: str, line: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(line)


def patch_of(folder: Path) -> Path:
    """What .ci/build-site writes down of a build, which is then forgotten."""
    git(folder, "add", "--intent-to-add", "--", "locales")
    path = folder.parent / f"{folder.name}.patch"
    path.write_text(git(folder, "diff", "--binary", "--", "*.ledger.jsonl"), "utf-8")
    git(folder, "reset", "-q", "--hard")
    git(folder, "clean", "-qfd")
    return path


def record(folder: Path, patch: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [".ci/commit-ledgers", str(patch), "main"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def kept(origin: Path, name: str) -> list[str]:
    return git(origin, "show", f"main:{name}").splitlines(keepends=True)


FEVER, COUGH = "locales/so/covid-19/fever.ledger.jsonl", "locales/so/covid-19/cough.ledger.jsonl"


def test_ledgers_old_and_new_are_committed(origin, checkout):
    work = checkout("work")
    add(work, FEVER, LINE % 2)
    add(work, COUGH, LINE % 3)
    done = record(work, patch_of(work))
    assert done.returncode == 0, done.stderr
    assert kept(origin, FEVER) == [LINE % 1, LINE % 2]
    assert kept(origin, COUGH) == [LINE % 3]
    assert git(origin, "log", "-1", "--format=%an: %s") == "pipeline: Record what has gone live\n"


def test_what_others_push_meanwhile_into_the_same_ledgers_stays(origin, checkout):
    work, other = checkout("work"), checkout("other")
    add(work, FEVER, LINE % 2)
    add(work, COUGH, LINE % 3)
    patch = patch_of(work)
    add(other, FEVER, LINE % 4)
    add(other, COUGH, LINE % 5)
    commit(other, "A reviser signs")
    git(other, "push", "-q", "origin", "HEAD:main")
    done = record(work, patch)
    assert done.returncode == 0, done.stderr
    assert sorted(kept(origin, FEVER)) == [LINE % 1, LINE % 2, LINE % 4]
    assert sorted(kept(origin, COUGH)) == [LINE % 3, LINE % 5]


def test_nothing_new_is_no_commit(origin, checkout):
    work = checkout("work")
    done = record(work, patch_of(work))
    assert (done.returncode, done.stdout) == (
        0,
        "Nothing new is public: no ledger has changed.\n",
    )
    assert git(origin, "rev-list", "--count", "main") == "1\n"


@pytest.mark.parametrize("name", [".ci/run", "locales/so/covid-19/fever.po", "x.ledger.jsonl/y"])
def test_a_patch_of_anything_else_is_refused(origin, checkout, name):
    work = checkout("work")
    add(work, FEVER, LINE % 2)
    add(work, name, "something\n")
    git(work, "add", "-A")
    patch = work.parent / "evil.patch"
    patch.write_text(git(work, "diff", "--cached", "--binary"), "utf-8")
    git(work, "reset", "-q", "--hard")
    done = record(work, patch)
    assert done.returncode == 1
    assert done.stderr == "The patch changes what is no ledger.\n"
    assert git(origin, "rev-list", "--count", "main") == "1\n"


def test_a_push_that_is_not_allowed_is_told(origin, checkout):
    hook = origin / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho protected >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    work = checkout("work")
    add(work, FEVER, LINE % 2)
    done = record(work, patch_of(work))
    assert done.returncode == 1
    assert "protected" in done.stderr
    assert done.stderr.endswith("Not pushed. The next publication writes the same again.\n")


# --- faults ----------------------------------------------------------------------


@pytest.mark.parametrize(("fault", "code"), [("", 0), ("11\n", 11)])
def test_what_was_left_out_turns_it_red_at_the_end(tmp_path, fault, code):
    if fault:
        (tmp_path / "fault").write_text(fault, "utf-8")
    done = subprocess.run(
        [ROOT / ".ci/tell-faults", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert ("the build ended with 11" in done.stdout) == bool(fault)
