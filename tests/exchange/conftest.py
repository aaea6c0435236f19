"""What is sent to translators in these tests: one leaflet, in real languages."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.exchange import Change, Row, Sheet, State, Suggestion, digest_target, unit_name


def row(source: str, target: str = "", *, context: str | None = None, **more: object) -> Row:
    """A row as it is sent: key and base are those of its texts."""
    return Row(
        key=unit_name(context, source),
        base=digest_target(target),
        source=source,
        target=target,
        context=context,
        **more,
    )


HOME = Suggestion(
    source="Stay at home for 5 days.",
    target="5 maalmood guriga joog.",
    score=96,
    resource="covid-19/isolating",
    roles=("translator", "reviser"),
    differences=("the old text says 5 days, this one 3 days",),
)
CALL = Suggestion(
    source="Call 999 now",
    target="Hadda wac 999",
    score=100,
    resource="agency-2020",
    is_imported=True,
)
ROWS = (
    row(
        "Call 999 now",
        kind="box title in: When to get help",
        is_critical=True,
        note="999 is the emergency number in the UK.",
        terms=("GP: dhakhtar (preferred)",),
        suggestions=(CALL,),
    ),
    row(
        "Stay at home for 3 days.",
        "Guriga joog 5 maalmood.",
        kind="paragraph",
        state=State.CHANGED,
        previous="Stay at home for 5 days.",
        suggestions=(HOME,),
        changes=(
            Change("Stay at home for ", is_old=True, is_new=True),
            Change("5", is_old=True, is_new=False),
            Change("3", is_old=False, is_new=True),
            Change(" days.", is_old=True, is_new=True),
        ),
    ),
    row("Rest", "Naso", context="verb", kind="heading", state=State.DONE),
    row(
        "Read [more](https://www.nhs.uk) and `x`{.small}",
        "[Wax badan](https://www.nhs.uk) iyo `x`{.small} akhri",
        kind="list item",
        state=State.DONE,
        protected=("(https://www.nhs.uk)", "`x`", "{.small}"),
    ),
    row("One\ntwo", "Kow\nlaba", kind="table cell", state=State.DONE, remark="two lines"),
)
SHEET = Sheet(
    resource="covid-19/fever",
    locale="so",
    language="Somali, Soomaali",
    title="Fever",
    rows=ROWS,
)


DRINK = Suggestion(
    source="Drink water often.",
    target="اشرب الماء كثيرًا.",
    score=80,
    resource="covid-19/fever",
    is_sample=True,
)


@pytest.fixture
def sheet() -> Sheet:
    return SHEET


@pytest.fixture
def arabic() -> Sheet:
    rows = (
        row("Call 999 now", "اتصل بالرقم 999 الآن", state=State.DONE),
        row("Drink water.", suggestions=(DRINK,)),
    )
    return replace(SHEET, locale="ar", language="Arabic, العربية", is_rtl=True, rows=rows)


@pytest.fixture
def edit() -> Callable[..., bytes]:
    """Change the text of a part in an archive; other parts may be added."""

    def run(data: bytes, part: str, *pairs: tuple[str, str], **added: str) -> bytes:
        told = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(told, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode()
                for before, after in pairs if name == part else ():
                    assert before in text, before
                    text = text.replace(before, after)
                new.writestr(name, text)
            for name, text in added.items():
                new.writestr(name, text)
        return told.getvalue()

    return run


def sent(sheet: Sheet) -> list[tuple[object, ...]]:
    """What of a sheet must come back."""
    return [
        (row.key, row.base, row.source, row.target, row.context, row.state, row.remark)
        for row in sheet.rows
    ]


@pytest.fixture
def same() -> Callable[[Sheet, Sheet], None]:
    """See that all that matters of a sheet has come back."""

    def check(came_back: Sheet, sheet: Sheet) -> None:
        assert sent(came_back) == sent(sheet)
        assert (came_back.resource, came_back.locale) == (sheet.resource, sheet.locale)

    return check


@pytest.fixture
def path() -> Path:
    return Path("back/fever.so.xlsx")


@pytest.fixture
def replaced() -> Callable[..., Sheet]:
    """Another sheet: one row of it changed, as a translator does."""

    def run(sheet: Sheet, at: int, **changes: object) -> Sheet:
        rows = list(sheet.rows)
        rows[at] = replace(rows[at], **changes)
        return replace(sheet, rows=tuple(rows))

    return run
