"""The small project of the command line's tests with Spanish beside its languages, and models."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.catalogs import read_catalog
from pipeline.draft import install_model
from pipeline.model import Catalog, Unit

REPOSITORY = Path(__file__).resolve().parents[3]
MODELS = REPOSITORY / "tests/data/models"
BODY = """
Drink water often.

!!! danger critical "When to call the clinic"
    **Call [020 7946 0018](tel:+442079460018)** right away if you have chest pain.

## What to do if you have a cough

- Stay at home for 5 days.
- Take ibuprofen every 7 hours with food.
- Read `leaflet_2.pdf` before you take ibuprofen.
- Do not drive if you are tired.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spanish:
    """The project's Spanish side."""

    root: Path
    path: Path
    models: Path

    @property
    def catalog(self) -> Catalog:
        return read_catalog(self.path)

    def unit(self, msgid: str) -> Unit:
        return next(unit for unit in self.catalog.units if unit.msgid == msgid)

    def fill(self, msgid: str, msgstr: str, path: Path | None = None) -> None:
        path = path or self.path
        text = path.read_text("utf-8")
        old = f'msgid "{msgid}"\nmsgstr ""\n'
        assert old in text, msgid
        path.write_text(text.replace(old, f'msgid "{msgid}"\nmsgstr "{msgstr}"\n'), "utf-8")


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """The two small models, installed by the command."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("en_es", "es_en"):
        install_model(MODELS / f"{name}.argosmodel", folder)
    return folder


@pytest.fixture
def spanish(place, pipeline, installed, monkeypatch, tmp_path_factory) -> Spanish:
    """A project with Spanish and models for it."""
    table = (REPOSITORY / "locales/locales.toml").read_text("utf-8")
    entry = next(each for each in table.split("[[locale]]") if re.search(r'tag = "es"', each))
    with (place.root / "locales/locales.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[locale]]{entry}")
    (place.root / "locales/es").mkdir()
    shutil.copy(REPOSITORY / "locales/es/interface.po", place.root / "locales/es")
    head = place.resource.read_text("utf-8").rpartition("---\n")[0]
    place.resource.write_text(f"{head}---\n{BODY}", "utf-8")
    models = tmp_path_factory.mktemp("own") / "models"
    shutil.copytree(installed, models)
    monkeypatch.setenv("PIPELINE_MODELS", str(models))
    pipeline("sync")
    place.sign()
    return Spanish(root=place.root, path=place.root / "locales/es/covid-19/fever.po", models=models)
