"""Addresses of films on other sites: which are used, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.content.film_addresses import FilmAddressError, parse_film_address

NO_SITE = "The address of the film names no site of the internet: "
NO_HTTPS = "The address of the film is none that can be used: "
NO_SIGN = "The address of the film has a sign that stands in none: "
NO_NAMES = "There is a name or a password in the address of the film."


@pytest.mark.parametrize(
    ("text", "address", "host", "media_type"),
    [
        (
            "https://films.example.org/hands.mp4",
            "https://films.example.org/hands.mp4",
            "films.example.org",
            "video/mp4",
        ),
        (
            "HTTPS://Films.Example.ORG:443/So/Hands.WebM?v=2#t=30",
            "https://films.example.org/So/Hands.WebM?v=2#t=30",
            "films.example.org",
            "video/webm",
        ),
        (
            "https://films.example.org:8443/a%20b.m4v",
            "https://films.example.org:8443/a%20b.m4v",
            "films.example.org:8443",
            "video/mp4",
        ),
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "www.youtube.com",
            "",
        ),
        # It is not the ending of the path.
        ("https://x.example/?f=hands.mp4", "https://x.example/?f=hands.mp4", "x.example", ""),
    ],
)
def test_an_address_that_is_used(text, address, host, media_type):
    found = parse_film_address(text)
    assert (found.address, found.host, found.media_type) == (address, host, media_type)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://films.example.org/a.mp4", NO_HTTPS + "http://films.example.org/a.mp4"),
        ("//films.example.org/a.mp4", NO_HTTPS + "//films.example.org/a.mp4"),
        ("https:films.example.org/a.mp4", NO_HTTPS + "https:films.example.org/a.mp4"),
        ("javascript:alert(1)", NO_HTTPS + "javascript:alert(1)"),
        ("data:video/mp4;base64,AAAA", NO_HTTPS + "data:video/mp4;base64,AAAA"),
        ("file:///etc/passwd", NO_HTTPS + "file:///etc/passwd"),
        ("https://amina:secret@films.example.org/a.mp4", NO_NAMES),
        ("https://www.nhs.uk@films.example.org/a.mp4", NO_NAMES),
        ("https://localhost/a.mp4", NO_SITE + "https://localhost/a.mp4"),
        ("https://films.localhost/a.mp4", NO_SITE + "https://films.localhost/a.mp4"),
        ("https://printer.local/a.mp4", NO_SITE + "https://printer.local/a.mp4"),
        ("https://127.0.0.1/a.mp4", NO_SITE + "https://127.0.0.1/a.mp4"),
        ("https://127.1/a.mp4", NO_SITE + "https://127.1/a.mp4"),
        ("https://0x7f.0x1/a.mp4", NO_SITE + "https://0x7f.0x1/a.mp4"),
        ("https://2130706433/a.mp4", NO_SITE + "https://2130706433/a.mp4"),
        ("https://films.example.org./a.mp4", NO_SITE + "https://films.example.org./a.mp4"),
        ("https://films.example.org:0/a.mp4", NO_SITE + "https://films.example.org:0/a.mp4"),
        ("https://films.example.org:99999/", NO_SITE + "https://films.example.org:99999/"),
        ("https://a%2eexample.org/a.mp4", NO_SITE + "https://a%2eexample.org/a.mp4"),
        ("https:///a.mp4", NO_HTTPS + "https:///a.mp4"),
        ("https://[::1]/a.mp4", NO_SIGN + "U+005B."),
        ("https://films.example.org\\@x.example/a.mp4", NO_SIGN + "U+005C."),
        # The first letter is Cyrillic.
        ("https://\u0430pple.example/a.mp4", NO_SIGN + "U+0430."),
        ("https://films.example.org/a\u202e4pm.exe", NO_SIGN + "U+202E."),
        ("https://films.example.org/\x07.mp4", NO_SIGN + "U+0007."),
        ("https://films.example.org/a b.mp4", NO_SIGN + "U+0020."),
        ("https://films.example.org/a.mp4;'self'", NO_SIGN + "U+0027."),
        (
            "https://xn--pple-43d.example/a.mp4",
            "The name of the film's site is written in other letters: xn--pple-43d.example",
        ),
        (
            f"https://films.example.org/{'a' * 500}.mp4",
            "The address of the film has more than 500 signs.",
        ),
    ],
)
def test_an_address_that_is_refused_with_a_remedy(text, said):
    with pytest.raises(FilmAddressError) as caught:
        parse_film_address(text)
    assert str(caught.value) == said
    assert caught.value.remedy


@given(st.text("aA0.:/@%;' \\[]é\n#?-x\u0430", max_size=20))
def test_whatever_is_used_can_stand_in_a_policy(end):
    try:
        found = parse_film_address(f"https://films.example{end}")
    except FilmAddressError:
        return
    assert found.address.startswith(f"https://{found.host}")
    assert not set(found.host) & set(" ;,'\"\\@/?#")
    assert parse_film_address(found.address) == found
