"""An older repository comes up to this program: no translation lost, no sign-off lost."""

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.catalogs import read_catalog, render_catalog
from pipeline.cli import main
from pipeline.cli.repository import upgrading
from pipeline.cli.repository.rekeying import rekey
from pipeline.cli.repository.settings import Renamed
from pipeline.cli.repository.shipped import shipped_files
from pipeline.cli.repository.upgrading import Aims, apply_upgrade, plan_upgrade
from pipeline.cli.units import digest_maker, digest_pictures, digest_shown, unit_digests
from pipeline.config import load_project
from pipeline.content import read_documents
from pipeline.content.assets import read_assets
from pipeline.errors import ConfigError, LedgerError
from pipeline.files import write_atomic
from pipeline.ledger import read_ledger, unit_digest
from pipeline.segments import split_document
from pipeline.workflow import SignOff

ROOT = Path(__file__).parents[3]
#: What the repository had on 24 November 2026, before layouts had numbers: one resource, two
#: languages, all signed as samples, and the theme's strings of that day.
OLDEST = ROOT / "tests/data/layouts/before-0.1.0"
CATALOG = "locales/so/covid-19/when-to-get-help.po"
LEDGER = "locales/so/covid-19/when-to-get-help.ledger.jsonl"


@pytest.fixture
def old(tmp_path):
    return Path(shutil.copytree(OLDEST, tmp_path / "old"))


def files_of(root):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def translations(root):
    """Every translation with its state, by language, context and source text."""
    return {
        (path.relative_to(root).as_posix(), unit.context, unit.msgid): (unit.msgstr, unit.fuzzy)
        for path in sorted(root.glob("locales/**/*.po"))
        for unit in read_catalog(path).units
        if unit.msgstr
    }


def signed(root):
    """For each language which texts who stands for, in which role: what the gate asks."""
    project, now = load_project(root), datetime.now(UTC)
    pictures = digest_pictures(read_assets(project.content_dir)[0])
    found = set()
    for document in read_documents(project).documents:
        segments = split_document(document)
        digest_of = digest_maker(document, segments, pictures)
        for locale in (project.source, *project.locales):
            path = project.catalog_path(locale.tag, document.topic, document.slug)
            if locale is not project.source and not path.is_file():
                continue
            catalog = None if locale is project.source else read_catalog(path)
            ledger = read_ledger(
                project.ledger_path(locale.tag, document.topic, document.slug),
                locale=locale.tag,
                now=now,
            )
            stands = {d for line in ledger.lines if isinstance(line, SignOff) for d in line.units}
            texts = catalog.by_key() if catalog else {}
            for key, digest in unit_digests(segments, catalog, digest_of).items():
                if digest in stands:
                    text = texts[key].msgstr if catalog else key.msgid
                    found.add((locale.tag, str(document.id), text))
    return found


def run(root, *words):
    with pytest.raises(SystemExit) as ended:
        main(["--project", str(root), *words])
    return ended.value.code or 0


def upgrade(root, **aims):
    plan = plan_upgrade(root, Aims(shipped=aims.pop("shipped", shipped_files()), **aims))
    apply_upgrade(root, plan)
    return plan


def test_the_plan_touches_nothing_and_says_all(old):
    before = files_of(old)
    plan = plan_upgrade(old, Aims(shipped=shipped_files()))
    assert files_of(old) == before
    whys = {change.name: change.why for change in plan.changes}
    assert whys["pipeline.toml"] == "[project] format = 1; [project] segmenter = 1"
    assert list(whys)[-1] == "pipeline.toml"
    assert whys["theme/interface.toml"].endswith(" new strings")
    assert whys["locales/so/interface.po"] == "boxes for the new strings"
    assert whys["theme/site/base.html"] == "as the program brings it"


def test_the_oldest_layout_loses_no_translation_and_no_sign_off(old):
    before, stood = translations(old), signed(old)
    assert (len(before), len(stood)) == (266, 195)
    upgrade(old)
    after = translations(old)
    assert {key: after.get(key) for key in before} == before
    assert signed(old) == stood
    # The words of buttons that have come since, as samples like all the others.
    assert after["locales/so/interface.po", "keep-offline", "Keep on this phone"]
    assert load_project(old).format == 1


def test_twice_is_once(old):
    upgrade(old)
    before = files_of(old)
    assert upgrade(old).changes == ()
    assert files_of(old) == before


# --- Steps that are to come, tried on the same tree ---


def joined(msgid):
    """The rule: version 1 kept where an author broke the line, version 2 does not."""
    return msgid.replace("\n", " ")


def broken(key):
    """What version 1 would have called a text that version 2 calls so."""
    return key._replace(msgid=key.msgid.replace(" ", "\n", 1))


def call_as_before(root):
    """Call every text of the resource as version 1 would have, in catalogs and ledgers."""
    project = load_project(root)
    pictures = digest_pictures(read_assets(project.content_dir)[0])
    (document,) = read_documents(project).documents
    segments = split_document(document)
    shown = digest_shown(document, segments, pictures)
    for tag in ("en", "so", "ar"):
        path = project.catalog_path(tag, document.topic, document.slug)
        texts = {segment.key: "" for segment in segments}
        if tag != "en":
            catalog = read_catalog(path)
            texts = {unit.key: unit.msgstr for unit in catalog.units}
            moved = {key: broken(key) for key in texts}
            write_atomic(path, render_catalog(rekey(catalog, moved)))
        ledger = project.ledger_path(tag, document.topic, document.slug)
        lines = ledger.read_text("utf-8")
        for key, text in texts.items():
            with_it = shown.get(key, ())
            lines = lines.replace(
                unit_digest(key, text, with_it), unit_digest(broken(key), text, with_it)
            )
        ledger.write_text(lines, "utf-8")


