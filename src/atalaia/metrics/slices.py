"""The rows that a measure counts for a question, each with its period and slice."""

from typing import Any

import ibis

from atalaia.metrics.dimensions import with_dimensions
from atalaia.metrics.measure import Measure
from atalaia.metrics.periods import bucket
from atalaia.metrics.question import Question
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import VIEWS

__all__ = ["PERIOD", "Key", "counted_rows", "fetched", "keyed", "scoped"]

PERIOD = "period_start"
Key = tuple[Any, ...]
"""First day of the bucket, then one text a dimension."""


def scoped(measure: Measure, facts: FactSource, *, question: Question) -> ibis.Table:
    """Return the measure's rows inside the question, with their period.

    A filter on a dimension that the measure lacks leaves it whole.
    """
    asked = frozenset((*question.by, *question.where))
    table = counted_rows(measure, facts, asked=asked)
    return within(table, measure, question=question)


def counted_rows(
    measure: Measure, facts: FactSource, *, asked: frozenset[str]
) -> ibis.Table:
    """Return the rows that the measure counts, with the dimensions asked for."""
    wanted = measure.tested | (asked & set(measure.dimensions))
    table = with_dimensions(VIEWS[measure.view].of(facts), facts, asked=wanted)
    return measure.rows(table, asked=asked)


def within(table: ibis.Table, measure: Measure, *, question: Question) -> ibis.Table:
    """Keep the question's days and slice, and name every row's period."""
    day = table.business_date
    kept = [day >= ibis.literal(question.start), day <= ibis.literal(question.end)]
    kept += [
        table[name] == value
        for name, value in question.where.items()
        if name in measure.dimensions
    ]
    table = table.filter(kept)
    return table.mutate(
        **{
            PERIOD: bucket(
                table.business_date, grain=question.grain, start=question.start
            )
        }
    )


def keyed(measure: Measure, question: Question) -> tuple[str, ...]:
    """Return the columns that one of the measure's cells is named by."""
    return (PERIOD, *(name for name in question.by if name in measure.dimensions))


def fetched(expr: ibis.Table, facts: FactSource) -> list[dict[str, Any]]:
    """Run a small aggregate and return its rows."""
    rows: list[dict[str, Any]] = facts.engine.read(expr).read_all().to_pylist()
    return rows
