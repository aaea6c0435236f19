"""What can be taken along, in real Chromium: kept on a telephone, on a stick, as one file."""

import json
import os
import re
import shutil
import threading
import time
import zipfile
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.e2e

HANDS = "so/covid-19/wash-your-hands/"
HELP = "so/covid-19/when-to-get-help/"
NOT_YET = "so/covid-19/long-covid/"
TITLE = "Gacmaha dhaq: filim gaaban"
NEW_TITLE = "Gacmaha saabuun ku dhaq"
KEPT = "Waa lagu kaydiyey telefoonkan"
NOT_CONNECTED = "Kuma xirnid internetka. Boggan waxaa telefoonkan lagu kaydiyey"
NOT_KEPT = "Kuma xirnid internetka, boggana laguma kaydin telefoonkan."
#: Where the site is below another: what is kept must not reach out of it.
SUB_PATH = "health/"


@dataclass
class Server:
    """A server with the site below a path, that can be cut off."""

    root: Path
    address: str = ""
    is_down: bool = False

    def file(self, path: str) -> Path:
        return self.root / SUB_PATH / path

    def change(self, path: str, old: str, new: str) -> None:
        text = self.file(path).read_text("utf-8")
        assert old in text
        self.file(path).write_text(text.replace(old, new), "utf-8")


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments, server_state: Server, **options) -> None:
        self.state = server_state
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        if self.state.is_down:
            self.close_connection = True
            return
        super().do_GET()

    def do_HEAD(self) -> None:
        if not self.state.is_down:
            super().do_HEAD()

    def end_headers(self) -> None:
        # As docs/guides/hosting.md says: a browser asks each time whether a page is the same.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(built, tmp_path):
    state = Server(tmp_path)
    for path in (HANDS, HELP, NOT_YET, "assets", "so/covid-19/images"):
        shutil.copytree(built.site / path, state.file(path))
    shutil.copy(built.site / "service-worker.js", state.file(""))
    handler = partial(_Handler, directory=str(tmp_path), server_state=state)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        state.address = f"http://127.0.0.1:{running.server_port}/{SUB_PATH}"
        yield state
        running.shutdown()
        thread.join()


@pytest.fixture
def page(browser):
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        yield context.new_page()


def keep(page):
    page.locator("[data-do=keep]").click()
    page.locator("[data-do=forget]").wait_for(state="visible")
    assert re.fullmatch(rf"{KEPT}\s+\d+ KB", page.locator("[data-state]").inner_text().strip())


def kept(page) -> list[str]:
    return page.evaluate("caches.keys()")


def wait_until_nothing_is_kept(page) -> None:
    """What tidies up in the background may still hold what it is about to take away."""
    page.wait_for_function("caches.keys().then((names) => names.length === 0)")


def test_a_page_is_kept_read_without_network_replaced_when_changed_gone_when_withdrawn(
    server, page
):
    address = server.address + HANDS
    page.goto(address)
    assert kept(page) == []  # nothing unasked
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((r) => r.length)") == 0
    keep(page)
    assert kept(page) == [f"kept {server.address} {address}", f"kept-files {server.address} "]

    server.is_down = True
    page.reload()
    notice = page.locator("#site-offline")
    assert notice.inner_text().startswith(NOT_CONNECTED)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", notice.locator("time").get_attribute("datetime"))
    assert page.locator("h1").inner_text() == TITLE
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 100
    leaflet = "fetch('wash-your-hands.pdf').then((r) => r.status)"
    assert page.evaluate(leaflet) == 200

    page.goto(server.address + HELP)  # was not kept
    assert page.locator("p").inner_text() == NOT_KEPT
    assert page.locator("html").get_attribute("lang") == "so"
    page.locator("main a").click()
    page.wait_for_url(f"**/{HANDS}")
    assert page.locator("h1").inner_text() == TITLE

    server.is_down = False
    server.change(f"{HANDS}index.html", TITLE, NEW_TITLE)
    page.reload()
    assert page.locator("h1").inner_text() == NEW_TITLE
    assert not page.locator("#site-offline").is_visible()
    page.wait_for_function("caches.keys().then((names) => names.length === 2)")
    page.wait_for_timeout(300)
    server.is_down = True
    page.reload()
    assert page.locator("h1").inner_text() == NEW_TITLE

    server.is_down = False
    shutil.copy(server.file(f"{NOT_YET}index.html"), server.file(f"{HANDS}index.html"))
    later = time.time() + 5  # servers know changes by the second, and this is the second in one
    os.utime(server.file(f"{HANDS}index.html"), (later, later))
    page.reload()
    assert page.locator("h1").inner_text() != NEW_TITLE
    wait_until_nothing_is_kept(page)


