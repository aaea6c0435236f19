import pytest

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
