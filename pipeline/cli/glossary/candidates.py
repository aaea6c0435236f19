"""What may be missing in the glossaries, as text or as a file to fill in."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from pipeline.cli.console import late_progress
from pipeline.cli.gates import project_languages
from pipeline.cli.glossary.collecting import Shelf
from pipeline.cli.recall import recall
from pipeline.cli.review_screen import safe
from pipeline.formulas import guard
from pipeline.glossary import (
    CANDIDATE,
    COLUMNS,
    Candidate,
    Glossary,
    Guess,
    Term,
    Translations,
    find_candidates,
    known_terms,
)
from pipeline.model import Locale

#: Beside the columns of a glossary; whoever reads one leaves them alone.
_MORE_COLUMNS = ("count", "resources", "example")
_MOST_SHOWN, _LONGEST = 4, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A candidate with what languages call it.

    Attributes:
        candidate: the candidate.
        names: what each language calls it that can be asked.
    """

    candidate: Candidate
    names: tuple[tuple[Locale, Guess], ...] = ()


def propose(shelf: Shelf, locales: Sequence[Locale], *, limit: int) -> list[Candidate]:
    """What may be a term and is in no glossary.

    Args:
        shelf: the resources.
        locales: languages whose glossaries must all have a term, so that it is not proposed.
        limit: most.
    """
    source = shelf.project.source.tag
    known = [
        known_terms(_terms(project_languages(shelf.project, locale.tag).glossary), source)
        for locale in locales
    ]

    def is_known(text: str) -> bool:
        return bool(known) and all(each(text) for each in known)

    texts = shelf.source_texts()
    with late_progress("Looking for terms", 2 * len(texts)) as advance:
        return find_candidates(texts, source, is_known=is_known, advance=advance)[:limit]


def _terms(glossary: Glossary) -> Iterator[str]:
    yield from (term.source for term in glossary.terms)
    yield from glossary.candidates


def ask_memory(
    shelf: Shelf, locale: Locale, candidates: Sequence[Candidate]
) -> dict[Candidate, Guess]:
    """What a language's memory tells of the candidates.

    Raises:
        PipelineError: the language's table or glossary cannot be used.
    """
    found = recall(shelf.project, locale)
    shelf.errors += [error for error in found.errors if str(error) not in map(str, shelf.errors)]
    pairs = ((unit.source, unit.target) for unit in found.memory.units())
    translations = Translations(pairs, project_languages(shelf.project, locale.tag).target)
    names = {}
    for each in candidates:
        term = Term(source=each.text, target=each.text)
        glossary = Glossary([term], source=shelf.project.source.tag)
        if name := translations.guess(each.text, glossary.has):
            names[each] = name
    return _without_rivals(names)


def _without_rivals(names: Mapping[Candidate, Guess]) -> dict[Candidate, Guess]:
    """Of two terms that one word may stand for, it is that of the one that it goes with best."""
    best: dict[str, float] = {}
    for guess in names.values():
        best[guess.text] = max(best.get(guess.text, 0), guess.strength)
    return {
        each: guess
        for each, guess in names.items()
        if guess.is_certain or guess.strength == best[guess.text]
    }


def render_text(proposal: Proposal) -> Iterator[Text]:
    """A candidate on a few lines."""
    each = proposal.candidate
    places = ", ".join(each.resources[:_MOST_SHOWN])
    more = len(each.resources) - _MOST_SHOWN
    rest = f" and {more} more" if more > 0 else ""
    yield Text.assemble((safe(each.text), "bold"), f"  {each.count} times in {places}{rest}")
    example = safe(" ".join(each.example.split()))
    yield Text(
        f"    {example if len(example) <= _LONGEST else example[: _LONGEST - 1] + '…'}", "dim"
    )
    if proposal.names:
        yield Text("    " + " · ".join(f"{at.tag}: {_name(name)}" for at, name in proposal.names))


def _name(guess: Guess) -> str:
    return safe(guess.text) if guess.is_certain else f"{safe(guess.text)} (perhaps)"


def render_csv(proposals: Sequence[Proposal]) -> bytes:
    """A glossary to fill in: every row waits for a decision."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*COLUMNS, *_MORE_COLUMNS))
    for proposal in proposals:
        writer.writerow([guard(x) if isinstance(x, str) else x for x in _row(proposal)])
    return text.getvalue().encode("utf-8-sig")


def _row(proposal: Proposal) -> tuple[str | int, ...]:
    each, names = proposal.candidate, [guess for _, guess in proposal.names]
    target = next((guess.text for guess in names if guess.is_certain), "")
    guessed = next((f"perhaps {guess.text}" for guess in names if not guess.is_certain), "")
    return (
        *(each.text, target, CANDIDATE, guessed, "memory" if target or guessed else ""),
        *(each.count, " ".join(each.resources), " ".join(each.example.split())),
    )
