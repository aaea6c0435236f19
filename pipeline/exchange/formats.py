"""The formats in which a sheet travels, by what people call them and by how their files end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.exchange.csv_sheet import parse_csv, render_csv
from pipeline.exchange.docx_reading import parse_docx
from pipeline.exchange.docx_writing import render_docx
from pipeline.exchange.editor import is_work, parse_page, parse_work, render_page, render_work
from pipeline.exchange.grid import refusal
from pipeline.exchange.sheet import Sheet
from pipeline.exchange.xliff_reading import parse_xliff_sheet
from pipeline.exchange.xliff_writing import render_xliff_1, render_xliff_2
from pipeline.exchange.xlsx_reading import parse_xlsx
from pipeline.exchange.xlsx_writing import render_xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format.

    Attributes:
        ending: how its files end.
        render: writes a sheet.
        parse: reads one; the path is for messages.
    """

    ending: str
    render: Callable[[Sheet], bytes]
    parse: Callable[[bytes, Path], Sheet]


def _parse_text(data: bytes, path: Path) -> Sheet:
    """A table as plain text; or the work of the editor, which phones share as plain text alone."""
    return parse_work(data, path) if is_work(data) else parse_csv(data, path)


#: By what is asked for.
FORMATS = {
    "xlsx": Format(ending=".xlsx", render=render_xlsx, parse=parse_xlsx),
    "docx": Format(ending=".docx", render=render_docx, parse=parse_docx),
    "csv": Format(ending=".csv", render=render_csv, parse=parse_csv),
    "xliff": Format(ending=".xlf", render=render_xliff_1, parse=parse_xliff_sheet),
    "xliff2": Format(ending=".xlf", render=render_xliff_2, parse=parse_xliff_sheet),
    "html": Format(ending=".html", render=render_page, parse=parse_page),
}
_WORK = Format(ending=".json", render=render_work, parse=parse_work)
_TEXT = Format(ending=".txt", render=render_csv, parse=_parse_text)
_SAME = {
    ".xliff": FORMATS["xliff"],
    ".tsv": FORMATS["csv"],
    ".tab": FORMATS["csv"],
    ".txt": _TEXT,
    ".htm": FORMATS["html"],
    ".json": _WORK,
}
_OTHERS = {
    ".xlsm": ("The file may have macros, which are programs.", "Save it as .xlsx."),
    ".docm": ("The file may have macros, which are programs.", "Save it as .docx."),
    ".xltm": ("The file may have macros, which are programs.", "Save it as .xlsx."),
    ".dotm": ("The file may have macros, which are programs.", "Save it as .docx."),
    ".xls": ("The file is of the old kind.", "Save it as .xlsx."),
    ".xlsb": ("The file is of a kind that is not read.", "Save it as .xlsx."),
    ".ods": ("The file is of a kind that is not read.", "Save it as .xlsx."),
    ".doc": ("The file is of the old kind.", "Save it as .docx."),
    ".odt": ("The file is of a kind that is not read.", "Save it as .docx."),
    ".rtf": ("The file is of a kind that is not read.", "Save it as .docx."),
    ".pdf": ("A PDF cannot be read back.", "Send the file that it was made from."),
}


def find_format(path: Path) -> Format:
    """The format of a file, by how its name ends.

    Raises:
        ExchangeError: it is of no kind that is read, or may have macros.
    """
    ending = path.suffix.lower()
    for each in FORMATS.values():
        if each.ending == ending:
            return each
    if ending in _SAME:
        return _SAME[ending]
    endings = (*(each.ending for each in FORMATS.values()), _WORK.ending)
    known = ", ".join(dict.fromkeys(endings))
    message, remedy = _OTHERS.get(
        ending, (f"Files that end in `{ending}` are not read.", f"Use one of {known}, .po.")
    )
    raise refusal(path, message, remedy)
