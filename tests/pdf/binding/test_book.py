"""Leaflets bound as one: all of each is there, and an edit copies what did not change."""

import hashlib
import re
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from pipeline.model import Direction
from pipeline.pdf import read_facts
from pipeline.pdf.binding import Before, Measure, Numerals, Part, bind, read_before, read_measures
from pipeline.pdf.binding.blocks import Page
from pipeline.pdf.binding.contents import Line, _line_of, find_lines
from pipeline.pdf.binding.objects import pack, read_objects, reference, unpack
from pipeline.pdf.fonts import prepare_fonts
from tests.pdf.binding.conftest import PAGES

ALL = list(PAGES)


def test_bookmarks_page_numbers_and_links_lead_where_they_should(shelf):
    book = shelf.bind(["call", "rest", "cough"]).data
    reader = PdfReader(BytesIO(book), strict=True)
    tops = [each for each in reader.outline if not isinstance(each, list)]
    pages = [reader.get_destination_page_number(each) for each in tops]
    assert [each.title for each in tops] == ["Wac 999", "Wac 999", "Naso", "Qufac"]
    assert pages == [0, 1, 2, len(reader.pages) - 1]
    assert reader.page_labels[:4] == ["i", "1", "2", "3"]
    # The lines of the contents lead to the first page of each leaflet.
    links = [ref.get_object() for ref in reader.pages[0]["/Annots"]]
    led = {
        link["/Contents"]: reader.get_page_number(link["/Dest"][0].get_object())
        for link in links
        if "/Dest" in link
    }
    assert list(led.values()) == pages[1:]
    assert list(led) == ["call (1)", "rest (2)", f"cough ({pages[-1]})"]


def test_a_number_in_the_contents_stands_on_the_last_line_of_its_title(shelf):
    objects = read_objects(shelf.contents[3])
    lines = find_lines(objects)
    assert [(number, line.page) for number, line in lines.items()] == [(1, 0), (2, 0), (3, 0)]
    tops = [line.baseline for line in lines.values()]
    # The second title takes two lines.
    assert tops[0] - tops[1] > 1.5 * (tops[1] - tops[2]) > 0
    # What is drawn there is seen, at the end of the line.
    page = pypdfium2.PdfDocument(shelf.bind(["call", "rest", "cough"]).data)[0]
    seen = page.render(scale=1).to_pil().convert("L")
    for line in lines.values():
        foot = round(seen.height - line.baseline)
        assert seen.crop((seen.width - 60, foot - 8, seen.width - 50, foot)).getextrema()[0] < 128
        assert (
            seen.crop((round(line.right) + 8, foot - 3, seen.width - 70, foot + 3)).getextrema()[0]
            < 220
        )


def test_where_lines_reach_into_one_another_the_number_stands_on_the_last():
    # Of a tall script: the box of the second line holds what the first one stands on.
    texts = [(60.0, 135.0), (60.0, 112.0)]
    line = _line_of(0, [50.0, 140.0, 200.0, 100.0], texts)
    assert line == Line(page=0, left=50.0, right=200.0, baseline=112.0)


def test_bookmarks_of_a_chapter_are_closed(shelf):
    reader = PdfReader(BytesIO(shelf.bind(["call", "rest"]).data), strict=True)
    root = reader.trailer["/Root"]["/Outlines"]
    item, counts = root["/First"], []
    while item:
        counts.append((item["/Title"], item.get("/Count")))
        item = item.get("/Next")
    # Below the contents and below "Naso" there is nothing.
    assert counts == [("Wac 999", None), ("Wac 999", -1), ("Naso", None)]
    assert (root["/Count"], root["/Last"]["/Title"]) == (3, "Naso")


def test_links_within_a_leaflet_stay_within_it(shelf):
    reader = PdfReader(BytesIO(shelf.bind(["cough", "cough"]).data), strict=True)
    for number in (1, 2):
        page = reader.pages[number]
        places = [ref.get_object().get("/Dest") for ref in page["/Annots"]]
        notes = [place for place in places if place]
        assert [reader.get_page_number(note[0].get_object()) for note in notes] == [number, number]
    address = [a.get_object()["/A"]["/URI"] for a in page["/Annots"] if "/A" in a.get_object()]
    assert "https://example.org/a?b=(/StructParent%203%200%20R)" in address


def test_texts_that_look_like_references_stay_texts(shelf):
    reader = PdfReader(BytesIO(shelf.bind(["call", "tricky"]).data), strict=True)
    flat = [
        each.title
        for part in reader.outline
        for each in (part if isinstance(part, list) else [part])
    ]
    assert flat[-2:] == ["5 0 R) /Parent 7 0 R (/Count 3", "/Dest (x) 9 0 R"]


def test_every_word_and_every_tag_is_there(shelf):
    names = ["call", "table", "cough"]
    book = shelf.bind(names).data
    texts = [read_facts(d).text for d in (shelf.contents[3], *(shelf.leaflets[n] for n in names))]
    assert read_facts(book).text == "\n".join(texts)
    assert (read_facts(book).language, read_facts(book).is_tagged) == ("so", True)
    parts = (shelf.contents[3], *(shelf.leaflets[name] for name in names))
    assert tags(book) == [
        "/Document",
        *(tag for part in parts for tag in ["/Part", *tags(part)[1:]]),
    ]


