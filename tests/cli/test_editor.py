"""The offline editor in a real browser, from an export over a translator's work to the catalog."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pipeline.catalogs import read_catalog
from pipeline.checks import (
    check_contact_mismatch,
    check_glossary,
    check_number_mismatch,
    check_punctuation,
    check_untranslated,
)
from pipeline.cli.bilingual import as_segment
from pipeline.cli.live_rules import make_rules
from pipeline.cli.travel import read_sheet
from pipeline.exchange import (
    Change,
    Row,
    Sheet,
    State,
    Suggestion,
    TermRule,
    digest_target,
    unit_name,
)
from pipeline.exchange.editor import render_page, render_work
from pipeline.glossary import Glossary, Term, TermStatus
from pipeline.languages import load_language
from pipeline.model import SegmentKind, Unit

PHONE = {"width": 360, "height": 740}


class Known:
    """What is known of English and another language."""

    def __init__(self, tag: str) -> None:
        self.source, self.target = load_language("en"), load_language(tag)


def row(source: str, target: str = "", **more: object) -> Row:
    key, base = unit_name(None, source), digest_target(target)
    return Row(key=key, base=base, source=source, target=target, **more)


HOSTILE = "</script><img src=x onerror=alert(1)><!-- \u2028"
#: Everything that a row can have, in a language that is written from right to left.
SHEET = Sheet(
    resource="covid-19/fever",
    locale="ar",
    language="Arabic, العربية",
    title="Fever",
    is_rtl=True,
    rules=make_rules(Known("ar")),
    rows=(
        row(
            "Call NHS 111 if your child has a fever.",
            kind="paragraph in: When to get help",
            is_critical=True,
            note="111 is a telephone number. Keep the digits.",
            term_rules=(
                TermRule("NHS", "NHS", "do not translate", "the health service"),
                TermRule("fever", "حمى", "preferred"),
                TermRule("fever", "سخونة", "forbidden"),
            ),
        ),
        row(
            "Stay at home for 3 days.",
            "ابقَ في المنزل ٥ أيام.",
            kind="paragraph",
            state=State.CHANGED,
            previous="Stay at home for 5 days.",
            changes=(
                Change("Stay at home for ", is_old=True, is_new=True),
                Change("5", is_old=True, is_new=False),
                Change("3", is_old=False, is_new=True),
                Change(" days.", is_old=True, is_new=True),
            ),
            suggestions=(
                Suggestion(
                    "Stay at home for 7 days.",
                    "ابقَ في البيت ٧ أيام.",
                    96,
                    "covid-19/rest",
                    ("reviser", "clinician"),
                    ("7 days → 3 days",),
                ),
            ),
        ),
        row(
            "Read [more](https://www.nhs.uk/conditions/covid-19/how-long-it-takes-to-get-better)",
            kind="list item",
            protected=("https://www.nhs.uk/conditions/covid-19/how-long-it-takes-to-get-better",),
        ),
        row(
            f"Rest {HOSTILE}",
            "استرح",
            kind=HOSTILE,
            note=HOSTILE,
            remark=HOSTILE,
            state=State.DONE,
            protected=(HOSTILE,),
            suggestions=(Suggestion(HOSTILE, HOSTILE, 80, HOSTILE, (), (HOSTILE,)),),
        ),
    ),
)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file; a test fails if the page asks for anything, or if anything in it fails."""
    contexts, wrong = [], []

    def run(path: Path, *, script: str = "", **options: object) -> Page:
        context = browser.new_context(viewport=PHONE, **options)
        contexts.append(context)
        page = context.new_page()
        if script:
            page.add_init_script(script)
        address = path.resolve().as_uri()
        page.on("request", lambda r: r.url.split("?")[0] == address or wrong.append(r.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text))
        page.goto(address)
        return page

    yield run
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def editor(visit, tmp_path) -> Callable[..., Page]:
    def run(sheet: Sheet = SHEET, **options: object) -> Page:
        path = tmp_path / "fever.html"
        path.write_bytes(render_page(sheet))
        return visit(path, **options)

    return run


def save(page: Page, folder: Path) -> Path:
    with page.expect_download() as found:
        page.get_by_role("button", name="Save", exact=True).click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


