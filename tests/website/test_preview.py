import threading
import time
import urllib.error
import urllib.request

import pytest

from pipeline.website.generator import preview


@pytest.fixture
def served(tmp_path):
    site, content = tmp_path / "site", tmp_path / "content"
    site.mkdir()
    content.mkdir()
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    (site / "index.html").write_text(f"<html><head>{policy}</head><body>Old</body></html>")
    (site / "404.html").write_text("Not here")
    rebuilt = threading.Event()

    def rebuild():
        (site / "index.html").write_text("<html><body>New</body></html>")
        rebuilt.set()

    server = preview.make_server(site, rebuild=rebuild, watched=[content], port=0)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    while not server.serve_thread.is_alive():
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.server_port}/", content, rebuilt
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
