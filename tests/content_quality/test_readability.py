"""What ships reads easily: short sentences, and a grade that a child of 9 to 11 can read.

The grade is Flesch and Kincaid's (Kincaid, Fishburne, Rogers and Chissom, 1975):
``0.39 x words per sentence + 11.8 x syllables per word - 15.59``. A text of grade *n* is read
comfortably at about age *n* + 5, so reading age 9 to 11 is grade 4 to 6, and 6 is the limit.

The formula needs no library: syllables are counted by groups of vowels, with the rules for
silent letters that its other users apply. ``test_syllables`` shows words counted right; a
count that is one off in a word does not move a resource by a tenth of a grade.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

CONTENT = Path(__file__).parents[2] / "content"
RESOURCES = sorted(CONTENT.glob("*/*.md"))
LONGEST_SENTENCE = 20
HIGHEST_GRADE = 6.0

#: Read out letter by letter, or as a name: groups of vowels say nothing about them.
SPOKEN = {"covid-19": 4, "covid": 2, "nhs": 3, "gp": 2, "gms1": 4, "pals": 1, "uk": 2, "id": 2}

_CONTAINER = re.compile(r"(?:!!!|\?\?\?\+?|===)[^\"]*(?:\"(?P<title>[^\"]*)\")?\s*")
_MARKER = re.compile(
    r">\s*|(?P<item>[-*+] (?:\[[ x]\] )?|\d+\. )|:\s{2,}"
    r"|\[\^[^\]]+\]:\s+|\*\[[^\]]+\]:\s+|(?P<heading>#+\s+)"
)
_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])")
_WORD = re.compile(r"[^\W_][\w'’&.,:°-]*[\w°]|[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, or a fragment that stands alone: a heading, a list item, a cell."""

    text: str
    line: int

    @property
    def words(self):
        return _WORD.findall(self.text)

    @property
    def is_whole(self):
        return self.text.rstrip("\"')").endswith((".", "!", "?"))


def find_sentences(markdown):
    """Cut Markdown into sentences as a reader meets them, title and summary included."""
    sentences = []
    for block, line in find_blocks(markdown):
        for piece in _BREAK.split(strip_inline(block)):
            sentence = Sentence(text=piece.strip(), line=line)
            if re.search(r"[^\W\d_]", sentence.text):
                sentences.append(sentence)
    return sentences


def find_blocks(markdown):
    """Blocks of running text with their first line: each ends at a blank line or a marker."""
    blocks, is_open = [], False
    for number, raw in enumerate(blank_out(markdown).split("\n"), start=1):
        line = raw.strip()
        container, marker = _CONTAINER.fullmatch(line), _MARKER.match(line)
        if not line or re.fullmatch(r"[|: -]+|\{:?[^}]*\}", line):
            is_open = False
        elif container:
            blocks.append([container["title"] or "", number])
            is_open = False
        elif line.startswith("|"):
            blocks.extend([cell, number] for cell in re.split(r"(?<!\\)\|", line)[1:-1])
            is_open = False
        elif marker or not is_open:
            blocks.append([line[marker.end() :] if marker else line, number])
            is_open = not (marker and marker["heading"])
        else:
            blocks[-1][0] += " " + line
    return blocks


def blank_out(markdown):
    """Blank what is not read as text, keeping the lines: front matter, comments, code."""
    front_matter = re.match(r"---\n.*?\n---\n", markdown, re.DOTALL)
    if front_matter:
        kept = re.findall(r"^(?:title|summary): (.*)$", front_matter[0], re.MULTILINE)
        lines = front_matter[0].count("\n")
        head = "\n\n".join(kept).split("\n")
        markdown = (
            "\n".join([*head, *[""] * (lines - len(head))]) + "\n" + markdown[front_matter.end() :]
        )
    pattern = r"<!--.*?-->|^( *)(`{3,}|~{3,}).*?^\1\2|</?\w[^>]*>"
    return re.sub(
        pattern, lambda found: "\n" * found[0].count("\n"), markdown, flags=re.DOTALL | re.MULTILINE
    )


def strip_inline(text):
    """The words of inline Markdown: no code, addresses, footnote marks or emphasis."""
    text = re.sub(r"`[^`]*`", " ", text)
    text = re.sub(r"!?\[([^\]^]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[\^[^\]]+\]|\{:?[^}]*\}|https?://\S+", "", text)
    return re.sub(r"\*+", "", text)


