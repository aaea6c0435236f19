"""Strings that a newer theme asks for come to what a project says in its own words."""

from pipeline.cli.repository.interface import add_strings, fill_samples
from pipeline.model import Catalog, Unit

OURS = """\
# Our words.

[[string]]
id = "help-title"
text = "Need help in Leeds?"

[[string]]
id = "topic-leeds"
text = "Health in Leeds"
"""
SHIPPED = """\
[[string]]
id = "help-title"
text = "Need help now?"

# --- Sharing -----

[[string]]
id = "share"
text = "Share this page"
note = "A button."

[[string]]
id = "topic-covid-19"
text = "COVID-19"
"""


def test_what_is_lacking_is_added_and_nothing_else_changes():
    text, added = add_strings(OURS, SHIPPED)
    assert added == ["share"]
    assert text == (
        OURS
        + "\n# --- New strings of the program: see its change log ---\n\n"
        + '[[string]]\nid = "share"\ntext = "Share this page"\nnote = "A button."\n'
    )
    assert add_strings(text, SHIPPED) == (text, [])


def catalog(*texts: tuple[str, str, str], sample: bool) -> Catalog:
    return Catalog(
        headers=(("X-Sample", "yes"),) if sample else (),
        units=tuple(Unit(context=name, msgid=source, msgstr=text) for name, source, text in texts),
    )


SAMPLES = catalog(
    ("share", "Share this page", "La wadaag boggan"),
    ("help-title", "Need help now?", "Ma u baahan tahay caawimaad?"),
    sample=True,
)


def test_a_sample_takes_the_sample_of_what_is_new():
    ours = catalog(
        ("share", "Share this page", ""), ("help-title", "Need help now?", ""), sample=True
    )
    filled = fill_samples(ours, SAMPLES, {"share"})
    assert [unit.msgstr for unit in filled.units] == ["La wadaag boggan", ""]


def test_where_people_have_translated_no_sample_passes_for_their_work():
    ours = catalog(("share", "Share this page", ""), sample=False)
    assert fill_samples(ours, SAMPLES, {"share"}) == ours


def test_what_somebody_has_written_stays():
    ours = catalog(("share", "Share this page", "Wadaag"), sample=True)
    assert fill_samples(ours, SAMPLES, {"share"}) == ours
