"""A resource with a video goes the way of every leaflet: catalog, gate, site, status."""

import json

import pytest

BUILD = ("build", "--no-pdf", "--jobs", "1")
WEBM = b"\x1aE\xdf\xa3" + bytes(60)
TRACK = """\
WEBVTT

00:01.000 --> 00:03.500
Drink water often,

00:03.500 --> 00:06.000
and rest as long as you like.

NOTE critical

00:07.000 --> 00:10.000
Call 999 if you cannot breathe.
"""
TEXT = {
    "Fever": "Qandho",
    "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kululaato.",
    "Drink water often.": "Biyo had iyo jeer cab.",
    "Call 999 now": "Wac 999 hadda",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aadan neefsan karin.",
    "Rest": "Naso",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
}
FILM = {
    "Drink water often, and rest as long as you like.": "Biyo badan cab, nasona inta aad rabto."
}


@pytest.fixture
def video(place):
    """The resource has a film and captions."""
    folder = place.resource.parent
    (folder / "fever.webm").write_bytes(WEBM)
    (folder / "fever.en.vtt").write_text(TRACK, "utf-8")
    text = place.resource.read_text("utf-8").replace(
        "owner:", "video:\n  file: fever.webm\n  captions: fever.en.vtt\nowner:"
    )
    place.resource.write_text(text, "utf-8")
    return place


def tracks(place):
    folder = place.root / "site/media/covid-19/fever"
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def page(place, tag):
    return (place.root / "site" / tag / "covid-19/fever/index.html").read_text("utf-8")


def state(place, tag="so"):
    resources = json.loads((place.root / "site/manifest.json").read_text("utf-8"))["resources"]
    (entry,) = (entry for entry in resources if entry["locale"] == tag)
    return entry["state"], entry["captions"] and entry["captions"]["path"]


def test_captions_are_units_of_the_resource(video, pipeline):
    pipeline("sync")
    catalog = video.catalog.read_text("utf-8")
    assert (
        "#. caption cue\n#. note: shown from 0:01 to 0:06 in 2 captions; up to 85 letters can be "
        "read in that time\n#: content/covid-19/fever.md\n"
        'msgid "Drink water often, and rest as long as you like."\n'
    ) in catalog
    # The same sentence on the page and in the film is one unit, and critical.
    assert catalog.count('msgid "Call 999 if you cannot breathe."') == 1


def test_a_track_for_each_language_that_may_be_read(video, pipeline):
    pipeline("sync")
    video.translate(TEXT | FILM)
    assert pipeline(*BUILD).code == 0
    assert tracks(video) == ["captions.en.vtt", "captions.so.vtt", "fever.webm"]
    folder = video.root / "site/media/covid-19/fever"
    assert (folder / "captions.en.vtt").read_text("utf-8") == TRACK
    assert (folder / "captions.so.vtt").read_text("utf-8") == (
        TRACK.replace("Drink water often,", "Biyo badan cab,")
        .replace("and rest as long as you like.", "nasona inta aad rabto.")
        .replace("Call 999 if you cannot breathe.", "Wac 999 haddii aadan neefsan karin.")
    )
    assert (folder / "fever.webm").read_bytes() == WEBM
    assert state(video) == ("live", "media/covid-19/fever/captions.so.vtt")
    somali = page(video, "so")
    assert 'srclang="so" label="Soomaali" default>' in somali
    assert 'srclang="en" label="English">' in somali
    assert 'srclang="ar"' not in somali
    assert 'srclang="so" label="Soomaali">' in page(video, "en")


def test_captions_that_lag_are_missed_by_readers_and_by_the_team(video, pipeline):
    pipeline("sync")
    video.translate(TEXT)
    assert pipeline(*BUILD).code == 0
    assert tracks(video) == ["captions.en.vtt", "fever.webm"]
    assert state(video) == ("live-with-gaps", None)
    somali = page(video, "so")
    assert 'srclang="so"' not in somali
    not_yet = somali.partition("<figcaption>")[2].partition("<details>")[2]
    assert '<bdi lang="so" dir="ltr">Soomaali</bdi>' in not_yet
    assert "notice--gaps" in somali
    row = json.loads(pipeline("status", "--format", "json").out)
    (cell,) = (
        cell
        for locale in row["languages"]
        for cell in locale["resources"]
        if locale["locale"] == "so"
    )
    assert cell["state"] == "live-with-gaps"


