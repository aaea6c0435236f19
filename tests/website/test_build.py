from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import WebsiteError
from pipeline.model import LeafletVariant, PageState
from pipeline.website.scaling import Rendition

SOMALI = {
    "notice-not-yet": "Boggan weli luqaddaada laguma hayo.",
    "notice-read-english": "Boggan ku akhri Ingiriis",
    "notice-interpreter-title": "Sida loo dalbado turjubaan",
    "notice-emergency": "Xaalad degdeg ah, wac 999.",
    "notice-gaps": "Qaybo ka mid ah boggan waa Ingiriis.",
    "notice-demonstration": "Tani waa tijaabo.",
    "languages-not-yet": "Weli luqadahan laguma hayo",
    "not-found-title": "Boggaas ma helin",
}


@pytest.fixture
def help_page(workshop):
    return workshop.document("covid-19/when-to-get-help", "When to get help")


@pytest.fixture
def rest_page(workshop):
    return workshop.document("covid-19/rest", "Rest at home")


def test_every_language_of_the_table_is_declared_as_itself(workshop, help_page):
    # The generator takes neither ckb nor prs nor fil: the public must not notice.
    for locale in (workshop.project.source, *workshop.project.locales):
        built = workshop.build(locale.tag, [workshop.page(help_page, locale.tag, "Text.")])
        for url in ("", "404.html", "search", "covid-19", "covid-19/when-to-get-help"):
            root = built.root(url)
            where = f"{locale.tag}/{url}"
            assert (root.get("lang"), root.get("dir")) == (locale.tag, locale.direction), where
            assert root.find("body").get("dir") == locale.direction, where
        assert sorted(path.name for path in built.folder.iterdir()) == [
            "404.html", "covid-19", "index.html", "search", "sitemap.xml",
        ], locale.tag  # fmt: skip


def test_title_summary_and_text_are_on_the_page(workshop, help_page):
    built = workshop.build(
        "so",
        [
            workshop.page(
                help_page,
                "so",
                "Qandho.\n\n## Wac 999 {#call-999}\n",
                title="Goorma",
                summary="Astaamaha & calaamadaha <degdeg>",
            )
        ],
    )
    root = built.root("covid-19/when-to-get-help")
    assert root.xpath("string(//h1)") == "Goorma"
    assert root.xpath("//h1/@lang") == []
    assert root.xpath("string(//p[@class='lead'])") == "Astaamaha & calaamadaha <degdeg>"
    assert root.xpath("string(//h2[@id='call-999'])") == "Wac 999"
    # The name of the site is not translated here, and a title cannot say that it is English.
    assert root.xpath("string(//title)") == "Goorma"


def test_a_title_holds_texts_of_one_language_alone(workshop, help_page):
    built = workshop.build("ar", [workshop.page(help_page, "ar", "نص.")])
    (title,) = built.root("covid-19/when-to-get-help").xpath("//title")
    assert (title.text, title.get("lang"), title.get("dir")) == ("When to get help", "en", "ltr")
    (title,) = built.root("").xpath("//title")
    assert title.get("lang") == "en"


def test_a_title_that_is_not_translated_says_that_it_is_english(workshop, help_page):
    built = workshop.build("ar", [workshop.page(help_page, "ar", "نص.")])
    (title,) = built.root("covid-19/when-to-get-help").xpath("//h1")
    assert (title.text, title.get("lang"), title.get("dir")) == ("When to get help", "en", "ltr")


def test_strings_that_are_not_translated_say_that_they_are_english(workshop, help_page):
    built = workshop.build(
        "ar", [workshop.page(help_page, "ar", "نص.")], strings={"material.toc": "في هذه الصفحة"}
    )
    root = built.root("covid-19/when-to-get-help")
    (link,) = root.xpath("//a[starts-with(@href, 'mailto:')]")
    (text,) = link.xpath("span")
    assert (text.text, text.get("lang"), text.get("dir")) == (
        "Tell us about a mistake",
        "en",
        "ltr",
    )


def test_material_knows_strings_that_the_project_has_not_translated(workshop, help_page):
    built = workshop.build("pl", [workshop.page(help_page, "pl", "Tekst.")])
    assert built.root("search").xpath("string(//h1)") == "Szukaj"


