"""Working hours of an office between two instants, for clocks by office time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from atalaia.domain.calendars import Calendar
from atalaia.domain.clocks import local_date, zone_named
from atalaia.domain.codes import EventKind
from atalaia.domain.errors import InputError
from atalaia.domain.markets import BusinessHours, Market

__all__ = [
    "ROUND_THE_CLOCK",
    "NeverOpenError",
    "Office",
    "after_office_hours",
    "office_hours",
    "office_of",
    "working_hours",
]

LONGEST_WAIT_DAYS = 3660


class NeverOpenError(InputError):
    """An office whose hours or holidays leave it no working time at all."""

    message = "The office in {zone} has no working hours in the ten years after {day}."
    next_step = "Mend its hours or its holidays in the reference files."


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where and when people work.

    Attributes:
        holidays: the days of a year on which nobody works.
    """

    zone: str
    hours: BusinessHours
    holidays: Callable[[int], frozenset[date]]

    @property
    def day_hours(self) -> int:
        """The hours of a working day."""
        return self.hours.closes - self.hours.opens

    def works_on(self, day: date) -> bool:
        """Whether people work there on a day."""
        is_weekday = day.isoweekday() in self.hours.weekdays
        return is_weekday and day not in self.holidays(day.year)


def _no_holidays(year: int) -> frozenset[date]:  # noqa: ARG001 (as offices ask)
    return frozenset()


ROUND_THE_CLOCK = Office(
    zone="Etc/UTC",
    hours=BusinessHours(opens=0, closes=24, weekdays=(1, 2, 3, 4, 5, 6, 7)),
    holidays=_no_holidays,
)
"""For what cannot wait for an office to open."""


def office_of(market: Market, *, calendar: Calendar) -> Office:
    """Return a market's office; what it learns of a year's holidays it remembers."""

    @cache
    def of_year(year: int) -> frozenset[date]:
        first, last = date(year, 1, 1), date(year, 12, 31)
        return frozenset(
            event.start
            for event in calendar.events(market.code, first, last)
            if event.kind is EventKind.PUBLIC_HOLIDAY
        )

    return Office(
        zone=market.principal_zone, hours=market.business_hours, holidays=of_year
    )


def working_hours(
    start: datetime, end: datetime, *, market: Market, calendar: Calendar
) -> float:
    """Return the hours of [start, end) within the market's working time."""
    return office_hours(start, end, office=office_of(market, calendar=calendar))


def office_hours(start: datetime, end: datetime, *, office: Office) -> float:
    """Return the hours of [start, end) within an office's working time.

    Holidays and other weekdays do not count; hours are real ones, so a working day on
    which the clocks change is as long as it was. An end before the start gives 0.
    """
    worked = timedelta()
    if end > start:
        for opens, closes in _openings(start, office=office):
            if opens >= end:
                break
            worked += max(min(end, closes) - max(start, opens), timedelta())
    return worked / timedelta(hours=1)


def after_office_hours(start: datetime, hours: float, *, office: Office) -> datetime:
    """Return the first instant by which so many working hours have passed.

    It undoes `office_hours`; no hours at all have passed at the start itself. Raises
    NeverOpenError.
    """
    left = timedelta(hours=hours)
    if left <= timedelta():
        return start.astimezone(UTC)
    for opens, closes in _openings(start, office=office):
        begins = max(start, opens)
        if closes - begins >= left:
            return (begins + left).astimezone(UTC)
        left -= max(closes - begins, timedelta())
    raise NeverOpenError(zone=office.zone, day=local_date(start, zone=office.zone))


def _openings(
    start: datetime, *, office: Office
) -> Iterator[tuple[datetime, datetime]]:
    """Walk the working days that may touch what comes after `start`, in order."""
    first = local_date(start, zone=office.zone)
    # A day that closes at midnight or later may still run when the next has begun.
    for at in range(-1, LONGEST_WAIT_DAYS):
        day = first + timedelta(days=at)
        if office.works_on(day):
            yield _opening(day, office=office)


def _opening(day: date, *, office: Office) -> tuple[datetime, datetime]:
    """Return the instants when work begins and ends, in UTC: clocks may change."""
    zone = zone_named(office.zone)
    opens, closes = (
        (datetime.combine(day, time(), tzinfo=None) + timedelta(hours=hour))
        .replace(tzinfo=zone)
        .astimezone(UTC)
        for hour in (office.hours.opens, office.hours.closes)
    )
    return opens, closes
