"""A page as one file: it needs nothing, runs nothing, and says how old it is."""

import re
from base64 import b64encode
from hashlib import sha256
from io import BytesIO

import pytest
from lxml import html
from markupsafe import Markup
from PIL import Image

from pipeline.offline import ONE_FILE_LIMIT, Copy, render_one_file

from .conftest import SITE, make_page

SOMALI = Copy(
    path="so/covid-19/fever/index.html",
    site=SITE,
    source="en",
    online=Markup("Tan ka akhri internetka"),
    checked=Markup("Markii ugu dambaysay ee la hubiyey: 20 Noofembar 2026"),
    version=Markup("Nooca"),
    film=Markup("Fiidiyow"),
    audio=Markup("Maqal"),
)


def one_file(body, read=dict().get, **options):  # noqa: C408
    return render_one_file(make_page(body, **options), SOMALI, read).decode()


def test_it_says_what_it_is_a_copy_of_how_old_it_is_and_where_the_current_one_stands():
    text = " ".join(html.fromstring(one_file("<p>Biyo badan cab.</p>")).text_content().split())
    assert re.search(
        r"Tani waa tijaabo\. ?Macluumaad caafimaad ?"
        r"Markii ugu dambaysay ee la hubiyey: 20 Noofembar 2026 · Nooca: [0-9a-f]{8} ?"
        r"Tan ka akhri internetka ?https://health\.example\.org/so/covid-19/fever/ ?"
        r"Qandho ?Biyo badan cab\.$",
        text,
    ), text


def test_the_version_is_another_where_the_advice_is():
    versions = [
        re.search(r"Nooca: <bdi dir=\"ltr\">(\w+)", one_file(f"<p>Guriga joog {n} maalmood.</p>"))[
            1
        ]
        for n in (5, 5, 10)
    ]
    assert versions[0] == versions[1] != versions[2]


def test_what_is_quoted_has_the_marks_of_its_language_by_the_policy_too():
    made = one_file('<p>Dheh <q lang="en" dir="ltr">I need an interpreter</q>.</p>')
    page = html.fromstring(made)
    style = page.findtext("head/style")
    assert style.endswith('q:lang(en){quotes:"“" "”" "‘" "’"}')
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "q:lang" not in one_file("<p>Dheh “haa”.</p>")


def test_nothing_runs_and_nothing_is_loaded(read):
    made = one_file(
        '<script>alert(1)</script><p onclick="alert(2)" style="text-align:right">Cab.</p>'
        '<div class="keeping" data-leaflet="omit"><button>Wadaag</button></div>'
        '<img src="../images/phone.svg" srcset="../images/phone.svg 2x" alt="Telefoon">',
        read,
    )
    assert "<script" not in made
    assert "alert(" not in made
    assert "Wadaag" not in made
    root = html.fromstring(made)
    assert [e.get("src")[:25] for e in root.iter("img")] == ["data:image/svg+xml;base64"]
    assert root.xpath("//link | //*[@srcset]") == []
    policy = root.xpath("//meta[@http-equiv]/@content")[0]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")


def test_links_lead_to_the_site_and_those_within_the_page_stay():
    made = html.fromstring(
        one_file(
            '<p><a href="../vaccination/#who">Tallaal</a> <a href="#rest">Naso</a> '
            '<a href="tel:111">111</a> <a href="https://www.nhs.uk/">NHS</a></p>'
        )
    )
    assert made.xpath("//article//a/@href") == [
        "https://health.example.org/so/covid-19/vaccination/#who",
        "#rest",
        "tel:111",
        "https://www.nhs.uk/",
    ]


def test_a_film_is_a_link_to_where_it_plays():
    made = html.fromstring(
        one_file('<figure class="film" data-leaflet="omit"><video></video></figure><p>Cab.</p>')
    )
    assert made.xpath("//p[@class='film']/a/@href") == [SOMALI.address]
    assert made.xpath("//p[@class='film']")[0].text_content() == "▶ Fiidiyow"
    assert not made.xpath("//video")


def test_a_recording_is_a_link_to_where_it_plays():
    made = html.fromstring(
        one_file('<div class="audio" data-leaflet="omit"><audio><source src="a.mp3"></audio></div>')
    )
    assert made.xpath("//p[@class='film']/a/text()") == ["▶ Maqal"]
    assert not made.xpath("//audio | //source")


def test_tabs_stand_one_after_the_other():
    made = html.fromstring(
        one_file(
            '<div class="tabbed-set"><input type="radio"><input type="radio">'
            '<div class="tabbed-labels"><label><bdi dir="ltr">4–7</bdi> sano</label>'
            "<label>8 sano</label></div>"
            '<div class="tabbed-content"><div class="tabbed-block"><p>Qari.</p></div>'
            '<div class="tabbed-block"><p>Raadi.</p></div></div></div>'
        )
    )
    labels = made.xpath("//div[@class='tabbed-block']/p[@class='tab-label']")
    assert [label.text_content() for label in labels] == ["4–7 sano", "8 sano"]
    assert labels[0].find("bdi").get("dir") == "ltr"
    assert not made.xpath("//input")


def photograph(mode="RGB", width=450):
    noise = Image.effect_noise((width, width), 90).convert(mode)
    out = BytesIO()
    noise.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "jpeg"), ("RGBA", "png")])
def test_large_pictures_become_small_enough_and_the_same_each_time(mode, kind):
    photo = photograph(mode)
    assert len(photo) * 4 / 3 > ONE_FILE_LIMIT / 2
    body = '<img src="a.png" alt="Dhakhtar">' * 2
    made = [one_file(body, lambda _: photo) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) <= ONE_FILE_LIMIT
    assert made[0].count(f'src="data:image/{kind};base64,') == 2


def test_of_a_picture_in_several_sizes_the_small_one_is_taken():
    made = one_file(
        '<img src="a.png" srcset="a.w400.png 400w, a.w1000.png 1000w, a.png 1600w" sizes="9px">',
        lambda path: path.encode(),
    )
    (picture,) = html.fromstring(made).xpath("//img")
    assert dict(picture.attrib) == {
        "src": "data:image/png;base64," + b64encode(b"so/covid-19/fever/a.w1000.png").decode()
    }


@pytest.mark.parametrize("data", [None, b"\x89PNG\r\n\x1a\nbroken" * 20_000])
def test_the_text_of_a_picture_that_cannot_be_read_stands_in_its_place(data):
    made = html.fromstring(one_file('<p><img src="a.png" alt="Dhakhtar"></p>', lambda _: data))
    assert made.xpath("//article/p/span/text()") == ["[Dhakhtar]"]


def test_a_page_that_runs_from_the_right(read):
    made = html.fromstring(
        one_file("<p>اتصل بالرقم <bdi>999</bdi></p>", read, tag="ar", direction="rtl")
    )
    assert (made.get("lang"), made.get("dir"), made.find("body").get("dir")) == ("ar", "rtl", "rtl")
    assert made.xpath("//bdi[@class='address']/@lang") == ["en"]
