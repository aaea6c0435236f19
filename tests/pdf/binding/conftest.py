"""Leaflets as they are really set, in scripts of both directions, made once a run."""

import hashlib
from dataclasses import dataclass, replace

import pytest

from pipeline.model import Direction, LeafletVariant, Phrase
from pipeline.pdf import render_leaflet
from pipeline.pdf.binding import Before, Numerals, Part, bind, measure
from pipeline.pdf.fonts import prepare_fonts
from tests.pdf.conftest import ROOT, job_maker

PAGES = {
    "call": ("Wac 999", "<h2>Goorma</h2><p>Haddii aad neefsan weydo.</p>"),
    "rest": ("Naso", "<p>Guriga joog 5 maalmood.</p>" * 60),
    # The name of a note with an accent is written in hexadecimal.
    "cough": (
        "Qufac",
        (
            '<p>Eeg<sup id="fnref:1"><a href="#fn:1">1</a></sup>.'
            ' Eeg<sup id="fnref:é"><a href="#fn:é">2</a></sup>.</p>'
            '<div class="footnote"><ol><li id="fn:1"><p>Hal.</p></li>'
            '<li id="fn:é"><p>Laba.</p></li></ol></div>'
            '<p><a href="https://example.org/a?b=(/StructParent 3 0 R)">Akhri</a></p>'
        ),
    ),
    # Texts that would be references, if anybody took a string for more than it is.
    "tricky": (
        "5 0 R) /Parent 7 0 R (/Count 3",
        '<h2>/Dest (x) 9 0 R</h2><p><img src="images/dot.svg" alt="1 0 R"></p>',
    ),
    "table": (
        "Qiyaas",
        (
            "<table><thead><tr><th>Da'</th><th>Inta</th></tr></thead>"
            "<tbody><tr><td>2</td><td>5 ml</td></tr></tbody></table>"
        ),
    ),
}


@dataclass(frozen=True)
class Shelf:
    """Leaflets by their name, and what binds some of them."""

    leaflets: dict[str, bytes]
    contents: dict[int, bytes]
    numerals: Numerals

    def parts(self, names):
        return [self.part(name, self.leaflets[name]) for name in names]

    def part(self, title, data):
        key = hashlib.sha256(data).hexdigest()
        return Part(key=key, title=title, measure=measure(data), read=lambda: data)

    def bind(self, names, before=None):
        first = self.contents[len(names)]
        return bind(first, self.parts(names), self.numerals, before or Before(), "1.0")


@pytest.fixture(scope="session")
def shelf(project, cache_dir, tmp_path_factory):
    make = job_maker(project, tmp_path_factory.mktemp("binding"))
    jobs = {
        name: make(content, tag="so", slug=name, heading=heading, title=heading)
        for name, (heading, content) in PAGES.items()
    }
    first = next(iter(jobs.values()))
    style = ROOT / "theme/print-book.css"
    (first.theme_dir / style.name).write_bytes(style.read_bytes())
    contents = {
        count: replace(
            first,
            variant=LeafletVariant.BOOK,
            chapters=tuple(
                Phrase(f"Bog {n} " * (25 if n == 2 else 1), "so") for n in range(1, count + 1)
            ),
        )
        for count in (1, 2, 3, 4, 5)
    }
    fonts = prepare_fonts(cache_dir / "fonts")
    return Shelf(
        leaflets={n: render_leaflet(job, cache_dir=cache_dir) for n, job in jobs.items()},
        contents={n: render_leaflet(job, cache_dir=cache_dir) for n, job in contents.items()},
        numerals=Numerals(fonts.files["Noto Sans"], "0123456789", Direction.LTR),
    )
