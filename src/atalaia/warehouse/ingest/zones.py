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
FIRST_YEAR, LAST_YEAR = 2000, 2060


@cache
def _offsets(zone: str) -> tuple[Moments, Moments]:
    """Return the moments (UTC, microseconds) from which each offset holds."""
    changes = offset_changes(
        zone,
        start=datetime(FIRST_YEAR, 1, 1, tzinfo=UTC),
        end=datetime(LAST_YEAR, 1, 1, tzinfo=UTC),
    )
    starts = [int(change.start.timestamp()) * MICROSECONDS for change in changes]
    offsets = [int(c.offset.total_seconds()) * MICROSECONDS for c in changes]
    return np.array(starts, dtype=np.int64), np.array(offsets, dtype=np.int64)


def to_utc(local: Moments, *, zone: str) -> Moments:
    """Turn local wall-clock moments into UTC.

    A time that a clock change skips is read by the old offset; one that it repeats as
    the second of the two.
    """
    starts, offsets = _offsets(zone)
    at = np.searchsorted(starts + offsets, local, side="right") - 1
    return local - offsets[np.maximum(at, 0)]


def local_days(instants: pa.Array, *, zone: str) -> pa.Array:
    """Return the local calendar date of UTC instants; null stays null."""
    utc = instants.cast(pa.int64()).fill_null(0).to_numpy()
    starts, offsets = _offsets(zone)
    at = np.searchsorted(starts, utc, side="right") - 1
    days = np.floor_divide(utc + offsets[np.maximum(at, 0)], DAY).astype(np.int32)
    mask = instants.is_null().to_numpy(zero_copy_only=False)
    return pa.array(days, pa.int32(), mask=mask).cast(pa.date32())
