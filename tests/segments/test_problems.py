import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import TranslationError
from pipeline.segments import find_problem, splice, split


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("- Gacmaha dhaq", "begins a list"),
        ("1. Gacmaha dhaq", "begins a list"),
        ("# Gacmaha dhaq", "begins a heading"),
        ("> Gacmaha dhaq", "begins a quotation"),
        ("```\nGacmaha", "begins a code block"),
        ("!!! note\n    Gacmaha", "begins a box"),
        ("??? note", "begins a part that opens"),
        ('=== "Gacmaha"', "begins a tab"),
        ("Gacmaha\n:   dhaq", "begins a definition"),
        ("[^1]: Gacmaha", "begins a footnote"),
        ("[gacmaha]: dhaq", "begins the definition of a link"),
        ("*[GP]: dhakhtar", "begins the definition of an abbreviation"),
        ("<!-- Gacmaha", "begins a comment"),
        ("<div>Gacmaha</div>", "brings in HTML"),
        ("Gacmaha </div> dhaq", "brings in HTML"),
        ("{{ secret() }}", "brings in a macro"),
        ("--8<-- '/etc/passwd'", "brings in another file"),
        ("Gacmaha\n---", "is a line across the page"),
        ("Gacmaha\n====", "makes the first a heading"),
        ("a | b\n--|--", "begin a table"),
        ("Gacmaha\n\ndhaq", "empty line"),
        ("Gacmaha\n   \ndhaq", "empty line"),
        ("Gacmaha\x00", "cannot stand in a text"),
        ("Gacmaha\x1b[0m", "cannot stand in a text"),
        ("Gacmaha\u2028dhaq", "LINE SEPARATOR"),
        ("  ", "is empty"),
    ],
)
def test_what_would_break_a_paragraph_is_refused(target, reason):
    text = "Wash your hands.\n"
    (segment,) = split(text)
    assert reason in find_problem(segment, target)
    with pytest.raises(TranslationError, match="Wash your hands") as caught:
        splice(text, {segment.key: target})
    assert caught.value.line == 1


@pytest.mark.parametrize(
    "target",
    [
        "Gacmaha dhaq.",
        "**Gacmaha** dhaq",
        "اغسل يديك",
        "হাত ধুয়ে নিন",
        "ኢድካ ሕጸብ",
        "洗手",
        "\\- Gacmaha",
        "999 wac",
        "a * b",
        "Gacmaha\ndhaq",
        "<b>Gacmaha</b>",
        "`- x`",
        "a | b",
        "(1. x)",
        "😷",
    ],
)
def test_what_is_fine_is_let_through(target):
    (segment,) = split("Wash your hands.\n")
    assert find_problem(segment, target) is None


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("| Dose |\n|---|\n| 1 |\n", "Qiyaas | laba", "bare `|`"),
        ("| Dose |\n|---|\n| 1 |\n", "Qiyaas\nlaba", "more than one line"),
        ("## Rest\n", "Naso\nhadda", "more than one line"),
        ('!!! note "Rest"\n    `x`\n', "Naso\nhadda", "more than one line"),
        ("![Boat](b.svg)\n", "Doon]", "square bracket"),
        ("<p>Rest</p>\n", "a < b <c", "begins no tag"),
        ("*[GP]: doctor\n", "dhakhtar\nqoys", "more than one line"),
    ],
)
def test_what_would_break_its_place_is_refused(source, target, reason):
    (segment,) = split(source)
    with pytest.raises(TranslationError, match=reason):
        splice(source, {segment.key: target})


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ('!!! note "Rest"\n    `x`\n', 'قل "نعم"', '!!! note "قل "نعم""\n    `x`\n'),
        ("| Dose |\n|---|\n| 1 |\n", "a \\| `b|c`", "| a \\| `b|c` |\n|---|\n| 1 |\n"),
        ('<p title="Rest">1</p>\n', 'a "b"', '<p title="a &quot;b&quot;">1</p>\n'),
        ("---\ntitle: Rest\n---\n", "- a: 'b' #c", "---\ntitle: \"- a: 'b' #c\"\n---\n"),
        ("---\ntitle: |\n  A\n  b\n---\n", "c\nd: e", "---\ntitle: |\n  c\n  d: e\n---\n"),
        ("---\ntitle: Rest\n---\n", "no", '---\ntitle: "no"\n---\n'),
        ("- Rest\n", "Naso\nhadda", "- Naso\n  hadda\n"),
    ],
)
def test_what_can_be_written_safely_is(source, target, expected):
    segment = split(source)[0]
    assert splice(source, {segment.key: target}) == expected


EVERYTHING = """\
---
title: Fever
summary: What to do.
---

# Heading

Text with **bold** and [a link](https://www.nhs.uk/ "Its title").

!!! note "Box"
    Boxed.

??? question "Opens"
    Opened.

=== "Tab"
    In the tab.

| Head | Two |
|---|---|
| Cell | `code` |

Term
:   Definition

![A phone](phone.svg)

```py title="Code title"
x
```

<p title="Attribute">In HTML</p>

Note.[^1]

[^1]: Footnote

*[GP]: General practitioner
"""
PIECES = (
    "Wac",
    " ",
    "\n",
    "|",
    '"',
    "'",
    "#",
    "- ",
    "`",
    "<",
    ">",
    "[",
    "]",
    "{",
    "}",
    "\\",
    "\n\n",
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
@settings(deadline=None)
def test_law_what_find_problem_passes_can_be_spliced(target):
    for segment in split(EVERYTHING):
        problem = find_problem(segment, target)
        if problem is None:
            splice(EVERYTHING, {segment.key: target})
        elif target != segment.msgid:
            with pytest.raises(TranslationError):
                splice(EVERYTHING, {segment.key: target})


def test_a_quotation_mark_in_the_title_of_a_code_block_does_not_end_it():
    text = '```py title="Code title"\nx\n```\n'
    (segment,) = split(text)
    assert splice(text, {segment.key: 'Magac "cusub"'}) == '```py title="Magac ”cusub”"\nx\n```\n'


def test_the_label_of_a_part_that_opens_is_no_heading():
    segment = split('??? question "Why?"\n    Because.\n')[0]
    assert "begins a heading" in str(find_problem(segment, "# Sababta"))


def test_what_the_source_has_may_stand():
    (segment,) = split("Wash\u2028your hands.\n")
    assert find_problem(segment, "Gacmaha\u2028dhaq.") is None
    assert "U+0000" in str(find_problem(segment, "Gacmaha\0dhaq."))


def test_a_bracket_that_is_no_tag_may_stand_where_the_source_has_it():
    (segment,) = split("<p>\nWait if it is <x or more.\n</p>\n")
    assert find_problem(segment, "Sug haddii ay <x tahay.") is None
    assert "write `&lt;`" in str(find_problem(segment, "Sug haddii ay <y tahay."))
    assert "brings in HTML" in str(find_problem(segment, "Sug haddii ay <x tahay <h1>."))


def test_front_matter_in_toml_is_kept_but_for_its_strings():
    text = '+++\ntitle = "Fever: now"\ndraft = true\n[extra]\ntitle = "x y"\n+++\n\n# Rest\n'
    assert [segment.msgid for segment in split(text)] == ["Fever: now", "Rest"]
    somali = {(None, "Fever: now"): 'Qandho "hadda"', (None, "Rest"): "Nasasho"}
    assert splice(text, somali) == (
        '+++\ntitle = "Qandho \\"hadda\\""\ndraft = true\n[extra]\ntitle = "x y"\n+++\n\n'
        "# Nasasho {#rest}\n"
    )
