"""Pictures and recordings of a language's own: nobody's before it is recorded and signed."""

import json
import re
from datetime import UTC, datetime

import pytest

from pipeline.cli.films import write_films
from pipeline.cli.survey import survey
from pipeline.config import load_project
from pipeline.ledger import read_ledger
from pipeline.workflow import EventKind

ENGLISH = '<svg xmlns="http://www.w3.org/2000/svg"><title>Call 999</title></svg>\n'
SOMALI = '<svg xmlns="http://www.w3.org/2000/svg"><title>Wac 999</title></svg>\n'
TEXT = {
    "Fever": "Qandho",
    "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kululaato.",
    "Drink water often.": "Biyo had iyo jeer cab.",
    "Call 999 now": "Wac 999 hadda",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aadan neefsan karin.",
    "Rest": "Naso",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
    "A card with the number 999": "Kaar ay ku qoran tahay lambarka 999",
}
#: The first frame of an MP3, and silence.
MP3 = b"\xff\xfb\x10\xc4" + bytes(3000)
ROLES = (("translator", "amina"), ("reviser", "bashir"), ("community-reader", "cawo"))


@pytest.fixture
def card(place, pipeline):
    """The resource shows a card with words on it, and is translated and signed."""
    picture = place.resource.parent / "images/card.svg"
    picture.parent.mkdir()
    picture.write_text(ENGLISH, "utf-8")
    text = place.resource.read_text("utf-8")
    text = text.replace("owner:", "pictures_with_text: [images/card.svg]\nowner:")
    place.resource.write_text(f"{text}\n![A card with the number 999](images/card.svg)\n", "utf-8")
    pipeline("sync")
    place.translate(TEXT)
    return place


@pytest.fixture
def spoken(place, pipeline):
    """A recording of the resource is wanted in every language; it is translated and signed."""
    text = place.resource.read_text("utf-8").replace("owner:", "audio: true\nowner:")
    place.resource.write_text(text, "utf-8")
    pipeline("sync")
    place.translate({source: text for source, text in TEXT.items() if "card" not in source})
    return place


def draw(place, svg=SOMALI, tag="so"):
    own = place.root / "locales" / tag / "covid-19/images/card.svg"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(svg, "utf-8")
    return own


def speak(place, data=MP3, tag="so"):
    own = place.root / "locales" / tag / "covid-19/fever.mp3"
    own.write_bytes(data)
    return own


def record(pipeline, tag="so"):
    return pipeline("media", "record", "--locale", tag, "--handle", "amina", "covid-19/fever")


def sign(pipeline, *roles):
    for role, handle in roles or ROLES:
        ran = pipeline(
            *("sign", "covid-19/fever", "--locale", "so", "--role", role, "--handle", handle),
            "--yes",
        )
        assert ran.code == 0, ran.err


def told(pipeline, tag="so"):
    """What status says of the pictures and recordings: state, signed, shown."""
    matrix = json.loads(pipeline("status", "--format", "json").out)
    (row,) = (row for row in matrix["languages"] if row["locale"] == tag)
    return [
        (item["name"], item["state"], item["signed"], item["shown"])
        for item in row["resources"][0]["media"]
    ]


def edition(place, tag="so"):
    """What the public gets in a language."""
    found = survey(load_project(place.root))
    return next(edition for edition in found.open_editions if edition.locale.tag == tag)


def pictures(place, tag="so"):
    """The pictures that its pages show in the place of the source's."""
    return [data.decode("utf-8") for data in edition(place, tag).pictures.values()]


def recordings(place):
    """What is published of recordings, whatever part of the site is built."""
    write_films(survey(load_project(place.root)))
    folder = place.root / "site/media/covid-19/fever"
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def page(place, tag):
    return place.root / "site" / tag / "covid-19/fever/index.html"


def picture(place, tag):
    """The bytes of the picture that the page shows."""
    (address,) = re.findall(
        r'<img [^>]*src="([^"]*card[^"]*)"', page(place, tag).read_text("utf-8")
    )
    return (page(place, tag).parent / address).read_text("utf-8")


def player(place, tag):
    found = re.search(
        r'<audio controls preload="none".*?<source src="([^"]+)"',
        page(place, tag).read_text("utf-8"),
        re.DOTALL,
    )
    return found and found[1]


@pytest.mark.usefixtures("card")
def test_a_picture_with_words_in_it_is_missed_in_each_language(pipeline):
    assert told(pipeline) == [("covid-19/images/card.svg", "missing", False, False)]
    assert told(pipeline, "ckb") == [("covid-19/images/card.svg", "missing", False, False)]
    assert "media: 1 missing" in pipeline("status", "--locale", "so").out


