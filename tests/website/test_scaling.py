"""Smaller versions of pictures: what is made, what is not worth it, what cannot be scaled."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageFile

from pipeline.website.scaling import ScaleJob, find_renditions, is_large, make_renditions

NAME = Path("covid-19/images/tent.jpg")


def photograph(kind="JPEG", size=(1200, 600), mode="RGB", **options):
    """Something with as much to see as a photograph."""
    data = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(data, kind, **options)
    return data.getvalue()


def scale(data, cache, name=NAME):
    job = ScaleJob(path=name, data=data, cache_dir=cache)
    assert find_renditions(job) is None
    return make_renditions(job), find_renditions(job)


def opened(rendition):
    with Image.open(io.BytesIO(rendition.data)) as picture:
        picture.load()
        return picture


def test_a_photograph_gets_versions_for_phones(tmp_path):
    data = photograph()
    said, made = scale(data, tmp_path)
    assert said == ""
    assert [(each.width, opened(each).format, opened(each).size) for each in made] == [
        (400, "JPEG", (400, 200)),
        (700, "JPEG", (700, 350)),
        (1000, "JPEG", (1000, 500)),
    ]
    sizes = [len(each.data) for each in made]
    assert sizes == sorted(sizes)
    assert sizes[-1] < len(data)
    assert made[0].path.match("covid-19/images/tent.w400.????????.jpg")


def test_equal_pictures_give_equal_bytes_and_are_scaled_once(tmp_path):
    data = photograph(size=(600, 300))
    _, first = scale(data, tmp_path / "one")
    _, second = scale(data, tmp_path / "other")
    assert first == second
    elsewhere = ScaleJob(path=Path("a/b.jpg"), data=data, cache_dir=tmp_path / "one")
    assert [each.data for each in find_renditions(elsewhere)] == [each.data for each in first]


@pytest.mark.parametrize(
    ("kind", "mode", "shown"),
    [("PNG", "RGB", "RGB"), ("PNG", "P", "P"), ("WEBP", "RGB", "RGB"), ("GIF", "P", "P")],
)
def test_it_stays_what_it_is(tmp_path, kind, mode, shown):
    said, made = scale(photograph(kind, (600, 300), mode), tmp_path)
    assert said == ""
    assert [(opened(each).format, opened(each).mode) for each in made] == [(kind, shown)]


def test_holes_and_colours_stay(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    drawing = Image.effect_noise((600, 300), 60).convert("RGBA")
    drawing.putalpha(Image.linear_gradient("L").resize((600, 300)))
    data = io.BytesIO()
    drawing.save(data, "PNG", icc_profile=profile)
    _, (made,) = scale(data.getvalue(), tmp_path)
    assert opened(made).mode == "RGBA"
    assert opened(made).info["icc_profile"] == profile


def test_a_photograph_that_lies_on_its_side_is_set_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    _, (made,) = scale(photograph(size=(300, 600), exif=exif), tmp_path)
    assert (made.width, opened(made).size) == (400, (400, 200))
    assert not opened(made).getexif()


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>' + b" " * 30_000,
        photograph(size=(400, 900)),
        photograph("PNG", size=(90, 90)),
    ],
    ids=["a drawing in lines", "a narrow one", "a tiny one"],
)
def test_what_is_sent_whole(data):
    assert not is_large(data)


def test_a_version_that_saves_nothing_is_left_out(tmp_path):
    flat = io.BytesIO()
    Image.new("RGB", (1200, 600), "teal").save(flat, "PNG")
    said, made = scale(flat.getvalue(), tmp_path)
    assert said == ""
    assert [each.width for each in made if len(each.data) >= 0.9 * len(flat.getvalue())] == []


def moving():
    frames = [Image.effect_noise((600, 300), spread) for spread in (20, 60)]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (photograph()[:9000], "it cannot be read through"),
        (photograph("PNG")[:9000], "it cannot be read through"),
        (moving(), "it moves"),
        (photograph(mode="CMYK"), "its colours are of a kind (CMYK) that is not for screens"),
    ],
    ids=["half a JPEG", "half a PNG", "a film", "for a printer"],
)
def test_what_cannot_be_scaled_says_why(tmp_path, data, why, monkeypatch):
    # As WeasyPrint leaves Pillow, in whatever process has made a leaflet before.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert scale(data, tmp_path) == (why, None)
