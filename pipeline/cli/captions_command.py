"""`pipeline captions`: SRT to WebVTT, and back."""

from collections.abc import Callable
from pathlib import Path

import click

from pipeline.cli.console import complain, err, say
from pipeline.cli.files import read_text, write_bytes
from pipeline.errors import EXIT_INCOMPLETE, ContentError
from pipeline.segments.captions.srt import Converted, srt_to_webvtt, webvtt_to_srt

_WAYS: dict[tuple[str, str], Callable[[str], Converted]] = {
    (".srt", ".vtt"): srt_to_webvtt,
    (".vtt", ".srt"): webvtt_to_srt,
}


@click.command("captions")
@click.argument("file", metavar="FILE")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    help="File to write; its ending, .vtt or .srt, says in which format.",
)
def command(file: str, output: str) -> int:
    """Turn captions from SRT into WebVTT, or from WebVTT into SRT.

    For a resource: pipeline captions film.srt -o film.en.vtt. For a player that knows no
    WebVTT: pipeline captions captions.so.vtt -o film.srt.

    Times and words are kept; what the other format cannot say (colours, styles, places on
    the screen) is left out, and said. A caption that cannot be read is named with its line
    and left out; then the command leaves with 11.
    """
    way = Path(file).suffix.lower(), Path(output).suffix.lower()
    if way not in _WAYS:
        raise ContentError(
            f"`{Path(file).name}` to `{Path(output).name}` is neither SRT to WebVTT nor back.",
            remedy="Name a file that ends with .srt and one that ends with .vtt.",
        )
    done = _WAYS[way](read_text(file))
    if not done.captions:
        raise ContentError(
            "There is no caption in this file that can be read.",
            remedy="Is it captions at all? Times look like 00:00:01,000 --> 00:00:03,500.",
            path=Path(file),
        )
    write_bytes(output, done.text.encode())
    for fault in done.faults:
        error = ContentError(fault.message, remedy=fault.remedy, path=Path(file), line=fault.line)
        complain(error, Path.cwd())
    for what in done.dropped:
        say(f"left out: {what}")
    err.print(f"{file} → {output}: {done.captions} captions")
    return EXIT_INCOMPLETE if done.faults else 0
