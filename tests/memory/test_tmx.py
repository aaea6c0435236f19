"""TMX 1.4b: what we write is valid and comes back; what others write is read, or refused."""

import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import CatalogError
from pipeline.memory import MemoryUnit, Provenance, Tmx, parse_tmx, render_tmx

PATH = Path("agency.tmx")
#: The part of tmx14.dtd that speaks of the elements that we write (TMX 1.4b, 2005).
DTD = """\
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note|prop)*, tuv+)>
<!ELEMENT tuv ((note|prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT note (#PCDATA)>
"""
HEAD = '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>'
FOREIGN = f"""{HEAD}
<tu tuid="1"><tuv xml:lang="en-GB"><seg>Stay <hi>at home</hi>.</seg></tuv>
  <tuv xml:lang="so-SO"><seg>Guriga <bpt i="1">&lt;b></bpt>joog<ept i="1"/>.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Take <ph x="1">{{0}}</ph> tablets.</seg></tuv>
  <tuv xml:lang="so"><seg>Qaado <ph x="1">{{0}}</ph> kaniini.</seg></tuv></tu>
<tu><tuv lang="EN"><seg>Rest.</seg></tuv><tuv lang="SO"><seg>Naso.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Rest.</seg></tuv><tuv xml:lang="pl"><seg>Odpoczywaj.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Empty</seg></tuv><tuv xml:lang="so"><seg> </seg></tuv></tu>
</body></tmx>"""


def parse(text: str | bytes, target: str = "so") -> Tmx:
    data = text if isinstance(text, bytes) else text.encode()
    return parse_tmx(data, PATH, source="en", target=target, name="agency")


def render(units: list[MemoryUnit]) -> str:
    return render_tmx(units, source="en", target="so", version="0.1.0")[0].decode()


def test_what_we_write(unit):
    assert render([unit("Call 999 & wait.", "Wac 999 oo sug.", context="danger")]) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        '  <header creationtool="health-translation-pipeline" creationtoolversion="0.1.0" '
        'segtype="block" o-tmf="PO" adminlang="en" srclang="en" datatype="plaintext"/>\n'
        "  <body>\n"
        "    <tu>\n"
        '      <prop type="x-resource">covid-19/fever</prop>\n'
        '      <prop type="x-context">danger</prop>\n'
        '      <prop type="x-signed-by">translator reviser</prop>\n'
        '      <tuv xml:lang="en"><seg>Call 999 &amp; wait.</seg></tuv>\n'
        '      <tuv xml:lang="so"><seg>Wac 999 oo sug.</seg></tuv>\n'
        "    </tu>\n"
        "  </body>\n"
        "</tmx>\n"
    )


def test_it_is_valid(unit):
    made = Provenance(name="old", is_imported=True, is_sample=True)
    text = render([unit("Rest", "Naso", context="x"), unit("في المنزل", "Guriga", made=made)])
    dtd = etree.DTD(io.StringIO(DTD))
    assert dtd.validate(etree.fromstring(text.encode())), dtd.error_log
    assert '<prop type="x-imported">yes</prop>\n      <prop type="x-sample">yes</prop>' in text


def test_what_others_write():
    found = parse(FOREIGN)
    assert [(line, unit.source, unit.target) for line, unit in found.units] == [
        (2, "Stay at home.", "Guriga joog."),
        (6, "Rest.", "Naso."),
    ]
    # A placeholder of another program, and a unit in other languages.
    assert (found.left_out, found.others) == (1, 1)
    assert all(unit.provenance.is_imported for _, unit in found.units)


def test_utf_16():
    text = FOREIGN.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>')
    assert parse(text.encode("utf-16")).units == parse(FOREIGN).units


def test_another_script_is_another_language():
    english = '<tuv xml:lang="en"><seg>Rest</seg></tuv>'
    row = f'<tu>{english}<tuv xml:lang="zh-{{}}"><seg>休息</seg></tuv></tu>'
    with pytest.raises(CatalogError, match="no text in `en` with a translation into `zh`"):
        parse(f"{HEAD}{row.format('Hant')}</body></tmx>", "zh")
    assert parse(f"{HEAD}{row.format('CN')}</body></tmx>", "zh").units


BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><tmx version="1.4">&b;</tmx>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB.encode(), "declares entities"),
        (BOMB.encode("utf-16"), "declares entities"),
        (b'<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><t>&x;</t>', "declares entities"),
        (b"<xliff version='1.2'/>", "The file is <xliff> 1.2, not TMX 1"),
        (b"PK\x03\x04 a zip", "not XML"),
        (b"", "not XML"),
        (f"{HEAD}<tu>".encode(), "not XML"),
        (f"{HEAD}</body></tmx>".encode(), "no text in `en`"),
        (b" " * 64_000_001, "64 MB; 64 are read"),
        (
            FOREIGN.replace("Rest.", "a" * 20_001).encode(),
            "more than 20,000 letters",
        ),
    ],
)
def test_what_is_refused(data, message):
    with pytest.raises(CatalogError, match=message) as refused:
        parse(data)
    assert refused.value.path == PATH
    assert refused.value.line


def test_a_file_that_names_a_dtd_on_a_server_asks_nobody(tmp_path):
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY x "read">')
    text = FOREIGN.replace('"tmx14.dtd"', f'"{secret.as_uri()}"').replace("Naso.", "Naso&x;.")
    with pytest.raises(CatalogError, match="&x; stands for something elsewhere"):
        parse(text)


#: Letters that XML 1.0 can hold; white space around a text is not kept.
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda text: text == text.strip())


@given(st.lists(st.tuples(XML_TEXT, XML_TEXT, st.none() | XML_TEXT), min_size=1))
@example([("a\tb\nc", "<b>&amp;</b>", None)])
def test_what_we_write_comes_back(rows):
    made = Provenance(name="agency", is_imported=True)
    units = [MemoryUnit(source=a, target=b, context=c, provenance=made) for a, b, c in rows]
    assert [unit for _, unit in parse(render(units)).units] == units


def test_what_xml_cannot_hold_is_left_out_and_counted(unit):
    units = [unit("Bell\a", "Jaras"), unit("Rest", "Naso")]
    data, left_out = render_tmx(units, source="en", target="so", version="1")
    assert left_out == 1
    assert b"Jaras" not in data


@given(st.binary() | st.text().map(lambda text: f"{HEAD}{text}</body></tmx>".encode()))
def test_any_bytes(data):
    assert is_read_or_refused(data)


def is_read_or_refused(data: bytes) -> bool:
    try:
        return bool(parse(data).units)
    except CatalogError as error:
        return bool(error.line)
