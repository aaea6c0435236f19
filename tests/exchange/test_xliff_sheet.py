"""XLIFF for translation tools: valid, with tags for what is not translated, and read back."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from pipeline.errors import ExchangeError
from pipeline.exchange import State, Suggestion
from pipeline.exchange.xliff_reading import parse_xliff_sheet
from pipeline.exchange.xliff_writing import render_xliff_1, render_xliff_2

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests/data/xliff"
VERSIONS = pytest.mark.parametrize("render", [render_xliff_1, render_xliff_2], ids=["1.2", "2.1"])


@VERSIONS
def test_what_is_sent_comes_back(sheet, path, same, render):
    same(parse_xliff_sheet(render(sheet), path), sheet)


@pytest.mark.parametrize(
    ("render", "schema"),
    [
        (render_xliff_1, "xliff-core-1.2-transitional.xsd"),
        (render_xliff_2, "xliff-core-2.0.xsd"),
    ],
    ids=["1.2", "2.1"],
)
def test_it_is_valid_by_the_schema_of_oasis(sheet, arabic, replaced, render, schema):
    rules = etree.XMLSchema(etree.parse(SCHEMAS / schema))
    asked = replaced(sheet, 0, state=State.QUESTION, target="Wac 999", remark="Ma 999 baa?")
    for each in (sheet, arabic, asked):
        rules.assertValid(etree.fromstring(render(each)))


def test_a_unit_of_1_2_as_a_tool_sees_it(sheet):
    text = render_xliff_1(sheet).decode()
    assert (
        "        <source>Read [more]"
        '<ph id="1">(https://www.nhs.uk)</ph> and <ph id="2">`x`</ph><ph id="3">{.small}</ph>'
        "</source>\n"
        '        <target state="translated">[Wax badan]'
        '<ph id="1">(https://www.nhs.uk)</ph> iyo <ph id="2">`x`</ph><ph id="3">{.small}</ph>'
        " akhri</target>\n"
    ) in text
    assert '<context context-type="x-msgctxt">verb</context>' in text
    assert '<note from="developer">CRITICAL: a mistake here can harm somebody.</note>' in text
    assert "<source>Stay at home for 5 days.</source>" in text


def test_a_unit_of_2_1_as_a_tool_sees_it(sheet):
    text = render_xliff_2(sheet).decode()
    assert '        <data id="d1">(https://www.nhs.uk)</data>\n' in text
    assert (
        'Read [more]<ph id="1" dataRef="d1" disp="(https://www.nhs.uk)"/> and '
        '<ph id="2" dataRef="d2" disp="`x`"/>'
    ) in text
    assert '<segment id="s1" state="initial" subState="pipeline:changed">' in text
    assert '<note category="critical" priority="1">' in text


def test_what_the_memory_has_is_an_alternative_in_1_2(sheet):
    text = render_xliff_1(sheet).decode()
    assert (
        '        <alt-trans alttranstype="proposal" match-quality="96%" '
        'origin="covid-19/isolating, signed by translator, reviser">\n'
        "          <source>Stay at home for 5 days.</source>\n"
        "          <target>5 maalmood guriga joog.</target>\n"
        "        </alt-trans>\n"
    ) in text
    assert (
        '<note from="developer">The memory has “Stay at home for 5 days.”: '
        "the old text says 5 days, this one 3 days</note>"
    ) in text


def test_what_the_memory_has_is_a_candidate_in_2_1(sheet):
    """The module Translation Candidates, which comes first in a unit."""
    text = render_xliff_2(sheet).decode()
    assert (
        "      <mtc:matches>\n"
        '        <mtc:match ref="#s1" type="tm" similarity="96" '
        'origin="covid-19/isolating, signed by translator, reviser">\n'
        "          <source>Stay at home for 5 days.</source>\n"
        "          <target>5 maalmood guriga joog.</target>\n"
        "        </mtc:match>\n"
        "      </mtc:matches>\n"
        "      <notes>\n"
    ) in text
    assert '<note category="memory">The memory has “Stay at home for 5 days.”' in text


def test_the_codes_of_a_suggestion_are_those_of_the_unit(sheet, replaced):
    link = Suggestion(
        source="[More](https://www.nhs.uk) in `x`",
        target="[Wax badan](https://www.nhs.uk)",
        score=75,
        resource="covid-19/fever",
    )
    told = replaced(sheet, 3, suggestions=(link,))
    tag = '<ph id="1">(https://www.nhs.uk)</ph>'
    assert f"<target>[Wax badan]{tag}</target>" in render_xliff_1(told).decode()
    tag = '<ph id="1" disp="(https://www.nhs.uk)"/>'
    assert f"<target>[Wax badan]{tag}</target>" in render_xliff_2(told).decode()


@VERSIONS
def test_a_place_is_that_of_the_target_and_not_of_a_suggestion(sheet, path, replaced, render):
    data = render(replaced(sheet, 0, target="Wac 999", state=State.DONE))
    first, second = parse_xliff_sheet(data, path).rows[:2]
    lines = data.decode().splitlines()
    assert "Wac 999</target>" in lines[int(first.place.split()[1]) - 1]
    assert "Guriga joog 5 maalmood.</target>" in lines[int(second.place.split()[1]) - 1]


@VERSIONS
@pytest.mark.parametrize("state", State)
def test_each_state_comes_back(sheet, path, replaced, render, state):
    told = replaced(sheet, 2, state=state)
    assert parse_xliff_sheet(render(told), path).rows[2].state is state


def test_a_tool_may_leave_the_content_of_a_tag_out(sheet, path):
    """What it stands for is known from the source."""
    target = '[Wax badan]<ph id="1">(https://www.nhs.uk)</ph>'
    data = render_xliff_1(sheet).decode()
    assert target in data
    back = parse_xliff_sheet(data.replace(target, '[Wax badan]<ph id="1"/>').encode(), path)
    assert back.rows[3].target == sheet.rows[3].target


def test_a_tool_may_mark_words(sheet, path):
    marked = render_xliff_1(sheet).decode().replace("Naso", '<mrk mtype="seg" mid="1">Naso</mrk>')
    assert parse_xliff_sheet(marked.encode(), path).rows[2].target == "Naso"


def split(target: str) -> str:
    return (
        '<segment id="s1" state="translated"><source>One\n</source><target>Kow\n</target></segment>'
        f'<segment id="s2" state="translated"><source>two</source>{target}</segment>'
    )


@pytest.mark.parametrize(
    ("target", "whole"), [("<target>laba</target>", "Kow\nlaba"), ("", "")], ids=["all", "half"]
)
def test_a_unit_that_a_tool_has_split_is_put_together(sheet, path, target, whole):
    data = render_xliff_2(sheet).decode()
    at = data.index('<segment id="s1" state="translated">\n        <source>One')
    end = data.index("</segment>", at) + len("</segment>")
    back = parse_xliff_sheet((data[:at] + split(target) + data[end:]).encode(), path)
    assert (back.rows[4].source, back.rows[4].target) == ("One\ntwo", whole)


def test_a_tag_that_the_source_does_not_have_is_refused_with_its_line(sheet, path):
    data = render_xliff_1(sheet).decode().replace(">Naso<", '>Naso<x id="9"/><')
    with pytest.raises(ExchangeError) as caught:
        parse_xliff_sheet(data.encode(), path)
    assert caught.value.message == "The code <x id=“9”> stands for nothing that its source has."
    assert data.splitlines()[caught.value.line - 1].strip().startswith("<target")


TWO = (
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"/>'
    b'<file original="b"/></xliff>'
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<xliff", "This is not XML"),
        (b"<a/>", "is no XLIFF 1.2 or 2"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.1"/>', "is no XLIFF"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "several resources"),
        (TWO, "several resources"),
        (b"a" * 10_000_001, "10,000,000 bytes"),
    ],
    ids=["cut", "other", "entity", "1.1", "none", "two", "large"],
)
def test_what_is_refused(path, data, said):
    with pytest.raises(ExchangeError, match=said):
        parse_xliff_sheet(data, path)


def find_toolkit() -> str | None:
    """The Translate Toolkit, as a program: GPL, so it is never imported."""
    folders = f"{ROOT}/.cache/bench-venv/bin{os.pathsep}{os.environ['PATH']}"
    return shutil.which("xliff2po", path=folders)


@pytest.mark.skipif(not find_toolkit(), reason="the Translate Toolkit is not there: make bench")
def test_the_translate_toolkit_opens_1_2(sheet, tmp_path):
    name = tmp_path / "fever.so.xlf"
    name.write_bytes(render_xliff_1(sheet))
    subprocess.run(
        [find_toolkit(), "--progress=none", name, tmp_path / "so.po"],
        check=True,
        capture_output=True,
    )
    text = (tmp_path / "so.po").read_text("utf-8")
    assert 'msgid "Rest"\nmsgstr "Naso"' in text
    assert "Guriga joog 5 maalmood." in text


#: It has no program for 2.1 yet: its library is asked in a process of its own.
ASK = """
import sys
from translate.storage.xliff2 import Xliff2File
for unit in Xliff2File.parsefile(sys.argv[1]).units:
    print(unit.source, "=", unit.target)
"""


@pytest.mark.skipif(not find_toolkit(), reason="the Translate Toolkit is not there: make bench")
def test_the_translate_toolkit_opens_2_1(sheet, tmp_path):
    name = tmp_path / "fever.so.xlf"
    name.write_bytes(render_xliff_2(sheet))
    python = Path(find_toolkit()).with_name("python")
    told = subprocess.run([python, "-c", ASK, name], check=True, capture_output=True).stdout
    assert "Rest = Naso" in told.decode().splitlines()