def count_syllables(word):
    """Syllables of an English word by its groups of vowels; a bare number is one."""
    word = re.sub(r"['’]s?$", "", word.lower())
    if word in SPOKEN:
        return SPOKEN[word]
    if "-" in word:
        return sum(count_syllables(part) for part in word.split("-"))
    word = re.sub(r"[^a-z]", "", word)
    count = len(re.findall(r"[aeiouy]+", word))
    count += len(re.findall(r"(?<!c)ia(?!g)|(?<![tsc])io(?!us)|eo(?!p|r)|ying|uou", word))
    if re.search(r"[^aeiouy]le$|[^aeiouy]les$", word):
        return count
    if re.search(r"[^aeiouy]e$|[^aeioucgsxz]es$|[^aeioutd]ed$", word):
        count -= 1
    return max(count - bool(re.match(r"some\w", word)), 1)


def find_grade(sentences):
    """Flesch-Kincaid grade of the whole sentences; fragments have no sentence length."""
    whole = [sentence for sentence in sentences if sentence.is_whole]
    words = [word for sentence in whole for word in sentence.words]
    syllables = sum(map(count_syllables, words))
    return 0.39 * len(words) / len(whole) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("help", 1),
        ("breathe", 1),
        ("called", 1),
        ("tired", 1),
        ("needed", 2),
        ("people", 2),
        ("doctor", 2),
        ("symptoms", 2),
        ("something", 2),
        ("medicine", 3),
        ("emergency", 4),
        ("interpreter", 4),
        ("temperature", 4),
        ("paracetamol", 5),
        ("vaccination", 4),
        ("COVID-19", 4),
        ("NHS", 3),
        ("rainy-day", 3),
        ("111", 1),
    ],
)
def test_syllables(word, syllables):
    assert count_syllables(word) == syllables


def test_sentences_are_found_in_every_container():
    markdown = """\
---
title: A cough
owner: Nobody reads this aloud
---
Rest. Call [NHS 111 online](https://111.nhs.uk/) if
you feel **worse**.[^a]

<!-- translators: not read. At all. -->
!!! danger critical "Call 999 now"
    Do not wait.

??? question "Is it free?"
    Yes. It is.

| Age | What to do |
|---|---|
| Under 3 | Call 111 |

- [ ] Water
1. Sit up
    - Say "help". Then wait.

Term
:   What it means.

[^a]: Day and night.
"""
    assert [sentence.text for sentence in find_sentences(markdown)] == [
        "A cough",
        "Rest.",
        "Call NHS 111 online if you feel worse.",
        "Call 999 now",
        "Do not wait.",
        "Is it free?",
        "Yes.",
        "It is.",
        "Age",
        "What to do",
        "Under 3",
        "Call 111",
        "Water",
        "Sit up",
        'Say "help".',
        "Then wait.",
        "Term",
        "What it means.",
        "Day and night.",
    ]


def test_grade_tells_plain_from_official_english():
    plain = find_sentences("Sit up and rest. Drink water. Call 111 if you feel worse.")
    official = find_sentences(
        "Individuals experiencing persistent respiratory symptomatology should immediately "
        "undertake consultation with an appropriately qualified healthcare professional."
    )

    assert find_grade(plain) < 2
    assert find_grade(official) > 20


@pytest.mark.parametrize("path", RESOURCES, ids=lambda path: path.stem)
def test_no_sentence_is_longer_than_20_words(path):
    sentences = find_sentences(path.read_text(encoding="utf-8"))

    assert [
        f"line {sentence.line}: {len(sentence.words)} words: {sentence.text}"
        for sentence in sentences
        if len(sentence.words) > LONGEST_SENTENCE
    ] == []


@pytest.mark.parametrize("path", RESOURCES, ids=lambda path: path.stem)
def test_reading_age_is_at_most_11(path):
    assert find_grade(find_sentences(path.read_text(encoding="utf-8"))) <= HIGHEST_GRADE


@pytest.mark.parametrize("path", RESOURCES, ids=lambda path: path.stem)
def test_a_resource_fits_on_a_leaflet(path):
    words = sum(len(s.words) for s in find_sentences(path.read_text(encoding="utf-8")))

    assert 350 <= words <= 750


@pytest.mark.parametrize("path", RESOURCES, ids=lambda path: path.stem)
def test_the_table_in_the_docs_says_what_is_measured(path):
    table = (CONTENT.parent / "docs" / "content-sources.md").read_text(encoding="utf-8")
    sentences = find_sentences(path.read_text(encoding="utf-8"))
    whole = [len(sentence.words) for sentence in sentences if sentence.is_whole]
    lengths = [len(sentence.words) for sentence in sentences]

    assert (
        f"| `{path.parent.name}/{path.stem}` | {sum(lengths)} | {max(lengths)} "
        f"| {sum(whole) / len(whole):.1f} | {find_grade(sentences):.1f} |"
    ) in table
