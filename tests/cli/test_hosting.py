"""`.ci/build-site`: what a workflow publishes, and what it keeps of it in the repository."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("fonts")

ROOT = Path(__file__).resolve().parents[2]
SOMALI = {
    "Fever": "Qandho",
    "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kulushahay.",
    "Drink water often.": "Biyo badan cab.",
    "Call 999 now": "Hadda wac 999",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aadan neefsan karin.",
    "Rest": "Nasasho",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
}
FEVER = "locales/so/covid-19/fever.ledger.jsonl"


@pytest.fixture
def hosted(place, pipeline):
    """A clone whose set-up is done: a leaflet that Somali speakers can read, and nothing built."""
    pipeline("sync")
    place.translate(SOMALI)
    shutil.copytree(ROOT / ".ci", place.root / ".ci")
    shutil.copy(ROOT / ".gitattributes", place.root)
    (place.root / ".gitignore").write_text("/.venv\n/.cache/\n/site/\n/build/\n", "utf-8")
    (place.root / "Makefile").write_text("setup:\n\t@true\n", "utf-8")
    (place.root / ".venv").symlink_to(sys.prefix)
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "-q", "-m", "First"],
    ):
        subprocess.run(["git", *words], cwd=place.root, check=True)
    return place


@pytest.fixture
def build(hosted):
    """Run the script as a workflow does."""

    def run() -> subprocess.CompletedProcess[str]:
        command = [hosted.root / ".ci/build-site", "build"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


def test_a_build_leaves_all_that_is_published_and_kept(hosted, build):
    done = build()
    assert done.returncode == 0, done.stderr
    built = hosted.root / "build"
    assert sorted(path.name for path in built.iterdir()) == [
        "issues.json",
        "ledgers.patch",
        "site",
        "status.html",
    ]
    page = (built / "site/so/covid-19/fever/index.html").read_text("utf-8")
    assert 'Wac <a class="phone" href="tel:999">999</a> haddii' in page
    patch = (built / "ledgers.patch").read_text("utf-8")
    assert f"+++ b/{FEVER}\n" in patch
    assert '+{"v":1,"kind":"event","event":"live",' in patch
    issues = json.loads((built / "issues.json").read_text("utf-8"))["issues"]
    assert {issue["locale"]: issue["open"] for issue in issues} == {
        "so": False,
        "ar": True,
        "ckb": True,
    }


def test_what_cannot_be_made_is_left_out_and_the_rest_is_published(hosted, build):
    broken = hosted.root / "content/covid-19/cough.md"
    broken.write_text(hosted.resource.read_text("utf-8").replace("clinical", "some"), "utf-8")
    done = build()
    assert done.returncode == 0, done.stderr
    assert (hosted.root / "build/fault").read_text("utf-8") == "11\n"
    assert (hosted.root / "build/site/so/covid-19/fever/index.html").exists()
    assert not json.loads((hosted.root / "build/issues.json").read_text("utf-8"))["complete"]
    told = subprocess.run([hosted.root / ".ci/tell-faults", "build"], check=False)
    assert told.returncode == 11


def test_where_nothing_could_be_made_nothing_is_published(hosted, build):
    (hosted.root / "mkdocs.yml").write_text("site_name: [\n", "utf-8")
    done = build()
    assert done.returncode == 7
    assert not (hosted.root / "build/site").exists()


def test_settings_that_cannot_be_used_stop_it(hosted, build):
    (hosted.root / "pipeline.toml").write_text("[project\n", "utf-8")
    assert build().returncode == 3
