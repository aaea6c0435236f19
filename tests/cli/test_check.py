"""`pipeline check` as partners, programs, GitHub and pre-commit meet it."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.cli import console
from pipeline.errors import EXIT_FINDINGS

LONG = "You " + "go on and " * 9 + "rest."
BAD = f"Rest.\n\n{LONG}\n\n![](bed.svg)\n\nRead [here](https://www.nhs.uk/).\n"
#: What is said of any file without front matter that names nobody to call.
ALWAYS = ("when-to-get-help", "sources-present", "review-dates")


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """A folder that is in no project."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_resource_in_order(place, pipeline):
    today = date.today()  # noqa: DTZ011  # as the command takes it
    resource = place.resource.read_text("utf-8").replace("2099-05-20", str(today + timedelta(90)))
    resource = resource.replace("last_checked: 2026-11-20", f"last_checked: {today}")
    place.resource.write_text(resource + "\nAsk your GP. An interpreter is free.\n", "utf-8")
    ran = pipeline("check")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "content/covid-19/fever.md: nothing found (too few whole sentences to judge)\n"
        "1 file: 0 critical, 0 major, 0 advice.\n"
    )


def test_findings_are_grouped_by_file_with_line_and_remedy(outside, pipeline):
    (outside / "bad.md").write_text(BAD, "utf-8")
    (outside / "too.md").write_text(f"# Rest\n\n{LONG}\n", "utf-8")
    ran = pipeline("check", "bad.md", "too.md")

    assert ran.code == EXIT_FINDINGS
    assert (
        ran.out
        == """\
bad.md (too few whole sentences to judge)
  whole text  advice    The text does not say when to get help, and from whom. (when-to-get-help)
              → Say which signs need 999, which 111 or a GP.
  line 1      advice    Nothing says where the facts come from. (sources-present)
              → Name each source in the front matter: title, url, checked.
  line 1      advice    No day is given for `last_checked` and `review_by`. (review-dates)
              → Write year-month-day: 2026-11-24.
  line 3      major     “You go on and go on …” has 29 words; 20 are enough. (long-sentence)
              → Make two or three sentences of it, with one idea each.
  line 5      major     The picture bed.svg has no text. (alt-text)
              → Say in one sentence what matters in it; it is read aloud, and translated.
  line 7      advice    “here” does not say where the link leads. (link-text)
              → Make a link of the words that name the page: [NHS 111 online](https://111.nhs.uk/).

too.md (too few whole sentences to judge)
  whole text  advice    The text does not say when to get help, and from whom. (when-to-get-help)
              → Say which signs need 999, which 111 or a GP.
  line 1      advice    Nothing says where the facts come from. (sources-present)
              → Name each source in the front matter: title, url, checked.
  line 1      advice    No day is given for `last_checked` and `review_by`. (review-dates)
              → Write year-month-day: 2026-11-24.
  line 3      major     “You go on and go on …” has 29 words; 20 are enough. (long-sentence)
              → Make two or three sentences of it, with one idea each.

2 files: 0 critical, 3 major, 7 advice.
"""
    )


def test_advice_alone_is_success(outside, pipeline):
    (outside / "a.md").write_text("Read [here](https://www.nhs.uk/).\n", "utf-8")
    assert pipeline("check", "a.md").code == 0


def test_json_is_versioned(outside, pipeline):
    (outside / "bad.md").write_text(BAD, "utf-8")
    ran = pipeline("check", "--format", "json", "bad.md")
    report = json.loads(ran.out)

    assert ran.code == EXIT_FINDINGS
    assert report["version"] == 1
    assert report["summary"] == {"files": 1, "critical": 0, "major": 2, "minor": 4}
    assert report["findings"][3] == {
        "check": "long-sentence",
        "severity": "major",
        "locale": "en",
        "file": "bad.md",
        "line": 3,
        "msgctxt": None,
        "msgid": None,
        "message": "“You go on and go on …” has 29 words; 20 are enough.",
        "remedy": "Make two or three sentences of it, with one idea each.",
    }
    assert report["files"] == [
        {
            "file": "bad.md",
            "locale": "en",
            "readability": {
                "words": 32,
                "sentences": 3,
                "words_per_sentence": 10.7,
                "grade": 0.4,
                "reading_age": 6,
                "smog": None,
                "is_enough": False,
            },
            "not_run": [],
        }
    ]


