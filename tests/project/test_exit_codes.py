"""Exit codes are promises to scripts: one meaning each, all documented."""

import re
from pathlib import Path

from pipeline import errors
from pipeline.errors import PipelineError

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")


def codes() -> dict[str, int]:
    """Every exit code of the package by the name that it has there."""
    classes = {kind.__name__: kind.exit_code for kind in (PipelineError, *_below(PipelineError))}
    constants = {name: value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    return classes | constants


def _below(kind: type[PipelineError]) -> list[type[PipelineError]]:
    return [c for child in kind.__subclasses__() for c in (child, *_below(child))]


def documented() -> dict[str, int]:
    rows = re.findall(r"^\| (\d+) \| `(\w+)`", PAGE, re.MULTILINE)
    return {name: int(code) for code, name in rows}


def test_no_two_mistakes_share_an_exit_code():
    assert len(set(codes().values())) == len(codes())


def test_every_exit_code_is_documented_and_no_other():
    assert documented() == codes()
