"""`pipeline assemble`: one Markdown file and its catalog to the translated Markdown."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from pipeline.catalogs import parse_catalog
from pipeline.checks import UnitChecker
from pipeline.cli.console import err, print_finding
from pipeline.cli.files import read_bytes, read_text, write_bytes
from pipeline.errors import EXIT_INCOMPLETE
from pipeline.model import Finding, Unit
from pipeline.qa import Text, open_gate
from pipeline.segments import find_problem, splice, split


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
    Works on any Markdown file, in a project or not; - is standard input.
    """
    if file == po == "-":
        raise click.UsageError("Only one of FILE and PO can be standard input.")
    text, path = read_text(file), Path("standard input" if po == "-" else po)
    catalog = parse_catalog(read_bytes(po), path)
    segments = split(text)
    locale = dict(catalog.headers).get("Language", "")
    checker = UnitChecker(path, locale, find_problem=find_problem)
    gate = open_gate(segments, catalog, check=partial(_check, checker))
    write_bytes(output, splice(text, gate.targets).encode())
    for finding in gate.findings:
        print_finding(finding, Path.cwd())
    done = sum(segment.key in gate.targets for segment in segments)
    err.print(f"{done} of {len(segments)} segments translated")
    held_back = any(finding.severity != "minor" for finding in gate.findings)
    return EXIT_INCOMPLETE if held_back else 0


def _check(checker: UnitChecker, texts: Sequence[tuple[Text, Unit]]) -> list[list[Finding]]:
    """Markup alone: of what language the file is, only its head says."""
    return [
        [finding for segment in text.segments for finding in checker.find(segment, unit)]
        for text, unit in texts
    ]