def test_first_lines_that_look_like_metadata_are_text(workshop, help_page):
    built = workshop.build("so", [workshop.page(help_page, "so", "Note: wac 999\n\nHadda.")])
    text = built.root("covid-19/when-to-get-help").xpath("string(//div[@class='body'])")
    assert text.split() == ["Note:", "wac", "999", "Hadda."]


def test_a_line_separator_in_the_text_stays_one(workshop, help_page):
    # mkdocs-static-i18n breaks lines at U+2028 and U+0085; inside a title that ends the box.
    markdown = '!!! note "Laba\u2028sadar"\n    Qoraal.\n'
    built = workshop.build("so", [workshop.page(help_page, "so", markdown)])
    (title,) = built.root("covid-19/when-to-get-help").xpath(
        "//p[contains(@class, 'admonition-title')]"
    )
    assert title.text == "Laba\u2028sadar"


# --- Not yet ---------------------------------------------------------------------


def test_a_page_that_is_not_yet_there_says_so_in_the_readers_language(workshop, help_page):
    built = workshop.build("so", [workshop.not_yet(help_page, "so")], strings=SOMALI)
    root = built.root("covid-19/when-to-get-help")
    (main,) = root.xpath("//main")
    assert main.xpath("string(.//h1)") == "Boggan weli luqaddaada laguma hayo."
    (title,) = main.xpath(".//p[@class='lead']")
    assert (title.text, title.get("lang")) == ("When to get help", "en")
    (link,) = main.xpath(".//a[contains(@class, 'md-button')]")
    assert link.text_content() == "Boggan ku akhri Ingiriis"
    assert link.get("href") == "../../../en/covid-19/when-to-get-help/"
    (say,) = main.xpath(".//p[@class='help__say']")
    assert say.text == "I speak Somali. Please can I have an interpreter?"
    assert say.get("lang") == "en"
    assert main.xpath("string(.//p[@class='help__emergency'])") == "Xaalad degdeg ah, wac 999."


def test_a_page_that_is_not_yet_there_is_not_offered_to_search_engines(workshop, help_page):
    built = workshop.build("so", [workshop.not_yet(help_page, "so")], strings=SOMALI)
    root = built.root("covid-19/when-to-get-help")
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert root.xpath("//link[@rel='alternate' or @rel='canonical']") == []
    assert "when-to-get-help" not in built.text("sitemap.xml")
    assert "when-to-get-help" not in built.text("search/search_index.json")


# --- Notices ---------------------------------------------------------------------


def test_a_page_with_gaps_says_so(workshop, help_page):
    page = workshop.page(
        help_page,
        "so",
        "Qoraal <span lang=en dir=ltr class=gap>Rest.</span>",
        state=PageState.LIVE_WITH_GAPS,
    )
    root = workshop.build("so", [page], strings=SOMALI).root("covid-19/when-to-get-help")
    assert root.xpath("string(//p[contains(@class, 'notice--gaps')])") == SOMALI["notice-gaps"]
    (gap,) = root.xpath("//span[@class='gap']")
    assert (gap.get("lang"), gap.get("dir")) == ("en", "ltr")


def test_the_list_of_headings_says_which_are_in_english(workshop, help_page):
    text = (
        "## الأول[^1] {#one}\n\n## <span lang=en dir=ltr class=gap>Second `x`</span> {#two}\n\n"
        "## 3 **أيام** {#three}\n\n[^1]: حاشية\n"
    )
    root = workshop.build("ar", [workshop.page(help_page, "ar", text)]).root(
        "covid-19/when-to-get-help"
    )
    links = root.xpath("//details[contains(@class, 'contents')]//a")
    assert [(a.get("href"), a.text_content()) for a in links] == [
        ("#one", "الأول"), ("#two", "Second x"), ("#three", "3 أيام"),
    ]  # fmt: skip
    assert links[1].xpath("span/@lang") == ["en"]
    assert links[2].xpath("bdi/@dir") == ["ltr"]


def test_a_demonstration_says_so_on_every_page(workshop, help_page):
    built = workshop.build("so", [workshop.page(help_page, "so", "Qoraal.")], strings=SOMALI)
    for path in built.folder.rglob("*.html"):
        assert "Tani waa tijaabo." in path.read_text("utf-8"), path


