"""A new repository is there whole, or not at all; nothing of anybody's is overwritten."""

from pathlib import Path

import pytest

from pipeline.cli.repository.laying import lay_out
from pipeline.errors import ConfigError

FILES = {"README.md": b"Read me.\n", "content/a/b.md": b"# B\n", "pipeline.toml": b"[project]\n"}


def files_of(root):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
def test_it_lies_in_a_folder_that_is_new_or_empty(tmp_path, there):
    folder = tmp_path / "deep" / "demo"
    if there:
        folder.mkdir(parents=True)
    lay_out(folder, FILES)
    assert files_of(folder) == FILES
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]


def test_a_repository_of_git_may_be_there(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/HEAD").write_bytes(b"ref: refs/heads/main\n")
    lay_out(tmp_path, FILES)
    assert files_of(tmp_path) == {**FILES, ".git/HEAD": b"ref: refs/heads/main\n"}


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "README.md").write_bytes(b"Ours.\n")
    (tmp_path / "notes.txt").write_bytes(b"Ours.\n")
    with pytest.raises(ConfigError, match=r"not empty: there is `README\.md` and 1 more"):
        lay_out(tmp_path, FILES)
    assert files_of(tmp_path) == {"README.md": b"Ours.\n", "notes.txt": b"Ours.\n"}


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to(path.parent)])
def test_a_file_or_a_link_is_refused(tmp_path, make):
    make(tmp_path / "demo")
    with pytest.raises(ConfigError, match="a file or a link of that name"):
        lay_out(tmp_path / "demo", FILES)


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
def test_what_is_interrupted_leaves_nothing(tmp_path, monkeypatch, there):
    folder = tmp_path / "demo"
    if there:
        folder.mkdir()
    rename = Path.rename

    def interrupted(path, target):
        if path.name == "pipeline.toml":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        lay_out(folder, FILES)
    assert [path.name for path in tmp_path.iterdir()] == (["demo"] if there else [])
    assert not there or not list(folder.iterdir())
