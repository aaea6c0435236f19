"""A sheet → a Word file (docx): WordprocessingML of ECMA-376, one table in landscape.

Our cells are content controls that cannot be edited; the state is a drop-down. The file as a
whole is not protected: a program that knows no content controls still lets a translator write.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from pipeline.exchange.grid import (
    CONTEXT,
    CRITICAL,
    ENGLISH,
    HELP,
    HOW_TO,
    KEY,
    KIND,
    LANGUAGE,
    MEMORY,
    NOTE,
    PREVIOUS,
    REMARK,
    RESOURCE,
    STATE,
    TERMS,
    TRANSLATION,
    render_cells,
)
from pipeline.exchange.package import render_package
from pipeline.exchange.sheet import Change, Row, Sheet, State, without_unportable
from pipeline.exchange.suggested import fitting, list_details

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: Columns and their widths, in twentieths of a point; together the width between the margins.
ABOUT = "About"
COLUMNS = (ENGLISH, TRANSLATION, STATE, REMARK, ABOUT, KEY)
_WIDTHS = (4300, 4300, 1300, 1900, 2200, 1398)
#: What the cell About tells, each in a line of its own, by the column that other formats have.
_ABOUT = (KIND, CONTEXT, NOTE, TERMS, PREVIOUS)
#: What a cell About ends with, where the memory has something.
MEMORY_LINE = f"{MEMORY}:"
#: What a line of it begins with, where that is not said by its words.
CONTEXT_LINE = f"{CONTEXT}: "
_LABELS = {
    KIND: "",
    CONTEXT: CONTEXT_LINE,
    NOTE: "",
    TERMS: f"{TERMS}: ",
    PREVIOUS: f"{PREVIOUS}: ",
}
_GREY, _RED, _AMBER, _BLUE = "F3F4F6", "FFE0E0", "FFF2CC", "D9E2EC"
#: Properties of a paragraph that runs from right to left.
_RTL = "<w:pPr><w:bidi/></w:pPr>"
#: Of the paragraphs of a cell each has a number of its own.
_MOST_LINES = 100
_FAINT = '<w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/>'
_SMALL = '<w:color w:val="767676"/><w:sz w:val="14"/><w:szCs w:val="14"/>'
_ADDED = '<w:b/><w:color w:val="1F4E9C"/><w:u w:val="single"/>'
_REMOVED = '<w:strike/><w:color w:val="9C0006"/>'


def render_docx(sheet: Sheet) -> bytes:
    """Write a sheet as a Word file. The same sheet gives the same bytes."""
    return render_package(
        (
            ("[Content_Types].xml", _content_types()),
            ("_rels/.rels", _relationships((("officeDocument", "word/document.xml"),))),
            ("word/document.xml", "".join(_document(sheet))),
            (
                "word/_rels/document.xml.rels",
                _relationships((("styles", "styles.xml"), ("settings", "settings.xml"))),
            ),
            ("word/styles.xml", _styles(sheet)),
            ("word/settings.xml", _settings()),
        )
    )


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
        )
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _styles(sheet: Sheet) -> str:
    tag = quoteattr(sheet.source_locale)
    bidi = quoteattr(sheet.locale) if sheet.is_rtl else '"ar-SA"'
    return (
        f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/>'
        f'<w:sz w:val="20"/><w:szCs w:val="22"/><w:lang w:val={tag} w:bidi={bidi}/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="40"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style></w:styles>'
    )


def _settings() -> str:
    # Without this Word opens the file in the mode of 2007.
    return (
        f'{_HEAD}<w:settings xmlns:w="{_WORD}"><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat></w:settings>'
    )


def _document(sheet: Sheet) -> Iterator[str]:
    yield f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>'
    yield _paragraph(_run(sheet.title or sheet.resource, '<w:b/><w:sz w:val="28"/>'))
    yield from _head_table(sheet)
    yield _paragraph("")
    yield from _table(sheet)
    yield _paragraph("")
    yield '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    yield '<w:pgMar w:top="720" w:right="720" w:bottom="720" w:left="720" w:header="360" '
    yield 'w:footer="360" w:gutter="0"/></w:sectPr></w:body></w:document>'


def _head_table(sheet: Sheet) -> Iterator[str]:
    """What the file is: resource, language, how to fill it in."""
    widths = (1500, 13898)
    yield _table_start(widths, is_rtl=False)
    named = f"{sheet.language} ({sheet.locale})" if sheet.language else sheet.locale
    rows = ((RESOURCE, sheet.resource), (LANGUAGE, sheet.locale), ("", named), (HELP, HOW_TO))
    for name, text in rows:
        if name or text != sheet.locale:
            cells = (_lines(name, "<w:b/>"), _lines(text))
            yield _row_of([_cell(c, w, _GREY) for c, w in zip(cells, widths, strict=True)])
    yield "</w:tbl>"


def _table(sheet: Sheet) -> Iterator[str]:
    yield _table_start(_WIDTHS, is_rtl=sheet.is_rtl)
    names = [
        _cell(_lines(name, "<w:b/>"), width, _BLUE)
        for name, width in zip(COLUMNS, _WIDTHS, strict=True)
    ]
    yield _row_of(names, is_head=True)
    number = 1
    for row in sheet.rows:
        cells = []
        for name, width in zip(COLUMNS, _WIDTHS, strict=True):
            content = _content(name, row, number, is_rtl=sheet.is_rtl)
            cells.append(_cell(content, width, _colour(name, row)))
            number += 1
        yield _row_of(cells)
    yield "</w:tbl>"


def _table_start(widths: Sequence[int], *, is_rtl: bool) -> str:
    line = 'w:val="single" w:sz="4" w:space="0" w:color="BFC5CD"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f"<w:{side} {line}/>" for side in sides)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl><w:tblPr>{'<w:bidiVisual/>' * is_rtl}"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _row_of(cells: Sequence[str], *, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" * is_head
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(content: str, width: int, colour: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def _colour(name: str, row: Row) -> str:
    if name in {TRANSLATION, STATE, REMARK}:
        return ""
    if row.is_critical and name in {ENGLISH, ABOUT}:
        return _RED
    return _AMBER if row.state is State.CHANGED and name == ENGLISH else _GREY


def _content(name: str, row: Row, number: int, *, is_rtl: bool) -> str:
    texts = render_cells(row)
    if name == STATE:
        return _choice(texts[STATE], number)
    if name in {TRANSLATION, REMARK}:
        return _lines(texts[name], is_rtl=is_rtl)
    if name == ENGLISH:
        pieces = [piece for piece in row.changes if piece.is_new]
        told = _marked(pieces) if pieces else _lines(texts[ENGLISH])
    else:
        told = _about(row, is_rtl=is_rtl) if name == ABOUT else _lines(texts[KEY], _SMALL)
    return _locked(told, name, number)


def _about(row: Row, *, is_rtl: bool) -> str:
    texts = render_cells(row)
    lines = []
    for name in _ABOUT:
        if not texts[name]:
            continue
        if name == PREVIOUS and row.changes:
            old = [piece for piece in row.changes if piece.is_old]
            lines.append(_marked(old, _LABELS[name]))
        else:
            look = '<w:b/><w:color w:val="9C0006"/>' if _is_alarm(name, row) else ""
            lines.append(_lines(_LABELS[name] + texts[name], look))
    lines += _memory(row, is_rtl=is_rtl)
    return "".join(lines) or _paragraph("")


def _memory(row: Row, *, is_rtl: bool) -> Iterator[str]:
    """What the memory has, each target in a paragraph of its own, to be copied."""
    there = fitting(row.suggestions)
    if there:
        yield _lines(MEMORY_LINE, "<w:b/>")
    for each in there:
        yield _lines(each.target, is_rtl=is_rtl)
        yield from (_lines(line, _FAINT) for line in list_details(each))


def _is_alarm(name: str, row: Row) -> bool:
    return name == KIND and row.is_critical and CRITICAL in render_cells(row)[KIND]


def _locked(content: str, name: str, number: int) -> str:
    """Paragraphs whose text cannot be changed: the runs of each in a content control.

    Around the paragraphs LibreOffice would drop what their words look like.
    """
    paragraphs = content.split("</w:p>")[:-1]
    rows = []
    for part, paragraph in enumerate(paragraphs):
        start = "<w:p>" + _RTL * paragraph.startswith(f"<w:p>{_RTL}")
        runs = paragraph[len(start) :]
        properties = (
            f"<w:alias w:val={quoteattr(name)}/>"
            f'<w:id w:val="{number * _MOST_LINES + part}"/><w:lock w:val="sdtContentLocked"/>'
        )
        rows.append(f"{start}{_control(properties, runs) if runs else ''}</w:p>")
    return "".join(rows)


def _control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _choice(state: str, number: int) -> str:
    items = "".join(f'<w:listItem w:displayText="{s}" w:value="{s}"/>' for s in State)
    properties = (
        f'<w:alias w:val="{STATE}"/><w:id w:val="{number * _MOST_LINES}"/>'
        f'<w:lock w:val="sdtLocked"/><w:dropDownList w:lastValue="{state}">{items}'
        "</w:dropDownList>"
    )
    return _paragraph(_control(properties, _run(state)))


def _marked(pieces: Sequence[Change], label: str = "") -> str:
    lines = [[_run(label)] if label else []]
    for piece in pieces:
        look = "" if piece.is_old and piece.is_new else _ADDED if piece.is_new else _REMOVED
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(_run(text, look))
    return "".join(_paragraph("".join(runs)) for runs in lines)


def _lines(text: str, look: str = "", *, is_rtl: bool = False) -> str:
    """A paragraph a line: LibreOffice misplaces line breaks within content controls."""
    return "".join(
        _paragraph(_run(line, look, is_rtl=is_rtl) if line else "", is_rtl=is_rtl)
        for line in without_unportable(text).split("\n")
    )


def _paragraph(runs: str, *, is_rtl: bool = False) -> str:
    return f"<w:p>{_RTL * is_rtl}{runs}</w:p>"


def _run(text: str, look: str = "", *, is_rtl: bool = False) -> str:
    look += "<w:rtl/>" * is_rtl
    told = escape(without_unportable(text))
    told = told.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{told}</w:t></w:r>'