@pytest.mark.parametrize(
    ("tag", "direction", "wrong", "right"),
    [
        ("so", "ltr", "Guriga joog 3 maalmood.", "Guriga joog 5 maalmood."),
        ("ar", "rtl", "ابقَ في المنزل ٣ أيام.", "ابقَ في المنزل ٥ أيام."),
    ],
)
def test_what_is_typed_on_a_phone_is_in_the_catalog(
    place, pipeline, visit, tag, direction, wrong, right
):
    said = pipeline("export", "--locale", tag, "--format", "html", "-o", "out", "covid-19/fever")
    assert said.out == f"out/covid-19.fever.{tag}.html: 7 rows (7 new)\n"
    catalog = place.root / f"locales/{tag}/covid-19/fever.po"
    before = catalog.read_text("utf-8")
    page = visit(place.root / f"out/covid-19.fever.{tag}.html")
    text = page.locator("article", has_text="Stay at home for 5 days.")
    box = text.get_by_label("Translation 7", exact=True)
    assert (box.get_attribute("lang"), box.get_attribute("dir")) == (tag, direction)
    box.fill(wrong)
    expect(text).to_contain_text("The English has \u20685\u2069; your text does not.")
    box.fill(right)
    expect(text).not_to_contain_text("Look again")
    text.get_by_role("button", name="Done, next").click()
    expect(page.locator("#count")).to_have_text("1 of 7 done")
    path = save(page, place.root)
    assert path.name == f"covid-19.fever.{tag}.json"
    said = pipeline("import", str(path))
    assert said.code == 0, said.err
    assert "1 translation taken, 6 unchanged." in said.out
    old = 'msgid "Stay at home for 5 days."\nmsgstr ""'
    assert catalog.read_text("utf-8") == before.replace(old, old[:-1] + right + '"')


def test_the_program_and_the_page_write_the_same_file(editor, tmp_path):
    page = editor()
    page.get_by_label("Translation 1", exact=True).fill("اتصل بـ NHS على الرقم 111 \u2028 😷\n")
    page.get_by_label("Your question or note on text 1").fill('"111"?')
    page.locator("#text-1").get_by_label("Question", exact=True).check()
    first = replace(
        SHEET.rows[0],
        target="اتصل بـ NHS على الرقم 111 \u2028 😷\n",
        state=State.QUESTION,
        remark='"111"?',
    )
    rows = [replace(row, remark="") for row in SHEET.rows[1:]]
    # The key is that of what was sent.
    expected = render_work(replace(SHEET, rows=(first, *rows)))
    came = save(page, tmp_path).read_bytes()
    export = json.loads(render_work(SHEET))["export"]
    assert came == re.sub(rb'"export":"\w+"', f'"export":"{export}"'.encode(), expected)


def test_axe_finds_nothing_and_a_phone_need_not_scroll_sideways(editor):
    page = editor(bypass_csp=True)
    page.get_by_text("How to do it").click()
    page.get_by_label("Translation 1", exact=True).fill("سخونة 9")
    page.get_by_text("Look again:").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_what_can_be_pressed_is_big_enough_for_a_thumb(editor):
    heights = editor().eval_on_selector_all(
        "button, textarea, .choice label, summary, input[type=search], label.button",
        "all => all.filter(e => e.offsetParent).map(e => [e.textContent, e.offsetHeight])",
    )
    assert [each for each in heights if each[1] < 44] == []


def test_a_text_tells_what_changed_what_is_known_and_what_must_stay(editor):
    page = editor()
    first, second, third = (page.locator(f"#text-{number}") for number in (1, 2, 3))
    expect(first).to_contain_text("CRITICAL")
    expect(first).to_contain_text("From the author: 111 is a telephone number. Keep the digits.")
    expect(first).to_contain_text("NHS — leave as it is: NHS (the health service)")
    expect(first).to_contain_text("fever — do not say: سخونة")
    assert second.locator("del").text_content() == " (taken out: 5) "
    assert second.locator("ins").text_content() == " (put in: 3) "
    memory = second.locator(".memory")
    expect(memory).to_contain_text("Not the same as this text: 7 days → 3 days")
    expect(memory).to_contain_text(
        "96 % alike · from covid-19/rest · signed by: reviser, clinician"
    )
    second.get_by_label("Translation 2", exact=True).fill("")
    expect(second).to_contain_text("An empty box deletes nothing")
    second.get_by_label("Translation 2", exact=True).fill("ابقَ في المنزل ٥ أيام.")
    # Nothing gets into the box by itself, and what got there can be taken out.
    box = second.get_by_label("Translation 2", exact=True)
    expect(box).to_have_value("ابقَ في المنزل ٥ أيام.")
    second.get_by_role("button", name="Put this into the box").click()
    expect(box).to_have_value("ابقَ في البيت ٧ أيام.")
    second.get_by_role("button", name="Undo").click()
    expect(box).to_have_value("ابقَ في المنزل ٥ أيام.")
    piece = SHEET.rows[2].protected[0]
    third.get_by_role("button", name=piece).click()
    expect(third.get_by_label("Translation 3", exact=True)).to_have_value(piece)


