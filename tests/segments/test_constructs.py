# ruff: noqa: E501 - sources stand in one line, as their authors would see them
"""One readable example a construct: source, what a translator sees, the translated source."""

from textwrap import dedent

import markdown
import mkdocs.utils.meta
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import SegmentKind, SpanKind
from pipeline.segments import scan, splice, split, wrap


def translate(text, targets, **options):
    """Splice targets given by msgid."""
    segments = split(text)
    known = {segment.msgid for segment in segments}
    assert set(targets) <= known
    return splice(
        text, {segment.key: targets.get(segment.msgid, "") for segment in segments}, **options
    )


def msgids(text):
    return [segment.msgid for segment in split(text)]


CONSTRUCTS = {
    "paragraph": (
        "Wash your hands\noften with soap.\n",
        {"Wash your hands often with soap.": "Gacmahaaga ku dhaq saabuun marar badan."},
        "Gacmahaaga ku dhaq saabuun marar badan.\n",
    ),
    "hard break": (
        "NHS 111  \nCall at any time.\n",
        {"NHS 111\nCall at any time.": "NHS 111\nWac wakhti kasta."},
        "NHS 111  \nWac wakhti kasta.\n",
    ),
    "nested list": (
        "1. Rest\n    - Drink\n      water\n2. Sleep\n",
        {"Rest": "استرح", "Drink water": "اشرب الماء", "Sleep": "نم"},
        "1. استرح\n    - اشرب الماء\n2. نم\n",
    ),
    "loose list item with a second paragraph": (
        "- Rest.\n\n    Stay warm.\n",
        {"Rest.": "বিশ্রাম নিন।", "Stay warm.": "গরম থাকুন।"},
        "- বিশ্রাম নিন।\n\n    গরম থাকুন।\n",
    ),
    "task list": (
        "- [ ] Something soft\n- [x] Something red\n",
        {"Something soft": "নরম কিছু", "Something red": "লাল কিছু"},
        "- [ ] নরম কিছু\n- [x] লাল কিছু\n",
    ),
    "table": (
        "| Dose | How often |\n|---|---:|\n| 500 mg | up to 4 times \\| day |\n| 2 | `a|b` |\n",
        {
            "Dose": "ዓቐን",
            "How often": "ክንደይ ግዜ",
            "500 mg": "500 ሚግ",
            "up to 4 times \\| day": "ክሳብ 4 ግዜ \\| መዓልቲ",
        },
        "| ዓቐን | ክንደይ ግዜ |\n|---|---:|\n| 500 ሚግ | ክሳብ 4 ግዜ \\| መዓልቲ |\n| 2 | `a|b` |\n",
    ),
    "admonition": (
        '!!! danger critical "Call 999"\n    Do not wait.\n\n    - Ask for help\n\nAfter.\n',
        {
            "Call 999": "拨打 999",
            "Do not wait.": "不要等待。",
            "Ask for help": "请求帮助",
            "After.": "之后。",
        },
        '!!! danger critical "拨打 999"\n    不要等待。\n\n    - 请求帮助\n\n之后。\n',
    ),
    "admonition without a title shows its type": (
        "!!! note\n    Rest.\n",
        {"Note": "ملاحظة", "Rest.": "استرح."},
        '!!! note "ملاحظة"\n    استرح.\n',
    ),
    "admonition with an empty title shows none": (
        '!!! note ""\n    Rest.\n',
        {"Rest.": "استرح."},
        '!!! note ""\n    استرح.\n',
    ),
    "details": (
        '???+ question "Who can help?"\n    Your GP.\n',
        {"Who can help?": "Yaa i caawin kara?", "Your GP.": "Dhakhtarkaaga."},
        '???+ question "Yaa i caawin kara?"\n    Dhakhtarkaaga.\n',
    ),
    "tabs": (
        '=== "Adults"\n\n    Rest.\n\n===! "Children"\n\n    Play.\n',
        {"Adults": "大人", "Rest.": "休息。", "Children": "儿童", "Play.": "玩耍。"},
        '=== "大人"\n\n    休息。\n\n===! "儿童"\n\n    玩耍。\n',
    ),
    "definition list": (
        "Fever\n:   A temperature of 38°C\n    or more.\n\n    Rest.\n",
        {
            "Fever": "ረስኒ",
            "A temperature of 38°C or more.": "ሙቐት 38°C ወይ ልዕሊኡ።",
            "Rest.": "ዕረፍቲ ግበሩ።",
        },
        "ረስኒ\n:   ሙቐት 38°C ወይ ልዕሊኡ።\n\n    ዕረፍቲ ግበሩ።\n",
    ),
    "footnote": (
        "Rest.[^1]\n\n[^1]: Ask your\n    GP.\n\n    Or call 111.\n",
        {
            "Rest.[^1]": "Naso.[^1]",
            "Ask your GP.": "Weydii dhakhtarkaaga.",
            "Or call 111.": "Ama wac 111.",
        },
        "Naso.[^1]\n\n[^1]: Weydii dhakhtarkaaga.\n\n    Ama wac 111.\n",
    ),
    "block attribute list": (
        "Rest.\n{: .lead #rest }\n",
        {"Rest.": "استرح."},
        "استرح.\n{: .lead #rest }\n",
    ),
    "abbreviation": (
        "Ask a GP.\n\n*[GP]: family doctor\n",
        {"Ask a GP.": "اسأل GP.", "family doctor": "طبيب الأسرة"},
        "اسأل GP.\n\n*[GP]: طبيب الأسرة\n",
    ),
    "title of a link's definition": (
        'See [NHS].\n\n[NHS]: https://www.nhs.uk "Health advice"\n',
        {"See [NHS].": "Eeg [NHS].", "Health advice": "Talo caafimaad"},
        'Eeg [NHS].\n\n[NHS]: https://www.nhs.uk "Talo caafimaad"\n',
    ),
    "quotation": (
        "> Wash your\n> hands.\n>\n> - Use soap\n",
        {"Wash your hands.": "হাত\nধুয়ে নিন।", "Use soap": "সাবান ব্যবহার করুন"},
        "> হাত\n> ধুয়ে নিন।\n>\n> - সাবান ব্যবহার করুন\n",
    ),
    "image": (
        '![A boat](boat.svg "Sheet 2"){ width=300 }\n',
        {"A boat": "小船", "Sheet 2": "第二页"},
        '![小船](boat.svg "第二页"){ width=300 }\n',
    ),
    "raw HTML": (
        '<div class="card" title="Help">\n  <p>Call <b>999</b> now</p>\n  <img alt="A phone">\n</div>\n',
        {"Help": "Caawimo", "Call <b>999</b> now": "Hadda wac <b>999</b>", "A phone": "Taleefan"},
        '<div class="card" title="Caawimo">\n  <p>Hadda wac <b>999</b></p>\n  <img alt="Taleefan">\n</div>\n',
    ),
    "Markdown in HTML": (
        (
            '<div class="grid" markdown>\n\n- Rest\n\n</div>\n\n<figure markdown="span">\n  ![A boat](b.svg)\n'
            "  <figcaption>How to fold</figcaption>\n</figure>\n"
        ),
        {"Rest": "نم", "A boat": "قارب", "How to fold": "كيف تطوي"},
        (
            '<div class="grid" markdown>\n\n- نم\n\n</div>\n\n<figure markdown="span">\n  ![قارب](b.svg)\n'
            "  <figcaption>كيف تطوي</figcaption>\n</figure>\n"
        ),
    ),
    "front matter": (
        "---\ntitle: Cough\nsummary: >-\n  How to\n  rest\ndescription: 'It''s free'\nrisk: clinical\n---\nRest.\n",
        {"Cough": "Qufac: daawo", "How to rest": "Sida loo nasto", "It's free": "Waa 'bilaash'"},
        (
            '---\ntitle: "Qufac: daawo"\nsummary: >-\n  Sida loo nasto\n'
            "description: 'Waa ''bilaash'''\nrisk: clinical\n---\nRest.\n"
        ),
    ),
    "box that begins a tight definition": (
        "Fever\n: !!! note\n    Rest.\n",
        {"Fever": "Qandho", "Note": "Ogow", "Rest.": "Naso."},
        'Qandho\n: !!! note "Ogow"\n    Naso.\n',
    ),
    "two lines above a rule": (
        "Rest at\nhome.\n---\nEat.\n",
        {"Rest at home.": "Guriga ku naso.", "Eat.": "Cun."},
        "Guriga ku\nnaso.\n---\nCun.\n",
    ),
    "one word above a rule": (
        "> Rest at\n> home.\n> ---\n",
        {"Rest at home.": "休息。"},
        "> 休息。\n> <!-- -->\n> ---\n",
    ),
    "definitions without empty lines between": (
        "Fever\n:   A temperature\n    of 38°C.\nCough\n:   A noise.\n",
        {
            "Fever": "Qandho",
            "A temperature of 38°C.": "Heerkul 38°C ah.",
            "Cough": "Qufac",
            "A noise.": "Sanqadh.",
        },
        "Qandho\n:   Heerkul 38°C\n    ah.\nQufac\n:   Sanqadh.\n",
    ),
    "mark alone in its line": (
        "*\n    Rest\n    now.\n",
        {"Rest now.": "Hadda naso."},
        "*\n    Hadda naso.\n",
    ),
    "lines of a template language": (
        "Rest\n{% if winter %}\nand stay\nwarm.\n{% endif %}{# or not #}\nDrink.\n",
        {"Rest": "Naso", "and stay warm.": "oo diirnaan ku hay.", "Drink.": "Cab."},
        "Naso\n{% if winter %}\noo diirnaan ku hay.\n{% endif %}{# or not #}\nCab.\n",
    ),
    "front matter without a fence": (
        "Title: Cough\nSummary: How to\n    rest\nRisk: clinical\n\nRest.\n",
        {"Cough": "Qufac: daawo", "How to rest": "Sida loo nasto"},
        "Title: Qufac: daawo\nSummary: Sida loo nasto\nRisk: clinical\n\nRest.\n",
    ),
    "title of a code block": (
        '```python title="Try this"\nprint("hello")\n```\n',
        {"Try this": "试试看"},
        '```python title="试试看"\nprint("hello")\n```\n',
    ),
    "Windows line ends": (
        "Wash  \r\nyour hands.\r\n\r\n- Rest\r\n",
        {"Wash\nyour hands.": "Gacmaha\ndhaq.", "Rest": "Naso"},
        "Gacmaha  \r\ndhaq.\r\n\r\n- Naso\r\n",
    ),
    "tabs in the source": (
        "-\tRest\n\n\tStay warm.\n",
        {"Rest": "Naso", "Stay warm.": "Diirnaan ku hay."},
        "-\tNaso\n\n\tDiirnaan ku hay.\n",
    ),
}


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct_is_translated_in_its_place(name):
    source, targets, expected = CONSTRUCTS[name]
    assert [msgid for msgid in msgids(source) if msgid not in targets] in (
        [],
        ["Rest."],  # the body below the front matter
    )
    assert translate(source, targets) == expected


