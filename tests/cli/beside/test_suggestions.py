"""What the memory has beside each row that is sent, and that nothing of it comes back."""

import csv
import io

import pytest

from pipeline.catalogs import read_catalog
from pipeline.cli.beside.suggestions import describe_difference
from pipeline.exchange import State
from pipeline.memory import Difference
from pipeline.memory.units import Aspect

WATER = {"Drink water often.": "Biyo badan cab."}
STAY = {"Stay at home for 5 days.": "Guriga joog 5 maalmood."}
NAMES = ("State", "English", "Memory")


@pytest.mark.parametrize(
    ("aspect", "old", "new", "told"),
    [
        (Aspect.NUMBER, "5 days", "7 days", "the old text says 5 days, this one 7 days"),
        (Aspect.NUMBER, "5 days", "", "the old text says 5 days, this one does not"),
        (Aspect.MEASURE, "", "mg", "this text says mg, the old one does not"),
        (Aspect.NEGATION, "not", "", "the old text says “not”, this one does not"),
        (Aspect.CONTEXT, "verb", "", "the old text is marked as “verb”, this one as nothing"),
    ],
)
def test_a_difference_is_said_in_words(aspect, old, new, told):
    assert describe_difference(Difference(aspect=aspect, old=old, new=new)) == told


@pytest.fixture
def rows(place, pipeline):
    """The rows of an export as CSV: state, source, memory."""

    def run(*options: str) -> list[tuple[str, str, str]]:
        said = pipeline(
            *("export", "--locale", "so", "--format", "csv", "-o", "out", "covid-19/fever"),
            *options,
        )
        assert said.code == 0, said.err
        text = (place.root / "out/covid-19.fever.so.csv").read_text("utf-8-sig")
        cells = list(csv.reader(io.StringIO(text, newline="")))
        at = [cells[3].index(name) for name in NAMES]
        return [tuple(row[place] for place in at) for row in cells[4:]]

    return run


@pytest.fixture
def signed(place, pipeline):
    """Two texts are translated and signed; then one of them says something else."""
    assert pipeline("sync", "--locale", "so").code == 0
    place.translate(WATER | STAY)
    text = place.resource.read_text("utf-8")
    text += "\nStay at home for 7 days.\n\nDrink warm water often.\n"
    place.resource.write_text(text, "utf-8")
    return place


@pytest.mark.usefixtures("signed")
def test_what_is_new_has_what_was_translated_and_what_that_says_otherwise(rows):
    by_source = {source: (state, memory) for state, source, memory in rows()}
    signers = "signed by translator, reviser, community-reader"
    assert by_source["Stay at home for 7 days."] == (
        State.NEW,
        (
            "Guriga joog 5 maalmood.\n"
            f"(96 of 100; covid-19/fever, {signers})\n"
            "made for: Stay at home for 5 days.\n"
            "careful: the old text says 5 days, this one 7 days"
        ),
    )
    assert by_source["Drink warm water often."][1].startswith("Biyo badan cab.\n(88 of 100; ")
    # Nothing is like this one; the next is done.
    assert by_source["Rest"] == (State.NEW, "")
    assert by_source["Drink water often."] == (State.DONE, "")


@pytest.mark.usefixtures("signed")
def test_nothing_is_looked_up_where_nobody_wants_it(rows, place):
    assert {memory for _, _, memory in rows("--no-memory")} == {""}
    assert not (place.root / ".cache/pipeline/memory").exists()


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("form", ["po", "docx", "xliff2"])
def test_nothing_of_it_comes_back_or_piles_up(place, pipeline, form):
    export = ("export", "--locale", "so", "--format", form, "-o", "out", "covid-19/fever")
    pipeline(*export)
    (path,) = (place.root / "out").iterdir()
    sent, catalog = path.read_bytes(), place.catalog.read_bytes()
    assert form == "docx" or "5 maalmood" in sent.decode()
    assert pipeline("import", str(path)).code == 0
    assert place.catalog.read_bytes() == catalog
    pipeline(*export)
    assert path.read_bytes() == sent
    assert not [
        unit for unit in read_catalog(place.catalog).units if "memory" in str(unit).casefold()
    ]


def test_a_damaged_catalog_elsewhere_is_a_warning_and_no_more(signed, pipeline):
    other = signed.resource.with_name("cough.md")
    other.write_text(signed.resource.read_text("utf-8"), "utf-8")
    signed.catalog.with_name("cough.po").write_text('msgid "a"\n', "utf-8")
    said = pipeline("export", "--locale", "so", "-o", "out", "covid-19/fever")
    assert said.code == 0
    assert "warning: locales/so/covid-19/cough.po" in said.err