def test_the_foot_of_a_page_says_where_it_comes_from(workshop, help_page):
    built = workshop.build("so", [workshop.page(help_page, "so", "Qoraal.")])
    (facts,) = built.root("covid-19/when-to-get-help").xpath("//footer[@class='facts']")
    assert facts.xpath(".//time/@datetime") == ["2026-11-24", "2027-05-24", "2026-11-24"]
    assert facts.xpath(".//li/a/@href") == ["https://111.nhs.uk/"]
    (mail,) = facts.xpath(".//a[starts-with(@href, 'mailto:')]/@href")
    assert mail.startswith("mailto:mistakes@health.example.org?subject=")


def test_the_leaflet_is_linked_only_where_there_is_one(workshop, help_page):
    page = workshop.page(help_page, "so", "Qoraal.")
    with_pdf = workshop.build("so", [page]).root("covid-19/when-to-get-help")
    assert with_pdf.xpath("//a[@type='application/pdf']/@href") == ["when-to-get-help.pdf"]
    without = workshop.build("so", [page], pdfs=False).root("covid-19/when-to-get-help")
    assert without.xpath("//a[@type='application/pdf']") == []


def test_other_forms_of_a_leaflet_are_linked_where_they_are(workshop, help_page):
    forms = (LeafletVariant.STANDARD, LeafletVariant.LARGE_PRINT, LeafletVariant.BILINGUAL)
    page = replace(workshop.page(help_page, "so", "Qoraal."), leaflets=forms)
    root = workshop.build(
        "so",
        [page],
        strings={**SOMALI, "ways-title": "Siyaabo kale", "large-print": "Xarfo waaweyn (PDF)"},
        without_leaflet={("covid-19/when-to-get-help", LeafletVariant.BILINGUAL)},
    ).root("covid-19/when-to-get-help")
    (ways,) = root.xpath("//details[contains(@class, 'ways')]")
    assert ways.xpath("string(summary)") == "Siyaabo kale"
    assert [(a.get("href"), a.text_content()) for a in ways.iter("a")] == [
        ("when-to-get-help-large-print.pdf", "Xarfo waaweyn (PDF)")
    ]


def test_a_book_is_linked_from_its_topic(workshop, help_page, rest_page):
    pages = [workshop.page(each, "so", "Qoraal.") for each in (help_page, rest_page)]
    strings = {**SOMALI, "book-topic": "Dhammaan", "book-language": "Wax walba"}
    shop = replace(workshop, project=replace(workshop.project, books=("topic", "language")))
    built = shop.build("so", pages, strings=strings)
    for url, href, text in (
        ("covid-19", "covid-19-book.pdf", "Dhammaan"),
        ("", "so-book.pdf", "Wax walba"),
    ):
        (link,) = built.root(url).xpath("//a[@type='application/pdf']")
        assert (link.get("href"), link.text_content()) == (href, text)
    lost = {("covid-19", LeafletVariant.BOOK)}
    without = shop.build("so", pages, strings=strings, without_leaflet=lost)
    assert without.root("covid-19").xpath("//a[@type='application/pdf']") == []
    alone = shop.build("so", pages[:1], strings=strings)
    assert alone.root("covid-19").xpath("//a[@type='application/pdf']") == []


# --- Languages -------------------------------------------------------------------


def test_alternates_list_only_languages_in_which_the_page_can_be_read(workshop, help_page):
    built = workshop.build(
        "so",
        [workshop.page(help_page, "so", "Qoraal.")],
        published={"covid-19/when-to-get-help": ("en", "so", "pl")},
        open_tags=("en", "so", "ar", "ckb"),
    )
    root = built.root("covid-19/when-to-get-help")
    site = "https://health.example.org"
    links = root.xpath("//link[@rel='alternate']")
    assert [(link.get("hreflang"), link.get("href")) for link in links] == [
        ("en", f"{site}/en/covid-19/when-to-get-help/"),
        ("so", f"{site}/so/covid-19/when-to-get-help/"),
        ("x-default", f"{site}/en/covid-19/when-to-get-help/"),
    ]
    assert root.xpath("//link[@rel='canonical']/@href") == [f"{site}/so/covid-19/when-to-get-help/"]


