"""XLIFF 1.2 and 2: texts with their lines, tags as placeholders, nothing opened."""

from pathlib import Path

import pytest

from pipeline.errors import CatalogError
from pipeline.exchange import parse_xliff

PATH = Path("delivery/ar.xlf")
V1 = """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="home.md" source-language="en" target-language="ar" datatype="plaintext">
    <body>
      <group id="g">
        <trans-unit id="1">
          <source>Stay at home for <g id="1">10 days</g>.<x id="2"/></source>
          <target>ابقَ في المنزل <g id="1">10 أيام</g>.<x id="2"/></target>
          <alt-trans><source>Stay.</source><target>ابقَ.</target></alt-trans>
        </trans-unit>
      </group>
      <trans-unit id="2" translate="no"><source>COVID-19</source></trans-unit>
      <trans-unit id="3">
        <source>Call <mrk mtype="term">999</mrk><!-- now --> at once.</source>
      </trans-unit>
    </body>
  </file>
</xliff>
"""
V2 = """\
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="so">
 <file id="f">
  <unit id="u1">
   <segment id="s1">
    <source>Take <pc id="1">2 tablets</pc>
      with water<ph id="2"/>.</source>
    <target>Biyo ku qaado <pc id="1">2 kaniini</pc><ph id="2"/>.</target>
   </segment>
   <ignorable><source> </source></ignorable>
   <segment id="s2"><source>Rest.</source><target>Naso.</target></segment>
  </unit>
 </file>
</xliff>
"""


def texts(text: str) -> list[tuple[int, str, str]]:
    return [(unit.line, unit.msgid, unit.msgstr) for unit in parse_xliff(text.encode(), PATH)]


def test_version_1_2():
    assert texts(V1) == [
        (6, "Stay at home for {g1}10 days{g1_end}.{x2}", "ابقَ في المنزل {g1}10 أيام{g1_end}.{x2}"),
        (13, "Call 999 at once.", ""),
    ]


def test_version_2():
    assert texts(V2) == [
        (
            4,
            "Take {pc1}2 tablets{pc1_end} with water{ph2}.",
            "Biyo ku qaado {pc1}2 kaniini{pc1_end}{ph2}.",
        ),
        (10, "Rest.", "Naso."),
    ]


def test_line_ends_of_the_text_are_kept_where_the_file_says_so():
    text = V2.replace('<unit id="u1">', '<unit id="u1" xml:space="preserve">')
    assert "\n      with water" in texts(text)[0][1]


DOCUMENT_TYPE = '<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/hostname">]>\n'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (V1[: V1.index("<alt-trans")], 9, "This is not XML"),
        ("", 1, "This is not XML"),
        (DOCUMENT_TYPE + V2.replace("Rest.", "&s;"), 1, "The file has a document type"),
        (V1.replace("1.2", "1.1"), 2, "The file is XLIFF 1.1, which is not read."),
        ("<html/>", 1, "The file is <html>, which is not read."),
        (
            '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
            1,
            "The file has no texts.",
        ),
        (
            V2.replace("<source>Rest.</source>", ""),
            10,
            "A <segment> has no <source>.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, line, message):
    with pytest.raises(CatalogError) as refused:
        parse_xliff(text.encode(), PATH)
    assert (refused.value.path, refused.value.line) == (PATH, line)
    assert refused.value.message.startswith(message)
