"""What the glossary says, beside each text of a catalog."""

import shutil
import subprocess
from dataclasses import replace

import pytest

from pipeline.catalogs import Entry, parse_catalog, read_catalog, render_catalog
from pipeline.cli.beside.terms import add_terms, describe_terms
from pipeline.glossary import Glossary, Term, TermStatus
from pipeline.model import Origin, UnitKey

GLOSSARY = Glossary(
    (
        Term(source="fever", target="qandho", status=TermStatus.PREFERRED),
        Term(source="fever", target="xummad", status=TermStatus.FORBIDDEN, note="old-fashioned"),
        Term(source="NHS", target="NHS", status=TermStatus.DO_NOT_TRANSLATE),
    )
)
TABLE = "source_term,target_term,status\nhome,guri,preferred\nwater,biyo,\n"


def test_a_line_names_all_that_the_glossary_says():
    entry = Entry(key=UnitKey(None, "Fevers: ask the NHS."), comments=("paragraph in: Fever",))
    (told,) = add_terms([entry], GLOSSARY)
    assert told.comments == (
        "paragraph in: Fever",
        (
            "Glossary: fever → qandho (preferred); fever → xummad (forbidden: old-fashioned); "
            "NHS (do not translate)"
        ),
    )


def test_a_text_without_terms_and_a_language_without_glossary_get_no_line():
    entry = Entry(key=UnitKey(None, "Drink water."), comments=("paragraph",))
    assert add_terms([entry], GLOSSARY) == (entry,)
    assert add_terms([entry], Glossary()) == (entry,)


def test_what_a_reviewer_is_told():
    assert describe_terms(GLOSSARY, "a fever") == (
        ("fever", "qandho (preferred)"),
        ("fever", "xummad (forbidden: old-fashioned)"),
    )


@pytest.fixture
def glossary(place):
    """The Somali glossary: what it is to say."""

    def write(table: str = TABLE) -> None:
        (place.root / "locales/so/glossary.csv").write_text(table, "utf-8")

    return write


def catalogs(place) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in place.root.glob("locales/*/**/*.po")}


def test_sync_writes_the_terms_and_a_second_one_nothing(place, pipeline, glossary):
    pipeline("sync")
    bare = catalogs(place)
    glossary()
    pipeline("sync")
    text = place.catalog.read_text("utf-8")
    assert (
        "#. paragraph in: Rest\n"
        "#. Glossary: home → guri (preferred)\n"
        "#: content/covid-19/fever.md\n"
        'msgid "Stay at home for 5 days."\n'
    ) in text
    assert "#. Glossary: water → biyo (admitted)\n" in text
    before = catalogs(place)
    assert "0 updated" in pipeline("sync").out
    (place.root / ".cache/pipeline/sync.json").unlink()
    assert "0 updated" in pipeline("sync").out
    assert catalogs(place) == before
    # Languages without a glossary are as they were; so is this one when it has none any more.
    assert {name for name in bare if bare[name] != before[name]} <= {
        name for name in bare if "/locales/so/" in name
    }
    (place.root / "locales/so/glossary.csv").unlink()
    pipeline("sync")
    assert catalogs(place) == bare


def test_a_change_of_the_glossary_is_in_the_catalogs_at_the_next_sync(place, pipeline, glossary):
    glossary()
    pipeline("sync")
    glossary(TABLE.replace("guri", "hoy"))
    pipeline("sync")
    text = place.catalog.read_text("utf-8")
    assert "#. Glossary: home → hoy (preferred)\n" in text
    assert "guri" not in text


def test_what_is_signed_stays_signed_when_the_glossary_grows(place, pipeline, glossary):
    pipeline("sync")
    place.translate({"Stay at home for 5 days.": "Guriga joog 5 maalmood."})

    def told() -> str:
        return pipeline("memory", "find", "--locale", "so", "Stay at home for 5 days.").out

    before = told()
    assert "signed by translator, reviser, community-reader" in before
    # A term that the translation keeps to, so that no check objects.
    glossary("source_term,target_term\nhome,guri\n")
    pipeline("sync")
    assert "#. Glossary: home → guri" in place.catalog.read_text("utf-8")
    assert told() == before


@pytest.mark.skipif(not shutil.which("msgcat"), reason="gettext is not there")
def test_gettext_gives_the_same_bytes(place, pipeline, glossary):
    glossary()
    pipeline("sync")
    data = place.catalog.read_bytes()
    told = subprocess.run(["msgcat", "--no-wrap", place.catalog], check=True, capture_output=True)
    assert told.stdout == data
    assert render_catalog(parse_catalog(data, place.catalog)) == data


def test_a_draft_keeps_its_origin_beside_the_terms(place, pipeline, glossary):
    pipeline("sync")
    key = UnitKey(None, "Drink water often.")
    catalog = read_catalog(place.catalog)
    draft = replace(catalog.by_key()[key], msgstr="Biyo cab.", fuzzy=True, origin=Origin.MEMORY)
    units = tuple(draft if unit.key == key else unit for unit in catalog.units)
    place.catalog.write_bytes(render_catalog(replace(catalog, units=units)))
    glossary()
    for _ in range(2):
        pipeline("sync", "--locale", "so")
        unit = read_catalog(place.catalog).by_key()[key]
        assert (unit.msgstr, unit.origin) == ("Biyo cab.", Origin.MEMORY)
        assert unit.extracted_comments[-1] == "Glossary: water → biyo (admitted)"


def test_a_damaged_glossary_is_told_once_and_its_catalogs_are_left_alone(place, pipeline, glossary):
    pipeline("sync")
    before = place.catalog.read_bytes()
    glossary("term\nfever\n")
    place.resource.write_text(place.resource.read_text("utf-8").replace("5 days", "3 days"))
    said = pipeline("sync")
    assert said.code == 11
    assert said.err.count("has no column `source_term`") == 1
    assert place.catalog.read_bytes() == before
    assert "3 days" in (place.root / "locales/ar/covid-19/fever.po").read_text("utf-8")