def test_the_keyboard_alone_is_enough(editor):
    page = editor()
    page.get_by_label("Translation 1", exact=True).focus()
    page.keyboard.type("111 NHS")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Translation 2", exact=True)).to_be_focused()
    expect(page.locator("#count")).to_have_text("2 of 4 done")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Translation 3", exact=True)).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("Write a translation first, or press Question.")
    page.keyboard.type("NHS")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("nothing left to do")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()


def shown(page: Page) -> list[str]:
    return page.locator("article:visible").evaluate_all("all => all.map(e => e.id)")


def test_texts_are_found_by_state_and_by_words(editor):
    page = editor()
    assert len(shown(page)) == 4
    page.get_by_label("to do", exact=True).check()
    assert shown(page) == ["text-1", "text-2", "text-3"]
    page.get_by_label("look again").check()
    assert shown(page) == ["text-2", "text-4"]
    page.get_by_label("questions").check()
    assert shown(page) == []
    expect(page.get_by_text("No text is like that.")).to_be_visible()
    page.get_by_label("all", exact=True).check()
    page.get_by_label("Search").fill("FEVER")
    assert shown(page) == ["text-1"]
    page.get_by_label("Search").fill("المنزل")
    assert shown(page) == ["text-2"]


def test_work_is_kept_on_the_device_and_goes_on_at_another(editor, tmp_path):
    page = editor()
    page.get_by_label("Translation 1", exact=True).fill("NHS 111")
    page.get_by_text("Kept in this browser at").wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Translation 1", exact=True)).to_have_value("NHS 111")
    expect(page.locator("#said")).to_contain_text("is here again")
    path = save(page, tmp_path)
    expect(page.locator("#said")).to_contain_text(
        "Saved as covid-19.fever.ar.json. Send that file back. "
        "Not marked as done, so only a draft: 1 text."
    )
    other = editor()
    other.locator("#load").set_input_files(path)
    expect(other.locator("#said")).to_have_text("1 text taken from the file.")
    expect(other.get_by_label("Translation 1", exact=True)).to_have_value("NHS 111")
    # What was written at both is asked about.
    other.get_by_label("Translation 1", exact=True).fill("111 NHS")
    other.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    other.locator("#load").set_input_files(path)
    expect(other.locator("#said")).to_have_text("0 texts taken from the file.")
    assert asked[1:] == ["1 text changed here and in the file. Take those of the file?"]
    expect(other.get_by_label("Translation 1", exact=True)).to_have_value("111 NHS")
    page.get_by_role("button", name="Forget").click()
    page.reload()
    expect(page.get_by_label("Translation 1", exact=True)).to_have_value("")


OTHERS = (
    (b"{}", "That file cannot be used"),
    (b"\x00\xff", "That file cannot be used"),
    (render_work(SHEET)[:-9], "it is damaged, or not a file that this page has saved"),
    (render_work(replace(SHEET, locale="so")), "of another page: covid-19/fever, so."),
    (
        render_work(replace(SHEET, rows=(row("Call NHS 111 if your child has a fever.", "x"),))),
        "0 texts taken from the file. 1 text left out",
    ),
)


def test_another_file_changes_nothing(editor, tmp_path):
    page = editor()
    path = tmp_path / "other.json"
    for data, said in OTHERS:
        path.write_bytes(data)
        page.locator("#load").set_input_files(path)
        expect(page.locator("#said")).to_contain_text(said)
    assert page.eval_on_selector_all("textarea.target", "all => all.map(e => e.value)") == [
        row.target for row in SHEET.rows
    ]


def test_a_page_that_is_open_twice_says_so(editor):
    page = editor()
    twin = page.context.new_page()
    twin.goto(page.url)
    twin.get_by_label("Translation 1", exact=True).fill("NHS 111")
    expect(page.locator("#said")).to_contain_text("This page is open twice")


def test_a_phone_that_shares_plain_text_alone_is_handed_plain_text(editor, tmp_path):
    """As Chromium on Android: it hands over no JSON. There is no such phone here."""
    page = editor(
        script="""
        navigator.canShare = ({ files }) => files[0].type === "text/plain";
        navigator.share = async ({ files }) => {
          window.handed = [files[0].name, await files[0].text()];
        };"""
    )
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#said")).to_contain_text("Handed over as covid-19.fever.ar.json.txt.")
    name, text = page.evaluate("window.handed")
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert [row.target for row in read_sheet(path).rows] == [row.target for row in SHEET.rows]


def test_a_browser_that_keeps_nothing_says_so(editor):
    page = editor(script="Storage.prototype.setItem = () => { throw new Error('no'); };")
    expect(page.locator("#said")).to_contain_text("press Save before you close it")


