"""A film on another site: named, asked for nothing before somebody plays it, and then played."""

import json
import shutil
import ssl
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from lxml import html

from pipeline.model import LeafletVariant
from pipeline.pdf.article import printed_text

from .test_video import BUILD, FILM, TEXT, TRACK

REPOSITORY = Path(__file__).resolve().parents[2]
#: The browser of the tests finds this name on this machine.
HOST = "films.example.org"
TALK = "https://www.youtube.com/watch?v=abc"
SOMALI = "so/covid-19/fever/"
SAID = "Filimku wuxuu ku jiraa bog kale: "
SEEN = "Boggaasi wuu arki karaa inaad filimka daawanayso."


@pytest.fixture
def elsewhere(tmp_path):
    """Another site, with a film: its port, what it was asked for, and who has called at all."""
    asked: list[tuple[str, str | None]] = []
    callers: list[object] = []
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(REPOSITORY / "content/covid-19/wash-your-hands.webm", folder / "hands.webm")

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Referer"]))
            super().do_GET()

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        def verify_request(self, request, address):
            callers.append(address)
            return super().verify_request(request, address)

    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"),
            *("ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Server(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, asked, callers
        server.shutdown()


@pytest.fixture
def publish(place, pipeline):
    """Publish the resource with a film at an address, in Somali and with its captions."""

    def build(address, *, poster=True):
        folder = place.resource.parent
        (folder / "fever.en.vtt").write_text(TRACK, "utf-8")
        (folder / "still.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
        video = f"video:\n  file: {address}\n  captions: fever.en.vtt\n"
        video += "  poster: still.svg\n" if poster else ""
        text = place.resource.read_text("utf-8").replace("owner:", f"{video}owner:")
        place.resource.write_text(text, "utf-8")
        pipeline("sync")
        place.translate(TEXT | FILM)
        ran = pipeline(*BUILD)
        assert ran.code == 0, ran.err
        return place.root / "site"

    return build


@pytest.fixture
def open_page(browser):
    """Open a page of a site on a server of its own, and note what it asks and complains of."""
    servers, context = [], browser.new_context(ignore_https_errors=True)

    def visit(site):
        handler = partial(_Quiet, directory=str(site))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = context.new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"http://127.0.0.1:{server.server_port}/{SOMALI}", wait_until="networkidle")
        return page, asked, said

    yield visit
    context.close()
    for server in servers:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


#: Plays the film, quick and muted, until the Somali captions have been shown.
PLAY = """async () => {
  const video = document.querySelector("video");
  const track = [...video.textTracks].find((each) => each.mode === "showing");
  video.muted = true;
  video.playbackRate = 4;
  const shown = [];
  track.addEventListener("cuechange", () => {
    for (const cue of track.activeCues) if (shown.at(-1) !== cue.text) shown.push(cue.text);
  });
  await video.play();
  while (video.currentTime < 7.5 && !video.error) await new Promise((r) => setTimeout(r, 40));
  return { language: track.language, shown, width: video.videoWidth };
}"""


def test_it_is_asked_for_when_it_is_played_and_plays_with_our_captions(
    publish, elsewhere, open_page
):
    port, asked_there, callers = elsewhere
    site = publish(f"https://{HOST}:{port}/hands.webm")
    page, asked, said = open_page(site)
    # Before: it is named, nothing has been asked for, and the poster is ours.
    address = page.locator(".film-address")
    assert address.inner_text() == (
        f"{SAID}{HOST}:{port}\n{SEEN}\nhttps://{HOST}:{port}/hands.webm"
    )
    assert address.locator("bdi").first.inner_text() == f"{HOST}:{port}"
    page.locator("video").scroll_into_view_if_needed()
    page.locator("[data-do=keep]").click()
    page.locator("[data-do=forget]").wait_for(state="visible")
    kept = page.evaluate(
        "caches.keys().then((keys) => caches.open(keys[0])).then((kept) => kept.keys())"
        ".then((requests) => requests.map((request) => request.url))"
    )
    assert kept
    assert not any(HOST in url for url in [*kept, *asked])
    assert (asked_there, callers) == ([], [])
    assert any(url.endswith("/covid-19/still.svg") for url in asked)
    # Then: the film from there, the captions from here, and who asks is not said.
    played = page.evaluate(PLAY)
    assert played == {
        "language": "so",
        "shown": [
            "Biyo badan cab,",
            "nasona inta aad rabto.",
            "Wac 999 haddii aadan neefsan karin.",
        ],
        "width": 640,
    }
    assert {path for path, _ in asked_there} == {"/hands.webm"}
    assert {referrer for _, referrer in asked_there} == {None}
    assert said == []


def test_only_its_page_lets_that_site_be_asked(publish):
    site = publish(f"https://{HOST}/hands.webm", poster=False)
    allowed = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if f"media-src 'self' https://{HOST};" in path.read_text("utf-8")
    }
    assert allowed == {"en/covid-19/fever/index.html", f"{SOMALI}index.html"}
    page = (site / SOMALI / "index.html").read_text("utf-8")
    assert '<video controls playsinline preload="none" aria-labelledby="site-title">' in page
    # Captions of each language, for whoever gives the film to others.
    links = html.fromstring(page).xpath("//figcaption//a[@download]/@href")
    assert links == [f"../../../media/covid-19/fever/captions.{tag}.vtt" for tag in ("so", "en")]
    resources = json.loads((site / "manifest.json").read_text("utf-8"))["resources"]
    films = {entry["locale"]: entry["film"] for entry in resources}
    assert films["so"] == {"address": f"https://{HOST}/hands.webm"}
    assert films["ckb"] is None
    # The film itself is nobody's copy.
    names = sorted(path.name for path in (site / "media").rglob("*.*"))
    assert names == ["captions.en.vtt", "captions.so.vtt"]


def test_a_page_of_another_site_is_led_to_and_named_on_paper(publish, open_page):
    site = publish(TALK)
    page, asked, said = open_page(site)
    assert page.locator("video").count() == 0
    link = page.get_by_role("link", name=f"{SAID}www.youtube.com")
    assert link.get_attribute("href") == TALK
    assert link.get_attribute("rel") == "noreferrer"
    assert page.evaluate("document.querySelector('.film--opened img').naturalWidth") > 0
    assert not any("youtube" in url for url in asked)
    assert said == []
    path = site / SOMALI / "index.html"
    printed = printed_text(path.read_bytes(), path, LeafletVariant.STANDARD)
    assert f"{SAID}www.youtube.com{SEEN}{TALK}" in printed
    single = html.fromstring((site / SOMALI / "fever-so.html").read_bytes())
    assert single.xpath("//p[@class='film-address']/a/@href") == [TALK]


def test_another_address_asks_for_another_look(publish, place, pipeline):
    publish(TALK)
    text = place.resource.read_text("utf-8")
    place.resource.write_text(text.replace("v=abc", "v=xyz"), "utf-8")
    assert "live-with-gaps" in pipeline("status", "--format", "json").out
