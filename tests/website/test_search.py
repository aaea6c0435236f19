import functools
import http.server
import json
import threading

import pytest

from pipeline.website import LocaleSite, build_root
from pipeline.website.search import Section, split_sections

ARABIC = """خذ قسطاً من الراحة.

## كيف تتصل بالطوارئ {#emergency}

اتصل بالرقم 999. أطفال ورضّع.

## الحرارة {#fever}

الحُمَّى عند الأطفال: 38°C أو أكثر.
"""
TEXTS = {
    "ar": ARABIC,
    "fa": "اگر کودک شما تب دارد، با ۱۱۱ تماس بگیرید.\n",
    "ckb": "ئەگەر تات هەیە، پەیوەندی بە پزیشک بکە.\n",
    "so": "Haddii aad qandho leedahay, wac 111. Caafimaadka carruurta.\n",
    "bn": "জ্বর হলে বিশ্রাম নিন। শ্বাসকষ্ট হলে ৯৯৯ নম্বরে ফোন করুন।\n",
    "zh": "发烧时请多休息、多喝水。突然胸痛请拨打999。\n",
    "ti": "ረስኒ እንተሃልዩኩም ናብ 111 ደውሉ። ሓኪም ርኸቡ።\n",
    "pl": "Gorączka i duszność. Zadzwoń na 111.\n",
}
QUERIES = {
    "ar": ["الطوارئ", "طوارئ", "بالطوارئ", "اطفال", "الحمى", "٩٩٩"],
    "fa": ["كودك", "111"],
    "ckb": ["پزیشك"],
    "so": ["qandho", "Qandhada", "carruur"],
    "bn": ["জ্বর", "শ্বাসকষ্ট ফোন", "999"],
    "zh": ["发烧", "发烧怎么办", "胸痛"],
    "ti": ["ረስኒ", "ሃኪም"],
    "pl": ["goraczka", "duszności"],
}


def test_a_page_is_cut_at_its_headings():
    html = (
        '<p>First <b>part</b>.</p><h2 id="a&amp;b">Sec&amp;ond</h2>'
        "<ul><li>one</li><li>two</li></ul><script>no()</script><h3>No id</h3><p>more</p>"
    )
    assert split_sections("t/x/", "Title", "Summary", html) == [
        Section(location="t/x/", title="Title", text="Summary First part."),
        Section(location="t/x/#a&b", title="Sec&ond", text="one two No id more"),
    ]


def test_each_language_has_an_index_of_its_own(workshop):
    document = workshop.document("covid-19/fever", "Fever")
    built = workshop.build("ar", [workshop.page(document, "ar", ARABIC, title="الحمى")])
    index = json.loads(built.text("search/search_index.json"))
    assert index["config"]["lang"] == ["ar"]
    assert [doc["location"] for doc in index["docs"]] == [
        "covid-19/fever/", "covid-19/fever/#emergency", "covid-19/fever/#fever",
    ]  # fmt: skip
    assert index["docs"][0]["title"] == "الحمى"


# --- In a real browser -------------------------------------------------------------


def note_failure(request, problems):
    # Chromium fetches the page's icon at leisure; going on to the next page stops it.
    if request.failure != "net::ERR_ABORTED":
        problems.append(request.url)


@pytest.fixture(scope="module")
def address(make_workshop):
    """A site in several languages, served on this machine."""
    workshop = make_workshop()
    document = workshop.document("covid-19/fever", "Fever")
    other = workshop.document("covid-19/other", "Other")
    for tag, text in TEXTS.items():
        workshop.build(
            tag,
            [
                workshop.page(document, tag, text, title="111"),
                workshop.page(other, tag, "—", title="222", summary="333"),
            ],
        )
    editions = [
        LocaleSite(locale=workshop.project.locale(tag), interface=workshop.interface(tag), pages=())
        for tag in ("en", *TEXTS)
    ]
    site = workshop.folder / "site"
    build_root(workshop.project, editions, out=site)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.e2e
def test_words_are_found_in_every_script(browser, address):
    page = browser.new_page()
    problems = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("requestfailed", lambda request: note_failure(request, problems))
    for tag, queries in QUERIES.items():
        page.goto(f"{address}/{tag}/covid-19/other/")
        page.fill("input[name=q]", queries[0])
        page.press("input[name=q]", "Enter")
        page.wait_for_selector("#site-status:not(:empty)")
        for query in queries:
            page.fill("input[name=q]", query)  # results follow the typing
            links = page.eval_on_selector_all("#site-results a", "all => all.map(a => a.href)")
            assert [link for link in links if "/covid-19/fever/" in link], (tag, query)
            assert not [link for link in links if "/covid-19/other/" in link], (tag, query)
    page.fill("input[name=q]", "xyzxyz")
    page.wait_for_selector("#site-results:empty", state="attached")
    assert page.inner_text("#site-status") == "Brak wyników wyszukiwania"
    assert problems == []
    page.close()


@pytest.mark.e2e
def test_the_gateway_offers_the_languages_of_the_browser(browser, address):
    for setting, tag in (("so-SO", "so"), ("fa-IR", "fa"), ("zh-Hans-CN", "zh"), ("de-DE", None)):
        context = browser.new_context(locale=setting)
        page = context.new_page()
        page.goto(address + "/")
        offers = page.eval_on_selector_all("#suggestion a", "all => all.map(a => a.lang)")
        assert offers == ([tag] if tag else []), setting
        assert page.is_visible("#suggestion") == bool(tag), setting
        assert page.url == address + "/"
        context.close()


@pytest.mark.e2e
def test_everything_but_search_works_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/")
    page.click("a[lang=ar]")
    page.click("text=111")
    page.click(".languages summary")
    assert page.is_visible(".languages__menu a[lang=ar]")
    assert page.is_visible("h1")
    context.close()