def tags(data):
    """The tags of a PDF in the order in which they are read."""
    found = []

    def walk(element):
        for kid in element if isinstance(element, list) else [element]:
            each = kid.get_object()
            if isinstance(each, dict) and "/S" in each:
                found.append(each["/S"])
                assert each["/P"].get_object()["/Type"] in {"/StructElem", "/StructTreeRoot"}
            if isinstance(each, dict) and "/K" in each:
                walk(each["/K"])

    walk(PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_cells_of_a_table_name_the_headers_of_their_own_table(shelf):
    reader = PdfReader(BytesIO(shelf.bind(["table", "table"]).data), strict=True)
    named, asked = [], []

    def walk(element):
        for kid in element if isinstance(element, list) else [element]:
            each = kid.get_object()
            if isinstance(each, dict):
                named.extend([each["/ID"]] if "/ID" in each else [])
                asked.extend(each.get("/A", {}).get("/Headers", []))
                walk(each.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert len(named) == len(set(named)) == 4
    # The cells of a row name the heads of their columns, in both tables.
    assert asked == named


def test_pages_lead_to_their_tags(shelf):
    book = PdfReader(BytesIO(shelf.bind(["call", "rest"]).data), strict=True)
    table = book.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]
    entries = {}
    for kid in table["/Kids"]:
        numbers = kid.get_object()["/Nums"]
        own = dict(zip(numbers[::2], numbers[1::2], strict=True))
        assert kid.get_object()["/Limits"] == [min(own), max(own)]
        entries |= own
    assert list(entries) == sorted(entries)
    for page in book.pages:
        marked = entries[page["/StructParents"]].get_object()
        elements = [e for each in marked if isinstance(e := each.get_object(), dict)]
        assert elements
        assert all(each["/Pg"].get_object() == page for each in elements)
        for annotation in page.get("/Annots", ()):
            link = entries[annotation.get_object()["/StructParent"]].get_object()
            assert link["/S"] == "/Link"


def test_a_page_looks_as_in_its_leaflet_but_for_its_number(shelf):
    book = pypdfium2.PdfDocument(shelf.bind(["call", "tricky"]).data)
    for number, name in ((1, "call"), (2, "tricky")):
        leaflet = pypdfium2.PdfDocument(shelf.leaflets[name])
        ours = book[number].render(scale=1).to_pil().convert("L")
        theirs = leaflet[0].render(scale=1).to_pil().convert("L")
        below = (0, 45, ours.width, ours.height)
        assert ours.crop(below).tobytes() == theirs.crop(below).tobytes()
        head = (ours.width - 90, 15, ours.width - 30, 45)
        assert ours.crop(head).getextrema()[0] < 128 < theirs.crop(head).getextrema()[0]


@pytest.mark.parametrize(
    ("digits", "direction", "side"),
    [("0123456789", Direction.LTR, "right"), ("٠١٢٣٤٥٦٧٨٩", Direction.RTL, "left")],
)
def test_numbers_stand_where_lines_end_in_the_digits_of_the_language(
    cache_dir, digits, direction, side
):
    family = "Amiri" if side == "left" else "Noto Sans"
    numerals = Numerals(prepare_fonts(cache_dir / "fonts").files[family], digits, direction)
    page = Page(number=1, width=595.0, height=842.0)
    drawn = numerals.draw(27, page).decode()
    assert drawn.startswith("/Artifact <</Type /Pagination")
    place = float(drawn.split("1 0 0 1 ")[1].split()[0])
    assert (place < 60) == (side == "left")
    assert drawn != numerals.draw(72, page).decode()
    # In the contents the dots begin at the number and end before the title, or are left out.
    title = Line(page=0, left=200.0, right=300.0, baseline=500.0)
    begin, end = [(place + 12, 194), (place - 6, 306)][side == "right"]
    (dots,) = re.findall(
        r"([\d.]+) 500 m ([\d.]+) 500 l S", numerals.draw_entry(27, title, page).decode()
    )
    assert float(dots[1]) == end
    assert abs(float(dots[0]) - begin) < 6
    wide = Line(page=0, left=55.0, right=545.0, baseline=500.0)
    assert b" l S" not in numerals.draw_entry(27, wide, page)


# --- After an edit ---


def test_one_leaflet_changes_and_all_others_are_copied(shelf):
    before = shelf.bind(["call", "table", "rest", "tricky"])
    known = read_before(before.data, before.index, "1.0")
    after = shelf.bind(["call", "rest", "rest", "tricky"], known)
    # "rest" has more pages, so that all that come after it have other numbers on paper.
    assert after.fresh == (1,)
    assert after.data == shelf.bind(["call", "rest", "rest", "tricky"]).data


names = st.lists(st.sampled_from(ALL), min_size=1, max_size=5)


@given(books=st.lists(names, min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_after_any_edits_a_book_is_what_it_would_be_from_nothing(shelf, books):
    before = Before()
    for each in books:
        bound = shelf.bind(each, before)
        assert bound.data == shelf.bind(each).data
        before = read_before(bound.data, bound.index, "1.0")
        assert [part.key for part in before.parts] == [p.key for p in shelf.parts(each)]


def noted(text):
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


@pytest.mark.parametrize(
    "damage",
    [
        lambda data, index: (data[:-9], index),
        lambda data, index: (data.replace(b"/Filter", b"/Folter", 1), index),
        lambda data, index: (data, index[:50]),
        lambda data, index: (data, index.replace(b'"length": 1', b'"length": 2', 1)),
        lambda data, _: (data, b"[]"),
        lambda data, _: (data, noted(b'{"digest": 1, "width": [], "parts": [{}]}')),
        lambda data, _: (data, noted(b"[]")),
        lambda data, _: (data, b"\xff"),
        lambda _, index: (b"", index),
    ],
)
def test_a_damaged_book_or_index_is_not_copied_from(shelf, damage):
    bound = shelf.bind(["call", "table"])
    before = read_before(*damage(bound.data, bound.index), "1.0")
    again = shelf.bind(["call", "table"], before)
    assert (again.data, again.fresh) == (bound.data, (0, 1))


def test_what_another_version_of_the_program_bound_is_not_copied(shelf):
    bound = shelf.bind(["call", "table"])
    assert read_before(bound.data, bound.index, "1.0").parts
    assert read_before(bound.data, bound.index, "1.1") == Before()


def test_measures_are_known_by_the_digest_of_a_leaflet(shelf):
    bound = shelf.bind(["call", "rest"])
    assert read_measures(bound.index) == {p.key: p.measure for p in shelf.parts(["call", "rest"])}
    assert read_measures(b"{") == {}


# --- What is refused ---


def test_contents_of_other_leaflets_are_refused(shelf):
    with pytest.raises(ValueError, match="the contents are not those of these leaflets"):
        bind(shelf.contents[3], shelf.parts(["call", "rest"]), shelf.numerals, Before(), "1.0")
    with pytest.raises(ValueError, match="the contents are not those of these leaflets"):
        bind(shelf.leaflets["rest"], shelf.parts(["call"]), shelf.numerals, Before(), "1.0")


def redrawn(contents, change):
    """Contents whose first page is drawn in another way."""
    objects = read_objects(contents)
    drawn = reference(objects.find(objects.pages[0]), b"Contents")
    other = pack(change(unpack(objects.streams[drawn])))
    return replace(objects, streams={**objects.streams, drawn: other})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda drawn: drawn.replace(b"0.75 0 0 0.75", b"0.75 0 0 0.7"), "drawn in another way"),
        (lambda drawn: drawn.replace(b" Tm\n", b" Tx\n"), "a line of the contents has no text"),
    ],
)
def test_contents_that_are_drawn_in_another_way_are_refused(shelf, change, why):
    objects = redrawn(shelf.contents[2], change)
    with pytest.raises(ValueError, match=why):
        find_lines(objects)


