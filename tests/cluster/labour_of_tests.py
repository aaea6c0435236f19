"""What workers are asked to do in the tests: found by its name, as everything that they do."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from pipeline.cluster import find_installed, pack, worker


def probe():
    return find_installed("libraries of the tests")


def repeat(folder, given):
    """Say what was given, with a file of the bundle."""
    return given, pack([("words/so.txt", (folder / "theme/greeting.txt").read_bytes())])


def fail(_folder, _given):
    raise OSError("No space left on device")


def end_once(_folder, marker):
    """Take the worker along the first time."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done by another", ()


def hang_once(_folder, marker):
    if not Path(marker).exists():
        Path(marker).touch()
        time.sleep(600)
    return "done by another", ()


def hang(_folder, _given):
    time.sleep(600)


def lie_once(_folder, marker):
    """Send something else than what was made, as a machine does whose memory is broken."""
    if not Path(marker).exists():
        Path(marker).touch()
        honest = worker.make_answer

        def lie(*words, **named):
            worker.make_answer = honest
            return replace(honest(*words, **named), value=b"something else")

        worker.make_answer = lie
    return "done by another", ()
