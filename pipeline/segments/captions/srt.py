"""SRT ⇄ WebVTT. SRT has no specification: what SubRip writes and players read.

What one format cannot say is left out and reported, never guessed: colours and fonts of SRT,
styles, regions and comments of WebVTT. Times and words are always kept.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.segments.captions.webvtt import Block, BlockKind, read_webvtt
from pipeline.timedtext import TAG, Fault

_LINE = re.compile(r"\r\n|\r|\n")
_TIME = r"(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(.*)")
_KEPT = re.compile(r"</?[biu]>", re.IGNORECASE)
_ALIGNED = re.compile(r"\{\\an?(\d{1,2})\}")
#: Where SRT's {\an8} puts a caption: the rows of a keypad, the upper third at the top.
_TOP = frozenset({"7", "8", "9"})
_ANGLE = re.compile(r"<(?=/?[a-z])[^<>]*>|<|>", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]*)>")
_AT_TOP = re.compile(r"(?:\A|\s)line:[0-3]?[0-9]?%?(?=\s|,|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A file of captions in another format.

    Attributes:
        text: its whole text.
        captions: how many it has.
        faults: what could not be read; such a caption is not in the text.
        dropped: what the other format cannot say, each once, in words.
    """

    text: str
    captions: int
    faults: tuple[Fault, ...]
    dropped: tuple[str, ...]


def srt_to_webvtt(text: str) -> Converted:
    """Turn SRT into WebVTT.

    Args:
        text: the whole text of the file.
    """
    faults, dropped, cues = list[Fault](), dict[str, None](), list[str]()
    for number, lines in _blocks(text.removeprefix("\ufeff")):
        at = next((n for n, line in enumerate(lines[:2]) if "-->" in line), None)
        found = _TIMING.match(lines[at]) if at is not None else None
        if at is None or found is None:
            wrong = "These times cannot be read" if at is not None else "These lines have no times"
            faults.append(
                Fault(
                    line=number + (at or 0),
                    message=f"{wrong}: “{lines[at or 0].strip()[:60]}”.",
                    remedy="Write them as 00:00:01,000 --> 00:00:03,500 above the text.",
                )
            )
            continue
        body = "\n".join(lines[at + 1 :])
        if where := found[9].strip():
            dropped[f"a place in pixels ({where})"] = None
        settings = " line:0" if any(a in _TOP for a in _ALIGNED.findall(body)) else ""
        times = f"{_vtt_time(found, 1)} --> {_vtt_time(found, 5)}{settings}"
        cues.append(f"{times}\n{_to_vtt(body, dropped)}\n")
    return Converted(
        text="\n".join(["WEBVTT\n", *cues]),
        captions=len(cues),
        faults=tuple(faults),
        dropped=tuple(dropped),
    )


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines between empty ones, with the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*_LINE.split(text), ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _vtt_time(found: re.Match[str], group: int) -> str:
    hours, minutes, seconds = (int(found[group + n]) for n in range(3))
    minutes, seconds = minutes + seconds // 60, seconds % 60
    hours, minutes = hours + minutes // 60, minutes % 60
    return f"{hours:02}:{minutes:02}:{seconds:02}.{found[group + 3].ljust(3, '0')}"


def _to_vtt(body: str, dropped: dict[str, None]) -> str:
    body = _ALIGNED.sub("", body).replace("&", "&amp;").replace("-->", "--&gt;")

    def angle(found: re.Match[str]) -> str:
        tag = found[0]
        if _KEPT.fullmatch(tag):
            return tag.lower()
        if len(tag) > 1:
            dropped[f"the tag {tag}"] = None
            return ""
        return "&lt;" if tag == "<" else "&gt;"

    return _ANGLE.sub(angle, body)


def webvtt_to_srt(text: str) -> Converted:
    """Turn WebVTT into SRT: what a speaker is called goes before what is said.

    Args:
        text: the whole text of the file.
    """
    found = read_webvtt(text)
    dropped: dict[str, None] = {}
    cues: list[str] = []
    for block in found.blocks:
        if block.kind is not BlockKind.CUE:
            dropped[f"a block of the kind {block.kind}"] = None
        elif body := _to_srt(text[block.start : block.end], dropped):
            cues.append(f"{len(cues) + 1}\n{_srt_times(block, dropped)}{body}\n")
    return Converted(
        text="\n".join(cues),
        captions=len(cues),
        faults=tuple(found.faults),
        dropped=tuple(dropped),
    )


def _srt_times(block: Block, dropped: dict[str, None]) -> str:
    top = "{\\an8}" if _AT_TOP.search(block.settings) else ""
    if block.settings and not top:
        dropped[f"a place on the screen ({block.settings})"] = None
    return f"{_srt_time(block.begins)} --> {_srt_time(block.ends)}\n{top}"


def _srt_time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{rest:03}"


def _to_srt(body: str, dropped: dict[str, None]) -> str:
    body = _VOICE.sub(lambda voice: f"{voice[1].strip()}: ", body)

    def tag(found: re.Match[str]) -> str:
        if _KEPT.fullmatch(found[0]):
            return found[0]
        if not found[0].startswith("</"):
            dropped[f"the tag {found[0]}"] = None
        return ""

    lines = (line.strip() for line in _LINE.split(html.unescape(TAG.sub(tag, body))))
    return "\n".join(line for line in lines if line)
