"""Phone numbers as links that dial: a reader who is ill need not remember eleven digits."""

from collections.abc import Collection

from pipeline.phones import find_phones
from pipeline.website.isolate import TAG, follow

#: Elements whose text is a link or a switch already, is code, or is not shown.
_OPAQUE = frozenset(
    {"a", "button", "code", "h1", "kbd", "label", "option", "pre", "script", "style", "summary",
     "textarea", "title"}
)  # fmt: skip

_LINK = '<a class="phone"'


def link_phones(html: str, codes: Collection[str]) -> str:
    """Wrap the phone numbers of a text in links; nothing else changes, and twice is as once.

    Comes after :func:`pipeline.website.isolate_numbers`: ``NHS 111`` is isolated as one, and its
    number alone dials. The text stays as it is written, in the digits of its language; the
    address is in ASCII (RFC 3966). Leaflets leave these links out: see ``pipeline.pdf.article``.

    Args:
        html: a piece of HTML.
        codes: short codes that are dialled wherever they stand alone in it.
    """
    pieces = TAG.split(html)
    opaque: list[str] = []
    for index, piece in enumerate(pieces):
        if index % 2:
            follow(piece, opaque, _OPAQUE)
        elif piece and not opaque:
            is_before_phone = pieces[index + 1 : index + 2] and pieces[index + 1].startswith(_LINK)
            pieces[index] = _link(piece, codes, after="0" if is_before_phone else "")
    return "".join(pieces)


def _link(text: str, codes: Collection[str], *, after: str) -> str:
    # What is before a number that is a link already is judged as if it were none yet.
    at, parts = 0, []
    for phone in find_phones(text + after, codes):
        if phone.end > len(text):
            break
        shown = text[phone.start : phone.end]
        parts += [text[at : phone.start], f'{_LINK} href="tel:{phone.number}">{shown}</a>']
        at = phone.end
    return "".join([*parts, text[at:]])
