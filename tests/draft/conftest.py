"""The two small models, installed once, and what opens them."""

from pathlib import Path

import pytest

from pipeline.draft import ArgosTranslator, find_route, install_model, read_models
from pipeline.model import ProtectedSpan, Segment, SegmentKind, SpanKind

DATA = Path(__file__).parents[1] / "data/models"


@pytest.fixture(scope="session")
def work(tmp_path_factory) -> Path:
    """Where Argos Translate may write: the one folder in this process."""
    return tmp_path_factory.mktemp("argos")


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for name in ("en_es", "es_en"):
        install_model(DATA / f"{name}.argosmodel", folder)
    return folder


@pytest.fixture(scope="session")
def spanish(models_folder, work) -> ArgosTranslator:
    """English to Spanish."""
    return ArgosTranslator(find_route(read_models(models_folder), "en", "es"), work)


@pytest.fixture(scope="session")
def english(models_folder, work) -> ArgosTranslator:
    """Spanish to English."""
    return ArgosTranslator(find_route(read_models(models_folder), "es", "en"), work)


@pytest.fixture
def segment():
    """Make a segment of which only the text matters."""

    def make(msgid, *protected, **more):
        spans = tuple(ProtectedSpan(kind=SpanKind.CODE, text=text) for text in protected)
        values = {"kind": SegmentKind.PARAGRAPH, "start": 0, "end": 0, "line": 1} | more
        return Segment(msgid=msgid, protected=spans, **values)

    return make
