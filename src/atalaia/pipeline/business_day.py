"""Which business date a run is for, when nobody says."""

from datetime import date, datetime, timedelta

from atalaia.domain.clocks import local_date
from atalaia.domain.errors import StateError
from atalaia.domain.markets import Markets
from atalaia.metrics.source import FactSource

__all__ = ["NoDayError", "last_complete_day", "last_day_by_clock"]

LEADING_TABLES = ("live_session", "moderation_decision", "penalty", "review")


class NoDayError(StateError):
    """No fact lies on or before the last day that is over everywhere."""

    message = "There are no facts on or before {day}."
    next_step = "Ingest facts first, or name the day with --date."


def last_day_by_clock(markets: Markets, *, now: datetime) -> date:
    """Return the last date whose local midnight has passed in every market."""
    zones = {markets.of(code).principal_zone for code in markets.codes}
    return min(local_date(now, zone=zone) for zone in zones) - timedelta(days=1)


def last_complete_day(facts: FactSource, *, now: datetime) -> date:
    """Return the last business date that is over everywhere and has facts.

    Sessions lead; without any, decisions, penalties or reviews do, and at last the
    cells of aggregates that an analyst brought. Raises NoDayError.
    """
    latest = last_day_by_clock(facts.reference.markets, now=now)
    columns = [(name, "business_date") for name in LEADING_TABLES]
    for table, column in (*columns, ("aggregate", "period_end")):
        found = _newest(facts, table, column=column, latest=latest)
        if found is not None:
            return found
    raise NoDayError(day=latest)


def _newest(facts: FactSource, table: str, *, column: str, latest: date) -> date | None:
    if not facts.has_rows(table):
        return None
    rows = facts.table(table)
    past = rows.filter(rows[column] <= latest)
    answer = facts.engine.read(past.agg(newest=past[column].max())).read_all()
    newest: date | None = answer["newest"][0].as_py()
    return newest
