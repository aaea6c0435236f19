"""The film that ships, played in real Chromium with captions in the language of the page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.e2e

HANDS = "covid-19/wash-your-hands/"
WET = {
    "en": ["Wet your hands with water", "and put soap on them."],
    "so": ["Gacmahaaga biyo ku qoy", "oo saabuun mari."],
    "ar": ["بلّل يديك بالماء وضع", "عليهما الصابون."],
    "pl": ["Zmocz ręce wodą i nałóż", "na nie mydło."],
}
#: Plays the film, quick and muted, for its first ten seconds, and says what is shown.
PLAY = """async () => {
  const video = document.querySelector("video");
  const track = [...video.textTracks].find((each) => each.mode === "showing");
  const shown = [];
  track.addEventListener("cuechange", () => {
    for (const cue of track.activeCues) {
      if (shown.at(-1) !== cue.text) shown.push(cue.text);
    }
  });
  video.muted = true;
  video.playbackRate = 2;
  await video.play();
  while (video.currentTime < 9.2 && !video.error) {
    await new Promise((done) => setTimeout(done, 50));
  }
  video.pause();
  return {
    seconds: Math.round(video.duration),
    width: video.videoWidth,
    language: track.language,
    cues: [...track.cues].map((cue) => cue.text),
    shown: shown,
    error: video.error && video.error.message,
  };
}"""


@pytest.mark.parametrize("tag", WET)
def test_the_film_plays_with_captions_in_the_language_of_the_page(visit, tag):
    page = visit(f"{tag}/{HANDS}")
    found = page.evaluate(PLAY)
    assert found["error"] is None
    assert found["width"] == 640
    assert found["seconds"] == 37
    assert found["language"] == tag
    assert len(found["cues"]) == 11
    assert found["cues"][1:3] == WET[tag]
    assert found["shown"] == found["cues"][:3]


def test_every_live_language_can_be_chosen_and_others_are_named(visit):
    page = visit(f"so/{HANDS}")
    labels = page.evaluate("[...document.querySelector('video').textTracks].map((t) => t.label)")
    assert labels == ["Soomaali", "English", "العربية", "polski"]
    page.locator(".film details summary").click()
    assert page.locator(".film details").get_by_text("বাংলা").is_visible()


def test_nothing_is_fetched_before_the_film_is_played(visit):
    page = visit(f"so/{HANDS}")
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
    assert not any(name.endswith(".webm") for name in loaded)


def test_it_works_without_scripts_and_nothing_is_refused(visit):
    page = visit(f"pl/{HANDS}", java_script_enabled=False)
    assert page.locator("video[controls] track[default][srclang=pl]").count() == 1


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_accessible_and_fits(visit, tag, width):
    page = visit(f"{tag}/{HANDS}", viewport={"width": width, "height": 844})
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_transcript_is_in_the_leaflet_and_the_player_is_not(built):
    pages = {
        entry["locale"]: entry
        for entry in built.manifest()["resources"]
        if entry["resource"] == HANDS.rstrip("/")
    }
    live = {tag for tag, entry in pages.items() if entry["state"] == "live"}
    assert live == {"so", "ar", "pl"}
    assert all(pages[tag]["pdfs"] and pages[tag]["captions"] for tag in live)
    assert pages["bn"]["captions"] is None
