"""Settings are renamed where they stand: comments and order stay the author's."""

import tomllib

from pipeline.cli.repository.settings import Renamed, upgrade_settings

SETTINGS = """\
# Ours.
[project]
demonstration = true # for now

[publication]
# Chosen by the steering group.
least_share = 0.75

[[topic]]
id = "covid-19"
"""
NAME = Renamed(since=2, table="publication", old="least_share", new="minimum_share")


def test_a_setting_takes_its_new_name_and_the_layout_is_written_down():
    text, told = upgrade_settings(
        SETTINGS, layout=1, numbers={"format": 2, "segmenter": 1}, renamed=[NAME]
    )
    assert text == SETTINGS.replace("least_share", "minimum_share").replace(
        "[project]\n", "[project]\nformat = 2\nsegmenter = 1\n"
    )
    assert told == [
        "[project] format = 2",
        "[project] segmenter = 1",
        "[publication] least_share is called minimum_share now",
    ]


def test_twice_is_once():
    numbers = {"format": 2, "segmenter": 1}
    once, _ = upgrade_settings(SETTINGS, layout=1, numbers=numbers, renamed=[NAME])
    assert upgrade_settings(once, layout=2, numbers=numbers, renamed=[NAME]) == (once, [])


def test_the_number_of_an_older_layout_is_replaced():
    text, told = upgrade_settings(
        "[project]\nformat = 1 # old\n", layout=1, numbers={"format": 2}, renamed=[]
    )
    assert (text, told) == ("[project]\nformat = 2\n", ["[project] format = 2"])


def test_a_name_in_another_table_and_one_that_is_new_already_are_left_alone():
    other = SETTINGS.replace("[publication]", "[draft]")
    assert upgrade_settings(other, layout=1, numbers={}, renamed=[NAME]) == (other, [])
    both = SETTINGS.replace("least_share", "minimum_share = 0.8\nleast_share")
    assert tomllib.loads(both)["publication"]["minimum_share"] == 0.8
    assert upgrade_settings(both, layout=1, numbers={}, renamed=[NAME]) == (both, [])