def test_a_leaflet_that_is_not_what_was_measured_is_refused(shelf):
    (part,) = shelf.parts(["rest"])
    other = Part(
        key=part.key, title="x", measure=Measure(pages=1, span=part.measure.span), read=part.read
    )
    with pytest.raises(ValueError, match="not what it was when it was measured"):
        bind(shelf.contents[1], [other], shelf.numerals, Before(), "1.0")


def test_a_leaflet_that_changed_since_is_refused_though_it_is_as_long(shelf):
    (part,) = shelf.parts(["rest"])
    other = Part(key="0" * 64, title="x", measure=part.measure, read=part.read)
    with pytest.raises(ValueError, match="not what it was when it was measured"):
        bind(shelf.contents[1], [other], shelf.numerals, Before(), "1.0")


def test_too_many_pages_for_one_file_are_refused(shelf):
    (part,) = shelf.parts(["call"])
    wide = Part(key=part.key, title="x", measure=Measure(pages=1, span=1 << 16), read=part.read)
    with pytest.raises(
        ValueError, match="70 leaflets are too many for one file, where “x” has 1 pages"
    ):
        bind(shelf.contents[1], [wide] * 70, shelf.numerals, Before(), "1.0")


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda data: data[:-30], "it has no end"),
        (lambda _: b"", "it has no end"),
        (lambda data: data[:4000] + data[4007:], "an object is not where it should be"),
        (
            lambda data: data.replace(b"/Length 2", b"/Length 3", 1),
            "longer or shorter than it says",
        ),
        (lambda data: data.replace(b"/W [1 ", b"/X [1 "), "table of objects is of another kind"),
    ],
)
def test_a_damaged_leaflet_is_refused_in_words(shelf, damage, why):
    data = shelf.leaflets["call"]
    assert damage(data) != data
    with pytest.raises(ValueError, match=why):
        read_objects(damage(data))


def test_what_another_program_wrote_is_refused(shelf):
    out = BytesIO()
    PdfWriter(clone_from=BytesIO(shelf.leaflets["call"])).write(out)
    with pytest.raises(ValueError, match="an object is not where it should be"):
        read_objects(out.getvalue())
