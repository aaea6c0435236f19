"""A sheet ⇄ the units of a PO file, for editors such as Poedit that a translator has at home.

The file is like the project's own catalog, with two additions: what the memory has, and the key
with the digest of what was sent, so that a later change of somebody else is noticed.
"""

from pipeline.exchange.grid import CRITICAL
from pipeline.exchange.sheet import Row, Sheet, State, join_lines, parse_token, unit_name
from pipeline.exchange.suggested import render_comments
from pipeline.model import Catalog, Unit, UnitKey

#: Field of the header that names the resource.
_RESOURCE = "X-Resource"
_KEY = "key: "


def to_catalog(sheet: Sheet, headers: tuple[tuple[str, str], ...]) -> Catalog:
    """The catalog that a sheet travels as.

    Args:
        sheet: the sheet.
        headers: the header of the project's own catalog.
    """
    kept = tuple(field for field in headers if field[0] != _RESOURCE)
    about = f"{sheet.language or sheet.locale}: {sheet.title or sheet.resource}"
    return Catalog(
        headers=(*kept, (_RESOURCE, sheet.resource)),
        header_comments=(about,),
        units=tuple(_unit(row) for row in sheet.rows),
    )


def from_catalog(catalog: Catalog) -> Sheet:
    """What came back in a PO file. A unit that is marked as fuzzy is not finished."""
    headers = dict(catalog.headers)
    return Sheet(
        resource=headers.get(_RESOURCE, ""),
        locale=headers.get("Language", "").replace("_", "-"),
        rows=tuple(_row(unit) for unit in catalog.units if not unit.obsolete),
    )


def _unit(row: Row) -> Unit:
    told = [f"{CRITICAL}: a mistake here can harm somebody."] * row.is_critical
    told += [*row.kind.split("\n"), *row.note.split("\n")]
    told += [f"glossary: {term}" for term in row.terms]
    told += render_comments(row.suggestions)
    is_fuzzy = bool(row.target) and row.state in {State.CHANGED, State.QUESTION}
    return Unit(
        msgid=row.source,
        context=row.context,
        msgstr=row.target,
        fuzzy=is_fuzzy,
        previous=UnitKey(row.context, row.previous) if is_fuzzy and row.previous else None,
        translator_comments=tuple(line for line in row.remark.split("\n") if line),
        extracted_comments=(*filter(None, told), f"{_KEY}{row.token}"),
    )


def _row(unit: Unit) -> Row:
    tokens = (
        parse_token(line[len(_KEY) :]) for line in unit.extracted_comments if line.startswith(_KEY)
    )
    _, base = next(filter(None, tokens), ("", ""))
    done = State.DONE if unit.msgstr else State.NEW
    return Row(
        key=unit_name(unit.context, unit.msgid),
        base=base,
        source=unit.msgid,
        target=unit.msgstr,
        context=unit.context,
        state=State.CHANGED if unit.fuzzy else done,
        remark=join_lines(unit.translator_comments),
        is_open=unit.fuzzy,
        place=f"line {unit.line}",
    )
