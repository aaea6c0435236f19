"""A leaflet with some Somali, Arabic and Bengali that nobody has signed yet."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
LEAFLET = "covid-19/fever"
RESOURCE = """\
---
title: Fever
summary: What to do when you are too hot.
audience: Everybody
risk: clinical
urgency: urgent
owner: Health team
sources:
  - title: NHS, fever in adults
    url: https://www.nhs.uk/symptoms/fever-in-adults/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2099-05-20
questions:
  - question: You cannot breathe. What do you do?
    answer: Call 999.
  - question: For how many days do you stay at home?
    answer: "5"
  - question: What do you drink?
    answer: Water, often.
---

Drink water often.

!!! danger critical "Call 999 now"
    Call 999 if you cannot breathe.

## Rest

Stay at home for 5 days.
"""
TRANSLATIONS = {
    "so": {
        "Drink water often.": "Biyo badan cab.",
        "Call 999 if you cannot breathe.": "Wac 999 haddii aadan neefsan karin.",
        "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
    },
    "ar": {
        "Call 999 if you cannot breathe.": "اتصل بالرقم 999 إذا كنت لا تستطيع التنفس.",
        "Stay at home for 5 days.": "ابقَ في المنزل لمدة 5 أيام.",
    },
    "bn": {"Drink water often.": "ঘন ঘন পানি পান করুন।"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """Where the files of the leaflet are."""

    root: Path
    resource: Path
    catalog: Path
    ledger: Path


@pytest.fixture
def ready(tmp_path, monkeypatch, pipeline):
    for name in ("theme", "mkdocs.yml", "pipeline.toml"):
        source = REPOSITORY / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    table = (REPOSITORY / "locales/locales.toml").read_text("utf-8")
    head, *entries = table.split("[[locale]]")
    kept = [entry for entry in entries if re.search(r'tag = "(so|ar|bn)"', entry)]
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/locales.toml").write_text("[[locale]]".join((head, *kept)), "utf-8")
    resource = tmp_path / "content/covid-19/fever.md"
    resource.parent.mkdir(parents=True)
    resource.write_text(RESOURCE, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert pipeline("sync").code == 0
    for tag, targets in TRANSLATIONS.items():
        _translate(tmp_path / f"locales/{tag}/covid-19/fever.po", targets)
    folder = tmp_path / "locales/so/covid-19"
    return Leaflet(
        root=tmp_path,
        resource=resource,
        catalog=folder / "fever.po",
        ledger=folder / "fever.ledger.jsonl",
    )


def _translate(path: Path, targets: dict[str, str]) -> None:
    text = path.read_text("utf-8")
    for source, target in targets.items():
        old = f'msgid "{source}"\nmsgstr ""\n'
        assert old in text, source
        text = text.replace(old, f'msgid "{source}"\nmsgstr "{target}"\n')
    path.write_text(text, "utf-8")


@pytest.fixture
def edit(ready):
    """Change a piece of the Somali catalog."""

    def change(old: str, new: str) -> None:
        text = ready.catalog.read_text("utf-8")
        assert old in text
        ready.catalog.write_text(text.replace(old, new), "utf-8")

    return change


@pytest.fixture
def review(ready, pipeline):
    """Run `pipeline review` on the leaflet."""
    assert ready

    def run(role: str, *arguments: str, tag: str = "so"):
        return pipeline("review", LEAFLET, "--locale", tag, "--role", role, *arguments)

    return run


@pytest.fixture
def sign(ready, pipeline):
    """Run `pipeline sign` on the leaflet, without being asked."""
    assert ready

    def run(role: str, handle: str, *arguments: str, tag: str = "so"):
        where = (LEAFLET, "--locale", tag, "--role", role, "--handle", handle)
        return pipeline("sign", *where, "--yes", *arguments)

    return run
