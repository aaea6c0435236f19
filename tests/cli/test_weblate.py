"""`pipeline weblate`: the catalogs of a project as a Weblate server takes them."""

import json

import pytest


@pytest.mark.usefixtures("place")
def test_one_component_a_resource_the_words_of_the_website_first(pipeline):
    said = pipeline("weblate", "--project", "health", "--repository", "https://example.org/h.git")
    assert (said.code, said.err) == (0, "2 components.\n")
    words, fever = json.loads(said.out)
    assert words["filemask"] == "locales/*/interface.po"
    assert words["language_regex"] == "^(so|ar|ckb)$"
    assert (fever["slug"], fever["repo"]) == ("covid-19_fever", "weblate://health/interface")
    assert "license" not in fever


def test_a_project_in_a_folder_of_its_repository(place, pipeline):
    (place.root.parent / ".git").mkdir()
    pipeline(
        *("weblate", "--project", "health", "--repository", "git@example.org:h.git"),
        *("--licence", "MIT", "--output", "weblate.json"),
    )
    fever = json.loads((place.root / "weblate.json").read_bytes())[1]
    assert fever["filemask"] == f"{place.root.name}/locales/*/covid-19/fever.po"
    assert fever["license"] == "MIT"
    (place.root.parent / ".git").rmdir()


def test_a_resource_wanted_in_one_language_names_it(place, pipeline):
    text = place.resource.read_text("utf-8").replace("risk: ", "languages: [ar]\nrisk: ")
    place.resource.write_text(text, "utf-8")
    said = pipeline("weblate", "--project", "health", "--repository", "https://example.org/h.git")
    assert json.loads(said.out)[1]["language_regex"] == "^(ar)$"


def test_a_resource_that_cannot_be_read_is_told_and_left_out(place, pipeline):
    place.resource.write_text("---\ntitle: Fever\n---\n", "utf-8")
    said = pipeline("weblate", "--project", "health", "--repository", "https://example.org/h.git")
    assert said.code == 11
    assert len(json.loads(said.out)) == 1
    assert "content/covid-19/fever.md" in said.err
