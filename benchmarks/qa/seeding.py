"""Errors put into good translations, the same ones each time.

Each category takes a row of source and target and gives it back with one error in the target, or
None where there is nothing to spoil. Where a row has no phone number, link or bold of its own,
one is put into both sides first.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.languages import Language, fold, load_language

ENGLISH = load_language("en")
_NUMBER = re.compile(r"(?<![\w.,/٫٬-])\d+(?:[.,٫]\d+)*(?![\w/-])")
_PLAIN = re.compile(r"(?<![\w.,/٫٬:-])\d+(?![\w.,/٫٬:%-]*\d)(?!\w)")
_RANGE = re.compile(r"(?<![\w.,/-])(\d+)\s?[-–—]\s?(\d+)(?![\w./,-]*\d)")
_NEGATED = re.compile(
    r"\b(?:not|never|cannot|don't|doesn't|didn't|isn't|aren't|won't)\b", re.IGNORECASE
)
_COUNTABLE = re.compile(r"\b\d+ (minutes?|hours?|days?|weeks?|months?|years?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The rows of a language, and what a seeding may use.

    Attributes:
        tag: the language's tag.
        language: what is known of it.
        rows: source and target.
        others: the same rows' targets in other languages, by tag.
    """

    tag: str
    language: Language
    rows: Sequence[tuple[str, str]]
    others: dict[str, dict[str, str]] = field(default_factory=dict)


#: What is shorter is not cut.
SHORT = 20
Row = tuple[str, str]
Seed = Callable[[Text, int, random.Random], Row | None]


def digit_changed(text: Text, at: int, chance: random.Random) -> Row | None:
    """One digit of a number becomes another."""
    return _at_number(text.rows[at], chance, _NUMBER, _other_digit)


def number_dropped(text: Text, at: int, chance: random.Random) -> Row | None:
    """A number is left out, with what joins it to the next."""
    source, target = text.rows[at]
    found = [m for m in _NUMBER.finditer(target) if _stands_once(m[0], source, target)]
    if not found:
        return None
    one = chance.choice(found)
    return source, " ".join((target[: one.start()] + target[one.end() :]).split())


def tenfold(text: Text, at: int, chance: random.Random) -> Row | None:
    """A zero more."""
    return _at_number(text.rows[at], chance, _PLAIN, lambda number, _: f"{number}{_zero(number)}")


def range_changed(text: Text, at: int, chance: random.Random) -> Row | None:
    """The end of a range becomes another number."""
    source, target = text.rows[at]
    found = list(_RANGE.finditer(target))
    if not found or not _RANGE.search(source):
        return None
    one = chance.choice(found)
    other = _other_digit(one[2], chance)
    return source, target[: one.start(2)] + other + target[one.end(2) :]


def unit_changed(text: Text, at: int, chance: random.Random) -> Row | None:
    """Days become weeks, hours minutes: one word for another of the language's table."""
    source, target = text.rows[at]
    said = _COUNTABLE.search(source)
    if not said:
        return None
    units = ("minute", "hour", "day", "week", "month", "year")
    unit = said[1].lower().rstrip("s")
    folded = fold(target)
    hits = [hit for hit in text.language.units.hits(folded) if hit.value == unit]
    in_source = [hit for hit in ENGLISH.units.hits(fold(source)) if hit.value == unit]
    if len(hits) != 1 or len(in_source) != 1 or len(folded) != len(target):
        return None
    others = [u for u in units if u != unit and f" {u}" not in source.lower()]
    words = [_plain_form(text.language, other) for other in others]
    words = [word for word in words if word]
    if not words:
        return None
    return source, target[: hits[0].start] + chance.choice(words) + target[hits[0].end :]


