"""The states of a page that nothing that ships is in, opened in Chromium; from the right."""

import threading
from dataclasses import replace
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from pipeline.model import PageState
from pipeline.website import LocaleSite, build_root

TEXT = """\
اتصل بالرقم 999 أو +44 (0)20 7946 0018. خذ 2–3 × 500 mg كل 6 ساعات.

!!! danger critical "اتصل الآن"
    <span lang="en" dir="ltr">Call 999 if you cannot breathe.</span>

| متى | كم |
|---:|:---|
| صباحًا | 500 mg |

=== "بالهاتف"
    اتصل بالرقم 111.

=== "عبر الإنترنت"
    111.nhs.uk
"""


@pytest.fixture(scope="module")
def address(make_workshop, visits):
    workshop = make_workshop()
    names = ("withdrawn", "gaps", "key-facts")
    documents = [workshop.document(f"covid-19/{name}", f"Call 999: {name}") for name in names]
    documents = [replace(each, text="Call 999 or 111.") for each in documents]
    states = (PageState.WITHDRAWN, PageState.LIVE_WITH_GAPS, PageState.KEY_FACTS)
    pages = [
        replace(
            workshop.page(
                document, "ar", TEXT, state=state, title="الحمى", summary="متى تتصل بـ 999"
            ),
            is_overdue=True,
            changed_critical=1,
        )
        for document, state in zip(documents, states, strict=True)
    ]
    built = workshop.build("ar", pages)
    editions = [
        LocaleSite(locale=locale, interface=workshop.interface(locale.tag), pages=())
        for locale in workshop.locales(("en", "ar"))
    ]
    root = built.folder.parent
    build_root(workshop.project, editions, out=root)
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(visits.CachingHandler, directory=str(root))
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/ar/covid-19/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("name", "scheme"), [("withdrawn", "dark"), ("gaps", "light"), ("key-facts", "dark")]
)
def test_axe_finds_nothing_and_the_page_obeys_its_policy(address, browser, walk, name, scheme):
    size = {"width": 360, "height": 800}
    page = walk.open_page(browser, f"{address}{name}/", viewport=size, color_scheme=scheme)
    found = walk.find_faults(page)
    page.context.close()
    assert found == []


def test_phones_dial_and_columns_are_aligned_without_inline_styles(address, browser, walk):
    page = walk.open_page(browser, f"{address}gaps/")
    dialled = [a.get_attribute("href") for a in page.locator(".body a.phone").all()]
    cells = page.locator("td").evaluate_all(
        "cells => cells.map(c => getComputedStyle(c).textAlign)"
    )
    refused = page.evaluate("window.refused")
    page.context.close()
    assert dialled == ["tel:999", "tel:+442079460018", "tel:999", "tel:111"]
    assert cells == ["right", "left"]
    assert refused == []