def test_a_kept_page_is_renewed_when_another_page_is_read(server, page):
    page.goto(server.address + HANDS)
    keep(page)
    shutil.rmtree(server.file(HANDS))
    page.goto(server.address + HELP)
    wait_until_nothing_is_kept(page)


def test_a_server_that_is_out_of_order_takes_nothing_away(server, page):
    page.goto(server.address + HANDS)
    keep(page)
    page.route("**/*", lambda route: route.fulfill(status=503, body=""))
    page.goto(server.address + HELP)
    page.wait_for_timeout(200)
    assert len(kept(page)) == 2


def test_removing_takes_away_the_page_and_what_kept_it(server, page):
    page.goto(server.address + HANDS)
    keep(page)
    page.locator("[data-do=forget]").click()
    page.locator("[data-do=keep]").wait_for(state="visible")
    assert kept(page) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((r) => r.length)") == 0


#: Names of caches as they were told a moment ago: one was taken away by the reader since.
AS_TOLD_BEFORE = """
  const told = CacheStorage.prototype.keys;
  const gone = `kept ${self.registration.scope} ${self.registration.scope}so/gone/`;
  CacheStorage.prototype.keys = async function () { return [...(await told.call(this)), gone]; };
"""


def test_what_a_reader_took_away_does_not_come_back_where_it_was_just_being_looked_at(server, page):
    worker = server.file("service-worker.js")
    worker.write_text(AS_TOLD_BEFORE + worker.read_text("utf-8"), "utf-8")
    page.goto(server.address + HANDS)
    keep(page)
    server.is_down = True
    page.reload()
    assert page.locator("h1").inner_text() == TITLE
    page.goto(server.address + HELP)
    assert page.locator("p").inner_text() == NOT_KEPT
    assert kept(page) == [
        f"kept {server.address} {server.address}{HANDS}",
        f"kept-files {server.address} ",
    ]


LANGUAGE = "so/"
QUERY = "so/search/?q=gacmaha"
GONE = "so/covid-19/look-after-yourself-at-home/"


@pytest.fixture
def language(built, server):
    """The server with all of a language."""
    shutil.copytree(built.site / LANGUAGE, server.file(LANGUAGE), dirs_exist_ok=True)
    return server


def listed(language) -> dict:
    return json.loads(language.file("so/keep.json").read_text("utf-8"))


def publish(language, **changes: str | None) -> None:
    """Change pages, or take them away, and list what stands there now, as a build does."""
    said = listed(language)
    for path, text in changes.items():
        if text is None:
            shutil.rmtree(language.file(path))
        else:
            language.file(f"{path}index.html").write_text(text, "utf-8")
    files = [entry for entry in said["files"] if changes.get(entry[0], "") is not None]
    for entry in files:
        if entry[0] in changes:
            entry[1] = sha256(changes[entry[0]].encode()).hexdigest()[:16]
    said |= {"version": "another", "files": files}
    language.file("so/keep.json").write_text(json.dumps(said), "utf-8")


def keep_language(page) -> str:
    page.locator("[data-do=keep]").click()
    page.locator("[data-do=forget], [data-state] [data-say]").locator(
        "visible=true"
    ).first.wait_for()
    page.wait_for_function("!document.querySelector('[data-do=keep]').disabled")
    return page.locator("[data-state]").inner_text().strip()


