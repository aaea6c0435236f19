"""Tasks on a real cluster: what comes back, and what is lost when a machine is."""

import pickle
import socket
import sys
import time
from pathlib import Path

import pytest

from pipeline.cluster import (
    Answer,
    Bundle,
    Crew,
    Failure,
    Task,
    connect,
    digest_of_files,
    pack,
    unpack,
)
from pipeline.errors import ClusterError, MachineError

sys.path.insert(0, str(Path(__file__).parent))
labour = pytest.importorskip("labour_of_tests")
sys.path.pop(0)

FILES = pack([("theme/greeting.txt", b"Soo dhowow"), ("mkdocs.yml", b"theme: material")])
BUNDLE = Bundle(digest=digest_of_files(FILES), files=FILES)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def crew(loopback, said):
    """Workers that are there, found when first asked."""
    dask = connect(loopback.address)
    yield Crew(dask=dask, bundle=BUNDLE, probe=labour.probe, limit=60, say=said.append)
    dask.close()


def have(loopback, count: int) -> None:
    """See to it that there are so many workers."""
    loopback.workers = [worker for worker in loopback.workers if worker.poll() is None]
    if count > len(loopback.workers):
        loopback.hire(count - len(loopback.workers))


def task(name: str, work, given: object = None, limit: float = 0.0) -> Task:
    return Task(name=name, work=work, given=pickle.dumps(given), limit=limit)


def heard_by_name(crew, tasks: list[Task], ahead: int = 1) -> dict[str, object]:
    return {
        task.name: heard.read_value() if isinstance(heard, Answer) else heard.message
        for task, heard in crew.run(tasks, ahead=ahead)
    }


def test_values_and_files_come_back_and_a_task_that_fails_costs_only_itself(loopback, crew):
    have(loopback, 3)
    crew.gather(3)
    tasks = [task(f"covid-19/fever in {tag}", labour.repeat, tag) for tag in ("so", "ar", "bn")]
    bad = task("covid-19/fever in ti", labour.fail)
    answers = {each.name: heard for each, heard in crew.run([*tasks, bad], ahead=2)}
    failure = answers.pop(bad.name)
    assert failure == Failure(message="OSError: No space left on device, on 2 workers")
    assert {heard.read_value() for heard in answers.values()} == {"so", "ar", "bn"}
    for heard in answers.values():
        assert dict(unpack(heard.files)) == {"words/so.txt": b"Soo dhowow"}


def test_the_work_of_a_worker_that_is_killed_goes_to_others(loopback, crew, said, tmp_path):
    have(loopback, 3)
    crew.gather(3)
    tasks = [task(f"{number}", labour.repeat, number) for number in range(8)]
    tasks.insert(1, task("killed", labour.end_once, str(tmp_path / "once")))
    expected = {str(number): number for number in range(8)} | {"killed": "done by another"}
    assert heard_by_name(crew, tasks, ahead=2) == expected
    assert len(said) == 1
    assert said[0].endswith("is gone; its work goes to others.")


def test_a_worker_that_hangs_is_given_up_and_a_task_that_makes_all_hang_is_named(
    loopback, crew, said, tmp_path
):
    have(loopback, 3)
    crew.gather(3)
    tasks = [
        task("covid-19/fever in so", labour.hang_once, str(tmp_path / "once"), limit=1),
        task("covid-19/fever in ar", labour.hang, limit=1),
        task("covid-19/fever in bn", labour.repeat, "bn"),
    ]
    assert heard_by_name(crew, tasks) == {
        "covid-19/fever in so": "done by another",
        "covid-19/fever in ar": "it took more than 1 s, on 2 workers",
        "covid-19/fever in bn": "bn",
    }
    assert sum("gets no work: it did not end covid-19/fever in" in line for line in said) == 3
    loopback.dismiss()


def test_a_worker_with_another_version_gets_no_work_and_one_that_lies_no_more(
    loopback, crew, said, tmp_path
):
    loopback.hire(package=loopback.copy_of_another_version())
    loopback.hire(2)
    crew.gather(2)
    while not said:  # it may come last
        list(crew.run([task("again", labour.repeat)]))
    assert "gets no work: it has version 0.0.1 of this program, and here is" in said.pop()
    tasks = [task("lie", labour.lie_once, str(tmp_path / "once")), task("rest", labour.repeat, 7)]
    assert heard_by_name(crew, tasks) == {"lie": "done by another", "rest": 7}
    assert "gets no work: it sent what it cannot have made" in said.pop()


def test_where_all_have_another_version_nothing_is_begun(loopback, said):
    loopback.dismiss()
    loopback.hire(package=loopback.copy_of_another_version())
    dask = connect(loopback.address)
    crew = Crew(dask=dask, bundle=BUNDLE, probe=labour.probe, limit=60, say=said.append)
    with pytest.raises(ClusterError, match=r"None of the workers .* can be used; .*0\.0\.1"):
        crew.gather()
    dask.close()


def test_a_scheduler_that_is_lost_is_told_of(loopback, crew):
    loopback.dismiss()
    loopback.hire()
    crew.gather()
    heard = crew.run(task(str(number), labour.repeat, number) for number in range(10_000))
    assert next(heard)[1].read_value() == 0
    loopback.lose()
    with pytest.raises(ClusterError, match="was lost") as caught:
        list(heard)
    assert caught.value.exit_code == 22
    assert "run the same command again" in caught.value.remedy


def test_where_there_is_no_scheduler_it_is_said_within_seconds():
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    began = time.monotonic()
    with pytest.raises(ClusterError, match=f"No scheduler answers at {address}"):
        connect(address)
    assert time.monotonic() - began < 15


def test_without_the_extra_the_command_that_adds_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MachineError, match="need Dask") as caught:
        connect("tcp://127.0.0.1:8786")
    assert "make cluster" in caught.value.remedy


def test_tls_without_certificates_is_refused_before_anybody_is_asked():
    with pytest.raises(ClusterError, match="no certificates for tls://") as caught:
        connect("tls://127.0.0.1:1")
    assert "~/.config/dask/tls.yaml" in caught.value.remedy
