"""`pipeline segment`: files of Markdown or captions to templates for translators."""

from pathlib import Path

import click

from pipeline.catalogs import render_catalog, template
from pipeline.cli.console import err, say
from pipeline.cli.files import read_text, write_bytes
from pipeline.errors import ContentError
from pipeline.segments import Report, Scan, read_track, scan, split_captions


@click.command("segment")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    default="-",
    show_default="standard output",
    help="Folder for the templates, DIR/<name>.pot; - is standard output.",
)
def command(files: tuple[str, ...], folder: str) -> None:
    """Write what is to be translated in FILE as a PO template (POT).

    Works on any Markdown file, and on captions (WebVTT), in a project or not; - is
    Markdown from standard input.
    """
    if folder == "-" and len(files) > 1:
        raise click.UsageError("Several files need a folder: add -o DIR.")
    _refuse_same_names(files, folder)
    for name in files:
        found = _scan(name)
        shown = "standard input" if name == "-" else name
        data = render_catalog(template(found.segments, reference=_reference(name)))
        for report in found.reports:
            say(f"{shown}:{report.line}: kept as it is: {report.message}")
        target = "-" if folder == "-" else str(Path(folder) / f"{_stem(name)}.pot")
        write_bytes(target, data)
        if target != "-":
            err.print(f"{shown} → {target}: {len(found.segments)} segments")


def _scan(name: str) -> Scan:
    text = read_text(name)
    if Path(name).suffix.lower() != ".vtt":
        return scan(text)
    faults = (
        Report(line=fault.line, text="", message=fault.message) for fault in read_track(text).faults
    )
    return Scan(segments=split_captions(text), reports=tuple(faults), body_start=0)


def _stem(name: str) -> str:
    return "standard-input" if name == "-" else Path(name).stem


def _reference(name: str) -> str:
    return "standard-input" if name == "-" else Path(name).as_posix()


def _refuse_same_names(files: tuple[str, ...], folder: str) -> None:
    seen: dict[str, str] = {}
    for name in files:
        stem = _stem(name)
        if folder != "-" and stem in seen:
            raise ContentError(
                f"{seen[stem]} and {name} would both be written to {stem}.pot.",
                remedy="Segment them one by one, into folders of their own.",
            )
        seen[stem] = name
