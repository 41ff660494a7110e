"""Local dates and weeks, from one stated version of the time zone database.

Zones come from the `tzdata` package alone, never from the machine: the same fact gets
the same business date on every machine, and `tzdata_version` names what was used.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import import_module
from importlib.resources import files
from zoneinfo import ZoneInfo

from atalaia.domain.errors import InputError
from atalaia.domain.nearest import nearest

__all__ = [
    "NaiveInstantError",
    "OffsetChange",
    "UnknownZoneError",
    "Week",
    "business_date",
    "end_of_day",
    "known_zones",
    "local_date",
    "offset_changes",
    "tzdata_version",
    "week_of",
    "zone_named",
]


class UnknownZoneError(InputError):
    """A time zone that the database does not hold."""

    message = "The time zone '{zone}' is not in the time zone database {version}."
    next_step = "Did you mean: {nearest}?"


class NaiveInstantError(InputError):
    """An instant without a time zone; guessing one would move facts between days."""

    message = "The time {instant} has no time zone."
    next_step = "Give it in UTC, for example 2026-11-22T18:30:00+00:00."


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Week:
    """An ISO week: Monday to Sunday; the week of 1 January may be the year before's."""

    year: int
    week: int

    @property
    def monday(self) -> date:
        """The first day of the week."""
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return date.fromisocalendar(self.year, self.week, 7)

    def __str__(self) -> str:
        return f"{self.year}-W{self.week:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetChange:
    """From `start` (UTC) on, local time is UTC plus `offset`."""

    start: datetime
    offset: timedelta


def tzdata_version() -> str:
    """Return the version of the time zone database in use, such as '2025b'."""
    return str(import_module("tzdata").IANA_VERSION)


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all zones of the database."""
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(names.split())


@cache
def zone_named(zone: str) -> ZoneInfo:
    """Return a zone of the `tzdata` package; raises UnknownZoneError."""
    if zone not in known_zones():
        raise UnknownZoneError(
            zone=zone, version=tzdata_version(), nearest=nearest(zone, known_zones())
        )
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as source:
        return ZoneInfo.from_file(source, key=zone)


def local_date(instant: datetime, *, zone: str) -> date:
    """Return the calendar date of an instant in a zone.

    >>> local_date(datetime(2026, 1, 1, 2, 30, tzinfo=UTC), zone="America/Bogota")
    datetime.date(2025, 12, 31)
    """
    _check_zoned(instant)
    return instant.astimezone(zone_named(zone)).date()


def business_date(
    started_at: datetime, *, home_zone: str | None, principal_zone: str
) -> date:
    """Return the day that a session belongs to, even where it crosses midnight.

    It is the local date of the session's start in the creator's home zone, else in the
    market's principal zone. Regional totals are therefore sums of local dates.
    """
    return local_date(started_at, zone=home_zone or principal_zone)


@cache
def end_of_day(day: date, *, zones: tuple[str, ...]) -> datetime:
    """Return the instant at which a local day has ended in every one of the zones.

    >>> end_of_day(date(2026, 7, 6), zones=("America/Mexico_City", "America/Tijuana"))
    datetime.datetime(2026, 7, 7, 7, 0, tzinfo=datetime.timezone.utc)
    """
    midnight = datetime.combine(day + timedelta(days=1), time())
    return max(
        midnight.replace(tzinfo=zone_named(zone)).astimezone(UTC) for zone in zones
    )


def week_of(day: date) -> Week:
    """Return the ISO week of a day.

    >>> str(week_of(date(2027, 1, 1)))
    '2026-W53'
    """
    year, week, _ = day.isocalendar()
    return Week(year=year, week=week)


def offset_changes(zone: str, *, start: datetime, end: datetime) -> list[OffsetChange]:
    """Return the zone's offsets over [start, end), to convert whole columns at once.

    The first entry starts at `start`; each later one at a clock change, to the second.
    Raises NaiveInstantError, UnknownZoneError.
    """
    place = zone_named(zone)
    for instant in (start, end):
        _check_zoned(instant)
    at = start.astimezone(UTC)
    changes = [OffsetChange(start=at, offset=_offset(at, place))]
    while at < end:
        later = min(at + timedelta(days=1), end.astimezone(UTC))
        if _offset(later, place) != changes[-1].offset and later < end:
            moved = _moment_of_change(at, later, place)
            changes.append(OffsetChange(start=moved, offset=_offset(later, place)))
        at = later
    return changes


def _check_zoned(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise NaiveInstantError(instant=instant.isoformat())


def _offset(instant: datetime, place: ZoneInfo) -> timedelta:
    offset = instant.astimezone(place).utcoffset()
    return offset if offset is not None else timedelta()


def _moment_of_change(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    old = _offset(before, place)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        middle = middle.replace(microsecond=0)
        if _offset(middle, place) == old:
            before = middle
        else:
            after = middle
    return after
