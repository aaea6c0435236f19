"""`pipeline memory` from the command line: what is remembered, and what never is."""

import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.errors import EXIT_FINDINGS, CatalogError, ConfigError

WATER = {"Drink water often.": "Biyo badan cab."}
STAY = {"Stay at home for 5 days.": "Guriga joog 5 maalmood."}


@pytest.fixture
def find(pipeline):
    """What ``pipeline memory find`` finds, as JSON."""

    def run(text: str, *options: str, tag: str = "so") -> list[dict]:
        ran = pipeline("memory", "find", "--locale", tag, "--format", "json", text, *options)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


@pytest.fixture
def translated(place, pipeline):
    assert pipeline("sync").code == 0
    place.translate(WATER | STAY)
    return place


@pytest.mark.usefixtures("translated")
def test_what_is_signed_is_found(pipeline):
    ran = pipeline("memory", "find", "--locale", "so", "Drink warm water often.")
    assert ran.out == (
        " 88 88 of 100\n"
        "    source   Drink water often.\n"
        "    so       Biyo badan cab.\n"
        "    from     covid-19/fever · signed by translator, reviser, community-reader\n"
    )


@pytest.mark.usefixtures("translated")
def test_another_number_is_shown(pipeline):
    ran = pipeline("memory", "find", "--locale", "so", "Stay at home for 10 days.")
    assert "    differs  number: 5 days → 10 days\n" in ran.out


@pytest.mark.usefixtures("translated")
def test_nothing_like_it(pipeline):
    ran = pipeline("memory", "find", "--locale", "so", "Open a window.")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Nothing like it among 2 translations into Somali.\n"


@pytest.mark.usefixtures("translated")
def test_another_language_has_its_own(find):
    assert find("Drink water often.", tag="ar") == []


def test_what_a_translator_alone_has_signed_says_so(place, pipeline, find):
    pipeline("sync")
    text = place.catalog.read_text("utf-8")
    text = text.replace(
        '"Drink water often."\nmsgstr ""', '"Drink water often."\nmsgstr "Biyo cab."'
    )
    place.catalog.write_text(text, "utf-8")
    assert find("Drink water often.") == []
    signed = pipeline(
        *("sign", "covid-19/fever", "--locale", "so", "--role", "translator", "--handle", "amina"),
        "--yes",
    )
    assert signed.code == 0, signed.err
    (match,) = find("Drink water often.")
    assert match["from"] == [
        {"name": "covid-19/fever", "roles": ["translator"], "imported": False, "sample": False}
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A translator marks it as not finished.
        ('\nmsgid "Drink water', '\n#, fuzzy\nmsgid "Drink water'),
        # Somebody changes a word: nobody has signed that.
        ("Biyo badan cab.", "Biyo cab."),
        # The catalog is damaged.
        ('msgstr "Biyo badan cab."', 'msgstr "Biyo badan cab.'),
    ],
)
def test_after_any_edit_it_is_right(translated, pipeline, find, before, after):
    assert find("Drink water often.")
    text = translated.catalog.read_text("utf-8")
    assert before in text
    translated.catalog.write_text(text.replace(before, after), "utf-8")
    ran = pipeline("memory", "find", "--locale", "so", "--format", "json", "Drink water often.")
    assert json.loads(ran.out) == []
    translated.catalog.write_text(text, "utf-8")
    assert find("Drink water often.")


def test_what_a_finding_holds_back_is_not_remembered(place, pipeline, find):
    pipeline("sync")
    place.translate({"Stay at home for 5 days.": "Guriga joog 15 maalmood."})
    assert find("Stay at home for 5 days.") == []


@pytest.mark.usefixtures("translated")
def test_what_somebody_has_withdrawn_is_not_remembered(pipeline, find):
    withdrawn = pipeline(
        *("ledger", "withdraw", "covid-19/fever", "--locale", "so", "--handle", "amina"),
        *("--note", "wrong word for fever"),
    )
    assert withdrawn.code == 0, withdrawn.err
    assert find("Drink water often.") == []


def test_samples_are_remembered_in_a_demonstration_only(translated, find):
    text = translated.catalog.read_text("utf-8")
    text = text.replace('"Language: so', '"X-Sample: yes\\n"\n"Language: so')
    translated.catalog.write_text(text, "utf-8")
    (match,) = find("Drink water often.")
    assert match["from"][0]["sample"]
    settings = translated.root / "pipeline.toml"
    real = settings.read_text("utf-8").replace("demonstration = true", "demonstration = false")
    settings.write_text(real, "utf-8")
    assert find("Drink water often.") == []


