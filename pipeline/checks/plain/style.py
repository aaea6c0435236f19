"""How a text is written: paragraphs, passive voice, words that few know."""

import re
from collections.abc import Iterator

from pipeline.checks.plain.acronyms import find_explained
from pipeline.checks.plain.page import Page
from pipeline.checks.plain.prose import Block, count_sentences
from pipeline.checks.plain.wordlists import Entry, load_jargon, load_words
from pipeline.model import Finding, SegmentKind, Severity

_MOST_SENTENCES = 6
_MOST_WORDS = 65
_RUNNING = frozenset(
    {
        SegmentKind.PARAGRAPH,
        SegmentKind.LIST_ITEM,
        SegmentKind.DEFINITION,
        SegmentKind.QUOTE,
        SegmentKind.HTML_TEXT,
    }
)
_TO_BE = r"(?:am|is|are|was|were|be|been|being|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)"
_BETWEEN = (
    r"(?:(?:not|also|often|always|never|already|now|still|being|been|sometimes|then|[a-z]+ly)"
    r"\s+){0,2}"
)
_PASSIVE = re.compile(
    rf"\b(?P<be>{_TO_BE})\s+(?P<between>{_BETWEEN})(?P<verb>[a-z]+)\b", re.IGNORECASE
)
#: “This is called pacing” names something; “111 should be called” hides who calls.
_NAMING = frozenset({"is", "are", "was", "were"})
_QUOTED = re.compile(r"\"[^\"]{1,80}\"|“[^”]{1,80}”|‘[^’]{1,80}’")
_NAMED_BEFORE = re.compile(
    r"(?:\(|\b(?:called|named|known as|term|word)\s+(?:an?\s+|the\s+)?)[\"“'‘]?$", re.IGNORECASE
)
_SAID_AFTER = re.compile(
    r"^[\"”'’]?(?:\s*\(|,?\s+(?:means|or|that is|which is|which means|is when)\b)"
)
_MANY = 2


def check_long_paragraph(page: Page) -> tuple[Finding, ...]:
    """long-paragraph: a paragraph is a wall of text.

    Advice. More than 6 sentences in any language, or in English more than 65 words. The NHS writes
    up to three sentences; ours are shorter than theirs.

    - Standard: NHS content style guide, https://service-manual.nhs.uk/content/how-we-write; PEMAT
      (information in short sections),
      https://www.ahrq.gov/health-literacy/patient-education/pemat.html
    - Wrong: eight sentences about rest, food and medicine in one paragraph
    - Right: three paragraphs, each with a heading
    - Wrong: ``استرح. اشرب. نم. كل. امش. اتصل. انتظر.``
    - Right: ``استرح. اشرب. نم.``, and a list of the rest

    Args:
        page: the resource.

    Returns:
        One finding a paragraph.
    """
    return tuple(found for block in page.body if (found := _paragraph(page, block)))


def _paragraph(page: Page, block: Block) -> Finding | None:
    if block.kind not in _RUNNING:
        return None
    sentences = len(block.sentences) if page.is_english else count_sentences(block.text)
    words = block.words if page.is_english else 0
    # One long sentence is no wall of text: `long-sentence` tells of it.
    if sentences <= _MOST_SENTENCES and (words <= _MOST_WORDS or sentences < _MANY):
        return None
    size = f"{sentences} sentences" + (f" and {words} words" if words else "")
    return page.finding(
        "long-paragraph",
        Severity.MINOR,
        block.segment.line,
        message=f"The paragraph has {size}.",
        remedy="Make two of it, or a list.",
    )


