"""The index of models, asked over a real connection to a small server of this machine."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.draft import fetch_index, fetch_package, find_offer
from pipeline.draft import index as room
from pipeline.errors import ModelError

ROWS = [
    {"type": "translate", "from_code": "en", "to_code": "ar", "package_version": "1.0"},
    {"type": "translate", "from_code": "en", "to_code": "tl", "package_version": "1.9"},
    {"type": "translate", "from_code": "en", "to_code": "ar", "package_version": "1.10"},
    {"type": "sbd", "from_codes": ["en"]},
]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(tmp_path):
    """A folder, served at an address of this machine."""
    handler = partial(Quiet, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def offers(server: str, folder: Path, rows) -> tuple:
    (folder / "index.json").write_text(json.dumps(rows))
    return fetch_index({"PIPELINE_MODEL_INDEX": f"{server}/index.json"})


def test_the_newest_model_of_a_language_is_found_and_fetched(server, tmp_path):
    rows = [row | {"links": [f"{server}/gone", f"{server}/a.argosmodel"]} for row in ROWS]
    found = offers(server, tmp_path, rows)
    assert [offer.target for offer in found] == ["ar", "tl", "ar"]
    offer = find_offer(found, "en", "ar")
    assert offer.version == "1.10"
    assert find_offer(found, "en", "fil").target == "tl"
    assert find_offer(found, "en", "so") is None
    (tmp_path / "a.argosmodel").write_bytes(b"model" * 1000)
    counted = []
    fetch_package(offer, tmp_path / "fetched", on_bytes=counted.append)
    assert (tmp_path / "fetched").read_bytes() == b"model" * 1000
    assert sum(counted) == 5000


def test_what_is_not_there_is_told_with_another_way(server, tmp_path):
    with pytest.raises(ModelError, match="cannot be fetched: File not found") as refused:
        fetch_index({"PIPELINE_MODEL_INDEX": f"{server}/nothing.json"})
    assert "`pipeline models install FILE`" in refused.value.remedy
    (offer, *_) = offers(server, tmp_path, ROWS)
    with pytest.raises(ModelError, match="names no address for en_ar"):
        fetch_package(offer, tmp_path / "fetched")


@pytest.mark.parametrize("rows", [{"a": 1}, [1], "text", [[]]])
def test_another_file_is_no_index(server, tmp_path, rows):
    with pytest.raises(ModelError, match="is no index of models"):
        offers(server, tmp_path, rows)


@pytest.mark.parametrize("address", ["http://models.example/index.json", "file:///etc/hosts"])
def test_an_address_on_which_somebody_could_change_the_model_is_refused(address):
    with pytest.raises(ModelError, match="no address that begins with https"):
        fetch_index({"PIPELINE_MODEL_INDEX": address})


def test_a_server_that_never_stops_is_left(server, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "_MOST_INDEX", 10)
    with pytest.raises(ModelError, match="gives more than 10 bytes"):
        offers(server, tmp_path, ROWS)
