"""What tells whether a file is as it was, of thousands of files at once."""

import os

import pytest

from pipeline.cli.survey_cache import ABSENT, ODD, RACY, Stamps

#: In the year 2096: all that the test writes is older.
NOW = 4_000_000_000_000_000_000


@pytest.fixture
def locales(tmp_path):
    """Catalogs of three languages, one of them saved a moment ago, one a link."""
    for tag in ("ar", "so", "ti"):
        folder = tmp_path / tag / "covid-19"
        folder.mkdir(parents=True)
        for name in ("fever.po", "masks.po"):
            (folder / name).write_text(f'msgid "Fever"\nmsgstr "{tag}"\n')
            os.utime(folder / name, ns=(NOW - 10**12,) * 2)
    os.utime(tmp_path / "so/covid-19/fever.po", ns=(NOW - 10**9,) * 2)
    (tmp_path / "ti/covid-19/cough.po").symlink_to(tmp_path / "so/covid-19/fever.po")
    (tmp_path / "locales.toml").write_text("")
    return str(tmp_path)


def look(stamps: Stamps, locales: str) -> dict[str, str]:
    names = ("fever.po", "masks.po", "cough.po")
    paths = (f"{tag}/covid-19/{name}" for tag in ("ar", "so", "ti", "zh") for name in names)
    return {path: stamps.stamp(f"{locales}/{path}") for path in paths}


@pytest.fixture
def seen(locales):
    return look(Stamps(NOW), locales)


def test_a_stamp_says_what_a_file_is(seen):
    assert seen["so/covid-19/fever.po"] == RACY
    assert seen["ti/covid-19/cough.po"] == ODD
    assert seen["so/covid-19/cough.po"] == seen["zh/covid-19/fever.po"] == ABSENT
    size, changed, *_ = seen["ar/covid-19/fever.po"].split(".")
    assert (int(size), int(changed)) == (26, NOW - 10**12)
