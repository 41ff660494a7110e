"""Which market-days have arrived whole, so that every value can say what it lacks.

A day is held against what its feed usually brings: in the market, where the feed brings
enough there to tell; else in all quiet markets together, where a day without any row in
one of them is chance. A value is as complete as the least complete of its feeds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from itertools import chain
from statistics import median
from zoneinfo import ZoneInfo

import ibis

from atalaia.metrics.held import once
from atalaia.metrics.periods import Period, days_of
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource

__all__ = ["Coverage", "coverage", "end_of_day", "is_over"]

COUNTED = ("live_session", "moderation_decision", "penalty", "traffic_snapshot")
"""Feeds that bring rows on every day; the first that has arrived leads."""
LOOKBACK_DAYS = 14
# Fewer rows than half of a usual day: the feed broke off or is still arriving.
HALF = 0.5
FEWEST_DAYS = 3
# Below this, half of a usual day is chance, not a broken feed.
FEWEST_ROWS = 20
# Below this, so is a day without any row: with five expected it comes once in 150 days.
FEWEST_FOR_NONE = 5

Days = Mapping[date, int]
Counts = Mapping[str, Days]
"""Market -> day -> rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Whole market-days, out of those expected.

    Attributes:
        whole: market -> its days that are there and whole.
        markets: the markets that facts are expected from.
    """

    whole: Mapping[str, frozenset[date]]
    markets: tuple[str, ...]

    def share(
        self, period: Period, *, market: str | None
    ) -> tuple[float | None, tuple[str, ...]]:
        """Return the share of expected market-days, and the ones that are lacking."""
        markets = (market,) if market else self.markets
        expected = [(m, d) for m in markets for d in days_of(period.start, period.end)]
        if not expected:
            return None, ()
        lacking = tuple(
            f"{m} {d}" for m, d in expected if d not in self.whole.get(m, frozenset())
        )
        return 1 - len(lacking) / len(expected), lacking


def coverage(
    facts: FactSource, *, tables: Iterable[str], start: date, end: date
) -> Coverage:
    """Look at what arrived of these tables, from two weeks before the period on.

    Args:
        tables: what the metric counts; those that no day must bring are not judged.
    """
    leading = next((name for name in COUNTED if facts.has_rows(name)), COUNTED[0])
    judged = (leading, *(t for t in COUNTED if t in tables and t != leading))
    key = ("coverage", judged, start, end)
    return once(facts, key, partial(_looked_at, facts, judged, start=start, end=end))


def end_of_day(day: date, *, market: str, facts: FactSource) -> datetime:
    """Return the instant at which the local day has ended everywhere in the market."""
    known = facts.reference.markets
    names = known.of(market).zones if market in known.codes else ("UTC",)
    return max(_midnight_after(day, zone=name) for name in names)


def is_over(day: date, *, market: str, facts: FactSource) -> bool:
    """Whether the local day had ended everywhere in the market at `as_of`."""
    return end_of_day(day, market=market, facts=facts) <= facts.as_of


def _looked_at(
    facts: FactSource, tables: tuple[str, ...], *, start: date, end: date
) -> Coverage:
    leading, *others = (_counts(facts, t, start=start, end=end) for t in tables)
    markets = tuple(sorted(leading))
    days = days_of(start, end)
    whole = {
        market: {day for day in days if is_over(day, market=market, facts=facts)}
        for market in markets
    }
    somewhere = _pooled(leading.values())
    # Nothing in two weeks and more, beside a feed that is alive: it broke off.
    is_alive = _usual(somewhere) >= FEWEST_FOR_NONE
    for market in markets:
        mine = _usual_place(leading, market=market)
        whole[market] &= _usual_days(days, mine, otherwise=somewhere.keys())
        for counts in others:
            theirs = _usual_place(counts, market=market)
            untold = days if counts or not is_alive else ()
            whole[market] &= _usual_days(days, theirs, otherwise=untold)
    return Coverage(
        whole={market: frozenset(found) for market, found in whole.items()},
        markets=markets,
    )


def _usual_place(counts: Counts, *, market: str) -> Days:
    """Return the days by which to judge: the market's, or those of the quiet ones."""
    mine = counts.get(market, {})
    if _usual(mine) >= FEWEST_FOR_NONE:
        return mine
    quiet = _pooled(days for days in counts.values() if _usual(days) < FEWEST_FOR_NONE)
    if _usual(quiet) >= FEWEST_FOR_NONE:
        return quiet
    # Too few even so: at least the feed as a whole must not have stood still.
    return {day: min(n, FEWEST_FOR_NONE) for day, n in _pooled(counts.values()).items()}


def _usual_days(
    days: Iterable[date], place: Days, *, otherwise: Iterable[date]
) -> set[date]:
    """Return the days that brought what is usual; `otherwise` where none can tell."""
    usual = _usual(place)
    if usual < FEWEST_FOR_NONE:
        return set(otherwise)
    least = HALF * usual if usual >= FEWEST_ROWS else 1
    return {day for day in days if place.get(day, 0) >= least}


def _usual(days: Days) -> float:
    """Return the rows of a usual day; none where too few days are known."""
    return median(days.values()) if len(days) > FEWEST_DAYS else 0


def _pooled(parts: Iterable[Days]) -> Days:
    summed: dict[date, int] = {}
    for day, count in chain.from_iterable(part.items() for part in parts):
        summed[day] = summed.get(day, 0) + count
    return summed


def _counts(facts: FactSource, table: str, *, start: date, end: date) -> Counts:
    key = ("rows_a_day", table, start, end)
    work = partial(_counted, facts, table, start=start, end=end)
    found: Counts = once(facts, key, work)
    return found


def _counted(facts: FactSource, table: str, *, start: date, end: date) -> Counts:
    first = start - timedelta(days=LOOKBACK_DAYS)
    rows = facts.between(first, end).table(table)
    day = rows.business_date
    counted = (
        rows.filter([day >= ibis.literal(first), day <= ibis.literal(end)])
        .group_by("market", "business_date")
        .agg(rows_n=lambda found: found.count())
    )
    by_market: dict[str, dict[date, int]] = {}
    for row in fetched(counted, facts):
        days = by_market.setdefault(row["market"], {})
        days[row["business_date"]] = row["rows_n"]
    return by_market


@cache
def _midnight_after(day: date, *, zone: str) -> datetime:
    """The instant at which a local day ends; asked for again with every question."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return midnight.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
