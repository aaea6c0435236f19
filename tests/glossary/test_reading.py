"""A glossary as spreadsheets write it."""

from pathlib import Path

import pytest

from pipeline.errors import GlossaryError
from pipeline.glossary import Term, TermStatus, parse_glossary, read_glossary

PATH = Path("locales/so/glossary.csv")


def test_a_row_in_full():
    glossary = parse_glossary(
        "source_term;target_term;status;note;origin;mine\n"
        "fever;qandho;preferred;kulayl is heat;clinic;x\n",
        PATH,
    )
    assert glossary.terms == (
        Term(
            source="fever",
            target="qandho",
            status=TermStatus.PREFERRED,
            note="kulayl is heat",
            origin="clinic",
            line=2,
        ),
    )


def test_several_targets_and_the_longest_source_first():
    glossary = parse_glossary(
        "source_term,target_term\nmask,maaskaro\nface mask,maaskaro wejiga\nfever,qandho\n", PATH
    )
    found = glossary.find("Face masks help against fever.")
    assert {source: [t.target for t in terms] for source, terms in found.items()} == {
        "face mask": ["maaskaro wejiga"],
        "fever": ["qandho"],
    }


def test_no_file_is_an_empty_glossary(tmp_path):
    assert not read_glossary(tmp_path / "glossary.csv")


HEAD = "source_term,target_term,status\n"
WRONG = [
    ("term,target\na,b\n", 1, "no column `source_term`"),
    (f"{HEAD}fever,qandho,good\n", 2, "`good` is no status"),
    (f"{HEAD}fever,\n", 2, "only one of its two terms"),
    (f"{HEAD}fever,qandho,preferred\nFever,Qandho,forbidden\n", 3, "preferred in line 2"),
    (f"{HEAD}fever,qandho,\n\nfever,qandho,admitted\n", 4, "stand in line 2 too"),
    (f"{HEAD}NHS,,dnt\nNHS,adeegga,preferred\n", 3, "do not translate in line 2"),
    (f"{HEAD}fever,=1+1,\n", 2, "takes target_term for a formula: `=1\\+1`"),
    (f"{HEAD}fever,#NAME?,\n", 2, "takes target_term for a formula"),
    (f"{HEAD}fever,qandho, kulayl,preferred\n", 2, "more cells than there are columns"),
    (f'{HEAD}rest,naso,\nfever,"qandho,\ncough,qufac,\n', 3, "no CSV from here on"),
    (f"{HEAD}!,qandho,\n", 2, "no letter to look for"),
    ("sep=;\nsource_term;target_term\nfever;\n", 3, "only one of its two terms"),
    ('source_term,target_term,note\nrest,naso,"two\nlines"\nfever,,\n', 4, "only one of its"),
]


@pytest.mark.parametrize(("text", "line", "message"), WRONG)
def test_mistakes_name_their_line(text, line, message):
    with pytest.raises(GlossaryError, match=message) as error:
        parse_glossary(text, PATH)
    assert (error.value.path, error.value.line) == (PATH, line)


def test_a_wrong_encoding_is_told(tmp_path):
    path = tmp_path / "glossary.csv"
    path.write_bytes("source_term,target_term\nfever,fièvre\n".encode("latin-1"))
    with pytest.raises(GlossaryError, match="not in UTF-8") as error:
        read_glossary(path)
    assert error.value.line == 2


def test_a_spreadsheets_mark_and_line_ends(tmp_path):
    path = tmp_path / "glossary.csv"
    path.write_bytes("\ufeffsource_term,target_term\r\nfever,qandho\r\n".encode())
    assert [term.target for term in read_glossary(path).terms] == ["qandho"]


def test_the_unicode_text_of_excel(tmp_path):
    path = tmp_path / "glossary.csv"
    path.write_bytes("source_term\ttarget_term\r\nsoap\tصابون\r\n".encode("utf-16"))
    assert [term.target for term in read_glossary(path).terms] == ["صابون"]
    path.write_bytes("source_term\ttarget_term\r\n".encode("utf-16-le"))
    with pytest.raises(GlossaryError, match="may be UTF-16"):
        read_glossary(path)


def test_excels_line_about_separators():
    glossary = parse_glossary("sep=;\r\nsource_term;target_term\r\nsoap;saabuun\r\n", PATH)
    assert [(term.target, term.line) for term in glossary.terms] == [("saabuun", 3)]


def test_an_apostrophe_keeps_a_spreadsheet_from_counting():
    glossary = parse_glossary("source_term,target_term\n'COVID 19,'-ka\n", PATH)
    assert [(term.source, term.target) for term in glossary.terms] == [("COVID 19", "-ka")]


def test_a_candidate_waits():
    glossary = parse_glossary(
        "Source term,Target term,Status\nsoap,,candidate\nrest,naso,preferred\n", PATH
    )
    assert [term.source for term in glossary.terms] == ["rest"]
    assert glossary.candidates == ("soap",)
    assert glossary.find("Use soap.") == {}


def test_letters_that_stand_for_a_name_are_another_term():
    glossary = parse_glossary("source_term,target_term\nWHO,OMS\nwho,quién\n", PATH)
    found = glossary.find("Who asks the WHO?")
    assert {name: terms[0].target for name, terms in found.items()} == {
        "who": "quién",
        "WHO": "OMS",
    }
