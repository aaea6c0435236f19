"""Pictures are made smaller once for all languages of a build."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pipeline.cli.media.scaling import with_renditions
from pipeline.cli.plan import Stage
from pipeline.cli.publish import publish_stage
from pipeline.config import load_project
from pipeline.website import LocaleSite

from .conftest import REPOSITORY

PHOTO, SPOILT, DRAWING = Path("a/photo.jpg"), Path("a/spoilt.jpg"), Path("a/drawing.svg")


def photograph():
    data = io.BytesIO()
    Image.effect_noise((600, 300), 60).save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def stages(tmp_path):
    project = replace(load_project(REPOSITORY), root=tmp_path)
    data = photograph()
    pictures = {PHOTO: data, SPOILT: data[:20_500], DRAWING: b"<svg/>"}
    return [
        Stage(
            project=project,
            site=LocaleSite(locale=project.locale(tag), interface={}, pages=()),
            published={},
            open_locales=(),
            pictures=pictures,
            pdfs=False,
            only=("a/tents",),
            digest="",
        )
        for tag in ("so", "ar")
    ]


def test_each_picture_is_scaled_once_and_one_that_cannot_be_is_told(stages):
    made, remarks = with_renditions(stages, workers=1)
    assert [list(stage.renditions) for stage in made] == [[PHOTO], [PHOTO]]
    assert made[0].renditions == made[1].renditions
    why = "since it cannot be read through."
    assert remarks == (f"a/spoilt.jpg: the picture is sent as it is to every screen, {why}",)


def test_a_part_of_a_build_publishes_them_too(stages):
    (stage, _), _ = with_renditions(stages, workers=1)
    stage.target.mkdir(parents=True)
    publish_stage(stage)
    (small,) = stage.renditions[PHOTO]
    assert (stage.target / small.path).read_bytes() == small.data
    assert (stage.target / PHOTO).is_file()
