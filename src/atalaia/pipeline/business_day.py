"""Which business date a run is for, when nobody says."""

from datetime import date, datetime, timedelta

from atalaia.domain.clocks import end_of_day, local_date
from atalaia.domain.errors import QuestionError, StateError
from atalaia.domain.markets import Markets
from atalaia.metrics.source import FactSource
from atalaia.warehouse.contracts import CONTRACTS

__all__ = [
    "NoDayError",
    "NoFactsOnDayError",
    "last_complete_day",
    "last_day_by_clock",
    "require_day",
]

LEADING_TABLES = ("live_session", "moderation_decision", "penalty", "review")
RECORDS = tuple(name for name, each in CONTRACTS.items() if each.is_read_whole)


class NoDayError(StateError):
    """No fact lies on or before the last day that is over everywhere."""

    message = "There are no facts on or before {day}."
    next_step = "Ingest facts first, or name the day with --date."


class NoFactsOnDayError(QuestionError):
    """All facts lie before the day asked for, or all after it."""

    message = "There are no facts on {day}."
    next_step = "Ask for days from {first} to {last}."


def last_day_by_clock(markets: Markets, *, now: datetime) -> date:
    """Return the last date that has ended in every zone of every market."""
    zones = tuple(dict.fromkeys(zone for market in markets for zone in market.zones))
    day = max(local_date(now, zone=zone) for zone in zones)
    while end_of_day(day, zones=zones) > now:
        day -= timedelta(days=1)
    return day


def last_complete_day(facts: FactSource, *, now: datetime) -> date:
    """Return the last business date that is over everywhere and has facts.

    Sessions lead; without any, decisions, penalties or reviews do, then the cells of
    aggregates that an analyst brought. A desk that has only its own records, cases and
    promises, knows of every day that is over. Raises NoDayError.
    """
    latest = last_day_by_clock(facts.reference.markets, now=now)
    columns = [(name, "business_date") for name in LEADING_TABLES]
    for table, column in (*columns, ("aggregate", "period_end")):
        found = _newest(facts, table, column=column, latest=latest)
        if found is not None:
            return found
    if any(facts.has_rows(table) for table in RECORDS):
        return latest
    raise NoDayError(day=latest)


def require_day(facts: FactSource, *, day: date) -> None:
    """Raise where all facts lie before or after a day, saying where they lie."""
    spans = [
        *(_span(facts, t, "business_date", "business_date") for t in LEADING_TABLES),
        _span(facts, "aggregate", "period_start", "period_end"),
    ]
    known = [span for span in spans if span is not None]
    if not known:
        raise NoDayError(day=day)
    first, last = min(span[0] for span in known), max(span[1] for span in known)
    if not first <= day <= last:
        raise NoFactsOnDayError(day=day, first=first, last=last)


def _span(
    facts: FactSource, table: str, start: str, end: str
) -> tuple[date, date] | None:
    if not facts.has_rows(table):
        return None
    rows = facts.table(table)
    found = rows.agg(first=rows[start].min(), last=rows[end].max())
    row = facts.engine.read(found).read_all().to_pylist()[0]
    return None if row["first"] is None else (row["first"], row["last"])


def _newest(facts: FactSource, table: str, *, column: str, latest: date) -> date | None:
    if not facts.has_rows(table):
        return None
    rows = facts.table(table)
    past = rows.filter(rows[column] <= latest)
    answer = facts.engine.read(past.agg(newest=past[column].max())).read_all()
    newest: date | None = answer["newest"][0].as_py()
    return newest
