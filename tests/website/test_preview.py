import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest

from pipeline.website.generator import preview


@pytest.fixture
def may_build():
    """What a build waits for: set, but where a test holds it back."""
    event = threading.Event()
    event.set()
    return event


@pytest.fixture
def served(tmp_path, may_build):
    site, content = tmp_path / "site", tmp_path / "content"
    site.mkdir()
    content.mkdir()
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    (site / "index.html").write_text(f"<html><head>{policy}</head><body>Old</body></html>")
    (site / "404.html").write_text("Not here")
    rebuilt = threading.Event()

    def rebuild(saved, _shown):
        assert may_build.wait(timeout=10)
        (site / "index.html").write_text("<html><body>New</body></html>")
        rebuilt.set()
        if content / "fault.md" in saved:
            raise ValueError("a fault of the program")

    def restyle(saved):
        if saved == {content / "site.css"}:
            (site / "site.css").write_bytes((content / "site.css").read_bytes())
            return True
        return False

    server = preview.make_server(site, rebuild=rebuild, restyle=restyle, watched=[content], port=0)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    while not server.serve_thread.is_alive():
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.server_port}/", content, rebuilt
    may_build.set()
    server.shutdown(wait=True)
    thread.join()


def read(address):
    with urllib.request.urlopen(address) as answer:  # noqa: S310  our own server
        return answer.read().decode()


def test_pages_are_shown_without_the_policy_that_forbids_reloading(served):
    address, _, _ = served
    page = read(address)
    assert "Old" in page
    assert "Content-Security-Policy" not in page
    assert "livereload" in page


def test_a_save_builds_again(served):
    address, content, rebuilt = served
    (content / "page.md").write_text("Changed")
    assert rebuilt.wait(timeout=10)
    assert "New" in read(address)


def test_a_wrong_address_shows_the_sites_own_page(served):
    address, _, _ = served
    with pytest.raises(urllib.error.HTTPError) as caught:
        read(address + "nowhere/")
    with caught.value as answer:
        assert (answer.code, answer.read()) == (404, b"Not here")


def test_a_style_is_shown_while_the_build_still_runs(served, may_build):
    address, content, rebuilt = served
    may_build.clear()
    (content / "site.css").write_text("body { color: green }")
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with suppress(urllib.error.HTTPError):
            if read(address + "site.css") == "body { color: green }":
                break
        time.sleep(0.01)
    assert "Old" in read(address)
    assert not rebuilt.is_set()
    may_build.set()
    assert rebuilt.wait(timeout=10)


def test_a_fault_of_a_build_keeps_nobody_waiting(served, capsys):
    address, content, rebuilt = served
    (content / "fault.md").write_text("Changed")
    assert rebuilt.wait(timeout=10)
    assert "New" in read(address)
    rebuilt.clear()
    (content / "fault.md").unlink()
    assert rebuilt.wait(timeout=10)
    assert "a fault of the program" in capsys.readouterr().err


def test_pages_are_shown_before_the_rest_is_made_and_that_waits_for_a_new_save(tmp_path):
    site, content = tmp_path / "site", tmp_path / "content"
    site.mkdir()
    content.mkdir()
    answers, done, may_end = [], threading.Event(), threading.Event()

    def rebuild(_saved, shown):
        (site / "index.html").write_text("<html><body>New</body></html>")
        answers.append(shown())
        done.set()
        assert may_end.wait(timeout=10)
        answers.append(shown())

    server = preview.make_server(
        site, rebuild=rebuild, restyle=lambda _: False, watched=[content], port=0
    )
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    while not server.serve_thread.is_alive():
        time.sleep(0.01)
    (content / "page.md").write_text("Changed")
    assert done.wait(timeout=10)
    # The build has not ended, and nobody waits for it.
    assert "New" in read(f"http://127.0.0.1:{server.server_port}/")
    (content / "page.md").write_text("Changed again")
    end = time.monotonic() + 10
    while not server._want_rebuild and time.monotonic() < end:  # noqa: SLF001  nobody else knows
        time.sleep(0.01)
    may_end.set()
    while len(answers) < 4 and time.monotonic() < end:
        time.sleep(0.01)
    server.shutdown(wait=True)
    thread.join()
    assert answers == [True, False, True, True]
