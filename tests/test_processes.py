"""Work in a process of its own comes to the same as work in this one."""

import os
import signal
import subprocess
import sys

import pytest

from pipeline import processes
from pipeline.processes import deaf_children, in_background

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux only")


@ON_LINUX
def test_work_is_done_elsewhere(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    result = in_background(lambda: ("مرحبا", os.getpid()))
    greeting, where = result()
    assert greeting == "مرحبا"
    assert where != os.getpid()


def test_with_one_processor_it_is_done_here(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert in_background(os.getpid)() == os.getpid()


def test_without_fork_it_is_done_here(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert in_background(os.getpid)() == os.getpid()


def fails():
    raise ValueError("page 7")


def is_killed_elsewhere():
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def sleeps_elsewhere():
    if os.getpid() != HERE:
        signal.pause()
    return os.getpid()


HERE = os.getpid()


@ON_LINUX
def test_what_fails_fails_here(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    with pytest.raises(ValueError, match="page 7"):
        in_background(fails)()


@ON_LINUX
def test_what_is_killed_is_done_here(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert in_background(is_killed_elsewhere)() == HERE


@ON_LINUX
def test_what_never_comes_is_done_here(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(processes, "_PATIENCE", 0.2)
    assert in_background(sleeps_elsewhere)() == HERE


LEFT_ALONE = """
import os, signal
from pipeline.processes import in_background
os.sched_getaffinity = lambda _: {0, 1}
in_background(lambda: (print(os.getpid(), flush=True), signal.pause()))
signal.pause()
"""


@ON_LINUX
def test_it_ends_when_who_waits_for_it_is_killed():
    with subprocess.Popen([sys.executable, "-c", LEFT_ALONE], stdout=subprocess.PIPE) as parent:
        assert parent.stdout.readline()
        parent.kill()
        # The output ends when nobody is left who could write to it.
        assert parent.communicate(timeout=20) == (b"", None)


@ON_LINUX
def test_an_interruption_while_children_are_started_is_heard_after_it():
    started = []

    def start():
        with deaf_children():
            signal.raise_signal(signal.SIGINT)  # to this thread: another would be heard at once
            started.append("all of them")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert started == ["all of them"]


@ON_LINUX
def test_children_that_are_started_so_are_deaf():
    with deaf_children():
        child = subprocess.Popen(["sleep", "30"])
    child.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(timeout=0.3)
    child.kill()
    child.wait()