def test_the_menu_of_languages_stays_on_the_page(workshop, help_page):
    built = workshop.build(
        "so",
        [workshop.page(help_page, "so", "Qoraal.")],
        open_tags=("en", "so", "ar", "ckb"),
        strings=SOMALI,
    )
    (menu,) = built.root("covid-19/when-to-get-help").xpath("//nav[@class='languages__menu']")
    have, missing = menu.xpath("ul")
    assert [(a.text, a.get("lang"), a.get("dir"), a.get("hreflang")) for a in have.iter("a")] == [
        ("English", "en", "ltr", "en"),
        ("Soomaali", "so", "ltr", "so"),
    ]
    assert menu.xpath("string(p[2])") == "Weli luqadahan laguma hayo"
    assert [(a.text, a.get("lang"), a.get("dir"), a.get("href")) for a in missing.iter("a")] == [
        ("العربية", "ar", "rtl", "../../../ar/covid-19/when-to-get-help/"),
        ("کوردیی ناوەندی", "ckb", "rtl", "../../../ckb/covid-19/when-to-get-help/"),
    ]
    assert not missing.xpath(".//@hreflang")


def test_a_language_for_which_the_page_is_not_meant_leads_to_its_first_page(workshop):
    document = workshop.document("covid-19/when-to-get-help", "Help", languages=("so",))
    built = workshop.build("so", [workshop.page(document, "so", "Qoraal.")])
    links = built.root("covid-19/when-to-get-help").xpath("//a[@lang='ar']/@href")
    assert links == ["../../../ar/"]


# --- Links and pictures ----------------------------------------------------------


def test_links_between_resources_stay_in_the_language(workshop, help_page, rest_page):
    built = workshop.build(
        "so",
        [
            workshop.page(help_page, "so", "[naso](rest.md#sleep) ![taleefan](images/phone.svg)"),
            workshop.not_yet(rest_page, "so"),
        ],
    )
    (body,) = built.root("covid-19/when-to-get-help").xpath("//div[@class='body']")
    assert body.xpath(".//a/@href") == ["../rest/#sleep"]
    assert (built.folder / "covid-19" / "rest" / "index.html").is_file()
    assert body.xpath(".//img/@src") == ["../images/phone.svg"]
    assert (built.folder / "covid-19" / "images" / "phone.svg").is_file()


def test_smaller_versions_of_a_picture_of_the_languages_own_stand_beside_it(workshop, help_page):
    own, small = Path("covid-19/images/own.jpg"), Path("covid-19/images/own.w400.1a2b3c4d.jpg")
    jpeg = b"\xff\xd8\xff\xc0\0\x0b\x08\x02\x58\x03\x20\1\1\x11\0\xff\xd9"  # 800 by 600
    page = replace(
        workshop.page(help_page, "so", "![taleefan](images/phone.svg) ![x](images/own.jpg)"),
        pictures=(("covid-19/images/phone.svg", own.as_posix()),),
    )
    built = workshop.build(
        "so",
        [page],
        pictures={Path("covid-19/images/phone.svg"): b"<svg/>", own: jpeg},
        renditions={own: (Rendition(path=small, width=400, data=b"small"),)},
    )
    first, second = built.root("covid-19/when-to-get-help").xpath("//div[@class='body']//img")
    assert first.get("srcset") == "../images/own.w400.1a2b3c4d.jpg 400w, ../images/own.jpg 800w"
    assert (first.get("width"), first.get("height")) == ("800", "600")
    assert (first.get("loading"), second.get("loading")) == (None, "lazy")
    assert (built.folder / small).read_bytes() == b"small"


def test_a_link_to_a_resource_that_the_language_does_not_have_leads_to_english(workshop, help_page):
    built = workshop.build(
        "so",
        [workshop.page(help_page, "so", "[guryo](../using-the-nhs/find-a-gp.md#how)")],
        published={"covid-19/when-to-get-help": ("en", "so"), "using-the-nhs/find-a-gp": ("en",)},
    )
    (body,) = built.root("covid-19/when-to-get-help").xpath("//div[@class='body']")
    assert body.xpath(".//a/@href") == ["../../../en/using-the-nhs/find-a-gp/#how"]


def test_a_link_that_leads_nowhere_is_refused_with_file_and_remedy(workshop, help_page):
    help_page.path.write_text("---\n")
    with pytest.raises(WebsiteError) as caught:
        workshop.build("so", [workshop.page(help_page, "so", "[x](sleep.md)")])
    assert caught.value.path == help_page.path
    assert "'covid-19/sleep.md' is not found" in caught.value.message
    assert "Correct the link" in caught.value.remedy
    help_page.path.unlink()


