"""`pipeline assemble`: a file of Markdown or captions and its catalog to the translated file."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from pipeline.catalogs import parse_catalog
from pipeline.checks import UnitChecker
from pipeline.cli.console import err, print_finding
from pipeline.cli.files import read_bytes, read_text, write_bytes
from pipeline.errors import EXIT_INCOMPLETE
from pipeline.languages import load_language
from pipeline.model import Direction, Finding, Unit, UnitKey
from pipeline.qa import Text, open_gate
from pipeline.segments import find_problem, splice, splice_captions, split, split_captions
from pipeline.timedtext import find_pace

#: Scripts that are written from the right, ISO 15924.
RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})


@click.command("assemble")
@click.argument("file", metavar="FILE")
@click.argument("po", metavar="PO")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    default="-",
    show_default="standard output",
    help="File to write; - is standard output.",
)
def command(file: str, po: str, output: str) -> int:
    """Put the translations of PO into FILE and write the translated Markdown.

    What has no translation, or a fuzzy one, stays as it is in FILE, to the byte.
    Works on any Markdown file, and on captions (WebVTT), in a project or not; - is
    Markdown from standard input.
    """
    if file == po == "-":
        raise click.UsageError("Only one of FILE and PO can be standard input.")
    text, path = read_text(file), Path("standard input" if po == "-" else po)
    catalog = parse_catalog(read_bytes(po), path)
    is_track = Path(file).suffix.lower() == ".vtt"
    segments = split_captions(text) if is_track else split(text)
    locale = dict(catalog.headers).get("Language", "")
    checker = UnitChecker(path, locale, find_problem=find_problem)
    gate = open_gate(segments, catalog, check=partial(_check, checker))
    done_text = _captions(text, gate.targets, locale) if is_track else splice(text, gate.targets)
    write_bytes(output, done_text.encode())
    for finding in gate.findings:
        print_finding(finding, Path.cwd())
    done = sum(segment.key in gate.targets for segment in segments)
    err.print(f"{done} of {len(segments)} segments translated")
    held_back = any(finding.severity != "minor" for finding in gate.findings)
    return EXIT_INCOMPLETE if held_back else 0


def _captions(text: str, targets: Mapping[UnitKey, str], locale: str) -> str:
    scripts = load_language(locale).scripts if locale else frozenset[str]()
    is_rtl = bool(scripts & RIGHT_TO_LEFT)
    return splice_captions(
        text,
        targets,
        pace=find_pace(*scripts),
        direction=Direction.RTL if is_rtl else Direction.LTR,
    )


def _check(checker: UnitChecker, texts: Sequence[tuple[Text, Unit]]) -> list[list[Finding]]:
    """Markup alone: of what language the file is, only its head says."""
    return [
        [finding for segment in text.segments for finding in checker.find(segment, unit)]
        for text, unit in texts
    ]
