"""Files that are damaged, of another kind, or made to harm: a reason and a remedy, and no traceback."""

# ruff: noqa: E501 - documents are read better as they are written

import io
import zipfile

import pytest
from making import docx, html, odt, p, package, take

from pipeline.errors import IntakeError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
BOMB = b"<w:t>" + b"0" * 51_000_000


def refused(data: bytes, name: str) -> str:
    with pytest.raises(IntakeError) as caught:
        take(data, name)
    return f"{caught.value.message} {caught.value.remedy}"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.docx", "The file is no .docx file. Open it, and save it as .docx."),
        (b"", "a.html", "The document has no text. If it is a scan, the text must be typed."),
        (OLE, "a.docx", "The file is of the old kind (.doc), or has a password."),
        (OLE, "a.odt", "The file is of the old kind (.doc), or has a password."),
        (b"%PDF-1.7", "a.docx", "The file is no .docx file."),
        (b"x", "a.pdf", "A file of the kind `.pdf` is not read. Open it, and save it as .docx;"),
        (b"x", "a.doc", "A file of the kind `.doc` is not read. Open it, and save it as .docx;"),
        (odt("<text:p>x</text:p>"), "a.docx", "The file is no .docx file."),
        (docx(p("x")), "a.odt", "The file is no .odt file."),
        (docx(p("x"))[:-40], "a.docx", "The file is damaged: File is not a zip file. Open it,"),
        (docx(p("")), "a.docx", "The document has no text."),
        (odt("<text:p/>"), "a.odt", "The document has no text."),
        (html("<script>x</script>"), "a.html", "The document has no text."),
        (package({"a.html": html("x"), "b.html": html("y")}), "a.zip", "The archive has 2 pages"),
        (
            package({"word/document.xml": BOMB}),
            "a.docx",
            "Unpacked, the file is larger than 50 MB.",
        ),
        (package({"content.xml": BOMB}), "a.odt", "Unpacked, the file is larger than 50 MB."),
        (b"<p>" + b"x" * 9_000_000, "a.html", "The page has 9,000,003 bytes; 8,000,000 are read."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_it_says_why_and_what_to_do(data, name, why):
    assert refused(data, name).startswith(why)


def test_xml_that_is_cut_off_names_its_part():
    told = refused(docx("<w:p>"), "a.docx")
    assert told.startswith("`word/document.xml` in the file: This is not XML:")


def test_entities_are_not_opened():
    xml = (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    told = refused(docx("", **{"word/document.xml": xml}), "a.docx")
    assert "The file has a document type, which is not opened." in told


def test_xml_that_goes_too_deep_is_refused():
    deep = "<w:smartTag>" * 200 + "</w:smartTag>" * 200
    assert "nested too deep" in refused(docx(f"<w:p>{deep}</w:p>"), "a.docx")


def test_passwords_of_odt_and_zip():
    manifest = b'<manifest:encryption-data xmlns:manifest="x"/>'
    data = odt("<text:p>x</text:p>", **{"META-INF/manifest.xml": manifest})
    assert refused(data, "a.odt") == "The file has a password. Save it without one."
    locked = bytearray(docx(p("x")))
    for at in range(len(locked) - 10):  # the flag of each entry of the directory
        if locked[at : at + 4] == b"PK\x01\x02":
            locked[at + 8] |= 1
    assert refused(bytes(locked), "a.docx") == "The file has a password. Save it without one."


def test_a_part_that_is_there_twice_is_refused():
    file = io.BytesIO(docx(p("x")))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "y")
    assert refused(file.getvalue(), "a.docx").startswith("The file is damaged: word/document.xml.")


@pytest.mark.parametrize("size", [200, 700, 1200])
def test_bytes_that_were_lost_on_the_way_never_give_a_traceback(size):
    data = docx(p("Drink water often."))
    for broken in (
        data[:size],
        data[:size] + data[size + 30 :],
        data[:size] + bytes(30) + data[size:],
    ):
        try:
            take(broken, "a.docx")
        except IntakeError as refusal:
            assert refusal.remedy  # noqa: PT017 - either is right, what matters is the kind
