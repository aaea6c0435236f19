"""Numbers in right-to-left pages."""

from dataclasses import replace

import pytest

from pipeline.checks.output import Site
from pipeline.checks.output.numbers import check_unisolated_number
from pipeline.website import isolate_numbers

ARABIC = "ar/covid-19/fever/index.html"
SOMALI = "so/covid-19/fever/index.html"


def look(site: Site, path: str, text: str) -> list[str]:
    body = site.pages[path].replace("</main>", f"<p>{text}</p></main>")
    pages = {name: isolate_numbers(page) for name, page in site.pages.items()} | {path: body}
    found = check_unisolated_number(replace(site, pages=pages, isolate=isolate_numbers))
    return [f"{finding.severity} {finding.path.name} {finding.message}" for finding in found]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("تناول 2–3 × 500 mg الآن", "2–3 × 500 mg"), ("اتصل 020 7946 0018", "020 7946 0018")],
)
def test_a_number_that_would_be_shown_in_another_order(site, text, shown):
    (message,) = look(site, ARABIC, text)
    assert message.startswith("critical index.html Numbers would be shown in another order: “")
    assert shown in message


def test_a_number_that_is_isolated(site):
    assert look(site, ARABIC, 'تناول <bdi dir="ltr">2–3 × 500 mg</bdi> الآن') == []


def test_left_to_right_text_needs_nothing(site):
    assert look(site, SOMALI, "Qaado 2–3 × 500 mg") == []
