"""`pipeline status --since`: what a change does to which language."""

import json
import subprocess
from dataclasses import replace

import pytest

from pipeline.cli.main import main
from pipeline.cli.since import find_changes, open_earlier
from pipeline.cli.status_words import change_lines, summarise
from pipeline.config import load_project
from pipeline.workflow import EventKind, Role

APPROVED = ("2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z")


@pytest.fixture
def live(team):
    """Live in Somali, missing in Arabic and Dari, and committed so."""
    team.write("when-to-get-help")
    team.translate("when-to-get-help")
    team.review("when-to-get-help")
    team.commit("A leaflet")
    return team


def since(pipeline, *arguments: str) -> list[str]:
    """The lines of the comment."""
    ran = pipeline("status", "--format", "markdown", "--since", *arguments)
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def test_a_critical_sentence_changes(live, pipeline):
    live.edit(
        "when-to-get-help", "Call 999 if you cannot breathe.", "Call 999 if it is hard to breathe."
    )
    live.approve("when-to-get-help", *APPROVED)
    assert since(pipeline, "HEAD") == [
        "**Translations since `HEAD`.** 1 of 3 translations changes, in 1 language.",
        "",
        (
            "- Somali: covid-19/when-to-get-help: live → stale (1 segment, critical): "
            "readers see the English at once; waiting for a translator"
        ),
    ]


def test_a_routine_sentence_changes_and_nobody_has_approved_it(live, pipeline):
    live.edit("when-to-get-help", "Drink plenty of water.", "Drink a lot of water.")
    said = since(pipeline, "HEAD")
    assert said[2:] == [
        (
            "- Somali: covid-19/when-to-get-help: live → withdrawn (1 segment stale): "
            "readers get a notice in its place; waiting for an author to approve the English"
        ),
        (
            "- Arabic, Dari: covid-19/when-to-get-help: missing → withdrawn; "
            "waiting for an author to approve the English; waiting for a translator"
        ),
    ]


def test_a_translator_brings_a_leaflet_on_and_a_reviser_signs_it(live, pipeline):
    live.write("vaccination")
    live.translate("vaccination", only=["Stay at home for 5 days."])
    live.commit("Begun")
    live.translate("vaccination", without=["Stay at home for 5 days."])
    assert since(pipeline, "HEAD")[2:] == [
        "- Somali: covid-19/vaccination: drafting → translated; waiting for a translator"
    ]
    live.review("vaccination")
    assert since(pipeline, "HEAD")[2:] == [
        "- Somali: covid-19/vaccination: drafting → live: people can read all of it"
    ]


def test_a_new_leaflet_is_missing_in_all_languages(live, pipeline):
    live.write("vaccination")
    assert since(pipeline, "HEAD")[2:] == [
        "- All 3 languages: covid-19/vaccination: new → missing; waiting for a translator"
    ]


def test_a_leaflet_is_taken_away(live, pipeline):
    for path in (live.root / "content/covid-19").iterdir():
        path.unlink()
    (line,) = since(pipeline, "HEAD", "--locale", "so")[2:]
    assert line == (
        "- Somali: covid-19/when-to-get-help: live → gone: not wanted any more, "
        "or not readable in English"
    )


def test_somebody_withdraws_a_translation(live, pipeline):
    live.tell("when-to-get-help", EventKind.WITHDRAWN, "2026-11-06T10:00:00Z", note="a number")
    assert since(pipeline, "HEAD")[2:] == [
        "- Somali: covid-19/when-to-get-help: live → withdrawn: readers get a notice in its place"
    ]


def test_a_language_loses_its_notices(live, pipeline):
    (live.root / "locales/so/interface.po").unlink()
    said = since(pipeline, "HEAD")
    assert said[2] == "- Somali: open → closed (13 notices missing): none of its pages is published"
    assert said[3] == (
        "- Somali: covid-19/when-to-get-help: live → ready: readers cannot read it any more"
    )


def test_nothing_changes(live, pipeline):
    assert since(pipeline, "HEAD") == [
        "**Translations since `HEAD`.** No translation changes its state (of 3)."
    ]
    # More English that nobody has translated yet is no news to any language.
    live.write("vaccination")
    live.commit("New")
    live.edit("vaccination", "Drink plenty of water.", "Drink plenty of clean water.")
    live.approve("vaccination", *APPROVED)
    assert since(pipeline, "HEAD") == [
        "**Translations since `HEAD`.** No translation changes its state (of 6)."
    ]


def test_a_sign_off_at_another_time_is_no_change(live, pipeline):
    live.sign("when-to-get-help", "so", Role.REVISER, "2026-11-10T09:00:00Z")
    assert len(since(pipeline, "HEAD")) == 1


