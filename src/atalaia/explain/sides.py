"""The two sides of a comparison: a period and the one before, or two slices."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from atalaia.metrics.kinds.mix_shift import base_of
from atalaia.metrics.metric import Metric
from atalaia.metrics.periods import Period
from atalaia.metrics.question import Question

__all__ = ["default_split", "period_before", "side_before"]


def period_before(start: date, end: date) -> tuple[date, date]:
    """Return the nearest earlier period of the same length and the same weekdays.

    >>> period_before(date(2026, 7, 6), date(2026, 7, 12))
    (datetime.date(2026, 6, 29), datetime.date(2026, 7, 5))
    >>> period_before(date(2026, 7, 6), date(2026, 7, 6))
    (datetime.date(2026, 6, 29), datetime.date(2026, 6, 29))
    """
    base = base_of(Period(start, end))
    return base.start, base.end


def side_before(
    after: Question,
    *,
    start: date | None,
    end: date | None,
    against: Mapping[str, str],
) -> Question:
    """Return the question that the later one is compared with.

    Args:
        start, end: its period; one of them gives the other, by the same length.
        against: the slice to compare with, in the same period unless one is given.
    """
    length = after.end - after.start
    if start is None and end is None:
        first, last = after.start, after.end
        if not against:
            first, last = period_before(first, last)
    else:
        first = start if start is not None else (end or after.end) - length
        last = end if end is not None else first + length
    return replace(after, start=first, end=last, where={**after.where, **against})


def default_split(
    metric: Metric, *, fixed: Mapping[str, str], by: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the dimensions asked for, else the first that no filter has fixed."""
    if by:
        return by
    free = [name for name in metric.split_dimensions if name not in fixed]
    return tuple(free[:1])
