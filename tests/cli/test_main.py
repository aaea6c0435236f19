"""What starting a command loads: only what it needs."""

import subprocess
import sys

import pytest

from pipeline.cli.main import COMMANDS, load_command

#: Hundreds of milliseconds each, and of use to `build`, `serve` and `doctor` alone.
HEAVY = ("mkdocs", "material", "weasyprint", "fontTools", "babel.dates")

_PROGRAM = """
import sys
from pipeline.cli import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    print("CODE", left.code)
print("LOADED", *sorted(sys.modules))
"""


def loaded_by(*arguments: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments], capture_output=True, text=True, check=True
    )
    *_, code, modules = ran.stdout.splitlines()
    assert code == "CODE 0", ran.stderr
    return set(modules.split()[1:])


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "arguments", [["--help"], ["status"], ["sync"], ["segment", "content/covid-19/fever.md"]]
)
def test_a_light_command_loads_neither_the_generator_nor_the_fonts(arguments):
    assert loaded_by(*arguments).isdisjoint(HEAVY)


@pytest.mark.usefixtures("place")
def test_the_list_of_commands_loads_none_of_them():
    modules = loaded_by("--help")
    assert not {name for name in modules if name.endswith("_command")}


@pytest.mark.usefixtures("place")
def test_the_list_of_commands_says_what_each_does(pipeline):
    listed = pipeline("--help").out.partition("Commands:\n")[2]
    assert listed.startswith(
        "  new            Start a resource from a template.\n"
        "  import-source  Make a resource of a partner's document: Word, OpenDocument\n"
        "                 or HTML.\n"
        "  check          Say in plain words what to change in a resource.\n"
        "  sync           Bring every catalog up to date with its source.\n"
        "  status         Say who is missing what, and how many people they are.\n"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_called_what_the_list_calls_it(name):
    assert load_command(name).name == name


def test_a_mistyped_command_is_answered_with_the_nearest(pipeline):
    ran = pipeline("stats")
    assert ran.code == 2
    assert "No such command 'stats'" in ran.err