def test_the_cache_may_be_lost_or_damaged(translated, find):
    folder = translated.root / ".cache/pipeline/memory"
    expected = find("Drink water often.")
    assert {path.name for path in folder.iterdir()} == {"so.index", "so.jsonl"}
    for name in ("so.index", "so.jsonl"):
        path = folder / name
        path.write_bytes(path.read_bytes()[:-9])
        assert find("Drink water often.") == expected
    (folder / "so.index").unlink()
    assert find("Drink water often.") == expected
    shutil.rmtree(folder)
    folder.write_text("a file in the way")
    assert find("Drink water often.") == expected


def test_nothing_but_the_cache_is_written(translated, find):
    def files() -> dict[Path, bytes]:
        root = translated.root
        return {
            p: p.read_bytes() for p in root.rglob("*") if p.is_file() and ".cache" not in p.parts
        }

    before = files()
    assert find("Drink water often.")
    assert files() == before


@pytest.mark.usefixtures("translated")
def test_the_source_language_has_no_memory(pipeline):
    ran = pipeline("memory", "find", "--locale", "en", "Rest")
    assert ran.code == ConfigError.exit_code
    assert "Name a language that they are translated into." in ran.err


# --- given to others, and taken from them -------------------------------------------


def test_what_is_exported_can_be_imported(translated, pipeline, find):
    assert pipeline("memory", "export", "--locale", "so", "--output", "so.tmx").code == 0
    data = Path("so.tmx").read_bytes()
    assert data.count(b"<tu>") == 2
    assert b'<prop type="x-signed-by">translator reviser community-reader</prop>' in data
    translated.catalog.unlink()
    assert find("Drink water often.") == []
    ran = pipeline("memory", "import", "--locale", "so", "so.tmx", "--name", "old")
    assert ran.code == 0, ran.err
    (match,) = find("Drink water often.")
    # Whoever signed it, signed it there.
    assert match["from"] == [{"name": "old", "roles": [], "imported": True, "sample": False}]
    # And it is not passed on as ours.
    assert b"<tu>" not in pipeline("memory", "export", "--locale", "so").out.encode()
    assert "x-imported" in pipeline("memory", "export", "--locale", "so", "--with-imported").out


TABLE = "source\ttarget\nWash your hands.\tGacmahaaga dhaq.\nTake 2 tablets.\tQaado 3 kaniini.\n"


@pytest.mark.usefixtures("translated")
def test_a_table_is_imported_without_its_wrong_rows(pipeline, find):
    Path("Agency 2020.tsv").write_text(TABLE, "utf-8")
    ran = pipeline("memory", "import", "--locale", "so", "Agency 2020.tsv")
    assert ran.code == 0
    assert "Agency 2020.tsv:3: The translation has 3 where the source has 2." in ran.err
    assert "1 translations are now in locales/so/memory/agency-2020.tmx; 1 left out." in ran.err
    assert [match["target"] for match in find("Wash your hands")] == ["Gacmahaaga dhaq."]
    assert find("Take 2 tablets.") == []


@pytest.mark.usefixtures("translated")
def test_a_name_is_taken_once(pipeline):
    Path("a.tsv").write_text(TABLE, "utf-8")
    assert pipeline("memory", "import", "--locale", "so", "a.tsv").code == 0
    ran = pipeline("memory", "import", "--locale", "so", "a.tsv")
    assert ran.code == ConfigError.exit_code
    assert "--replace" in ran.err
    assert pipeline("memory", "import", "--locale", "so", "a.tsv", "--replace").code == 0
    ran = pipeline("memory", "import", "--locale", "so", "a.tsv", "--name", "../../content/x")
    assert ran.code == ConfigError.exit_code


SENTENCES = [
    ("Call 999 now.", "Hadda wac 999."),
    ("Stay at home for 5 days after a positive test.", "Guriga joog 5 maalmood baaritaanka kadib."),
    ("Drink water.", "Biyo cab."),
    ("Call 111 if your breathing gets worse.", "Wac 111 haddii neefsashadaadu sii xumaato."),
    ("Is it 38°C or higher?", "Ma 38°C mise ka badan?"),
    ("Keep away from other people for 10 days.", "Ka fogow dadka kale 10 maalmood."),
    ("Wash your hands.", "Gacmahaaga dhaq."),
    (
        "Use NHS 111 online for anyone aged 6 or over.",
        "NHS 111 online u isticmaal 6 jir iyo ka weyn.",
    ),
    ("Open a window for 15 minutes.", "Daaqadda fur 15 daqiiqo."),
    ("Rest.", "Naso."),
    ("Take 2 tablets with food.", "Qaado 2 kaniini cuntada."),
    ("Then wait 4 hours.", "Kadib sug 4 saacadood."),
]