def test_a_picture_that_nobody_has_recorded_or_signed_is_not_shown(card, pipeline):
    draw(card)
    assert told(pipeline) == [("covid-19/images/card.svg", "unrecorded", False, False)]
    # What is signed is the text: the picture waits by itself, and takes nothing away.
    assert record(pipeline).out == (
        "Recorded: covid-19/images/card.svg is made for the source's picture as it is now.\n"
    )
    assert told(pipeline) == [("covid-19/images/card.svg", "present", False, False)]
    # Not even at an address that nobody links to.
    assert pictures(card) == []


def test_signed_by_all_they_stand_on_the_pages_of_their_language_alone(card, pipeline):
    text = card.resource.read_text("utf-8").replace("owner:", "audio: true\nowner:")
    card.resource.write_text(text, "utf-8")
    draw(card)
    speak(card)
    assert record(pipeline).out == (
        "Recorded: covid-19/images/card.svg is made for the source's picture as it is now.\n"
        "Recorded: covid-19/fever.mp3 is made for the text as it stands now.\n"
    )
    sign(pipeline)
    assert told(pipeline) == [
        ("covid-19/images/card.svg", "present", True, True),
        ("covid-19/fever", "present", True, True),
    ]
    ran = pipeline("build", "--no-pdf", "--locale", "so", "--locale", "en")
    assert ran.code == 0, ran.err
    assert picture(card, "so") == SOMALI
    assert picture(card, "en") == ENGLISH
    (name,) = (path.name for path in (card.root / "site/media/covid-19/fever").glob("*"))
    assert re.fullmatch(r"fever\.so\.[0-9a-f]{8}\.mp3", name)
    assert player(card, "so") == f"../../../media/covid-19/fever/{name}"
    assert player(card, "en") is None
    said = '<strong>Dhegeyso boggan</strong> <span dir="ltr">(3 KB)</span>'
    assert said in page(card, "so").read_text("utf-8")
    entries = json.loads((card.root / "site/manifest.json").read_text("utf-8"))["resources"]
    assert {e["locale"]: e["audio"] and e["audio"]["bytes"] for e in entries}["so"] == len(MP3)


def test_what_is_signed_is_what_is_seen(card, pipeline):
    draw(card)
    record(pipeline)
    ran = pipeline("review", "covid-19/fever", "--locale", "so", "--role", "reviser")
    assert "1 of 9 units to look at" in ran.out
    assert "picture of this language" in ran.out
    assert "picture  ../../locales/so/covid-19/images/card.svg" in ran.out
    sheet = card.root / "review.html"
    pipeline(
        *("review", "covid-19/fever", "--locale", "so", "--role", "reviser"), "--html", str(sheet)
    )
    # The source's and their own, one beside the other.
    assert sheet.read_text("utf-8").count("data:image/svg+xml;base64,") == 2


def test_another_picture_of_the_source_makes_it_stale_at_once(card, pipeline):
    draw(card)
    record(pipeline)
    sign(pipeline)
    newer = ENGLISH.replace("Call 999", "Call 112")
    (card.resource.parent / "images/card.svg").write_text(newer, "utf-8")
    assert told(pipeline) == [("covid-19/images/card.svg", "stale", False, False)]
    assert pictures(card) == []
    ran = pipeline("review", "covid-19/fever", "--locale", "so", "--role", "reviser")
    assert "made for another version of the source" in ran.out
    # Somebody has looked: it is right for the new one too. All sign it anew.
    record(pipeline)
    sign(pipeline)
    assert told(pipeline) == [("covid-19/images/card.svg", "present", True, True)]


def test_a_picture_that_was_changed_after_it_was_signed_is_nobodys(card, pipeline):
    draw(card)
    record(pipeline)
    sign(pipeline)
    draw(card, SOMALI.replace("999", "111"))
    assert told(pipeline) == [("covid-19/images/card.svg", "unrecorded", False, False)]
    assert pictures(card) == []


def test_beside_a_text_that_is_english_again_the_picture_is_the_english_one(card, pipeline):
    draw(card)
    record(pipeline)
    sign(pipeline)
    catalog = card.catalog.read_text("utf-8")
    card.catalog.write_text(catalog.replace("Kaar ay ku", "Kaarka ay ku"), "utf-8")
    assert told(pipeline) == [("covid-19/images/card.svg", "present", True, False)]
    assert pictures(card) == []


