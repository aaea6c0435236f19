import functools
import http.server
import json
import threading

import pytest
from playwright.sync_api import expect

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
    "bn": "জ্বর হলে বিশ্রাম নিন। শ্বাসকষ্ট হলে ৯৯৯ নম্বরে ফোন করুন।\n",
    "zh": "发烧时请多休息、多喝水。突然胸痛请拨打999。\n",
}
QUERIES = {"ar": ["الطوارئ", "حمى"], "bn": ["জ্বর", "999"], "zh": ["发烧怎么办"]}
HOSTILE = '<img src=x onerror="alert(1)"> & <b>fever</b>'
PAGES = {
    "a/": ("Coughs", "What to do about a cough. A fever may come too."),
    "a/#hands": ("Wash your hands", "With soap and water."),
    "b/": ("Fever in children", "When to call a doctor."),
    "c/": ("Feverish colds", "Rest and drink water."),
    "d/": ("Hay", "Nothing like scarletfever is meant here. Bring the child."),
    "e/": ("Signs", HOSTILE),
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


def test_a_section_knows_what_is_in_another_language():
    html = (
        '<p>Appelez le 111. <span lang=en dir=ltr class=gap>Tell <abbr title="x">NHS</abbr> staff.'
        '</span> 😀 <q lang="so">Waan qufacayaa</q></p>'
        '<h2 id="more"><span lang=en dir=ltr class=gap>More help</span></h2><p>Oui.</p>'
    )
    page, section = split_sections("t/", "Titre", "", html)
    assert page.text == "Appelez le 111. Tell NHS staff. 😀 Waan qufacayaa"
    utf16 = page.text.encode("utf-16-le")
    pieces = [(utf16[a * 2 : b * 2].decode("utf-16-le"), tag) for a, b, tag in page.foreign]
    assert pieces == [("Tell NHS staff.", "en"), ("Waan qufacayaa", "so")]
    assert (section.title, section.title_language, section.foreign) == ("More help", "en", ())


def test_numbers_keep_their_direction_in_results(workshop):
    document = workshop.document("covid-19/fever", "Fever")
    text = "اتصل بالرقم 18001 111 الآن.\n"
    built = workshop.build("ar", [workshop.page(document, "ar", text, title="الحمى")])
    entry = json.loads(built.text("search/search_index.json"))["docs"][0]
    assert entry["text"].endswith("اتصل بالرقم \u206618001 111\u2069 الآن.")


def test_each_language_has_an_index_of_its_own(workshop):
    document = workshop.document("covid-19/fever", "Fever")
    built = workshop.build("ar", [workshop.page(document, "ar", ARABIC, title="الحمى")])
    index = json.loads(built.text("search/search_index.json"))
    assert index["config"]["lang"] == "ar"
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
        for tag in ("en", "so", "fa", *TEXTS)
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
    page.press("input[name=q]", "Enter")
    assert page.inner_text("#site-status") == "没有找到符合条件的结果"
    assert page.is_visible("#site-topics a")
    assert page.inner_text("#site-english").endswith("English: xyzxyz")
    assert page.get_attribute("#site-english a", "href") == "../../en/search/?q=xyzxyz"
    assert problems == []
    page.close()


@pytest.fixture(scope="module")
def typed(browser, address, make_workshop):
    """A search page with the index of ``PAGES``; types a query and says what is found."""
    sections = [Section(location=at, title=t, text=text) for at, (t, text) in PAGES.items()]
    foreign = ((10, 16, "en"),)
    syrup = Section(location="f/", title="Sirop", text="Avec eau. Syrup.", foreign=foreign)
    index = make_workshop().index("bn", [*sections, syrup])
    page = browser.new_page()
    page.route("**/search_index.json", lambda route: route.fulfill(body=index.decode()))
    page.goto(f"{address}/bn/search/")
    page.wait_for_selector("#site-status:not(:empty)")

    def type_query(query):
        page.fill("input[name=q]", query)
        links = "all => all.map(a => a.getAttribute('href').slice(3))"
        return page.eval_on_selector_all("#site-results a", links)

    type_query.page = page
    yield type_query
    page.close()


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("query", "found"),
    [
        # A title, the beginning of one, a text, a part of a word.
        ("fever", ["b/", "c/", "a/", "e/", "d/"]),
        # All words before some of them, wherever on the page they are.
        ("child fever", ["b/", "d/", "c/", "a/", "e/"]),
        ("doctor children", ["b/", "d/"]),
        # The heading too, where it is the best of the page.
        ("hands", ["a/", "a/#hands"]),
        ("coughs water", ["a/", "c/"]),
        # Mistyped; nonsense; a letter; signs.
        ("fevre", ["b/", "a/", "e/"]),
        ("qxzkwj", []),
        ("f", []),
        ("!? …", []),
    ],
)
def test_better_results_come_first(typed, query, found):
    assert typed(query) == found


@pytest.mark.e2e
def test_what_is_found_is_marked_and_nothing_runs(typed):
    typed("signs fever")
    page = typed.page
    first = page.locator("#site-results > li").first
    assert first.locator("a").inner_html() == "<mark>Signs</mark>"
    assert first.locator("p").inner_text() == HOSTILE
    assert first.locator("p mark").inner_text() == "fever"
    assert page.locator("#site-results img").count() == 0
    typed("eau syrup")
    other = page.locator("#site-results p mark[lang]")
    assert other.evaluate("e => [e.textContent, e.lang, e.dir]") == ["Syrup", "en", "auto"]


@pytest.mark.e2e
def test_a_reader_is_told_when_the_typing_stops(typed):
    page = typed.page
    typed("fev")
    typed("fever")
    expect(page.locator("#site-status")).to_have_text("5 টা ডকুমেন্ট")
    assert page.get_attribute("#site-status", "role") == "status"
    assert not page.is_visible("#site-topics")
    page.wait_for_url("**/search/?q=fever")
    # Half of a letter that is being composed changes nothing.
    field = page.locator("input[name=q]")
    field.evaluate("""field => { field.value = "qxz"; field.dispatchEvent(
        new InputEvent("input", { isComposing: true })) }""")
    assert page.locator("#site-results > li").count() == 5
    field.evaluate("field => field.dispatchEvent(new CompositionEvent('compositionend'))")
    assert page.locator("#site-results > li").count() == 0
    typed("fever")
    page.press("input[name=q]", "Enter")
    assert page.evaluate("document.activeElement.id") == "site-status"


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


@pytest.mark.e2e
def test_without_the_index_the_topics_are_shown(browser, address):
    page = browser.new_page()
    page.route("**/search_index.json", lambda route: route.abort())
    page.goto(f"{address}/bn/search/?q=fever")
    page.wait_for_selector("#site-topics a")
    page.close()
