"""`pipeline draft`: fill empty boxes with proposals, for a translator to look at."""

import click

from pipeline.cli.console import complain, late_progress, out
from pipeline.cli.main import Context, pass_context
from pipeline.cli.memory_drafts import Drafted, draft_from_memory
from pipeline.cli.recall import recall
from pipeline.cli.review_screen import safe
from pipeline.content import Library, read_documents
from pipeline.errors import EXIT_INCOMPLETE, ConfigError, PipelineError
from pipeline.memory import LEAST_DRAFT, MatchKind
from pipeline.model import Document, Locale
from pipeline.status import is_wanted

_SHORT = 60
_EXAMPLES = """\b
Examples:
  pipeline draft --locale so --from memory
  pipeline draft --locale so --from memory covid-19/when-to-get-help
"""


@click.command("draft", epilog=_EXAMPLES)
@click.argument("resources", nargs=-1, metavar="[TOPIC/SLUG…]")
@click.option("--locale", "tag", required=True, help="The language, such as so.")
@click.option(
    "--from",
    "origin",
    type=click.Choice(["memory"]),
    default="memory",
    show_default=True,
    help="Where proposals come from: memory is what has been translated and signed already.",
)
@click.option(
    "--least",
    type=click.FloatRange(50, 100),
    default=LEAST_DRAFT,
    show_default=True,
    help="Least likeness of a text whose translation is proposed; 100: the same text alone.",
)
@pass_context
def command(
    context: Context, resources: tuple[str, ...], *, tag: str, origin: str, least: float
) -> int:
    """Fill empty boxes with proposals, for a translator to look at.

    Each proposal is fuzzy ("needs work"): the public never reads one before a
    translator has confirmed it and everybody has signed. A comment says where it
    is from, and the editor shows for which text it was made. A translation whose
    numbers, units of measurement or negations are not those of the new text is not
    put in: the box stays empty, and the reason is told. What is not empty stays as
    it is, so the command can be stopped and run again.
    """
    del origin  # there is one so far
    project = context.project
    locale = project.locale(tag)
    if locale == project.source:
        raise ConfigError(
            f"`{tag}` is the language that resources are written in.",
            remedy="Name a language that they are translated into.",
        )
    library = read_documents(project)
    documents = _wanted(library, locale, resources)
    found = recall(project, locale)
    errors: list[PipelineError] = list(found.errors)
    done: list[Drafted] = []
    with late_progress("Looking for proposals", len(documents)) as advance:
        for document in documents:
            try:
                done.append(draft_from_memory(project, locale, document, found.memory, least=least))
            except PipelineError as fault:
                errors.append(fault)
            advance(str(document.id))
    _print(done, locale)
    for error in errors:
        complain(error, project.root)
    return EXIT_INCOMPLETE if errors else 0


def _wanted(library: Library, locale: Locale, names: tuple[str, ...]) -> list[Document]:
    """The resources that are asked for.

    Raises:
        ContentError: there is none of that name.
    """
    if names:
        return [library.document(name) for name in names]
    return [document for document in library.documents if is_wanted(document, locale)]


def _print(done: list[Drafted], locale: Locale) -> None:
    for drafted in done:
        if not drafted.filled and not drafted.left:
            continue
        same = sum(each.match.kind is not MatchKind.FUZZY for each in drafted.filled)
        like = len(drafted.filled) - same
        out.print(
            f"{drafted.document.id}: {same} same text, {like} like it, {len(drafted.left)} empty",
            markup=False,
        )
        for left in drafted.left:
            if left.reason:
                out.print(f"  left empty: {_short(left.unit.msgid)}", markup=False)
                out.print(f"    {safe(left.reason)}", markup=False)
    filled = sum(len(each.filled) for each in done)
    empty = sum(len(each.left) for each in done)
    out.print(
        f"{locale.english_name}: {filled} of {filled + empty} empty segments from memory, "
        f"{empty} for a person. Every proposal is fuzzy: nothing of it is public.",
        markup=False,
    )


def _short(text: str) -> str:
    shown = safe(text)
    return shown if len(shown) <= _SHORT else f"{shown[: _SHORT - 1]}…"
