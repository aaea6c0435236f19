"""Whether translations call things by one name: terms across resources, sentences that come back.

In: the translations of one language and its glossary. Out: what each term is called where, and
the source texts that are translated in more than one way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.glossary.targets import find_targets
from pipeline.glossary.terms import Glossary, Term, TermStatus
from pipeline.languages import Language


class Called(StrEnum):
    """By which of a term's names a translation calls it."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    KEPT = "kept"
    FORBIDDEN = "forbidden"
    NONE = "none"


_BY_STATUS = {
    TermStatus.PREFERRED: Called.PREFERRED,
    TermStatus.ADMITTED: Called.ADMITTED,
    TermStatus.DO_NOT_TRANSLATE: Called.KEPT,
    TermStatus.FORBIDDEN: Called.FORBIDDEN,
}
#: Of several names in one translation this is the one that counts: a fault first.
_ORDER = (Called.FORBIDDEN, Called.KEPT, Called.PREFERRED, Called.ADMITTED)
_SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A source text with its translation.

    Attributes:
        resource: ``topic/slug``.
        path: the catalog, from the project's folder.
        line: the line in it.
        source: the source text.
        target: its translation.
        context: what tells it from the same text elsewhere (msgctxt).
    """

    resource: str
    path: str
    line: int
    source: str
    target: str
    context: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A text in which a term stands.

    Attributes:
        called: by which of its names the translation calls it.
        row: the row of the glossary with that name; None for none.
        rendering: the text.
    """

    called: Called
    row: Term | None
    rendering: Rendering


@dataclass(frozen=True, slots=True, kw_only=True)
class TermUse:
    """A term and the texts in which it stands.

    Attributes:
        rows: its rows in the glossary.
        uses: the texts.
    """

    rows: tuple[Term, ...]
    uses: tuple[Use, ...]

    @property
    def source(self) -> str:
        """The term, as the glossary writes it."""
        return self.rows[0].source

    def of(self, called: Called) -> tuple[Use, ...]:
        """The texts that call it so."""
        return tuple(use for use in self.uses if use.called is called)

    @property
    def differs(self) -> bool:
        """Whether resources call it by several names that are allowed, without a reason.

        The note of an admitted name is the reason: when it is the right one.
        """
        allowed = [use for use in self.uses if _is_allowed(use)]
        if len({use.rendering.resource for use in allowed}) < _SEVERAL:
            return False
        names = {use.row.target: use.row for use in allowed if use.row}.values()
        by_rank = sorted(names, key=lambda row: row.status is not TermStatus.PREFERRED)
        return not all(row.note for row in by_rank[1:])

    @property
    def is_broken(self) -> bool:
        """Whether a text calls it what is forbidden, or has translated what stays as it is."""
        is_kept = any(row.status is TermStatus.DO_NOT_TRANSLATE for row in self.rows)
        return any(
            use.called is Called.FORBIDDEN or (is_kept and use.called is not Called.KEPT)
            for use in self.uses
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A source text that is translated in more than one way.

    Attributes:
        source: the text.
        renderings: each way, and each place of it, in order.
    """

    source: str
    renderings: tuple[Rendering, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """What was found in the translations of one language.

    Attributes:
        terms: the terms of its glossary, in order; those too that stand nowhere.
        repeated: source texts that are translated in more than one way.
        texts: how many translations were looked at.
    """

    terms: tuple[TermUse, ...]
    repeated: tuple[Repeated, ...]
    texts: int

    @property
    def findings(self) -> int:
        """How many terms and texts somebody should look at."""
        return len(self.repeated) + sum(term.is_broken or term.differs for term in self.terms)


def compare(renderings: Iterable[Rendering], glossary: Glossary, language: Language) -> Consistency:
    """Look at the translations of one language side by side.

    Args:
        renderings: the translations of all resources, in order.
        glossary: its terms.
        language: the language.
    """
    there = tuple(renderings)
    uses: dict[str, list[Use]] = {name: [] for name in glossary.rows()}
    for rendering in there:
        for name, rows in glossary.find(rendering.source).items():
            uses[name].append(_use(rows, rendering, language))
    return Consistency(
        terms=tuple(
            TermUse(rows=rows, uses=tuple(uses[name])) for name, rows in glossary.rows().items()
        ),
        repeated=find_repeated(there),
        texts=len(there),
    )


def find_repeated(renderings: Sequence[Rendering]) -> tuple[Repeated, ...]:
    """Source texts that are translated in more than one way.

    What has another context (msgctxt) is another text: its author said that it means something
    else.

    Args:
        renderings: the translations of all resources, in order.
    """
    places: dict[tuple[str, str | None], list[Rendering]] = {}
    for rendering in renderings:
        places.setdefault((_collapse(rendering.source), rendering.context), []).append(rendering)
    return tuple(
        Repeated(source=source, renderings=tuple(sorted(some, key=lambda each: each.target)))
        for (source, _), some in places.items()
        if len({_collapse(each.target) for each in some}) >= _SEVERAL
    )


def _use(rows: Sequence[Term], rendering: Rendering, language: Language) -> Use:
    found = {
        _BY_STATUS[row.status]: row
        for row in reversed(find_targets(rows, rendering.target, language))
    }
    called = next((each for each in _ORDER if each in found), Called.NONE)
    return Use(called=called, row=found.get(called), rendering=rendering)


def _is_allowed(use: Use) -> bool:
    return use.called in {Called.PREFERRED, Called.ADMITTED}


def _collapse(text: str) -> str:
    return " ".join(text.split())
