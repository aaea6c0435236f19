"""A resource that cannot be used is told and left out; the others go on."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.config import Project, load_project
from pipeline.content import Library, is_slug, read_documents
from pipeline.errors import ContentError

REPOSITORY = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
GOOD = """\
---
title: Fever
summary: What to do when you are too hot.
audience: Everybody
risk: clinical
urgency: urgent
owner: Health team
sources:
  - title: NHS
    url: https://www.nhs.uk/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2027-05-20
---

Drink water.
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in ("pipeline.toml", "locales/locales.toml", "theme/interface.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / name, tmp_path / name)
    (tmp_path / "content/covid-19").mkdir(parents=True)
    (tmp_path / "content/covid-19/fever.md").write_text(GOOD, "utf-8")
    return load_project(tmp_path)


def read(project: Project) -> Library:
    return read_documents(project, today=TODAY)


def test_a_good_resource_is_read(project):
    (document,) = read(project).documents
    assert str(document.id) == "covid-19/fever"
    assert document.metadata.title == "Fever"
    assert document.text == GOOD


def test_a_second_title_is_told_with_its_line_and_the_resource_is_used(project):
    path = project.content_dir / "covid-19/fever.md"
    path.write_text(GOOD + "\n# Fever\n", "utf-8")
    library = read(project)
    assert len(library.documents) == 1
    (warning,) = library.warnings
    assert (warning.path, warning.line) == (path, 18)
    assert warning.message == "The text has a heading of the first level; the title is one already."
    assert warning.remedy == "Begin it with two signs, ##."


def test_resources_stand_in_the_order_of_the_topics(project):
    for name in ("using-the-nhs/b", "covid-19/a"):
        path = project.content_dir / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD, "utf-8")
    names = [str(document.id) for document in read(project).documents]
    assert names == ["covid-19/a", "covid-19/fever", "using-the-nhs/b"]


@pytest.mark.parametrize(
    ("name", "data", "message", "line"),
    [
        ("covid-19/latin.md", GOOD.replace("Fever", "Fiévre").encode("latin-1"), "not UTF-8", 2),
        ("covid-19/nul.md", GOOD.replace("Drink", "Dr\0nk").encode(), "NUL character", 16),
        ("covid-19/Long Fever.md", GOOD.encode(), "`Long Fever` cannot be", None),
        ("covid-19/index.md", GOOD.encode(), "`index` cannot be", None),
        ("cooking/rice.md", GOOD.encode(), "not in the folder of a topic", None),
        ("fever.md", GOOD.encode(), "not in the folder of a topic", None),
        ("covid-19/deep/fever.md", GOOD.encode(), "not in the folder of a topic", None),
        ("covid-19/bare.md", b"Drink water.\n", "no front matter", 1),
        ("covid-19/list.md", b"---\n- a\n---\n", "no keys", 2),
    ],
)
def test_one_that_cannot_be_used_is_told_and_the_rest_goes_on(project, name, data, message, line):
    path = project.content_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    library = read(project)
    assert [str(document.id) for document in library.documents] == ["covid-19/fever"]
    (error,) = library.errors
    assert message in error.message
    assert (error.path, error.line) == (path, line)
    assert error.remedy


def test_a_link_out_of_the_project_is_not_followed(project, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_text(GOOD.replace("Drink", "SECRET"), "utf-8")
    (project.content_dir / "covid-19/secret.md").symlink_to(outside)
    library = read(project)
    assert all("SECRET" not in document.text for document in library.documents)
    assert "is a link" in library.errors[0].message


def test_an_unknown_resource_is_told(project):
    with pytest.raises(ContentError, match=r"no resource `covid-19/none`"):
        read(project).document("covid-19/none")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("long-covid", True), ("a1", True), ("index", False), ("Long", False), ("../x", False)],
)
def test_names_are_safe_in_addresses_files_and_commands(name, expected):
    assert is_slug(name) is expected
