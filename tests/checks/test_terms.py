"""Terms of the glossary."""

from pathlib import Path

from pipeline.checks import check_glossary
from pipeline.glossary import parse_glossary

GLOSSARY = parse_glossary(
    "source_term,target_term,status\n"
    "face mask,waji gashi,forbidden\n"
    "face mask,maaskaro,preferred\n"
    "NHS,,do not translate\n",
    Path("glossary.csv"),
)


def terms(said, source, target):
    return said(check_glossary, "so", source, target, glossary=GLOSSARY)


def test_what_is_forbidden_is_a_finding(said):
    assert terms(said, "Wear a face mask.", "Xiro waji gashi.") == [
        ("major", "“face mask” must not be called “waji gashi”; say “maaskaro”."),
        ("minor", "“face mask” is usually called “maaskaro”."),
    ]


def test_endings_make_no_difference(said):
    assert terms(said, "Wear face masks.", "Xiro maaskarooyin.") == []


def test_a_name_that_stays(said):
    assert terms(said, "Call the NHS.", "Wac adeegga caafimaadka.") == [
        ("major", "“NHS” is to stay “NHS”.")
    ]
    assert terms(said, "Call the NHS.", "Wac NHS.") == []


def test_a_text_without_terms(said):
    assert terms(said, "Rest.", "Naso.") == []
