"""Columns of local and UTC time, by the package's own time zone database."""

from datetime import UTC, datetime
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from atalaia.domain.clocks import offset_changes

__all__ = ["local_days", "to_utc"]

Moments = npt.NDArray[np.int64]
MICROSECONDS = 1_000_000
DAY = 86_400 * MICROSECONDS
YEAR = 365.2425 * DAY
SPAN_YEARS = 10


@cache
def _offsets(zone: str, first_year: int, last_year: int) -> tuple[Moments, Moments]:
    """Return the moments (UTC, microseconds) from which each offset holds."""
    changes = offset_changes(
        zone,
        start=datetime(first_year, 1, 1, tzinfo=UTC),
        end=datetime(last_year, 1, 1, tzinfo=UTC),
    )
    starts = [int(change.start.timestamp()) * MICROSECONDS for change in changes]
    offsets = [int(c.offset.total_seconds()) * MICROSECONDS for c in changes]
    return np.array(starts, dtype=np.int64), np.array(offsets, dtype=np.int64)


def _offsets_over(moments: Moments, *, zone: str) -> tuple[Moments, Moments]:
    """Return the offsets of the decades that these moments lie in, with a margin.

    Before 1970 and after 2100, where no fact lies, the nearest offset holds.
    """
    low, high = (
        int(np.clip(1970 + edge / YEAR, 1970, 2100))
        for edge in (moments.min(initial=2**62), moments.max(initial=-(2**62)))
    )
    first = (min(low, high) - 1) // SPAN_YEARS * SPAN_YEARS
    last = (max(low, high) + 1) // SPAN_YEARS * SPAN_YEARS + SPAN_YEARS
    return _offsets(zone, first, last)


def to_utc(local: Moments, *, zone: str) -> Moments:
    """Turn local wall-clock moments into UTC.

    A time that a clock change skips is read by the old offset; one that it repeats as
    the second of the two.
    """
    starts, offsets = _offsets_over(local, zone=zone)
    at = np.searchsorted(starts + offsets, local, side="right") - 1
    return local - offsets[np.maximum(at, 0)]


def local_days(instants: pa.Array, *, zones: pa.Array) -> pa.Array:
    """Return the local calendar date of UTC instants, each in its own zone.

    Null stays null, and so does an instant without a zone.
    """
    coded = zones.dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    is_known = instants.is_valid().to_numpy(zero_copy_only=False) & (codes >= 0)
    utc = instants.cast(pa.int64()).fill_null(0).to_numpy()
    days = np.zeros(len(utc), dtype=np.int32)
    for code, zone in enumerate(coded.dictionary.to_pylist()):
        here = np.flatnonzero(is_known & (codes == code))
        moments = utc[here]
        starts, offsets = _offsets_over(moments, zone=zone)
        at = np.searchsorted(starts, moments, side="right") - 1
        days[here] = np.floor_divide(moments + offsets[np.maximum(at, 0)], DAY)
    return pa.array(days, pa.int32(), mask=~is_known).cast(pa.date32())
