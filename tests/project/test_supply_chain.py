"""What is installed by default is known: what it is, its licence, what is said against it."""

import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import replace
from email.message import Message
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def chain():
    return load("supply_chain")


@pytest.fixture(scope="module")
def packages(chain):
    return chain.read_lock()


def test_nothing_is_installed_by_default_that_asks_for_more_than_to_be_named(chain, packages):
    assert chain.find_refused(packages) == []
    assert packages["weasyprint"].licence == "BSD"
    assert packages["jinja2"].needs == ("markupsafe",)


@pytest.mark.parametrize("licence", ["AGPL-3.0-only", "GPL-2.0-or-later", "LGPL-3.0-only", ""])
def test_a_licence_that_asks_for_more_or_is_not_known_is_refused(chain, packages, licence):
    other = replace(packages["click"], name="copied", version="1.0", licence=licence)
    told = f"copied 1.0: {licence or 'no licence known'}"
    assert chain.find_refused({**packages, "copied": other}) == [told]


@pytest.mark.parametrize("name", ["certifi", "pathspec", "pyphen"])
def test_an_exception_holds_for_its_package_alone(chain, packages, name):
    other = replace(packages[name], name="copied")
    assert chain.find_refused({"copied": other}) == [
        f"copied {other.version}: {chain.EXCEPTIONS[name][0]}"
    ]
    assert not chain.EXCEPTIONS[name][0].startswith(("GPL", "LGPL", "AGPL"))


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ([("License-Expression", "Apache-2.0 OR BSD-2-Clause")], "Apache-2.0 OR BSD-2-Clause"),
        ([("Classifier", "License :: OSI Approved :: BSD License")], "BSD"),
        (
            [("Classifier", "License :: OSI Approved :: BSD License"), ("License", "BSD-3-Clause")],
            "BSD-3-Clause",
        ),
        ([("License", "Apache License 2.0")], "Apache-2.0"),
        (
            [("Classifier", "License :: OSI Approved :: GNU Affero General Public License v3")],
            "GNU Affero General Public License v3",
        ),
        ([], ""),
    ],
)
def test_a_licence_is_read_where_packages_write_it(chain, fields, licence):
    metadata = Message()
    for name, value in [("Name", "some-package"), *fields]:
        metadata[name] = value
    assert chain.find_licence(SimpleNamespace(metadata=metadata)) == licence


@pytest.mark.skipif(sys.platform != "linux", reason="the page lists what Linux is given")
def test_the_page_of_licences_is_that_of_the_lock(chain, packages):
    assert chain.PAGE.read_text(encoding="utf-8") == chain.render_page(packages)


def test_the_bill_of_materials_is_valid_whole_and_the_same_twice(chain, packages):
    text = chain.render_bill(packages)
    assert text == chain.render_bill(chain.read_lock())
    bill = json.loads(text)
    parts = {part["name"]: part for part in bill["components"]}
    assert bill["specVersion"] == "1.6"
    assert set(parts) == set(packages)
    assert parts["jinja2"]["purl"] == f"pkg:pypi/jinja2@{packages['jinja2'].version}"
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    digests = {each["content"] for part in parts.values() for each in part["hashes"]}
    assert digests <= set(re.findall(r"--hash=sha256:(\w+)", locked))
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    assert (
        f"markupsafe=={packages['markupsafe'].version}"
        in needs[f"jinja2=={packages['jinja2'].version}"]
    )


# --- Advisories ---

ADVISER = """
import json, sys
print(json.dumps({"dependencies": [
    {"name": "click", "version": "8.1.0", "vulns": []},
    {"name": "pillow", "version": "9.0", "vulns": %s},
], "fixes": []}))
"""
KNOWN = [{"id": "PYSEC-2023-175", "fix_versions": ["10.0.1"], "aliases": [], "description": ""}]


@pytest.mark.parametrize(
    ("program", "said", "is_found"),
    [
        (ADVISER % [], "Advisories: 2 packages asked, 0 known.", False),
        (
            ADVISER % KNOWN,
            "pillow 9.0: PYSEC-2023-175, mended in 10.0.1\nAdvisories: 2 packages asked, 1 known.",
            True,
        ),
        (
            "raise SystemExit(1)",
            "Advisories: not asked, no network to the advisory service.",
            False,
        ),
        (
            "import time; time.sleep(60)",
            "Advisories: not asked, no network to the advisory service.",
            False,
        ),
    ],
    ids=["none", "one", "no network", "a network that swallows"],
)
def test_what_is_known_fails_the_check_and_no_network_does_not(
    monkeypatch, program, said, is_found
):
    audit = load("audit")
    monkeypatch.setattr(audit, "_PATIENCE", 1)
    assert audit.audit(program=(sys.executable, "-c", program)) == (said, is_found)


def test_make_check_asks():
    done = subprocess.run(
        ["make", "--dry-run", "check"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ".venv/bin/python scripts/audit.py" in done.stdout
