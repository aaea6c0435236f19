"""The process that stands by: what it does is what any build does, and it does nothing else."""

import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.entry import run_elsewhere
from pipeline.standby import connect, may_stand_by, send

pytestmark = pytest.mark.skipif(
    not may_stand_by({}), reason="only on Linux can a process be copied safely"
)
COMMAND = [sys.executable, "-c", "from pipeline.entry import main; main()", "build", "--no-pdf"]


def wait_for(is_so: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_there(root: Path) -> bool:
    found = connect(str(root / ".cache/pipeline"))
    if found:
        found.close()
    return found is not None


def children(number: int) -> list[str]:
    return Path(f"/proc/{number}/task/{number}/children").read_text().split()


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def number(place, pipeline, monkeypatch) -> Iterator[int]:
    """The number of a process that stands by for a project that has been built."""
    monkeypatch.setenv("PIPELINE_STANDBY", "1")
    said = pipeline("build", "--no-pdf").err
    found = re.search(r"Process (\d+) stands by for 15 minutes", said)
    assert found, said
    wait_for(lambda: is_there(place.root))
    number = int(found[1])
    yield number
    if Path(f"/proc/{number}").exists():
        os.kill(number, signal.SIGTERM)


def test_it_builds_what_any_build_does(place, pipeline, number, capfdbinary, monkeypatch):
    text = place.resource.read_text("utf-8")
    place.resource.write_text(text.replace("for 5 days", "for 6 days"), "utf-8")
    assert run_elsewhere(["build", "--no-pdf"]) == 0
    said = capfdbinary.readouterr()
    assert b"4 languages (4 made anew), 1 pages, 3 " in said.out
    assert b"stands by" not in said.err  # there is one
    assert children(number) == []
    by_copy = tree(place.root / "site")
    assert b"Stay at home for 6 days." in by_copy["en/covid-19/fever/index.html"]
    for name in ("site", ".cache/pipeline/builds.sqlite", ".cache/pipeline/built"):
        path = place.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    pipeline("build", "--no-pdf", "--no-standby")
    assert tree(place.root / "site") == by_copy

    # Mistakes are told where they are made, from another folder too.
    monkeypatch.chdir(place.root.parent)
    assert run_elsewhere(["--project", str(place.root), "build", "--locale", "xx"]) == 3
    assert b"xx" in capfdbinary.readouterr().err

    # What a program reads when it starts is not changed later: then it is done elsewhere.
    monkeypatch.chdir(place.root)
    with monkeypatch.context() as other:
        other.setenv("LANG", "so_SO.UTF-8")
        assert run_elsewhere(["build", "--no-pdf"]) is None
    with monkeypatch.context() as other:
        other.setenv("TMPDIR", str(place.root.parent))
        assert run_elsewhere(["build", "--no-pdf"]) is None
    # Nor is it another project's, though both have one cache.
    (neighbour := place.root.parent / "neighbour").mkdir()
    shutil.copy(place.root / "pipeline.toml", neighbour)
    (neighbour / ".cache").symlink_to(place.root / ".cache")
    assert run_elsewhere(["--project", str(neighbour), "build"]) is None
    # Without an output it is done elsewhere.
    kept = os.dup(2)
    os.close(2)
    assert run_elsewhere(["build", "--no-pdf"]) is None
    os.dup2(kept, 2)
    os.close(kept)
    # So is what it has in its memory and is another on the disk.
    assert is_there(place.root)
    fonts = place.root / "theme/fonts"
    fonts.mkdir(exist_ok=True)
    (fonts / "Own.ttf").write_bytes(b"a font")
    assert run_elsewhere(["build", "--no-pdf"]) is None


def test_nothing_is_run_or_emptied_that_lies_in_the_project(place, pipeline, monkeypatch):
    notes = place.root / "notes.txt"
    notes.write_text("Biyo badan cab.")
    cache = place.root / ".cache/pipeline"
    cache.mkdir(parents=True)
    (cache / "standby.lock").symlink_to(notes)
    (place.root / "json.py").write_text(f"open({str(place.root / 'ran')!r}, 'w')\n")
    monkeypatch.setenv("PIPELINE_STANDBY", "1")
    # The lock is no file of its own: none stands by, and nothing else is said.
    assert "stands by" not in pipeline("build", "--no-pdf").err
    assert notes.read_text() == "Biyo badan cab."

    (cache / "standby.lock").unlink()
    found = re.search(r"Process (\d+) stands by", pipeline("build", "--no-pdf").err)
    assert found
    # One is enough, also while it still loads.
    assert "stands by" not in pipeline("build", "--no-pdf").err
    wait_for(lambda: is_there(place.root))
    assert not (place.root / "ran").exists()

    # What is handed to it is not kept: whoever reads it waits for its end.
    ours, theirs = os.pipe()
    os.kill(int(found[1]), signal.SIGSTOP)
    other = connect(str(cache))
    assert other
    send(other, {}, [theirs] * 3)
    other.close()
    os.close(theirs)
    os.kill(int(found[1]), signal.SIGCONT)
    assert select.select([ours], [], [], 60)[0]
    assert os.read(ours, 1) == b""
    os.close(ours)

    # Of no use any more: nobody finds it.
    (cache / "standby.sock").unlink()
    wait_for(lambda: not Path(f"/proc/{found[1]}/exe").exists())


def begin() -> subprocess.Popen[str]:
    """A build that waits for another to end."""
    process = subprocess.Popen(COMMAND, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    assert process.stderr.readline().startswith("Another build of this project is running")
    return process


@contextmanager
def terminal() -> Iterator[tuple[Callable[[str], object], Callable[[], str]]]:
    """A shell with a terminal of its own: what types there, and what gives all that it shows."""
    ours, theirs = os.openpty()
    command = ["setsid", "--ctty", "bash", "--norc", "--noprofile", "-i"]
    shell = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = bytearray()

    def read() -> str:
        while select.select([ours], [], [], 0)[0]:
            shown.extend(os.read(ours, 4096))
        return shown.decode("utf-8")

    yield (lambda keys: os.write(ours, keys.encode())), read
    os.close(ours)
    shell.wait()


def states(*numbers: str) -> list[str]:
    texts = (Path(f"/proc/{number}/stat").read_text() for number in numbers)
    return [text.rpartition(")")[2].split()[0] for text in texts]


def stop_it_by_stopping_to_wait(number: int) -> None:
    with begin() as process:
        process.send_signal(signal.SIGINT)
        assert process.stderr
        assert "Stopped. What was published before is untouched" in process.stderr.read()
    assert process.returncode == 130
    assert children(number) == []

    # What hears no Ctrl-C, as a script's command in the background, goes on.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = begin()
    signal.signal(signal.SIGINT, before)
    with process:
        process.send_signal(signal.SIGINT)
        (copy,) = children(number)
        os.kill(int(copy), signal.SIGINT)
        time.sleep(0.2)
        assert children(number) == [copy]
        process.kill()
    wait_for(lambda: children(number) == [])


def pause_and_end_it_in_a_terminal(number: int) -> None:
    def begun() -> str:
        type_in(f"{shlex.join(COMMAND)}; echo ended with $?\n")
        wait_for(lambda: children(number))
        (copy,) = children(number)
        wait_for(lambda: read().count("Another build of this project is running") > len(copies))
        copies.append(copy)
        return copy

    copies: list[str] = []
    with terminal() as (type_in, read):
        # Ctrl-Z, fg, Ctrl-C
        copy = begun()
        type_in("\x1a")
        wait_for(lambda: "ended with 148" in read())
        wait_for(lambda: states(copy) == ["T"])
        type_in("fg\n")
        wait_for(lambda: states(copy) == ["S"])
        type_in("\x03")
        wait_for(lambda: "Stopped. What was published before is untouched" in read())
        wait_for(lambda: children(number) == [])

        # Ctrl-\ ends it at once, and without a word.
        begun()
        type_in("\x1c")
        wait_for(lambda: "ended with 131" in read())
        assert children(number) == []

        # It is paused while its terminal is closed.
        copy = begun()
        type_in("\x1a")
        wait_for(lambda: states(copy) == ["T"])
    wait_for(lambda: children(number) == [])


def end_who_stands_by(number: int) -> None:
    # Who stands by is ended while a build runs: that is done anew, as if nobody had.
    with begin() as process:
        os.kill(number, signal.SIGKILL)
        assert process.stderr
        assert process.stderr.readline() == "\n"
        assert process.stderr.readline().startswith("Stopped. What was published before is")
        assert [process.stderr.readline() for _ in range(2)] == [
            "The process that stood by was ended from outside. The build begins anew.\n",
            "Another build of this project is running; waiting for it to end.\n",
        ]
        process.send_signal(signal.SIGINT)
        process.stderr.read()
    assert process.returncode == 130


def test_who_waits_for_a_build_does_with_it_as_with_any_program(place, number):
    with FileLock(place.root / ".cache/pipeline/build.lock"):
        stop_it_by_stopping_to_wait(number)
        pause_and_end_it_in_a_terminal(number)
        end_who_stands_by(number)
