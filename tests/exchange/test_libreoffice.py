"""Files that LibreOffice has opened and saved come back whole, in every script."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.exchange import FORMATS, Outcome, Sheet, State, digest_target, take
from pipeline.exchange.sheet import Row, unit_name
from pipeline.model import Unit

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")
FORMS = pytest.mark.parametrize("form", ["xlsx", "docx", "csv"])

UNITS = (
    Unit(msgid="Call 999 now.", msgstr="Wac 999 hadda."),
    Unit(msgid="Rest", context="verb", msgstr="استرح"),
    Unit(msgid="Take 2 tablets, 4 times a day.", msgstr="দিনে ৪ বার ২টি ট্যাবলেট খান।", fuzzy=True),
    Unit(msgid="Breathe", msgstr="ክትስተንፍስ"),
    Unit(msgid="**Call** [111](tel:111){.big} & `x` <br>", msgstr="**拨打** [111](tel:111){.big}"),
    Unit(msgid="One\ntwo", msgstr="Kow\nlaba", translator_comments=("two lines", "question: ok?")),
    Unit(msgid="10%", msgstr="=10%"),
    Unit(msgid="3/4", msgstr="007"),
    Unit(msgid="1 March", msgstr="01/03"),
    Unit(msgid="Empty", msgstr=""),
    Unit(msgid="TRUE", msgstr="TRUE"),
)


def send(*, is_rtl: bool = False) -> Sheet:
    rows = tuple(
        Row(
            key=unit_name(*unit.key),
            base=digest_target(unit.msgstr),
            source=unit.msgid,
            target=unit.msgstr,
            context=unit.context,
            state=State.CHANGED if unit.fuzzy else State.DONE if unit.msgstr else State.NEW,
            remark="\n".join(unit.translator_comments),
            is_critical="999" in unit.msgid,
            kind="paragraph in: When to get help",
            note="A note.",
            terms=("GP: dhakhtar (preferred)",),
            previous="Take 1 tablet." if unit.fuzzy else "",
        )
        for unit in UNITS
    )
    return Sheet(resource="covid-19/fever", locale="ar", title="Fever", is_rtl=is_rtl, rows=rows)


def change(sheet: Sheet) -> Sheet:
    """Two targets and a remark, as somebody else has changed them before."""
    rows = list(sheet.rows)
    rows[1] = replace(rows[1], target="ارتَح «الآن» – من فضلك", state=State.DONE)
    rows[9] = replace(rows[9], target="ባዶ", state=State.DONE, remark="ok")
    return replace(sheet, rows=tuple(rows))


SENT = {"ltr": send(), "rtl": send(is_rtl=True), "changed": change(send())}


@pytest.fixture(scope="module")
def save(tmp_path_factory):
    """Open files in LibreOffice and save them in a format of its own making."""
    home = tmp_path_factory.mktemp("office")

    def run(sent: Mapping[str, bytes], form: str, to: str) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp(form)
        for name, data in sent.items():
            (folder / f"{name}.{form}").write_bytes(data)
        where = folder / "saved"
        subprocess.run(
            [
                OFFICE,
                "--headless",
                f"-env:UserInstallation={home.as_uri()}",
                "--convert-to",
                to,
                "--outdir",
                where,
                *sorted(folder.glob(f"*.{form}")),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return {name: (where / f"{name}.{to}").read_bytes() for name in sent}

    return run


@pytest.fixture(scope="module")
def come_back(save):
    """The sheets as LibreOffice saves them; it starts slowly, so once for a format."""

    @cache
    def run(form: str) -> dict[str, Sheet]:
        sent = {name: FORMATS[form].render(sheet) for name, sheet in SENT.items()}
        saved = save(sent, form, form)
        return {
            name: FORMATS[form].parse(data, Path(f"{name}.{form}")) for name, data in saved.items()
        }

    return run


@FORMS
@pytest.mark.parametrize("name", ["ltr", "rtl"])
def test_what_libreoffice_saves_is_what_was_sent(come_back, form, name):
    sheet, came_back = SENT[name], come_back(form)[name]
    assert (came_back.resource, came_back.locale) == ("covid-19/fever", "ar")
    taken = take(UNITS, came_back.rows, protected_of=lambda _: ())
    assert taken.units == UNITS
    assert {account.outcome for account in taken.accounts} == {Outcome.UNCHANGED}
    assert [row.state for row in came_back.rows] == [row.state for row in sheet.rows]


@FORMS
def test_what_was_changed_before_is_all_that_changes(come_back, form):
    came_back = come_back(form)["changed"]
    taken = take(UNITS, came_back.rows, protected_of=lambda _: ())
    expected = list(UNITS)
    expected[1] = replace(UNITS[1], msgstr="ارتَح «الآن» – من فضلك")
    expected[9] = replace(UNITS[9], msgstr="ባዶ", translator_comments=("ok",))
    assert taken.units == tuple(expected)


def test_libreoffice_sees_the_locks_the_drop_down_and_the_direction(save):
    """As its own format says them, which spells everything out."""
    sent = {"rtl": FORMATS["xlsx"].render(SENT["rtl"])}
    text = save(sent, "xlsx", "fods")["rtl"].decode()
    assert 'table:protected="true"' in text
    assert "cell-content-is-in-list(&quot;new&quot;;&quot;changed&quot;" in text
    assert 'style:writing-mode="rl-tb"' in text
    assert 'table:style-name="ta1"' in text
