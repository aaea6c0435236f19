"""A sheet → a spreadsheet (xlsx): SpreadsheetML of ECMA-376, one worksheet.

Our columns are locked, without a password; the state is a drop-down; what must be seen first is
said in words and in colour. Texts are written as texts: none becomes a formula or a number.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from pipeline.errors import ExchangeError
from pipeline.exchange.grid import (
    COLUMNS,
    ENGLISH,
    KEY,
    KIND,
    MEMORY,
    OPEN_COLUMNS,
    PREVIOUS,
    REMARK,
    STATE,
    TRANSLATION,
    render_cells,
    render_grid,
)
from pipeline.exchange.package import render_package
from pipeline.exchange.sheet import Change, Row, Sheet, State, without_unportable

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: What Excel holds in a cell.
_MOST_TEXT = 32_767
#: An underscore that a reader would take for the beginning of an escaped character.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Rows above the units: two that say what the file is, one of help, the names of the columns.
_HEAD_ROWS = 4
_WIDTHS = (50, 50, 11, 28, 24, 30, 26, 44, 30, 16, 23)
_TEXT_FORMAT = 49
#: Height of a line, and of the highest row that Excel has, in points.
_LINE, _MOST_HEIGHT = 15, 405

# Fonts, fills and styles by their place in `_STYLES`.
_FONTS = (
    '<font><sz val="11"/><name val="Calibri"/></font>',
    '<font><b/><sz val="11"/><name val="Calibri"/></font>',
    '<font><sz val="8"/><color rgb="FF767676"/><name val="Calibri"/></font>',
    '<font><b/><sz val="11"/><color rgb="FF9C0006"/><name val="Calibri"/></font>',
)
_PLAIN, _BOLD, _SMALL, _ALARM = range(4)
_FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    *(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
        for colour in ("D9E2EC", "F3F4F6", "FFE0E0", "FFF2CC")
    ),
)
_NO_FILL, _, _NAMES, _LOCKED, _CRITICAL, _CHANGED = range(6)
_LTR, _RTL = 1, 2
_RUN = '<rFont val="Calibri"/><sz val="11"/>'
_ADDED = f'<rPr><b/><u/><color rgb="FF1F4E9C"/>{_RUN}</rPr>'
_REMOVED = f'<rPr><strike/><color rgb="FF9C0006"/>{_RUN}</rPr>'
_KEPT = f"<rPr>{_RUN}</rPr>"

#: Font, fill, reading order, whether it is locked.
Style = tuple[int, int, int, bool]


def render_xlsx(sheet: Sheet) -> bytes:
    """Write a sheet as a spreadsheet. The same sheet gives the same bytes.

    Raises:
        ExchangeError: a text is longer than a cell can hold.
    """
    styles: dict[Style, int] = {(_PLAIN, _NO_FILL, _LTR, True): 0}
    worksheet = "".join(_worksheet(sheet, styles))
    return render_package(
        (
            ("[Content_Types].xml", _content_types()),
            ("_rels/.rels", _relationships((("officeDocument", "xl/workbook.xml"),))),
            ("xl/workbook.xml", _workbook(sheet)),
            (
                "xl/_rels/workbook.xml.rels",
                _relationships((("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))),
            ),
            ("xl/styles.xml", _styles(styles)),
            ("xl/worksheets/sheet1.xml", worksheet),
        )
    )


def column_name(at: int) -> str:
    """What a spreadsheet calls a column, counted from 0: ``A``, ``B`` … ``AA``."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _content_types() -> str:
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    )


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _workbook(sheet: Sheet) -> str:
    name = escape(sheet.locale or "translation", {'"': "&quot;"})
    titles = f"'{name}'!${_HEAD_ROWS}:${_HEAD_ROWS}"
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        "<bookViews><workbookView/></bookViews>"
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
        '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"{titles}</definedName></definedNames></workbook>"
    )


def _styles(styles: Mapping[Style, int]) -> str:
    thin = '<{0} style="thin"><color rgb="FFBFC5CD"/></{0}>'
    sides = "".join(thin.format(side) for side in ("left", "right", "top", "bottom"))
    formats = "".join(_format(style) for style in styles)
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
        f'<fonts count="{len(_FONTS)}">{"".join(_FONTS)}</fonts>'
        f'<fills count="{len(_FILLS)}">{"".join(_FILLS)}</fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{sides}<diagonal/></border></borders>"
        f'<cellStyleXfs count="1">{plain}</cellStyleXfs>'
        f'<cellXfs count="{len(styles)}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _format(style: Style) -> str:
    font, fill, order, is_locked = style
    return (
        f'<xf numFmtId="{_TEXT_FORMAT}" fontId="{font}" fillId="{fill}" borderId="1" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" '
        f'applyProtection="1"><alignment vertical="top" wrapText="1" readingOrder="{order}"/>'
        f'<protection locked="{int(is_locked)}"/></xf>'
    )


# The worksheet. The order of its parts is that of the schema.


