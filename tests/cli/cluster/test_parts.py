"""A language in several tasks: the tree is the one that is built here, to the byte."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cli.cluster.connecting import make_bundle
from pipeline.cli.cluster.kept import Kept
from pipeline.cli.cluster.sites import Sites
from pipeline.cli.media.scaling import with_renditions
from pipeline.cli.plan import Stage, Wish, plan
from pipeline.cli.stages import Outcome, build_whole
from pipeline.cli.survey import survey
from pipeline.cluster import unpack_into
from pipeline.config import load_project
from pipeline.website import parts
from tests.cli.cluster.conftest import Workers, tree
from tests.cli.conftest import SOMALI

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def library(place, pipeline, monkeypatch):
    """Five resources that lead to one another, with a picture; parts of three pages at most."""
    monkeypatch.setattr(parts, "MOST_PAGES", 3)
    monkeypatch.setattr(parts, "MOST_LISTS", 2)
    text = place.resource.read_text("utf-8")
    for slug in ("cough", "headache", "rash", "sore-throat"):
        link = "\nSee [fever](fever.md#rest), [a cough](./cough.md) and [all](index.md).\n"
        picture = "\n![A thermometer](images/thermometer.svg)\n" if slug == "rash" else ""
        page = place.resource.with_name(f"{slug}.md")
        page.write_text(text.replace("title: Fever", f"title: {slug}") + link + picture)
    images = place.resource.parent / "images"
    images.mkdir()
    (images / "thermometer.svg").write_bytes(SVG)
    (images / "nobody-shows-it.svg").write_bytes(SVG)
    assert pipeline("sync").code == 0
    place.translate(SOMALI)
    place.sign()
    return place


def stage_of(place, tag: str, **wish) -> Stage:
    found = survey(load_project(place.root))
    (stage,), _ = with_renditions(plan(found, found, Wish(tags=(tag,), **wish)), workers=1)
    return stage


def build_in_parts(stage: Stage, folder: Path, **options) -> tuple[Outcome, list[str]]:
    unpack_into(make_bundle(stage.project).files, folder)
    workers = Workers(folder=folder, **options)
    kept = Kept(stage.project.cache_dir / "cluster")
    sites = Sites(crew=workers, kept=kept, say=lambda _: None, advance=lambda _: None)
    ((_, outcome),) = sites.build([stage])
    return replace(outcome, seconds=0.0), workers.asked


def no_lists(task, _given) -> str:
    return "its worker was ended in the middle, on 3 workers" if "lists from" in task.name else ""


def test_the_tree_and_all_that_is_noted_are_those_of_a_build_here_and_the_next_run_goes_on(
    library, tmp_path_factory
):
    stage = stage_of(library, "so")
    outcome = build_whole(stage)
    here = tree(stage.folder)
    assert "covid-19/fever/fever-so.html" in here
    worker = tmp_path_factory.mktemp("worker")
    in_parts, asked = build_in_parts(stage, worker)
    assert tree(stage.folder) == here
    assert in_parts.made
    assert in_parts == outcome
    assert asked == [
        "lists from “” in so",
        "lists from “covid-19/” in so",
        "covid-19/cough and 2 more pages in so",
        "covid-19/rash and 1 more pages in so",
    ]
    first, second, *_ = (stage.project.cache_dir / "cluster").iterdir()
    first.unlink()  # it had not come
    second.write_bytes(second.read_bytes()[:-1])
    _, asked = build_in_parts(stage, worker)
    assert len(asked) == 2
    assert tree(stage.folder) == here


def test_of_a_resource_that_is_asked_for_by_name_nothing_else_is_made(library, tmp_path_factory):
    stage = stage_of(library, "en", resources=("covid-19/rash",), with_pdfs=False)
    outcome = build_whole(stage)
    here = tree(stage.folder)
    assert "covid-19/rash/rash-en.html" in here
    assert "covid-19/fever/index.html" not in here
    in_parts, _ = build_in_parts(stage, tmp_path_factory.mktemp("worker"))
    assert tree(stage.folder) == here
    assert in_parts == outcome


def test_a_page_at_fault_costs_only_itself_and_parts_that_do_not_show_it_are_not_made_again(
    library, tmp_path_factory
):
    page = library.resource.with_name("sore-throat.md")
    page.write_text(page.read_text() + "\n[nowhere](../covid-19/nowhere.md)\n")
    library.sign()
    stage = stage_of(library, "en")
    outcome = build_whole(stage)
    here = tree(stage.folder)
    in_parts, asked = build_in_parts(stage, tmp_path_factory.mktemp("worker"))
    assert tree(stage.folder) == here
    assert list(in_parts.notices) == ["covid-19/sore-throat"]
    assert list(map(str, in_parts.errors)) == list(map(str, outcome.errors))
    # The lists show it, and so does its neighbour; the part before that does not.
    assert asked[4:] == [
        "lists from “” in en",
        "lists from “covid-19/” in en",
        "covid-19/rash and 1 more pages in en",
    ]


def test_a_link_to_a_place_that_is_not_on_a_page_of_another_part_is_told_as_here(
    library, tmp_path_factory
):
    for slug in ("cough", "rash"):
        page = library.resource.with_name(f"{slug}.md")
        page.write_text(page.read_text() + "\n[sleep](sore-throat.md#sleep) [hot](fever.md#hot)\n")
    library.sign()
    stage = stage_of(library, "en")
    outcome = build_whole(stage)
    here = tree(stage.folder)
    assert len(outcome.told) == 4
    in_parts, _ = build_in_parts(stage, tmp_path_factory.mktemp("worker"))
    assert tree(stage.folder) == here
    assert [str(error) for error in in_parts.told] == [str(error) for error in outcome.told]
    assert in_parts.made is None


def test_lists_that_no_worker_makes_are_made_here(library, tmp_path_factory):
    stage = stage_of(library, "so")
    build_whole(stage)
    here = tree(stage.folder)
    outcome, _ = build_in_parts(stage, tmp_path_factory.mktemp("worker"), why_not=no_lists)
    assert outcome.errors == ()
    assert tree(stage.folder) == here
