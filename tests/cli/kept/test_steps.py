"""What a build would make, and why: in words, and for machines."""

import json

from pipeline.cli.kept.planning import render_plan, render_plan_json
from pipeline.cli.kept.steps import Ingredients, Planned, find_steps

SHARED = {"pipeline.toml": "1", "theme/site/base.html": "2"}
FEVER = {
    "content/covid-19/fever.md": "3",
    "locales/so/covid-19/fever.po": "4",
    "locales/so/covid-19/fever.ledger.jsonl": "5",
}


def made_from(shared=SHARED, seconds=None, **pages) -> Ingredients:
    named = {f"covid-19/{slug}": files for slug, files in pages.items()}
    return Ingredients(shared=shared, pages=named, seconds=seconds)


def test_nothing_has_changed():
    assert find_steps([]) == ()
    assert render_plan(()) == "Nothing: all is up to date.\n"


def test_a_catalog_has_changed():
    planned = Planned(
        tag="so",
        before=made_from(fever=FEVER, cough={}),
        now=made_from(fever=FEVER | {"locales/so/covid-19/fever.po": "9"}, cough={}),
        stale=frozenset({"covid-19/fever/", "covid-19/cough/", ""}),
        leaflets={"covid-19/fever": 4},
    )

    assert render_plan(find_steps([planned])) == (
        "so/\n"
        "  a page that it lists changed\n"
        "so/covid-19/cough/\n"
        "  what it tells of other pages or languages changed\n"
        "so/covid-19/fever/\n"
        "  its catalog changed: locales/so/covid-19/fever.po\n"
        "so/covid-19/fever/: 4 leaflets\n"
        "  its page is made anew\n"
        "so/search/search_index.json\n"
        "  a page of the language is another\n"
        "so/sitemap.xml\n"
        "  a page of the language is another\n"
        "so/so.zip\n"
        "  a page of the language is another\n"
        "manifest.json\n"
        "  something above is made anew\n"
    )


def test_what_all_pages_are_made_from_has_changed():
    planned = Planned(
        tag="so",
        before=made_from(seconds=12.34, fever=FEVER),
        now=made_from(SHARED | {"theme/site/base.html": "9"}, fever=FEVER),
        stale=None,
        leaflets={},
    )

    steps = find_steps([planned])
    assert json.loads(render_plan_json(steps)) == {
        "steps": [
            {"what": "so/", "why": ["theme/site/base.html changed"], "seconds": 12.34},
            {"what": "manifest.json", "why": ["something above is made anew"], "seconds": None},
        ]
    }
    assert render_plan(steps).startswith("so/ (12.3 s last time)\n")


def test_a_resource_is_new_and_another_is_no_more():
    planned = Planned(
        tag="so",
        before=made_from(cough=FEVER),
        now=made_from(fever=FEVER),
        stale=frozenset({"covid-19/fever/"}),
        gone=frozenset({"covid-19/cough/"}),
        leaflets={},
    )

    told = {step.what: step.why for step in find_steps([planned])}
    assert told["so/covid-19/fever/"] == ("it is new",)
    assert told["so/covid-19/cough/ goes"] == ("its resource is no more",)


def test_nobody_knows_what_is_there():
    planned = Planned(tag="so", before=None, now=made_from(), stale=None, leaflets={})

    (step, _) = find_steps([planned])
    assert step.why == (
        "nobody knows what is there: it was not built, not in full, or with a fault",
    )
