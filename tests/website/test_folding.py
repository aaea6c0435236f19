"""How search writes letters one way, in Python and in the browser alike."""

import csv
import json
import unicodedata
from pathlib import Path

import pytest

from pipeline.website.search import load_folding

REPOSITORY = Path(__file__).resolve().parents[2]
TABLE = REPOSITORY / "tests" / "data" / "search" / "queries.csv"
SCRIPT = REPOSITORY / "theme" / "assets" / "js" / "search.js"
#: The blocks in which the letters of our languages are, and forms that programs still write.
BLOCKS = {
    "Latn": ((0x20, 0x24F), (0x300, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0xFF00, 0xFF5E)),
    "Cyrl": ((0x400, 0x4FF),),
    "Arab": ((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
    "Beng": ((0x980, 0x9FF),),
    "Deva": ((0x900, 0x97F),),
    "Guru": ((0xA00, 0xA7F),),
    "Gujr": ((0xA80, 0xAFF),),
    "Taml": ((0xB80, 0xBFF),),
    "Ethi": ((0x1200, 0x137F),),
    "Hans": ((0x4E00, 0x4FFF),),
}


@pytest.mark.parametrize(
    ("tag", "script", "words", "folded"),
    [
        ("ar", "Arab", "الحُمَّى الحمي الحـمى", "الحمي"),
        ("ar", "Arab", "أطفال اطفال إطفال آطفال", "اطفال"),
        ("ar", "Arab", "مساعدة مساعده", "مساعده"),
        ("fa", "Arab", "کودک كودك", "كودك"),
        ("fa", "Arab", "نشانه‌ها نشانهها", "نشانهها"),
        ("ur", "Arab", "گھر گهر", "گهر"),
        ("ckb", "Arab", "منداڵ مندال", "مندال"),
        ("ps", "Arab", "کووېډ كوويډ", "كوويډ"),
        ("bn", "Beng", "বাড়ি বাড়ি বাডি", "বাডি"),
        ("pa", "Guru", "ਬੁਖ਼ਾਰ ਬੁਖਾਰ", "ਬੁਖਾਰ"),
        ("ti", "Ethi", "ሓኪም ሃኪም ኃኪም ሐኪም", "ሀኪም"),
        ("am", "Ethi", "ፀሐይ ጸሀይ ጸኃይ", "ጸሀይ"),
        ("pl", "Latn", "Łódka łódka lodka", "lodka"),
        ("ro", "Latn", "știți ştiţi stiti", "stiti"),
        ("so", "Latn", "La’aan la'aan laaan", "laaan"),
        ("sq", "Latn", "Përkthyesi perkthyesi PËRKTHYESI", "perkthyesi"),
        ("uk", "Cyrl", "п’ять п'ять пять", "пять"),
        ("en", "Latn", "TITLE tıtle títle", "title"),
        ("bn", "Beng", "৯৯৯ 999 ٩٩٩", "999"),
    ],
)
def test_spellings_of_one_word_fold_alike(tag, script, words, folded):
    folding = load_folding(tag, script)
    assert {folding.fold(word) for word in words.split()} == {folded}


@pytest.mark.parametrize(
    ("tag", "script", "words"),
    [
        ("so", "Latn", "dhakhtar daktar dakhtar"),
        ("so", "Latn", "carruur carur caruur"),
        ("so", "Latn", "xanuun hanun"),
        ("bn", "Beng", "জ্বর জর"),
        ("bn", "Beng", "কাশি কাশী"),
        ("ne", "Deva", "सङ्क्रमण संक्रमण"),
        ("ta", "Taml", "காய்ச்சல் காய்சல்"),
        ("am", "Ethi", "ቋንቋ ቁዋንቁዋ"),
        ("ti", "Ethi", "ብኸመይ ብከመይ"),
        ("ur", "Arab", "ٹیسٹ تیست"),
        ("uk", "Cyrl", "дитина дытына"),
    ],
)
def test_what_people_confuse_is_told_apart_only_where_a_word_is_known(tag, script, words):
    folding = load_folding(tag, script)
    folded = [folding.fold(word) for word in words.split()]
    assert len(set(folded)) == len(folded)
    assert len(set(map(folding.loosen, folded))) == 1


def test_different_words_stay_different():
    persian = load_folding("fa", "Arab")
    assert persian.fold("تب") != persian.fold("تاب")
    tigrinya = load_folding("ti", "Ethi")
    assert tigrinya.fold("ሰብ") != tigrinya.fold("ስብ")
    bengali = load_folding("bn", "Beng")
    assert bengali.fold("দিন") != bengali.fold("দান")


def test_traditional_characters_become_those_of_the_texts():
    folding = load_folding("zh", "Hans").with_traditional("孩子发烧怎么办")
    assert folding.fold("發燒怎麼辦") == "发烧怎么办"
    assert folding.fold("嬰兒") == "嬰兒"  # not in the texts: no table is sent for it


def letters(script):
    """The assigned characters of a script."""
    codes = (code for first, last in BLOCKS[script] for code in range(first, last + 1))
    return [chr(code) for code in codes if unicodedata.category(chr(code)) != "Cn"]


@pytest.mark.e2e
def test_the_browser_folds_as_python_does(tab_for, project, workshop):
    """Over all letters of all languages, and over every word that anybody types in the table."""
    script = SCRIPT.read_text("utf-8")
    folder = script[script.index("const HAN") : script.index("// Chinese has no spaces")]
    rows = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
    page = tab_for()
    page.goto("about:blank")
    for locale in project.locales:
        typed = [w for row in rows if row["language"] == locale.tag for w in row["query"].split()]
        words = [*letters(locale.script), *typed]
        folding = load_folding(locale.tag, locale.script)
        index = json.loads(workshop.index(locale.tag, ()))
        got = page.evaluate(
            f"""([tables, words]) => {{ {folder}
                const folder = makeFolder(tables);
                const folded = words.map(folder.fold);
                return [folded, folded.map(folder.loosen)]; }}""",
            [index["fold"], words],
        )
        folded = [folding.fold(word) for word in words]
        assert got == [folded, [folding.loosen(word) for word in folded]], locale.tag
