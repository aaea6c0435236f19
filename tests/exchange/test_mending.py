"""What word processors do to markup is undone; words are left alone."""

import pytest

from pipeline.exchange.mending import mend


@pytest.mark.parametrize(
    ("source", "protected", "target", "text"),
    [
        (
            'See <a href="/gp">this</a>',
            ('<a href="/gp">', "</a>"),
            "Eeg <a href=“/gp”>tan</a>",
            'Eeg <a href="/gp">tan</a>',
        ),
        (
            'Read [it](gp.md "The GP")',
            ("gp.md",),
            "اقرأ [هذا](gp.md “الطبيب”)",
            'اقرأ [هذا](gp.md "الطبيب")',
        ),
        ("Type `--help`", ("`--help`",), "Qor `–help`", "Qor `--help`"),
        ("Wait `...`", ("`...`",), "Sug `…`", "Sug `...`"),
        ("Say {: .big }", ("{: .big }",), "Dheh {:\u00a0.big }", "Dheh {: .big }"),
    ],
    ids=["tag", "link", "dash", "dots", "space"],
)
def test_markup_that_was_turned_is_put_right(source, protected, target, text):
    mended = mend(target, source, protected)
    assert mended.text == text
    assert mended.remark.startswith("Put right: ")


@pytest.mark.parametrize(
    "target",
    ["He said “stay at home” – always…", "Ha bixin `x`", 'Eeg <a href="/gp">tan</a>'],
)
def test_words_stay_as_they_are(target):
    protected = ('<a href="/gp">', "`x`")
    assert mend(target, "one line", protected).text == target
    assert not mend(target, "one line", protected).remark


def test_lines_are_joined_where_the_source_has_one():
    mended = mend("Guriga joog.  \n\n Naso.", "Stay at home. Rest.", ())
    assert mended.text == "Guriga joog. Naso."
    assert mended.remark == "Its lines were joined: the English has one line."


def test_lines_stay_where_the_source_has_several():
    assert mend("Kow\nlaba", "One\ntwo", ()).text == "Kow\nlaba"