VERBATIM = {
    "fenced code": "```\nRest.\n```\n",
    "fenced code in a list": "- `a`\n\n    ~~~ py\n    rest()\n    ~~~\n",
    "fenced code with options of a plugin": '```py exec="1" hl="x"\nrest()\n\nmore()\n```\n',
    "indented code": "    rest()\n",
    "code, addresses and numbers only": "`rest` <https://www.nhs.uk> 999 :material-phone: ++ctrl+c++\n",
    "mathematics": "$$\nE = mc^2\n$$\n",
    "mathematics in an environment": "\\begin{align}\nE &= mc^2 \\\\\nF &= ma\n\\end{align}\n",
    "mathematics in square brackets": "\\[\nE = mc^2\n\\]\n",
    "comments": "<!-- Rest. -->\n",
    "a snippet": '--8<-- "rest.md"\n',
    "an object's documentation": "::: rest.module\n    options:\n        members: true\n",
    "a table of contents": "[TOC]\n",
    "macros": "{{ rest() }}\n\n{% include 'rest.md' %}\n",
    "link definitions": "[rest]: https://www.nhs.uk/rest\n",
    "scripts and styles": "<script>\nrest();\n</script>\n\n<style>\n.rest {}\n</style>\n",
    "a cell without letters": "| 1 | 2 |\n|---|---|\n| 3–4 | 50% |\n",
}