def write_pair(targets: list[str]) -> None:
    Path("en.txt").write_text("".join(f"{source}\n" for source, _ in SENTENCES), "utf-8")
    Path("so.txt").write_text("".join(f"{target}\n" for target in targets), "utf-8")


@pytest.mark.usefixtures("translated")
def test_a_pair_of_aligned_files(pipeline, find):
    write_pair([target for _, target in SENTENCES])
    ran = pipeline("memory", "import", "--locale", "so", "en.txt", "so.txt", "--name", "leaflet")
    assert ran.code == 0, ran.err
    assert find("Then wait 4 hours")[0]["target"] == "Kadib sug 4 saacadood."


def test_a_shifted_file_is_refused_with_the_row(translated, pipeline):
    targets = [target for _, target in SENTENCES]
    write_pair([*targets[:3], *targets[4:], "Dhammaad."])
    ran = pipeline("memory", "import", "--locale", "so", "en.txt", "so.txt", "--name", "leaflet")
    assert ran.code == EXIT_FINDINGS
    assert "en.txt:5: From here on the text of each source seems to stand 1 row above." in ran.err
    assert not (translated.root / "locales/so/memory").exists()


@pytest.mark.usefixtures("translated")
def test_files_of_different_length_say_where_they_part(pipeline):
    targets = [target for _, target in SENTENCES]
    write_pair([*targets[:3], *targets[4:]])
    ran = pipeline("memory", "import", "--locale", "so", "en.txt", "so.txt")
    assert ran.code == CatalogError.exit_code
    assert (
        "en.txt:5: The file has 12 lines and so.txt has 11; they seem to part at line 5." in ran.err
    )


@pytest.mark.usefixtures("translated")
def test_an_empty_line_beside_a_text(pipeline):
    targets = [target for _, target in SENTENCES]
    write_pair([targets[0], "", *targets[1:-1]])
    ran = pipeline("memory", "import", "--locale", "so", "en.txt", "so.txt")
    assert "so.txt:2: The line is empty, and line 2 of the other file is not." in ran.err


@pytest.mark.usefixtures("translated")
def test_a_file_in_another_language_is_refused(pipeline):
    arabic = "ابقَ في المنزل لمدة خمسة أيام بعد الفحص."
    rows = "".join(f"{source}\t{arabic}\n" for source, _ in SENTENCES)
    Path("a.tsv").write_text(rows, "utf-8")
    ran = pipeline("memory", "import", "--locale", "so", "a.tsv")
    assert ran.code == CatalogError.exit_code
    assert "Of 12 rows the checks let 0 pass" in ran.err


def test_an_imported_file_that_is_shifted_later_is_not_read(translated, pipeline):
    """Somebody edits it, or puts another into the folder: nothing of it is proposed."""
    write_pair([target for _, target in SENTENCES])
    pipeline("memory", "import", "--locale", "so", "en.txt", "so.txt", "--name", "leaflet")
    path = translated.root / "locales/so/memory/leaflet.tmx"
    targets = [target for _, target in SENTENCES]
    following = dict(zip(targets, [*targets[1:], "Dhammaad."], strict=True))
    path.write_text(
        re.sub(
            r'(so"><seg>)(.*)(</seg>)',
            lambda found: f"{found[1]}{following[found[2]]}{found[3]}",
            path.read_text("utf-8"),
        ),
        "utf-8",
    )
    ran = pipeline("memory", "find", "--locale", "so", "Rest.")
    assert ran.out == ""
    assert "leaflet.tmx" in ran.err
    assert "Its rows are shifted." in ran.err


def test_what_is_imported_changes_no_state(translated, pipeline):
    def states() -> str:
        return pipeline("status", "--format", "markdown").out

    Path("a.tsv").write_text("Call 999 now\tHadda wac 999\n", "utf-8")
    before = states(), translated.catalog.read_bytes()
    assert pipeline("memory", "import", "--locale", "so", "a.tsv").code == 0
    assert pipeline("sync").code == 0
    assert (states(), translated.catalog.read_bytes()) == before


@pytest.mark.usefixtures("translated")
def test_a_long_file_is_looked_at_in_parts(pipeline, find):
    pairs = [(f"{a} {c}", f"{b} {d}") for a, b in SENTENCES for c, d in SENTENCES if a != c]
    rows = [f"Ward {n}: {a}\tQaybta {n}: {b}\n" for n in range(40) for a, b in pairs]
    assert len(rows) > 5_200
    Path("wards.tsv").write_text("".join(rows), "utf-8")
    ran = pipeline("memory", "import", "--locale", "so", "wards.tsv")
    assert "translations are now in locales/so/memory/wards.tmx" in ran.err, ran.err
    (best, *_) = find("Ward 17: Rest. Drink water.")
    assert best["target"] == "Qaybta 17: Naso. Biyo cab."
