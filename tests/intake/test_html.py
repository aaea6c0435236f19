"""What browsers, Word, LibreOffice and Google Docs save as a page, and what becomes of it."""

# ruff: noqa: E501 - documents are read better as they are written

import base64

import pytest
from making import PNG, body_of, html, package, take, told

from pipeline.errors import IntakeError


def page(body: str, **more: str) -> str:
    return body_of(take(html(body, **more), "a.html"))


def test_a_page_of_plain_html():
    body = (
        "<h1>Fever</h1><p>Drink <b>water</b>,\n<em>often</em>.<h2>Do</h2><ul><li>Rest<ul><li>at home"
        "</ul><li>Eat</ul><ol start=3><li>Three</ol><blockquote>Never wait.</blockquote><hr><p>End"
    )
    intake = take(html(body), "a.html")
    assert intake.title == "Fever"
    assert body_of(intake) == (
        "Drink **water**, *often*.\n\n## Do\n\n- Rest\n    - at home\n- Eat\n\n<!-- -->\n\n1. Three\n\n"
        "> Never wait.\n\n* * *\n\nEnd"
    )
    assert told(intake) == [
        "changed: A numbered list that goes on at 3: on the page it begins at 1."
    ]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<script>alert(1)</script>", "A script."),
        (
            '<iframe src="https://x.example/"></iframe>',
            "A frame with another page (“https://x.example/”).",
        ),
        ('<object data="a.swf"></object>', "An embedded object (“a.swf”)."),
        ('<embed src="a.pdf">', "An embedded object (“a.pdf”)."),
        ("<form><input name=q></form>", "A field to fill in."),
        ('<p style="display:none">gone</p>', "Hidden text: “gone”."),
        ("<nav>Home | News</nav>", "A menu (“Home | News”)."),
        ('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>', "An equation: “x”."),
        (
            '<abbr title="general practitioner">GP</abbr>',
            "What “GP” stands for: “general practitioner”.",
        ),
    ],
)
def test_what_runs_or_has_no_place_is_named(body, what):
    intake = take(html(f"<p>x</p>{body}"), "a.html")
    assert body_of(intake) in {"x", "x\n\nGP"}
    assert told(intake) == [f"left out: {what}"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "../a.html", "//x", "data:text/html,x"]
)
def test_links_that_readers_cannot_open_lose_their_address(address):
    intake = take(html(f'<p><a href="{address}">press</a></p>'), "a.html")
    assert body_of(intake) == "press"
    assert told(intake)[0].startswith(f"left out: The link of “press” to `{address}`, which is no")