def test_what_a_part_of_the_generator_stumbles_over_is_told_with_its_file(workshop, help_page):
    def stumble(html):
        raise ValueError(html)

    help_page.path.write_text("---\n")
    with pytest.raises(WebsiteError, match="Error reading page") as caught:
        workshop.build("so", [workshop.page(help_page, "so", "Qoraal.")], scan=stumble)
    assert caught.value.path == help_page.path
    help_page.path.unlink()


def test_an_anchor_that_is_not_there_is_refused_in_the_source_language(workshop, help_page):
    page = workshop.page(help_page, "en", "[x](#nowhere)", state=PageState.SOURCE)
    with pytest.raises(WebsiteError, match="no such anchor"):
        workshop.build("en", [page])


def test_one_resource_can_be_built_with_the_links_of_the_whole_site(workshop, help_page, rest_page):
    built = workshop.build(
        "so",
        [
            workshop.page(help_page, "so", "[naso](rest.md)", title="Goorma"),
            workshop.page(rest_page, "so", "Qoraal.", title="Naso"),
        ],
        only=("covid-19/when-to-get-help",),
    )
    root = built.root("covid-19/when-to-get-help")
    assert root.xpath("//div[@class='body']//a/@href") == ["../rest/"]
    assert root.xpath("string(//a[@rel='next'])").endswith("Naso")
    assert not (built.folder / "covid-19" / "rest").exists()


def test_what_would_run_is_refused(workshop, help_page):
    def scan(html):
        return [line for line in html.splitlines() if "onclick" in line]

    page = workshop.page(help_page, "so", '<p onclick="alert(1)">Qoraal</p>')
    with pytest.raises(WebsiteError, match="would run something") as caught:
        workshop.build("so", [page], scan=scan)
    assert caught.value.path == help_page.path


def test_two_pages_at_one_address_are_refused(workshop):
    document = workshop.document("covid-19/index", "Index")
    with pytest.raises(WebsiteError, match="Two pages have the address"):
        workshop.build("so", [workshop.page(document, "so", "Qoraal.")])


def test_a_topic_cannot_stand_in_the_place_of_the_search_page(workshop):
    workshop.project = replace(workshop.project, topics=("search",))
    document = workshop.document("search/x", "X")
    with pytest.raises(WebsiteError, match="cannot be the id of a topic"):
        workshop.build("so", [workshop.page(document, "so", "Qoraal.")])


def test_boxes_to_tick_on_paper_are_not_read_out(workshop, help_page):
    built = workshop.build("so", [workshop.page(help_page, "so", "- [ ] wax cas\n")])
    (box,) = built.root("covid-19/when-to-get-help").xpath("//input[@type='checkbox']")
    assert box.get("aria-hidden") == "true"


# --- Right to left ---------------------------------------------------------------


def test_numbers_are_isolated_in_right_to_left_pages_only(workshop, help_page):
    arabic = workshop.build(
        "ar", [workshop.page(help_page, "ar", "خذ 2–3 × 500 mg", title="رقم 999")]
    )
    root = arabic.root("covid-19/when-to-get-help")
    assert root.xpath("string(//div[@class='body']//bdi[@dir='ltr'])") == "2–3 × 500 mg"
    assert root.xpath("string(//h1/bdi)") == "999"
    somali = workshop.build("so", [workshop.page(help_page, "so", "Qaado 2–3 × 500 mg")])
    assert "<bdi" not in somali.text("covid-19/when-to-get-help")


# --- Finding one's way -----------------------------------------------------------


def test_the_first_page_has_topics_as_cards(workshop, help_page, rest_page):
    built = workshop.build(
        "so",
        [workshop.not_yet(rest_page, "so"), workshop.page(help_page, "so", "Q.", title="Goorma")],
        strings={"topic-covid-19": "COVID-19 (Soomaali)", "not-yet-label": "Weli maya"},
    )
    (card,) = built.root("").xpath("//section[@class='card']")
    assert card.xpath("string(h2/a)") == "COVID-19 (Soomaali)"
    assert card.xpath(".//li/a/@href") == [
        "./covid-19/when-to-get-help/".removeprefix("./"),
        "covid-19/rest/",
    ]
    (english,) = card.xpath(".//li[2]/a/span")
    assert (english.text, english.get("lang")) == ("Rest at home", "en")
    assert card.xpath("string(.//li[2]/span[@class='label'])") == "Weli maya"


