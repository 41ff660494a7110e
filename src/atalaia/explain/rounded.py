"""Rounded figures that still add up, so that a reader can check the sum."""

import math
from collections.abc import Sequence

__all__ = ["apportioned", "digits_for"]

MOST_DIGITS = 6


def apportioned(
    values: Sequence[float], *, digits: int, total: float | None = None
) -> tuple[float, ...]:
    """Round to so many digits such that the sum is the rounded sum, or `total`.

    Each stays near its last digit; those cut the most are raised first.

    >>> apportioned([1.4, 1.4, 1.4], digits=0)
    (2.0, 1.0, 1.0)
    """
    if not values:
        return ()
    scale = 10.0**digits
    exact = [value * scale for value in values]
    cut = [math.floor(value) for value in exact]
    aim = round(math.fsum(exact) if total is None else total * scale)
    each, more = divmod(aim - sum(cut), len(cut))
    by_rest = sorted(range(len(cut)), key=lambda at: (cut[at] - exact[at], at))
    raised = set(by_rest[:more])
    return tuple(
        round((count + each + (place in raised)) / scale, digits) + 0.0
        for place, count in enumerate(cut)
    )


def digits_for(values: Sequence[float], *, fewest: int = 0) -> int:
    """Return as many digits as show two figures of the largest value.

    >>> digits_for([0.0312, -0.4])
    2
    """
    largest = max((abs(value) for value in values), default=0.0)
    if not largest:
        return fewest
    needed = 1 - math.floor(math.log10(largest))
    return min(MOST_DIGITS, max(fewest, needed))
