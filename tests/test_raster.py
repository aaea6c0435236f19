"""What a picture says of itself: how large it is, and what nobody is to know."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin, features

from pipeline.raster import find_size, strip_metadata, tells_more

PLACE = "Dar Sihat, 51.5074 N 0.1278 W"
KINDS = ["PNG", "JPEG", "GIF", "WEBP"]


def camera(turned=1):
    """What a phone writes into a photograph: its name, the place, how it was held."""
    exif = Image.Exif()
    exif[0x010F] = PLACE
    exif[0x0112] = turned
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.6)})
    return exif.tobytes()


def picture(kind, turned=1, **told):
    made = Image.radial_gradient("L").resize((32, 20)).convert("RGB")
    about = {
        "PNG": lambda: {"exif": camera(turned), "pnginfo": note()},
        "JPEG": lambda: {"exif": camera(turned), "comment": PLACE, "quality": 90},
        "GIF": lambda: {"comment": PLACE},
        "WEBP": lambda: {"exif": camera(turned), "xmp": PLACE.encode()},
    }[kind]() | told
    data = io.BytesIO()
    made.save(data, kind, **about)
    return data.getvalue()


def note():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", PLACE)
    info.add_itxt("XML:com.adobe.xmp", PLACE)
    return info


def pixels(data):
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_place_camera_and_comments_go_and_the_pixels_stay(kind):
    data = picture(kind)
    assert PLACE.encode() in data
    stripped = strip_metadata(data)
    assert b"Dar Sihat" not in stripped
    assert b"Exif" not in stripped
    assert pixels(stripped) == pixels(data)
    assert strip_metadata(stripped) == stripped


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_photograph_that_was_taken_on_its_side_stays_so(kind):
    stripped = strip_metadata(picture(kind, turned=6))
    assert b"Dar Sihat" not in stripped
    with Image.open(io.BytesIO(stripped)) as opened:
        assert dict(opened.getexif()) == {0x0112: 6}
    assert find_size(stripped) == (20, 32)
    assert strip_metadata(stripped) == stripped


def test_a_second_picture_that_a_phone_appends_goes():
    data = picture("JPEG", exif=b"", comment=b"")
    assert strip_metadata(data + picture("JPEG")) == data


def test_a_film_of_pictures_goes_on_without_its_comment():
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "green", "blue")]
    data = io.BytesIO()
    frames[0].save(
        data, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=100, comment=PLACE
    )
    stripped = strip_metadata(data.getvalue())
    assert PLACE.encode() not in stripped
    with Image.open(io.BytesIO(stripped)) as opened:
        assert (opened.n_frames, opened.info["loop"]) == (3, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_says_how_large_it_is(kind):
    assert find_size(picture(kind)) == (32, 20)


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 50, "exif": b"", "xmp": b""}])
def test_so_does_every_kind_of_webp(options):
    assert find_size(picture("WEBP", **options)) == (32, 20)


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow writes no AVIF")
def test_avif_tells_whether_it_tells_more():
    plain, told = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (32, 20)).save(plain, "AVIF")
    Image.new("RGB", (32, 20)).save(told, "AVIF", exif=camera())
    assert not tells_more(plain.getvalue())
    assert tells_more(told.getvalue())
    assert find_size(plain.getvalue()) == (32, 20)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"GIF89a", b"RIFF....WEBP", b"BM...."])
def test_what_says_nothing_is_left_as_it_is(data):
    assert find_size(data) is None
    assert strip_metadata(data) == data


PICTURES = {kind: picture(kind) for kind in KINDS}


@given(st.sampled_from(KINDS), st.integers(0, 900), st.binary(max_size=4))
@example("JPEG", 21, b"\x02\x04")  # a part that is said to be longer than the file
def test_a_damaged_picture_costs_nothing_but_itself(kind, at, junk):
    data = PICTURES[kind]
    damaged = data[:at] + junk + data[at + len(junk) :]
    find_size(damaged)
    once = strip_metadata(damaged)
    assert len(once) <= len(damaged)
