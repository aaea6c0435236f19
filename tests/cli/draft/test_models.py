"""`pipeline models`: what is installed, installing and removing."""

import hashlib
import json
import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data/models"
PACKAGE = DATA / "en_es.argosmodel"
DIGEST = hashlib.sha256(PACKAGE.read_bytes()).hexdigest()


@pytest.fixture
def models(tmp_path, monkeypatch) -> Path:
    """An empty folder for models, outside of any project."""
    monkeypatch.setenv("PIPELINE_MODELS", str(tmp_path / "models"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "models"


def test_a_model_is_installed_listed_and_removed(models, pipeline):
    ran = pipeline("models", "list")
    assert (ran.code, ran.out) == (0, "No model is installed.\n")
    assert ran.err == f"Models are in {models}.\n"
    ran = pipeline("models", "install", str(PACKAGE), "--sha256", DIGEST)
    assert ran.code == 0, ran.err
    assert ran.out == f"Installed en_es 0.1, 0.9 MB.\nSHA-256 of the file: {DIGEST}\n"
    rows = [line.split() for line in pipeline("models", "list").out.splitlines()]
    assert rows[1] == ["en", "es", "0.1", "0.9", "MB", DIGEST]
    ran = pipeline("models", "remove", "en_es")
    assert (ran.code, ran.out) == (0, "Removed en_es 0.1.\n")
    assert pipeline("models", "remove", "en_es").code == 20


def test_a_file_with_another_digest_is_refused(models, pipeline):
    ran = pipeline("models", "install", str(PACKAGE), "--sha256", "0" * 64)
    assert ran.code == 20
    assert DIGEST in ran.err
    assert "Do not use it." in ran.err
    assert list(models.glob("*")) == [] if models.exists() else True


@pytest.mark.usefixtures("models")
def test_a_name_that_is_no_file_is_told(pipeline):
    ran = pipeline("models", "install", "gone.argosmodel")
    assert (ran.code, "There is no file gone.argosmodel." in ran.err) == (20, True)


@pytest.mark.usefixtures("models")
def test_without_the_extra_it_says_what_to_type(pipeline, monkeypatch):
    monkeypatch.setitem(sys.modules, "argostranslate", None)
    ran = pipeline("models", "install", str(PACKAGE))
    assert (ran.code, "make mt" in ran.err) == (9, True)


def test_the_settings_of_a_project_name_the_folder(place, pipeline, monkeypatch):
    monkeypatch.delenv("PIPELINE_MODELS", raising=False)
    settings = place.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'{text}\n[draft]\nmodels = "models"\n', "utf-8")
    assert pipeline("models", "list").err == f"Models are in {place.root / 'models'}.\n"
    settings.write_text(f'{text}\n[draft]\nmodel = "models"\n', "utf-8")
    ran = pipeline("models", "list")
    assert (ran.code, "Did you mean `models`?" in ran.err) == (3, True)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_model_is_fetched_from_the_index(models, pipeline, tmp_path, monkeypatch):
    folder = tmp_path / "served"
    folder.mkdir()
    shutil.copy(PACKAGE, folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        row = {"from_code": "en", "to_code": "es", "package_version": "0.1"}
        rows = [row | {"links": [f"{address}/en_es.argosmodel"]}]
        (folder / "index.json").write_text(json.dumps(rows))
        monkeypatch.setenv("PIPELINE_MODEL_INDEX", f"{address}/index.json")
        ran = pipeline("models", "install", "es")
        none = pipeline("models", "install", "so")
        server.shutdown()
    assert ran.code == 0, ran.err
    assert f"SHA-256 of the file: {DIGEST}" in ran.out
    assert (models / "es_en").exists() is False
    assert (models / "en_es" / "metadata.json").exists()
    assert (none.code, "The index offers no model from en to so." in none.err) == (20, True)


@pytest.mark.usefixtures("models")
def test_where_there_is_no_network_it_says_how_to_go_on(pipeline, monkeypatch):
    # A port of this machine at which nobody listens.
    monkeypatch.setenv("PIPELINE_MODEL_INDEX", "http://127.0.0.1:1/index.json")
    ran = pipeline("models", "install", "ar")
    assert ran.code == 20
    assert "cannot be fetched" in ran.err
    assert "`pipeline models install FILE`" in ran.err
