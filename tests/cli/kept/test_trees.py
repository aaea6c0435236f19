"""A tree made of another's files, whatever was left where it is made."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.kept.files import stamp_of_tree
from pipeline.cli.kept.trees import link_tree

NAMES = st.sampled_from(["index.html", "fever", "sitemap.xml", "so.zip"])
#: Texts by name, or folders of them: a name may be a file in one tree and a folder in another.
TREES = st.recursive(
    st.text("ab", max_size=2),
    lambda inside: st.dictionaries(NAMES, inside, max_size=3),
    max_leaves=8,
).filter(lambda tree: isinstance(tree, dict))


def write(folder: Path, tree: dict) -> None:
    folder.mkdir()
    for name, inside in tree.items():
        if isinstance(inside, dict):
            write(folder / name, inside)
        else:
            (folder / name).write_text(inside)


def numbers(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in files}


@given(old=TREES, left=TREES)
def test_it_has_the_files_that_belong_to_it_and_no_others(old, left, tmp_path_factory):
    root = tmp_path_factory.mktemp("trees")
    write(root / "old", old)
    write(root / "new", left)

    for _ in range(2):  # of another, and of itself
        link_tree(root / "old", root / "new", lambda path: not path.endswith(".zip"))

        kept = {p: n for p, n in numbers(root / "old").items() if not p.endswith(".zip")}
        assert numbers(root / "new") == kept
        folders = [path for path in (root / "new").rglob("*") if path.is_dir()]
        assert all(any(folder.iterdir()) for folder in folders)


def test_a_link_that_was_left_is_not_followed(tmp_path):
    write(tmp_path / "old", {"fever": {"index.html": "Biyo badan cab."}})
    write(tmp_path / "other", {"index.html": "not ours"})
    (tmp_path / "new").mkdir()
    (tmp_path / "new/fever").symlink_to(tmp_path / "other")

    link_tree(tmp_path / "old", tmp_path / "new", lambda _: True)

    assert (tmp_path / "other/index.html").read_text() == "not ours"
    assert not (tmp_path / "new/fever").is_symlink()
    assert (tmp_path / "new/fever/index.html").read_text() == "Biyo badan cab."


@pytest.mark.parametrize("change", ["text", "in place", "new", "gone", "renamed"])
def test_a_tree_that_somebody_has_changed_has_another_stamp(tmp_path, change):
    write(tmp_path / "so", {"index.html": "Biyo", "fever": {"index.html": "Biyo badan cab."}})
    page = tmp_path / "so/fever/index.html"
    before = stamp_of_tree(tmp_path / "so")
    assert stamp_of_tree(tmp_path / "so") == before

    if change == "text":
        page.write_text("Naso.")
    elif change == "in place":
        with page.open("r+") as file:
            file.write("biyo")
    elif change == "new":
        page.with_name("more.html").write_text("")
    elif change == "gone":
        page.unlink()
    else:
        page.rename(page.with_name("other.html"))
    assert stamp_of_tree(tmp_path / "so") != before


def test_a_tree_that_is_not_there_is_like_an_empty_one(tmp_path):
    (tmp_path / "so").mkdir()
    assert stamp_of_tree(tmp_path / "ar") == stamp_of_tree(tmp_path / "so")
