"""Local wall time to UTC for whole arrays, with the offsets of each zone and hour."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from atalaia.simulation.arrays import MICROSECOND, Ints

__all__ = ["epoch", "local_days", "offsets", "to_utc"]

_HOURS = 48
_REACH_DAYS = 12


def epoch(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    return round(moment.timestamp()) * MICROSECOND


def offsets(day: date, *, clocks: Sequence[ZoneInfo]) -> Ints:
    """Return UTC offsets in seconds: one line per clock, one column per local hour.

    The columns run from local midnight of `day` to the end of the next day. An hour
    that a change of clocks skips has the offset before it.
    """
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local wall time
    return _table(
        clocks, at=lambda hour: midnight + timedelta(hours=hour), hours=_HOURS
    )


def local_days(at: Ints, *, zone: Ints, day: date, clocks: Sequence[ZoneInfo]) -> Ints:
    """Return local dates, as days since 1970, of UTC microseconds.

    `zone` indexes the clocks; the instants lie from a day before `day` to ten after it,
    later ones are read as of then. Clocks change on the full hour of UTC.
    """
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    hours = _REACH_DAYS * 24
    table = _table(clocks, at=lambda hour: first + timedelta(hours=hour), hours=hours)
    second = at // MICROSECOND
    hour = np.clip((second - epoch(first) // MICROSECOND) // 3600, 0, hours - 1)
    return (second + table[zone, hour]) // 86_400


def _table(
    clocks: Sequence[ZoneInfo], *, at: Callable[[int], datetime], hours: int
) -> Ints:
    """Return each clock's offset at every hour; most days it is one and the same."""
    table = np.zeros((len(clocks), hours), dtype=np.int64)
    for line, clock in enumerate(clocks):
        table[line] = _offset(at(0), clock=clock)
        if table[line, 0] != _offset(at(hours), clock=clock):
            table[line] = [_offset(at(hour), clock=clock) for hour in range(hours)]
    return table


def _offset(moment: datetime, *, clock: ZoneInfo) -> int:
    """Return the offset at a moment, which is wall time where it has no zone."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock)
    shift = moment.astimezone(clock).utcoffset() or timedelta()
    return round(shift.total_seconds())


def to_utc(day: date, *, second: Ints, zone: Ints, offset: Ints) -> Ints:
    """Return UTC microseconds of local seconds since midnight of `day`.

    `zone` indexes the lines of `offset`, which `offsets` made for the same day.
    """
    midnight = (day - date(1970, 1, 1)).days * 86_400
    hour = np.clip(second // 3600, 0, _HOURS - 1)
    return (midnight + second - offset[zone, hour]) * MICROSECOND