@pytest.mark.parametrize(
    "address", ["https://x.example/a.png", "file:///etc/passwd", "../secret.png", "a_files/b.png"]
)
def test_pictures_elsewhere_are_named_and_not_fetched(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files/b.png").write_bytes(PNG)
    intake = take(html(f'<p>x <img src="{address}" alt="A map"></p>'), "a.html")
    assert intake.pictures == {}
    assert f"(`{address}`) that says “A map”; it was not fetched." in told(intake)[0]


def test_pictures_in_the_page_come_out():
    data = base64.b64encode(PNG).decode()
    intake = take(html(f'<p>See <img src="data:image/png;base64,{data}" alt="Dot"></p>'), "a.html")
    assert body_of(intake) == "See ![Dot](images/leaflet-1.png)"
    assert intake.pictures == {"images/leaflet-1.png": PNG}


def test_word_s_filtered_page():
    """Lists are paragraphs, their signs letters of the font Symbol, their depth a margin."""
    sign = (
        "<span style='font-family:Symbol'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;"
        "&nbsp;&nbsp; </span></span>"
    )
    body = (
        "<div class=WordSection1><p class=MsoTitle>Fever</p><h1>What to <span lang=EN-US>do</span></h1>"
        f"<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt'>{sign}Rest</p>"
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;text-indent:-18.0pt'>{sign}home</p>"
        "<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt'>1.<span>&nbsp;&nbsp; </span>Call</p>"
        "<p class=MsoNormal><b><span style='font-size:14.0pt'>Now</span></b> call "
        "<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a>"
        "<o:p></o:p></p></div><div><br clear=all><hr align=left size=1 width='33%'>"
        "<div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>"
        "<span>[1]</span></a> It is free.</p></div></div>"
    )
    intake = take(html(body, attributes=" lang=EN-GB"), "a.htm")
    assert intake.title == "Fever"
    assert body_of(intake) == (
        "## What to do\n\n- Rest\n    - home\n\n<!-- -->\n\n1. Call\n\n**Now** call [^1]\n\n"
        "[^1]: It is free."
    )


def test_google_docs_page():
    """Bold is a class, lists within lists stand beside them, links lead over Google."""
    head = "<style>.c1{font-weight:700}.c2{font-style:italic}.c9{font-weight:400}</style>"
    body = (
        '<p class="title c5"><span class="c9">Fever</span></p><p><span class="c1">Drink</span>'
        '<span class="c2"> water</span></p><ul class="lst-kix_ab12-0 start"><li><span>Rest</span></li></ul>'
        '<ul class="lst-kix_ab12-1 start"><li><span>home</span></li></ul>'
        '<ul class="lst-kix_ab12-0"><li><span>Eat</span></li></ul><p><a href='
        '"https://www.google.com/url?q=https://www.nhs.uk/&amp;sa=D&amp;ust=1">NHS</a>'
        '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><hr><div><p><a href="#ftnt_ref1" '
        'id="ftnt1">[1]</a><span>&nbsp;Free.</span></p></div>'
    )
    file = package({"Fever.html": html(body, head=head), "images/image1.png": PNG})
    intake = take(file, "Fever.zip")
    assert intake.title == "Fever"
    assert body_of(intake) == (
        "**Drink** *water*\n\n- Rest\n    - home\n- Eat\n\n[NHS](https://www.nhs.uk/)[^1]\n\n[^1]: Free."
    )


def test_a_zipped_page_has_its_pictures_and_no_others():
    body = '<p><img src="images/image1.png" alt="Dot"><img src="../../etc/passwd" alt="No"></p>'
    intake = take(package({"d/F.html": html(body), "d/images/image1.png": PNG}), "F.zip")
    assert body_of(intake) == "![Dot](images/leaflet-1.png)"
    assert told(intake) == [
        (
            "left out: A picture that is not in the file but elsewhere (`../../etc/passwd`) that says "
            "“No”; it was not fetched."
        )
    ]


def test_footnotes_of_markdown_tools():
    body = (
        '<p>Risk<sup id="fnref:1"><a href="#fn:1">1</a></sup>.</p><div class="footnote"><hr><ol>'
        '<li id="fn:1"><p>Over 65.&#160;<a href="#fnref:1">↩</a></p></li></ol></div>'
    )
    assert page(body) == "Risk[^1].\n\n[^1]: Over 65."


def test_other_languages_in_a_page_say_so():
    body = '<p>Say <span lang="so">haa</span>.</p><p lang="ar" dir="rtl">اتصل <b>الآن</b></p><p>End</p>'
    assert page(body).split("\n\n") == [
        'Say <span lang="so" dir="ltr">haa</span>.',
        '<div lang="ar" dir="rtl" markdown>',
        "اتصل **الآن**",
        "</div>",
        "End",
    ]


def test_a_page_in_arabic_is_named():
    intake = take(
        html("<h1>الحمى</h1><p>اشرب <b>الماء</b>.", attributes=' lang="ar" dir="rtl"'), "a.html"
    )
    assert body_of(intake) == '<div lang="ar" dir="rtl" markdown>\n\nاشرب **الماء**.\n\n</div>'
    assert "in the language `ar`" in told(intake)[0]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("windows-1252", b"<meta charset=windows-1252>"),
        (
            "windows-1252",
            b'<meta http-equiv=Content-Type content="text/html; charset=windows-1252">',
        ),
        ("windows-1252", b""),
        ("utf-8", b""),
        ("windows-1256", b"<meta charset=windows-1256>"),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_encodings(encoding, head):
    text = "38°C – “café”" if "1256" not in encoding else "اتصل"
    data = f"<title>x</title>{head.decode()}<p>{text}</p>".encode(encoding)
    assert body_of(take(data, "a.html")) == text


def test_letters_that_cannot_be_read_are_named():
    data = b"<meta charset=utf-8><p>caf\xe9 and tea</p>"
    intake = take(data, "a.html")
    assert body_of(intake) == "caf\ufffd and tea"
    assert told(intake) == ["advice: Some letters of the page could not be read."]


def test_tables_of_html():
    body = (
        "<table><caption>Doses</caption><thead><tr><th>Age<th colspan=2>Dose</thead><tr><td rowspan=2>"
        "Child<td>1<td><ul><li>day<li>night</ul><tr><td>2<td>x</table>"
        '<table role="presentation"><tr><td>left<td>right</table>'
    )
    assert page(body).split("\n") == [
        "Doses",
        "",
        "| Age | Dose |  |",
        "|---|---|---|",
        "| Child | 1 | • day<br>• night |",
        "| Child | 2 | x |",
        "",
        "left",
        "",
        "right",
    ]


def test_merged_cells_that_ask_for_millions_of_cells_get_some():
    rows = "".join(f"<tr><td rowspan=1000 colspan=60>{n}" for n in range(900))
    text = body_of(take(html(f"<table>{rows}</table>"), "a.html"))
    assert len(text) < 1_000_000
    assert "899" in text


def test_an_svg_in_the_page_becomes_a_picture():
    body = '<p>x</p><svg viewBox="0 0 1 1" aria-label="A dot"><script>a()</script><circle r="1"/></svg>'
    intake = take(html(body), "a.html")
    assert body_of(intake) == "x\n\n![A dot](images/leaflet-1.svg)"


@pytest.mark.parametrize(
    "unit", ["<div>", "<b class=x{n}>", "<p><i class=x{n}>", "<table><tr><td>", "<ul><li>"]
)
def test_what_never_ends_is_refused_before_it_fills_the_memory(unit):
    body = "".join(unit.format(n=n) for n in range(20_000))
    with pytest.raises(IntakeError, match="too many elements, or they are nested too deep"):
        take(html(body), "a.html")
