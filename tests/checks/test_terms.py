"""Terms of the glossary."""

from pathlib import Path

from pipeline.checks import check_glossary
from pipeline.glossary import parse_glossary

PATH = Path("glossary.csv")
GLOSSARY = parse_glossary(
    "source_term,target_term,status\n"
    "face mask,waji gashi,forbidden\n"
    "face mask,maaskaro,preferred\n"
    "NHS,,do not translate\n",
    PATH,
)


def terms(said, source, target):
    return said(check_glossary, "so", source, target, glossary=GLOSSARY)


def test_what_is_forbidden_is_a_finding(said):
    assert terms(said, "Wear a face mask.", "Xiro waji gashi.") == [
        ("major", "“face mask” must not be called “waji gashi”; say “maaskaro”."),
        ("minor", "“face mask” is usually called “maaskaro”."),
    ]


def test_endings_make_no_difference(said):
    assert terms(said, "Wear face masks.", "Xiro maaskarooyin.") == []


def test_a_name_that_stays(said):
    assert terms(said, "Call the NHS.", "Wac adeegga caafimaadka.") == [
        ("major", "“NHS” is to stay “NHS”.")
    ]
    assert terms(said, "Call the NHS.", "Wac NHS.") == []


def test_a_text_without_terms(said):
    assert terms(said, "Rest.", "Naso.") == []


def test_articles_and_cases_make_none_either(said):
    arabic = parse_glossary("source_term,target_term,status\nmask,كمامة,preferred\n", PATH)
    assert said(check_glossary, "ar", "Wear a mask.", "ارتدِ الكمامة.", glossary=arabic) == []
    polish = parse_glossary("source_term,target_term,status\nmask,maseczka,preferred\n", PATH)
    assert said(check_glossary, "pl", "Wear a mask.", "Załóż maseczkę.", glossary=polish) == []


def test_a_forbidden_term_is_not_seen_in_another_word(said):
    spanish = parse_glossary("source_term,target_term,status\nhome,casa,forbidden\n", PATH)
    assert (
        said(check_glossary, "es", "At home, in any case", "En todo caso", glossary=spanish) == []
    )
    assert said(check_glossary, "es", "Your home", "Sus casas", glossary=spanish) == [
        ("major", "“home” must not be called “casa”.")
    ]


def test_what_is_forbidden_by_itself_may_be_a_part_of_what_is_right(said):
    somali = parse_glossary(
        "source_term,target_term,status\nmask,waji xir,preferred\nmask,waji,forbidden\n", PATH
    )
    assert said(check_glossary, "so", "Wear a mask.", "Xiro waji xir.", glossary=somali) == []


def test_letters_of_a_name_are_no_word(said):
    english = parse_glossary("source_term,target_term,status\nWHO,,do not translate\n", PATH)
    assert (
        said(check_glossary, "so", "Who is at risk?", "Yaa halis ku jira?", glossary=english) == []
    )


def test_a_name_in_letters_of_another_script(said):
    assert said(check_glossary, "ar", "Call the NHS.", "اتصل بـNHS.", glossary=GLOSSARY) == []