@pytest.mark.parametrize("name", VERBATIM)
def test_what_is_no_text_is_no_segment(name):
    assert msgids(VERBATIM[name]) == []


def test_inline_markup_stays_and_is_listed():
    (segment,) = split(
        "Call **999** or see [the page](https://www.nhs.uk){ .x } `now`,[^1] {{ name }} :tada: <b>fast</b>\n"
    )
    assert segment.msgid.startswith("Call **999** or see [the page](https://www.nhs.uk)")
    assert [(span.kind, span.text) for span in segment.protected] == [
        (SpanKind.URL, "https://www.nhs.uk"),
        (SpanKind.ATTRIBUTES, "{ .x }"),
        (SpanKind.CODE, "`now`"),
        (SpanKind.FOOTNOTE, "[^1]"),
        (SpanKind.PLACEHOLDER, "{{ name }}"),
        (SpanKind.SHORTCODE, ":tada:"),
        (SpanKind.HTML, "<b>"),
        (SpanKind.HTML, "</b>"),
    ]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Read [^^this^^](a.md) now.[^1]", ["a.md", "[^1]"]),
        ("Sleep _:tada:_ Rest_:mask:_", [":tada:", ":mask:"]),
        ("Wake at 7:30:00.", []),
        # Square brackets are mathematics only where they hold the whole block.
        ("\\[your name\\] rings 111.", []),
        # Python-Markdown takes an address with spaces.
        ("Read [the leaflet](my leaflet.pdf) now.", ["my leaflet.pdf"]),
        ('Read [it](my leaflet.pdf "Rest") now.', ["my leaflet.pdf"]),
    ],
)
def test_marks_beside_each_other_are_told_apart(text, spans):
    (segment,) = split(text)
    assert [span.text for span in segment.protected] == spans


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("See [the guide].", "Eeg [hagaha].", "Eeg [hagaha][the guide]."),
        ("See [The Guide][].", "انظر [الدليل].", "انظر [الدليل][The Guide]."),
        ("See [the guide] and [NHS].", "[NHS] [指南]", "[NHS] [指南][the guide]"),
        ("![the guide]", "![指南]", "![指南][the guide]"),
        ("[x] [y] or [the guide].", "[á] [é] ama [hagaha].", "[á] [é] ama [hagaha][the guide]."),
        ("See [it][the guide].", "Eeg [kan][hagaha].", "Eeg [kan][the guide]."),
        (
            "[it][no] and [the guide].",
            "[hagaha] iyo [kan][no].",
            "[hagaha][the guide] iyo [kan][no].",
        ),
        (
            "[a](a.md), [the guide] and [NHS].",
            "[hagaha], [GGD] iyo [á](a.md).",
            "[hagaha][the guide], [GGD][NHS] iyo [á](a.md).",
        ),
        ("[the guide] [^1]", "[hagaha] [^1]", "[hagaha][the guide] [^1]"),
        ("See [it] [the guide].", "Eeg [kan] [hagaha].", "Eeg [kan] [the guide]."),
        ("Read [this] [the guide].", "Akhri [kan] [the guide].", "Akhri [kan] [the guide]."),
        # Python-Markdown finds no definition whose label has code in it.
        ("Read [the `111` page].", "Akhri [bogga `111`].", "Akhri [bogga `111`]."),
    ],
)
def test_references_by_their_own_text_still_point_home(source, target, expected):
    definitions = "\n\n[the guide]: guide.md\n[nhs]: https://www.nhs.uk\n[the `111` page]: 111.md\n"
    text = source + definitions
    (segment,) = split(text)
    assert splice(text, {segment.key: target}) == expected + definitions


