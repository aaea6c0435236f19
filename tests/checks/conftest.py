from pathlib import Path

import pytest

from pipeline.languages import load_language
from pipeline.model import Segment, SegmentKind, Unit


@pytest.fixture
def pair():
    """A source with its translation."""

    def make(source, target, protected=()):
        segment = Segment(
            msgid=source, kind=SegmentKind.PARAGRAPH, start=0, end=0, line=1, protected=protected
        )
        return segment, Unit(msgid=source, msgstr=target, line=7)

    return make


@pytest.fixture
def said(pair):
    """What a check says of an English source and its translation: severity and message."""

    def say(check, tag, source, target, **more):
        if "source" in check.__annotations__:
            more["source"] = load_language("en")
        if "target" in check.__annotations__:
            more["target"] = load_language(tag)
        found = check(*pair(source, target), Path(f"locales/{tag}/x/y.po"), tag, **more)
        return [(str(finding.severity), finding.message) for finding in found]

    return say