def test_github_shows_findings_beside_their_lines(outside, pipeline):
    (outside / "a,b.md").write_text("![](50%.svg)\n", "utf-8")
    ran = pipeline("check", "--format", "github", "a,b.md")

    assert ran.code == EXIT_FINDINGS
    assert (
        "::error file=a%2Cb.md,line=1,title=alt-text::The picture 50%25.svg has no text. "
        "Say in one sentence what matters in it; it is read aloud, and translated.\n"
    ) in ran.out
    assert "::warning file=a%2Cb.md,line=1,title=sources-present::" in ran.out


def test_other_languages_say_what_was_not_run(outside, pipeline):
    (outside / "so.md").write_text("Naso guriga. Cab biyo.\n", "utf-8")
    ran = pipeline("check", "--locale", "so", "so.md")

    assert ran.code == 0
    assert (
        "Not run on 1 file in so, for these checks know English alone: reading-age, smog, "
        "sentence-length, long-sentence, passive-voice, jargon, main-message-first, "
        "call-to-action, interpreter-line.\n"
    ) in ran.out
    report = json.loads(pipeline("check", "--locale", "so", "--format", "json", "so.md").out)
    assert report["files"][0]["readability"] is None
    assert "reading-age" in report["files"][0]["not_run"]


def test_a_resource_is_found_by_its_name_its_file_and_its_folder(place, pipeline, monkeypatch):
    for name in ("covid-19/fever", "content/covid-19/fever.md", "content", str(place.resource)):
        assert "fever.md" in pipeline("check", name).out
    monkeypatch.chdir(place.root / "content")
    assert pipeline("check").out.startswith("covid-19/fever.md")


@pytest.mark.usefixtures("place")
def test_a_name_that_is_nothing(pipeline):
    ran = pipeline("check", "covid-19/plague")

    assert (ran.code, ran.out) == (4, "")
    assert "There is no file and no resource `covid-19/plague`." in ran.err


@pytest.mark.usefixtures("outside")
def test_outside_of_a_project_a_name_is_needed(pipeline):
    ran = pipeline("check")

    assert ran.code == 3
    assert "There is no project here whose resources could be checked." in ran.err


def test_a_resource_that_the_project_cannot_use(place, pipeline):
    text = place.resource.read_text("utf-8")
    place.resource.write_text(re.sub(r"(?m)^owner:.*\n", "", text), "utf-8")
    ran = pipeline("check")

    assert ran.code == EXIT_FINDINGS
    assert "critical  The front matter lacks `owner`. (unusable-resource)" in ran.out


def test_what_would_run_in_a_browser_is_critical(outside, pipeline):
    (outside / "a.md").write_text("Rest.\n\n<script>alert(1)</script>\n", "utf-8")
    ran = pipeline("check", "a.md")

    assert ran.code == EXIT_FINDINGS
    assert re.search(r"line 3 +critical .*\(active-content\)", ran.out)


def test_one_file_that_cannot_be_read_does_not_hide_the_next(outside, pipeline):
    (outside / "a.md").write_bytes(b"Rest.\n\xff\n")
    (outside / "b.md").write_text(BAD, "utf-8")
    ran = pipeline("check", "a.md", "b.md")

    assert ran.code == EXIT_FINDINGS
    assert re.search(r"line 2 +critical  The file is not UTF-8\. \(unusable-resource\)", ran.out)
    assert "bed.svg has no text" in ran.out


def test_text_of_the_author_is_no_markup_of_ours(outside, pipeline):
    (outside / "[red]a.md").write_text("![](\\[bold]x.svg)\n\n# [dim]A\n\n### [/]B\n", "utf-8")
    ran = pipeline("check", "[red]a.md")

    assert ran.out.startswith("[red]a.md\n")
    assert "“[/]B” is 2 levels below “[dim]A”." in ran.out


def test_a_pipe_gets_no_colours(outside, pipeline):
    (outside / "bad.md").write_text(BAD, "utf-8")
    assert "\x1b" not in pipeline("check", "bad.md").out


def test_who_waits_is_told_after_two_seconds(capsys, monkeypatch):
    clock = iter([0.0, 1.0, 2.5, 3.0])
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    said = []
    with console.late_progress("Checking", 3) as advance:
        for name in ("a", "b", "c"):
            advance(name)
            said.append(capsys.readouterr().err)

    assert said == ["", "Checking (3)\n", ""]


def test_quick_work_says_nothing(capsys):
    with console.late_progress("Checking", 1) as advance:
        advance("a")
    assert capsys.readouterr().err == ""


def test_standard_input(outside, pipeline, monkeypatch):
    (outside / "in.md").write_text(BAD, "utf-8")
    with Path("in.md").open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        ran = pipeline("check", "-")

    assert ran.out.startswith("standard input ")
    assert ran.code == EXIT_FINDINGS
