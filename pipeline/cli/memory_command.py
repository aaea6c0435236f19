"""`pipeline memory`: what has been translated already: find it, give it to others, take theirs."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from pipeline import __version__
from pipeline.cli.console import complain, out, say
from pipeline.cli.files import write_bytes
from pipeline.cli.main import Context, pass_context
from pipeline.cli.memory_import import Wanted, import_memory
from pipeline.cli.recall import Recall, recall
from pipeline.cli.review_screen import safe
from pipeline.config import Project
from pipeline.errors import EXIT_INCOMPLETE, ConfigError
from pipeline.memory import LEAST_SCORE, Match, MatchKind, MemoryUnit, render_tmx
from pipeline.model import Locale

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LOCALE = click.option("--locale", "tag", required=True, help="The language, such as so.")
_KINDS = {MatchKind.CONTEXT: "same text and context", MatchKind.EXACT: "same text"}
_FIND = """\b
Example:
  pipeline memory find --locale so "Stay at home for 5 days."
"""
_EXPORT = """\b
Example:
  pipeline memory export --locale so --output so.tmx
"""
_IMPORT = """\b
Examples:
  pipeline memory import --locale so agency.tmx
  pipeline memory import --locale ti leaflet.en.txt leaflet.ti.txt --name leaflet-2020
"""


@click.group("memory")
def command() -> None:
    """Look up what has been translated already, and exchange it with others.

    The memory of a language is all that has been signed in its catalogs, and what
    was imported. Nothing is stored: it is read from the catalogs each time.
    """


@command.command("find", epilog=_FIND)
@click.argument("text")
@_LOCALE
@click.option(
    "--context", "said", help="What the author said to tell two meanings apart (msgctxt)."
)
@click.option(
    "--least",
    type=click.FloatRange(30, 100),
    default=LEAST_SCORE,
    show_default=True,
    help="Least likeness that is shown: of 100 letters so many are the same.",
)
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="Most.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json is for other programs.",
)
@pass_context
def find(
    context: Context,
    text: str,
    *,
    tag: str,
    least: float,
    limit: int,
    form: str,
    said: str | None,
) -> int:
    """Find translations of TEXT, or of texts like it.

    Each says where it comes from and which roles have signed it. Numbers, units
    of measurement and negations that differ are shown: such a translation is
    never taken over by itself.
    """
    project = context.project
    locale = _target(project, tag)
    found = _recall(project, locale)
    matches = found.memory.find(text, context=said, least=least, limit=limit)
    if form == "json":
        click.echo(json.dumps([_as_json(m) for m in matches], ensure_ascii=False, indent=1))
    else:
        _print(matches, found, locale)
    return EXIT_INCOMPLETE if found.errors else 0


def _target(project: Project, tag: str) -> Locale:
    locale = project.locale(tag)
    if locale == project.source:
        raise ConfigError(
            f"`{tag}` is the language that resources are written in.",
            remedy="Name a language that they are translated into.",
        )
    return locale


def _recall(project: Project, locale: Locale) -> Recall:
    found = recall(project, locale)
    for error in found.errors:
        complain(error, project.root)
    return found


def _print(matches: list[Match], found: Recall, locale: Locale) -> None:
    for match in matches:
        for line in _lines(match, locale):
            out.print(line)
    if not matches:
        say(f"Nothing like it among {len(found.memory):,} translations into {locale.english_name}.")


def _lines(match: Match, locale: Locale) -> Iterator[Text]:
    kind = _KINDS.get(match.kind, f"{match.score:.0f} of 100")
    yield Text.assemble((f"{match.score:>3.0f} ", "bold"), kind)
    yield Text(f"    source   {safe(match.source)}")
    yield Text(f"    {locale.tag:<8} {safe(match.target)}")
    for unit in match.units:
        yield Text(f"    from     {_where(unit)}", "dim")
    for difference in match.differences:
        style = "bold red" if difference.is_meaning else "yellow"
        yield Text(f"    differs  {safe(str(difference))}", style)


def _where(unit: MemoryUnit) -> str:
    made = unit.provenance
    if made.is_imported:
        who = "imported, signed by nobody here"
    else:
        who = f"signed by {', '.join(made.roles)}" if made.roles else "nobody needs to sign"
    return f"{safe(made.name)} · {who}{' · sample' if made.is_sample else ''}"


def _as_json(match: Match) -> dict[str, object]:
    return {
        "score": round(match.score, 1),
        "kind": match.kind.name.lower(),
        "source": match.source,
        "target": match.target,
        "context": match.best.context,
        "from": [
            {
                "name": unit.provenance.name,
                "roles": list(unit.provenance.roles),
                "imported": unit.provenance.is_imported,
                "sample": unit.provenance.is_sample,
            }
            for unit in match.units
        ],
        "differences": [
            {"aspect": str(each.aspect), "old": each.old, "new": each.new}
            for each in match.differences
        ],
    }


@command.command("export", epilog=_EXPORT)
@_LOCALE
@click.option(
    "--output", default="-", metavar="FILE", help="Where to write it; by default standard output."
)
@click.option("--with-imported", is_flag=True, help="What was imported too, marked as such.")
@pass_context
def export(context: Context, *, tag: str, output: str, with_imported: bool) -> int:
    """Write the memory of a language as TMX 1.4, which other tools read.

    Each unit says which resource it is from and which roles have signed it.
    The same memory gives the same file.
    """
    project = context.project
    locale = _target(project, tag)
    found = _recall(project, locale)
    units = [u for u in found.memory.units() if with_imported or not u.provenance.is_imported]
    data, left_out = render_tmx(units, source=project.source.tag, target=tag, version=__version__)
    write_bytes(output, data)
    rest = f"; {left_out} have a character that XML cannot hold" if left_out else ""
    say(f"{len(units) - left_out:,} translations into {locale.english_name}{rest}.")
    return EXIT_INCOMPLETE if found.errors or left_out else 0


@command.command("import", epilog=_IMPORT)
@click.argument("path", type=_FILE, metavar="FILE")
@click.argument("translations", type=_FILE, required=False, metavar="[TRANSLATIONS]")
@_LOCALE
@click.option("--name", default="", help="What to call it; by default the file's name.")
@click.option("--replace", is_flag=True, help="Put it in the place of an earlier one of that name.")
@pass_context
def import_(
    context: Context,
    path: Path,
    translations: Path | None,
    *,
    tag: str,
    name: str,
    replace: bool,
) -> int:
    """Take translations of others into the memory of a language, as proposals.

    FILE is TMX, PO, XLIFF or a table with tabs (TSV); or, with TRANSLATIONS, a
    text whose lines have their translations in the same lines of the other. The
    checks look at it first: a file whose rows are shifted is refused, and the
    row is named (15); a row in which something is wrong is left out and named.

    What is taken is in locales/TAG/memory/NAME.tmx: commit it, or delete it. It
    is never shown to the public; nobody of this project has signed it.
    """
    project = context.project
    wanted = Wanted(
        tag=_target(project, tag).tag,
        path=path,
        translations=translations,
        name=name,
        replace=replace,
    )
    return import_memory(project, wanted)
