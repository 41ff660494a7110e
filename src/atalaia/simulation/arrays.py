"""The array types that the simulated world is made of, and joins between them."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["MICROSECOND", "Flags", "Floats", "Ints", "earliest", "whole"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
MICROSECOND = 1_000_000
"""Instants are microseconds since 1970 in UTC; this many make a second."""


def whole(values: Floats) -> Ints:
    """Return the values rounded down to whole numbers."""
    return np.floor(values).astype(np.int64)


def earliest(groups: Ints, *, values: Ints, count: int, none: int) -> Ints:
    """Return the smallest value of each group 0..count-1, `none` where it has none."""
    found = np.full(count, none, dtype=np.int64)
    np.minimum.at(found, groups, values)
    return found
