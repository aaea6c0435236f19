"""What Word writes, and what becomes of it."""

# ruff: noqa: E501 - documents are read better as they are written

import pytest
from making import NAMES, PNG, body_of, docx, p, part, r, relations, take, told

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def page(body: str, *links: tuple[str, str, str], **more: str | bytes) -> str:
    return body_of(take(docx(body, *links, **more)))


def test_headings_lists_and_marks_in_a_word_that_speaks_french():
    body = (
        p("Fever", style="Titre")
        + p("Drink ", r("water", "<w:b/>"), " ", r("often", "<w:i/>"), ".")
        + p("What to do", style="Titre1")
        + p("Rest", style="Puces")
        + p("at home", number=(1, 1))
        + p("Eat", number=(1, 0))
        + p("Step one", number=(2, 0))
        + p("Step two", number=(2, 0))
        + p("When to call", style="Mine")
        + p("Never wait.", style="Citation")
    )
    intake = take(docx(body))
    assert intake.title == "Fever"
    assert body_of(intake) == (
        "Drink **water** *often*.\n\n## What to do\n\n- Rest\n    - at home\n- Eat\n\n<!-- -->\n\n"
        "1. Step one\n2. Step two\n\n### When to call\n\n> Never wait."
    )
    assert told(intake) == []


def test_levels_of_headings_follow_each_other():
    body = (
        p("Flu", style="Titre")
        + p("Food", style="Titre1")
        + p("Water", style="Titre3")
        + p("x")
        + p("Rest", style="Titre2")
    )
    intake = take(docx(body))
    assert body_of(intake) == "## Food\n\n### Water\n\nx\n\n### Rest"
    assert told(intake) == ["changed: A heading of level 3 below one of level 1."]


def test_bold_paragraphs_are_headings_where_there_are_no_others():
    body = p(r("Fever", "<w:b/>")) + p("Drink.") + p(r("At night", "<w:b/>")) + p("Sleep.")
    intake = take(docx(body))
    assert intake.title == "Fever"
    assert body_of(intake) == "Drink.\n\n## At night\n\nSleep."
    assert set(told(intake)) == {"changed: A short bold paragraph: it is taken for a heading."}


def test_bold_paragraphs_beside_real_headings_are_only_named():
    body = p("Flu", style="Titre1") + p(r("Night", "<w:b/>")) + p("Sleep.")
    intake = take(docx(body))
    assert body_of(intake) == "**Night**\n\nSleep."
    assert told(intake) == ["advice: A short bold paragraph that may be a heading."]


def test_links_are_relations_or_fields_and_may_lead_to_headings():
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = '<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://111.nhs.uk/" </w:instrText></w:r>'
    body = (
        p('<w:hyperlink r:id="l1">' + r("the NHS") + "</w:hyperlink>", " or ", char("begin") + code,
          char("separate") + r("111") + char("end"), " or ",
          '<w:hyperlink w:anchor="_Ref1">' + r("below") + "</w:hyperlink>", " or ",
          '<w:hyperlink w:anchor="_gone">' + r("gone") + "</w:hyperlink>", ", ",
          '<w:hyperlink r:id="l2">' + r("run me") + "</w:hyperlink>")
        + p('<w:bookmarkStart w:id="0" w:name="_Ref1"/>', "Help", style="Titre2") + p("x")
        + p("More", style="Titre2")
    )  # fmt: skip
    intake = take(
        docx(
            body,
            ("l1", "hyperlink", "https://www.nhs.uk/"),
            ("l2", "hyperlink", "!file:///C:/x.exe"),
        )
    )
    assert body_of(intake).startswith(
        "[the NHS](https://www.nhs.uk/) or [111](https://111.nhs.uk/) or [below](#part-1) or gone, "
        "run me\n\n## Help {#part-1}"
    )
    assert told(intake) == [
        "left out: The link of “gone” to a place in the document that is no heading; its words are kept.",
        (
            "left out: The link of “run me” to `file:///C:/x.exe`, which is no address that readers can "
            "open; its words are kept."
        ),
    ]