def phone_changed(text: Text, at: int, chance: random.Random) -> Row | None:
    """A phone number has two digits changed places."""
    phone = f"020 7946 0{chance.randrange(100, 999)}"
    spoilt = phone[:-3] + phone[-2] + phone[-3] + phone[-1]
    if spoilt == phone:
        spoilt = phone[:-1] + str((int(phone[-1]) + 1) % 10)
    return _with_both(text.rows[at], f" ({phone})", f" ({spoilt})")


def address_changed(text: Text, at: int, chance: random.Random) -> Row | None:
    """A web address leads elsewhere."""
    page = chance.choice(("vaccines", "long-covid", "mental-health", "find-a-gp"))
    return _with_both(
        text.rows[at], f" https://www.nhs.uk/{page}/", f" https://www.nhs.uk/{page[:-1]}/"
    )


def mail_changed(text: Text, at: int, chance: random.Random) -> Row | None:
    """An e-mail address has lost a letter."""
    name = chance.choice(("interpreters", "advice", "vaccination"))
    return _with_both(text.rows[at], f" {name}@example.org", f" {name[1:]}@example.org")


def other_segment(text: Text, at: int, chance: random.Random) -> Row | None:
    """The translation of another row."""
    source, target = text.rows[at]
    for _ in range(20):
        other = text.rows[chance.randrange(len(text.rows))]
        if other[0] != source and other[1] != target:
            return source, other[1]
    return None


def untranslated(text: Text, at: int, _: random.Random) -> Row | None:
    """The source itself."""
    source, target = text.rows[at]
    return (source, source) if source != target and re.search(r"[a-z]{3}", source) else None


