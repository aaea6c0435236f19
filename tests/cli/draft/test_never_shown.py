"""No draft is ever shown: drafts go in, the site is built, and nothing of it has their text."""

import gzip
import json
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from pipeline.catalogs import write_catalog
from pipeline.model import Origin

#: What people have translated: enough for a page, with a leaflet, that has gaps.
HUMAN = {
    "Fever": "Fiebre",
    "What to do when you are too hot.": "Qué hacer cuando tiene demasiado calor.",
    "When to call the clinic": "Cuándo se llama al centro de salud",
    "**Call [020 7946 0018](tel:+442079460018)** right away if you have chest pain.": (
        "**Marque el [020 7946 0018](tel:+442079460018)** enseguida si le duele el pecho."
    ),
    "Stay at home for 5 days.": "No salga de su casa en 5 días.",
    "Take ibuprofen every 7 hours with food.": "Tome un ibuprofeno cada 7 horas, al comer.",
    "Do not drive if you are tired.": "No conduzca si siente cansancio.",
}


@pytest.fixture
def drafted(spanish, place, pipeline):
    """A page that people have translated but for three texts, which are drafts."""
    settings = spanish.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("minimum_share = 0.8", "minimum_share = 0.4"), "utf-8")
    for source, target in HUMAN.items():
        spanish.fill(source, target)
    ran = pipeline("draft", "--locale", "es")
    assert ran.code == 0, ran.err
    place.sign()
    return spanish


def drafts(spanish) -> dict[str, str]:
    units = spanish.catalog.units
    return {unit.msgid: unit.msgstr for unit in units if unit.origin is Origin.MACHINE}


def texts_of(folder: Path) -> dict[str, str]:
    """All that can be read in a folder: archives and leaflets opened, line breaks made spaces."""
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        found[name] = gzip.decompress(data) if name.endswith(".gz") else data
        if name.endswith(".pdf"):
            asked = ["pdftotext", "-enc", "UTF-8", path, "-"]
            found[f"{name} read"] = subprocess.run(asked, capture_output=True, check=True).stdout
        if is_zipfile(BytesIO(data)):
            with ZipFile(BytesIO(data)) as archive:
                found |= {f"{name}:{inner}": archive.read(inner) for inner in archive.namelist()}
    return {name: " ".join(data.decode("utf-8", "replace").split()) for name, data in found.items()}


def places_of(text: str, site: dict[str, str]) -> list[str]:
    """Files that have a text, whole or without its marks."""
    words = [text, text.replace("`", "").replace("leaflet_2.pdf", "")]
    # The code span is markup in a page: what stands beside it is enough to know the sentence by.
    parts = {part for word in words for part in word.split("leaflet_2.pdf") if len(part) > 12}
    return sorted(name for name, content in site.items() if any(part in content for part in parts))


@pytest.mark.usefixtures("fonts")
def test_no_draft_is_ever_shown(drafted, place, pipeline):
    made = drafts(drafted)
    assert set(made) == {
        "Drink water often.",
        "What to do if you have a cough",
        "Read `leaflet_2.pdf` before you take ibuprofen.",
    }
    assert made["Drink water often."] == "Beba agua con frecuencia."
    ran = pipeline("build", "--jobs", "1")
    assert ran.code == 0, ran.err
    site = texts_of(drafted.root / "site")
    page = "es/covid-19/fever/index.html"
    # The page is there, and its leaflet, with what people have translated.
    assert "No salga de su casa en 5 días." in site[page]
    assert any("No salga de su casa en 5 días." in site[n] for n in site if n.endswith("pdf read"))
    assert "Drink water often." in site[page]
    shown = {source: places_of(target, site) for source, target in made.items()}
    assert shown == {source: [] for source in made}
    # A translator confirms one of them, and all sign: now it is shown, so the search can find.
    confirm(drafted, "Drink water often.")
    place.sign()
    assert pipeline("build", "--jobs", "1").code == 0
    assert page in places_of("Beba agua con frecuencia.", texts_of(drafted.root / "site"))


def confirm(spanish, msgid: str) -> None:
    """Take the mark off, as a translator does in an editor."""
    catalog = spanish.catalog
    units = tuple(
        replace(unit, fuzzy=False) if unit.msgid == msgid else unit for unit in catalog.units
    )
    write_catalog(spanish.path, replace(catalog, units=units))


def test_drafts_count_as_work_that_is_left(drafted, pipeline):
    state = json.loads(pipeline("status", "--format", "json").out)
    (cell,) = next(each for each in state["languages"] if each["locale"] == "es")["resources"]
    assert cell["segments"] - cell["segments_translated"] == len(drafts(drafted)) == 3
    assert cell["page"] == "live-with-gaps"
    assert cell["waits"][0]["role"] == "translator"
