"""Ten and more real queries a language, in the table that translators read and add to.

``tests/data/search/queries.csv``: what a reader types, and the resource or heading that must be
among the first three results (``-``: nothing may be found). Where a language has no page yet,
the sentences of ``sentences.csv`` stand in.
"""

import csv
import json
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[1] / "data" / "search"
#: Types each query, and says where the first three results and their headings lead.
TYPE = """queries => queries.map(query => {
    const field = document.querySelector("input[name=q]");
    field.value = query;
    field.dispatchEvent(new InputEvent("input"));
    return [...document.querySelectorAll("#site-results > li")].slice(0, 3).flatMap(
        item => [...item.querySelectorAll("a")].map(link => link.getAttribute("href").slice(3)));
})"""


def read(name):
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))


def entries(language):
    """Sentences of a language as they stand in an index."""
    rows = [row for row in read("sentences.csv") if row["language"] == language]
    return [{"location": r["address"], "title": r["title"], "text": r["text"]} for r in rows]


def find_all(page, address, language, queries):
    """Open the search page of a language and type."""
    pattern = f"**/{language}/search/search_index.json"
    if docs := entries(language):

        def answer(route):
            index = json.loads(route.fetch().text())
            route.fulfill(body=json.dumps(index | {"docs": docs}))

        page.route(pattern, answer)
    page.goto(f"{address}{language}/search/")
    page.wait_for_selector("#site-status:not(:empty)")
    found = page.evaluate(TYPE, queries)
    page.unroute(pattern)
    return found


@pytest.mark.e2e
def test_the_first_three_results_have_what_a_reader_looks_for(tab_for, built):
    table = read("queries.csv")
    page = tab_for()
    missed = []
    for language in dict.fromkeys(row["language"] for row in table):
        rows = [row for row in table if row["language"] == language]
        found = find_all(page, built.address, language, [row["query"] for row in rows])
        for row, links in zip(rows, found, strict=True):
            is_right = not links if row["finds"] == "-" else row["finds"] in links
            missed += [] if is_right else [(language, row["query"], row["why"], links)]
    assert missed == []


def test_each_language_has_ten_queries_and_one_of_nonsense():
    table = read("queries.csv")
    counts = {}
    for row in table:
        found, nothing = counts.setdefault(row["language"], [0, 0])
        is_nonsense = row["finds"] == "-"
        counts[row["language"]] = [found + (not is_nonsense), nothing + is_nonsense]
    tags = {path.name for path in (DATA.parents[2] / "locales").iterdir() if path.is_dir()}
    assert set(counts) == tags | {"en"}
    assert {tag: count for tag, count in counts.items() if count[0] < 10 or not count[1]} == {}
