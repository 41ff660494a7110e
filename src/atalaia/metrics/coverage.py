"""Which market-days have arrived whole, so that every value can say what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from statistics import median
from zoneinfo import ZoneInfo

import ibis

from atalaia.metrics.held import once
from atalaia.metrics.periods import Period, days_of
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource

__all__ = ["Coverage", "coverage"]

COUNTED = ("live_session", "moderation_decision", "penalty")
"""Tables whose rows tell a whole day from half a one; the first that has arrived."""
LOOKBACK_DAYS = 14
# Fewer rows than half of a usual day: the feed broke off or is still arriving.
HALF = 0.5
FEWEST_DAYS = 3
# Below this a quiet day is chance, not a broken feed.
FEWEST_ROWS = 20


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


def coverage(facts: FactSource, *, start: date, end: date) -> Coverage:
    """Look at what arrived, from two weeks before the period to its end."""
    key = ("coverage", start, end)
    return once(facts, key, partial(_looked_at, facts, start=start, end=end))


def _looked_at(facts: FactSource, *, start: date, end: date) -> Coverage:
    table = next((name for name in COUNTED if facts.has_rows(name)), COUNTED[0])
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
    whole = {
        market: frozenset(_whole(days, market=market, facts=facts))
        for market, days in by_market.items()
    }
    return Coverage(whole=whole, markets=tuple(sorted(by_market)))


def _whole(days: dict[date, int], *, market: str, facts: FactSource) -> list[date]:
    usual = median(days.values()) if len(days) > FEWEST_DAYS else 0
    usual = usual if usual >= FEWEST_ROWS else 0
    return [
        day
        for day, count in days.items()
        if count >= HALF * usual and _is_over(day, market=market, facts=facts)
    ]


def _is_over(day: date, *, market: str, facts: FactSource) -> bool:
    """Whether the local day had ended everywhere in the market at `as_of`."""
    known = facts.reference.markets
    names = known.of(market).zones if market in known.codes else ("UTC",)
    return max(_midnight_after(day, zone=name) for name in names) <= facts.as_of


@cache
def _midnight_after(day: date, *, zone: str) -> datetime:
    """The instant at which a local day ends; asked for again with every question."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return midnight.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
