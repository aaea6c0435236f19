"""A sheet → XLIFF 1.2 or 2.1 (OASIS), for computer-aided translation tools.

The id of a unit is its key. Links, code and the like are inline codes, which tools show as tags;
what was done to a text, and what the glossary says, are notes. What the memory has is ``alt-trans``
in 1.2, and ``mtc:matches`` in 2.1 (its module Translation Candidates).
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from pipeline.exchange.grid import CRITICAL
from pipeline.exchange.inline import Part, number_codes, split_source, split_target
from pipeline.exchange.sheet import Row, Sheet, State, Suggestion, without_unportable
from pipeline.exchange.suggested import describe_origin, list_differences

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
V1 = "urn:oasis:names:tc:xliff:document:1.2"
V2 = "urn:oasis:names:tc:xliff:document:2.0"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
#: What a translator's own note says of itself, in 1.2 and in 2.1.
TRANSLATOR = "translator"
#: Type of the context that an author has said to tell two texts apart.
CONTEXT_TYPE = "x-msgctxt"
#: State of a text about which something is asked; the standards let users have their own.
QUESTION_1, QUESTION_2 = "x-question", "pipeline:question"
_STATES_1 = {
    State.NEW: "new",
    State.CHANGED: "needs-review-translation",
    State.DONE: "translated",
    State.QUESTION: QUESTION_1,
}
_STATES_2 = {
    State.NEW: 'state="initial"',
    State.CHANGED: 'state="initial" subState="pipeline:changed"',
    State.DONE: 'state="translated"',
    State.QUESTION: f'state="initial" subState="{QUESTION_2}"',
}


def render_xliff_1(sheet: Sheet) -> bytes:
    """Write a sheet as XLIFF 1.2. The same sheet gives the same bytes."""
    languages = (
        f"source-language={_value(sheet.source_locale)} target-language={_value(sheet.locale)}"
    )
    lines = (
        f'<xliff version="1.2" xmlns="{V1}">',
        f'  <file original={_value(sheet.resource)} {languages} datatype="plaintext">',
        "    <body>",
        *(line for row in sheet.rows for line in _unit_1(row)),
        "    </body>",
        "  </file>",
        "</xliff>",
        "",
    )
    return (_HEAD + "\n".join(lines)).encode()


def render_xliff_2(sheet: Sheet) -> bytes:
    """Write a sheet as XLIFF 2.1. The same sheet gives the same bytes."""
    languages = f"srcLang={_value(sheet.source_locale)} trgLang={_value(sheet.locale)}"
    lines = (
        f'<xliff version="2.1" xmlns="{V2}" xmlns:mtc="{_MATCHES}" {languages}>',
        f'  <file id="f1" original={_value(sheet.resource)}>',
        *(line for row in sheet.rows for line in _unit_2(row)),
        "  </file>",
        "</xliff>",
        "",
    )
    return (_HEAD + "\n".join(lines)).encode()


def _unit_1(row: Row) -> Iterator[str]:
    source = split_source(without_unportable(row.source), row.protected)
    yield f'      <trans-unit id={_value(row.token)} xml:space="preserve">'
    yield f"        <source>{_inline_1(source)}</source>"
    if row.target:
        target = split_target(without_unportable(row.target), source)
        yield f'        <target state="{_STATES_1[row.state]}">{_inline_1(target)}</target>'
    if row.context is not None:
        yield '        <context-group purpose="information">'
        yield f'          <context context-type="{CONTEXT_TYPE}">{_text(row.context)}</context>'
        yield "        </context-group>"
    for _, text in _notes(row):
        yield f'        <note from="developer">{_text(text)}</note>'
    if row.remark:
        yield f'        <note from="{TRANSLATOR}">{_text(row.remark)}</note>'
    if row.previous and row.target:
        yield '        <alt-trans alttranstype="previous-version">'
        yield f"          <source>{_text(row.previous)}</source>"
        yield f"          <target>{_text(row.target)}</target>"
        yield "        </alt-trans>"
    for suggestion in row.suggestions:
        yield from _alternative(suggestion, source)
    yield "      </trans-unit>"


def _alternative(suggestion: Suggestion, source: Sequence[Part]) -> Iterator[str]:
    """A translation out of the memory, its codes numbered as those of the unit."""
    quality = f'match-quality="{suggestion.score}%"'
    origin = _value(describe_origin(suggestion))
    yield f'        <alt-trans alttranstype="proposal" {quality} origin={origin}>'
    yield f"          <source>{_inline_1(_parts(suggestion.source, source))}</source>"
    yield f"          <target>{_inline_1(_parts(suggestion.target, source))}</target>"
    yield "        </alt-trans>"


def _parts(text: str, source: Sequence[Part]) -> tuple[Part, ...]:
    return split_target(without_unportable(text), source)


def _inline_1(parts: Iterable[Part]) -> str:
    return "".join(
        f'<ph id="{part.code}">{_text(part.text)}</ph>' if part.code else _text(part.text)
        for part in parts
    )


def _unit_2(row: Row) -> Iterator[str]:
    source = split_source(without_unportable(row.source), row.protected)
    yield f'    <unit id={_value(row.token)} xml:space="preserve">'
    yield from _matches(row, source)
    yield from _notes_2(row)
    if codes := number_codes(source):
        yield "      <originalData>"
        for number, text in codes.items():
            yield f'        <data id="d{number}">{_text(text)}</data>'
        yield "      </originalData>"
    yield f'      <segment id="{_SEGMENT}" {_STATES_2[row.state]}>'
    yield f"        <source>{_inline_2(source)}</source>"
    if row.target:
        target = split_target(without_unportable(row.target), source)
        yield f"        <target>{_inline_2(target)}</target>"
    yield "      </segment>"
    yield "    </unit>"


def _matches(row: Row, source: Sequence[Part]) -> Iterator[str]:
    """Translations out of the memory, their codes numbered as those of the unit."""
    if not row.suggestions:
        return
    yield "      <mtc:matches>"
    for suggestion in row.suggestions:
        origin = _value(describe_origin(suggestion))
        told = f'type="tm" similarity="{suggestion.score}" origin={origin}'
        yield f'        <mtc:match ref="#{_SEGMENT}" {told}>'
        for name, text in (("source", suggestion.source), ("target", suggestion.target)):
            parts = _inline_2(_parts(text, source), has_data=False)
            yield f"          <{name}>{parts}</{name}>"
        yield "        </mtc:match>"
    yield "      </mtc:matches>"


def _inline_2(parts: Iterable[Part], *, has_data: bool = True) -> str:
    # A code of a candidate has no data of its own: `disp` says what it stands for.
    return "".join(
        f'<ph id="{part.code}"{_DATA.format(part.code) * has_data} disp={_value(part.text)}/>'
        if part.code
        else _text(part.text)
        for part in parts
    )


def _notes_2(row: Row) -> Iterator[str]:
    notes = [
        f'        <note category="{name}"{_PRIORITY * (name == "critical")}>{_text(text)}</note>'
        for name, text in _notes(row)
    ]
    if row.context is not None:
        notes.append(f'        <note category="{CONTEXT_TYPE}">{_text(row.context)}</note>')
    if row.remark:
        mark = f'category="{TRANSLATOR}" appliesTo="target"'
        notes.append(f"        <note {mark}>{_text(row.remark)}</note>")
    if notes:
        yield from ("      <notes>", *notes, "      </notes>")


_PRIORITY = ' priority="1"'
_DATA = ' dataRef="d{}"'
#: Id of the one segment of a unit, to which candidates refer.
_SEGMENT = "s1"


def _notes(row: Row) -> Sequence[tuple[str, str]]:
    """What a translator is told about a text, by what it is about."""
    told = (
        ("critical", f"{CRITICAL}: a mistake here can harm somebody." * row.is_critical),
        ("place", row.kind),
        ("author", row.note),
        ("glossary", "\n".join(row.terms)),
        ("memory", "\n".join(list_differences(row.suggestions))),
        ("previous", f"The English before: {row.previous}" if row.previous else ""),
    )
    return [(name, text) for name, text in told if text]


def _text(text: str) -> str:
    # A bare carriage return would come back as a line feed.
    return escape(without_unportable(text))


def _value(text: str) -> str:
    return quoteattr(without_unportable(text))