def cut_in_half(text: Text, at: int, _: random.Random) -> Row | None:
    """The first half of the translation."""
    source, target = text.rows[at]
    if len(target) < SHORT:
        return None
    half = target[: len(target) // 2]
    return source, half.rsplit(" ", 1)[0] if " " in half else half


def wrong_language(text: Text, at: int, chance: random.Random) -> Row | None:
    """The same row's translation into another language."""
    source, target = text.rows[at]
    there = [rows[source] for _, rows in sorted(text.others.items()) if source in rows]
    there = [other for other in there if other != target and re.search(r"\w{3}", other)]
    return (source, chance.choice(there)) if there else None


def negation_removed(text: Text, at: int, _: random.Random) -> Row | None:
    """The only word that says no is taken out; where it stands alone and the source says no."""
    source, target = text.rows[at]
    if not _NEGATED.search(source):
        return None
    folded = fold(target)
    if len(folded) != len(target):
        return None
    certain = CERTAIN.get(text.tag.partition("-")[0], set())
    words = re.finditer(r"[^\s.,;:!?،؛؟۔।。，、（）()]+", folded)
    said = [match for match in words if match[0] in {fold(word) for word in certain}]
    if not text.language.spaced:
        said = [m for word in certain for m in re.finditer(re.escape(word), folded)]
    if len(said) != 1:
        return None
    return source, " ".join((target[: said[0].start()] + target[said[0].end() :]).split())


#: Words that say no and nothing else, each a word of its own.
CERTAIN = {
    "ar": {"لا", "لم", "لن", "ليس", "ليست"},
    "bn": {"না", "নয়", "নেই", "নি"},
    "es": {"no", "nunca"},
    "fa": {"نیست", "نباید", "نمی"},
    "fil": {"hindi", "huwag", "wala"},
    "fr": {"pas", "jamais"},
    "hi": {"नहीं", "न", "मत"},
    "id": {"tidak", "jangan", "bukan"},
    "ps": {"نه", "مه"},
    "pt": {"não", "nunca"},
    "so": {"ma", "aan", "ha", "aanay", "aanu", "lama"},
    "sw": {"hakuna", "bila", "kamwe", "hapana"},
    "ta": {"இல்லை", "வேண்டாம்", "அல்ல"},
    "ti": {"ኣይኮነን", "የለን", "የብሉን"},
    "ur": {"نہیں", "نہ", "مت"},
    "zh": {"不", "没有", "未", "勿"},
}


def bold_lost(text: Text, at: int, _: random.Random) -> Row | None:
    """Bold has become plain."""
    return _with_both(text.rows[at], " **NHS 111**", " NHS 111")


def link_lost(text: Text, at: int, _: random.Random) -> Row | None:
    """A link has become plain text."""
    return _with_both(text.rows[at], " [COVID-19](covid.md)", " COVID-19")


def link_moved(text: Text, at: int, _: random.Random) -> Row | None:
    """A link leads to another page."""
    return _with_both(text.rows[at], " [COVID-19](covid.md)", " [COVID-19](corona.md)")


def placeholder_lost(text: Text, at: int, chance: random.Random) -> Row | None:
    """A placeholder has been translated or dropped."""
    return _with_both(text.rows[at], " {date}", chance.choice((" {data}", "", " (date)")))


def forbidden_term(text: Text, at: int, _: random.Random) -> Row | None:
    """A term that the glossary forbids (see FORBIDDEN) is used."""
    source, target = text.rows[at]
    if not re.search(r"\bcoronavirus\b", source, re.IGNORECASE):
        return None
    return source, f"{target} {FORBIDDEN}"


#: What the glossary of the benchmark forbids for “coronavirus”.
FORBIDDEN = "Kung-Flu"

SEEDS: dict[str, Seed] = {
    "digit changed": digit_changed,
    "number dropped": number_dropped,
    "tenfold": tenfold,
    "range changed": range_changed,
    "unit changed": unit_changed,
    "phone": phone_changed,
    "web address": address_changed,
    "e-mail": mail_changed,
    "other segment": other_segment,
    "untranslated": untranslated,
    "cut in half": cut_in_half,
    "wrong language": wrong_language,
    "negation removed": negation_removed,
    "forbidden term": forbidden_term,
    "bold": bold_lost,
    "link": link_lost,
    "link address": link_moved,
    "placeholder": placeholder_lost,
}


def _with_both(row: Row, right: str, wrong: str) -> Row:
    """A row to which something was added on both sides, and spoilt in the target."""
    return row[0] + right, row[1] + wrong


def _at_number(
    row: Row, chance: random.Random, pattern: re.Pattern[str], change: Callable[..., str]
) -> Row | None:
    source, target = row
    found = [m for m in pattern.finditer(target) if _stands_once(m[0], source, target)]
    if not found:
        return None
    one = chance.choice(found)
    return source, target[: one.start()] + change(one[0], chance) + target[one.end() :]


def _stands_once(number: str, source: str, target: str) -> bool:
    """Whether a number is one of the source's, and the target has it once."""
    latin = _latin(number)
    if re.search(rf"[A-Za-z][-‑]?{re.escape(latin)}", source):
        return False  # a part of a name, which comes and goes in translation
    numbers = [_latin(m[0]) for m in _NUMBER.finditer(target)]
    return numbers.count(latin) == 1 and bool(
        re.search(rf"(?<![\d.,]){re.escape(latin)}(?![.,]?\d)", source)
    )


def _latin(text: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _zero(number: str) -> str:
    """Zero in the digits of a number."""
    return chr(ord(number[0]) - int(number[0]))


def _other_digit(number: str, chance: random.Random) -> str:
    places = [at for at, c in enumerate(number) if c.isdecimal()]
    at = chance.choice(places)
    old = int(number[at])
    choices = [d for d in range(10) if d != old and not (at == 0 and d == 0)]
    zero = ord(number[at]) - old
    return f"{number[:at]}{chr(zero + chance.choice(choices))}{number[at + 1 :]}"


def _plain_form(language: Language, unit: str) -> str:
    forms = [form for form, units in language.units.forms.items() if unit in units]
    plain = [
        form for form in forms if "*" not in form and len(form) > (2 if language.spaced else 0)
    ]
    return max(plain, key=len, default="") or max(
        (f.strip("*") for f in forms), key=len, default=""
    )
