"""The preview as a process of its own: what is saved is seen, a mistake is told, Ctrl-C ends it."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from pipeline.cli.build import build
from pipeline.cli.plan import Wish
from pipeline.config import load_project
from tests.cli.conftest import RESOURCE

SOMALI = "Biyo badan cab."
LONGEST = 60


@pytest.fixture
def start(place, pipeline, tmp_path_factory):
    """Start a preview: its address, its process and a file of all that it says."""
    pipeline("sync")
    processes = []

    def run():
        address, process, log = start_preview(place, tmp_path_factory)
        processes.append(process)
        return address, process, log

    yield run
    for process in processes:
        process.kill()
        process.wait()


def start_preview(place, tmp_path_factory):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("preview") / "said.txt"
    command = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*command, "serve", "--locale", "so", "--port", str(port)],
            cwd=place.root,
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


def test_a_preview_follows_each_save_until_ctrl_c(place, start, browser):
    address, process, log = start()
    page = f"{address}so/covid-19/fever/"
    wait_for(lambda: "<html" in read(page), process)
    tab = browser.new_page()
    tab.goto(page)
    assert SOMALI not in tab.inner_text("main")

    # Nobody loads the page again: the browser does.
    place.translate({"Drink water often.": SOMALI, **REST})
    tab.get_by_text(SOMALI).wait_for(timeout=LONGEST * 1000)
    styles = place.root / "theme/assets/css/site.css"
    styles.write_text(styles.read_text("utf-8") + "body { color: rgb(1, 2, 3) }", "utf-8")
    tab.wait_for_function(
        "getComputedStyle(document.body).color == 'rgb(1, 2, 3)'", timeout=LONGEST * 1000
    )
    tab.close()

    good = place.catalog.read_bytes()
    place.catalog.write_bytes(good + b"<<<<<<< ours\n")
    wait_for(lambda: "locales/so/covid-19/fever.po:" in log.read_text("utf-8"), process)
    place.catalog.write_bytes(good)
    wait_for(lambda: SOMALI in read(page), process)

    # A new resource, made in a row of saves, one that is gone, a word of the interface.
    cough = place.resource.with_name("cough.md")
    for text in ("", RESOURCE, RESOURCE.replace("Fever", "Cough")):
        cough.write_text(text, "utf-8")
    wait_for(lambda: "Cough" in read(f"{address}en/covid-19/cough/"), process)
    words = place.root / "locales/so/interface.po"
    words.write_text(words.read_text("utf-8").replace('msgstr "Raadi"', 'msgstr "Baadh"'), "utf-8")
    wait_for(lambda: "Baadh" in read(page), process)
    cough.unlink()
    wait_for(lambda: not read(f"{address}en/covid-19/cough/"), process)
    # The last that is made, when pages are shown.
    wait_for(lambda: "covid-19/cough" not in read(f"{address}manifest.json"), process)

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=LONGEST) == 0
    said = log.read_text("utf-8")
    assert f"Preview: {address}" in said
    assert "Traceback" not in said
    assert_as_begun_anew(place.root)


def assert_as_begun_anew(root):
    """What was shown after all of these saves is what a preview shows that begins with nothing."""
    project = load_project(root, is_preview=True)
    shown = list_files(project.site_dir)
    shutil.rmtree(project.cache_dir)
    build(project, Wish(tags=("en", "so"), with_pdfs=False))
    assert list_files(project.site_dir) == shown


def list_files(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_preview_shows_what_nobody_has_signed_and_publishes_nothing(place, start):
    address, process, _ = start()
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
