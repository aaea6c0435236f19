"""A sheet as a page, and a form back again."""

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Direction, Locale, SegmentKind, UnitKey
from pipeline.qa.form import FormError, parse_form, render_page
from pipeline.qa.sheet import Elsewhere, Sheet, make_look
from pipeline.qa.worklist import Item
from pipeline.workflow import Role


def locale(tag: str, direction: Direction = Direction.LTR) -> Locale:
    return Locale(
        tag=tag,
        autonym=tag,
        english_name=tag,
        direction=direction,
        script="Latn",
        plural_forms="",
        digits="latn",
        fonts=(),
        people=None,
        people_source="",
    )


def sheet(source: str, target: str, before: tuple[str, str] | None = None) -> Sheet:
    item = Item(
        number=1,
        digest="a" * 40,
        key=UnitKey(None, source),
        kind=SegmentKind.IMAGE_TEXT,
        critical=True,
        target=target,
        pictures=("images/phone.svg",),
    )
    return Sheet(
        resource="covid-19/fever",
        title="Fever",
        risk="clinical",
        source=locale("en"),
        locale=locale("ar", Direction.RTL),
        role=Role.COMMUNITY_READER,
        is_asked=True,
        looks=(make_look(item, before, Elsewhere(target=target, resource="covid-19/rest")),),
        questions=("What do you drink?",),
    )


def page(*arguments: str, **options: object) -> str:
    return render_page(sheet(*arguments), **options).decode()


def test_each_text_says_its_language_and_direction():
    html = page("Rest.", "استرح.")
    assert '<p class="text" lang="en" dir="ltr">Rest.</p>' in html
    assert '<p class="text target" lang="ar" dir="rtl">استرح.</p>' in html


def test_what_changed_is_marked_for_eyes_and_for_screen_readers():
    html = render_page(sheet("5 days", "5 أيام", ("10 days", "10 أيام"))).decode()
    assert '<del><span class="unseen"> (taken out: </span>10<' in html
    assert '<ins><span class="unseen"> (put in: </span>5<' in html


def test_the_policy_names_the_one_style_and_the_one_script():
    html = page("Rest.", "استرح.", is_form=True)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = b64encode(sha256(body.encode()).digest()).decode()
        assert f"{rule} &#39;sha256-{digest}&#39;" in policy
    assert "default-src &#39;none&#39;" in policy


def test_a_page_to_read_has_no_script_at_all():
    html = page("Rest.", "استرح.")
    assert "<script" not in html
    assert "script-src" not in html


def test_a_picture_comes_along():
    html = page("A phone", "هاتف", pictures={"images/phone.svg": b"<svg/>"})
    assert 'src="data:image/svg+xml;base64,PHN2Zy8+"' in html


@pytest.mark.parametrize(
    "hostile", ["</script><script>go()</script>", '"><img src=x onerror=go()>', "{{ 7*7 }}", "<!--"]
)
def test_texts_are_texts(hostile):
    html = page(hostile, hostile, is_form=True)
    assert hostile not in html or hostile == "{{ 7*7 }}"
    assert html.count("<script") == 2
    assert "49" not in re.sub(r"sha256-\S+", "", html)


def test_an_untouched_form_has_no_handle_yet():
    with pytest.raises(FormError, match="handle"):
        parse_form(render_page(sheet("Rest.", "استرح."), is_form=True))


def filled(comment: str) -> bytes:
    html = page("Rest.", "استرح.", is_form=True)
    state = re.search(r'(?<=id="state">).*?(?=</script>)', html, re.DOTALL)
    values = json.loads(state[0])
    values["handle"] = "hodan"
    values["units"][0] |= {"answer": "right", "comment": comment}
    values["questions"][0]["answer"] = "الماء"
    text = json.dumps(values).replace("<", "\\u003c")
    return f"{html[: state.start()]}{text}{html[state.end() :]}".encode()


@given(st.text(max_size=200))
def test_what_was_written_comes_back_without_what_nobody_sees(comment):
    form = parse_form(filled(comment))
    (answer,) = form.answers
    assert answer.is_right
    assert form.questions == (("What do you drink?", "الماء"),)
    assert not re.search(r"[\x00-\x08\x1b\u202e\ud800-\udfff]", answer.comment)
    if comment.isalnum():
        assert answer.comment == comment


@given(st.binary(max_size=300), st.integers(0, 4000))
def test_no_damage_does_more_than_to_be_refused(junk, at):
    data = filled("ok")
    try:
        form = parse_form(data[:at] + junk + data[at + len(junk) :])
    except FormError:
        return
    assert form.handle
