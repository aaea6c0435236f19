"""XLIFF 1.2 and 2 (OASIS) → a sheet: what computer-aided translation tools write back.

Inline codes become the text that they stand for. A unit that a tool has split into segments is
put together again. Nothing outside the file is read, and no entity is opened.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from pipeline.exchange.grid import fail
from pipeline.exchange.package import MOST_BYTES
from pipeline.exchange.sheet import Row, Sheet, State, join_lines, parse_token
from pipeline.exchange.xliff_writing import (
    CONTEXT_TYPE,
    QUESTION_1,
    QUESTION_2,
    TRANSLATOR,
    V1,
    V2,
)
from pipeline.foreignxml import XmlError, parse_xml

_VERSIONS = (V1, V2, "urn:oasis:names:tc:xliff:document:2.2")
_FINISHED = frozenset({"translated", "reviewed", "final", "signed-off"})
_EXPORT = "Export it again as XLIFF 1.2 or 2."
#: Inline elements that hold words; all others stand for a code.
_AROUND = frozenset({"mrk", "g", "pc"})

Codes = Mapping[str, str]


def parse_xliff_sheet(data: bytes, path: Path) -> Sheet:
    """Read an XLIFF file's bytes.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        ExchangeError: it is no XLIFF of these versions, damaged, has a document type, or holds a
            code that its source does not have; with the line.
    """
    if len(data) > MOST_BYTES:
        fail(path, f"The file has more than {MOST_BYTES:,} bytes.", _EXPORT)
    try:
        root = parse_xml(data)
    except XmlError as error:
        fail(path, error.reason, "Export or save the file again.", line=error.line)
    namespace = etree.QName(root).namespace
    if etree.QName(root).localname != "xliff" or namespace not in _VERSIONS:
        fail(path, "The file is no XLIFF 1.2 or 2.", _EXPORT, line=root.sourceline)
    files = list(root.iter(f"{{{namespace}}}file"))
    if len({each.get("original") for each in files}) != 1:
        fail(path, "The file holds several resources.", "Import them one by one.")
    is_first = namespace == V1
    locale = files[0].get("target-language") if is_first else root.get("trgLang")
    return Sheet(
        resource=files[0].get("original") or "",
        locale=locale or "",
        rows=tuple(_rows_1(root, path) if is_first else _rows_2(root, path)),
    )


def _rows_1(root: etree._Element, path: Path) -> Iterator[Row]:
    for unit in root.iter(f"{{{V1}}}trans-unit"):
        source, target = unit.find("{*}source"), unit.find("{*}target")
        if source is None:
            fail(path, "A <trans-unit> has no <source>.", _EXPORT, line=unit.sourceline)
        codes = {each.get("id", ""): _whole(each) for each in source.iter("{*}ph", "{*}it")}
        key, base = parse_token(unit.get("id", "")) or ("", "")
        yield Row(
            key=key,
            base=base,
            source=_text(source, codes, path),
            target="" if target is None else _text(target, codes, path),
            context=_context_1(unit),
            state=_state_1(unit, target),
            remark=join_lines(
                note.text or "" for note in unit.iter("{*}note") if note.get("from") == TRANSLATOR
            ),
            place=_place(unit if target is None else target),
        )


def _context_1(unit: etree._Element) -> str | None:
    for context in unit.iter("{*}context"):
        if context.get("context-type") == CONTEXT_TYPE:
            return context.text or ""
    return None


def _state_1(unit: etree._Element, target: etree._Element | None) -> State:
    state = "" if target is None else target.get("state", "")
    if state == QUESTION_1:
        return State.QUESTION
    if state in _FINISHED or (not state and unit.get("approved") == "yes"):
        return State.DONE
    return State.CHANGED if state and state != "new" else State.NEW


def _rows_2(root: etree._Element, path: Path) -> Iterator[Row]:
    for unit in root.iter("{*}unit"):
        segments = [each for each in unit if _name(each) in {"segment", "ignorable"}]
        data = {each.get("id", ""): _whole(each) for each in unit.iter("{*}data")}
        codes = _codes_2(segments, data)
        key, base = parse_token(unit.get("id", "")) or ("", "")
        notes = [(note.get("category"), note.text or "") for note in unit.iter("{*}note")]
        targets = [_target_2(each, codes, path) for each in segments]
        yield Row(
            key=key,
            base=base,
            source="".join(_source_2(each, codes, path) for each in segments),
            # Half of a text would look like the whole.
            target="" if None in targets else "".join(filter(None, targets)),
            context=next((text for name, text in notes if name == CONTEXT_TYPE), None),
            state=_state_2(segments),
            remark=join_lines(text for name, text in notes if name == TRANSLATOR),
            # Candidates out of a memory have targets too.
            place=_place(next((t for each in segments for t in each.iter("{*}target")), unit)),
        )


def _codes_2(segments: list[etree._Element], data: Codes) -> Codes:
    """What the inline codes of a unit stand for, by their ids."""
    return {
        code.get("id", ""): data.get(code.get("dataRef", ""), code.get("disp") or "")
        for segment in segments
        for code in segment.iter("{*}ph")
    }


def _source_2(segment: etree._Element, codes: Codes, path: Path) -> str:
    source = segment.find("{*}source")
    return "" if source is None else _text(source, codes, path)


def _target_2(segment: etree._Element, codes: Codes, path: Path) -> str | None:
    """The target of a segment; None where it is missing. What is ignored stays as in the source."""
    target = segment.find("{*}target")
    if target is not None:
        return _text(target, codes, path)
    return _source_2(segment, codes, path) if _name(segment) == "ignorable" else None


def _state_2(segments: list[etree._Element]) -> State:
    told = [each for each in segments if _name(each) == "segment"]
    if told and all(each.get("state") in _FINISHED for each in told):
        return State.DONE
    subs = {each.get("subState") for each in told}
    if QUESTION_2 in subs:
        return State.QUESTION
    return State.CHANGED if "pipeline:changed" in subs else State.NEW


def _text(element: etree._Element, codes: Codes, path: Path) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += (_told(child, codes, path), child.tail or "")
    return "".join(parts)


def _told(code: etree._Element, codes: Codes, path: Path) -> str:
    """What an inline element stands for."""
    name = _name(code)
    if name in _AROUND:
        return _text(code, codes, path)
    if name in {"sm", "em", "cp"}:
        return ""
    number = code.get("id", "")
    text = _whole(code) or codes.get(number, "")
    if not text:
        fail(
            path,
            f"The code <{name} id=“{number}”> stands for nothing that its source has.",
            "Put the source's own tag in its place.",
            line=code.sourceline,
        )
    return text


def _whole(element: etree._Element) -> str:
    return "".join(element.itertext())


def _place(element: etree._Element) -> str:
    return f"line {element.sourceline}"


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
