"""Make the sample video: how to wash your hands, in plain shapes, a film of half a minute.

    .venv/bin/python scripts/make_sample_video.py [FILE.webm]

Needs ffmpeg (Debian: apt install ffmpeg). Each frame is drawn here, from the times alone; ffmpeg
makes VP9 of them, on one processor and without the date, so that the same ffmpeg makes the same
bytes. The film has no sound: its captions, content/covid-19/wash-your-hands.en.vtt, are its words,
and its scenes keep their times.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from math import cos, pi, sin
from pathlib import Path

import manimgx_fonts
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
FILM = ROOT / "content/covid-19/wash-your-hands.webm"
WIDTH, HEIGHT, RATE, SECONDS = 640, 360, 10, 37
SKY, SKIN, SHADE, SOAP, WATER, INK, CLOTH = (
    "#eef4f8",
    "#b07a55",
    "#8a5a3b",
    "#ffffff",
    "#5aa7d6",
    "#27445f",
    "#f2c46d",
)
FONT = Path(manimgx_fonts.__file__).with_name("NotoSans[wght].ttf")
Draw = ImageDraw.ImageDraw


def hand(
    draw: Draw, x: float, y: float, *, up: bool = True, left: bool = False, colour: str = SKIN
) -> None:
    """A hand: a palm, four fingers and a thumb, on its left if it is so."""
    sign = -1 if up else 1
    side = x - 72 if left else x + 34
    look = {"fill": colour, "outline": SHADE, "width": 3}
    draw.rounded_rectangle((x - 42, y - 40, x + 42, y + 40), 26, **look)
    for number in range(4):
        begin, length = x - 40 + number * 21, 62 - abs(number - 1.5) * 10
        top = y + sign * 30
        ends = sorted((top, top + sign * length))
        draw.rounded_rectangle((begin, ends[0], begin + 18, ends[1]), 9, **look)
    draw.rounded_rectangle((side, y - 12, side + 38, y + 10), 11, **look)


def bubbles(draw: Draw, time: float, count: int = 14) -> None:
    """Foam that moves."""
    for number in range(count):
        angle = number * 2.4 + time * 0.9
        x, y = 320 + cos(angle) * (60 + number * 7), 185 + sin(angle * 1.3) * 60
        size = 9 + number % 4 * 4
        draw.ellipse((x - size, y - size, x + size, y + size), fill=SOAP, outline=WATER, width=2)


def drops(draw: Draw, time: float) -> None:
    """Water from a tap."""
    draw.rounded_rectangle((270, 14, 370, 42), 10, fill=INK)
    draw.rectangle((308, 42, 332, 64), fill=INK)
    for number in range(8):
        y = 66 + (time * 160 + number * 30) % 240
        draw.rounded_rectangle((314, y, 326, y + 18), 6, fill=WATER)


def word(draw: Draw, text: str, x: int = 120, y: int = 44, size: int = 32) -> None:
    """A word in the picture, above where captions stand."""
    draw.text((x, y), text, fill=INK, font=ImageFont.truetype(FONT, size), anchor="mm")


def title(draw: Draw, time: float) -> None:
    """The first scene and the last."""
    lift = sin(time * 2) * 6
    hand(draw, 250, 200 + lift)
    hand(draw, 390, 200 - lift, left=True)
    word(draw, "Wash your hands", WIDTH // 2, 50, 46)


def wet(draw: Draw, time: float) -> None:
    """Hands below a tap."""
    drops(draw, time)
    hand(draw, 265, 190, up=False, left=True)
    hand(draw, 375, 190, up=False)


def soap(draw: Draw, time: float) -> None:
    """Soap comes to the hands."""
    hand(draw, 265, 210, left=True)
    hand(draw, 375, 210)
    y = 60 + min(time, 1.5) * 40
    draw.rounded_rectangle((272, y, 368, y + 50), 18, fill=CLOTH, outline=INK, width=3)
    bubbles(draw, time, 6)
    word(draw, "Soap")


def palms(draw: Draw, time: float) -> None:
    """Palm on palm."""
    shift = sin(time * 6) * 22
    hand(draw, 300 + shift, 190)
    hand(draw, 340 - shift, 190, left=True, colour="#c08a63")
    bubbles(draw, time)


def backs(draw: Draw, time: float) -> None:
    """A palm on the back of the other hand."""
    hand(draw, 320, 200)
    hand(draw, 320, 150 + sin(time * 6) * 26, up=False, colour="#c08a63")
    bubbles(draw, time)


def thumbs(draw: Draw, time: float) -> None:
    """Fingertips and thumb in a palm."""
    hand(draw, 285, 210)
    hand(draw, 375 + cos(time * 6) * 10, 150 + sin(time * 6) * 18, up=False, colour="#c08a63")
    bubbles(draw, time)


def clock(draw: Draw, time: float) -> None:
    """Twenty seconds on a clock."""
    draw.ellipse((230, 60, 410, 240), fill=SOAP, outline=INK, width=8)
    draw.pieslice((246, 76, 394, 224), -90, -90 + 120 * min(time / 2.5, 1), fill=WATER)
    angle = -pi / 2 + 2 * pi / 3 * min(time / 2.5, 1)
    draw.line((320, 150, 320 + cos(angle) * 70, 150 + sin(angle) * 70), fill=INK, width=6)
    word(draw, "20 seconds")


def rinse(draw: Draw, time: float) -> None:
    """Foam goes."""
    wet(draw, time)
    bubbles(draw, time, max(0, 10 - int(time * 5)))
    word(draw, "Water")


def dry(draw: Draw, time: float) -> None:
    """A towel."""
    shift = sin(time * 5) * 16
    hand(draw, 260, 180, left=True)
    hand(draw, 380, 180)
    draw.rounded_rectangle(
        (210 + shift, 170, 430 + shift, 260), 12, fill=CLOTH, outline=INK, width=3
    )
    for stripe in range(3):
        x = 250 + stripe * 60 + shift
        draw.line((x, 174, x, 256), fill=SOAP, width=8)


#: When each scene begins, in seconds: the times of the captions.
SCENES: tuple[tuple[float, Callable[[Draw, float], None]], ...] = (
    (0.0, title),
    (3.8, wet),
    (6.5, soap),
    (9.3, palms),
    (12.8, backs),
    (18.3, thumbs),
    (21.3, clock),
    (24.8, rinse),
    (28.3, dry),
    (32.3, title),
)


def frames() -> Iterator[bytes]:
    """Every picture of the film, as raw RGB."""
    for number in range(SECONDS * RATE):
        time = number / RATE
        start, scene = max((each for each in SCENES if each[0] <= time), key=lambda each: each[0])
        image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
        scene(ImageDraw.Draw(image), time - start)
        yield image.tobytes()


def make(target: Path) -> None:
    """Write the film."""
    if not shutil.which("ffmpeg"):
        sys.exit("ffmpeg is not installed. Debian: sudo apt install ffmpeg")
    source = f"-f rawvideo -pix_fmt rgb24 -s {WIDTH}x{HEIGHT} -r {RATE} -i -"
    codec = "-c:v libvpx-vp9 -b:v 0 -crf 40 -g 50 -threads 1 -row-mt 0 -pix_fmt yuv420p"
    exact = "-map_metadata -1 -fflags +bitexact -flags:v +bitexact"
    command = f"ffmpeg -v error -y {source} {codec} {exact} -f webm".split()
    with subprocess.Popen([*command, str(target)], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        for frame in frames():
            process.stdin.write(frame)
        process.stdin.close()
    if process.returncode:
        sys.exit("ffmpeg could not make the film.")


if __name__ == "__main__":
    film = Path(sys.argv[1]) if len(sys.argv) > 1 else FILM
    make(film)
    print(f"{film}: {film.stat().st_size / 1000:.0f} kB")
