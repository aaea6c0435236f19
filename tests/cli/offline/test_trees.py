"""What is read of a site for its archives: files of the language's own, and nothing else."""

import pytest

from pipeline.cli.offline.trees import reader


@pytest.fixture
def read(tmp_path):
    """A site with a page in Somali and one in Arabic; beside it lies what is nobody's business."""
    for path, text in {
        "site/so/covid-19/fever/index.html": "<p>Qandho</p>",
        "site/ar/covid-19/fever/index.html": "<p>الحمى</p>",
        "site/assets/print.css": "p { margin: 0 }",
        "site/secret.txt": "Samira, born 1990",
        "secret.txt": "Samira, born 1990",
    }.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return reader(tmp_path / "site", "so", tmp_path / "site/so")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("so/covid-19/fever/index.html", "<p>Qandho</p>"),
        ("assets/print.css", "p { margin: 0 }"),
        ("so/covid-19/../covid-19/fever/index.html", "<p>Qandho</p>"),  # it stays inside
    ],
)
def test_files_of_the_language_and_those_that_all_share_are_read(read, path, said):
    assert read(path).decode() == said


@pytest.mark.parametrize(
    "path",
    [
        "so/covid-19/fever/large.pdf",  # not there
        "so/covid-19/fever",  # a folder
        "so/",
        "so",
        "",
        "ar/covid-19/fever/index.html",
        "so/../ar/covid-19/fever/index.html",
        "so/../../secret.txt",
        "so/covid-19/../../../secret.txt",
        "assets/../secret.txt",
        "secret.txt",
        "../secret.txt",
        "/etc/hostname",
        "so//etc/hostname",
        "so/\0",
        f"so/{'a/' * 3000}b",
    ],
)
def test_nothing_else_is(read, path):
    assert read(path) is None


@pytest.mark.parametrize("target", ["secret.txt", "site/secret.txt", "site/ar"])
def test_a_link_to_something_else_is_not_followed(read, tmp_path, target):
    (tmp_path / "site/so/covid-19/link").symlink_to(tmp_path / target)
    tail = "/covid-19/fever/index.html" if target == "site/ar" else ""
    assert read(f"so/covid-19/link{tail}") is None


def test_a_link_that_stays_in_the_language_is(read, tmp_path):
    (tmp_path / "site/so/covid-19/cough").symlink_to(tmp_path / "site/so/covid-19/fever")
    assert read("so/covid-19/cough/index.html") == b"<p>Qandho</p>"