def test_the_page_for_a_wrong_address_speaks_the_language(workshop, help_page):
    built = workshop.build("so", [workshop.page(help_page, "so", "Q.")], strings=SOMALI)
    root = built.root("404.html")
    assert root.xpath("string(//h1)") == "Boggaas ma helin"
    # It may stand at any depth, so its addresses begin at the root.
    assert all(link.startswith("/") for link in root.xpath("//main//a[not(@class='phone')]/@href"))
    assert all(
        link.startswith("/assets/") for link in root.xpath("//link[@rel='stylesheet']/@href")
    )


def library_of(workshop, size, tag="so"):
    documents = [workshop.document(f"covid-19/page-{n:04}", f"Page {n}") for n in range(size)]
    return workshop.build(
        tag,
        [
            workshop.page(doc, tag, "Qoraal.\n\n## Cinwaan {#a}\n", title=doc.slug)
            for doc in documents
        ],
        open_tags=("en", *(locale.tag for locale in workshop.project.locales)),
    )


def test_pages_do_not_grow_with_the_library(workshop):
    small, large = library_of(workshop, 4), library_of(workshop, 130)
    one, other = (len(built.text("covid-19/page-0001")) for built in (small, large))
    assert abs(one - other) < 50
    assert max(path.stat().st_size for path in large.folder.rglob("*.html")) < 40_000


def test_a_long_topic_is_spread_over_several_pages(workshop):
    built = library_of(workshop, 90)
    links = [
        link
        for url in ("covid-19", "covid-19/more/2", "covid-19/more/3")
        for link in built.root(url).xpath("//ul[@class='entries']/li/a/@href")
    ]
    assert len(set(links)) == 90
    first = built.root("covid-19")
    assert first.xpath("//nav[@class='numbers']/a/@href") == [
        "../covid-19/more/2/", "../covid-19/more/3/", "../covid-19/more/2/",
    ]  # fmt: skip
    assert first.xpath("string(//nav[@class='numbers']/*[@aria-current])") == "1"


def test_numbers_of_pages_are_kept_apart_where_text_runs_from_right_to_left(workshop):
    second = library_of(workshop, 90, "ar").root("covid-19/more/2")
    numbers = second.xpath("//nav[@class='numbers']/*[not(@rel)]/bdi/text()")
    assert numbers == ["1", "2", "3"]


def test_each_page_leads_to_its_neighbours_in_the_topic(workshop):
    built = library_of(workshop, 3)
    root = built.root("covid-19/page-0001")
    assert root.xpath("//a[@rel='prev']/@href") == ["../page-0000/"]
    assert root.xpath("//a[@rel='next']/@href") == ["../page-0002/"]


def test_a_page_is_the_same_whatever_was_built_before_it(workshop, help_page, rest_page):
    # One converter renders all pages: footnotes, tabs and abbreviations must not leak.
    first = workshop.page(
        rest_page,
        "so",
        'X[^1] GP\n\n=== "a"\n    t\n\n[^1]: note\n\n*[GP]: doctor\n[r]: http://x.y\n',
    )
    second = workshop.page(
        help_page, "so", 'GP [r] Y[^1]\n\n## A\n\n=== "b"\n    u\n\n[^1]: other\n'
    )
    expected = body_of(workshop.build("so", [second]))
    assert body_of(workshop.build("so", [first, second])) == expected
    assert "[r]" in expected


def body_of(built):
    text = built.text("covid-19/when-to-get-help")
    return text.split('<div class="body">')[1].split("<aside")[0]


def test_nothing_comes_from_another_server(workshop, help_page):
    built = workshop.build("so", [workshop.page(help_page, "so", "Qoraal.")])
    for path in built.folder.rglob("*.html"):
        root = built.root(path.relative_to(built.folder))
        loaded = root.xpath(
            "//script/@src | //img/@src | //link[not(@rel='canonical' or @rel='alternate')]/@href"
        )
        assert not [address for address in loaded if "//" in address], path
        assert root.xpath("//script[not(@src)] | //@onclick | //style") == [], path
