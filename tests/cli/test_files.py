"""`segment` and `assemble`: any Markdown file, in a project or not, and pipes."""

import io
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

LEAFLET = """\
---
title: Fever
layout: other
---

# Call 999

* Drink **water**.
* Take `1` tablet.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leaflet.md").write_text(LEAFLET, "utf-8")
    return tmp_path


def test_there_and_back(folder: Path, pipeline):
    assert pipeline("segment", "leaflet.md", "-o", "out").code == 0
    po = polib.pofile(str(folder / "out/leaflet.pot"))
    assert [entry.msgid for entry in po] == [
        "Fever",
        "Call 999",
        "Drink **water**.",
        "Take `1` tablet.",
    ]
    po.metadata["Language"] = "so"
    so = {"Fever": "Qandho", "Call 999": "Wac 999", "Drink **water**.": "Cab **biyo**."}
    for entry in po:
        entry.msgstr = so.get(entry.msgid, "")
    po.save(str(folder / "so.po"))
    ran = pipeline("assemble", "leaflet.md", "so.po", "-o", "leaflet.so.md")
    assert ran.code == 0, ran.err
    assert "3 of 4 segments translated" in ran.err
    assert (
        (folder / "leaflet.so.md").read_text("utf-8")
        == """\
---
title: Qandho
layout: other
---

# Wac 999 {#call-999}

* Cab **biyo**.
* Take `1` tablet.
"""
    )


def test_nothing_translated_is_the_source_to_the_byte(folder: Path, pipeline):
    data = "\ufeff# Título\r\n\r\ttexto  \r\n".encode()
    (folder / "odd.md").write_bytes(data)
    pipeline("segment", "odd.md", "-o", ".")
    assert pipeline("assemble", "odd.md", "odd.pot", "-o", "again.md").code == 0
    assert (folder / "again.md").read_bytes() == data


@pytest.mark.usefixtures("folder")
def test_standard_input_and_output(pipeline, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LEAFLET.encode())))
    ran = pipeline("segment", "-")
    assert 'msgid "Drink **water**."' in ran.out
    assert "segments" not in ran.out


def test_a_translation_that_brings_in_a_link_is_left_out(folder: Path, pipeline):
    pipeline("segment", "leaflet.md", "-o", ".")
    text = (folder / "leaflet.pot").read_text("utf-8")
    evil = text.replace(
        'msgid "Call 999"\nmsgstr ""', 'msgid "Call 999"\nmsgstr "[Wac](https://evil.example)"'
    )
    assert evil != text
    (folder / "so.po").write_text(evil, "utf-8")
    ran = pipeline("assemble", "leaflet.md", "so.po")
    assert ran.code == 11
    assert "evil" not in ran.out
    assert "foreign-markup" in ran.err


def test_a_translation_that_would_break_the_page_is_left_out(folder: Path, pipeline):
    pipeline("segment", "leaflet.md", "-o", ".")
    text = (folder / "leaflet.pot").read_text("utf-8")
    text = text.replace('msgid "Call 999"\nmsgstr ""', 'msgid "Call 999"\nmsgstr "Wac\\n\\n999"')
    text = text.replace('msgid "Fever"\nmsgstr ""', 'msgid "Fever"\nmsgstr "Qandho"')
    (folder / "so.po").write_text(text, "utf-8")
    ran = pipeline("assemble", "leaflet.md", "so.po")
    assert ran.code == 11
    assert ran.out == LEAFLET.replace("Fever", "Qandho")
    assert "so.po:17: The translation of “Call 999” has an empty line in it." in ran.err


def test_mistakes_are_told_without_a_traceback(folder: Path, pipeline):
    assert pipeline("segment", "none.md", "-o", ".").code == 4
    (folder / "latin.md").write_bytes("Ärzte\nhelfen\n".encode("latin-1"))
    ran = pipeline("segment", "latin.md", "-o", ".")
    assert ran.code == 4
    assert "latin.md:1: The file is not UTF-8." in ran.err
    assert pipeline("segment", "leaflet.md", "latin.md").code == 2
    ran = pipeline("segment", "leaflet.md", "-o", "latin.md/out")
    assert ran.code == 4
    assert "latin.md/out/leaflet.pot: The file cannot be written" in ran.err
    (folder / "so.po").mkdir()
    ran = pipeline("assemble", "leaflet.md", "so.po")
    assert "so.po: The file cannot be read: Is a directory." in ran.err
    assert "Traceback" not in pipeline("status").err
    assert pipeline("status").code == 3


@pytest.mark.skipif(not shutil.which("msginit"), reason="GNU gettext is not on this machine")
def test_the_template_is_one_that_gettext_takes(folder: Path, pipeline):
    pipeline("segment", "leaflet.md", "-o", ".")
    done = subprocess.run(
        ["msginit", "--no-translator", "--locale", "so", "-i", "leaflet.pot", "-o", "so.po"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert pipeline("assemble", "leaflet.md", "so.po", "-o", "x.md").code == 0


@pytest.mark.parametrize("command", [["status", "--format", "json"], ["segment", "leaflet.md"]])
def test_a_reader_that_has_gone_is_no_mistake(place, command):
    (place.root / "leaflet.md").write_text(LEAFLET * 5_000, "utf-8")
    program = [sys.executable, "-c", "from pipeline.cli import main; main()", *command]
    with subprocess.Popen(
        program, cwd=place.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 141
    assert "Traceback" not in said
    assert "Exception" not in said
