"""A small project of one resource and three languages, and the command line run in it."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.model import RiskTier

REPOSITORY = Path(__file__).resolve().parents[2]
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
leaflets: []
---
Drink water often.

!!! danger critical "Call 999 now"
    Call 999 if you cannot breathe.

## Rest

Stay at home for 5 days.
"""

#: All of it in Somali: a sample, as everything that the tests translate.
SOMALI = {
    "Fever": "Qandho",
    "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kulushahay.",
    "Drink water often.": "Biyo badan cab.",
    "Call 999 now": "Hadda wac 999",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aad neefsan weydo.",
    "Rest": "Nasasho",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A project's folder."""

    root: Path
    resource: Path
    catalog: Path
    sign: Callable[[], object]

    def translate(self, translations: dict[str, str], tag: str = "so") -> None:
        """Fill targets in, as a translator does in an editor, and have all sign them."""
        path = self.root / "locales" / tag / "covid-19" / "fever.po"
        text = path.read_text("utf-8")
        for source, target in translations.items():
            old = f'msgid "{source}"\nmsgstr ""\n'
            assert old in text, source
            text = text.replace(old, f'msgid "{source}"\nmsgstr "{target}"\n')
        path.write_text(text, "utf-8")
        self.sign()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign_samples) -> Place:
    shutil.copytree(REPOSITORY / "theme", tmp_path / "theme")
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    settings = (REPOSITORY / "pipeline.toml").read_text("utf-8").replace('["topic"]', "[]")
    # English needs nobody here: these tests are about what comes after it is approved.
    tiers = "".join(f"\n[workflow.{tier}]\nsource = []\n" for tier in RiskTier)
    (tmp_path / "pipeline.toml").write_text(settings + tiers, "utf-8")
    table = (REPOSITORY / "locales/locales.toml").read_text("utf-8")
    head, *entries = table.split("[[locale]]")
    kept = [entry for entry in entries if re.search(r'tag = "(so|ar|ckb)"', entry)]
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/locales.toml").write_text("[[locale]]".join((head, *kept)), "utf-8")
    for tag in ("so", "ar", "ckb"):
        (tmp_path / "locales" / tag).mkdir()
        shutil.copy(REPOSITORY / "locales" / tag / "interface.po", tmp_path / "locales" / tag)
    resource = tmp_path / "content/covid-19/fever.md"
    resource.parent.mkdir(parents=True)
    resource.write_text(RESOURCE, "utf-8")
    # Whoever runs the tests may have models for one of these languages.
    monkeypatch.setenv("PIPELINE_MODELS", str(tmp_path / ".cache/no-models"))
    monkeypatch.chdir(tmp_path)
    sign_samples(tmp_path)
    return Place(
        root=tmp_path,
        resource=resource,
        catalog=tmp_path / "locales/so/covid-19/fever.po",
        sign=lambda: sign_samples(tmp_path),
    )


@pytest.fixture
def fonts(place: Place, cut_fonts: Path) -> None:
    """Fonts in the place's cache: to cut them takes seconds, and is shown in ``tests/pdf``."""
    cache = place.root / ".cache/pipeline/pdf"
    cache.mkdir(parents=True)
    (cache / "fonts").symlink_to(cut_fonts)


@pytest.fixture
def pipeline(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Run the command line in this process and give back what it said."""

    def run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        said = capfdbinary.readouterr()
        return Ran(
            code=int(left.value.code or 0),
            out=said.out.decode("utf-8"),
            err=said.err.decode("utf-8"),
        )

    return run
