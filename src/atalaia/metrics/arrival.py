"""Refuse a question that the facts cannot answer, and say what they lack."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType

import ibis

from atalaia.domain.errors import QuestionError
from atalaia.domain.fact_names import FACT_NAMES
from atalaia.metrics.cell_columns import cell_columns
from atalaia.metrics.held import once
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.records import is_of_records
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import VIEWS

__all__ = [
    "EmptyColumnError",
    "NoFactsError",
    "NoFactsInPeriodError",
    "markets_with_rows",
    "needed_tables",
    "require_kinds",
    "require_something",
]

WITHIN: Mapping[str, str] = MappingProxyType({"penalty": "moderation_decision"})
"""A day with decisions and without a penalty is a zero, not a gap."""


class NoFactsError(QuestionError):
    """A kind of fact that the metric counts has never arrived."""

    message = "{metric} cannot be computed: these facts have never arrived: {tables}."
    next_step = "Ingest them, or counted cells of {metric} with: {columns}."


class EmptyColumnError(QuestionError):
    """The facts are there, and the column that the metric rests on holds nothing."""

    message = (
        "{metric} cannot be computed: in '{table}', the column '{column}' is empty in"
        " this period."
    )
    next_step = "Fill or map the column in the source, then ingest it again."


class NoFactsInPeriodError(QuestionError):
    """The facts that the metric counts lie outside the period asked for."""

    message = "{metric} has no facts between {start} and {end}."
    next_step = "Ask for days from {first} to {last}."


def needed_tables(metric: Metric) -> tuple[str, ...]:
    """Return the kinds of fact without which the metric says nothing."""
    measures = [m for m in (metric.numerator, metric.denominator) if m is not None]
    return tuple(dict.fromkeys(table for each in measures for table in _needs(each)))


def markets_with_rows(
    metric: Metric, facts: FactSource, *, question: Question
) -> frozenset[str]:
    """Return the markets whose rows can answer: all kinds of them, some in the period.

    Days without a penalty are zeros, so that any needed kind shows the period alive.
    """
    tables = needed_tables(metric)
    if not all(facts.has_rows(table) for table in tables):
        return frozenset()
    ever = [_markets(facts, table) for table in tables]
    asked = replace(question, end=question.end + timedelta(days=metric.reach_days))
    wider = {*tables, *(WITHIN.get(table, table) for table in tables)}
    here = [_markets_here(facts, table, question=asked) for table in sorted(wider)]
    return frozenset.intersection(*ever) & frozenset().union(*here)


def require_kinds(metric: Metric, facts: FactSource) -> None:
    """Raise where kinds of fact that the metric counts have never arrived."""
    lacking = _lacking(metric, facts)
    if lacking:
        tables = tuple(FACT_NAMES[table] for table in lacking)
        raise NoFactsError(
            metric=metric.id, tables=tables, columns=cell_columns(metric)
        )


def require_something(metric: Metric, facts: FactSource, *, question: Question) -> None:
    """Say why nothing was counted, where the facts can tell.

    Raises:
        NoFactsInPeriodError: all facts lie outside the question's period.
        EmptyColumnError: they are there, but a column that says what counts is empty.
    """
    measure = metric.denominator or metric.numerator
    span = _span_of(measure, facts)
    if question.start > span["last"] or question.end < span["first"]:
        raise NoFactsInPeriodError(
            metric=metric.id,
            start=question.start,
            end=question.end,
            first=span["first"],
            last=span["last"],
        )
    for table, column in measure.filled:
        if _is_empty(facts, table, column, question=question):
            raise EmptyColumnError(
                metric=metric.id, table=FACT_NAMES[table], column=column
            )


def _span_of(measure: Measure, facts: FactSource) -> Mapping[str, date]:
    """Return the first and last day that the facts under a measure speak of.

    Records speak of every day since the first: a week without a closed case is none
    that lacks facts.
    """
    table = _dated_by(_needs(measure)[0], facts)
    span = once(facts, ("span", table), partial(_span, facts, table=table))
    until_now = {"last": max(span["last"], facts.as_of.date())}
    return {**span, **until_now} if is_of_records([table]) else span


def _dated_by(table: str, facts: FactSource) -> str:
    """Return the table whose days are those that the facts speak of."""
    wider = WITHIN.get(table, table)
    return wider if facts.has_rows(wider) else table


def _span(facts: FactSource, *, table: str) -> Mapping[str, date]:
    """Return the first and last business date of a fact table."""
    rows = facts.table(table)
    day = rows.business_date
    return fetched(rows.aggregate(first=day.min(), last=day.max()), facts)[0]


def _is_empty(
    facts: FactSource, table: str, column: str, *, question: Question
) -> bool:
    """Whether the period has rows of the table, and none of them fills the column."""
    rows = facts.table(table)
    day = rows.business_date
    kept = [day >= ibis.literal(question.start), day <= ibis.literal(question.end)]
    if is_of_records([table]):
        kept = []
    if "market" in question.where:
        kept.append(rows.market == question.where["market"])
    mine = rows.filter(kept) if kept else rows
    counted = mine.aggregate(rows_n=mine.count(), filled_n=mine[column].count())
    (row,) = fetched(counted, facts)
    return bool(row["rows_n"]) and not row["filled_n"]


def _markets_here(
    facts: FactSource, table: str, *, question: Question
) -> frozenset[str]:
    """Return the markets with rows in the question's days; of records, with any."""
    is_whole = is_of_records([table])
    return _markets(facts, table, question=None if is_whole else question)


def _markets(
    facts: FactSource, table: str, *, question: Question | None = None
) -> frozenset[str]:
    """Return the markets with rows of a table, ever or in the question's days."""
    rows = facts.table(table)
    if question is not None:
        day = rows.business_date
        start, end = ibis.literal(question.start), ibis.literal(question.end)
        rows = rows.filter([day >= start, day <= end])
    found = fetched(rows.group_by("market").agg(rows_n=rows.count()), facts)
    return frozenset(row["market"] for row in found)


def _lacking(metric: Metric, facts: FactSource) -> list[str]:
    return [table for table in needed_tables(metric) if not facts.has_rows(table)]


def _needs(measure: Measure) -> tuple[str, ...]:
    return (*VIEWS[measure.view].needs, *measure.needs)
