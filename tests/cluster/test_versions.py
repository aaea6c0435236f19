"""What machines have to have in common, and how a difference is told."""

from dataclasses import replace

from pipeline.cluster import find_installed
from pipeline.cluster.versions import find_difference

HERE = find_installed("pango 1.56.3, harfbuzz 10.2.0")


def with_package(name: str, version: str | None):
    kept = tuple(each for each in HERE.packages if each[0] != name)
    return replace(HERE, packages=(*kept, *([(name, version)] if version else [])))


def test_all_packages_are_named_that_a_page_or_a_leaflet_is_made_with():
    names = dict(HERE.packages)
    assert names.keys() >= {"mkdocs", "weasyprint", "pydyf", "tinycss2", "pillow", "jinja2"}


def test_the_first_difference_is_told_in_words():
    weasy = dict(HERE.packages)["weasyprint"]
    cases = {
        "": HERE,
        f"it has version 0.0.1 of this program, and here is {HERE.version}": replace(
            HERE, version="0.0.1", code="another"
        ),
        f"it has CPython 2.7, and here is {HERE.python}": replace(HERE, python="CPython 2.7"),
        f"its files of this program are others, though they too say {HERE.version}": replace(
            HERE, code="another"
        ),
        f"it has weasyprint 69.0, and here is {weasy}": with_package("weasyprint", "69.0"),
        f"it has weasyprint none, and here is {weasy}": with_package("weasyprint", None),
        "it has brotli 1.2.0, and here is none": with_package("brotli", "1.2.0"),
        f"its libraries are pango 1.50.0, and here are {HERE.libraries}": replace(
            HERE, libraries="pango 1.50.0"
        ),
    }
    assert [find_difference(HERE, theirs) for theirs in cases.values()] == list(cases)
