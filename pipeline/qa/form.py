"""A sheet as one page that can be mailed and printed, and the filled form back again.

The page needs nothing but itself. In a form the reader's answers stand as JSON in one element;
saving writes the page anew with them. What comes back was in others' hands: only that element
is read, and of it only what the format allows. ``docs/reference/review.md`` has the format.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pipeline.ledger import is_handle
from pipeline.qa.sheet import Sheet
from pipeline.workflow import Role

FORM_VERSION = 1
#: Most bytes of a form: pictures included.
MOST_BYTES = 20_000_000
#: Most characters of what readers write in one field.
MOST_CHARACTERS = 2000
_MOST_UNITS = 5000
_FOLDER = Path(__file__).parent / "page"
_KIND = "pipeline-review-form"
_OPENING = '<script type="application/json" id="state">'
_CLOSING = "</script>"
_DIGEST = re.compile(r"[0-9a-f]{40}", re.ASCII)
_RESOURCE = re.compile(r"[a-z0-9-]{1,100}/[a-z0-9-]{1,100}", re.ASCII)
_TAG = re.compile(r"[A-Za-z0-9-]{2,35}", re.ASCII)
#: What may not get into a ledger: it would move a cursor, turn a line round, or be no text.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MIME = {
    ".avif": "avif",
    ".gif": "gif",
    ".jpeg": "jpeg",
    ".jpg": "jpeg",
    ".png": "png",
    ".svg": "svg+xml",
    ".webp": "webp",
}


class FormError(ValueError):
    """A file is no form that can be recorded; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reader said of one unit.

    Attributes:
        digest: the unit as it was shown.
        is_right: what they ticked; None for nothing.
        comment: what they wrote.
    """

    digest: str
    is_right: bool | None
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that came back.

    Attributes:
        resource: ``topic/slug``.
        locale: tag of the locale.
        role: the role that the form was made for.
        handle: who filled it in.
        answers: what they said of each unit.
        questions: the questions, each with what they answered.
    """

    resource: str
    locale: str
    role: Role
    handle: str
    answers: tuple[Answer, ...]
    questions: tuple[tuple[str, str], ...]


