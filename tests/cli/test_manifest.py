"""The manifest is JSON, versioned, and true to the bytes that are published."""

import hashlib
import json


def test_every_entry_says_what_stands_on_the_disk(place, pipeline):
    pipeline("sync")
    assert pipeline("build", "--no-pdf", "--jobs", "1").code == 0
    site = place.root / "site"
    manifest = json.loads((site / "manifest.json").read_text("utf-8"))
    assert manifest["version"] == 1
    assert [entry["locale"] for entry in manifest["locales"]] == ["en", "so", "ar", "ckb"]
    states = {entry["locale"]: entry["state"] for entry in manifest["resources"]}
    assert states == {"en": "source", "so": "not-yet", "ar": "not-yet", "ckb": "not-yet"}
    for entry in manifest["resources"]:
        data = (site / entry["page"]["path"]).read_bytes()
        assert entry["page"]["bytes"] == len(data)
        assert entry["page"]["digest"] == hashlib.sha256(data).hexdigest()
        assert entry["pdfs"] == []
        assert entry["title_locale"] == "en"


def test_a_language_that_is_not_open_has_no_page(place, pipeline):
    (place.root / "locales/ckb/interface.po").unlink()
    pipeline("build", "--no-pdf", "--jobs", "1")
    manifest = json.loads((place.root / "site/manifest.json").read_text("utf-8"))
    (closed,) = [entry for entry in manifest["resources"] if entry["locale"] == "ckb"]
    assert (closed["state"], closed["page"], closed["pdfs"]) == ("closed", None, [])
