"""SRT as SubRip writes it, and as people write it."""

from pipeline.segments.captions.srt import srt_to_webvtt, webvtt_to_srt


def test_srt_becomes_webvtt():
    done = srt_to_webvtt(
        "\ufeff1\r\n00:00:01,000 --> 00:00:03,000\r\n"
        '<font color="yellow">Gacmahaaga</font> <i>dhaq</i> & qalaji\r\n\r\n'
        "2\r\n0:00:04,5 --> 00:00:06,000 X1:40 X2:600\r\n{\\an8}T < 38 --> fiican\r\n"
    )
    assert done.text == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:03.000\nGacmahaaga <i>dhaq</i> &amp; qalaji\n\n"
        "00:00:04.500 --> 00:00:06.000 line:0\nT &lt; 38 --&gt; fiican\n"
    )
    assert done.captions == 2
    assert done.faults == ()
    assert done.dropped == (
        'the tag <font color="yellow">',
        "the tag </font>",
        "a place in pixels (X1:40 X2:600)",
    )


def test_a_caption_without_its_number_or_its_times():
    done = srt_to_webvtt("00:00:01,000 --> 00:00:02,000\nاغسل يديك\n\n2\n00:03 --> 00:04\nx\n\ny\n")
    assert "اغسل يديك" in done.text
    assert done.captions == 1
    assert [(fault.line, fault.message) for fault in done.faults] == [
        (5, "These times cannot be read: “00:03 --> 00:04”."),
        (8, "These lines have no times: “y”."),
    ]


def test_webvtt_becomes_srt():
    done = webvtt_to_srt(
        "WEBVTT\n\nSTYLE\n::cue {}\n\nNOTE hello\n\n"
        "id\n01:00:01.000 --> 01:00:03.250 line:0\n"
        "<v Mary>Wash <c.red>your</c> hands &amp; <b>dry</b>\n\n"
        "01:00:04.000 --> 01:00:05.000 align:start\n用肥皂洗手\n"
    )
    assert done.text == (
        "1\n01:00:01,000 --> 01:00:03,250\n{\\an8}Mary: Wash your hands & <b>dry</b>\n\n"
        "2\n01:00:04,000 --> 01:00:05,000\n用肥皂洗手\n"
    )
    assert done.dropped == (
        "a block of the kind style",
        "a block of the kind note",
        "the tag <c.red>",
        "a place on the screen (align:start)",
    )
