"""Working days: weekdays that are no public holiday where the project works.

Days are those of UTC, as in the ledger.
"""

from datetime import UTC, date, datetime, timedelta

from pipeline.errors import ConfigError

_SATURDAY = 5


class Calendar:
    """The working days of a place.

    Args:
        region: a country and, after a hyphen, part of it (``GB-ENG``: England's bank holidays);
            empty where only weekends are free. It is ``Workflow.holidays``.
    """

    def __init__(self, region: str) -> None:
        self._region = region
        self._years: dict[int, frozenset[date]] = {}

    def is_working_day(self, day: date) -> bool:
        """Whether people work on a day.

        Raises:
            ConfigError: nobody knows the holidays of that place.
        """
        return day.weekday() < _SATURDAY and day not in self._holidays(day.year)

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The moment by which so many working days have passed, at the same time of day.

        What arrives on a free day counts as having arrived at the end of it: one working day after
        any time on Saturday is Monday at that time.

        Args:
            start: when the time begins to run.
            days: working days, 0 or more.
        """
        moment = start.astimezone(UTC)
        while days > 0:
            moment += timedelta(days=1)
            days -= self.is_working_day(moment.date())
        return moment

    def count_working_days(self, start: datetime, end: datetime) -> int:
        """How many whole working days have passed: the other way round of adding them.

        Args:
            start: when the time begins to run.
            end: when it ends; before ``start`` none has passed.

        Raises:
            ConfigError: nobody knows the holidays of that place.
        """
        first = start.astimezone(UTC)
        days = range(1, (end - start).days + 1)
        return sum(self.is_working_day((first + timedelta(days=day)).date()) for day in days)

    def _holidays(self, year: int) -> frozenset[date]:
        if year not in self._years:
            self._years[year] = _read_holidays(self._region, year) if self._region else frozenset()
        return self._years[year]


def _read_holidays(region: str, year: int) -> frozenset[date]:
    # Slow to load (0.2 s) and seldom needed: most commands ask for no working day.
    from holidays import country_holidays  # noqa: PLC0415

    country, _, part = region.partition("-")
    try:
        return frozenset(country_holidays(country, subdiv=part or None, years=[year]))
    except NotImplementedError:
        raise ConfigError(
            f"The public holidays of `{region}` are not known.",
            remedy='Correct `holidays` under [workflow] in pipeline.toml: such as "GB-ENG", '
            'or "" for none.',
        ) from None
