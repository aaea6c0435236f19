"""Leaving a process that stands by for the next build."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from pipeline.cli.console import say
from pipeline.config import Project
from pipeline.standby import SWITCH, may_stand_by
from pipeline.website import has_foreign_parts

#: Seconds without a build after which it ends.
IDLE = 900


def leave(project: Project, tags: Sequence[str]) -> None:
    """Leave a process that makes the next build quicker, where there is none yet.

    Args:
        project: the project.
        tags: of the languages that are worked on; empty where nobody can say.
    """
    # What plugins and hooks of a project's own remember, nobody knows.
    if not may_stand_by() or has_foreign_parts(project.mkdocs_config):
        return
    from pipeline.cli.standby.locking import hold  # noqa: PLC0415  not there on Windows

    try:
        with hold(project.cache_dir) as lock:
            number = _begin(
                {
                    "root": str(project.root),
                    "tags": list(tags),
                    "lock": lock,
                    "began": time.time_ns(),
                }
            )
    except OSError:
        return  # there is one already; or the next build takes as long as this
    say(
        f"Process {number} stands by for {IDLE // 60} minutes, so that the next build is"
        f" quicker ({SWITCH}=0 for none)."
    )


def _begin(given: dict[str, Any]) -> int:
    """Begin the process, and tell it what for; its number.

    Raises:
        OSError: it cannot be begun.
    """
    # -P: whatever lies in the folder where this was typed is no module of ours.
    command = [sys.executable, "-P", "-m", "pipeline.cli.standby.serving"]
    nowhere = subprocess.DEVNULL
    # In memory: a pipe would keep this waiting until it is read.
    with os.fdopen(os.memfd_create("standby"), "w+b") as memory:
        memory.write(json.dumps(given).encode())
        memory.seek(0)
        process = subprocess.Popen(  # noqa: S603  this program
            command,
            stdin=memory,
            stdout=nowhere,
            stderr=nowhere,
            cwd="/",
            start_new_session=True,
            pass_fds=[given["lock"]],
        )
    process.returncode = 0  # it is to outlive this, and nobody waits for it
    return process.pid
