"""Headings, links and pictures."""

import pytest

from pipeline.checks.plain import check_alt_text, check_heading_order, check_link_text

TITLED = "---\ntitle: Rest\n---\n\n"


def said(findings):
    return [(finding.line, str(finding.severity), finding.message) for finding in findings]


def test_headings_in_order(read):
    text = TITLED + "## A\n\n### B\n\n#### C\n\n## D\n\nE\n---\n\n### F\n"
    assert check_heading_order(read(text)) == ()


def test_a_skipped_level(read):
    text = TITLED + "## Treat your symptoms\n\n#### Cough\n"
    assert said(check_heading_order(read(text))) == [
        (7, "minor", "“Cough” is 2 levels below “Treat your symptoms”.")
    ]


def test_a_heading_without_letters_counts(read):
    assert check_heading_order(read(TITLED + "## 111\n\n### Phone\n")) == ()


def test_a_heading_without_a_space_counts(read):
    assert said(check_heading_order(read(TITLED + "##A\n\n####B\n"))) == [
        (7, "minor", "“B” is 2 levels below “A”.")
    ]


def test_a_second_title(read):
    assert said(check_heading_order(read(TITLED + "# Rest\n"))) == [
        (5, "minor", "“Rest” is a second title: the title is the only first level.")
    ]
    assert check_heading_order(read("# Rest\n\n## Drink\n")) == ()


def test_code_and_comments_have_no_headings(read):
    text = "# A\n\n```\n#### B\n```\n\n<!--\n#### C\n-->\n\n    #### D\n"
    assert check_heading_order(read(text)) == ()


def test_line_ends_of_windows(read):
    assert said(check_heading_order(read("# A\r\n\r\nRest.\r\n\r\n### B\r\n"))) == [
        (5, "minor", "“B” is 2 levels below “A”.")
    ]


def test_headings_of_html(read):
    assert said(check_heading_order(read("<h2>A</h2>\n\n<h4>B</h4>\n"))) == [
        (3, "minor", "“B” is 2 levels below “A”.")
    ]


def test_a_long_text_needs_headings(read):
    assert said(check_heading_order(read("Rest and drink water.\n\n" * 80))) == [
        (None, "minor", "The text has 320 words and no heading.")
    ]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("[Click here](https://111.nhs.uk/) for help.", "minor"),
        ("[here](a.md)", "minor"),
        ("[Click here to read all of it!](a.md)", "minor"),
        ("[Find your GP here](a.md)", "minor"),
        ("[**Read more …**](a.md)", "minor"),
        ("[here][nhs]\n\n[nhs]: https://www.nhs.uk/", "minor"),
        ("[https://www.nhs.uk/](https://www.nhs.uk/)", "minor"),
        ("[nhs.uk](https://www.nhs.uk/)", "minor"),
        ("See https://www.nhs.uk/ for more.", "minor"),
        ("See <https://www.nhs.uk/> for more.", "minor"),
        ("See www.nhs.uk for more.", "minor"),
        ('<a href="a.md">here</a>', "minor"),
        ("[](https://www.nhs.uk/)", "major"),
        ("[ **** ](https://www.nhs.uk/)", "major"),
    ],
)
def test_links_that_lead_who_knows_where(read, text, severity):
    (finding,) = check_link_text(read(text + "\n"))
    assert (finding.line, finding.severity) == (1, severity)


@pytest.mark.parametrize(
    "text",
    [
        "Use [NHS 111 online](https://111.nhs.uk/).",
        "[111](tel:111)",
        "[![A phone](phone.svg)](https://111.nhs.uk/)",
        '<a href="a.md" aria-label="The page about rest">more</a>',
        "`https://example.org/`",
        "```\nhttps://example.org/\n```",
        "[NHS][n]\n\n[n]: https://www.nhs.uk/",
        "A note.[^1]\n\n[^1]: From the NHS.",
        "Write to help@nhs.uk.",
        "- [x] Water",
        "<!-- [here](a.md) -->",
    ],
)
def test_links_that_say_where_they_lead(read, text):
    assert check_link_text(read(text + "\n")) == ()


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("ar", "[اضغط هنا](https://111.nhs.uk/)"),
        ("so", "[Halkan guji](https://111.nhs.uk/)"),
        ("bn", "[এখানে ক্লিক করুন](https://111.nhs.uk/)"),
        ("fr", "[Cliquez ici](https://111.nhs.uk/)"),
    ],
)
def test_here_in_other_languages(read, locale, text):
    assert len(check_link_text(read(text, locale))) == 1


@pytest.mark.parametrize(
    ("picture", "severity"),
    [
        ("![](images/rest.svg)", "major"),
        ("![   ](images/rest.svg)", "major"),
        ("![rest.svg](images/rest.svg)", "major"),
        ("![IMG_0012](images/rest.svg)", "major"),
        ("![DSC 0012.JPG](images/rest.svg)", "major"),
        ('<img src="rest.svg">', "major"),
        ("![rest](images/rest.svg)", "minor"),
        ("![Picture](images/rest.svg)", "minor"),
        ("![Untitled-1](images/rest.svg)", "minor"),
        ("![Image of a person in bed](images/rest.svg)", "minor"),
        ("!!! tip\n    ![](images/rest.svg)", "major"),
    ],
)
def test_pictures_without_a_text(read, picture, severity):
    (finding,) = check_alt_text(read(f"Rest.\n\n{picture}\n"))
    assert (finding.line, finding.severity) == (4 if "!!!" in picture else 3, severity)


@pytest.mark.parametrize(
    "picture",
    [
        "![A person rests in bed](images/rest.svg)",
        "![شخص يستريح في السرير](images/rest.svg)",
        '<img src="line.svg" alt="">',
        '<img src="rest.svg" alt="A person rests">',
        "`![](images/rest.svg)`",
        "Text before.\n\n    ![](code.svg)",
    ],
)
def test_pictures_with_a_text(read, picture):
    assert check_alt_text(read(f"{picture}\n")) == ()
