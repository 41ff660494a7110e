"""Round numbers for the axis of a small chart."""

from collections.abc import Sequence
from math import ceil, floor, log10

__all__ = ["round_steps"]

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


def round_steps(values: Sequence[float], *, at_most: int) -> tuple[float, ...]:
    """Return evenly spaced round numbers whose ends hold all values.

    There are from two to `at_most` + 1 of them; equal values get room on either side.
    """
    low, high = min(values), max(values)
    if low == high:
        room = abs(low) / 10 or 1.0
        low, high = (low if low == 0 else low - room), high + room
    step = _round_step((high - low) / at_most)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(place * step, 10) for place in range(first, last + 1))


def _round_step(least: float) -> float:
    power = 10.0 ** floor(log10(least))
    return next(part * power for part in _ROUND if part * power >= least * (1 - 1e-9))
