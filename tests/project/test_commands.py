"""Every command explains itself and stands in the reference."""

import re
from pathlib import Path

import click
import pytest

from pipeline.cli.main import COMMANDS, load_command

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")


def options() -> list[tuple[str, click.Parameter]]:
    return [
        (f"{name} {parameter.opts[0]}", parameter)
        for name in sorted(COMMANDS)
        for parameter in load_command(name).params
    ]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(name):
    text = load_command(name).help
    assert text
    assert text.split("\n")[0].endswith(".")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name):
    assert re.search(rf"^\| `pipeline {name}\b", REFERENCE, re.MULTILINE)


@pytest.mark.parametrize("parameter", [pytest.param(option, id=name) for name, option in options()])
def test_every_option_has_help(parameter):
    if isinstance(parameter, click.Option):
        assert parameter.help


def test_the_reference_names_no_command_that_does_not_exist():
    documented = set(re.findall(r"`pipeline ([a-z][a-z-]*)", REFERENCE))
    assert documented <= set(COMMANDS)
