"""Pages of archives that are kept from one build to the next."""

from pipeline.cli.kept.store import open_store
from pipeline.cli.offline import parts
from pipeline.cli.offline.parts import read_parts, write_parts
from pipeline.offline import Part
from pipeline.offline.packing import pack_member

PATH = "so/covid-19/fever/index.html"
PART = Part(
    key="of the page",
    asked=(("so/covid-19/images/phone.svg", True, "file"),),
    letters="Qandho",
    member=pack_member("covid-19/fever/index.html", b"<p>Qandho</p>"),
)


def test_a_page_is_kept_as_it_was_packed(tmp_path):
    store = open_store(tmp_path)
    write_parts(store, "so", {PATH: PART}, {})
    store.save()
    assert read_parts(open_store(tmp_path), "so") == {PATH: PART}
    assert read_parts(open_store(tmp_path), "ar") == {}


def test_what_another_version_of_the_program_has_packed_is_packed_anew(tmp_path, monkeypatch):
    store = open_store(tmp_path)
    write_parts(store, "so", {PATH: PART}, {})
    store.save()
    monkeypatch.setattr(parts, "digest_of_program", lambda: "a newer one")
    assert read_parts(open_store(tmp_path), "so") == {}
