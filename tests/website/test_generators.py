"""The site of another generator is the same to the byte: MkDocs may end, its readers may not."""

import os
import pickle
import subprocess
import sys

import pytest

from pipeline.config import asked_generator
from pipeline.errors import ConfigError
from pipeline.website import LocaleSite, Manuscript

SO = """## Marka la wacayo 999

!!! danger "Wac 999"

    Neefsashadu waa adag tahay. [Ka akhri qandhada](../covid-19/fever.md#goorta-la-waco)

1. Cab biyo.
2. Naso[^1].

| Daawo | Qiyaas |
|---|---|
| Paracetamol | 500 mg |

[^1]: Ugu yaraan 2 maalmood.
"""
AR = "## متى تتصل\n\nاتصل على **111** إذا استمرت الحمى أكثر من 5 أيام.\n\n- [x] ماء\n- [ ] راحة\n"

#: The page that it links to is not there.
BROKEN = "[Ka akhri](../covid-19/ma-jiro.md)\n"

#: Another process: a generator is chosen before the first module is imported.
BUILD = """
import pickle, sys
from pathlib import Path
from pipeline.website import build_locale
import mkdocs.commands.build as build
print(build.__name__)
for manuscript, places in pickle.loads(Path(sys.argv[1]).read_bytes()):
    for fault in build_locale(manuscript, scan=lambda html: (), **places).faults:
        print(fault.name, str(fault.error))
"""


@pytest.fixture
def jobs(workshop):
    """Three sites; the plugin for languages does not know the tag of the second."""
    rest = workshop.document("covid-19/rest", "Rest & drink")
    fever = workshop.document("covid-19/fever", "Fever")
    texts = {"so": (SO, "## Goorta la waco\n\n5 maalmood.\n"), "prs": (AR, AR), "pl": (BROKEN, AR)}
    return {
        tag: Manuscript(
            project=workshop.project,
            site=LocaleSite(
                locale=workshop.project.locale(tag),
                interface=workshop.interface(tag),
                pages=(
                    workshop.page(rest, tag, first, title="Naso"),
                    workshop.page(fever, tag, second),
                ),
            ),
            published=dict.fromkeys(["covid-19/rest", "covid-19/fever"], ("en", tag)),
            open_locales=workshop.locales(("en", *texts)),
            pdfs=True,
        )
        for tag, (first, second) in texts.items()
    }


def build_with(generator, jobs, folder):
    """Every file that a generator makes, in a process of its own; and what the process says."""
    folder.mkdir()
    placed = [
        (manuscript, {"out": folder / "site" / tag, "work": folder / "work" / tag})
        for tag, manuscript in jobs.items()
    ]
    (folder / "jobs").write_bytes(pickle.dumps(placed))
    done = subprocess.run(
        [sys.executable, "-c", BUILD, folder / "jobs"],
        env={k: v for k, v in os.environ.items() if not k.startswith("COV")}
        | {"PIPELINE_GENERATOR": generator},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    site = folder / "site"
    files = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    return files, done.stdout.splitlines()


def test_properdocs_makes_the_same_site_to_the_byte_and_finds_the_same_faults(jobs, tmp_path):
    of_mkdocs, said = build_with("mkdocs", jobs, tmp_path / "mkdocs")
    of_other, said_by_other = build_with("properdocs", jobs, tmp_path / "properdocs")
    assert [said[0], said_by_other[0]] == ["mkdocs.commands.build", "properdocs.commands.build"]
    assert {"so/covid-19/rest/index.html", "prs/covid-19/fever/index.html"} <= of_mkdocs.keys()
    assert of_other == of_mkdocs
    assert said[1].startswith("covid-19/rest ")
    assert "ma-jiro" in said[1]
    assert said_by_other[1:] == said[1:]


def test_a_generator_that_nobody_knows_is_refused(monkeypatch):
    monkeypatch.setenv("PIPELINE_GENERATOR", "jekyll")
    with pytest.raises(ConfigError, match="`jekyll`, which is no generator that is known"):
        asked_generator()
