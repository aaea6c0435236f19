"""States with the cache are those without it, whatever has happened to the files or the clock."""

import os
import random
import shutil
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.cli.matrix import Matrix, survey_states
from pipeline.cli.survey import survey
from pipeline.config import load_project
from pipeline.ledger import append, format_time, line_id, read_ledger
from pipeline.ledger.digests import digest
from pipeline.workflow import Event, EventKind, Role, SignOff
from tests.cli.conftest import SOMALI

pytestmark = pytest.mark.unwatched  # what it compares has tests of its own

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


def later() -> int:
    """As if files were looked at some seconds after they were written, and so can be trusted."""
    return time.time_ns() + 5_000_000_000


def look(root: Path, now: datetime = START) -> Matrix:
    """The states with the cache, compared with those without it."""
    project = load_project(root)
    found = survey_states(project, now=now, clock=later)
    shutil.rmtree(project.cache_dir / "verdicts", ignore_errors=True)
    fresh = survey(project, now=now)
    assert found.languages == fresh.languages
    assert found.findings == fresh.findings
    assert found.resources == fresh.resources
    assert [(type(e), str(e)) for e in found.errors] == [(type(e), str(e)) for e in fresh.errors]
    assert list(map(str, found.warnings)) == list(map(str, fresh.warnings))
    return found


def records(root: Path) -> list[str]:
    return (root / ".cache/pipeline/status.jsonl").read_text("utf-8").splitlines()[1:]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def swap(path: Path, old: str, new: str) -> None:
    """Put one text in the place of another, or back again."""
    text = path.read_text("utf-8")
    write(path, text.replace(old, new) if old in text else text.replace(new, old))


