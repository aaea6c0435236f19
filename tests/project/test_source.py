"""The package itself: said what it is for, in pieces small enough to read."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))
#: Open to every stage; should they import one, that stage's contract is broken.
OPEN_TO_ALL = {
    "errors",
    "model",
    "workflow",
    "files",
    "slots",
    "processes",
    "bidi",
    "brackets",
    "phones",
    "quotes",
    "foreignxml",
    "formulas",
    "foreignzip",
    "onepage",
    "timedtext",
    "media",
    "raster",
    "standby",
    "entry",  # the program's beginning: nothing imports it
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def function_lengths() -> dict[str, int]:
    """Lines of every function of the package, decorators and docstring included."""
    return {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_function_is_longer_than_80_lines():
    assert {name: n for name, n in function_lengths().items() if n > 80} == {}


def test_nineteen_functions_in_twenty_have_at_most_45_lines():
    lengths = sorted(function_lengths().values())
    assert lengths[len(lengths) * 95 // 100] <= 45


def test_every_stage_has_a_layer_contract():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {
        module.removeprefix("pipeline.")
        for contract in settings["tool"]["importlinter"]["contracts"]
        for module in contract.get("protected_modules", ())
        if module.startswith("pipeline.")
    }
    stages = {
        path.stem for path in (ROOT / "pipeline").iterdir() if path.suffix == ".py" or path.is_dir()
    } - {"__init__", "__pycache__", "py"}
    assert stages - OPEN_TO_ALL == contracts


def imported_packages() -> set[str]:
    """Top-level names of what the package imports from elsewhere."""
    names: set[str] = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"pipeline"}


def test_what_is_imported_is_a_dependency_of_ours_and_not_by_chance_of_somebody_else():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["mt"], *extras["cluster"]]
    declared = {re.match(r"[\w.-]+", each).group().lower() for each in wanted}
    distributions = packages_distributions()
    undeclared = {
        name
        for name in imported_packages()
        if not {each.lower().replace("_", "-") for each in distributions.get(name, ())} & declared
    }
    assert undeclared == set()


#: Python before 3.11.5 lets a possessive group match too little, and Debian 12 has 3.11.2
#: (https://github.com/python/cpython/issues/106052). `(?>(...)*)` means the same and works.
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


@pytest.mark.parametrize("pattern", ["(?:a|b)*+", "x(a)++y", "(?:ab)?+", "(ab){2,3}+"])
def test_a_pattern_that_old_pythons_get_wrong_is_recognised(pattern):
    assert POSSESSIVE_GROUP.search(pattern)


@pytest.mark.parametrize("pattern", ["(?>(?:a|b)*)", "[ab]*+", r"\)++", "(a+)"])
def test_a_pattern_that_they_get_right_is_not_taken_for_one(pattern):
    assert not POSSESSIVE_GROUP.search(pattern)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_pattern_means_something_else_on_debian_12(path):
    strings = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [text for text in strings if POSSESSIVE_GROUP.search(text)] == []
