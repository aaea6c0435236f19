from pathlib import Path

import pytest

from pipeline.model import Direction, Locale, Segment, SegmentKind

HEADER = (
    "# Somali (Soomaali) translation of content/covid-19/rest.md\n"
    'msgid ""\n'
    'msgstr ""\n'
    '"Project-Id-Version: health-translation-pipeline\\n"\n'
    '"Language: so\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


@pytest.fixture
def header():
    return HEADER


@pytest.fixture
def somali():
    return Locale(
        tag="so",
        autonym="Soomaali",
        english_name="Somali",
        direction=Direction.LTR,
        script="Latn",
        plural_forms="nplurals=2; plural=(n != 1);",
        digits="latn",
        fonts=("Noto Sans",),
        people=None,
        people_source="not counted",
    )


@pytest.fixture
def path():
    return Path("locales/so/covid-19/rest.po")


@pytest.fixture
def segment():
    """Make a segment of which only the text matters."""

    def make(msgid, context=None, **more):
        values = {"kind": SegmentKind.PARAGRAPH, "start": 0, "end": 0, "line": 1} | more
        return Segment(msgid=msgid, context=context, **values)

    return make