class Edits:
    """What may happen to a project; each method is one edit, taken back by the same edit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.resource = root / "content/covid-19/fever.md"
        self.somali = root / "locales/so/covid-19/fever.po"
        self.ledger = self.somali.with_suffix(".ledger.jsonl")
        self.now = START

    def change_the_source(self) -> None:
        swap(self.resource, "Drink water often.", "Drink water very often.")

    def change_the_risk(self) -> None:
        swap(self.resource, "risk: clinical", "risk: general")

    def change_the_urgency(self) -> None:
        swap(self.resource, "urgency: urgent", "urgency: routine")

    def let_it_go_out_of_date(self) -> None:
        swap(self.resource, "review_by: 2099-05-20", "review_by: 2026-11-30")

    def break_the_front_matter(self) -> None:
        swap(self.resource, "owner: Health team", "owner: [")

    def bring_in_a_script(self) -> None:
        swap(self.resource, "## Rest", "<script>alert(1)</script>\n\n## Rest")

    def change_a_target(self) -> None:
        swap(self.somali, "Biyo badan cab.", "Biyo cab.")

    def break_a_target(self) -> None:
        swap(self.somali, "Nasasho", "Nasasho <b onclick=x>")

    def break_the_catalog(self) -> None:
        swap(self.somali, 'msgid "Rest"', 'msgid "Rest')

    def take_the_catalog_away(self) -> None:
        aside = self.somali.with_suffix(".aside")
        there, gone = (self.somali, aside) if self.somali.exists() else (aside, self.somali)
        there.rename(gone)

    def put_a_link_there(self) -> None:
        path = self.root / "locales/ar/covid-19/fever.po"
        aside = path.with_suffix(".aside")
        if path.is_symlink():
            path.unlink()
            aside.rename(path)
        else:
            path.rename(aside)
            path.symlink_to(aside)

    def touch_everything(self) -> None:
        for path in (self.resource, self.somali, self.ledger):
            if path.exists():
                os.utime(path, (1, 1))

    def doubt_the_ledger(self) -> None:
        swap(self.ledger, '"role":"reviser"', '"role":"revisor",')

    def sign_as(self, role: Role, hours: int) -> None:
        known = read_ledger(self.ledger, locale="so", now=self.now).lines
        units = tuple(sorted({unit for line in known for unit in line.units}))
        time_ = format_time(self.now + timedelta(hours=hours))
        if units:
            append(
                self.ledger,
                SignOff(time=time_, role=role, handle="hodan", locale="so", units=units),
            )

    def sign(self) -> None:
        self.sign_as(Role.REVISER, 0)

    def sign_in_the_future(self) -> None:
        self.sign_as(Role.REVISER, 2)

    def event(self, kind: EventKind, **values: object) -> None:
        time_ = format_time(self.now)
        append(self.ledger, Event(time=time_, event=kind, handle="ali", locale="so", **values))

    def revoke(self) -> None:
        for line in read_ledger(self.ledger, locale="so", now=self.now).lines[-1:]:
            self.event(EventKind.REVOKED, revokes=line_id(line))

    def waive(self) -> None:
        day = (self.now + timedelta(days=1)).date()
        self.event(EventKind.WAIVED, role=Role.COMMUNITY_READER, until=day)

    def withdraw(self) -> None:
        self.event(EventKind.WITHDRAWN, note="wrong number")

    def restore(self) -> None:
        self.event(EventKind.RESTORED)

    def be_live(self) -> None:
        self.event(EventKind.LIVE, approved=format_time(self.now), words=20, state="live")

    def change_the_settings(self) -> None:
        swap(self.root / "pipeline.toml", "demonstration = true", "demonstration = false")

    def forbid_a_term(self) -> None:
        path = self.root / "locales/so/glossary.csv"
        if path.exists():
            path.unlink()
        else:
            write(path, "source_term,target_term,status\nwater,biyo,forbidden\n")

    def change_a_notice(self) -> None:
        path = self.root / "locales/so/interface.po"
        text = path.read_text("utf-8")
        swap(path, 'msgctxt "notice-changed"', '#, fuzzy\nmsgctxt "notice-changed"')
        assert path.read_text("utf-8") != text

    def change_the_picture(self) -> None:
        swap(self.root / "content/covid-19/images/cup.svg", "<title>A cup</title>", "")

    def show_the_picture(self) -> None:
        swap(self.resource, "Stay at home for 5 days.", "Stay ![A cup](images/cup.svg) at home.")

    def add_a_resource(self) -> None:
        other = self.resource.with_name("cough.md")
        if other.exists():
            other.unlink()
        else:
            shutil.copy(self.resource, other)

    def wait_some_hours(self) -> None:
        self.now += timedelta(hours=5)

    def wait_some_days(self) -> None:
        self.now += timedelta(days=4)

    def lose_the_cache(self) -> None:
        shutil.rmtree(self.root / ".cache", ignore_errors=True)

    def damage_the_cache(self) -> None:
        path = self.root / ".cache/pipeline/status.jsonl"
        if path.exists():
            path.write_bytes(path.read_bytes()[:-20])


ALL = sorted(
    name for name in vars(Edits) if not name.startswith("_") and name not in {"sign_as", "event"}
)


@pytest.fixture
def processors(monkeypatch: pytest.MonkeyPatch):
    """A machine with so many processors; with one, no work is done in another process."""
    return lambda count: monkeypatch.setattr(
        os, "sched_getaffinity", lambda _: set(range(count)), raising=False
    )


@pytest.fixture
def edits(place, pipeline, processors) -> Edits:
    processors(1)
    write(
        place.root / "content/covid-19/images/cup.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><title>A cup</title></svg>',
    )
    pipeline("sync")
    place.translate(SOMALI)
    return Edits(place.root)


@pytest.mark.parametrize("seed", range(4))
def test_the_cache_changes_nothing(edits, processors, seed):
    processors(1 + seed % 2)
    random_ = random.Random(seed)  # noqa: S311 - the same edits each time, nothing secret
    look(edits.root, edits.now)
    for _ in range(30):
        name = random_.choice(ALL)
        try:
            getattr(edits, name)()
        except FileNotFoundError:
            continue
        look(edits.root, edits.now)


@pytest.mark.parametrize("name", ALL)
def test_each_edit_is_seen(edits, name):
    look(edits.root, edits.now)
    getattr(edits, name)()
    look(edits.root, edits.now)


def test_what_nobody_changed_is_not_read_again(edits):
    before = look(edits.root)
    kept = records(edits.root)
    assert look(edits.root) == before
    assert records(edits.root) == kept


def test_the_next_day_nothing_is_looked_at_again(edits):
    edits.sign()
    # By then those who may sign later ought to have.
    look(edits.root, START + timedelta(days=9))
    kept = records(edits.root)
    for days in (10, 40, 400):
        look(edits.root, START + timedelta(days=days))
        assert records(edits.root) == kept


def test_a_waiver_ends_with_its_day_and_advice_is_past_its_own(edits):
    look(edits.root)
    edits.waive()
    swap(edits.resource, "review_by: 2099-05-20", "review_by: 2026-11-27")
    for hours in range(6, 24 * 4, 18):
        look(edits.root, START + timedelta(hours=hours))
    assert "is in the past" in str(look(edits.root, START + timedelta(days=5)).warnings)


def test_a_day_is_that_of_the_place_where_one_looks(edits):
    swap(edits.resource, "review_by: 2099-05-20", "review_by: 2026-11-25")
    for zone in (timezone(timedelta(hours=-8)), timezone(timedelta(hours=9)), UTC):
        for hours in (0, 14, 30, 46):
            look(edits.root, (START + timedelta(hours=hours)).astimezone(zone))


def test_a_picture_that_the_resource_does_not_show_is_nothing_to_it(edits):
    look(edits.root)
    kept = records(edits.root)
    edits.change_the_picture()
    look(edits.root)
    assert records(edits.root) == kept


def test_touched_files_keep_what_is_known_of_them(edits):
    look(edits.root)
    (before,) = records(edits.root)
    edits.touch_everything()
    look(edits.root)
    (after,) = records(edits.root)
    made = '"made":"2026-11-24T12:00:00.000000+00:00"'
    assert made in before
    assert made in after
    assert before != after


def test_a_file_that_was_changed_a_moment_ago_is_read_again(edits):
    project = load_project(edits.root)
    survey_states(project, now=START)
    (record,) = records(edits.root)
    assert '"stamps":["!","","!"' in record


def test_lateness_comes_with_time_alone(edits):
    edits.ledger.unlink()
    for hours in range(0, 24 * 8, 7):
        look(edits.root, START + timedelta(hours=hours))


def test_time_that_goes_back_is_no_reason_to_trust(edits):
    edits.sign_in_the_future()
    for hours in (3, 0, 1, 2, 0):
        look(edits.root, START + timedelta(hours=hours))


def test_a_cache_that_cannot_be_written_is_done_without(edits):
    look(edits.root)
    edits.lose_the_cache()
    write(edits.root / ".cache", "a file")
    look(edits.root)


def test_records_of_another_shape_are_made_anew(edits):
    look(edits.root)
    path = edits.root / ".cache/pipeline/status.jsonl"
    head, row = path.read_text("utf-8").splitlines()
    odd = row.replace('"cells":[[', '"cells":[["x",')
    write(path, f"{head.split()[0]} {digest(odd.encode())}\n{odd}")
    look(edits.root)


def test_another_picture_asks_for_another_look(edits, place, pipeline):
    write(edits.resource, edits.resource.read_text("utf-8") + "\n![A cup](images/cup.svg)\n")
    pipeline("sync")
    place.translate({"A cup": "Koob"})
    now = datetime.now(UTC) + timedelta(minutes=1)
    before = look(edits.root, now)
    edits.change_the_picture()
    assert look(edits.root, now).languages != before.languages
