"""The report that is mailed back: what to do, with the cell, safe to open."""

from dataclasses import replace
from pathlib import Path

from pipeline.exchange import Account, Outcome, Row
from pipeline.exchange.report import (
    Report,
    Section,
    make_section,
    render_html,
    render_markdown,
)
from pipeline.model import Finding, Severity, UnitKey

KEY = UnitKey(None, "Stay at home for 5 days.")
ROW = Row(key="0" * 12, source=KEY.msgid, target="Guriga joog 3 maalmood.", place="B7")
FINDING = Finding(
    check="number-mismatch",
    severity=Severity.CRITICAL,
    path=Path("so.po"),
    line=3,
    message="The translation has 3 where the source has 5.",
    remedy="Compare each number.",
    msgid=KEY.msgid,
)
CONFLICT = Account(
    row=replace(ROW, place="B9", target="<b>Naso</b> `x`"),
    outcome=Outcome.CONFLICT,
    key=UnitKey(None, "Rest"),
    ours="Nasasho",
)
ACCOUNTS = (
    Account(row=ROW, outcome=Outcome.TAKEN, key=KEY),
    CONFLICT,
    Account(row=replace(ROW, place="B10"), outcome=Outcome.UNCHANGED),
)


def section(accounts=ACCOUNTS) -> Section:
    return make_section(
        accounts,
        [FINDING],
        file="covid-19.fever.so.xlsx",
        resource="covid-19/fever",
        language="Somali (so)",
        locale="so",
        remarks=["A remark."],
    )


def test_what_is_said_in_a_sentence():
    assert section().headline == "1 translation taken, 1 unchanged, 1 not taken."
    assert (section().left_out, section().blocking) == (1, 1)


def test_rows_of_which_nothing_is_to_be_said_are_left_out():
    assert [item.place for item in section().items] == ["B7", "B9"]


def test_markdown_for_a_mail():
    assert render_markdown(Report(sections=(section(),))) == (
        "## covid-19.fever.so.xlsx\n"
        "\n"
        "covid-19/fever · Somali (so)\n"
        "\n"
        "1 translation taken, 1 unchanged, 1 not taken.\n"
        "\n"
        "A remark.\n"
        "\n"
        "- **B7** Stay at home for 5 days.\n"
        "  - the file: Guriga joog 3 maalmood.\n"
        "  - **critical**: The translation has 3 where the source has 5. Compare each number. "
        "(number-mismatch)\n"
        "\n"
        "- **B9** Rest\n"
        "  - the file: \\<b\\>Naso\\</b\\> \\`x\\`\n"
        "  - the catalog: Nasasho\n"
        "  - Not taken: somebody else has changed this translation since the file was made. "
        "Compare the two, and write the better one; --theirs takes the file's.\n"
    )


def test_a_page_runs_nothing_of_what_came_back():
    page = render_html(Report(sections=(section(),))).decode()
    assert "<b>Naso</b>" not in page
    assert "&lt;b&gt;Naso&lt;/b&gt;" in page
    assert "default-src &#39;none&#39;" in page
    assert '<p class="text" lang="so" dir="auto">Guriga joog 3 maalmood.</p>' in page


def test_a_file_that_was_refused_says_why():
    refused = Section(file="a.xlsx", error="B5 holds a formula. Put the text itself there.")
    assert "B5 holds a formula." in render_markdown(Report(sections=(refused,)))
    assert "B5 holds a formula." in render_html(Report(sections=(refused,))).decode()


def test_a_line_that_turns_itself_round_is_shown_as_what_it_is():
    row = replace(ROW, target="abc\u202edef")
    told = section((Account(row=row, outcome=Outcome.CONFLICT, key=KEY),))
    assert "abc⟨U+202E⟩def" in render_markdown(Report(sections=(told,)))


def test_what_was_written_over_is_shown():
    account = Account(
        row=ROW, outcome=Outcome.TAKEN, key=KEY, ours="Guriga ku jir.", is_overwritten=True
    )
    text = render_markdown(Report(sections=(section((account,)),)))
    assert "the catalog: Guriga ku jir." in text
    assert "Taken over a translation that somebody else has written since." in text