def test_tables_have_a_header_and_merged_cells_lose_nothing():
    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text)}</w:tc>"

    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" + cell("Age") + cell("Fever") + cell("Call")
        + "</w:tr><w:tr>" + cell("Baby", '<w:vMerge w:val="restart"/>') + cell("38°C | more")
        + cell("111") + "</w:tr><w:tr>" + cell("", "<w:vMerge/>")
        + cell("fits", '<w:gridSpan w:val="2"/>') + "</w:tr></w:tbl>"
    )  # fmt: skip
    intake = take(docx(body))
    assert body_of(intake).split("\n") == [
        "| Age | Fever | Call |",
        "|---|---|---|",
        "| Baby | 38°C \\| more | 111 |",
        "| Baby | fits |  |",
    ]
    assert told(intake) == [
        "changed: A merged cell (“Baby”): it is repeated in each row.",
        "changed: A merged cell (“fits”): it stands in the first column of them.",
    ]


def test_a_table_of_one_cell_is_a_box():
    body = f"<w:tbl><w:tr><w:tc>{p('Call 999.')}{p('Now.')}</w:tc></w:tr></w:tbl>"
    assert page(body) == "> Call 999.\n>\n> Now."


def test_footnotes_are_kept():
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="-1">{p("x")}</w:footnote>'
        f'<w:footnote w:id="1">{p("<w:r><w:footnoteRef/></w:r>", " Over 65.")}</w:footnote>',
    )
    body = p("Higher risk.", '<w:r><w:footnoteReference w:id="1"/></w:r>', " Rest.")
    assert page(body, ("f", "footnotes", "footnotes.xml"), word__footnotes_xml=notes) == (
        "Higher risk.[^1] Rest.\n\n[^1]: Over 65."
    )


def test_tracked_changes_are_read_as_accepted_and_comments_are_named():
    comments = part(
        "comments", f'<w:comment w:id="0" w:author="Dr Ali">{p("Check dose")}</w:comment>'
    )
    gone = '<w:r><w:delText xml:space="preserve">two </w:delText></w:r>'
    body = p("Take ", f"<w:del>{gone}</w:del>", f"<w:ins>{r('three ')}</w:ins>", "tablets.",
             '<w:r><w:commentReference w:id="0"/></w:r>')  # fmt: skip
    intake = take(docx(body, ("c", "comments", "comments.xml"), word__comments_xml=comments))
    assert body_of(intake) == "Take three tablets."
    assert told(intake) == [
        "changed: A deletion (“two”) that nobody has accepted yet was carried out.",
        "changed: An insertion that nobody has accepted yet was taken in.",
        "left out: A comment: Dr Ali: “Check dose”",
    ]
    assert intake.remarks[0].place == "paragraph 1 (“Take three tablets.”)"


def test_a_paragraph_whose_end_was_deleted_goes_on():
    body = p("Call ", more="<w:rPr><w:del/></w:rPr>") + p("999.")
    assert page(body) == "Call 999."


DRAWING = (
    "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='x' descr='{alt}'/><a:graphic><a:graphicData>"
    "<pic:pic><pic:blipFill><a:blip r:{how}='i1'/>{crop}</pic:blipFill></pic:pic></a:graphicData>"
    "</a:graphic></wp:inline></w:drawing></w:r>"
)


def test_pictures_come_out_with_their_text():
    body = p(DRAWING.format(alt="A [red] dot", how="embed", crop=""))
    intake = take(docx(body, ("i1", "image", "media/image1.png"), word__media__image1_png=PNG))
    assert body_of(intake) == "![A \\[red\\] dot](images/leaflet-1.png)"
    assert intake.pictures == {"images/leaflet-1.png": PNG}


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "!../../secret.png", "https://x.example/a.png"]
)
def test_pictures_outside_of_the_file_are_named_and_not_fetched(target):
    body = p("x", DRAWING.format(alt="A map", how="link", crop=""))
    outside = target if target.startswith("!") else f"!{target}"
    intake = take(docx(body, ("i1", "image", outside)))
    assert body_of(intake) == "x"
    assert told(intake) == [
        (
            f"left out: A picture that is not in the file but elsewhere `{target.removeprefix('!')}` "
            "that says “A map”; it was not fetched."
        )
    ]


