"""Refuse a question about a period in which nothing countable has arrived."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from atalaia.domain.errors import QuestionError
from atalaia.metrics.held import once
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import VIEWS

__all__ = [
    "NoFactsError",
    "NoFactsInPeriodError",
    "has_facts",
    "require_kinds",
    "require_period",
]


class NoFactsError(QuestionError):
    """A kind of fact that the metric counts has never arrived."""

    message = "{metric} cannot be computed: there are no '{table}' facts."
    next_step = "Ingest them, or aggregates of {metric}."


class NoFactsInPeriodError(QuestionError):
    """The facts that the metric counts lie outside the period asked for."""

    message = "{metric} has no facts between {start} and {end}."
    next_step = "Ask for days from {first} to {last}."


def has_facts(metric: Metric, facts: FactSource) -> bool:
    """Whether every kind of fact that the metric counts has arrived."""
    return not _lacking(metric, facts)


def require_kinds(metric: Metric, facts: FactSource) -> None:
    """Raise where a kind of fact that the metric counts has never arrived."""
    for table in _lacking(metric, facts)[:1]:
        raise NoFactsError(metric=metric.id, table=table)


def require_period(metric: Metric, facts: FactSource, *, question: Question) -> None:
    """Raise where all facts lie outside the question's period, saying where."""
    needed = (metric.denominator or metric.numerator).view
    table = VIEWS[needed].needs[0]
    span = once(facts, ("span", table), partial(_span, facts, table=table))
    if question.start > span["last"] or question.end < span["first"]:
        raise NoFactsInPeriodError(
            metric=metric.id,
            start=question.start,
            end=question.end,
            first=span["first"],
            last=span["last"],
        )


def _span(facts: FactSource, *, table: str) -> Mapping[str, date]:
    """Return the first and last business date of a fact table."""
    rows = facts.table(table)
    day = rows.business_date
    return fetched(rows.aggregate(first=day.min(), last=day.max()), facts)[0]


def _lacking(metric: Metric, facts: FactSource) -> list[str]:
    measures = [metric.numerator, metric.denominator]
    needed = dict.fromkeys(
        table
        for measure in measures
        if measure is not None
        for table in (*VIEWS[measure.view].needs, *measure.needs)
    )
    return [table for table in needed if not facts.has_rows(table)]
