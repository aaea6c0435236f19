"""Work shared among processes, and what is left of them when the program is killed."""

import os
import signal
import subprocess
import sys
import time

import pytest

from pipeline.cli.workers import run_each
from pipeline.errors import MachineError

PROGRAM = """
import time
from pipeline.cli.workers import run_each

if __name__ == "__main__":
    for _, _ in run_each(time.sleep, [0.01, 0.01, 600, 600], workers=2):
        print("one is done", flush=True)
"""


def test_results_come_with_their_jobs():
    assert dict(run_each(abs, [-1, -2, 3], workers=2)) == {-1: 1, -2: 2, 3: 3}


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_program_leaves_no_process_behind(tmp_path, end):
    script = tmp_path / "program.py"
    script.write_text(PROGRAM, "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"one is done\n"
        began = time.monotonic()
        program.send_signal(end)
        # The end of its output: no process that could still write there is left.
        program.communicate(timeout=30)
    assert time.monotonic() - began < 30


def test_a_process_that_is_ended_from_outside_is_told():
    with pytest.raises(MachineError, match="ended from outside"):
        dict(run_each(os._exit, [3, 3], workers=2))
