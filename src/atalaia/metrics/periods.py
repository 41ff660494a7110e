"""Days, ISO weeks and months inside a question's period."""

from dataclasses import dataclass
from datetime import date, timedelta

import ibis

from atalaia.metrics.question import Grain

__all__ = ["Period", "bucket", "days_of", "periods_of"]

UNITS = {"day": "D", "week": "W", "month": "M"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """First and last day, both inclusive."""

    start: date
    end: date


def bucket(day: ibis.Value, *, grain: Grain, start: date) -> ibis.Value:
    """Return the first day of the bucket that a business date falls in."""
    if grain == "period":
        return ibis.literal(start)
    if grain == "day":
        return day
    return day.truncate(UNITS[grain]).cast("date")


def periods_of(start: date, end: date, *, grain: Grain) -> dict[date, Period]:
    """Return every bucket of the span by its own first day, cut to the span.

    >>> list(periods_of(date(2026, 7, 1), date(2026, 7, 9), grain="week").values())[0]
    Period(start=datetime.date(2026, 7, 1), end=datetime.date(2026, 7, 5))
    """
    if grain == "period":
        return {start: Period(start, end)}
    buckets: dict[date, Period] = {}
    for day in days_of(start, end):
        first = _first_day(day, grain=grain)
        begun = buckets.get(first, Period(day, day)).start
        buckets[first] = Period(begun, day)
    return buckets


def days_of(start: date, end: date) -> tuple[date, ...]:
    """Return every day from start to end, both inclusive."""
    return tuple(start + timedelta(days=n) for n in range((end - start).days + 1))


def _first_day(day: date, *, grain: Grain) -> date:
    if grain == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain == "month" else day
