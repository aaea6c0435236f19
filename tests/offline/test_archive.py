"""A language as one ZIP: what is in it, and where its addresses lead."""

import posixpath
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import html
from markupsafe import Markup

from pipeline.offline import Words, pack_archive, render_archive
from pipeline.offline.addresses import is_safe_name

from .conftest import SITE, make_page

WORDS = Words(
    online=Markup("Tan ka akhri internetka"),
    checked=Markup("La hubiyey: 20 Noofembar 2026"),
    film=Markup("Fiidiyow"),
    audio=Markup("Maqal"),
)
LINKS = (
    '<a href="fever.pdf">PDF</a> <a href="../">Covid-19</a> <a href="../../">Bogga hore</a> '
    '<a href="../vaccination/#who">Tallaal</a> <a href="#rest">Naso</a> '
    '<a href="../../../en/covid-19/fever/">English</a> <a href="https://www.nhs.uk/">NHS</a> '
    '<img src="../images/phone.svg" alt="Telefoon">'
    '<div class="audio"><audio><source src="../../../media/a.mp3"></audio></div>'
)
PAGES = {
    "so/index.html": make_page('<a href="covid-19/fever/">Qandho</a>'),
    "so/covid-19/index.html": make_page('<a href="fever/">Qandho</a>'),
    "so/covid-19/fever/index.html": make_page(LINKS),
}


def unpack(data):
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_has_the_pages_with_all_that_they_show_and_the_leaflets(read):
    files = unpack(render_archive("so", SITE, PAGES, read, WORDS))
    assert list(files) == [
        "assets/css/site.css",
        "assets/fonts/a.woff",
        "covid-19/fever/fever.pdf",
        "covid-19/fever/index.html",
        "covid-19/images/phone.svg",
        "covid-19/index.html",
        "index.html",
    ]


def test_addresses_lead_to_files_of_the_archive_and_all_others_to_the_site(read):
    files = unpack(render_archive("so", SITE, PAGES, read, WORDS))
    page = html.fromstring(files["covid-19/fever/index.html"])
    assert page.xpath("//article/a/@href") == [
        "fever.pdf",
        "../index.html",
        "../../index.html",
        "https://health.example.org/so/covid-19/vaccination/#who",  # not published: not in it
        "#rest",
        "https://health.example.org/en/covid-19/fever/",
        "https://www.nhs.uk/",
    ]
    assert page.xpath("//article/p/a/text()") == ["▶ Maqal"]
    # Where it is played: the page in the archive has no player.
    assert page.xpath("//article/p/a/@href") == [f"{SITE}so/covid-19/fever/"]
    assert not page.xpath("//audio | //source")
    assert page.xpath("//img/@src") == ["../images/phone.svg"]
    assert page.xpath("//link/@href") == ["../../assets/css/site.css"]
    for address in ("../images/phone.svg", "../../assets/css/site.css", "../index.html"):
        assert posixpath.normpath(f"covid-19/fever/{address}") in files


def test_leaflets_that_are_too_many_are_read_on_the_site(read):
    packed = pack_archive("so", SITE, PAGES, read, WORDS, known={}, takes_leaflets=False)
    files = unpack(packed.data)
    page = html.fromstring(files["covid-19/fever/index.html"])
    assert "covid-19/fever/fever.pdf" not in files
    assert page.xpath("//a[.='PDF']/@href") == [f"{SITE}so/covid-19/fever/fever.pdf"]
    assert page.xpath("//img/@src") == ["../images/phone.svg"]


def test_a_film_on_another_site_is_named_and_its_players_stay_on_ours(read):
    there = '<p class="film-address">Filim: <a href="https://films.example.org/a.mp4">…</a></p>'
    played = '<figure class="film"><video><source src="https://films.example.org/a.mp4"></video>'
    opened = '<figure class="film film--opened"><a href="https://x.example/"><img src="a.svg">'
    for figure, links in (
        (played, ["https://films.example.org/a.mp4", f"{SITE}so/covid-19/fever/"]),
        (opened, ["https://films.example.org/a.mp4"]),
    ):
        pages = {"so/covid-19/fever/index.html": make_page(f"{there}{figure}</figure>")}
        files = unpack(render_archive("so", SITE, pages, read, WORDS))
        page = html.fromstring(files["covid-19/fever/index.html"])
        assert page.xpath("//article/p/a/@href") == links
        assert not page.xpath("//video | //source | //figure")


def test_what_works_on_the_site_alone_is_left_out_and_each_page_says_where_it_is(read):
    page = unpack(render_archive("so", SITE, PAGES, read, WORDS))["covid-19/fever/index.html"]
    root = html.fromstring(page)
    assert root.xpath("//script | //form | //details") == []
    assert "script-src" not in page.decode()
    assert "Tani waa tijaabo." in root.text_content()
    assert f"Tan ka akhri internetka: {SITE}so/covid-19/fever/" in root.text_content()


def test_the_first_page_says_how_old_it_all_is(read):
    pages = {"so/index.html": make_page("")}
    files = unpack(render_archive("so", SITE, pages, read, WORDS))
    assert "La hubiyey: 20 Noofembar 2026" in files["index.html"].decode()


def test_a_font_is_taken_along_where_a_page_has_its_letters(read):
    style = (
        '@font-face { src: url("../fonts/a.woff"); unicode-range: U+980-9FF, U+200C-200D; }'
        '@font-face { src: url("../fonts/ethiopic.woff"); unicode-range: U+1200-139F; }'
    )
    files = {"assets/css/site.css": style.encode(), "assets/fonts/ethiopic.woff": b"woff"}
    shown = lambda path: files.get(path, read(path))  # noqa: E731
    for text, fonts in (
        ("বাড়িতে থাকুন", ["assets/fonts/a.woff"]),
        ("ኣብ ገዛ ጽንሑ", ["assets/fonts/ethiopic.woff"]),
        ("Guriga joog", []),
    ):
        made = unpack(render_archive("so", SITE, {"so/index.html": make_page(text)}, shown, WORDS))
        assert [name for name in made if name.endswith(".woff")] == fonts


def test_equal_pages_give_equal_bytes_in_whatever_order_they_come(read):
    turned = dict(reversed(PAGES.items()))
    one, other = (render_archive("so", SITE, p, read, WORDS) for p in (PAGES, turned))
    assert one == other


@pytest.mark.parametrize(
    ("name", "is_safe"),
    [
        ("covid-19/fever/index.html", True),
        ("covid-19/images/تلفون.svg", True),
        ("../so/index.html", False),
        ("/etc/passwd", False),
        ("C:/boot.ini", False),
        ("a/../../b.html", False),
        ("a//b", False),
        ("ends-with-a-dot./b", False),
        (".hidden", False),
        ("why?.html", False),
    ],
)
def test_names_that_every_system_unpacks_where_they_belong(name, is_safe):
    assert is_safe_name(name) is is_safe


def test_a_picture_with_an_unsafe_name_is_not_taken_along():
    pages = {"so/index.html": make_page('<img src="..%2f..%2fetc%2fpasswd" alt="?">')}
    files = unpack(render_archive("so", SITE, pages, lambda _: b"secret", WORDS))
    assert not any(name.endswith("passwd") for name in files)
