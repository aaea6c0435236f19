"""One leaflet, saved by LibreOffice as odt and as docx, gives the same page."""

# ruff: noqa: E501 - documents are read better as they are written

import shutil
import subprocess

import pytest
from making import body_of, html, take, told

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")

LEAFLET = html(
    "<h1>Fever &amp; flu</h1><p>Drink <b>water</b> <i>often</i>, 5*3 = 15.</p><h2>What to do</h2>"
    "<ul><li>One<ul><li>inner</li></ul></li><li>Two</li></ul><p>Then:</p><ol><li>a</li><li>b</li></ol>"
    '<p dir="rtl" lang="ar">اتصل بالرقم 999</p><p>See <a href="https://www.nhs.uk/">the NHS</a>.<br>জ্বর</p>'
    "<table><thead><tr><th>Age</th><th>Call</th></tr></thead><tbody><tr><td>1 | 2</td><td>yes</td></tr>"
    "</tbody></table><blockquote>Never wait.</blockquote>"
)
PAGE = """\
Drink **water** *often*, 5\\*3 = 15.

## What to do

- One
    - inner
- Two

Then:

1. a
2. b

<div dir="rtl" markdown>

اتصل بالرقم 999

</div>

See [the NHS](https://www.nhs.uk/).\x20\x20
জ্বর

| Age | Call |
|---|---|
| 1 \\| 2 | yes |

> Never wait."""


def save(folder, name: str, form: str, *more: str) -> None:
    command = [OFFICE, f"-env:UserInstallation={(folder / 'home').as_uri()}", "--headless", *more]
    subprocess.run(
        [*command, "--convert-to", form, "--outdir", folder, folder / name],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def test_odt_and_docx_of_one_leaflet_give_one_page(tmp_path):
    (tmp_path / "a.html").write_bytes(LEAFLET)
    save(tmp_path, "a.html", "odt:writer8", "--infilter=HTML (StarWriter)")
    save(tmp_path, "a.odt", "docx")
    for ending in ("odt", "docx"):
        intake = take((tmp_path / f"a.{ending}").read_bytes(), f"a.{ending}")
        assert intake.title == "Fever & flu"
        # LibreOffice says of every text from right to left that it is `ar-SA`, in docx alone.
        assert body_of(intake).replace(' lang="ar-SA"', "") == PAGE
        assert told(intake) == []
