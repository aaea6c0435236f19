"""Fonts of all languages, loaded while nobody asks for anything."""

import subprocess
import sys

import pytest

from pipeline.standby import may_stand_by

pytestmark = pytest.mark.skipif(
    not may_stand_by({}), reason="only on Linux can a process be copied safely"
)
WARM = """
from pathlib import Path
from pipeline.cli.standby import warming
from pipeline.cli.standby.loading import is_alone
from pipeline.config import load_project
from pipeline.pdf import keep_engine

def tell(jobs, cache_dir):
    [data] = keep_engine(jobs, cache_dir)
    print(jobs[0].locale.tag, data[:5].decode())
    if jobs[0].locale.tag == "ar":
        raise OSError("no room left")

warming.keep_engine = tell
print(*warming.warm(load_project(Path.cwd())), is_alone())
"""
SERVE = """
from pathlib import Path
from pipeline.cli.standby.loading import Loaded
from pipeline.cli.standby.serving import Server

def warming():
    for tag in ("so", "ar"):
        print(tag)
        yield tag

cache = Path(".cache/pipeline").absolute()
cache.mkdir(parents=True, exist_ok=True)
nothing = Loaded(files={}, trees={})
Server(root=Path.cwd(), cache=cache, loaded=nothing, here={}, warming=warming(), idle=1).serve()
print("ended")
"""


def run(script: str) -> list[str]:
    # In a process of its own: whoever has set leaflets may not be copied any more.
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.usefixtures("place", "fonts")
def test_a_leaflet_is_set_in_each_language_and_may_fail():
    tags = ["so", "ar", "ckb"]
    assert run(WARM) == [*(f"{tag} %PDF-" for tag in tags), "so ar ckb True"]


@pytest.mark.usefixtures("place")
def test_the_process_that_stands_by_does_it_while_nobody_asks():
    assert run(SERVE) == ["so", "ar", "ended"]