def test_directives_reach_the_next_block_or_section():
    text = dedent("""\
        <!-- translators: a button -->
        <!-- context: as a verb -->
        Rest

        <!-- critical -->
        ## In danger

        Call 999.

        ## Later

        <!-- no-translate -->
        NHS

        - Sleep
            <!-- context: as a noun -->
            - Rest

        <!-- no-translate:start -->

        Hidden.

        <!-- no-translate:end -->

        Eat.
        {: .critical }
        """)
    segments = split(text)
    assert [(s.msgid, s.context, s.note, s.critical) for s in segments] == [
        ("Rest", "as a verb", "a button", False),
        ("In danger", None, None, True),
        ("Call 999.", None, None, True),
        ("Later", None, None, False),
        ("Sleep", None, None, False),
        ("Rest", "as a noun", None, False),
        ("Eat.", None, None, True),
    ]
    assert segments[2].section == ("In danger",)
    assert splice(text, {segments[0].key: "Naso"}).count("Naso") == 1


@pytest.mark.parametrize(
    "text",
    [
        "<!-- critical:start -->\n\nCall.\n\n<!-- critical:end -->\n",
        '!!! critical "Call"\n    Wait.\n',
        "## Call {.critical}\n\nWait.\n",
        '<div class="critical" markdown>\nCall.\n</div>\n',
    ],
)
def test_critical_can_be_said_in_several_ways(text):
    assert all(segment.critical for segment in split(text))


