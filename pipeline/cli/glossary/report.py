"""How languages keep to their glossaries, as text, JSON or CSV."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from pipeline.cli.review_screen import safe
from pipeline.formulas import guard
from pipeline.glossary import Called, Consistency, Rendering, Repeated, TermStatus, TermUse, Use
from pipeline.model import Locale

Found = Mapping[Locale, Consistency]

_VERSION = 1
_MOST_SHOWN = 3
_LONGEST = 100
_COLUMNS = (
    *("locale", "kind", "term", "called", "target_term"),
    *("resource", "file", "line", "source_text", "translation"),
)


def render_text(found: Consistency, locale: Locale) -> Iterator[Text]:
    """The report on one language, line by line."""
    head = f"{locale.english_name} ({locale.tag})"
    terms, texts = len(found.terms), found.texts
    counts = f": {terms} term{_s(terms)} in {texts} translation{_s(texts)}"
    yield Text.assemble((head, "bold"), counts)
    unused = [term.source for term in found.terms if not term.uses]
    for term in found.terms:
        if term.uses:
            yield from _term(term)
    if unused:
        yield Text(f"  in no translated text: {safe(', '.join(unused))}", "dim")
    for repeated in found.repeated:
        yield from _repeated(repeated)


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _term(term: TermUse) -> Iterator[Text]:
    names = ", ".join(f"{row.target} ({row.status})" for row in term.rows)
    yield Text.assemble("  ", (safe(term.source), "bold"), f": {safe(names)}")
    for called in Called:
        if uses := term.of(called):
            style = "red" if called is Called.FORBIDDEN else ""
            yield Text(f"    {_said(called):<11}{len(uses):>3}  {_places(uses)}", style)
    if term.is_broken:
        yield Text(f"    → {_remedy(term)}", "red")
    elif term.differs:
        yield Text(
            "    → Resources call it by different names: agree on one, or say in the glossary's "
            "note when the other is right.",
            "yellow",
        )


def _said(called: Called) -> str:
    return "no name" if called is Called.NONE else str(called)


def _remedy(term: TermUse) -> str:
    if any(row.status is TermStatus.DO_NOT_TRANSLATE for row in term.rows):
        return f"It is to stay “{safe(term.rows[0].target)}”: correct it where it does not."
    good = [row.target for row in term.rows if row.status is not TermStatus.FORBIDDEN]
    return f"Say “{safe(good[0])}” instead." if good else "Find another name, and add it here."


def _places(uses: Sequence[Use]) -> str:
    """Where a term is called so: resources, the first of them with file and line."""
    by_resource: dict[str, Rendering] = {}
    for use in uses:
        by_resource.setdefault(use.rendering.resource, use.rendering)
    shown = [_place(each) for each in list(by_resource.values())[:_MOST_SHOWN]]
    more = len(by_resource) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _place(rendering: Rendering) -> str:
    return f"{rendering.path}:{rendering.line}"


def _repeated(repeated: Repeated) -> Iterator[Text]:
    yield Text(f"  “{_short(repeated.source)}” is translated in several ways:", "yellow")
    for target, places in groupby(repeated.renderings, key=lambda each: each.target):
        yield Text(f"    {_short(target)}")
        for each in places:
            yield Text(f"      {_place(each)}", "dim")


def _short(text: str) -> str:
    text = safe(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


# --- for other programs ----------------------------------------------------------


def render_json(found: Found) -> str:
    """The whole report as JSON; every place is in it."""
    values = {
        "version": _VERSION,
        "findings": sum(each.findings for each in found.values()),
        "locales": [_as_json(each, locale.tag) for locale, each in found.items()],
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def _as_json(found: Consistency, tag: str) -> dict[str, object]:
    return {
        "locale": tag,
        "texts": found.texts,
        "terms": [_term_as_json(term) for term in found.terms],
        "repeated": [
            {"source": each.source, "renderings": list(map(_rendering, each.renderings))}
            for each in found.repeated
        ],
    }


def _term_as_json(term: TermUse) -> dict[str, object]:
    return {
        "source_term": term.source,
        "targets": [{"target_term": row.target, "status": str(row.status)} for row in term.rows],
        "counts": {str(called): len(term.of(called)) for called in Called},
        "differs": term.differs,
        "broken": term.is_broken,
        "uses": [
            {
                "called": str(use.called),
                "target_term": use.row.target if use.row else None,
                **_rendering(use.rendering),
            }
            for use in term.uses
        ],
    }


def _rendering(rendering: Rendering) -> dict[str, object]:
    return {
        "resource": rendering.resource,
        "file": rendering.path,
        "line": rendering.line,
        "source": rendering.source,
        "target": rendering.target,
    }


def render_csv(found: Found) -> bytes:
    """One row for each text in which a term stands, and for each way of a repeated text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for locale, each in found.items():
        for row in _rows(each):
            writer.writerow([locale.tag, *(guard(x) if isinstance(x, str) else x for x in row)])
    # The mark at the beginning is how Excel knows UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _rows(found: Consistency) -> Iterable[tuple[str | int, ...]]:
    for term in found.terms:
        for use in term.uses:
            name = use.row.target if use.row else ""
            yield "term", term.source, str(use.called), name, *_cells(use.rendering)
    for repeated in found.repeated:
        for rendering in repeated.renderings:
            yield "repeated", "", "", "", *_cells(rendering)


def _cells(rendering: Rendering) -> tuple[str | int, ...]:
    place = rendering.resource, rendering.path, rendering.line
    return (*place, rendering.source, rendering.target)
