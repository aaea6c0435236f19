"""A package is a zip that somebody else made: it is taken in whole, or refused with the reason."""

import hashlib
import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from pipeline.draft import install_model, read_models, remove_model, try_out
from pipeline.draft import installing as room
from pipeline.errors import ModelError

DATA = Path(__file__).parents[1] / "data/models"
PACKAGE = DATA / "en_es.argosmodel"
METADATA = {"from_code": "en", "to_code": "so", "package_version": "1.3", "type": "translate"}


@pytest.fixture
def package(tmp_path):
    """Make a package; None takes a file out of it."""

    def make(metadata=None, files=(), top="translate-en_so-1_3"):
        path = tmp_path / "made.argosmodel"
        contents = {
            "metadata.json": json.dumps(METADATA | (metadata or {})),
            "model/model.bin": b"weights",
            "sentencepiece.model": b"pieces",
        } | dict(files)
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in contents.items():
                if data is not None:
                    archive.writestr(f"{top}/{name}", data)
        return path

    return make


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_package_is_installed_with_its_digest(tmp_path):
    model = install_model(PACKAGE, tmp_path / "models")
    digest = hashlib.sha256(PACKAGE.read_bytes()).hexdigest()
    assert (model.source, model.target, model.version) == ("en", "es", "0.1")
    assert (model.sha256, model.name) == (digest, "en_es 0.1")
    assert read_models(tmp_path / "models") == (model,)
    assert left_in(tmp_path / "models") == ["en_es"]
    assert 850_000 < model.size < 1_000_000


def test_the_digests_that_are_written_down_are_those_of_the_files():
    readme = (DATA / "README.md").read_text("utf-8")
    for path in DATA.glob("*.argosmodel"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme


def test_a_package_made_elsewhere_is_accepted(package, tmp_path):
    model = install_model(
        package({"to_code": "so", "target_prefix": "__som_Latn__"}), tmp_path / "m"
    )
    assert (model.pair, model.version) == ("en_so", "1.3")


def test_a_newer_one_takes_the_place_of_the_older(package, tmp_path):
    install_model(package(), tmp_path / "m")
    install_model(package({"package_version": "1.4"}), tmp_path / "m")
    assert [model.version for model in read_models(tmp_path / "m")] == ["1.4"]


def test_a_digest_is_demanded(tmp_path):
    digest = hashlib.sha256(PACKAGE.read_bytes()).hexdigest()
    with pytest.raises(ModelError, match="not the one that you gave"):
        install_model(PACKAGE, tmp_path / "m", sha256="0" * 64)
    with pytest.raises(ModelError, match="is no SHA-256"):
        install_model(PACKAGE, tmp_path / "m", sha256=digest[:10])
    assert left_in(tmp_path / "m") == []
    assert install_model(PACKAGE, tmp_path / "m", sha256=digest.upper()).sha256 == digest


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        ({"from_code": "../en"}, "no from_code that can be used: '../en'"),
        ({"to_code": None}, "no to_code that can be used: 'None'"),
        ({"package_version": "1/2"}, "no package_version that can be used"),
        ({"type": "sbd"}, "of the kind 'sbd', which does not translate"),
        ({"to_code": "EN"}, "translates en into itself"),
    ],
)
def test_metadata_that_cannot_be_meant_are_refused(package, tmp_path, metadata, why):
    with pytest.raises(ModelError, match=why):
        install_model(package(metadata), tmp_path / "m")
    assert left_in(tmp_path / "m") == []


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"metadata.json": None}, "metadata.json cannot be read"),
        ({"metadata.json": "[1]"}, "metadata.json cannot be read"),
        ({"metadata.json": "[" * 100_000}, "metadata.json cannot be read"),
        ({"metadata.json": " " * 1_000_001}, "metadata.json cannot be read"),
        ({"model/model.bin": None}, "no model/model.bin"),
        ({"sentencepiece.model": None}, "neither sentencepiece.model nor bpe.model"),
        ({"../../gone": b""}, "would be written outside of its folder"),
        ({"a/..": b""}, "would be written outside of its folder"),
        ({"a\\..\\..\\b": b""}, "would be written outside of its folder"),
        ({"C:b": b""}, "would be written outside of its folder"),
        ({"MODEL/model.bin": b""}, "is there twice"),
    ],
)
def test_a_package_that_is_none_is_refused(package, tmp_path, files, why):
    with pytest.raises(ModelError, match=why):
        install_model(package(files=files), tmp_path / "in/models")
    assert left_in(tmp_path / "in/models") == []
    assert left_in(tmp_path / "in") in ([], ["models"])