def test_the_passing_of_time_is_no_change(states):
    """Both sides are judged from one moment: a leaflet that has become late does not show."""
    report = states.report()
    said = find_changes(report.languages, report.languages, ref="main", commit="0" * 40)
    assert change_lines(said, report.project.source) == ()
    assert summarise(said) == "No translation changes its state (of 36)."


def test_a_translation_is_marked_as_a_sample(live, pipeline):
    text = live.catalog("when-to-get-help").read_text("utf-8")
    live.catalog("when-to-get-help").write_text(
        text.replace('msgstr ""\n', 'msgstr ""\n"X-Sample: yes\\n"\n', 1), "utf-8"
    )
    assert since(pipeline, "HEAD")[2:] == [
        "- Somali: covid-19/when-to-get-help: still live (a sample now)"
    ]


def test_json_has_the_cells_before_and_after(live, pipeline):
    live.edit(
        "when-to-get-help", "Call 999 if you cannot breathe.", "Call 999 if it is hard to breathe."
    )
    live.approve("when-to-get-help", *APPROVED)
    data = json.loads(pipeline("status", "--format", "json", "--since", "HEAD").out)
    since = data["since"]
    assert (since["ref"], since["compared"]) == ("HEAD", 3)
    assert since["commit"] == live.git("rev-parse", "HEAD").strip()
    (change,) = since["changes"]
    assert (change["locale"], change["before"]["state"], change["after"]["state"]) == (
        "so", "live", "stale",
    )  # fmt: skip
    assert len(data["languages"]) == 3


def test_a_terminal_shows_the_same(live, pipeline):
    live.tell("when-to-get-help", EventKind.WITHDRAWN, "2026-11-06T10:00:00Z", note="a number")
    assert pipeline("status", "--since", "HEAD").out.splitlines() == [
        "Since HEAD: 1 of 3 translations changes, in 1 language.",
        "  Somali: covid-19/when-to-get-help: live → withdrawn: readers get a notice in its place",
    ]


def test_only_what_has_changed_fails(live, pipeline):
    fail = ("status", "--since", "HEAD", "--fail-on", "missing,stale")
    assert pipeline(*fail).code == 0  # Arabic is missing, and was
    live.write("vaccination")
    assert pipeline(*fail).code == 10
    assert pipeline(*fail, "--locale", "so", "--resource", "covid-19/when-to-get-help").code == 0
    (live.root / "locales/so/interface.po").unlink()
    assert pipeline("status", "--since", "HEAD", "--fail-on", "closed").code == 10
    assert pipeline("status", "--since", "HEAD", "--fail-on", "closed", "--locale", "prs").code == 0


# --- where it cannot be done -----------------------------------------------------


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "HEAD:content", "HEAD~99", ""])
def test_a_commit_that_is_not_there(live, pipeline, ref):
    ran = pipeline("status", f"--since={ref}")
    if not ref:
        assert ran.code == 0
        return
    assert ran.code == 14
    assert f"error: --since {ref}: there is no such commit." in ran.err
    assert "`git fetch` brings what is not here yet." in ran.err
    assert not (live.root / "x").exists()


def test_no_repository(team, pipeline):
    team.write("vaccination")
    ran = pipeline("status", "--since", "HEAD")
    assert ran.code == 14
    assert "--since HEAD: git knows of no repository here: not a git repository" in ran.err


def test_no_git(live, pipeline, monkeypatch, tmp_path):
    assert live
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    ran = pipeline("status", "--since", "HEAD")
    assert ran.code == 9
    assert "Install git, or leave --since out." in ran.err


def test_a_shallow_clone(live, pipeline, tmp_path_factory):
    live.write("vaccination")
    live.commit("Second")
    first = live.git("rev-parse", "HEAD~1").strip()
    clone = tmp_path_factory.mktemp("clones") / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", live.root.as_uri(), clone], check=True)
    ran = pipeline("--project", str(clone), "status", "--since", first)
    assert ran.code == 14
    assert f"--since {first}: this clone is shallow, and that commit is not in it." in ran.err
    assert "fetch-depth: 0" in ran.err
    assert pipeline("--project", str(clone), "status", "--since", "HEAD").code == 0


def test_settings_that_could_not_be_used_then(live, pipeline):
    settings = live.root / "pipeline.toml"
    good = settings.read_text("utf-8")
    settings.write_text(f"{good}\n[workflow]\nnonsense = 1\n", "utf-8")
    live.commit("Nonsense")
    settings.write_text(good, "utf-8")
    ran = pipeline("status", "--since", "HEAD")
    assert ran.code == 3
    assert "error: pipeline.toml:" in ran.err
    assert "at HEAD: " in ran.err
    assert "It is so in that commit; name a later one." in ran.err