def test_a_language_is_kept_searched_without_network_and_follows_the_site(language, page):
    page.goto(language.address + LANGUAGE)
    page.locator("[data-do=keep]").hover()
    page.locator("[data-size] bdi").wait_for()
    said = keep_language(page)
    assert re.fullmatch(rf"{KEPT}\s+\d+ KB", said), said
    assert int(re.search(r"\d+", said)[0]) == -(-listed(language)["bytes"] // 1000)

    language.is_down = True
    page.goto(language.address + QUERY)
    page.locator("#site-results a").first.wait_for()
    assert page.locator("#site-results a").first.inner_text() == TITLE
    page.goto(language.address + HANDS)
    assert page.locator("#site-offline").inner_text().startswith(NOT_CONNECTED)
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 100
    assert page.evaluate("fetch('../images/wash-your-hands.svg').then((r) => r.ok)")
    page.goto(language.address + NOT_YET)  # a notice is not kept
    assert page.locator("p").inner_text() == NOT_KEPT

    language.is_down = False
    text = language.file(f"{HANDS}index.html").read_text("utf-8")
    publish(language, **{HANDS: text.replace(TITLE, NEW_TITLE), GONE: None})
    page.goto(language.address + HANDS)
    page.wait_for_function(
        "([name, page, title]) => caches.open(name).then((c) => c.match(page))"
        ".then((r) => r.text()).then((text) => text.includes(title))",
        arg=[f"kept-language {language.address} {language.address}so/",
             language.address + HANDS, NEW_TITLE],
    )  # fmt: skip
    language.is_down = True
    page.goto(language.address + GONE)
    assert page.locator("p").inner_text() == NOT_KEPT
    page.goto(language.address + LANGUAGE)
    page.locator("[data-do=forget]").click()
    page.locator("[data-do=keep]").wait_for(state="visible")
    wait_until_nothing_is_kept(page)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((r) => r.length)") == 0


def test_half_of_a_language_is_not_kept_and_that_is_said(language, page):
    shutil.rmtree(language.file(GONE))
    page.goto(language.address + LANGUAGE)
    assert keep_language(page).startswith("Bogagga oo dhan lama soo qaadi karin.")
    wait_until_nothing_is_kept(page)
    assert page.locator("[data-do=forget]").is_hidden()


def test_where_there_is_no_room_that_is_said(language, page):
    worker = language.file("service-worker.js")
    full = "Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'));"
    worker.write_text(full + worker.read_text("utf-8"), "utf-8")
    page.goto(language.address + LANGUAGE)
    assert keep_language(page).startswith("Telefoonkan meel ku filan kama bannaana.")
    wait_until_nothing_is_kept(page)


def test_the_switch_takes_all_away(server, page, built):
    page.goto(server.address + HANDS)
    keep(page)
    shutil.copy(built.root / "theme/keeper-off.js", server.file("service-worker.js"))
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    page.wait_for_function("caches.keys().then((names) => names.length === 0)")
    page.reload()
    # It lets go of the page just after it has emptied what was kept.
    page.wait_for_function(
        "navigator.serviceWorker.getRegistrations().then((found) => found.length === 0)"
    )


def test_without_script_there_are_links_and_no_buttons(visit):
    page = visit(HANDS, java_script_enabled=False)
    assert page.locator(".keeping a:visible").count() == 2
    assert page.locator(".keeping button:visible").count() == 0
    whatsapp = page.locator(".keeping a").first.get_attribute("href")
    assert whatsapp == (
        "https://wa.me/?text=Gacmaha%20dhaq%3A%20filim%20gaaban%0A"
        "https%3A%2F%2Fhealth.example.org%2Fso%2Fcovid-19%2Fwash-your-hands%2F"
    )


def test_the_link_is_copied_where_the_browser_cannot_share(visit):
    page = visit(HANDS, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("delete Navigator.prototype.share")
    page.reload()
    page.locator("[data-do=share]").click()
    page.locator("[data-state]").get_by_text("Linkiga waa la koobiyeeyey").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"https://health.example.org/{HANDS}"


@pytest.mark.parametrize("tag", ["so", "ar"])
def test_one_file_opens_from_the_disk_and_asks_for_nothing(built, page, tmp_path, tag):
    name = f"when-to-get-help-{tag}.html"
    copied = Path(shutil.copy(built.site / tag / "covid-19/when-to-get-help" / name, tmp_path))
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(copied.as_uri())
    assert [url for url in asked if not url.startswith("data:")] == [copied.as_uri()]
    assert said == []  # the policy refuses nothing that the page needs
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".demonstration").is_visible()
    assert page.locator(".top bdi.address").inner_text().endswith("/covid-19/when-to-get-help/")
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("tag", ["so", "ar"])
def test_a_language_opens_from_a_stick(built, page, tmp_path, tag):
    with zipfile.ZipFile(built.site / tag / f"{tag}.zip") as archive:
        archive.extractall(tmp_path)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "index.html").as_uri())
    page.locator(".card a", has_text=re.compile("111|١١١|caawi|المساعدة")).first.click()
    # Loaded with its styles, not only begun: a click does not wait for them.
    page.wait_for_url((tmp_path / "covid-19/when-to-get-help/index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.help')).borderRadius") != "0px"
    assert page.evaluate("[...document.images].every((each) => each.naturalWidth > 0)")
    assert (tmp_path / "covid-19/when-to-get-help/when-to-get-help.pdf").is_file()
    assert said == []
    assert all(url.startswith("file:") for url in asked)
    assert page.locator("form, script").count() == 0


def test_each_language_has_its_archive_and_each_page_its_file_in_the_manifest(built):
    manifest = built.manifest()
    pages = [entry for entry in manifest["resources"] if entry["page"] and entry["pdfs"]]
    assert all(entry["one_file"]["bytes"] < 100_000 for entry in pages)
    tags = {entry["locale"] for entry in pages}
    assert {e["locale"] for e in manifest["locales"] if e["archive"]} == tags