def test_an_absolute_name_two_folders_and_a_bare_file_are_refused(tmp_path):
    for names, why in (
        (("/etc/x/metadata.json",), "would be written outside"),
        (("a/metadata.json", "b/model.bin"), "must hold one folder, and holds 2"),
        (("metadata.json",), "is in no folder"),
        ((), "must hold one folder, and holds 0"),
    ):
        path = tmp_path / "odd.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), b"{}")
        with pytest.raises(ModelError, match=why):
            install_model(path, tmp_path / "m")


def test_a_link_is_refused(tmp_path):
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("a/metadata.json")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(ModelError, match="is a link"):
        install_model(path, tmp_path / "m")


def test_a_package_that_would_fill_the_disk_is_refused(package, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "MOST_BYTES", 1_000)
    with pytest.raises(ModelError, match=r"unpacked it has 5,\d+ bytes, and 1,000 are the most"):
        install_model(package(files={"model/more": b"0" * 5_000}), tmp_path / "m")
    monkeypatch.undo()
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: usage._replace(free=10))
    with pytest.raises(ModelError, match="The disk has 10 bytes free"):
        install_model(package(), tmp_path / "m")


def test_a_member_that_is_longer_than_it_says_is_refused(package, tmp_path):
    path = package(files={"model/model.bin": b"0" * 5_000})
    data = path.read_bytes()
    # Both headers of the member say 5,000 bytes: let them say 50.
    size = (5_000).to_bytes(4, "little")
    assert data.count(size * 2) == 2
    path.write_bytes(data.replace(size * 2, size + (50).to_bytes(4, "little")))
    with pytest.raises(ModelError, match="no whole zip"):
        install_model(path, tmp_path / "m")
    assert left_in(tmp_path / "m") == []


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip", PACKAGE.read_bytes()[:300_000]])
def test_half_a_file_is_refused(tmp_path, data):
    path = tmp_path / "half.argosmodel"
    path.write_bytes(data)
    with pytest.raises(ModelError, match="no whole zip"):
        install_model(path, tmp_path / "m")
    assert left_in(tmp_path / "m") == []


def test_a_damaged_model_is_found_before_it_takes_the_place_of_a_good_one(package, tmp_path, work):
    install_model(PACKAGE, tmp_path / "m")
    broken = package({"to_code": "es", "package_version": "9"})
    with pytest.raises(ModelError, match=r"en_es 9 cannot be opened"):
        install_model(broken, tmp_path / "m", try_out=lambda model: try_out(model, work))
    assert [model.version for model in read_models(tmp_path / "m")] == ["0.1"]


def test_what_lies_about_in_the_folder_stops_nobody(tmp_path):
    install_model(PACKAGE, tmp_path)
    (tmp_path / "half/model").mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("ours")
    assert [model.pair for model in read_models(tmp_path)] == ["en_es"]
    assert read_models(tmp_path / "nowhere") == ()


def test_a_model_is_removed(tmp_path):
    install_model(PACKAGE, tmp_path)
    with pytest.raises(ModelError, match=r"There is no model `en_ar`\.") as refused:
        remove_model(tmp_path, "en_ar")
    assert refused.value.remedy == "Name one of those installed: en_es."
    assert [model.name for model in remove_model(tmp_path, "en_es")] == ["en_es 0.1"]
    assert left_in(tmp_path) == []
