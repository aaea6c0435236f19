"""A project with a resource in every state, signed by people at times that the ledgers tell."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.catalogs import read_catalog
from pipeline.cli.status_report import Report, pick
from pipeline.cli.survey import Survey, survey
from pipeline.cli.units import unit_digests
from pipeline.config import load_project
from pipeline.errors import EXIT_INCOMPLETE
from pipeline.ledger import append, unit_digest
from pipeline.segments import split
from pipeline.status import LanguageState, ResourceState, by_need
from pipeline.workflow import Event, EventKind, Role, SignOff

REPOSITORY = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 12, 12, tzinfo=UTC)
RESOURCE = """\
---
title: When to get help
summary: Signs that need a doctor.
audience: Everybody
risk: clinical
urgency: {urgency}
owner: Health team
sources:
  - title: NHS, when to call 999
    url: https://www.nhs.uk/nhs-services/urgent-and-emergency-care-services/when-to-call-999/
    checked: 2026-10-20
last_checked: 2026-10-20
review_by: {review_by}
---

Stay at home for 5 days.

!!! danger critical "Call 999 now"
    Call 999 if you cannot breathe.

Drink plenty of water.
"""
#: Each a sample; the two of the box are safety-critical.
SOMALI = {
    "When to get help": "Goorta caawimo la raadsado",
    "Signs that need a doctor.": "Calaamadaha u baahan dhakhtar.",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
    "Call 999 now": "Hadda wac 999",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aad neefsan weydo.",
    "Drink plenty of water.": "Biyo badan cab.",
}
DARI = {
    "When to get help": "چه وقت کمک بگیرید",
    "Signs that need a doctor.": "نشانه‌هایی که به داکتر ضرورت دارد.",
    "Stay at home for 5 days.": "برای 5 روز در خانه بمانید.",
    "Call 999 now": "فوراً به 999 زنگ بزنید",
    "Call 999 if you cannot breathe.": "اگر نفس کشیده نمی‌توانید به 999 زنگ بزنید.",
    "Drink plenty of water.": "آب زیاد بنوشید.",
}
CRITICAL = ("Call 999 now", "Call 999 if you cannot breathe.")
PEOPLE = {
    Role.AUTHOR: "ann",
    Role.CLINICIAN: "dr-odu",
    Role.TRANSLATOR: "hodan",
    Role.REVISER: "cabdi",
    Role.COMMUNITY_READER: "faadumo",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A project's folder, and people who work in it."""

    root: Path
    sync: Callable[[], object]

    def write(self, slug: str, *, urgency: str = "routine", review_by: str = "2099-05-01") -> None:
        """A resource, approved by its clinician on Monday, 2 November at nine."""
        path = self.root / f"content/covid-19/{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RESOURCE.format(urgency=urgency, review_by=review_by), "utf-8")
        self.approve(slug, "2026-11-02T08:00:00Z", "2026-11-02T09:00:00Z")

    def approve(self, slug: str, author: str, clinician: str) -> None:
        """Author and clinician sign the English as it stands; neither where the time is empty."""
        for time, role in ((author, Role.AUTHOR), (clinician, Role.CLINICIAN)):
            if time:
                self.sign(slug, "en", role, time)

    def edit(self, slug: str, old: str, new: str) -> None:
        """The English changes, and the catalogs are brought up to date."""
        path = self.root / f"content/covid-19/{slug}.md"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        self.sync()

    def translate(
        self, slug: str, tag: str = "so", *, only: Iterable[str] = (), without: Iterable[str] = ()
    ) -> None:
        """Fill a catalog in, as a translator does in an editor."""
        path = self.catalog(slug, tag)
        if not path.exists():
            self.sync()
        text = path.read_text("utf-8")
        for source, target in (DARI if tag == "prs" else SOMALI).items():
            if source not in without and (not only or source in only):
                old = f'msgid "{source}"\nmsgstr ""\n'
                assert old in text, source
                text = text.replace(old, f'msgid "{source}"\nmsgstr "{target}"\n')
        path.write_text(text, "utf-8")

    def sign(self, slug: str, tag: str, role: Role, time: str, *, only: Iterable[str] = ()) -> None:
        """Somebody signs all that there is, or some sentences of it."""
        segments = split((self.root / f"content/covid-19/{slug}.md").read_text("utf-8"))
        catalog = None if tag == "en" else read_catalog(self.catalog(slug, tag))
        units = unit_digests(segments, catalog, unit_digest)
        wanted = sorted(units[key] for key in units if not only or key.msgid in only)
        line = SignOff(time=time, role=role, handle=PEOPLE[role], locale=tag, units=tuple(wanted))
        append(self.ledger(slug, tag), line)

    def review(self, slug: str, tag: str = "so", *, until: Role = Role.COMMUNITY_READER) -> None:
        """Translator on Tuesday, reviser on Wednesday, community reader on Thursday at nine."""
        for day, role in enumerate((Role.TRANSLATOR, Role.REVISER, Role.COMMUNITY_READER)):
            self.sign(slug, tag, role, f"2026-11-0{day + 3}T09:00:00Z")
            if role is until:
                return

    def tell(self, slug: str, event: EventKind, time: str, tag: str = "so", **more: str) -> None:
        """Something happens to a translation."""
        append(
            self.ledger(slug, tag),
            Event(time=time, event=event, handle="pipeline", locale=tag, **more),
        )

    def catalog(self, slug: str, tag: str = "so") -> Path:
        return self.root / f"locales/{tag}/covid-19/{slug}.po"

    def ledger(self, slug: str, tag: str = "so") -> Path:
        folder = "content" if tag == "en" else f"locales/{tag}"
        return self.root / folder / f"covid-19/{slug}.ledger.jsonl"

    def survey(self, now: datetime = NOW) -> Survey:
        return survey(load_project(self.root), now=now)

    def report(self, *tags: str, now: datetime = NOW, resources: Iterable[str] = ()) -> Report:
        """What `pipeline status` would print at that moment."""
        found = self.survey(now)
        rows = pick(
            (edition.state for edition in found.editions),
            tags=frozenset(tags),
            resources=frozenset(resources),
        )
        return Report(project=found.project, now=now, languages=by_need(rows))

    def cell(self, slug: str, tag: str = "so", now: datetime = NOW) -> ResourceState:
        (language,) = self.report(tag, now=now).languages
        return cell_of(language, slug)

    def commit(self, message: str) -> None:
        """All files as they are."""
        if not (self.root / ".git").exists():
            self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def git(self, *arguments: str) -> str:
        name = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
        done = subprocess.run(
            ["git", *name, *arguments], cwd=self.root, check=True, capture_output=True, text=True
        )
        return done.stdout


