"""The preview as a process of its own: what is saved is seen, a mistake is told, Ctrl-C ends it."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

SOMALI = "Biyo badan cab."
LONGEST = 60


@pytest.fixture
def start(place, pipeline, tmp_path_factory):
    """Start a preview: its address, its process and a file of all that it says."""
    pipeline("sync")
    processes = []

    def run(environment=None):
        address, process, log = start_preview(place, tmp_path_factory, environment)
        processes.append(process)
        return address, process, log

    yield run
    for process in processes:
        process.kill()
        process.wait()


def start_preview(place, tmp_path_factory, environment):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("preview") / "said.txt"
    command = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*command, "serve", "--locale", "so", "--port", str(port)],
            cwd=place.root,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    return f"http://127.0.0.1:{port}/", process, log


def read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  our own server
            return answer.read().decode()
    except (urllib.error.URLError, OSError):
        return ""


def wait_for(what, process) -> None:
    """Wait until something is so; fail when the preview has ended or it takes too long."""
    end = time.monotonic() + LONGEST
    while not what():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_preview_follows_each_save_until_ctrl_c(place, start):
    address, process, log = start()
    page = f"{address}so/covid-19/fever/"
    wait_for(lambda: "<html" in read(page), process)
    assert SOMALI not in read(page)

    place.translate({"Drink water often.": SOMALI, **REST})
    wait_for(lambda: SOMALI in read(page), process)

    good = place.catalog.read_bytes()
    place.catalog.write_bytes(good + b"<<<<<<< ours\n")
    wait_for(lambda: "locales/so/covid-19/fever.po:" in log.read_text("utf-8"), process)
    place.catalog.write_bytes(good)
    wait_for(lambda: SOMALI in read(page), process)

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=LONGEST) == 0
    said = log.read_text("utf-8")
    assert f"Preview: {address}" in said
    assert "Traceback" not in said


def test_a_preview_shows_what_nobody_has_signed_and_publishes_nothing(place, start, unmeasured):
    address, process, _ = start(unmeasured())  # it is killed, and could tell coverage nothing
    place.translate({"Drink water often.": SOMALI, **REST})
    for ledger in place.root.rglob("*.ledger.jsonl"):
        ledger.unlink()
    page = f"{address}so/covid-19/fever/"
    wait_for(lambda: SOMALI in read(page), process)
    assert "Horu-eegis: boggan lama ansixin." in read(page)
    assert not (place.root / "site").exists()


REST = {
    "Fever": "Qandho",
    "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kulushahay.",
    "Call 999 now": "Hadda wac 999",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aad neefsan weydo.",
    "Rest": "Nasasho",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
}


def test_a_port_that_is_taken_is_told_with_another_before_anything_is_built(place, pipeline):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = pipeline("serve", "--locale", "so", "--port", str(port))
    assert ran.code == 7
    assert f"Port {port} of this computer cannot be used" in ran.err
    assert f"--port {port + 1}" in ran.err
    assert not (place.root / ".cache").exists()