def test_a_part_outside_of_the_archive_is_none():
    body = p("x", DRAWING.format(alt="", how="embed", crop=""))
    intake = take(docx(body, ("i1", "image", "../../../etc/passwd")))
    assert intake.pictures == {}
    assert "not in the file" in told(intake)[0]


def test_a_picture_without_text_and_a_cropped_one_are_named():
    body = p(DRAWING.format(alt="", how="embed", crop="<a:srcRect l='20000'/>"))
    intake = take(docx(body, ("i1", "image", "media/image1.png"), word__media__image1_png=PNG))
    assert told(intake) == [
        "changed: A picture that was cropped: the file holds all of it, and so does the page.",
        "advice: A picture without a text for people who cannot see it: `images/leaflet-1.png`.",
    ]


def test_a_picture_that_browsers_do_not_show_is_named():
    body = p("x", DRAWING.format(alt="Logo", how="embed", crop=""))
    emf = b"\x01\x00\x00\x00" + bytes(40)
    intake = take(docx(body, ("i1", "image", "media/image1.emf"), word__media__image1_emf=emf))
    assert told(intake) == [
        (
            "left out: A picture. It is a drawing of Windows (EMF), which browsers do not show. "
            "It says: “Logo”."
        )
    ]


def test_the_text_of_a_box_stands_after_its_paragraph_and_only_once():
    shape = (
        f"<wps:wsp><wps:txbx><w:txbxContent>{p('Call 999.')}</w:txbxContent></wps:txbx></wps:wsp>"
    )
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('Call 999.')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<a:graphicData>{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    intake = take(docx(p("Before.", box) + p("After.")))
    assert body_of(intake) == "Before.\n\nCall 999.\n\nAfter."
    assert told(intake) == [
        "changed: A box of text: it stands after the paragraph that it was fixed to."
    ]
    assert body_of(take(docx(p("Before.", f"<w:r>{old}</w:r>")))) == "Before.\n\nCall 999."


def test_what_a_page_has_no_place_for_is_named():
    data = (
        f"<dgm:dataModel {NAMES}><dgm:pt><dgm:t><a:p><a:r><a:t>Wash</a:t></a:r></a:p></dgm:t></dgm:pt>"
        "<dgm:pt><dgm:t><a:p><a:r><a:t>Dry</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
    )
    smart = "<w:r><w:drawing><wp:inline><dgm:relIds r:dm='d1'/></wp:inline></w:drawing></w:r>"
    chart = "<w:r><w:drawing><wp:inline><wp:docPr descr='Cases a week'/><c:chart r:id='c1'/></wp:inline></w:drawing></w:r>"
    ole = "<w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12' r:id='o1'/></w:object></w:r>"
    equation = "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"
    hidden = r("secret", "<w:vanish/>")
    body = p("x", smart, chart, ole, equation, hidden)
    intake = take(
        docx(
            body, ("d1", "diagramData", "diagrams/data1.xml"), ("h", "header", "header1.xml"),
            word__diagrams__data1_xml=data, word__header1_xml=part("hdr", p("Draft 3, May 2020")),
            word__vbaProject_bin=b"x",
        )
    )  # fmt: skip
    assert body_of(intake) == "x"
    assert told(intake) == [
        "left out: A SmartArt graphic: “Wash; Dry”.",
        "left out: A chart that says “Cases a week”.",
        "left out: An embedded object (Excel.Sheet.12).",
        "left out: An equation: “a=b”.",
        "left out: Hidden text: “secret”.",
        "left out: A page header: “Draft 3, May 2020”.",
        "left out: Macros, which are programs.",
    ]


def test_signs_that_word_has_elements_for():
    body = p(
        "<w:r><w:t>9</w:t><w:noBreakHyphen/><w:t>5</w:t><w:tab/><w:t>hy</w:t><w:softHyphen/>"
        "<w:t>phen</w:t><w:br/><w:t>next</w:t><w:sym w:font='Wingdings' w:char='F0FC'/>"
        "<w:sym w:font='Wingdings' w:char='F021'/></w:r>"
    )
    intake = take(docx(body))
    assert body_of(intake) == "9\u20115 hy\u00adphen  \nnext✓"
    assert told(intake) == ["left out: A sign of the font Wingdings."]


def test_bullets_that_were_typed_are_a_list():
    body = p("Take:") + p("•\twater") + p("• soup") + p("•not one")
    assert page(body) == "Take:\n\n- water\n- soup\n\n•not one"


def test_a_paragraph_between_steps_belongs_to_the_step_before():
    body = p("One", number=(2, 0)) + p("more", style="Liste") + p("Two", number=(2, 0))
    assert page(body) == "1. One\n\n    more\n\n2. Two"


def test_numbers_that_go_on_after_other_text_are_named():
    body = p("One", number=(2, 0)) + p("Wait.") + p("Two", number=(2, 0))
    intake = take(docx(body))
    assert body_of(intake) == "1. One\n\nWait.\n\n1. Two"
    assert told(intake) == [
        "changed: A numbered list that goes on at 2: on the page it begins at 1."
    ]


def test_letters_before_items_are_named():
    intake = take(docx(p("One", number=(3, 0)) + p("Two", number=(3, 0))))
    assert body_of(intake) == "1. One\n2. Two"
    assert told(intake) == ["changed: Lists with letters, Roman or double numbers."]


def test_a_table_of_contents_goes():
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        p(begin, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "Help 2", style="TM1")
        + p("Rest 3", style="TM1") + p(end) + p("Help", style="Titre1") + p("Call.")
        + p("Rest", style="Titre1") + p("Sleep.")
    )  # fmt: skip
    intake = take(docx(body))
    assert body_of(intake) == "Call.\n\n## Rest\n\nSleep."
    assert told(intake)[0] == "left out: The table of contents."


