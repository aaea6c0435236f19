"""What a text says to its reader: the main message, what to do, whom to call, in what language."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pipeline.checks.plain.page import Page
from pipeline.checks.plain.prose import Block, Sentence
from pipeline.checks.plain.wordlists import load_phrases, load_words
from pipeline.model import Finding, SegmentKind, Severity

#: What a phone shows before its reader has to move the page.
_FIRST_SCREEN = 80
_YOU = re.compile(r"\byou(?:r|rs|rself|rselves)?\b", re.IGNORECASE)
_MUST = re.compile(
    r"\byou(?:r child|r baby)?\s+(?:can|could|should|must|may|need to|have to|will need|"
    r"do not have to|are asked)\b"
    r"|\b(?:do not|don['’]t|please|make sure)\s+[a-z]+",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:]\s+|\bthen\s+|\band\s+")
_NOUN_AFTER = load_words("after-nouns")
_EMERGENCY = frozenset({"999", "112"})
_URGENT = frozenset({"111"})
_PEOPLE = re.compile(
    r"\b(?:gps?|doctors?|surgery|pharmacists?|pharmacy|midwife|health visitor|nurse|dentist|"
    r"helpline|samaritans)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.,-])\d{3}(?![\d.,-]*\d)")
_INTERPRETER = re.compile(
    r"\binterpret\w*|\byour (?:own |first )?language\b|\bsign language\b|\blanguage you speak\b|"
    r"\bwhich language\b|\btranslat\w+",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"^(?P<in>[ ]*)\?\?\?(?!\+)[^\n]*$")
_NO_BODY = frozenset({SegmentKind.ABBREVIATION, SegmentKind.FOOTNOTE, SegmentKind.IMAGE_TEXT})


def check_main_message_first(page: Page) -> tuple[Finding, ...]:
    """main-message-first: the first screen does not say what matters to the reader.

    Advice. Within the first 80 words there must be text that is marked critical, something to do,
    or at least a sentence that speaks of "you". In other languages than English, where our words
    for that do not fit, nothing is said.

    - Standard: CDC Clear Communication Index (main message at the top),
      https://www.cdc.gov/ccindex/; PEMAT (purpose evident),
      https://www.ahrq.gov/health-literacy/patient-education/pemat.html
    - Wrong: ``Coronaviruses are a large family of viruses. They were first described in 1965.``
    - Right: ``Most people with COVID-19 get better at home. You can do a lot to feel better.``
    - Not judged: ``كوفيد-19 مرض معدٍ.``

    Args:
        page: the resource.

    Returns:
        One finding, or none.
    """
    first = list(_first_screen(page))
    if not page.is_english or not first:
        return ()
    if any(block.segment.critical for block, _ in first):
        return ()
    if any(_YOU.search(s.text) or is_action(s) for _, s in first):
        return ()
    return (
        page.finding(
            "main-message-first",
            Severity.MINOR,
            first[0][0].segment.line,
            message="The first lines do not say what matters to the reader.",
            remedy="Begin with the one thing that readers must know or do; write to “you”.",
        ),
    )


def _first_screen(page: Page) -> Iterator[tuple[Block, Sentence]]:
    words = 0
    for block in page.body:
        if block.kind in _NO_BODY:
            continue
        for sentence in block.sentences:
            if words >= _FIRST_SCREEN:
                return
            words += len(sentence.words)
            yield block, sentence


def is_action(sentence: Sentence) -> bool:
    """Whether a sentence in English tells its reader to do something, or not to.

    Args:
        sentence: the sentence: ``Call 111.``, ``If you feel worse, call 111.``
    """
    if _MUST.search(sentence.text):
        return True
    return any(_is_order(clause) for clause in _CLAUSE.split(sentence.text))


def _is_order(clause: str) -> bool:
    words = re.findall(r"[\w'’]+", clause.lower())
    if not words or words[0].replace("’", "'") not in load_words("actions"):
        return False
    return len(words) == 1 or words[1] not in _NOUN_AFTER


def check_call_to_action(page: Page) -> tuple[Finding, ...]:
    """call-to-action: the text tells the reader nothing to do.

    A finding for clinical resources, advice for the rest; English only. One sentence is enough: an
    order ("Rest.", "If you feel worse, call 111.") or "you can", "you should", "you need to".

    - Standard: PEMAT (at least one action, said to the user),
      https://www.ahrq.gov/health-literacy/patient-education/pemat.html; CDC Clear Communication
      Index (call to action), https://www.cdc.gov/ccindex/
    - Wrong: ``Influenza is a viral illness. Symptoms include fever.``
    - Right: ``Rest and drink water. Call 111 if you feel worse.``
    - Not judged: ``Ibuprofen hilft gegen Schmerzen.``

    Args:
        page: the resource.

    Returns:
        One finding, or none.
    """
    sentences = [s for block in page.body for s in block.sentences]
    if not page.is_english or not sentences or any(map(is_action, sentences)):
        return ()
    return (
        page.finding(
            "call-to-action",
            Severity.MAJOR if page.risk == "clinical" else Severity.MINOR,
            None,
            message="The text tells the reader nothing to do.",
            remedy="Say what to do, and begin with the verb: “Call 111”, “Rest”.",
        ),
    )


def check_when_to_get_help(page: Page) -> tuple[Finding, ...]:
    """when-to-get-help: the text does not say when to get help, or hides it.

    A finding in a clinical resource that names none of 999, 111, a GP or another who helps; in
    which 999 stands only in a part that is closed until it is opened (``???``); or in which no text
    with 999 is marked critical: what is not marked is not taken back at once when it changes.
    Advice where a clinical text has one of 999 and 111 alone, and where another text names nobody
    or hides 999. Nothing is asked of activities. Any language: digits of all scripts are read.

    - Standard: NHS Standard for creating health content,
      https://service-manual.nhs.uk/content/standard-for-creating-health-content; CDC Clear
      Communication Index (behavioural recommendations), https://www.cdc.gov/ccindex/
    - Wrong: ``Seek urgent care if your condition gets worse.``
    - Right: ``Call 999 if you cannot breathe. Call 111 if you feel worse.``
    - Wrong: ``اطلب المساعدة.``
    - Right: ``اتصل بالرقم ٩٩٩ إذا كنت لا تستطيع التنفس.``

    Args:
        page: the resource.

    Returns:
        Up to three findings.
    """
    if page.risk == "activity" or not page.body:
        return ()
    calls = [block for block in page.blocks if _EMERGENCY & _numbers(block.text)]
    found = {number for block in page.blocks for number in _numbers(block.text)}
    findings = [*_nobody_to_call(page, found)]
    if calls and all(_closed_lines(page.text) & {block.segment.line} for block in calls):
        findings.append(
            _help(
                page,
                Severity.MAJOR if page.risk == "clinical" else Severity.MINOR,
                calls[0].segment.line,
                "999 stands only in a part that is closed until the reader opens it.",
                remedy='Move it into an open box: !!! danger critical "Call 999 now".',
            )
        )
    if page.risk == "clinical" and calls and not any(block.segment.critical for block in calls):
        findings.append(
            _help(
                page,
                Severity.MAJOR,
                calls[0].segment.line,
                "The text about 999 is not marked critical.",
                remedy='Write !!! danger critical "…", or <!-- critical --> on the line above it.',
            )
        )
    return tuple(findings)


def _nobody_to_call(page: Page, found: set[str]) -> Iterator[Finding]:
    is_clinical = page.risk == "clinical"
    has_people = page.is_english and any(_PEOPLE.search(block.text) for block in page.blocks)
    if not found & (_EMERGENCY | _URGENT) and not has_people:
        yield _help(
            page,
            Severity.MAJOR if is_clinical else Severity.MINOR,
            None,
            "The text does not say when to get help, and from whom.",
            remedy="Say which signs need 999, which 111 or a GP.",
        )
    elif is_clinical and not found & _EMERGENCY:
        yield _help(
            page,
            Severity.MINOR,
            None,
            "The text does not say when to call 999.",
            remedy="Say which signs are an emergency, if there are any.",
        )
    elif is_clinical and not found & _URGENT and not has_people:
        yield _help(
            page,
            Severity.MINOR,
            None,
            "The text does not say whom to ask when it is no emergency.",
            remedy="Say when to call 111 or to see a GP.",
        )


def _help(
    page: Page, severity: Severity, line: int | None, message: str, *, remedy: str
) -> Finding:
    return page.finding("when-to-get-help", severity, line, message=message, remedy=remedy)


def _numbers(text: str) -> set[str]:
    """Numbers of three digits, in digits of any script."""
    if not text.isascii():
        text = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)
    return set(_NUMBER.findall(text))


def _closed_lines(text: str) -> set[int]:
    """Lines that are in parts which are closed until somebody opens them."""
    closed: set[int] = set()
    depth: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None and line.strip() and indent <= depth:
            depth = None
        begin = _CLOSED.match(line) if depth is None else None
        if begin:
            depth = len(begin["in"])
        if depth is not None:
            closed.add(number)
    return closed


def check_interpreter_line(page: Page) -> tuple[Finding, ...]:
    """interpreter-line: the text sends readers to speak to somebody and names no interpreter.

    Advice, English only. Who reads a translation often does not ring because the talk would be in
    English. One line is enough. Nothing is asked of activities.

    - Standard: NHS England, guidance for commissioners on interpreting and translation in primary
      care, https://www.england.nhs.uk/publication/guidance-for-commissioners-interpreting-and-translation-services-in-primary-care/
    - Wrong: ``Call your GP.``, and not a word about language
    - Right: ``Call your GP. An interpreter is free.``
    - Not judged: ``Appelez votre médecin.``

    Args:
        page: the resource.

    Returns:
        One finding, or none.
    """
    if not page.is_english or page.risk == "activity":
        return ()
    texts = [block.text for block in page.body]
    line = _first_call(page)
    if line is None or _has(_INTERPRETER, texts):
        return ()
    return (
        page.finding(
            "interpreter-line",
            Severity.MINOR,
            line,
            message="Readers are to speak to somebody; nothing says that an interpreter is free.",
            remedy="Add: “Tell them which language you speak. An interpreter is free.”",
        ),
    )


def _first_call(page: Page) -> int | None:
    speaking = "|".join(map(re.escape, load_phrases("speaking")))
    pattern = re.compile(rf"\b(?:{speaking})\b", re.IGNORECASE)
    found = (block.segment.line for block in page.body if pattern.search(block.text))
    return next(found, None)


def _has(pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
    return any(pattern.search(text) for text in texts)
