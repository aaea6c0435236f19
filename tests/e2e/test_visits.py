"""The browser of these tests: each visit is that of somebody new."""

import pytest

pytestmark = pytest.mark.e2e


def test_a_visit_knows_nothing_of_the_one_before(visit):
    page = visit("so/")
    page.evaluate("localStorage.language = 'so'; document.cookie = 'language=so'")
    page = visit("so/")
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_a_request_elsewhere_fails_the_test(visit, request):
    page = visit("404.html")
    with page.expect_request("https://x.example/*"):
        page.evaluate("new Image().src = 'https://x.example/phone.svg'")
    elsewhere = request.getfixturevalue("elsewhere")
    assert elsewhere == ["https://x.example/phone.svg"]
    elsewhere.clear()
