"""Acronyms: letters that stand for a name, and where a text says for which."""

import re
from collections.abc import Iterator

from pipeline.checks.plain.page import Page
from pipeline.checks.plain.prose import Block
from pipeline.checks.plain.wordlists import load_words
from pipeline.model import Finding, SegmentKind, Severity

_LETTERS = re.compile(r"(?<![\w&./@-])(?:[^\W\d_]{2,}|[^\W\d_]&[^\W\d_])s?(?![\w&@/-])(?!\.\w)")
_ABBREVIATION = re.compile(r"^[ \t]*\*\[([^\]\n]+)\]:", re.MULTILINE)
_BRACKETED = re.compile(r"\(([^()]{2,80})\)")
_EVERYWHERE = -1


def check_unexplained_acronym(page: Page) -> tuple[Finding, ...]:
    """unexplained-acronym: letters that stand for a name, and no word says for which.

    Advice. Explained are letters in brackets after their name, letters with their meaning in
    brackets (both where the letters first stand, headings left aside), and those with a line
    ``*[BMI]: body mass index``, which the page shows wherever they stand. Known to everybody are
    NHS, GP, COVID-19 and the others in ``words/english.toml``. Any language with capital letters.

    - Standard: NHS content style guide (abbreviations and acronyms),
      https://service-manual.nhs.uk/content/formatting; WCAG 2.2, 3.1.4,
      https://www.w3.org/TR/WCAG22/#abbreviations
    - Wrong: ``Ask PALS about your BMI.``
    - Right: ``Ask PALS (the Patient Advice and Liaison Service) about your body mass index (BMI).``
    - Wrong: ``Спросите в МФЦ.``, and nothing says what МФЦ is
    - Right: ``Спросите в многофункциональном центре (МФЦ).``

    Args:
        page: the resource.

    Returns:
        One finding for each acronym, where it first stands.
    """
    explained = find_explained(page)
    findings: dict[str, Finding] = {}
    for number, block in enumerate(page.blocks):
        if block.kind is SegmentKind.ABBREVIATION or block.text.isupper():
            continue
        for name in _find_acronyms(block.text):
            place = explained.get(name)
            # A heading has no room for an explanation: it may follow.
            is_said = place is not None and (place <= number or block.is_label)
            if not is_said and name not in load_words("acronyms"):
                findings.setdefault(
                    name, _unexplained(page, block, name, is_late=place is not None)
                )
    return tuple(findings.values())


def _unexplained(page: Page, block: Block, name: str, *, is_late: bool) -> Finding:
    what = "is explained only later" if is_late else "is explained nowhere"
    return page.finding(
        "unexplained-acronym",
        Severity.MINOR,
        page.line_of(block, name),
        message=f"“{name}” {what}.",
        remedy=(
            f"Write the name in full and “({name})” after it where it first stands, "
            f"or add a line `*[{name}]: …` at the end."
        ),
    )


def _find_acronyms(text: str) -> Iterator[str]:
    """Words of capital letters alone, without an English plural's ``s``."""
    for found in _LETTERS.finditer(text):
        name = found[0].removesuffix("s")
        letters = name.replace("&", "")
        # Scripts without capital letters have none: their letters are neither.
        if len(letters) > 1 and letters.isupper():
            yield name


def find_explained(page: Page) -> dict[str, int]:
    """Acronyms that a resource explains, with the number of the block that does it first.

    Args:
        page: the resource. ``*[X]:`` explains X everywhere (-1), as does a list of terms;
            ``Name (X)`` and ``X (name)`` do from where they stand.
    """
    found = dict.fromkeys(_ABBREVIATION.findall(page.text), _EVERYWHERE)
    for number, block in enumerate(page.blocks):
        if block.kind is SegmentKind.TERM:
            found.update(dict.fromkeys(block.text.split(), _EVERYWHERE))
        for name in _bracketed(block.text):
            found.setdefault(name, number)
    return found


def _bracketed(text: str) -> Iterator[str]:
    for inside in _BRACKETED.finditer(text):
        words = inside[1].split()
        before = text[: inside.start()].rstrip('"”’ ').split()
        if before:
            yield from (word.strip(',;."“”').removesuffix("s") for word in words[:2])
        if before and (len(words) > 1 or not words[0].isupper()):
            yield before[-1].lstrip('("“‘').removesuffix("s")
