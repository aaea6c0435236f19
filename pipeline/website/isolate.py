"""Numbers, doses, ranges, phone numbers and addresses kept the right way round.

In right-to-left text the bidirectional algorithm (Unicode Annex 9) shows
``2–3 × 500 mg`` as ``mg 500 × 3–2`` and ``+44 (0)20 7946 0018`` back to front. An
isolate with a direction of its own, ``<bdi dir="ltr">``, is what every renderer obeys.
"""

import re

_DIGITS = r"0-9٠-٩۰-۹"
_SPACE = r"(?:[ \u00a0\u2009\u202f]|&nbsp;|&#160;)"
_NUMBER = rf"[{_DIGITS}]+(?:[.,:٫٬][{_DIGITS}]+)*"
_UNIT = r"(?:°[CF]?|%|٪|[A-Za-zµμ]+(?:/[A-Za-z]+)?)"
_SIGN = rf"(?:(?:[+±~£€$<>≤≥−]|&lt;|&gt;|&pound;){_SPACE}?)"
_AMOUNT = rf"(?:\({_SIGN}?{_NUMBER}\)|{_SIGN}?{_NUMBER}(?:{_SPACE}?{_UNIT}(?![A-Za-z]))?)"
_JOINT = rf"(?:{_SPACE}?[-‑–—−×*/+=]{_SPACE}?|{_SPACE}|(?<=\)))"
#: Stand for Latin words that have a tag around them, while a text is worked on.
_STAND_INS = "\U000f0000-\U000ffffd"
_LATIN = rf"(?:[A-Za-z][A-Za-z&.'’‑-]*(?:&amp;[A-Za-z]+)?|[{_STAND_INS}])"
#: Latin words beside a number belong to it: "NHS 111", "A4", "COVID-19".
_RUN = (
    rf"(?:{_LATIN}{_SPACE})*"
    rf"(?:[A-Za-z]+[-‑]?(?=[0-9]))?{_AMOUNT}(?:{_JOINT}{_AMOUNT})*"
    rf"(?:{_SPACE}{_LATIN})*"
)
_URL = r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)\u060c\u061b]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_TOKEN = re.compile(
    rf"(?P<url>{_URL})"
    rf"|(?P<run>(?<![A-Za-z0-9]){_RUN})"
    r"|(?P<entity>&(?:\#\d+|\#[xX][0-9A-Fa-f]+|\w+);)"
)
_TAG = re.compile(r"(<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)", re.DOTALL)
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_LEFT_TO_RIGHT = re.compile(r"\sdir\s*=\s*[\"']?ltr\b", re.IGNORECASE)
_TAGGED = re.compile(r"<(abbr|b|em|i|strong)\b[^<>]*>[A-Za-z][A-Za-z&;.'’ ‑-]*</\1>")
#: Elements whose text is not shown, is code, or is isolated already.
_OPAQUE = frozenset({"script", "style", "textarea", "title", "option", "code", "pre", "kbd", "bdi"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"})
_PHONE_DIGITS = 7
_FIRST, _LAST = 0xF0000, 0xFFFFD


def isolate_numbers(html: str) -> str:
    """Wrap what has a direction of its own in ``<bdi dir="ltr">``.

    Wrapped are numbers in Latin digits with their signs, units and the Latin words beside
    them, and addresses of pages and mailboxes. Numbers in the digits of the script are
    wrapped where they are phone numbers or have a Latin unit: a range such as ``۲–۳`` is
    read from the right, and the algorithm does that by itself. Nothing else changes:
    without the added tags the result is the input. Twice is the same as once.

    Args:
        html: a piece of HTML, from a right-to-left page.
    """
    if re.search(rf"[{_STAND_INS}]", html):
        return _isolate(html)
    kept: list[str] = []
    masked = _TAGGED.sub(lambda found: _stand_in(found[0], kept), html)
    return re.sub(rf"[{_STAND_INS}]", lambda found: kept[ord(found[0]) - _FIRST], _isolate(masked))


def _stand_in(text: str, kept: list[str]) -> str:
    if _FIRST + len(kept) > _LAST:
        return text
    kept.append(text)
    return chr(_FIRST + len(kept) - 1)


def _isolate(html: str) -> str:
    pieces = _TAG.split(html)
    opaque: list[str] = []
    before = ""
    for index, piece in enumerate(pieces):
        if index % 2:
            _follow(piece, opaque)
        elif piece:
            pieces[index] = piece if opaque else _isolate_text(before, piece)
            before = piece[-1]
    return "".join(pieces)


def _isolate_text(before: str, text: str) -> str:
    """Isolate in a text without tags.

    Args:
        before: the last character of the text before it: a number may not begin inside a word.
        text: the text.
    """
    whole, at, parts = before + text, len(before), []
    for found in _TOKEN.finditer(whole, at):
        parts += [whole[at : found.start()], _wrap(found)]
        at = found.end()
    return "".join([*parts, whole[at:]])


def _follow(tag: str, opaque: list[str]) -> None:
    """Keep the names of the open elements, from the first one that is not to be entered."""
    found = _TAG_NAME.match(tag)
    if not found or tag.endswith("/>"):
        return
    name = found[2].lower()
    if found[1]:
        if name in opaque:
            del opaque[len(opaque) - 1 - opaque[::-1].index(name) :]
    elif name not in _VOID and (opaque or name in _OPAQUE or _LEFT_TO_RIGHT.search(tag)):
        opaque.append(name)


def _wrap(found: re.Match[str]) -> str:
    text = found[0]
    if found["url"]:
        return f'<bdi dir="ltr" class="address">{text}</bdi>'
    if found["run"] and _has_own_direction(text):
        return f'<bdi dir="ltr">{text}</bdi>'
    return text


def _has_own_direction(text: str) -> bool:
    if re.search(rf"[0-9A-Za-z+{_STAND_INS}]", text.replace("&nbsp;", " ")):
        return True
    return len(re.findall(rf"[{_DIGITS}]", text)) >= _PHONE_DIGITS
