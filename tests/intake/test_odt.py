"""What LibreOffice writes, and what becomes of it."""

# ruff: noqa: E501 - documents are read better as they are written

from making import PNG, body_of, odt, take, told

AUTOMATIC = """
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="sub 58%"/>
</style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph"><style:paragraph-properties style:writing-mode="rl-tb"/>
<style:text-properties style:language-complex="ar" style:country-complex="IQ"/></style:style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
<text:list-level-style-number text:level="2" style:num-format="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
"""


def take_odt(body: str, **more: str | bytes):
    return take(odt(body, automatic=AUTOMATIC, **more), "a.odt")


def test_headings_lists_and_marks():
    intake = take_odt(
        '<text:p text:style-name="P1">Fever</text:p><text:p>Drink <text:span text:style-name="T1">water'
        '</text:span>, H<text:span text:style-name="T2">2</text:span>O.<text:s text:c="3"/>Often.</text:p>'
        '<text:h text:outline-level="1">Do</text:h><text:list text:style-name="L1"><text:list-item>'
        "<text:p>Rest</text:p><text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "</text:list-item><text:list-item><text:p>Eat</text:p><text:p>soup</text:p></text:list-item>"
        '</text:list><text:list text:style-name="L2"><text:list-item><text:p>Step</text:p>'
        '</text:list-item></text:list><text:p text:style-name="Quotations">Never wait.</text:p>'
    )
    assert intake.title == "Fever"
    assert body_of(intake) == (
        "Drink **water**, H<sub>2</sub>O. Often.\n\n## Do\n\n- Rest\n    1. one\n\n- Eat\n\n    soup\n\n"
        "<!-- -->\n\n1. Step\n\n> Never wait."
    )
    assert told(intake) == []


def test_links_notes_and_breaks():
    intake = take_odt(
        '<text:p>See <text:a xlink:href="https://www.nhs.uk/">the NHS</text:a><text:note text:id="n1">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>It is free.</text:p>"
        "</text:note-body></text:note>.<text:line-break/>Call<text:tab/>111.</text:p>"
    )
    assert body_of(intake) == (
        "See [the NHS](https://www.nhs.uk/)[^1].  \nCall 111.\n\n[^1]: It is free."
    )


def test_tables():
    intake = take_odt(
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Age</text:p>"
        "</table:table-cell><table:table-cell><text:p>Call</text:p></table:table-cell></table:table-row>"
        '</table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned="2">'
        "<text:p>Baby</text:p></table:table-cell><table:table-cell><text:p>111</text:p>"
        "</table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>"
        "<table:table-cell><text:p>999</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert body_of(intake) == "| Age | Call |\n|---|---|\n| Baby | 111 |\n| Baby | 999 |"
    assert told(intake) == ["changed: A merged cell (“Baby”): it is repeated in each row."]


def test_pictures_boxes_comments_changes_and_hidden_text():
    frame = '<draw:frame><draw:image xlink:href="{}"/><svg:desc>A dot</svg:desc></draw:frame>'
    intake = take_odt(
        "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><text:p>two</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        f"<text:p>Take <text:change text:change-id='c1'/>three.{frame.format('Pictures/a.png')}"
        f"{frame.format('https://x.example/b.png')}<office:annotation><dc:creator>Dr Ali</dc:creator>"
        "<text:p>Dose?</text:p></office:annotation><text:span text:style-name='H'>secret</text:span>"
        "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame></text:p>",
        Pictures__a_png=PNG,
    )
    assert body_of(intake) == "Take three.![A dot](images/leaflet-1.png)\n\nBoxed."
    assert intake.pictures == {"images/leaflet-1.png": PNG}
    assert told(intake) == [
        "changed: A deletion (“two”) that nobody has accepted yet was carried out.",
        (
            "left out: A picture that is not in the file but elsewhere (`https://x.example/b.png`) that says "
            "“A dot”; it was not fetched."
        ),
        "left out: A comment: Dr Ali: “Dose?”",
        "left out: Hidden text: “secret”.",
        "changed: A box of text: it stands after the paragraph that it was fixed to.",
    ]


def test_arabic_in_an_english_text_says_so():
    intake = take_odt(
        '<text:p>In Arabic, and then more in English:</text:p><text:p text:style-name="P2">نعم</text:p>'
    )
    assert body_of(intake).split("\n\n")[1:] == [
        '<div lang="ar-IQ" dir="rtl" markdown>',
        "نعم",
        "</div>",
    ]


def test_headers_contents_and_macros_are_named():
    styles = (
        "<office:master-styles><style:master-page><style:header><text:p>Draft 3</text:p></style:header>"
        "</style:master-page></office:master-styles>"
    )
    body = "<text:table-of-content><text:index-body><text:p>Rest 1</text:p></text:index-body></text:table-of-content><text:p>x</text:p>"
    intake = take_odt(body, styles=styles, Basic__a_xml=b"x")
    assert body_of(intake) == "x"
    assert told(intake) == [
        "left out: The table of contents.",
        "left out: A page header: “Draft 3”.",
        "left out: Macros, which are programs.",
    ]


def test_a_formula_is_named():
    formula = b'<math xmlns="http://www.w3.org/1998/Math/MathML"/>'
    body = '<text:p>x<draw:frame><draw:object xlink:href="./Object 1"/><svg:title>a=b</svg:title></draw:frame></text:p>'
    intake = take_odt(body, **{"Object 1/content.xml": formula})
    assert body_of(intake) == "x"
    assert told(intake) == ["left out: An equation: “a=b”."]
