"""Local wall time to UTC for whole arrays, with the offsets of each zone and hour."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from atalaia.simulation.arrays import MICROSECOND, Ints

__all__ = ["epoch", "offsets", "to_utc"]

_HOURS = 48


def epoch(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    return round(moment.timestamp()) * MICROSECOND


def offsets(day: date, *, zones: Sequence[str]) -> Ints:
    """Return UTC offsets in seconds: one line per zone, one column per local hour.

    The columns run from local midnight of `day` to the end of the next day.
    """
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local wall time
    table = np.zeros((len(zones), _HOURS), dtype=np.int64)
    for line, zone in enumerate(zones):
        place = ZoneInfo(zone)
        table[line] = _offset(midnight, place=place)
        if table[line, 0] != _offset(midnight + timedelta(days=2), place=place):
            hours = (midnight + timedelta(hours=hour) for hour in range(_HOURS))
            table[line] = [_offset(moment, place=place) for moment in hours]
    return table


def _offset(moment: datetime, *, place: ZoneInfo) -> int:
    shift = moment.replace(tzinfo=place).utcoffset() or timedelta()
    return round(shift.total_seconds())


def to_utc(day: date, *, second: Ints, zone: Ints, offset: Ints) -> Ints:
    """Return UTC microseconds of local seconds since midnight of `day`.

    `zone` indexes the lines of `offset`, which `offsets` made for the same day.
    """
    midnight = (day - date(1970, 1, 1)).days * 86_400
    hour = np.clip(second // 3600, 0, _HOURS - 1)
    return (midnight + second - offset[zone, hour]) * MICROSECOND