NEXT = {"segmenter": 2, "rules": {2: joined}}


def test_texts_that_a_newer_segmenter_calls_otherwise_keep_translations_and_sign_offs(old):
    before, stood = translations(old), signed(old)
    call_as_before(old)
    assert len(signed(old)) < len(stood) / 3
    lines = (old / LEDGER).read_bytes()
    plan = upgrade(old, **NEXT)
    why = {change.name: change.why for change in plan.changes}
    assert why[CATALOG].endswith("units under the names of segmenter 2")
    assert why[LEDGER] == "3 sign-offs said again of the new names"
    after = translations(old)
    assert {key: after.get(key) for key in before} == before
    assert signed(old) == stood
    assert (old / LEDGER).read_bytes().startswith(lines)
    assert "segmenter = 2" in (old / "pipeline.toml").read_text("utf-8")
    assert upgrade(old, **NEXT).changes == ()


def test_where_signatures_are_asked_for_the_signer_is_told(old):
    call_as_before(old)
    with (old / "pipeline.toml").open("a") as settings:
        settings.write("\n[workflow]\nrequire_signatures = true\n")
    (old / "allowed_signers").touch()
    plan = upgrade(old, **NEXT)
    assert f"{LEDGER}: sample-translator (translator) has to sign again." in plan.told
    assert LEDGER not in {change.name for change in plan.changes}


def test_catalogs_of_an_earlier_segmenter_are_not_synced_before(old, monkeypatch, capsys):
    monkeypatch.setattr("pipeline.cli.sync_command.SEGMENTER_VERSION", 2)
    assert run(old, "sync") == 3
    assert "Run `pipeline upgrade --apply` first." in " ".join(capsys.readouterr().err.split())


def test_a_setting_that_has_another_name_is_read_by_it(old):
    settings = old / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace("minimum_share", "least_share"))
    with pytest.raises(ConfigError, match="least_share"):
        load_project(old)
    name = Renamed(since=1, table="publication", old="least_share", new="minimum_share")
    upgrade(old, renamed=[name])
    assert load_project(old).minimum_share == 0.8


# --- What is not touched ---


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("format = 2\nnew_switch = true", "The repository has layout 2, and this program knows 1."),
        ("segmenter = 7", "were made by version 7 of the segmenter, and this program has 1."),
    ],
)
def test_a_repository_of_a_newer_program_is_refused(old, setting, message):
    settings = old / "pipeline.toml"
    text = settings.read_text("utf-8").replace("[project]\n", f"[project]\n{setting}\n")
    settings.write_text(text, "utf-8")
    before = files_of(old)
    with pytest.raises(ConfigError, match=message) as caught:
        upgrade(old)
    assert "Install the newer version" in caught.value.remedy
    assert files_of(old) == before


def test_a_ledger_of_a_newer_program_is_refused(old):
    with (old / LEDGER).open("a") as ledger:
        ledger.write('{"v":2,"kind":"vote"}\n')
    with pytest.raises(LedgerError, match="version 2, and this program knows 1") as caught:
        upgrade(old)
    assert caught.value.line == len((old / LEDGER).read_text("utf-8").splitlines())


def test_what_fails_half_way_leaves_all_as_it_was(old, monkeypatch):
    before = files_of(old)
    plan = plan_upgrade(old, Aims(shipped=shipped_files()))

    def full(path, data):
        if path.name == "pipeline.toml":
            raise KeyboardInterrupt
        write_atomic(path, data)

    monkeypatch.setattr(upgrading, "write_atomic", full)
    with pytest.raises(KeyboardInterrupt):
        apply_upgrade(old, plan)
    assert files_of(old) == before


def test_the_command_says_what_it_would_do_and_does_it_when_asked(old, capsys):
    assert run(old, "upgrade") == 0
    said = capsys.readouterr().out
    assert "pipeline.toml: [project] format = 1; [project] segmenter = 1\n" in said
    assert "files would change. `pipeline upgrade --apply` does it.\n" in said
    assert run(old, "upgrade", "--apply") == 0
    assert "files brought up to this program. Next: `pipeline sync`." in capsys.readouterr().out
    assert run(old, "upgrade") == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Nothing to do: the repository is up to this program."


# --- Every release ---


def git(*words):
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split()


def releases():
    """The versions that the changelog tells of; where each is, its tag says, or its heading."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    return re.findall(r"(?m)^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", text)


def find_commit(version):
    """The commit of a release: a clone may lack its tag, not what wrote it into the changelog."""
    tagged = git("rev-parse", "--verify", "--quiet", f"v{version}^{{commit}}")
    told = git("log", "--reverse", "--format=%H", f"-S## [{version}] - ", "--", "CHANGELOG.md")
    return next(iter(tagged + told), None)


@pytest.mark.parametrize("version", releases())
def test_the_tree_of_every_release_comes_up(version, tmp_path):
    commit = find_commit(version)
    if commit is None or not git("cat-file", "-t", commit):
        pytest.skip(f"this copy of the repository has no history back to {version}")
    parts = ["content", "locales", "theme", "pipeline.toml", "mkdocs.yml"]
    tree = subprocess.run(
        ["git", "archive", "--format=zip", commit, *parts],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    with ZipFile(io.BytesIO(tree)) as archive:
        archive.extractall(tmp_path)
    before, stood = translations(tmp_path), signed(tmp_path)
    upgrade(tmp_path, takes_theme=True)
    after = translations(tmp_path)
    assert {key: after.get(key) for key in before} == before
    assert signed(tmp_path) == stood
    assert run(tmp_path, "build", "--locale", "so", "--no-pdf") == 0
