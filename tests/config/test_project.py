"""Settings are read whole or refused with file, line and remedy."""

import shutil
from pathlib import Path

import pytest

from pipeline.config import Project, find_root, load_project
from pipeline.errors import ConfigError
from pipeline.model import Direction

ROOT = Path(__file__).parents[2]

#: The eight boroughs of west London, Census 2021 (TS024), as issue and table name them.
WEST_LONDON = {
    *("so", "ar", "bn", "fa", "prs", "ur", "ps", "ckb", "ti", "am", "pl", "pt"),
    *("ro", "gu", "pa", "ta", "sq", "uk", "ne", "es", "fr", "fil", "zh", "it"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project's settings, to be broken."""
    for name in ("pipeline.toml", "locales/locales.toml", "theme/interface.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def broken(folder: Path, name: str, old: str, new: str) -> ConfigError:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_project(folder)
    return caught.value


@pytest.fixture(scope="module")
def shipped() -> Project:
    return load_project(ROOT)


def test_what_ships_has_the_languages_of_west_london(shipped: Project):
    assert {locale.tag for locale in shipped.locales} == WEST_LONDON


def test_what_ships_is_a_demonstration(shipped: Project):
    assert shipped.demonstration


def test_a_locale_has_all_that_tools_cannot_know(shipped: Project):
    sorani = shipped.locale("ckb")
    assert sorani.autonym == "کوردیی ناوەندی"
    assert sorani.direction is Direction.RTL
    assert sorani.script == "Arab"
    assert shipped.locale("so").people == 14685
    assert shipped.locale("prs").people is None
    assert "Not counted" in shipped.locale("prs").people_source


def test_an_unknown_locale_names_those_that_are_known(shipped: Project):
    with pytest.raises(ConfigError, match=r"`xx` is not in the language table.*so, ar"):
        shipped.locale("xx")


def test_root_is_found_from_below(folder: Path):
    below = folder / "content" / "covid-19"
    below.mkdir(parents=True)
    assert find_root(below) == folder


def test_no_project_here(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"no pipeline\.toml"):
        find_root(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "message", "remedy"),
    [
        (
            "pipeline.toml",
            "minimum_share = 0.8",
            "minimum_share = 80",
            "`minimum_share` in [publication] is not what it must be",
            "a number from 0 to 1",
        ),
        (
            "pipeline.toml",
            "site_url =",
            "site_adress =",
            "[project] has an unknown key `site_adress`",
            "Did you mean `site_url`?",
        ),
        ("pipeline.toml", "demonstration = true", "demonstration = yes", "not TOML", "toml.io"),
        (
            "pipeline.toml",
            "demonstration = true",
            'demonstration = "no"',
            "`demonstration` in [project] is not what it must be",
            "true or false",
        ),
        (
            "pipeline.toml",
            "https://health",
            "health",
            "cannot be the site's address",
            "https://health.example.org/",
        ),
        (
            "pipeline.toml",
            'id = "covid-19"',
            'id = "../etc"',
            "cannot be a topic's id",
            "small letters",
        ),
        (
            "pipeline.toml",
            'id = "single-parents"',
            'id = "covid-19"  # again',
            "The topic `covid-19` stands twice",
            "Remove one",
        ),
        (
            "pipeline.toml",
            "https://health.example.org/",
            "https://[health/",
            "cannot be the site's address",
            "https://health.example.org/",
        ),
        (
            "locales/locales.toml",
            'digits = "arab"',
            'digits = "arabic"',
            "`arabic` is not a numbering system",
            "Did you mean `arab`?",
        ),
        (
            "locales/locales.toml",
            "nplurals=2; plural=(n != 1);",
            "nplurals=2; plural=((n != 1);",
            "`((n != 1)` does not choose one of 2 forms for every number",
            "nplurals=2; plural=(n != 1);",
        ),
        (
            "locales/locales.toml",
            "nplurals=2; plural=(n != 1);",
            "nplurals=2; plural=n % 3;",
            "`n % 3` does not choose one of 2 forms",
            "nplurals=2; plural=(n != 1);",
        ),
        (
            "locales/locales.toml",
            'direction = "rtl"',
            'direction = "ltr"  # wrong',
            "The script Arab is not written in the direction `ltr`",
            'Use "rtl"',
        ),
        (
            "locales/locales.toml",
            'autonym = "Soomaali"',
            'autonym = "Soo\\nmaali"',
            "The `autonym` has a line break",
            "one line",
        ),
        (
            "locales/locales.toml",
            'direction = "rtl"',
            'direction = "right"',
            "`right` is not a direction",
            '"ltr" or "rtl"',
        ),
        (
            "locales/locales.toml",
            'tag = "so"',
            'tag = "../so"',
            "cannot be the `tag`",
            "BCP 47",
        ),
        ("locales/locales.toml", 'tag = "ar"', 'tag = "so"', "`so` stands twice", "Remove one"),
        (
            "locales/locales.toml",
            "people = 14685",
            'people = "many"',
            "`people` in [[locale]] 1",
            "whole number",
        ),
        (
            "theme/interface.toml",
            'id = "notice-gaps"',
            'id = "notice-not-yet"',
            "`notice-not-yet` stands twice",
            "Rename one",
        ),
        (
            "theme/interface.toml",
            'id = "topic-covid-19"',
            'id = "topic-covid"',
            "There is no string `topic-covid-19`",
            "Add a [[string]]",
        ),
    ],
)
def test_each_fault_names_its_line_and_the_remedy(
    folder: Path, name: str, old: str, new: str, message: str, remedy: str
):
    error = broken(folder, name, old, new)
    assert message in error.message
    assert remedy in error.remedy
    assert error.path == folder / name
    assert error.line is not None
    line = (folder / name).read_text("utf-8").split("\n")[error.line - 1]
    assert new in line or "There is no string" in message


def test_a_file_that_is_not_utf8(folder: Path):
    path = folder / "locales/locales.toml"
    path.write_bytes(b'[source]\nautonym = "espa\xf1ol"\n')
    with pytest.raises(ConfigError, match=r"locales\.toml:2: The file is not UTF-8"):
        load_project(folder)


def test_a_project_without_topics_is_told_so(folder: Path):
    path = folder / "pipeline.toml"
    path.write_text(path.read_text("utf-8").split("[[topic]]")[0], "utf-8")
    with pytest.raises(ConfigError, match=r"pipeline\.toml:1: There is no topic"):
        load_project(folder)


@pytest.mark.parametrize("name", ["content/covid-19", "locales/so", "locales/ar/covid-19"])
def test_a_folder_that_is_a_link_is_not_followed(folder: Path, tmp_path_factory, name: str):
    link = folder / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path_factory.mktemp("elsewhere"), target_is_directory=True)
    with pytest.raises(ConfigError, match="The folder is a link") as caught:
        load_project(folder)
    assert caught.value.path == link


def test_a_missing_file_is_named(folder: Path):
    (folder / "theme/interface.toml").unlink()
    with pytest.raises(ConfigError) as caught:
        load_project(folder)
    assert caught.value.path == folder / "theme/interface.toml"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [('["topic"]', ("topic",)), ('["language", "topic"]', ("topic", "language")), ("[]", ())],
)
def test_books_that_are_asked_for(folder, written, read_as):
    path = folder / "pipeline.toml"
    path.write_text(path.read_text("utf-8").replace('["topic"]', written), "utf-8")
    assert load_project(folder).books == read_as


def test_a_book_of_what_there_is_none_is_told(folder):
    error = broken(folder, "pipeline.toml", '["topic"]', '["chapter"]')
    assert error.message == "`books` has `chapter`, of which there is no book."
    assert error.line is not None
