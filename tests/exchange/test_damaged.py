"""Whatever comes back, damaged in whatever way: a sheet or a clear refusal, never a crash."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ExchangeError
from pipeline.exchange import FORMATS, Row, Sheet, State, digest_target, find_format, unit_name

PATH = Path("back/file")
SHEET = Sheet(
    resource="covid-19/fever",
    locale="so",
    rows=tuple(
        Row(
            key=unit_name(None, text),
            base=digest_target(""),
            source=text,
            target="Wac 999",
            state=State.DONE,
            protected=("999",),
        )
        for text in ("Call 999 now", "Stay at home for 5 days.")
    ),
)
FORMS = {**FORMATS, "work": find_format(Path("fever.so.json"))}
SENT = {name: each.render(SHEET) for name, each in FORMS.items()}
TOKENS = re.compile(r'<[^>]*>|"[^"]*"|[^<>"]+')
PIECES = st.sampled_from(
    (
        *("", "<", ">", "&", "&amp;", "&x;", '"', "\0", "²", "-1", "9" * 5000, "_xD800_"),
        *('t="s"', 't="n"', "A1", "A0", "XFD1048576", "GR9:A1", "rId1", "../../x", "\ud7ff"),
        *("<f/>", "<v>²</v>", '<mergeCell ref="A1:GR99999"/>', "<w:tbl/>", "<ph/>", "<target/>"),
    )
)


def damage(text: str, data: st.DataObject) -> str:
    tokens = TOKENS.findall(text)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(tokens) - 1))
        tokens[at] = data.draw(PIECES | st.sampled_from(tokens))
    return "".join(tokens)


def damaged(sent: bytes, data: st.DataObject) -> bytes:
    """The file with some of its tokens in others' places; the archive around it is sound."""
    if not sent.startswith(b"PK"):
        return damage(sent.decode(), data).encode()
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sent)) as old, zipfile.ZipFile(told, "w") as new:
        hit = data.draw(st.sampled_from(sorted(old.namelist())))
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, damage(text, data) if name == hit else text)
    return told.getvalue()


def read_or_refuse(form: str, data: bytes) -> Sheet | ExchangeError:
    try:
        return FORMS[form].parse(data, PATH)
    except ExchangeError as refusal:
        return refusal


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=150)
def test_damaged_texts(form, data):
    came_back = read_or_refuse(form, damaged(SENT[form], data))
    if isinstance(came_back, ExchangeError):
        assert came_back.message
        assert "Nothing was taken." in came_back.remedy
    else:
        for row in came_back.rows:
            f"{row.source}{row.target}{row.remark}{row.context}".encode()


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=100)
def test_damaged_bytes(form, data):
    came = bytearray(SENT[form])
    for _ in range(data.draw(st.integers(1, 6))):
        came[data.draw(st.integers(0, len(came) - 1))] = data.draw(st.integers(0, 255))
    assert read_or_refuse(form, bytes(came))
