"""Which model translates what, and where models are."""

from pathlib import Path

import pytest

from pipeline.draft import Model, find_route, models_folder


def model(pair: str, version: str = "1.0") -> Model:
    source, target = pair.split(">")
    return Model(source=source, target=target, version=version, folder=Path(pair))


def route(models, source, target, **more):
    return [
        one.name for one in find_route([model(*m.split()) for m in models], source, target, **more)
    ]


def test_the_newest_model_of_a_pair_is_taken():
    assert route(["en>ar 1.9", "en>ar 1.10", "ar>en 2"], "en", "ar") == ["en_ar 1.10"]


@pytest.mark.parametrize(
    ("package", "tag"),
    [
        ("en>tl", "fil"),
        ("en>pb", "pt-BR"),
        ("en>zt", "zh-Hant"),
        ("en>pt_BR", "pt-BR"),
        ("en>so", "so"),
    ],
)
def test_argos_calls_some_languages_otherwise(package, tag):
    assert len(route([package], "en", tag)) == 1


@pytest.mark.parametrize(
    ("package", "tag"),
    [
        ("en>fa", "prs"),
        ("en>pt", "pt-BR"),
        ("en>zh", "zh-Hant"),
        ("en>ku", "ckb"),
        ("en>pa", "pnb"),
    ],
)
def test_what_is_only_alike_is_not_taken(package, tag):
    assert route([package], "en", tag, may_pivot=True) == []


def test_a_third_language_stands_between_only_where_it_is_asked_for():
    models = ["en>fr 1.0", "fr>so 1.0", "fr>so 1.1", "es>so 3.0"]
    assert route(models, "en", "so") == []
    assert route(models, "en", "so", may_pivot=True) == ["en_fr 1.0", "fr_so 1.1"]
    assert route([*models, "en>so 0.1"], "en", "so", may_pivot=True) == ["en_so 0.1"]


def test_where_models_are():
    home = {"XDG_DATA_HOME": "/data"}
    assert models_folder(None, home) == Path("/data/health-translation-pipeline/models")
    assert models_folder(Path("/project/models"), home) == Path("/project/models")
    named = home | {"PIPELINE_MODELS": "/elsewhere"}
    assert models_folder(Path("/project/models"), named) == Path("/elsewhere")
    # The XDG Base Directory Specification has relative paths ignored.
    assert models_folder(None, {"XDG_DATA_HOME": "data"}).is_absolute()
