"""What a page says of who has checked it, from the ledger."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.cli.survey import survey
from pipeline.config import load_project
from tests.cli.conftest import SOMALI


@pytest.fixture
def pages(place, pipeline):
    """The English and the Somali page, as they are now."""
    pipeline("sync")
    place.translate(SOMALI)

    def look():
        now = datetime.now(UTC) + timedelta(minutes=1)
        found = survey(load_project(place.root), now=now)
        (somali,) = (e for e in found.editions if e.locale.tag == "so")
        return found.source.pages[0], somali.pages[0]

    return look


def make_real(place, role=""):
    """Let the sign-offs of a role, or of all, be what real people give."""
    path = place.root / "locales/so/covid-19/fever.ledger.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(x.replace(',"sample":true', "") if role in x else x for x in lines), "utf-8"
    )


def test_sample_sign_offs_publish_a_demonstration_and_are_no_review(pages):
    _, somali = pages()
    assert somali.state == "live"
    assert somali.reviewed == ()


def test_the_roles_that_signed_all_that_is_shown_are_told(place, pages):
    make_real(place)
    _, somali = pages()
    assert somali.reviewed == ("translator", "reviser", "community-reader")


def test_a_role_whose_sign_off_is_a_sample_is_not_told(place, pages):
    make_real(place, "translator")
    _, somali = pages()
    assert somali.reviewed == ("translator",)


def test_a_role_that_has_signed_a_part_is_not_told(place, pages):
    make_real(place)
    swapped = place.catalog.read_text("utf-8").replace("Guriga joog 5", "Guriga ku nasoo 5")
    place.catalog.write_text(swapped, "utf-8")
    place.sign()  # samples, for what has changed
    _, somali = pages()
    assert somali.state == "live"
    assert somali.reviewed == ()


def test_where_nobody_needs_to_approve_the_source_its_date_is_that_of_its_last_check(pages):
    english, somali = pages()
    assert english.version_date == somali.version_date == date(2026, 11, 20)


def test_else_it_is_the_day_on_which_the_last_of_it_was_approved(place, pages):
    settings = place.root / "pipeline.toml"
    text = settings.read_text("utf-8").replace(
        "[workflow.clinical]\nsource = []", '[workflow.clinical]\nsource = [["author"]]'
    )
    settings.write_text(text, "utf-8")
    place.sign()
    english, somali = pages()
    assert english.version_date == somali.version_date == datetime.now(UTC).date()
