"""What is committed is of use to everybody: no machine's paths, no dead links, no weights."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Folders that exist on one machine only: people's homes, scratch folders.
MACHINE_PATH = re.compile(
    r"(?<![\w.:/*-])/(?:home/\w+|Users/\w+|root|work|tmp|var/tmp|workspaces?)/[\w.]"
    r"|\b[A-Z]:\\+Users\\"
)
#: Where packages come from is the machine's business: its own settings say it.
REGISTRY = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|proxy\.golang\.org|crates\.io"
    r"|deb\.debian\.org|archive\.ubuntu\.com)\b"
)
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
LINK = re.compile(r"\]\(([^)\s#:]+)(?:#[^)]*)?\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@cache
def committed() -> tuple[Path, ...]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git repository: what is committed cannot be told")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def texts() -> dict[str, str]:
    found = {}
    for path in committed():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found[path.relative_to(ROOT).as_posix()] = data.decode(errors="replace")
    return found


def places(pattern: re.Pattern[str], suffixes: tuple[str, ...] = ("",)) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts().items()
        if name.endswith(suffixes)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "see /home/amina/site/",
        "root = '/root/project'",
        r"C:\Users\Amina",
        "cd /tmp/x",
        "(/work/a)",
    ],
)
def test_a_path_of_one_machine_is_recognised(text):
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize(
    "text", ["https://example.org/work/it", "../root/x", "HOME=/root LANG=C", "content/home/a/b"]
)
def test_an_address_or_a_relative_path_is_not_taken_for_one(text):
    assert not MACHINE_PATH.search(text)


def test_no_file_names_a_path_of_one_machine():
    found = places(MACHINE_PATH)
    assert [place for place in found if not place.startswith("tests/project/")] == []


def test_no_file_names_the_host_of_a_package_registry():
    assert places(REGISTRY) == []


def test_nothing_unfinished_is_committed():
    assert places(UNFINISHED, (".py", ".sh", ".toml", ".html", ".css", ".js")) == []


def test_no_file_has_a_merge_conflict_left_in_it():
    assert (
        places(re.compile(r"^(<{7}|>{7}) "), (".md", ".py", ".toml", ".po", ".html", ".yml")) == []
    )


def test_no_file_weighs_more_than_a_megabyte():
    heavy = {path.name: size for path in committed() if (size := path.stat().st_size) > 1_000_000}
    assert heavy == {}


def test_every_link_in_the_documentation_leads_somewhere():
    dead = [
        f"{name}: {target}"
        for name, text in texts().items()
        if name.endswith(".md") and (name.startswith("docs/") or "/" not in name)
        for target in LINK.findall(CODE.sub("", text))
        if not ((ROOT / name).parent / target).exists()
    ]
    assert dead == []
