"""A sheet → the offline editor, and → the file that the editor saves."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from pipeline import onepage
from pipeline.exchange.live import LiveRules
from pipeline.exchange.sheet import Row, Sheet, State, Suggestion

PAGE, WORK = "pipeline-editor-page", "pipeline-editor-work"
VERSION = 1
#: Where the page's data stand; what is read of a page that comes back.
OPENING, CLOSING = '<script type="application/json" id="data">', "</script>"
_FOLDER = Path(__file__).parent
#: In this order they make the page's one script.
_SCRIPTS = ("checks.js", "showing.js", "rows.js", "keeping.js", "editor.js")
#: What would end the element early, and what scripts of old took for the end of a line.
_ESCAPES = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def render_page(sheet: Sheet) -> bytes:
    """Write a sheet as an editor. The same sheet gives the same bytes."""
    words = read_words()
    return onepage.render_page(
        _FOLDER,
        script=read_script(),
        sheet=sheet,
        words=words["page"],
        data=Markup(f"{OPENING}{_data(sheet, words)}{CLOSING}"),  # noqa: S704 - no "<" in it
    )


@lru_cache(maxsize=1)
def read_script() -> str:
    """The editor's script, whole."""
    parts = ((_FOLDER / name).read_text("utf-8") for name in _SCRIPTS)
    return '(function () {\n"use strict";\n' + "".join(parts) + "}());\n"


@lru_cache(maxsize=1)
def read_words() -> Mapping[str, Mapping[str, str]]:
    """All that the editor says to people: ``page`` once, ``script`` as it goes."""
    return tomllib.loads((_FOLDER / "words.toml").read_text("utf-8"))


def render_work(sheet: Sheet) -> bytes:
    """Write what the editor saves of a sheet; the editor's own script writes the same bytes.

    Remarks are the translator's new ones.
    """
    head = {
        "file": WORK,
        "version": VERSION,
        "resource": sheet.resource,
        "locale": sheet.locale,
        "export": digest_export(sheet),
    }
    lines = ",\n".join(_json(_essentials(row)) for row in sheet.rows)
    return f'{_json(head)[:-1]},"rows":[\n{lines}\n]}}\n'.encode("utf-8", "replace")


def digest_export(sheet: Sheet) -> str:
    """What tells this export from others: which texts were sent, and with which translations."""
    told = "\n".join((sheet.resource, sheet.locale, *(row.token for row in sheet.rows)))
    return sha256(told.encode()).hexdigest()[:16]


def _data(sheet: Sheet, words: Mapping[str, Mapping[str, str]]) -> str:
    """The page's data: a line for each row, so that a damaged one can be named."""
    head = {
        "file": PAGE,
        "version": VERSION,
        "resource": sheet.resource,
        "locale": sheet.locale,
        "export": digest_export(sheet),
        "source_locale": sheet.source_locale,
        "is_rtl": sheet.is_rtl,
        "rules": _rules(sheet.rules),
        "words": words["script"],
    }
    lines = ",\n".join(_json(_row(row)) for row in sheet.rows)
    return f'{_json(head)[:-1]},"rows":[\n{lines}\n]}}\n'.translate(_ESCAPES)


def _rules(rules: LiveRules) -> Mapping[str, object]:
    return {
        "source_decimal": rules.source_decimal,
        "target_decimal": rules.target_decimal,
        "source_numbers": rules.source_numbers,
        "target_numbers": rules.target_numbers,
        "is_spaced": rules.is_spaced,
        "sentence_ends": rules.sentence_ends,
        "question_marks": rules.question_marks,
        "folding": dict(rules.folding),
    }


def _row(row: Row) -> Mapping[str, object]:
    beside = {
        "kind": row.kind,
        "is_critical": row.is_critical,
        "note": row.note,
        "terms": row.term_rules or row.terms,
        "changes": row.changes if row.state in {State.CHANGED, State.QUESTION} else (),
        "protected": row.protected,
        "suggestions": [_suggestion(each) for each in row.suggestions],
    }
    return {**_essentials(row), **{name: value for name, value in beside.items() if value}}


def _suggestion(suggestion: Suggestion) -> Mapping[str, object]:
    """A suggestion; that it was imported, or is a sample, stands behind where it is from."""
    kinds = {"imported": suggestion.is_imported, "sample": suggestion.is_sample}
    told = (suggestion.resource, *(kind for kind, is_so in kinds.items() if is_so))
    return {
        "source": suggestion.source,
        "target": suggestion.target,
        "score": suggestion.score,
        "resource": ", ".join(told),
        "roles": suggestion.roles,
        "differences": suggestion.differences,
    }


def _essentials(row: Row) -> dict[str, object]:
    return {
        "key": row.token,
        "source": row.source,
        "context": row.context,
        "target": row.target,
        "state": row.state,
        "remark": row.remark,
    }


def _json(value: Mapping[str, object] | Sequence[object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
