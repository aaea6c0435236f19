"""The offline editor as a file: what is in it, what of it runs, what is read back."""

import json
import re
import tomllib
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange import FORMATS, Row, State, Suggestion, TermRule, find_format
from pipeline.exchange.editor import parse_page, parse_work, read_script, render_page, render_work

FOLDER = Path(__file__).parents[2] / "pipeline/exchange/editor"
PATH = Path("back/covid-19.fever.so.json")
HOSTILE = "</script><script>alert(1)</script><!-- <b onclick=x> \u2028 \u2029 & {{ 7 * 7 }}"


def data_of(page: bytes) -> dict:
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', page.decode(), re.DOTALL
    )
    return json.loads(found[1])


# What is sent.


def test_the_page_loads_nothing_and_runs_its_one_script(sheet):
    html = render_page(sheet).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert "default-src &#39;none&#39;" in policy
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = b64encode(sha256(body.encode()).digest()).decode()
        assert f"{rule} &#39;sha256-{digest}&#39;" in policy
    assert not re.search(r"\b(?:src|href|action)=|@import|url\(", html)


def test_the_same_sheet_gives_the_same_bytes(sheet):
    assert render_page(sheet) == render_page(sheet)


def test_a_text_that_would_run_stays_a_text(sheet):
    row = Row(
        key="0" * 12,
        source=HOSTILE,
        target=HOSTILE,
        context=HOSTILE,
        kind=HOSTILE,
        note=HOSTILE,
        remark=HOSTILE,
        protected=(HOSTILE,),
        term_rules=(TermRule(HOSTILE, HOSTILE, "preferred", HOSTILE),),
        suggestions=(Suggestion(HOSTILE, HOSTILE, 90, HOSTILE, (HOSTILE,), (HOSTILE,)),),
    )
    plain = render_page(sheet)
    page = render_page(
        replace(sheet, title=HOSTILE, resource=HOSTILE, language=HOSTILE, rows=(row,))
    )
    for sign in (b"<script", b"</script", b"<!--", b"<b "):
        assert page.count(sign) == plain.count(sign), sign
    assert "\u2028".encode() not in page[page.index(b'id="data"') :]
    assert data_of(page)["rows"][0]["suggestions"][0]["target"] == HOSTILE


def test_a_row_says_all_that_a_translator_needs(sheet):
    suggestion = Suggestion(
        *("Stay at home for 5 days.", "Guriga joog 5 maalmood.", 97, "covid-19/rest", ("reviser",)),
        is_sample=True,
    )
    rows = (
        replace(sheet.rows[0], suggestions=()),
        replace(sheet.rows[1], suggestions=(suggestion,)),
    )
    first, second = data_of(render_page(replace(sheet, rows=rows)))["rows"]
    assert first == {
        "key": sheet.rows[0].token,
        "source": "Call 999 now",
        "context": None,
        "target": "",
        "state": "new",
        "remark": "",
        "kind": "box title in: When to get help",
        "is_critical": True,
        "note": "999 is the emergency number in the UK.",
        "terms": ["GP: dhakhtar (preferred)"],
    }
    assert second["changes"][1:3] == [["5", True, False], ["3", False, True]]
    assert second["suggestions"] == [
        {
            "source": "Stay at home for 5 days.",
            "target": "Guriga joog 5 maalmood.",
            "score": 97,
            "resource": "covid-19/rest, sample",
            "roles": ["reviser"],
            "differences": [],
        }
    ]


def test_nothing_is_written_in_another_language_than_the_table():
    """All that people are told stands in one table, and all of the table is used."""
    told = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
    template = (FOLDER / "page.html.j2").read_text("utf-8")
    used = set(re.findall(r"words\.(\w+)", template))
    used |= {f"show_{name}" for name in ("all", "todo", "question", "warned")}
    assert set(told["page"]) == used
    script = read_script()
    used = set(re.findall(r'words\.(\w+)|named\("(\w+)"', script))
    used = {one or other for one, other in used}
    used |= {f"check_{name}" for name in re.findall(r'\[\s*"(\w+)", (?:function|\{\})', script)}
    used |= {f"state_{state}" for state in State}
    used |= {f"term_{name}" for name in ("preferred", "admitted", "forbidden", "do not translate")}
    assert set(told["script"]) == used


def test_the_script_runs_in_browsers_of_the_last_five_years():
    """Safari knows lookbehind since 2023, and ``at`` and ``hasOwn`` since 2022."""
    assert not re.search(r"\(\?<[=!]|\.at\(|hasOwn\(|structuredClone|findLast|\?\?=", read_script())


# What comes back.


def test_the_page_without_any_work_in_it_changes_nothing(sheet, same):
    same(parse_page(render_page(sheet), PATH), sheet)


def test_what_is_saved_comes_back(sheet, same):
    same(parse_work(render_work(sheet), PATH), sheet)


