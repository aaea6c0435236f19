"""`pipeline qa --catalog`: an agency's delivery, judged outside of any project."""

import json

import pytest

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ar\\n"

msgctxt "on a card"
msgid "Stay at home for 10 days."
msgstr "ابقَ في المنزل ١٠٠ أيام."

msgid "Drink **water**."
msgstr "اشرب **الماء**."
"""
TSV = 'source\ttarget\r\n"Call 020 7946 0018."\t"Wac 020 7946 0081."\r\nRest.\t\r\n'
XLIFF = """\
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="a" source-language="en" target-language="so" datatype="plaintext"><body>
  <trans-unit id="1">
   <source>Take <g id="1">2 tablets</g>.</source>
   <target>Qaado <g id="1">2 kaniini</g>.</target>
  </trans-unit>
  <trans-unit id="2">
   <source>See <x id="1"/> now.</source>
   <target>Hadda eeg.</target>
  </trans-unit>
 </body></file>
</xliff>
"""


@pytest.fixture
def judge(tmp_path, monkeypatch, pipeline):
    """Write a file and have it looked at, in a folder that is no project."""
    monkeypatch.chdir(tmp_path)

    def run(name: str, text: str, tag: str, *arguments: str):
        (tmp_path / name).write_bytes(text.encode())
        return pipeline("qa", "--catalog", name, "--locale", tag, *arguments)

    return run


def test_json_is_the_findings_and_nothing_else(judge):
    ran = judge("ar.po", PO, "ar", "--format", "json")
    assert ran.code == 15
    data = json.loads(ran.out)
    assert list(data) == ["version", "findings"]
    (finding,) = data["findings"]
    assert list(finding) == [
        "check", "severity", "locale", "file", "line", "msgctxt", "msgid", "message", "remedy",
    ]  # fmt: skip
    assert finding["check"] == "number-mismatch"
    assert finding["severity"] == "critical"
    assert (finding["locale"], finding["file"], finding["line"]) == ("ar", "ar.po", 7)
    assert (finding["msgctxt"], finding["msgid"]) == ("on a card", "Stay at home for 10 days.")


def test_a_delivery_that_is_right_ends_with_0(judge):
    ran = judge("ar.po", PO.replace("١٠٠", "١٠"), "ar", "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (0, {"version": 1, "findings": []})


def test_a_table_with_tabs_as_excel_writes_it(judge):
    ran = judge("so.tsv", TSV, "so", "--format", "json")
    assert ran.code == 15
    found = [(each["check"], each["line"]) for each in json.loads(ran.out)["findings"]]
    assert list(dict.fromkeys(found)) == [("contact-mismatch", 2), ("untranslated", 3)]


def test_xliff_with_a_tag_that_is_lost(judge):
    ran = judge("so.xlf", XLIFF, "so", "--format", "json")
    assert ran.code == 15
    (finding,) = json.loads(ran.out)["findings"]
    assert (finding["check"], finding["line"]) == ("markup-mismatch", 7)
    assert finding["message"].endswith("lost the attribute list or placeholder {x1}.")


def test_the_table_names_file_and_line(judge):
    ran = judge("ar.po", PO, "ar")
    assert ran.code == 15
    assert ran.out.startswith("ar.po · ar\n")
    assert "critical: ar.po:7: ar: " in ran.out


@pytest.mark.parametrize("form", ["sarif", "junit", "markdown", "html"])
def test_the_other_forms_are_there_too(judge, form):
    ran = judge("ar.po", PO, "ar", "--format", form)
    assert ran.code == 15
    assert "number-mismatch" in ran.out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("so.po", PO.replace('msgstr "اشرب', "msgstr اشرب"), "so.po:11: "),
        ("so.po", PO + "<<<<<<< HEAD\n", "so.po:12: "),
        ("so.xlf", XLIFF[:300], "so.xlf:7: This is not XML"),
        ("so.tsv", "Rest.\tNaso.\nCall 999.\n", "so.tsv:2: The row has 1 column."),
        ("so.docx", "", "so.docx: Files that end in `.docx` are not read."),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(judge, name, text, said):
    ran = judge(name, text, "so", "--format", "json")
    assert (ran.code, ran.out) == (5, "")
    assert said in ran.err


def test_one_language_and_no_resource_go_with_it(judge, pipeline):
    assert judge("ar.po", PO, "ar").code == 15
    assert pipeline("qa", "--catalog", "ar.po").code == 2
    assert pipeline("qa", "covid-19/fever", "--catalog", "ar.po", "--locale", "ar").code == 2


def test_line_ends_and_the_mark_of_windows_are_read(judge):
    ran = judge("ar.po", "\ufeff" + PO.replace("\n", "\r\n"), "ar", "--format", "json")
    (finding,) = json.loads(ran.out)["findings"]
    assert (finding["check"], finding["line"], ran.code) == ("number-mismatch", 7, 15)


def test_a_file_that_is_no_markdown_may_begin_a_line_with_a_mark(judge):
    text = "source\ttarget\n# 1 is first.\t# 1 waa kan koowaad.\n> 19 years\t> 19 sano\n"
    assert judge("so.tsv", text, "so").code == 0