def test_what_is_no_longer_signed_is_gone_with_the_next_build(video, pipeline):
    pipeline("sync")
    video.translate(TEXT | FILM)
    pipeline(*BUILD)
    text = video.catalog.read_text("utf-8")
    changed = text.replace("Biyo badan cab, nasona", "Biyo yar cab, nasona")
    video.catalog.write_text(changed, "utf-8")
    # The language itself is not even built.
    pipeline(*BUILD, "--locale", "ckb")
    assert tracks(video) == ["captions.en.vtt", "fever.webm"]


def test_a_resource_whose_captions_no_player_can_use_is_not_used(video, pipeline):
    track = video.resource.with_name("fever.en.vtt")
    track.write_text(TRACK.replace("00:07.000", "00:07,000"), "utf-8")
    ran = pipeline(*BUILD)
    assert ran.code == 11
    assert "content/covid-19/fever.en.vtt:11: These times cannot be read" in ran.err
    assert tracks(video) == []
    assert "Traceback" not in ran.err


def test_another_film_asks_for_another_look(video, pipeline):
    pipeline("sync")
    video.translate(TEXT | FILM)
    assert pipeline(*BUILD).code == 0
    assert state(video)[0] == "live"
    video.resource.with_name("fever.webm").write_bytes(WEBM + b"\1")
    pipeline(*BUILD)
    assert state(video)[0] == "live-with-gaps"


def test_status_sees_a_change_of_the_captions(video, pipeline):
    pipeline("sync")
    video.translate(TEXT | FILM)
    assert "live" in pipeline("status").out
    before = json.loads(pipeline("status", "--format", "json").out)
    track = video.resource.with_name("fever.en.vtt")
    track.write_text(TRACK.replace("as you like", "as you can"), "utf-8")
    assert json.loads(pipeline("status", "--format", "json").out) != before


def test_check_looks_at_captions(video, pipeline):
    track = video.resource.with_name("fever.en.vtt")
    track.write_text(TRACK.replace("00:03.500\nDrink", "00:01.300\nDrink"), "utf-8")
    for name in ("covid-19/fever", "content/covid-19/fever.en.vtt", "content"):
        ran = pipeline("check", name)
        assert "This caption needs 1.1 seconds to be read. (caption-speed)" in " ".join(
            ran.out.split()
        )


@pytest.mark.usefixtures("place")
def test_srt_in_and_out(pipeline, tmp_path):
    srt = tmp_path / "film.srt"
    srt.write_text("1\n00:00:01,000 --> 00:00:03,000\nBiyo cab & naso\n\n2\n1 -> 2\nx\n", "utf-8")
    ran = pipeline("captions", "film.srt", "-o", "film.vtt")
    assert ran.code == 11
    assert "film.srt:5: These lines have no times: “2”." in ran.err
    assert (tmp_path / "film.vtt").read_text("utf-8") == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nBiyo cab &amp; naso\n"
    )
    assert pipeline("captions", "film.vtt", "-o", "again.srt").code == 0
    assert "Biyo cab & naso" in (tmp_path / "again.srt").read_text("utf-8")
    assert pipeline("captions", "film.vtt", "-o", "film.txt").code == 4
    srt.write_text("nothing at all", "utf-8")
    assert pipeline("captions", "film.srt", "-o", "film.vtt").code == 4


@pytest.mark.usefixtures("place")
def test_captions_of_no_project(pipeline, tmp_path):
    (tmp_path / "film.vtt").write_text(TRACK, "utf-8")
    assert pipeline("segment", "film.vtt", "-o", ".").code == 0
    template = (tmp_path / "film.pot").read_text("utf-8")
    assert 'msgid "Drink water often, and rest as long as you like."' in template
    done = template.replace('"Language: \\n"', '"Language: ar\\n"').replace(
        'like."\nmsgstr ""', 'like."\nmsgstr "اشرب الماء كثيرًا، واسترح كما تشاء."'
    )
    (tmp_path / "film.po").write_text(done, "utf-8")
    ran = pipeline("assemble", "film.vtt", "film.po", "-o", "film.ar.vtt")
    assert ran.code == 0, ran.err
    arabic = (tmp_path / "film.ar.vtt").read_text("utf-8")
    assert "00:01.000 --> 00:03.500\nاشرب الماء كثيرًا،\n" in arabic
    assert "Call 999 if you cannot breathe." in arabic
