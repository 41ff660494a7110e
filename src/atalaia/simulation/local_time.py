"""Local wall time to UTC and back for whole arrays, clock changes included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from atalaia.simulation.arrays import MICROSECOND, Ints

__all__ = ["Clocks", "epoch", "local_days", "offsets", "read_clocks", "to_utc"]

_HOURS = 48
_NEVER = 1 << 61


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The zones of a world, and when each changes its UTC offset within it.

    `changed_at` is zone x change, in UTC microseconds; `offset` is zone x stretch
    between changes, in seconds.
    """

    zones: tuple[ZoneInfo, ...]
    changed_at: Ints
    offset: Ints


def epoch(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    return round(moment.timestamp()) * MICROSECOND


def read_clocks(names: Sequence[str], *, first: date, last: date) -> Clocks:
    """Return the clocks of the named zones from `first` to `last`."""
    zones = tuple(ZoneInfo(name) for name in names)
    found = [_changes(zone, first=first, last=last) for zone in zones]
    most = max((len(changes) for changes in found), default=0)
    changed_at = np.full((len(zones), most), _NEVER, dtype=np.int64)
    offset = np.zeros((len(zones), most + 1), dtype=np.int64)
    for line, (zone, changes) in enumerate(zip(zones, found, strict=True)):
        offset[line] = _offset(_midnight(first), zone=zone)
        for at, moment in enumerate(changes):
            changed_at[line, at] = epoch(moment)
            offset[line, at + 1 :] = _offset(moment, zone=zone)
    return Clocks(zones=zones, changed_at=changed_at, offset=offset)


def _changes(zone: ZoneInfo, *, first: date, last: date) -> list[datetime]:
    """Return the full hours of UTC at which a zone's offset changes."""
    found = []
    for number in range((last - first).days):
        midnight = _midnight(first + timedelta(days=number))
        before = _offset(midnight, zone=zone)
        if before != _offset(midnight + timedelta(days=1), zone=zone):
            hours = (midnight + timedelta(hours=hour) for hour in range(1, 25))
            found.append(next(at for at in hours if _offset(at, zone=zone) != before))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _offset(moment: datetime, *, zone: ZoneInfo) -> int:
    shift = moment.astimezone(zone).utcoffset() or timedelta()
    return round(shift.total_seconds())


def offsets(day: date, *, clocks: Clocks) -> Ints:
    """Return UTC offsets in seconds: one line per clock, one column per local hour.

    The columns run from local midnight of `day` to the end of the next day. An hour
    that a change of clocks skips has the offset before it.
    """
    table = np.zeros((len(clocks.zones), _HOURS), dtype=np.int64)
    for line, zone in enumerate(clocks.zones):
        midnight = datetime.combine(day, time(), tzinfo=zone)
        table[line] = _offset(midnight, zone=zone)
        if table[line, 0] != _offset(midnight + timedelta(days=2), zone=zone):
            hours = (midnight + timedelta(hours=hour) for hour in range(_HOURS))
            table[line] = [_offset(moment, zone=zone) for moment in hours]
    return table


def local_days(at: Ints, *, zone: Ints, clocks: Clocks) -> Ints:
    """Return the local dates of UTC microseconds, as days since 1970.

    `zone` indexes the clocks.
    """
    stretch = (at[:, None] >= clocks.changed_at[zone]).sum(axis=1)
    found: Ints = (at // MICROSECOND + clocks.offset[zone, stretch]) // 86_400
    return found


def to_utc(day: date, *, second: Ints, zone: Ints, offset: Ints) -> Ints:
    """Return UTC microseconds of local seconds since midnight of `day`.

    `zone` indexes the lines of `offset`, which `offsets` made for the same day.
    """
    midnight = (day - date(1970, 1, 1)).days * 86_400
    hour = np.clip(second // 3600, 0, _HOURS - 1)
    return (midnight + second - offset[zone, hour]) * MICROSECOND