def check_passive_voice(page: Page) -> tuple[Finding, ...]:
    """passive-voice: a sentence hides who does what.

    Advice, English only. A form of "to be" before a participle, without words that say how somebody
    is ("you are worried") and without "is called", which gives something its name.

    - Standard: NHS content style guide, https://service-manual.nhs.uk/content/how-we-write; PEMAT
      (active voice), https://www.ahrq.gov/health-literacy/patient-education/pemat.html; CDC Clear
      Communication Index (active voice), https://www.cdc.gov/ccindex/
    - Wrong: ``The form should be filled in before you are seen.``
    - Right: ``Fill in the form before you see the nurse.``
    - Not judged: ``Foomka waa la buuxiyaa.``

    Args:
        page: the resource.

    Returns:
        One finding for each.
    """
    if not page.is_english:
        return ()
    return tuple(
        _passive(page, block, found)
        for block in page.blocks
        for found in _PASSIVE.finditer(block.text)
        if is_passive(found["be"], found["verb"])
    )


def _passive(page: Page, block: Block, found: re.Match[str]) -> Finding:
    is_said = block.text.startswith(" by ", found.end())
    what = "says who does it only afterwards" if is_said else "does not say who does it"
    return page.finding(
        "passive-voice",
        Severity.MINOR,
        page.line_of(block, found[0]),
        message=f"“{found[0]}” {what}.",
        remedy="Begin with who does it, or tell the reader what to do: “call 111”.",
    )


def is_passive(form: str, verb: str) -> bool:
    """Whether a form of "to be" and the word after it make a passive.

    Args:
        form: the form, such as ``is``.
        verb: the word.
    """
    form, verb = form.lower(), verb.lower()
    if verb in load_words("states") or (verb == "called" and form in _NAMING):
        return False
    return verb.endswith("ed") or verb in load_words("participles")


def check_jargon(page: Page) -> tuple[Finding, ...]:
    """jargon: a word of doctors or offices that many readers do not know.

    Advice, English only. The words and what to write instead stand in
    ``pipeline/checks/plain/words/jargon.toml``; anybody may add to it. Nothing is said of a word
    that its sentence explains, of one in quotation marks, and of one that the resource explains in
    a list of terms. A word is told once a resource.

    - Standard: NHS A to Z of health writing,
      https://service-manual.nhs.uk/content/a-to-z-of-nhs-health-writing; PEMAT (everyday language),
      https://www.ahrq.gov/health-literacy/patient-education/pemat.html
    - Wrong: ``Commence the medication prior to your procedure.``
    - Right: ``Start the medicine before your operation.``
    - Right: ``You have high blood pressure (hypertension).``
    - Not judged: ``Unaweza kupata dawa.``

    Args:
        page: the resource.

    Returns:
        One finding a word.
    """
    if not page.is_english:
        return ()
    known = {block.text.lower() for block in page.blocks if block.kind is SegmentKind.TERM}
    known |= {label.lower() for label in find_explained(page)}
    told: set[str] = set()
    findings = []
    for block in page.blocks:
        for word, entry, is_said in _hard_words(block):
            if word.lower() in known or entry.name in told:
                continue
            told.add(entry.name)
            if not is_said:
                findings.append(_hard_word(page, block, word, entry))
    return tuple(findings)


def _hard_words(block: Block) -> Iterator[tuple[str, Entry, bool]]:
    """Each hard word of a block, its entry, and whether the block explains it."""
    if block.kind is SegmentKind.ABBREVIATION:
        return
    jargon = load_jargon()
    quotes = [found.span() for found in _QUOTED.finditer(block.text)]
    for found in jargon.pattern.finditer(block.text):
        entry = jargon.entries[found[0].lower()]
        if not any(start < found.start() < end for start, end in quotes):
            yield found[0], entry, _is_explained(block.text, found, entry)


def _is_explained(text: str, found: re.Match[str], entry: Entry) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if _NAMED_BEFORE.search(before) or _SAID_AFTER.match(after):
        return True
    return any(
        re.search(rf"\b{re.escape(plain)}", f"{before} {after}", re.IGNORECASE)
        for plain in entry.plain
        if len(plain.split()) > 1
    )


def _hard_word(page: Page, block: Block, word: str, entry: Entry) -> Finding:
    choices = " or ".join(f"“{plain}”" for plain in entry.plain)
    return page.finding(
        "jargon",
        Severity.MINOR,
        page.line_of(block, word),
        message=f"Many readers do not know “{word}”.",
        remedy=f"Write {choices}; or explain the word where it first stands.",
    )
