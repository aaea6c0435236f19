"""Cards and posters follow their page, and a fault of one costs only itself: real ones."""

import json
import re

import pytest

from pipeline.checks.output import check_output
from pipeline.cli.output import read_output
from pipeline.config import load_project

from .test_stops import SOMALI, stop


def files_of(place, tag: str) -> list[str]:
    folder = place.root / "site" / tag / "covid-19/fever"
    return sorted(path.name for path in folder.iterdir() if path.suffix in {".png", ".pdf"})


def entry_of(place, tag: str) -> dict:
    manifest = json.loads((place.root / "site/manifest.json").read_text("utf-8"))
    (entry,) = [e for e in manifest["resources"] if e["locale"] == tag]
    return entry


@pytest.mark.usefixtures("fonts")
def test_a_card_is_lost_alone_comes_back_and_goes_with_its_page(place, pipeline):
    text = place.resource.read_text("utf-8")
    place.resource.write_text(text.replace("leaflets: []", "leaflets: [poster-a4]"), "utf-8")
    pipeline("sync")
    place.translate(SOMALI)
    style = place.root / "theme/print-card.css"
    kept = style.read_text("utf-8")
    style.unlink()

    ran = pipeline("build", "--jobs", "1")
    assert ran.code != 0
    assert "print-card.css" in ran.err
    assert files_of(place, "so") == ["fever-poster-a4.pdf", "fever.pdf"]
    page = (place.root / "site/so/covid-19/fever/index.html").read_text("utf-8")
    assert "og:title" in page
    assert "og:image" not in page
    entry = entry_of(place, "so")
    assert entry["pictures"] == []
    assert [(lost["what"], lost["variant"]) for lost in entry["withheld"]] == [("leaflet", "card")]

    style.write_text(kept, "utf-8")
    stop(place, "so")
    assert pipeline("build", "--jobs", "1").code == 0
    assert files_of(place, "so") == []
    assert entry_of(place, "so")["pictures"] == []
    assert files_of(place, "en") == ["fever-card.png", "fever-poster-a4.pdf", "fever.pdf"]
    (picture,) = entry_of(place, "en")["pictures"]
    assert re.fullmatch(r"[0-9a-f]{64}", picture.pop("digest"))
    assert picture.pop("bytes") < 60_000
    assert picture == {"variant": "card", "path": "en/covid-19/fever/fever-card.png"}
    assert "(0 rendered)" in pipeline("build", "--jobs", "1").out
    project = load_project(place.root)
    assert check_output(read_output(project.site_dir, project)) == ()