def test_arabic_in_an_english_text_says_so():
    bidi = "<w:bidi/>"
    arabic = r("اتصل بالرقم 999", '<w:rtl/><w:lang w:bidi="ar-IQ"/>')
    body = (
        p("In Arabic:")
        + p(arabic, more=bidi)
        + p("Say ", r("نعم", '<w:rtl/><w:lang w:bidi="ar"/>'), ".")
    )
    assert page(body + p("And in English, which most of this is.")).split("\n\n") == [
        "In Arabic:",
        '<div lang="ar-IQ" dir="rtl" markdown>',
        "اتصل بالرقم 999",
        "</div>",
        'Say <span lang="ar" dir="rtl">نعم</span>.',
        "And in English, which most of this is.",
    ]


def test_a_whole_text_in_arabic_is_named():
    arabic = '<w:rtl/><w:lang w:bidi="ar-IQ"/>'
    body = p(r("الحمى", arabic), style="Titre", more="<w:bidi/>") + p(
        r("اشرب الماء كثيرا.", arabic), more="<w:bidi/>"
    )
    intake = take(docx(body))
    assert intake.title == "الحمى"
    assert body_of(intake) == '<div lang="ar-IQ" dir="rtl" markdown>\n\nاشرب الماء كثيرا.\n\n</div>'
    assert told(intake) == [
        "advice: The document says that it is in the language `ar-IQ`; resources are written in `en`."
    ]
    assert body_of(take(docx(body), source_tag="ar")) == "اشرب الماء كثيرا."


def test_looks_without_words_are_counted():
    body = p(
        r("a", '<w:u w:val="single"/>'),
        r("b", '<w:highlight w:val="yellow"/>'),
        r("c", '<w:u w:val="single"/>'),
    )
    intake = take(docx(body))
    assert [(x.what, x.place) for x in intake.remarks] == [
        ("Underlining.", "2 places"),
        ("Highlighting.", "one place"),
    ]


def test_the_title_of_the_file_is_taken_where_the_text_has_none():
    core = "<cp:p xmlns:cp='x' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Flu: a guide</dc:title></cp:p>"
    rels = relations(
        ("r1", "officeDocument", "word/document.xml"), ("r2", "core-properties", "core.xml")
    )
    intake = take(docx(p("Rest."), core_xml=core, **{"_rels/.rels": rels}))
    assert intake.title == "Flu: a guide"
    assert 'title: "Flu: a guide"\nsummary: "Rest."\naudience: TO FILL IN (' in intake.markdown