def test_what_an_svg_would_run_is_taken_out(card, pipeline):
    draw(card, SOMALI.replace("</svg>", "<script>go()</script></svg>"))
    record(pipeline)
    sign(pipeline)
    assert pictures(card) == [SOMALI]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("images/card.svg", b"no picture", "The picture is not XML"),
        ("images/card.svg", b"<svg/>" + bytes(2_000_001), "more than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_costs_nothing(card, pipeline, name, data, said):
    own = card.root / "locales/so/covid-19" / name
    own.parent.mkdir(parents=True)
    own.write_bytes(data)
    ran = pipeline("media", "list", "--locale", "so")
    assert ran.code == 11
    assert said in ran.err
    assert told(pipeline) == [("covid-19/images/card.svg", "missing", False, False)]


def test_a_picture_that_the_text_does_not_show_is_told(card, pipeline):
    text = card.resource.read_text("utf-8")
    card.resource.write_text(text.replace("[images/card.svg]", "[images/crad.svg]"), "utf-8")
    ran = pipeline("status")
    assert "names `images/crad.svg`, which the text does not show" in ran.err


def test_whoever_is_waited_for_finds_it_in_the_queue(card, pipeline):
    draw(card)
    record(pipeline)
    queue = json.loads(pipeline("next", "--locale", "so", "--format", "json").out)
    (task,) = queue["tasks"]
    assert (task["role"], task["segments"], task["owed"]) == ("translator", 1, True)


def test_a_recording_is_offered_when_all_have_signed_it(spoken, pipeline):
    assert told(pipeline) == [("covid-19/fever", "missing", False, False)]
    speak(spoken)
    record(pipeline)
    assert recordings(spoken) == []
    sign(pipeline)
    assert told(pipeline) == [("covid-19/fever", "present", True, True)]
    assert len(recordings(spoken)) == 1


def test_a_recording_of_an_older_text_is_gone_with_the_next_build(spoken, pipeline):
    speak(spoken)
    record(pipeline)
    sign(pipeline)
    assert len(recordings(spoken)) == 1
    catalog = spoken.catalog.read_text("utf-8")
    changed = catalog.replace("Guriga joog 5 maalmood.", "Guriga ku nagow 5 maalmood.")
    spoken.catalog.write_text(changed, "utf-8")
    assert told(pipeline) == [("covid-19/fever", "stale", False, False)]
    assert recordings(spoken) == []


def test_a_recording_that_is_changed_while_the_site_is_built_is_left_out(spoken, pipeline):
    own = speak(spoken)
    record(pipeline)
    sign(pipeline)
    found = survey(load_project(spoken.root))
    own.write_bytes(MP3 + b"another")
    write_films(found)
    assert not (spoken.root / "site/media").exists()


def test_the_source_has_a_recording_too(spoken, pipeline):
    spoken.resource.with_suffix(".mp3").write_bytes(MP3)
    assert edition(spoken, "en").pages[0].recording is None
    # Nobody needs to sign English here: that it is made for this text is recorded all the same.
    assert record(pipeline, "en").code == 0
    assert edition(spoken, "en").pages[0].recording.size == len(MP3)
    assert edition(spoken, "so").pages[0].recording is None


def test_what_is_listed_and_recorded(spoken, pipeline):
    speak(spoken)
    assert pipeline("media", "list", "--locale", "so").out == (
        "covid-19/fever\n"
        "  recording, 3 KB: there; nobody has recorded for which version: pipeline media record\n"
    )
    assert record(pipeline).code == 0
    assert record(pipeline).out == "Nothing to record: no file is new or stale.\n"
    path = spoken.catalog.with_suffix(".ledger.jsonl")
    ledger = read_ledger(path, locale="so", now=datetime.now(UTC))
    (event,) = (line for line in ledger.lines if getattr(line, "event", "") == EventKind.MEDIA)
    assert (event.handle, event.media, ledger.is_doubtful) == ("amina", "covid-19/fever", False)
    listed = json.loads(pipeline("media", "list", "--locale", "so", "--format", "json").out)
    assert listed == {
        "version": 1,
        "locale": "so",
        "media": [
            {
                "resource": "covid-19/fever",
                "kind": "recording",
                "name": "covid-19/fever",
                "file": "covid-19/fever.mp3",
                "bytes": len(MP3),
                "critical": True,
                "state": "present",
                "signed": False,
                "waiting_for": ["translator"],
            }
        ],
    }


def test_a_handle_that_is_none_records_nothing(spoken, pipeline):
    speak(spoken)
    ran = pipeline("media", "record", "--locale", "so", "--handle", "Amina Y", "covid-19/fever")
    assert ran.code == 13
    assert "Traceback" not in ran.err


# --- the film and its poster ---------------------------------------------------------------------

FILM = b"\x1aE\xdf\xa3" + bytes(60)
TRACK = "WEBVTT\n\n00:01.000 --> 00:03.500\nDrink water often.\n"


@pytest.fixture
def shown(place, pipeline):
    """The resource has a film with a poster, each language needs its own; all is translated."""
    folder = place.resource.parent
    (folder / "fever.webm").write_bytes(FILM)
    (folder / "fever.en.vtt").write_text(TRACK, "utf-8")
    (folder / "still.svg").write_text(ENGLISH, "utf-8")
    video = "video:\n  file: fever.webm\n  captions: fever.en.vtt\n  poster: still.svg\n"
    video += "  in_each_language: true\npictures_with_text: [still.svg]\n"
    text = place.resource.read_text("utf-8").replace("owner:", f"{video}owner:")
    place.resource.write_text(text, "utf-8")
    pipeline("sync")
    place.translate({source: text for source, text in TEXT.items() if "card" not in source})
    return place


def dub(place, film=FILM + b"so", svg=SOMALI):
    folder = place.root / "locales/so/covid-19"
    (folder / "fever.webm").write_bytes(film)
    (folder / "still.svg").write_text(svg, "utf-8")


def test_a_film_and_its_poster_are_shown_in_their_language_when_all_have_signed(shown, pipeline):
    assert told(pipeline) == [
        ("covid-19/still.svg", "missing", False, False),
        ("covid-19/fever.webm", "missing", False, False),
    ]
    dub(shown)
    assert record(pipeline).out == (
        "Recorded: covid-19/still.svg is made for the source's picture as it is now.\n"
        "Recorded: covid-19/fever.webm is made for the source's film as it is now.\n"
    )
    # Nobody has signed them: not even at an address that nobody links to.
    assert recordings(shown) == ["captions.en.vtt", "captions.so.vtt", "fever.webm"]
    assert pictures(shown) == []
    sign(pipeline)
    ran = pipeline("build", "--no-pdf", "--locale", "so", "--locale", "en")
    assert ran.code == 0, ran.err
    *_, own, film = sorted((shown.root / "site/media/covid-19/fever").iterdir())
    assert re.fullmatch(r"fever\.so\.[0-9a-f]{8}\.webm", own.name)
    assert (own.read_bytes(), film.read_bytes()) == (FILM + b"so", FILM)
    entries = json.loads((shown.root / "site/manifest.json").read_text("utf-8"))["resources"]
    films = {entry["locale"]: entry["film"] and entry["film"]["path"] for entry in entries}
    assert (films["so"], films["en"]) == (f"media/covid-19/fever/{own.name}", None)
    somali, english = (page(shown, tag).read_text("utf-8") for tag in ("so", "en"))
    assert f'<source src="../../../media/covid-19/fever/{own.name}"' in somali
    assert '<source src="../../../media/covid-19/fever/fever.webm"' in english
    poster = re.search(r' poster="([^"]+)"', somali)[1]
    assert re.fullmatch(r"\.\./still\.[0-9a-f]{8}\.svg", poster)
    assert (page(shown, "so").parent / poster).read_text("utf-8") == SOMALI
    assert ' poster="../still.svg"' in english


def test_a_stale_film_or_poster_is_never_shown(shown, pipeline):
    dub(shown)
    record(pipeline)
    sign(pipeline)
    assert [shown for *_, shown in told(pipeline)] == [True, True]
    shown.resource.with_suffix(".webm").write_bytes(FILM + b"newer")
    newer = ENGLISH.replace("999", "112")
    shown.resource.with_name("still.svg").write_text(newer, "utf-8")
    assert [(state, shown) for _, state, _, shown in told(pipeline)] == [("stale", False)] * 2
    assert recordings(shown) == ["captions.en.vtt", "captions.so.vtt", "fever.webm"]
    assert pictures(shown) == []


def test_another_poster_of_the_source_asks_for_another_look(shown):
    newer = ENGLISH.replace("999", "112")
    shown.resource.with_name("still.svg").write_text(newer, "utf-8")
    assert edition(shown).pages[0].state == "live-with-gaps"


def test_a_film_that_is_none_is_told_and_costs_nothing(shown, pipeline):
    dub(shown, film=b"<html>")
    ran = pipeline("media", "list", "--locale", "so")
    assert ran.code == 11
    assert "The film is not what its ending `.webm` says." in ran.err
    assert "covid-19/fever.webm: missing" in ran.out


def test_qa_says_what_is_missing_stale_or_waits_for_somebody(shown, pipeline):
    def advice():
        report = json.loads(pipeline("qa", "--locale", "so", "--format", "json").out)
        found = [each["message"] for each in report["findings"] if each["check"] == "own-media"]
        (asked,) = (answer for answer in report["answers"] if answer["item"] == "meaning")
        return found, [wait["texts"] for wait in asked["waits"]]

    assert advice() == (
        [
            "There is no picture of covid-19/still.svg in this language.",
            "There is no film of covid-19/fever.webm in this language.",
        ],
        [],
    )
    dub(shown)
    record(pipeline)
    assert advice() == ([], [2])
    sign(pipeline)
    assert advice() == ([], [])
    shown.resource.with_suffix(".webm").write_bytes(FILM + b"newer")
    said = "The film of covid-19/fever.webm was made for another version of the source."
    assert advice()[0] == [said]