def test_what_is_unknown_is_kept_and_reported():
    text = "!!! 'what'\n    Rest.\n\n<!-- no-tranlate -->\nEat.\n\n```\nnever closed\n"
    assert [(report.line, report.text) for report in scan(text).reports] == [
        (1, "!!! 'what'"),
        (4, "<!-- no-tranlate -->"),
        (7, "```"),
    ]
    assert splice(text, {}) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rest.\n", "<span lang=en>Rest.</span>"),
        ("## Rest\n", "<span lang=en>Rest</span>"),
        ("![A boat](a.svg)\n", None),
        ("*[GP]: doctor\n", None),
        ("<option>Yes</option>\n<select>\n<option>Yes</option>\n</select>\n", None),
        ("---\ntitle: Rest\n---\n", None),
    ],
)
def test_untranslated_text_is_wrapped_where_html_can_stand(text, expected):
    assert {wrap(segment, "<span lang=en>", "</span>") for segment in split(text)} == {expected}


def test_a_fallback_is_asked_for_what_has_no_translation():
    text = "Rest.\n\n- [ ] Eat\n"
    rest, _eat = split(text)
    shown = splice(text, {rest.key: "Naso."}, fallback=lambda s: wrap(s, "<i>", "</i>"))
    assert shown == "Naso.\n\n- [ ] <i>Eat</i>\n"


def test_kinds_are_told_apart():
    text = '# T\n\n[Go](a.md){ .md-button }\n\n> Q\n\n??? note "D"\n    P\n'
    assert [segment.kind for segment in split(text)] == [
        SegmentKind.HEADING,
        SegmentKind.BUTTON,
        SegmentKind.QUOTE,
        SegmentKind.DETAILS_TITLE,
        SegmentKind.PARAGRAPH,
    ]


def test_a_list_may_be_numbered_in_any_digits():
    text = "١. اغسل يديك\n٢. ابق في البيت\n"
    assert [segment.msgid for segment in split(text)] == ["اغسل يديك", "ابق في البيت"]
    assert "<ol>" in markdown.markdown(text)


def test_headers_without_a_fence_are_those_that_mkdocs_reads():
    text = "Note: wash your hands\nand rest.\n"
    assert msgids(text) == ["and rest."]
    assert mkdocs.utils.meta.get_data(text)[0] == "and rest.\n"
    (report,) = scan(text).reports
    assert (report.line, report.text) == (1, "Note: wash your hands")
    assert "MkDocs reads this as front matter" in report.message
    assert msgids(f"\n{text}") == ["Note: wash your hands and rest."]


@given(
    st.lists(
        st.sampled_from(
            ["Title: Cough", " a:b", "x:", "    more", "\tmore", "", "  ", "Text", "--: x", "T: é"]
        )
    ).map("\n".join)
)
def test_headers_without_a_fence_end_where_mkdocs_ends_them(text):
    theirs = mkdocs.utils.meta.get_data(text)[0]
    assert text[scan(text).body_start :].lstrip(" \n") == theirs.lstrip(" \n")