def cell_of(language: LanguageState, slug: str) -> ResourceState:
    (cell,) = [item for item in language.resources if item.resource == f"covid-19/{slug}"]
    return cell


@pytest.fixture
def team(tmp_path, monkeypatch, pipeline) -> Team:
    """A project in Somali, Arabic and Dari, which nobody counted and which is closed."""
    shutil.copytree(REPOSITORY / "theme", tmp_path / "theme")
    for name in ("mkdocs.yml", "pipeline.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    table = (REPOSITORY / "locales/locales.toml").read_text("utf-8")
    head, *entries = table.split("[[locale]]")
    kept = [entry for entry in entries if re.search(r'tag = "(so|ar|prs)"', entry)]
    for tag in ("so", "ar", "prs"):
        (tmp_path / "locales" / tag).mkdir(parents=True)
    (tmp_path / "locales/locales.toml").write_text("[[locale]]".join((head, *kept)), "utf-8")
    for tag in ("so", "ar"):
        shutil.copy(REPOSITORY / "locales" / tag / "interface.po", tmp_path / "locales" / tag)
    monkeypatch.chdir(tmp_path)

    def sync() -> None:
        ran = pipeline("sync")
        assert ran.code in {0, EXIT_INCOMPLETE}, ran.err  # a damaged catalog is left as it is

    return Team(root=tmp_path, sync=sync)


@pytest.fixture
def states(team) -> Team:
    """A leaflet in every state; the name says in which it is in Somali."""
    for slug in ("damaged", "drafting", "gaps", "in-review", "key-facts", "live", "missing"):
        team.write(slug, urgency="urgent" if slug == "missing" else "routine")
    for slug in ("ready", "stale", "translated", "withdrawn"):
        team.write(slug)
    team.write("overdue", review_by="2026-11-10")
    team.sync()
    for slug in ("in-review", "live", "overdue", "stale", "translated", "withdrawn"):
        team.translate(slug)
    for slug in ("live", "overdue", "stale", "withdrawn"):
        team.review(slug)
        team.tell(
            slug,
            EventKind.LIVE,
            "2026-11-05T10:00:00Z",
            approved="2026-11-02T09:00:00Z",
            state="live",
        )
    team.review("translated", until=Role.TRANSLATOR)
    team.review("in-review", until=Role.TRANSLATOR)
    team.sign("in-review", "so", Role.COMMUNITY_READER, "2026-11-04T09:00:00Z")
    team.translate("drafting", only=["Drink plenty of water."])
    team.translate("gaps", without=["Signs that need a doctor."])
    team.review("gaps")
    team.translate("key-facts", only=CRITICAL)
    team.review("key-facts")
    team.translate("ready", "prs")
    team.review("ready", "prs")
    team.tell("withdrawn", EventKind.WITHDRAWN, "2026-11-06T10:00:00Z", note="a wrong number")
    team.edit("stale", "Call 999 if you cannot breathe.", "Call 999 if it is hard to breathe.")
    team.approve("stale", "2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z")
    team.catalog("damaged").write_bytes(b'msgid "half a unit\n')
    return team
