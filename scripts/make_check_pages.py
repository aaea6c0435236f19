"""Make the pages of the checks, docs/reference/checks/<id>.md: from docstrings, tests and figures.

    .venv/bin/python scripts/make_check_pages.py

A page has what the check finds, wrong and right examples, how to mend it, the question of the
checklist that it answers, what was measured (benchmarks/qa/results.json) and what its tests show.
"""

import ast
import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any

import pipeline.checks
from pipeline.config.checklist import read_checklist
from pipeline.model import Severity

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs/reference/checks"
RESULTS = ROOT / "benchmarks/qa/results.json"
#: The faults that are put into a resource; each of them must be found, or this test fails.
TEXTS = ROOT / "tests/checks/plain/test_texts.py"
_MADE = "<!-- Made by scripts/make_check_pages.py from the check itself: change it there. -->"
_WIDTH = 100
#: Which check has to find what the measurement spoils: names of benchmarks/qa/seeding.py.
SEEDED: Mapping[str, str] = {
    "digit changed": "number-mismatch",
    "number dropped": "number-mismatch",
    "tenfold": "number-mismatch",
    "range changed": "number-mismatch",
    "unit changed": "unit-mismatch",
    "phone": "contact-mismatch",
    "web address": "contact-mismatch",
    "e-mail": "contact-mismatch",
    "other segment": "misaligned",
    "shifted run": "misaligned",
    "untranslated": "untranslated",
    "cut in half": "truncated",
    "wrong language": "wrong-language",
    "negation removed": "negation-missing",
    "forbidden term": "glossary",
    "bold": "markup-mismatch",
    "link": "markup-mismatch",
    "link address": "foreign-markup",
    "placeholder": "markup-mismatch",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check as its page tells of it.

    Attributes:
        id: kebab-case.
        summary: what it finds, in a sentence.
        paragraphs: what else there is to say.
        examples: its bullets: source, wrong and right.
        remedies: what its findings tell to do.
        severities: how severe they are.
        of_translation: whether it looks at translations.
    """

    id: str
    summary: str
    paragraphs: tuple[str, ...]
    examples: tuple[str, ...]
    remedies: tuple[str, ...]
    severities: tuple[str, ...]
    of_translation: bool


def find_checks() -> dict[str, Check]:
    """Every check in pipeline.checks, by id, in alphabetical order."""
    found = {}
    for info in pkgutil.walk_packages(pipeline.checks.__path__, "pipeline.checks."):
        module = importlib.import_module(info.name)
        for name, function in vars(module).items():
            is_own = inspect.isfunction(function) and function.__module__ == info.name
            if name.startswith("check_") and is_own:
                identity = name.removeprefix("check_").replace("_", "-")
                if (function.__doc__ or "").startswith(f"{identity}: "):
                    found[identity] = read_check(identity, function)
    return dict(sorted(found.items()))


def read_check(identity: str, function: Callable[..., Any]) -> Check:
    """What a check's docstring and code say of it."""
    text = re.split(r"\n\s*(?:Args|Returns|Raises)\b", inspect.cleandoc(function.__doc__ or ""))[0]
    text = re.sub(r"``([^`\n]+)``", r"`\1`", text)
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    paragraphs = [" ".join(block.split()) for block in blocks if not block.startswith("- ")]
    bullets = [bullet for block in blocks if block.startswith("- ") for bullet in _bullets(block)]
    remedies, severities = _read_code(function)
    summary = paragraphs[0].removeprefix(f"{identity}: ")
    return Check(
        id=identity,
        summary=summary[0].upper() + summary[1:],
        paragraphs=tuple(paragraphs[1:]),
        examples=tuple(bullets),
        remedies=tuple(remedies),
        severities=tuple(severities),
        of_translation="locale" in inspect.signature(function).parameters,
    )


def _bullets(block: str) -> list[str]:
    return [" ".join(bullet.split()) for bullet in re.split(r"\n(?=- )", block)]


def _read_code(function: Callable[..., Any]) -> tuple[list[str], list[str]]:
    """The remedies and severities of a function and of those of its module that it calls."""
    module = inspect.getmodule(function)
    tree = ast.parse(inspect.getsource(module)) if module else ast.Module([], [])
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    reached, waiting = dict[str, ast.FunctionDef](), [function.__name__]
    while waiting:
        name = waiting.pop()
        if name in functions and name not in reached:
            reached[name] = functions[name]
            waiting += [n.id for n in ast.walk(functions[name]) if isinstance(n, ast.Name)]
    nodes = [node for each in reached.values() for node in ast.walk(each)]
    constants = vars(module) if module else {}
    remedies = [
        _text(node.value, constants)
        for node in nodes
        if isinstance(node, ast.keyword) and node.arg == "remedy"
    ]
    used = {
        n.attr for n in nodes if isinstance(n, ast.Attribute) and n.attr in Severity.__members__
    }
    # A severity may stand in a table of the module.
    tables = {n.id for n in nodes if isinstance(n, ast.Name)} & constants.keys()
    used |= {s.name for name in tables for s in _severities(constants[name])}
    severities = [str(each) for each in Severity if each.name in used]
    return [text for text in dict.fromkeys(remedies) if text], severities


def _severities(value: object) -> Iterator[Severity]:
    if isinstance(value, Severity):
        yield value
    elif isinstance(value, Mapping):
        yield from (each for each in value.values() if isinstance(each, Severity))


def _text(node: ast.expr, constants: Mapping[str, Any]) -> str:
    """A remedy as it stands in the code; what is filled in is left out."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name):
        value = constants.get(node.id)
        return value if isinstance(value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _text(v, constants) if isinstance(v, ast.Constant) else "…" for v in node.values
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return re.sub(r"\{\w*\}", "…", _text(node.func.value, constants))
    return ""


# --- what the tests show ---------------------------------------------------------------


@cache
def _tests() -> dict[Path, tuple[str, tuple[tuple[str, str], ...]]]:
    """Of each file of tests of checks its text, and its tests with their text."""
    found = {}
    for path in sorted((ROOT / "tests/checks").rglob("test_*.py")):
        text = path.read_text("utf-8")
        functions = [
            (node.name, ast.get_source_segment(text, node) or "")
            for node in ast.parse(text).body
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        found[path] = text, tuple(functions)
    return found


def find_tests(check: str) -> list[tuple[str, Path]]:
    """What the tests of a check show, and where they are."""
    words = (f"check_{check.replace('-', '_')}", f'"{check}"')
    return [
        (name.removeprefix("test_").replace("_", " "), path)
        for path, (_, functions) in _tests().items()
        for name, text in functions
        if any(word in text for word in words)
    ]


# --- what was measured -----------------------------------------------------------------


def read_results(path: Path = RESULTS) -> Mapping[str, Any]:
    """The figures of `make bench-qa`, by language; nothing where there are none."""
    if not path.exists():
        return {}
    languages: Mapping[str, Any] = json.loads(path.read_text("utf-8"))["languages"]
    return languages


_OF_SOURCES = (
    "- Of {seeded} faults put into a resource, all are found (tests/checks/plain/test_texts.py).\n"
    "- False alarms on 18 texts looked at by hand, the 12 that ship and 6 written for it: none."
)


def count_seeded(check: str) -> int:
    """How many faults are put into a resource for a check to find; 0 for those of translations."""
    lists = (
        node.value
        for node in ast.parse(TEXTS.read_text("utf-8")).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List)
    )
    faults = (entry for each in lists for entry in each.elts if isinstance(entry, ast.Tuple))
    wanted = (entry.elts[-1] for entry in faults)
    return sum(isinstance(last, ast.Constant) and last.value == check for last in wanted)


def describe_measured(check: str, languages: Mapping[str, Any]) -> list[str]:
    """Recall and false alarms of a check, in sentences."""
    if seeded := count_seeded(check):
        return [_OF_SOURCES.format(seeded=seeded)]
    if not languages:
        return ["Not measured yet."]
    lines = []
    for category in (name for name, wanted in SEEDED.items() if wanted == check):
        pairs = [each["recall"].get(category, (0, 0)) for each in languages.values()]
        found, of = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        if of:
            told = f"{found / of:.1%} of {of:,} mistakes put in were found"
            lines.append(f"- {category}: {told} (by whichever check).")
    segments = sum(each["segments"] for each in languages.values())
    alarms = sum(each["alarms_by_check"].get(check, 0) for each in languages.values())
    share = alarms / segments if segments else 0
    lines.append(
        f"- False alarms above advice: {share:.2%} of {segments:,} segments of professional "
        f"translations in {len(languages)} languages."
    )
    return lines


# --- the pages -------------------------------------------------------------------------


def render_page(check: Check, languages: Mapping[str, Any]) -> str:
    """The page of a check, in Markdown."""
    parts = [f"# {check.id}", _MADE, check.summary, *map(_filled, check.paragraphs)]
    parts.append(_place(check))
    if check.examples:
        parts += ["## Examples", "\n".join(check.examples)]
    parts += ["## How to mend it", *(["\n".join(f"- {each}" for each in check.remedies)]
              if check.remedies else ["The finding says it."])]  # fmt: skip
    parts += ["## Measured", "\n".join(describe_measured(check.id, languages))]
    if tests := find_tests(check.id):
        lines = [f"- {name[0].upper()}{name[1:]} ({_link(path)})" for name, path in tests]
        parts += ["## What its tests show", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _place(check: Check) -> str:
    item = read_checklist().find(check.id)
    severity = f"Severity: {' or '.join(check.severities) or 'as the finding says'}."
    if item is None:
        return severity
    question = f"a question of [the checklist](../qa.md), `{item.id}`: {item.question}"
    return _filled(f"{severity} It answers {question}")


def _link(path: Path) -> str:
    return f"[{path.stem.removeprefix('test_')}](../../../{path.relative_to(ROOT).as_posix()})"


def _filled(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def render_index(checks: Iterable[Check]) -> str:
    """The list of all checks."""
    rows = [
        f"| [{check.id}]({check.id}.md) | {', '.join(check.severities) or '–'} | {check.summary} |"
        for check in checks
    ]
    return "\n".join(
        ["# All checks", "", _MADE, "", "| check | severity | what it finds |", "|---|---|---|",
         *rows, ""]
    )  # fmt: skip


def render_all() -> dict[Path, str]:
    """Every page by its path."""
    checks, languages = find_checks(), read_results()
    pages = {PAGES / f"{check.id}.md": render_page(check, languages) for check in checks.values()}
    return pages | {PAGES / "README.md": render_index(checks.values())}


def main() -> int:
    """Write the pages, and take away those of checks that are no more."""
    pages = render_all()
    PAGES.mkdir(parents=True, exist_ok=True)
    for path in PAGES.glob("*.md"):
        if path not in pages:
            path.unlink()
    for path, text in pages.items():
        path.write_text(text, "utf-8")
    print(f"{len(pages)} pages in {PAGES.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
