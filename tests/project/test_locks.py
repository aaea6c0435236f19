"""What gets installed is exactly what was locked, from wherever this machine gets packages."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = (
    "requirements.lock",
    "requirements-mt.lock",
    "requirements-cluster.lock",
    "requirements-dev.lock",
    "requirements-bench.lock",
)


def read_lock(name: str) -> dict[str, str]:
    """Each requirement of a lock file with all that belongs to it, hashes included."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {re.match(r"[a-z0-9.-]+", line).group(): line for line in lines}


def version_of(requirement: str) -> str:
    return re.search(r"==([^ ]+)", requirement).group(1)


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_has_a_hash(name):
    lock = read_lock(name)
    assert len(lock) > 30
    for requirement in lock.values():
        assert re.match(r"[a-z0-9.-]+==\d[\w.!+]* ", requirement)
        assert "--hash=sha256:" in requirement


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_says_where_packages_come_from(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", text)


@pytest.mark.parametrize("name", LOCKS[1:])
def test_tests_and_benchmarks_run_on_the_very_versions_that_readers_get(name):
    lock = read_lock(name)
    for package, requirement in read_lock("requirements.lock").items():
        assert version_of(lock[package]) == version_of(requirement)


def test_the_locks_are_not_behind_the_project():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = settings["dependency-groups"]
    extra = settings["project"]["optional-dependencies"]["mt"]
    cluster = settings["project"]["optional-dependencies"]["cluster"]
    for name, wanted in (
        ("requirements.lock", settings["project"]["dependencies"] + groups["build"]),
        ("requirements-mt.lock", extra),
        ("requirements-cluster.lock", cluster),
        ("requirements-dev.lock", groups["dev"] + extra + cluster),
        ("requirements-bench.lock", groups["bench"]),
    ):
        names = {re.match(r"[\w.-]+", each).group().lower() for each in wanted}
        assert names <= set(read_lock(name))


#: What drafts by a machine add: nobody else is to install it, and nobody at all torch.
MACHINE = {"argos-translate-lt", "ctranslate2", "onnxruntime", "sentencepiece", "sentencex"}
HEAVY = {"torch", "stanza", "spacy"}


def test_only_those_who_draft_install_the_machine():
    assert not MACHINE & read_lock("requirements.lock").keys()
    assert read_lock("requirements-mt.lock").keys() >= MACHINE
    assert "distributed" not in read_lock("requirements.lock")
    for name in LOCKS:
        assert not HEAVY & read_lock(name).keys()
