"""Are terms and sentences called by one name in all resources."""

from pathlib import Path

from pipeline.glossary import Called, Glossary, Rendering, compare, parse_glossary
from pipeline.languages import load_language

SOMALI = load_language("so")
GLOSSARY = parse_glossary(
    "source_term,target_term,status,note\n"
    "mask,maaskaro,preferred,\n"
    "mask,afdabool,admitted,\n"
    "mask,waji gashi,forbidden,\n"
    "fever,qandho,preferred,\n"
    "fever,kulayl,admitted,Of the weather too.\n"
    "NHS,,do not translate,\n"
    "gloves,galoofyo,preferred,\n",
    Path("glossary.csv"),
)


def rendering(resource, line, source, target, context=None):
    return Rendering(
        resource=resource,
        path=f"locales/so/{resource}.po",
        line=line,
        source=source,
        target=target,
        context=context,
    )


def look(*rows, glossary=GLOSSARY):
    return compare([rendering(*row) for row in rows], glossary, SOMALI)


def counts(found, term):
    (use,) = (each for each in found.terms if each.source == term)
    return {str(called): len(use.of(called)) for called in Called if use.of(called)}


def test_where_each_name_stands():
    found = look(
        ("a/one", 7, "Wear a mask.", "Xiro maaskaro."),
        ("a/one", 9, "Masks help.", "Afdaboolku waa caawiyaa."),
        ("a/two", 3, "No mask?", "Waji gashi ma leh?"),
        ("a/two", 5, "Wash the mask.", "Dhaq."),
    )
    assert counts(found, "mask") == {"preferred": 1, "admitted": 1, "forbidden": 1, "none": 1}
    assert counts(found, "gloves") == {}
    assert found.findings == 1


def test_different_names_in_different_resources():
    rows = ("a/one", 7, "Wear a mask.", "Xiro maaskaro."), ("a/two", 3, "A mask", "Afdabool")
    assert [term.source for term in look(*rows).terms if term.differs] == ["mask"]


def test_a_note_is_the_reason():
    rows = ("a/one", 7, "Fever", "Qandho"), ("a/two", 3, "A fever", "Kulayl")
    assert look(*rows).findings == 0


def test_a_resource_by_itself_may_vary():
    assert look(("a/one", 7, "A mask", "Afdabool"), ("a/one", 8, "Masks", "Maaskaro")).findings == 0


def test_a_name_that_was_translated():
    found = look(("a/one", 7, "Call the NHS.", "Wac adeegga caafimaadka."))
    assert (counts(found, "NHS"), found.findings) == ({"none": 1}, 1)


def test_one_text_in_several_ways():
    found = look(
        ("a/one", 7, "Wash your hands.", "Gacmaha dhaq."),
        ("a/two", 3, "Wash your hands.", "Faraxalo."),
        ("a/three", 4, "Wash your hands.", "Gacmaha dhaq."),
        ("a/three", 9, "Open", "Fur", "a verb"),
        ("a/two", 8, "Open", "Furan", "a state"),
        glossary=Glossary(),
    )
    (repeated,) = found.repeated
    assert [(each.target, each.resource, each.line) for each in repeated.renderings] == [
        ("Faraxalo.", "a/two", 3),
        ("Gacmaha dhaq.", "a/one", 7),
        ("Gacmaha dhaq.", "a/three", 4),
    ]
