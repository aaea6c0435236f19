"""How a command finds the process that stands by, and what the two can say to one another."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import standby
from pipeline.config import CONFIG_NAME, load_project


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        (["build"], "."),
        (["build", "--locale", "so"], "."),
        (["--project", "..", "build"], ".."),
        (["--project=../..", "build"], "../.."),
        (["status"], None),
        (["--help"], None),
        (["--project"], None),
        (["--project=", "build"], None),
        (["--project", "content", "status"], None),
        ([], None),
    ],
)
def test_only_builds_are_done_elsewhere(tmp_path, monkeypatch, typed, where):
    inside = tmp_path / "content/covid-19"
    inside.mkdir(parents=True)
    (tmp_path / "pipeline.toml").touch()
    monkeypatch.chdir(inside)
    found = standby.find_cache(typed)
    assert found == (f"{tmp_path}/.cache/pipeline" if where else None)


def test_a_project_is_found_as_the_program_itself_finds_it():
    project = load_project(Path(__file__).parents[1])
    assert standby.CONFIG == CONFIG_NAME
    assert standby.find_cache(["--project", str(project.root), "build"]) == str(project.cache_dir)


def test_outside_of_a_project_there_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert standby.find_cache(["build"]) is None


@pytest.mark.skipif(not standby.may_stand_by({}), reason="only on Linux")
@pytest.mark.parametrize(
    ("variables", "may"),
    [
        ({}, True),
        ({"CI": "true"}, False),
        ({"CI": "true", "PIPELINE_STANDBY": "1"}, True),
        ({"PIPELINE_STANDBY": "0"}, False),
    ],
)
def test_none_stands_by_on_a_test_machine_unless_asked_for(variables, may):
    assert standby.may_stand_by(variables) is may


@pytest.fixture
def pair():
    one, other = socket.socketpair(socket.AF_UNIX)
    other.settimeout(1)
    with one, other:
        yield one, other


def test_a_message_arrives_with_files(pair, tmp_path):
    one, other = pair
    with (tmp_path / "said.txt").open("w") as file:
        standby.send(one, {"folder": "/srv/ሰነድ/\udc80", "mask": 18}, [file.fileno()])
    message, handles = standby.receive(other, 3)
    assert message == {"folder": "/srv/ሰነድ/\udc80", "mask": 18}
    with os.fdopen(handles[0], "w") as file:
        file.write("Biyo badan cab.")
    assert (tmp_path / "said.txt").read_text() == "Biyo badan cab."


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\0",
        b"\0\0\0\x09{}",  # cut off
        b"\xff\xff\xff\xff{}",  # too much
        b"\0\0\0\x02[]",
        b"\0\0\0\x02\xff\xff",
        b"\0\0\0\x05hello",
    ],
)
def test_what_is_no_message_is_not_heard(pair, said):
    one, other = pair
    one.sendall(said)
    one.close()
    assert standby.receive(other, 3) is None


@pytest.mark.skipif(not standby.may_stand_by({}), reason="only on Linux")
def test_a_socket_is_found_however_long_the_name_of_its_folder(tmp_path):
    folder = tmp_path / ("a" * 100) / ("b" * 100)
    folder.mkdir(parents=True)
    assert standby.connect(str(folder)) is None
    with standby.listen(str(folder)) as listener:
        found = standby.connect(str(folder))
        assert found
        assert standby.is_same_user(found)
        assert (folder / standby.SOCKET).stat().st_mode & 0o777 == 0o600
        found.close()
        listener.accept()[0].close()
    # A link to it is none: it may lead to another program of this user's.
    (tmp_path / standby.SOCKET).symlink_to(folder / standby.SOCKET)
    assert standby.connect(str(tmp_path)) is None
    # Its owner has gone: the next takes its place.
    assert standby.connect(str(folder)) is None
    standby.listen(str(folder)).close()


@pytest.mark.skipif(not standby.may_stand_by({}), reason="only on Linux")
def test_who_is_in_a_sandbox_is_not_asked(tmp_path):
    code = f"""
from pipeline.standby import listen
with listen({str(tmp_path)!r}) as listener:
    print("there", flush=True)
    listener.accept()
"""
    command = ["unshare", "--user", sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        if process.stdout.readline() != "there\n":
            pytest.skip("this system has no sandboxes for everybody")
        # It is the same user's, and would get the variables and the screen of whoever asks.
        assert standby.connect(str(tmp_path)) is None
