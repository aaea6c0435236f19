"""The checklist: what ships, and what a project may change in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config.checklist import SHIPPED, read_checklist
from pipeline.errors import ConfigError
from pipeline.model import Finding, RiskTier, Severity
from pipeline.workflow import Role, Stage

OF_OURS = """\
[[item]]
id = "phone-tried"
question = "Have you rung each number?"
who = "author"
severity = "major"
tiers = ["clinical", "general"]
stages = ["source"]
standard = "Our own rule of 2026"
address = "https://health.example.org/rules"
"""
PUNCTUATION = Finding(
    check="punctuation",
    severity=Severity.MINOR,
    path=Path("locales/ur/covid-19/home.po"),
    line=9,
    message="The translation ends with `.`, and Urdu ends a sentence with `۔`.",
    remedy="Use the language's own sign.",
)


@pytest.fixture
def read(tmp_path):
    """The checklist of a project whose own file says this."""

    def read(text: str):
        (tmp_path / "qa").mkdir(exist_ok=True)
        (tmp_path / "qa/checklist.toml").write_text(text, "utf-8")
        return read_checklist(tmp_path)

    return read


def test_about_thirty_questions_ship_each_with_where_it_comes_from():
    items = read_checklist().items
    assert 28 <= len(items) <= 38
    assert all(item.question.endswith("?") and len(item.question) < 120 for item in items)
    assert all(item.address.startswith("http") for item in items)
    assert {stage for item in items for stage in item.stages} == set(Stage)
    assert {item.role for item in items if item.role} == set(Role)


def test_what_a_role_is_asked_depends_on_the_risk():
    shipped = read_checklist()
    asked = shipped.of_role(Role.CLINICIAN, RiskTier.CLINICAL)
    assert [item.id for item in asked] == ["facts-right", "nothing-left-out", "critical-marked"]
    assert shipped.of_role(Role.CLINICIAN, RiskTier.ACTIVITY) == ()


def test_a_project_without_a_file_of_its_own_has_what_ships(tmp_path):
    assert read_checklist(tmp_path) is read_checklist()


def test_a_project_adds_a_question_behind_those_that_ship(read):
    items = read(OF_OURS).items
    assert items[:-1] == read_checklist().items
    assert (items[-1].id, items[-1].role) == ("phone-tried", Role.AUTHOR)


def test_a_project_words_a_question_in_its_own_way(read):
    own = read('[[item]]\nid = "is-understood"\nquestion = "Does your aunt get it?"\n')
    item = next(item for item in own.items if item.id == "is-understood")
    assert item.question == "Does your aunt get it?"
    assert item.role is Role.COMMUNITY_READER


def test_a_project_makes_advice_hold_a_text_back(read):
    own = read('[[item]]\nid = "typing"\nseverity = "major"\n')
    judged = own.judge(PUNCTUATION, RiskTier.GENERAL)
    assert judged == replace(PUNCTUATION, severity=Severity.MAJOR)
    assert read_checklist().judge(PUNCTUATION, RiskTier.GENERAL) is PUNCTUATION


def test_a_project_makes_advice_of_what_held_a_text_back(read):
    own = read('[[item]]\nid = "complete"\nseverity = "minor"\n')
    short = replace(PUNCTUATION, check="truncated", severity=Severity.MAJOR)
    assert own.judge(short, RiskTier.GENERAL).severity is Severity.MINOR
    # What the check itself calls critical stays so.
    cut = replace(short, severity=Severity.CRITICAL)
    assert own.judge(cut, RiskTier.GENERAL) is cut


def test_outside_its_risk_tiers_an_item_only_advises(read):
    own = read('[[item]]\nid = "complete"\ntiers = ["clinical"]\n')
    short = replace(PUNCTUATION, check="truncated", severity=Severity.MAJOR)
    assert own.judge(short, RiskTier.CLINICAL) is short
    assert own.judge(short, RiskTier.ACTIVITY).severity is Severity.MINOR


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        (
            '[[item]]\nid = "numbers"\nseverity = "major"\n',
            3,
            "The item `numbers` is critical on clinical resources and cannot be less.",
            "Take `severity` out; for one finding that is no mistake: `pipeline qa --waive`.",
        ),
        (
            '[[item]]\nid = "numbers"\ntiers = ["general"]\n',
            3,
            "The item `numbers` is critical on clinical resources and cannot leave them out.",
            "Add `clinical` to `tiers`.",
        ),
        (
            '[[item]]\nid = "numbers"\nchecks = ["whitespace"]\n',
            3,
            "`checks` of the item `numbers` ships with the program and stays.",
            "Change only question, severity, tiers, or add an item of your own.",
        ),
        (
            OF_OURS.replace('"author"', '"machine"\nchecks = ["whitespace"]'),
            4,
            "The item `phone-tried` would be answered by a machine, and no check knows it.",
            f"Let a role answer it: {', '.join(Role)}.",
        ),
        (
            OF_OURS.replace('"author"', '"editor"'),
            4,
            "`who` in [[item]] 1 has an unknown word `editor`.",
            f"Use machine, {', '.join(Role)}.",
        ),
        (
            OF_OURS.replace('"author"', '"reviser"'),
            7,
            "The item `phone-tried` asks a reviser about the source.",
            "Ask an author or a clinician.",
        ),
        (
            OF_OURS.replace('["source"]', '["source", "unit"]'),
            7,
            "The item `phone-tried` asks about the source and a translation.",
            "Make two items of it.",
        ),
        (
            OF_OURS.replace('"https://health.example.org/rules"', '"rules.pdf"'),
            9,
            "`rules.pdf` is no address.",
            "Use one such as https://www.w3.org/TR/WCAG22/.",
        ),
        (
            OF_OURS.replace("phone-tried", "Phone tried"),
            2,
            "`Phone tried` cannot be an item's id.",
            "Use small letters, digits and single hyphens, such as `reads-aloud`.",
        ),
        (OF_OURS * 2, 11, "The item `phone-tried` stands twice.", "Remove one entry."),
        (
            OF_OURS.replace("severity", "severty"),
            5,
            "[[item]] 1 has an unknown key `severty`.",
            "Did you mean `severity`?",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(read, text, line, message, remedy):
    with pytest.raises(ConfigError) as refused:
        read(text)
    error = refused.value
    assert (error.line, error.message, error.remedy) == (line, message, remedy)
    assert error.path.name == "checklist.toml"


def test_the_shipped_file_says_what_each_key_is():
    head = SHIPPED.read_text("utf-8").split("[[item]]")[0]
    for key in ("id", "question", "who", "checks", "severity", "tiers", "stages", "standard"):
        assert f"# {key} " in head
