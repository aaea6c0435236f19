"""``pipeline build --plan``: what a build would make, why, and how long it took last time."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from pipeline.cli.digests import digest_of, digest_of_files, digest_of_program
from pipeline.cli.kept.shelf import FAULTS
from pipeline.cli.kept.steps import Ingredients, Planned, Step, find_steps
from pipeline.cli.kept.store import Store, open_store, parse_values, render_values
from pipeline.cli.kept.survey import survey_kept
from pipeline.cli.manifest import read_withheld
from pipeline.cli.media.scaling import with_renditions
from pipeline.cli.plan import Stage, Wish, digest_of_pictures, plan
from pipeline.cli.survey import Edition, Survey
from pipeline.config import Project
from pipeline.pdf import digest_of_leaflets
from pipeline.website import find_difference

_KIND = "ingredients"


def plan_build(project: Project, wish: Wish) -> tuple[Step, ...]:
    """What a build would make. Nothing is written.

    Args:
        project: the project.
        wish: what would be built.

    Raises:
        PipelineError: nothing could be built.
    """
    store = open_store(project.cache_dir)
    found = survey_kept(project, store, workers=wish.workers)
    shown = read_withheld(project.site_dir).outside(wish).apply(found)
    planned, _ = with_renditions(plan(found, shown, wish), workers=wish.workers)
    stages = [stage for stage in planned if not stage.is_current]
    editions = {edition.locale.tag: edition for edition in shown.open_editions}
    return find_steps(_planned(stage, editions[stage.tag], found, store) for stage in stages)


def _planned(stage: Stage, edition: Edition, found: Survey, store: Store) -> Planned:
    earlier = stage.find_earlier()
    difference = earlier and find_difference(stage, earlier)
    leaflets = {str(p.document.id): len(p.leaflets) for p in edition.pages if p.is_published}
    return Planned(
        tag=stage.tag,
        before=read_ingredients(store, stage.tag),
        now=ingredients_of(stage, edition, found),
        stale=difference.stale if difference else None,
        gone=difference.gone if difference else frozenset(),
        leaflets=leaflets if stage.pdfs else {},
    )


def ingredients_of(
    stage: Stage, edition: Edition, found: Survey, seconds: float | None = None
) -> Ingredients:
    """What a language's tree is made from.

    Args:
        stage: the tree.
        edition: the language.
        found: the project.
        seconds: how long it took to make.
    """
    project = stage.project
    shared = {
        "the program": digest_of_program(),
        "pipeline.toml, the table of languages or the list of strings": digest_of(project),
        "what leaflets are made with": digest_of_leaflets() if stage.pdfs else "",
        "the list of open languages": digest_of(stage.open_locales),
        f"locales/{stage.tag}/interface.po": digest_of(sorted(edition.interface.items())),
        "a picture beside the resources": digest_of_pictures(found.pictures),
        f"a picture in locales/{stage.tag}/": digest_of_pictures(edition.pictures),
    }
    return Ingredients(
        shared=shared | _digests((project.mkdocs_config, project.theme_dir), project.root),
        pages=edition.inputs,
        seconds=seconds,
    )


def _digests(places: Iterable[Path], root: Path) -> dict[str, str]:
    paths = [path for place in places for path in ([place] if place.is_file() else _files(place))]
    return {_below(path, root): digest_of_files(path) for path in paths}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def read_ingredients(store: Store, tag: str) -> Ingredients | None:
    """What a published tree was made from; None where nobody noted it.

    Args:
        store: the cache.
        tag: the tree's language.
    """
    row = store.read(_KIND, tag)
    try:
        values = parse_values(row[1]) if row else {}
        return Ingredients(
            shared=dict(values["shared"]),
            pages=dict(values["pages"]),
            seconds=float(values["seconds"]) if values["seconds"] is not None else None,
        )
    except FAULTS:
        return None


def write_ingredients(store: Store, tag: str, ingredients: Ingredients) -> None:
    """Note what a published tree was made from.

    Args:
        store: the cache; it is written by its ``save``.
        tag: the tree's language.
        ingredients: what it was made from.
    """
    values = {
        "shared": dict(ingredients.shared),
        "pages": {name: dict(files) for name, files in ingredients.pages.items()},
        "seconds": ingredients.seconds,
    }
    store.write(_KIND, tag, "", render_values(values))


def render_plan(steps: Iterable[Step]) -> str:
    """A plan as text: what, why, how long it took last time."""
    lines = []
    for step in steps:
        took = f" ({step.seconds:.1f} s last time)" if step.seconds is not None else ""
        lines.append(f"{step.what}{took}\n" + "".join(f"  {why}\n" for why in step.why))
    return "".join(lines) or "Nothing: all is up to date.\n"


def render_plan_json(steps: Iterable[Step]) -> str:
    """A plan for machines."""
    return (
        json.dumps({"steps": [asdict(step) for step in steps]}, ensure_ascii=False, indent=1) + "\n"
    )
