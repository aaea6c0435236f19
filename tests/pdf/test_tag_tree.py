"""One link is one annotation, and what runs at the foot of a page is no content."""

from io import BytesIO

from pypdf import PdfReader

from pipeline.pdf import render_leaflet

CONTENT = (
    '<p><a href="https://www.nhs.uk/">NHS: <span lang="en" dir="ltr">fever in <b>children</b>'
    '</span></a></p><footer class="facts"><dl><div><dt>Last checked</dt><dd>Today</dd></div></dl>'
    "</footer>"
)


def elements(element):
    element = element.get_object()
    if isinstance(element, dict) and "/S" in element:
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from elements(kid)


def test_what_a_reader_meets_once_is_tagged_once(make_job, cache_dir):
    reader = PdfReader(BytesIO(render_leaflet(make_job(CONTENT), cache_dir=cache_dir)))
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    annotations = [ref.get_object() for page in reader.pages for ref in page.get("/Annots", ())]
    # The address on the cover is broken into two lines, so it is two.
    addresses = [annotation["/A"]["/URI"] for annotation in annotations]
    assert addresses.count("https://www.nhs.uk/") == 1
    numbers = tree["/ParentTree"]["/Nums"]
    keys = numbers[::2]
    assert sorted(keys) == keys
    for annotation in annotations:
        owner = numbers[2 * keys.index(annotation["/StructParent"]) + 1].get_object()
        assert owner["/S"] == "/Link"

    # The foot: an artifact in the drawing, nothing in the tree.
    drawing = reader.pages[0].get_contents().get_data()
    assert b"/Artifact\nBMC" in drawing
    of_page = numbers[1]
    reached = {element.indirect_reference.idnum for kid in tree["/K"] for element in elements(kid)}
    assert {ref.idnum for ref in of_page if hasattr(ref, "idnum")} <= reached | {0}

    # Items of lists stand in lists.
    for element in elements(tree["/K"][0]):
        if element["/S"] == "/LI":
            assert element["/P"]["/S"] == "/L"
