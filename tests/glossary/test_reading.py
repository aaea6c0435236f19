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


WRONG = [
    ("term,target\na,b\n", 1, "no column `source_term`"),
    ("source_term,target_term,status\nfever,qandho,good\n", 2, "`good` is no status"),
    ("source_term,target_term\nfever,\n", 2, "only one of its two terms"),
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