def test_a_catalog_that_was_damaged_then(live, pipeline):
    catalog = live.catalog("when-to-get-help")
    good = catalog.read_bytes()
    catalog.write_bytes(b'msgid "half\n')
    live.commit("Damage")
    catalog.write_bytes(good)
    ran = pipeline("status", "--since", "HEAD", "--format", "markdown")
    assert "damaged → live: people can read all of it" in ran.out
    assert "warning: locales/so/covid-19/when-to-get-help.po:1: at HEAD: " in ran.err


def test_before_the_project_was_there(live, pipeline):
    live.git("checkout", "-q", "--orphan", "empty")
    live.git("commit", "-q", "--allow-empty", "-m", "Nothing", "--", "mkdocs.yml")
    live.git("rm", "-q", "--cached", "-r", ".")
    live.git("commit", "-q", "--allow-empty", "-m", "Nothing at all")
    ran = pipeline("status", "--since", "HEAD")
    assert ran.code == 14
    assert "--since HEAD: the project was not in its folder yet." in ran.err


def test_a_file_of_the_commit_is_not_on_this_machine(live, pipeline):
    blob = live.git("rev-parse", "HEAD:content/covid-19/when-to-get-help.md").strip()
    (live.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    ran = pipeline("status", "--since", "HEAD")
    assert ran.code == 14
    assert "--since HEAD: git cannot give all files of that commit." in ran.err


def test_the_keys_of_those_days_judge_the_signatures_of_those_days(live):
    settings = live.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{text}\n[workflow]\nrequire_signatures = true\n", "utf-8")
    live.commit("No keys yet")
    keys = live.root / "allowed_signers"
    keys.write_text("cabdi ssh-ed25519 AAAA\n", "utf-8")
    live.commit("A key")
    keys.unlink()
    project = load_project(live.root)
    with open_earlier(project, "HEAD") as (earlier, _):
        assert (earlier.root / "allowed_signers").read_text("utf-8").startswith("cabdi ")
    with open_earlier(project, "HEAD~1") as (earlier, _):
        assert not (earlier.root / "allowed_signers").exists()
    assert not earlier.root.exists()


def test_links_of_the_commit_lead_nowhere(live):
    (live.root / "content/covid-19/vaccination.md").symlink_to("/etc/hostname")
    live.commit("A link")
    with open_earlier(load_project(live.root), "HEAD") as (earlier, _):
        assert not (earlier.content_dir / "covid-19/vaccination.md").is_symlink()
        assert (earlier.content_dir / "covid-19/when-to-get-help.md").is_file()


def test_a_commit_of_any_size_is_whole(live):
    """Of some sizes git writes a record of zeros after the end, and must not be stopped in it."""
    for blocks in range(20):
        (live.root / "content/covid-19/padding.svg").write_bytes(b"x" * 512 * blocks)
        live.commit(f"{blocks} blocks")
        with open_earlier(load_project(live.root), "HEAD") as (earlier, _):
            padding = earlier.content_dir / "covid-19/padding.svg"
            assert padding.stat().st_size == 512 * blocks


def test_a_project_below_the_folder_of_the_repository(live, pipeline, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    live.git("clone", "-q", str(live.root), str(home / "repository/site"))
    inner = replace(live, root=home / "repository")
    subprocess.run(["rm", "-rf", str(inner.root / "site/.git")], check=True)
    inner.commit("All of it below")
    (inner.root / "site/locales/so/covid-19/when-to-get-help.po").unlink()
    ran = pipeline("--project", str(inner.root / "site"), "status", "--since", "HEAD")
    assert "live → missing: readers cannot read it any more" in ran.out


def test_it_leaves_nothing_behind(live, pipeline, tmp_path_factory, monkeypatch):
    room = tmp_path_factory.mktemp("room")
    monkeypatch.setattr("tempfile.tempdir", str(room))
    pipeline("status", "--since", "HEAD")
    assert list(room.iterdir()) == []
    assert live.git("status", "--porcelain", "content", "locales") == ""


def test_junit_has_no_since(live):
    assert live
    with pytest.raises(SystemExit) as left:
        main(["status", "--format", "junit", "--since", "HEAD"])
    assert left.value.code == 2


def test_english_that_cannot_be_read_any_more_is_told(live, pipeline):
    path = live.root / "content/covid-19/when-to-get-help.md"
    path.write_text(path.read_text("utf-8").replace("risk: clinical", "risk: some"), "utf-8")
    ran = pipeline("status", "--since", "HEAD", "--format", "markdown")
    assert ran.code == 11
    assert "**1 resource could not be read in English: not told here.**" in ran.out
    assert (
        "Somali: covid-19/when-to-get-help: live → gone: not wanted any more, or not readable "
        "in English" in ran.out
    )