def test_a_text_that_is_not_marked_as_done_is_not_finished(sheet):
    states = [(row.state, row.is_open) for row in parse_work(render_work(sheet), PATH).rows]
    assert states[:3] == [(State.NEW, False), (State.CHANGED, True), (State.DONE, False)]


@pytest.mark.parametrize("name", ["a.json", "a.json.txt", "a.TXT"])
def test_what_is_saved_is_known_by_its_name_or_its_first_sign(sheet, same, name):
    """Phones hand plain text over where they do not hand over JSON."""
    same(find_format(Path(name)).parse(render_work(sheet), PATH), sheet)


def test_a_table_as_plain_text_is_still_a_table(sheet, same):
    same(find_format(Path("a.txt")).parse(FORMATS["csv"].render(sheet), PATH), sheet)


def test_what_a_program_of_mail_does_to_a_file_does_no_harm(sheet, same):
    turned = b"\xef\xbb\xbf" + render_work(sheet).replace(b"\n", b"\r\n")
    same(parse_work(turned, PATH), sheet)


def test_nothing_but_targets_states_and_remarks_is_read(sheet, same):
    values = json.loads(render_work(sheet))
    values["rows"][0] |= {"place": "x", "is_critical": False, "__proto__": {}}
    same(parse_work(json.dumps(values).encode(), PATH), sheet)


def edited(sheet, at=None, **changes) -> bytes:
    values = json.loads(render_work(sheet))
    (values if at is None else values["rows"][at]).update(changes)
    return json.dumps(values).encode()


@pytest.mark.parametrize(
    ("at", "changes", "message"),
    [
        (None, {"version": 2}, "The file is of version 2; this program reads 1."),
        (None, {"version": True}, "The file is of version true; this program reads 1."),
        (None, {"file": "pipeline-review-form"}, "The file is not what the editor saves."),
        (None, {"rows": {}}, "The file has no list of texts."),
        (None, {"rows": [7]}, "Text 1 is not what the editor saves."),
        (None, {"resource": "a\nb"}, "The file does not say its resource."),
        (None, {"locale": None}, "The file does not say its locale."),
        (2, {"key": "=1+1"}, "Text 3 has no key."),
        (2, {"state": "published"}, "Text 3 has no state: one of new, changed, done, question."),
        (2, {"target": ["Naso"]}, "Text 3 has no target."),
        (2, {"target": "x" * 100_001}, "Text 3 has a target of more than 100,000 characters."),
        (2, {"remark": None}, "Text 3 has no remark."),
        (2, {"context": 7}, "Text 3 has no context."),
    ],
)
def test_what_the_format_does_not_allow_is_refused_with_its_text(sheet, at, changes, message):
    with pytest.raises(ExchangeError) as refusal:
        parse_work(edited(sheet, at, **changes), PATH)
    assert refusal.value.message == message
    assert "Nothing was taken." in refusal.value.remedy


def test_a_file_that_was_cut_off_is_refused_with_its_line(sheet):
    data = render_work(sheet)
    for cut, line in ((data[:-4], 6), (data[: data.index(b"Guriga") + 3], 3)):
        with pytest.raises(ExchangeError, match="damaged or was cut off") as refusal:
            parse_work(cut, PATH)
        assert refusal.value.line == line


def test_a_page_that_was_cut_off_is_refused_with_its_line(sheet):
    page = render_page(sheet)
    start = page.index(b'id="data"')
    with pytest.raises(ExchangeError, match="was cut off") as refusal:
        parse_page(page[: page.index(b"Guriga") + 3], PATH)
    assert refusal.value.line == page.count(b"\n", 0, start) + 3
    damaged = page[:start] + page[start:].replace(b'"state":"done"', b'"state":done', 1)
    with pytest.raises(ExchangeError, match="damaged") as refusal:
        parse_page(damaged, PATH)
    assert refusal.value.line == page.count(b"\n", 0, start) + 4


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "damaged or was cut off"),
        (b"null", "is not what the editor saves"),
        (b"[" * 100_000, "damaged"),
        (b'{"file": 1, "file": 2}', "damaged"),
        (b"9" * 10_000, "damaged"),
        (b"\xff\xfe{\x00}\x00", "not in UTF-8"),
        (b" " * 10_000_001, "more than 10,000,000 bytes"),
    ],
)
def test_what_is_no_work_is_refused(data, message):
    with pytest.raises(ExchangeError, match=message):
        parse_work(data, PATH)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html>", "is no page of the editor"),
        (b'<script type="application/json" id="data">' * 2, "holds its texts twice"),
    ],
)
def test_what_is_no_page_is_refused(data, message):
    with pytest.raises(ExchangeError, match=message):
        parse_page(data, PATH)


def test_half_of_a_character_can_be_written(sheet):
    came_back = parse_work(edited(sheet, 0, target="\ud83d Wac"), PATH)
    assert came_back.rows[0].target == "\ufffd Wac"