def _worksheet(sheet: Sheet, styles: dict[Style, int]) -> Iterator[str]:
    last = _HEAD_ROWS + len(sheet.rows)
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}">'
    yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    yield f'<dimension ref="A1:{column_name(len(COLUMNS) - 1)}{last}"/>'
    yield f'<sheetViews><sheetView workbookViewId="0" rightToLeft="{int(sheet.is_rtl)}">'
    yield f'<pane ySplit="{_HEAD_ROWS}" topLeftCell="A{_HEAD_ROWS + 1}" activePane="bottomLeft" '
    yield 'state="frozen"/></sheetView></sheetViews><cols>'
    for at, width in enumerate(_WIDTHS, start=1):
        yield f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield from _head_rows(sheet, styles)
    for number, row in enumerate(sheet.rows, start=_HEAD_ROWS + 1):
        yield _row(number, row, sheet, styles)
    yield "</sheetData>"
    # Without a password: it keeps from slips, and nobody out who must get in.
    yield '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" '
    yield 'formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'
    if sheet.rows:
        yield _validation(last)
    yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'


def _validation(last: int) -> str:
    cells = _span(STATE, last)
    states = ",".join(State)
    return (
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" '
        'showErrorMessage="1" errorTitle="State" '
        f'error="Choose one of: {states}" sqref="{cells}">'
        f'<formula1>"{states}"</formula1></dataValidation></dataValidations>'
    )


def _span(name: str, last: int) -> str:
    column = column_name(COLUMNS.index(name))
    return f"{column}{_HEAD_ROWS + 1}:{column}{last}"


def _head_rows(sheet: Sheet, styles: dict[Style, int]) -> Iterator[str]:
    *about, names = render_grid(sheet)[:_HEAD_ROWS]
    for number, texts in enumerate(about, start=1):
        cells = (
            _cell(
                at, number, _text(text), None if at else styles.setdefault(_HEAD_STYLE, len(styles))
            )
            for at, text in enumerate(texts)
        )
        yield f'<row r="{number}">{"".join(cells)}</row>'
    style = styles.setdefault((_BOLD, _NAMES, _LTR, True), len(styles))
    cells = (_cell(at, _HEAD_ROWS, _text(name), style) for at, name in enumerate(names))
    yield f'<row r="{_HEAD_ROWS}">{"".join(cells)}</row>'


_HEAD_STYLE: Style = (_BOLD, _NO_FILL, _LTR, True)


def _row(number: int, row: Row, sheet: Sheet, styles: dict[Style, int]) -> str:
    texts = render_cells(row)
    cells = []
    for at, name in enumerate(COLUMNS):
        style = _style(name, row, is_rtl=sheet.is_rtl)
        content = _rich(name, row) or _text(texts[name])
        cells.append(_cell(at, number, content, styles.setdefault(style, len(styles))))
    return f'<row r="{number}" ht="{_height(texts)}">{"".join(cells)}</row>'


def _height(texts: Mapping[str, str]) -> int:
    """Room for all of a row's texts, in points; programs keep to it until somebody writes there."""
    lines = (
        sum(-(-_length(line) // (width - 2)) or 1 for line in texts[name].split("\n"))
        for name, width in zip(COLUMNS, _WIDTHS, strict=True)
        if name != KEY
    )
    return min(max(lines) * _LINE, _MOST_HEIGHT)


def _length(text: str) -> int:
    """How wide a text is, in letters: a Chinese sign has room for two."""
    return len(text) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def _style(name: str, row: Row, *, is_rtl: bool) -> Style:
    font = _SMALL if name == KEY else _ALARM if name == KIND and row.is_critical else _PLAIN
    fill = _NO_FILL if name in OPEN_COLUMNS else _LOCKED
    if row.is_critical and name in {ENGLISH, KIND}:
        fill = _CRITICAL
    elif row.state is State.CHANGED and name in {ENGLISH, STATE, PREVIOUS}:
        fill = _CHANGED
    order = _RTL if is_rtl and name in {TRANSLATION, REMARK, MEMORY} else _LTR
    return font, fill, order, name not in OPEN_COLUMNS


def _rich(name: str, row: Row) -> str:
    """A text with its changed words marked; empty where none is."""
    if not row.changes or name not in {ENGLISH, PREVIOUS}:
        return ""
    is_new = name == ENGLISH
    pieces = [piece for piece in row.changes if (piece.is_new if is_new else piece.is_old)]
    return "".join(_run(piece) for piece in pieces)


def _run(piece: Change) -> str:
    look = _KEPT if piece.is_old and piece.is_new else _ADDED if piece.is_new else _REMOVED
    return f"<r>{look}{_text(piece.text)}</r>"


def _cell(at: int, number: int, content: str, style: int | None) -> str:
    look = "" if style is None else f' s="{style}"'
    return f'<c r="{column_name(at)}{number}"{look} t="inlineStr"><is>{content}</is></c>'


def _text(text: str) -> str:
    if len(text) > _MOST_TEXT:
        raise ExchangeError(
            f"A text has {len(text):,} characters; a cell holds {_MOST_TEXT:,}.",
            remedy="Export the resource in another format, such as xliff.",
        )
    told = _ESCAPE.sub("_x005F_", without_unportable(text))
    return f'<t xml:space="preserve">{escape(told)}</t>'
