"""Working days in England."""

from datetime import UTC, date, datetime

import pytest

from pipeline.errors import ConfigError
from pipeline.status import Calendar


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-02T09:00:00+00:00", 0, "2026-11-02T09:00:00+00:00"),  # Monday
        ("2026-11-02T09:00:00+00:00", 10, "2026-11-16T09:00:00+00:00"),
        ("2026-11-06T17:00:00+00:00", 1, "2026-11-09T17:00:00+00:00"),  # Friday: Monday
        ("2026-11-07T11:00:00+00:00", 1, "2026-11-09T11:00:00+00:00"),  # Saturday: Monday
        # Christmas, Boxing Day on a Saturday and so on Monday as well.
        ("2026-12-23T09:00:00+00:00", 3, "2026-12-30T09:00:00+00:00"),
        # Good Friday and Easter Monday.
        ("2026-04-02T09:00:00+00:00", 1, "2026-04-07T09:00:00+00:00"),
        # Another clock than ours: days are those of UTC.
        ("2026-11-07T00:30:00+01:00", 1, "2026-11-09T23:30:00+00:00"),
    ],
)
def test_working_days_pass(start, days, end):
    passed = Calendar("GB-ENG").add_working_days(datetime.fromisoformat(start), days)
    assert passed.isoformat() == end

    # The other way round, where the end is a working day.
    began, ended = datetime.fromisoformat(start), datetime.fromisoformat(end)
    assert Calendar("GB-ENG").count_working_days(began, ended) == days


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-02T09:00:00+00:00", "2026-11-03T08:59:59+00:00", 0),  # not a whole one
        ("2026-11-06T17:00:00+00:00", "2026-11-08T23:00:00+00:00", 0),  # a weekend
        ("2026-11-02T09:00:00+00:00", "2026-11-01T09:00:00+00:00", 0),  # a clock set back
    ],
)
def test_working_days_are_whole(start, end, days):
    began, ended = datetime.fromisoformat(start), datetime.fromisoformat(end)
    assert Calendar("GB-ENG").count_working_days(began, ended) == days


def test_scotland_has_other_holidays():
    assert Calendar("GB-ENG").is_working_day(date(2026, 11, 30))
    assert not Calendar("GB-SCT").is_working_day(date(2026, 11, 30))  # St Andrew's Day


def test_where_no_holidays_are_asked_for_weekends_are_free():
    nowhere = Calendar("")
    assert nowhere.is_working_day(date(2026, 12, 25))
    assert not nowhere.is_working_day(date(2026, 12, 26))


@pytest.mark.parametrize("region", ["XX", "GB-XYZ"])
def test_a_place_that_nobody_knows_is_named_with_its_remedy(region):
    with pytest.raises(ConfigError, match=f"`{region}` are not known") as caught:
        Calendar(region).add_working_days(datetime(2026, 11, 2, tzinfo=UTC), 1)
    assert "GB-ENG" in caught.value.remedy
