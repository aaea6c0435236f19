"""Phone numbers and addresses."""

import pytest

from pipeline.checks import check_contact_mismatch
from pipeline.checks.contacts import read_contacts, without_contacts

READ = [
    ("Call 020 7946 0018.", ["02079460018"]),
    ("Call +44 (0)20 7946 0018 now", ["+4402079460018"]),
    ("اتصل ٠٢٠ ٧٩٤٦ ٠٠١٨", ["02079460018"]),
    ("Write to Help@Example.org.", ["help@example.org"]),
    ("See https://www.nhs.uk/conditions/ today", ["www.nhs.uk/conditions"]),
    ("1,051,635 cases in 2019-2020, on 12.03.2020", []),
    ("12 000 tests, 2019 (2019-nCoV)", []),
]


@pytest.mark.parametrize(("text", "contacts"), READ)
def test_contacts(text, contacts):
    assert list(read_contacts(text)) == contacts


def test_their_digits_are_taken_out_and_all_else_stays_in_place():
    text = "Call 020 7946 0018 in 5 days"
    assert without_contacts(text) == "Call               in 5 days"


RIGHT = [
    ("so", "Call 020 7946 0018.", "Wac 020 79460018."),
    ("ar", "Call 020 7946 0018.", "اتصل بالرقم ٠٢٠ ٧٩٤٦ ٠٠١٨."),
    ("pl", "See https://www.nhs.uk/.", "Zobacz https://www.nhs.uk."),
]
WRONG = [
    ("so", "Call 020 7946 0018.", "Wac 020 7946 0081.", ["lost 02079460018", "02079460081"]),
    ("ar", "Write to a@nhs.uk.", "اكتب إلى b@nhs.uk.", ["lost a@nhs.uk", "in b@nhs.uk"]),
    ("bn", "See www.nhs.uk/help", "দেখুন", ["lost www.nhs.uk/help"]),
]


@pytest.mark.parametrize(("tag", "source", "target"), RIGHT)
def test_kept(said, tag, source, target):
    assert said(check_contact_mismatch, tag, source, target) == []


@pytest.mark.parametrize(("tag", "source", "target", "messages"), WRONG)
def test_changed(said, tag, source, target, messages):
    found = said(check_contact_mismatch, tag, source, target)
    assert [severity for severity, _ in found] == ["critical"] * len(messages)
    for (_, text), message in zip(found, messages, strict=True):
        assert message in text
