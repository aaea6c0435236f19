"""A form that is ticked in a real browser, saved, and recorded — or not, and why."""

import json
import re

import pytest

pytestmark = pytest.mark.e2e

READER = "community-reader"


@pytest.fixture
def form(ready, review):
    path = ready.root / "form.html"
    assert review(READER, "--offline-form", str(path)).code == 0
    return path


@pytest.fixture
def opened(browser, form):
    """The form as the reader opens it, from a file; nothing may be asked of any server."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(form.as_uri())
    yield page
    context.close()
    assert all(url.startswith(("file:", "blob:", "data:")) for url in asked), asked
    assert said == []


def fill(page, *, right=(3, 5, 7), handle="hodan", answers=("999", "5", "Biyo badan")):
    for number in right:
        group = page.get_by_role("group", name=f"Is text {number} right?")
        group.get_by_label("right", exact=True).check()
    for number, answer in enumerate(answers):
        page.locator(f"#question-{number}").fill(answer)
    page.get_by_label("Your handle").fill(handle)


def save(page, path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the filled form").click()
    download.value.save_as(path)
    return download.value.suggested_filename


def lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def saved(ready, opened):
    path = ready.root / "filled.html"
    fill(opened)
    name = save(opened, path)
    assert name == "review-so-covid-19-fever-community-reader.html"
    return path


def test_what_was_ticked_is_recorded(ready, saved, pipeline):
    ran = pipeline("review", "--import", str(saved), "--yes")
    assert ran.code == 0, ran.err
    assert "Recorded: 3 texts signed as community-reader by hodan, 0 comments." in ran.out
    assert "3 units: now waiting for a translator." in ran.out
    # Whoever imports it judges the answers.
    assert "You cannot breathe. What do you do?\n    answered: 999\n    expected: Call 999." in (
        ran.err
    )
    answers, signed = lines(ready.ledger)
    assert "What do you drink? — Biyo badan" in answers["note"]
    assert (signed["role"], signed["handle"], len(signed["units"])) == (READER, "hodan", 3)
    again = pipeline("review", "--import", str(saved), "--yes")
    assert "Everything in this form is recorded already." in again.out
    assert len(lines(ready.ledger)) == 2


def test_comments_come_in_every_script(ready, opened, pipeline):
    group = opened.get_by_role("group", name="Is text 3 right?")
    group.get_by_label("not right", exact=True).check()
    comment = 'পানি, not "</script><script>alert(1)</script>" جيد'
    opened.locator("#comment-0").fill(comment)
    fill(opened, right=(5,))
    path = ready.root / "filled.html"
    save(opened, path)
    ran = pipeline("review", "--import", str(path), "--yes")
    assert ran.code == 0, ran.err
    said, _, signed = lines(ready.ledger)
    assert (said["event"], said["note"]) == ("comment", comment)
    assert said["units"] != signed["units"]


def test_the_saved_form_can_be_opened_and_gone_on_with(ready, saved, browser):
    page = browser.new_page()
    page.goto(saved.as_uri())
    assert page.get_by_label("Your handle").input_value() == "hodan"
    assert page.locator("#question-0").input_value() == "999"
    assert page.locator("input[value=right]:checked").count() == 3
    page.get_by_label("Your handle").fill("hodan.a")
    save(page, ready.root / "again.html")
    page.close()
    assert '"handle":"hodan.a"' in (ready.root / "again.html").read_text("utf-8")


def test_it_is_not_saved_without_a_handle_or_an_answer(opened):
    status = opened.get_by_role("status")
    fill(opened, handle="Hodan A")
    opened.get_by_role("button", name="Save the filled form").click()
    assert "Write your handle first" in status.inner_text()
    fill(opened, answers=("999", "", "Biyo"))
    opened.get_by_role("button", name="Save the filled form").click()
    assert status.inner_text() == "Please answer every question."


def test_a_text_that_changed_meanwhile_is_not_signed(saved, edit, pipeline):
    edit("Biyo badan cab.", "Biyo cab.")
    ran = pipeline("review", "--import", str(saved), "--yes")
    assert ran.code == 11
    assert "Recorded: 2 texts signed" in ran.out
    assert "1 ticked texts have changed since the form was made: not signed." in ran.err


def test_without_yes_and_without_a_terminal_nothing_is_recorded(ready, saved, pipeline):
    ran = pipeline("review", "--import", str(saved))
    assert ran.code == 13
    assert not ready.ledger.exists()


def test_the_page_fits_a_phone_and_says_each_language(opened):
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.locator("p[lang=so]").count() == 3
    assert opened.locator("p[lang=en][dir=ltr]").count() == 3
    nameless = opened.evaluate(
        "[...document.querySelectorAll('input,textarea,button')].filter("
        "e => !(e.labels && e.labels.length) && !e.textContent.trim()).length"
    )
    assert nameless == 0


def test_arabic_is_set_from_right_to_left_and_prints(ready, review, browser):
    path = ready.root / "page.html"
    assert review("reviser", "--html", str(path), tag="ar").code == 0
    page = browser.new_page()
    page.goto(path.as_uri())
    target = page.locator("p[lang=ar]").first
    assert target.inner_text() == "اتصل بالرقم 999 إذا كنت لا تستطيع التنفس."
    assert target.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("script").count() == 0
    assert page.pdf().startswith(b"%PDF")
    page.close()


def test_a_script_that_was_put_into_the_page_does_not_run(form, browser):
    text = form.read_text("utf-8")
    form.write_text(text.replace("</main>", "<script>document.title='x'</script></main>"), "utf-8")
    page = browser.new_page()
    page.goto(form.as_uri())
    assert page.title() != "x"
    page.close()


def test_the_answers_are_not_in_the_form(form):
    text = form.read_text("utf-8")
    assert "You cannot breathe. What do you do?" in text
    assert "Water, often." not in text


# --- what others did to it ----------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s | {"version": 2}, "a form of version 2"),
        (lambda s: s | {"form": "other"}, "no review form"),
        (lambda s: s | {"extra": 1}, "a key that the format does not know"),
        (lambda s: s | {"resource": "../../etc/passwd"}, "its `resource` is not what"),
        (lambda s: s | {"locale": "../so"}, "its `locale` is not what"),
        (lambda s: s | {"role": "king"}, "its `role` is none that there is"),
        (lambda s: s | {"handle": "A B"}, "its handle is not made of"),
        (lambda s: s | {"units": {}}, "its `units` are not what"),
        (lambda s: s | {"units": s["units"] * 2}, "a text twice"),
        (lambda s: s | {"units": [{**s["units"][0], "answer": "yes"}]}, "neither right nor"),
        (lambda s: s | {"units": [{**s["units"][0], "digest": "0"}]}, "its `digest` is not what"),
        (lambda s: s | {"units": [{**s["units"][0], "comment": "x" * 9999}]}, "more than 2000"),
        (lambda _: [1], "not what the format says"),
    ],
)
def test_a_form_that_was_tampered_with_records_nothing(ready, form, pipeline, change, message):
    text = form.read_text("utf-8")
    state = re.search(r'(id="state">)(.*?)(</script>)', text, re.DOTALL)
    values = json.loads(state[2])
    values["handle"] = "hodan"
    text = text[: state.start(2)] + json.dumps(change(values)) + text[state.end(2) :]
    form.write_text(text, "utf-8")
    ran = pipeline("review", "--import", str(form), "--yes")
    assert ran.code == 13
    assert message in ran.err
    assert not ready.ledger.exists()


STATE = b'<script type="application/json" id="state">'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no answers in it"),
        (b"\xff\xfe\x00", "it is not UTF-8"),
        (STATE + b"{", "it was cut short"),
        (STATE + b"{</script>", "its answers are damaged"),
        (STATE + b"[" * 100_000 + b"</script>", "its answers are damaged"),
        (STATE + b'{"a":' + b"9" * 10_000 + b"}</script>", "its answers are damaged"),
        (STATE + b'{"a":1,"a":2}</script>', "a key twice"),
        (STATE + b"{}</script>" + STATE + b"{}</script>", "its answers twice"),
        (b" " * 20_000_001, "more than 20 MB"),
    ],
    ids=["empty", "bytes", "cut", "broken", "deep", "digits", "doubles", "twice", "huge"],
)
def test_a_file_that_is_no_form_records_nothing(ready, pipeline, data, message):
    path = ready.root / "form.html"
    path.write_bytes(data)
    ran = pipeline("review", "--import", str(path), "--yes")
    assert ran.code == 13
    assert message in ran.err
    assert not ready.ledger.exists()


def test_hidden_characters_of_a_comment_do_not_reach_the_ledger(ready, form, pipeline):
    text = form.read_text("utf-8")
    text = text.replace('"handle": ""', '"handle": "hodan"').replace(
        '"comment": ""', '"comment": "a\\u202eb\\ud800c\\u001b[2J"', 1
    )
    text = text.replace('"answer": ""', '"answer": "x"')
    form.write_text(text, "utf-8")
    ran = pipeline("review", "--import", str(form), "--yes")
    assert ran.code == 0, ran.err
    assert lines(ready.ledger)[0]["note"] == "a\ufffdb\ufffdc\ufffd[2J"


def test_a_reader_who_answered_not_all_questions_is_asked_again(ready, form, pipeline):
    text = form.read_text("utf-8").replace('"handle": ""', '"handle": "hodan"')
    form.write_text(text.replace('"answer": null', '"answer": "right"'), "utf-8")
    ran = pipeline("review", "--import", str(form), "--yes")
    assert ran.code == 13
    assert "3 of 3 questions are not answered." in ran.err
    assert not ready.ledger.exists()