def render_page(
    sheet: Sheet, *, is_form: bool = False, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The sheet as one HTML page.

    Args:
        sheet: the sheet.
        is_form: a form to be filled in, not only read.
        pictures: bytes of pictures that units show, by path as the units name it.
    """
    style, script = _read("page.css"), _read("page.js")
    images = {name: uri for name, data in (pictures or {}).items() if (uri := _uri(name, data))}
    digests = list(dict.fromkeys(look.item.digest for look in sheet.looks))
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    page = environment.from_string(_read("page.html.j2")).render(
        sheet=sheet,
        is_form=is_form,
        sections=[
            {"names": names, "looks": list(looks)}
            for names, looks in groupby(sheet.looks, key=lambda look: look.item.section)
        ],
        numbers={digest: number for number, digest in enumerate(digests)},
        images=images,
        policy=_policy(style, script if is_form else ""),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        state=Markup(_state(sheet, digests)) if is_form else "",  # noqa: S704 - no "<" in it
    )
    return page.encode("utf-8", "replace")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """What the page may load: nothing; and run: its one script."""
    rules = ["default-src 'none'", f"style-src '{_sha(style)}'", "img-src data:"]
    rules += [f"script-src '{_sha(script)}'"] if script else []
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _sha(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _uri(name: str, data: bytes) -> str:
    mime = _MIME.get(Path(name).suffix.lower())
    return f"data:image/{mime};base64,{b64encode(data).decode()}" if mime else ""


def _state(sheet: Sheet, digests: Sequence[str]) -> str:
    state = {
        "form": _KIND,
        "version": FORM_VERSION,
        "resource": sheet.resource,
        "locale": sheet.locale.tag,
        "role": str(sheet.role),
        "handle": "",
        "units": [{"digest": digest, "answer": None, "comment": ""} for digest in digests],
        "questions": [{"question": text, "answer": ""} for text in sheet.questions],
    }
    return json.dumps(state, ensure_ascii=False).replace("<", "\\u003c")


# --- back again ----------------------------------------------------------------------


def parse_form(data: bytes) -> Form:
    """Read a form that came back.

    Args:
        data: the file.

    Raises:
        FormError: it is too big, no form, damaged, of another version, or has something in it
            that the format does not allow.
    """
    if len(data) > MOST_BYTES:
        raise FormError(f"it has more than {MOST_BYTES // 1_000_000} MB")
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        raise FormError("it is not UTF-8") from None
    values = _object(_load(_cut(text)), "it")
    if values.get("form") != _KIND:
        raise FormError("it is no review form")
    version = values.get("version")
    if version != FORM_VERSION or isinstance(version, bool):
        raise FormError(
            f"it is a form of version {json.dumps(version)[:20]}, and this program reads "
            f"{FORM_VERSION}"
        )
    return _form(values)


def _cut(text: str) -> str:
    """The element with the answers; two of them are one too many."""
    if text.count(_OPENING) != 1:
        there = "has no answers in it" if _OPENING not in text else "has its answers twice"
        raise FormError(f"it {there}")
    start = text.index(_OPENING) + len(_OPENING)
    end = text.find(_CLOSING, start)
    if end < 0:
        raise FormError("it was cut short")
    return text[start:end]


def _load(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_no_doubles)
    except FormError:
        raise
    except (ValueError, RecursionError):
        raise FormError("its answers are damaged") from None


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise FormError("its answers have a key twice")
    return values


def _form(values: Mapping[str, object]) -> Form:
    _only(values, {"form", "version", "resource", "locale", "role", "handle", "units", "questions"})
    role = _text(values, "role")
    if role not in set(Role):
        raise FormError("its `role` is none that there is")
    handle = _text(values, "handle").strip()
    if not is_handle(handle):
        raise FormError("its handle is not made of small letters, digits, `.`, `-` and `_`")
    answers = tuple(_answer(entry) for entry in _list(values, "units"))
    if len({answer.digest for answer in answers}) < len(answers):
        raise FormError("it has a text twice")
    return Form(
        resource=_match(values, "resource", _RESOURCE),
        locale=_match(values, "locale", _TAG),
        role=Role(role),
        handle=handle,
        answers=answers,
        questions=tuple(_asked(entry) for entry in _list(values, "questions")),
    )


def _answer(entry: object) -> Answer:
    values = _object(entry, "one of its texts")
    _only(values, {"digest", "answer", "comment"})
    ticked = values.get("answer")
    if ticked not in (None, "right", "not-right"):
        raise FormError("one of its texts is neither right nor not right")
    return Answer(
        digest=_match(values, "digest", _DIGEST),
        is_right=None if ticked is None else ticked == "right",
        comment=_written(values, "comment"),
    )


def _asked(entry: object) -> tuple[str, str]:
    values = _object(entry, "one of its questions")
    _only(values, {"question", "answer"})
    return _written(values, "question"), _written(values, "answer")


def _object(value: object, what: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise FormError(f"{what} is not what the format says")
    return value


def _list(values: Mapping[str, object], key: str) -> list[object]:
    value = values.get(key)
    if not isinstance(value, list) or len(value) > _MOST_UNITS:
        raise FormError(f"its `{key}` are not what the format says")
    return value


def _only(values: Mapping[str, object], known: set[str]) -> None:
    if values.keys() - known:
        raise FormError("it has a key that the format does not know")


def _text(values: Mapping[str, object], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str):
        raise FormError(f"its `{key}` is no text")
    return value


def _match(values: Mapping[str, object], key: str, pattern: re.Pattern[str]) -> str:
    value = _text(values, key)
    if not pattern.fullmatch(value):
        raise FormError(f"its `{key}` is not what the format says")
    return value


def _written(values: Mapping[str, object], key: str) -> str:
    """What a person wrote: of sensible length, without what nobody sees."""
    value = _text(values, key).replace("\r\n", "\n").strip()
    if len(value) > MOST_CHARACTERS:
        raise FormError(f"one of its fields has more than {MOST_CHARACTERS} characters")
    return _UNSEEN.sub("\ufffd", value)
