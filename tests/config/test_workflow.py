"""The rules of review: read whole, or refused with file, line and remedy."""

import shutil
from pathlib import Path

import pytest

from pipeline.config import Project, load_project
from pipeline.errors import ConfigError
from pipeline.model import RiskTier, Urgency
from pipeline.workflow import DEFAULT_WORKFLOW, Role, Targets, TierRules, Weights

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("pipeline.toml", "locales/locales.toml", "theme/interface.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def load(folder: Path, text: str) -> Project:
    path = folder / "pipeline.toml"
    kept = path.read_text("utf-8").split("\n[workflow]")[0]
    path.write_text(f"{kept}\n{text}\n", "utf-8")
    return load_project(folder)


def test_without_a_word_the_defaults_hold(folder: Path):
    assert load(folder, "").workflow == DEFAULT_WORKFLOW


def test_defaults_have_two_people_beside_the_translator_or_one():
    beside = {
        tier: [role for step in rules.target for role in step if role is not Role.TRANSLATOR]
        for tier, rules in DEFAULT_WORKFLOW.tiers.items()
    }
    assert beside == {
        RiskTier.CLINICAL: [Role.REVISER, Role.COMMUNITY_READER],
        RiskTier.GENERAL: [Role.REVISER, Role.COMMUNITY_READER],
        RiskTier.ACTIVITY: [Role.REVISER],
    }


def test_everything_can_be_set(folder: Path):
    found = load(
        folder,
        """
[workflow]
require_signatures = true
allowed_signers = "review/signers"
revoked_signers = "review/revoked"
holidays = "GB-WLS"
grace_days = 0

[workflow.clinical]
source = [["author"], ["clinician", "community-reader"]]
target = [["translator"], ["reviser"], ["clinician", "community-reader"]]
later = ["community-reader"]
later_urgencies = ["urgent", "routine"]
later_days = 7
never_waived = []

[workflow.targets]
urgent_days = 2
routine_working_days = 5
alarm_days = 20

[workflow.weights]
urgent = 4
critical = 0.5
uncounted_people = 500
""",
    ).workflow
    assert found.tiers[RiskTier.CLINICAL] == TierRules(
        source=((Role.AUTHOR,), (Role.CLINICIAN, Role.COMMUNITY_READER)),
        target=((Role.TRANSLATOR,), (Role.REVISER,), (Role.CLINICIAN, Role.COMMUNITY_READER)),
        later=(Role.COMMUNITY_READER,),
        later_urgencies=(Urgency.URGENT, Urgency.ROUTINE),
        later_days=7,
        never_waived=(),
    )
    assert found.tiers[RiskTier.GENERAL] == DEFAULT_WORKFLOW.tiers[RiskTier.GENERAL]
    assert found.targets == Targets(urgent_days=2, routine_working_days=5, alarm_days=20)
    assert found.weights == Weights(urgent=4.0, critical=0.5, uncounted_people=500)
    assert (found.require_signatures, found.holidays, found.grace_days) == (True, "GB-WLS", 0)
    assert (found.allowed_signers, found.revoked_signers) == ("review/signers", "review/revoked")


def test_a_role_that_is_left_out_need_not_be_taken_out_of_later(folder: Path):
    text = '[workflow.clinical]\ntarget = [["translator"], ["reviser"]]'
    assert load(folder, text).workflow.tiers[RiskTier.CLINICAL].later == ()


def test_no_holidays(folder: Path):
    assert load(folder, '[workflow]\nholidays = ""').workflow.holidays == ""


REVISED = '["translator"], ["reviser"]'


@pytest.mark.parametrize(
    ("table", "line", "message", "remedy"),
    [
        ("workflow", "gracedays = 3", "unknown key `gracedays`", "`grace_days`"),
        ("workflow", "grace_days = -1", "`grace_days` in [workflow] is not", "from 0 to 3650"),
        ("workflow", "grace_days = true", "`grace_days` in [workflow] is not", "whole number"),
        ("workflow", 'holidays = "England"', "`England` cannot be", "GB-ENG"),
        ("workflow", "holidays = 3", "`3` cannot be where", "GB-ENG"),
        ("workflow", 'allowed_signers = "../keys"', "not a path below", "review/allowed_signers"),
        ("workflow", 'revoked_signers = "/etc/krl"', "not a path below", "review/"),
        ("workflow", "clinical = 3", "`clinical` in [workflow] is not", "a table"),
        ("workflow.general", 'sorce = [["author"]]', "unknown key `sorce`", "`source`"),
        ("workflow.general", 'source = [["autor"]]', "unknown word `autor`", "`author`"),
        ("workflow.general", 'source = ["author"]', "`source` in [workflow.general]", "lists"),
        ("workflow.general", "target = []", "nobody else has read", "reviser"),
        ("workflow.general", "source = [[]]", "`source` in [workflow.general]", "lists"),
        (
            "workflow.general",
            'source = [["author"], ["author"]]',
            "names `author` twice",
            "once",
        ),
        (
            "workflow.general",
            'source = [["author"], ["translator"]]',
            "nothing is translated there",
            "move it to `target`",
        ),
        ("workflow.general", 'source = [["reviser"]]', "compares a translation", "`target`"),
        ("workflow.general", f'target = [["author"], {REVISED}]', "the source text", "`source`"),
        ("workflow.general", 'target = [["translator"]]', "nobody else has read", "reviser"),
        ("workflow.general", 'target = [["reviser"]]', "without a translator", "ISO 17100"),
        (
            "workflow.general",
            'target = [["translator", "reviser"]]',
            "without a translator in an earlier step",
            "somebody else",
        ),
        ("workflow.general", 'later = ["clinician"]', "and `target` does not", "of `target`"),
        (
            "workflow.general",
            'later = ["reviser", "community-reader"]',
            "nobody else has read",
            "out of `later`",
        ),
        ("workflow.general", 'later = ["translator"]', "nobody else has read", "the translator"),
        ("workflow.activity", 'later = ["reviser"]', "nobody else has read", "out of `later`"),
        ("workflow.general", "later_days = 0", "does not say when", "later_days"),
        ("workflow.general", "later_days = -5", "`later_days` in", "from 0"),
        ("workflow.general", 'later_urgencies = ["soon"]', "unknown word `soon`", "urgent"),
        ("workflow.general", "never_waived = [3]", "`never_waived` in", "list of texts"),
        ("workflow.targets", "urgent_days = 0", "`urgent_days` in", "from 1"),
        ("workflow.targets", "alarm_days = 2", "before an urgent resource is late", "alarm_days"),
        ("workflow.weights", "urgent = 0.5", "`urgent` in", "from 1"),
        ("workflow.weights", "critical = nan", "`critical` in", "from 0"),
        ("workflow.weights", "critical = inf", "`critical` in", "from 0"),
        ("workflow.weights", 'critical = "2"', "`critical` in", "a number"),
        ("workflow.weights", "uncounted_people = 0", "`uncounted_people` in", "from 1"),
    ],
)
def test_each_fault_names_its_line_and_the_remedy(
    folder: Path, table: str, line: str, message: str, remedy: str
):
    with pytest.raises(ConfigError) as caught:
        load(folder, f"[{table}]\n{line}")
    error = caught.value
    assert message in error.message
    assert remedy in error.remedy
    assert error.path == folder / "pipeline.toml"
    assert error.line is not None
    assert error.path.read_text("utf-8").split("\n")[error.line - 1] in {line, f"[{table}]"}


def test_where_a_ledger_is(folder: Path):
    project = load(folder, "")
    assert project.ledger_path("en", "covid-19", "vaccination") == (
        folder / "content/covid-19/vaccination.ledger.jsonl"
    )
    assert project.ledger_path("so", "covid-19", "vaccination") == (
        folder / "locales/so/covid-19/vaccination.ledger.jsonl"
    )