CASES = (
    ("so", "Take 2 tablets.", "Qaado 3 kaniini."),
    ("so", "Take 2 tablets.", "Qaado laba kaniini."),
    ("so", "Take two tablets.", "Qaado 2 kaniini."),
    ("so", "Wait 25 minutes.", "Sug shan iyo labaatan daqiiqo."),
    ("ar", "Stay at home for 10 days.", "ابقَ في المنزل ١٠٠ أيام."),
    ("ar", "Stay at home for 10 days.", "ابقَ في المنزل ١٠ أيام."),
    ("bn", "Above 37.8 degrees", "৩৭.৮ ডিগ্রির উপরে"),
    ("pl", "Above 37.8 degrees", "Powyżej 37,8 stopnia"),
    ("pl", "In 1,500 people", "U 1500 osób"),
    ("am", "In 2012", "በ፳፻፲፪"),
    ("zh", "About 30,000 people", "约 3 万人"),
    ("so", "COVID-19 is a virus.", "COVID-19 waa fayras."),
    ("pl", "Open until 8pm.", "Otwarte do 20:00."),
    ("so", "Call 020 7946 0018.", "Wac 020 7946 0081."),
    ("ar", "Call 020 7946 0018.", "اتصل بالرقم ٠٢٠ ٧٩٤٦ ٠٠١٨."),
    ("so", "Write to help@example.org.", "U qor caawi@example.org."),
    ("so", "See www.nhs.uk.", "Eeg www.nhs.uk."),
    ("so", "Wash your hands often.", "Wash your hands often"),
    ("ti", "Do you have a fever?", "ረስኒ ኣለኩም።"),
    ("ar", "Do you have a fever?", "هل لديك حمى؟"),
    ("so", "Wear a mask.", "Xiro waji gashi."),
    ("so", "Call NHS 111.", "Wac adeegga caafimaadka 111."),
    ("so", "Call NHS 111.", "Wac NHS 111."),
)
TERMS = (
    Term(source="mask", target="waji gashi", status=TermStatus.FORBIDDEN),
    Term(source="NHS", target="NHS", status=TermStatus.DO_NOT_TRANSLATE),
)


def findings(tag: str, source: str, target: str) -> bool:
    """Whether the program's own checks find something."""
    unit, known = Unit(msgid=source, msgstr=target), Known(tag)
    both = {"source": known.source, "target": known.target}
    common = (as_segment(unit, SegmentKind.PARAGRAPH), unit, Path("x.po"), tag)
    return any(
        (
            check_number_mismatch(*common, **both),
            check_contact_mismatch(*common),
            check_untranslated(*common, **both),
            check_punctuation(*common),
            check_glossary(*common, target=known.target, glossary=Glossary(TERMS)),
        )
    )


def test_what_the_page_advises_is_what_the_checks_say(editor):
    rules = [TermRule(term.source, term.target, term.status) for term in TERMS]
    told, expected = [], []
    page = editor()
    # The page of each language has these texts; what it says of each is compared.
    for tag in dict.fromkeys(tag for tag, _, _ in CASES):
        cases = [(source, target) for each, source, target in CASES if each == tag]
        rows = tuple(
            row(source, target, term_rules=tuple(t for t in rules if t.source in source))
            for source, target in cases
        )
        sheet = replace(SHEET, locale=tag, rows=rows, rules=make_rules(Known(tag)))
        page.set_content(render_page(sheet).decode())
        advice = page.locator(".advice").evaluate_all("all => all.map(e => e.textContent)")
        told += [(tag, *case, bool(advised)) for case, advised in zip(cases, advice, strict=True)]
        expected += [(tag, *case, findings(tag, *case)) for case in cases]
    assert told == expected


@pytest.mark.usefixtures("place")
def test_the_page_itself_brings_nothing_and_says_where_the_work_is(pipeline):
    pipeline("export", "--locale", "so", "--format", "html", "-o", "out", "covid-19/fever")
    said = pipeline("import", "out/covid-19.fever.so.html")
    assert said.code == 0
    assert "0 translations taken, 7 unchanged." in said.out
    assert "in the file that its button Save makes" in said.out


def test_a_text_that_is_not_marked_as_done_is_a_draft(place, pipeline):
    pipeline("export", "--locale", "so", "--format", "html", "-o", "out", "covid-19/fever")
    sheet = read_sheet(Path("out/covid-19.fever.so.html"))
    rows = [replace(row, target="Naso", state=State.NEW) for row in sheet.rows[:1]]
    Path("back.json").write_bytes(render_work(replace(sheet, rows=tuple(rows))))
    assert "1 translation taken" in pipeline("import", "back.json").out
    assert [unit.fuzzy for unit in read_catalog(place.catalog).units if unit.msgstr] == [True]
