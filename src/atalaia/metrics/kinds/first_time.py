"""Creators to whom something happened for the first time ever, among those left.

Whoever it happened to before the cell's period began is not among those left, wherever
and whenever that was: all facts are read, not only the period's.
"""

import ibis

from atalaia.metrics.kinds.additive import Totals, collected, joined_cells
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import PERIOD, keyed, scoped
from atalaia.metrics.source import FactSource

__all__ = ["first_time"]


def first_time(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Count the active creators with a clean past, and of those the first-timers."""

    def count(measure: Measure, source: FactSource, asked: Question) -> Totals:
        rows = _counted(metric, measure, facts=source, question=asked)
        grouped = rows.group_by(*keyed(measure, asked)).agg(total=measure.total(rows))
        return collected(grouped, source, measure=measure, question=asked)

    return joined_cells(metric, facts, question=question, count=count)


def _counted(
    metric: Metric, measure: Measure, *, facts: FactSource, question: Question
) -> ibis.Table:
    if metric.denominator is None:
        raise ValueError(metric.id)
    active = scoped(metric.denominator, facts, question=question)
    # A bucket that began before the days asked for is cut to them.
    begins = ibis.greatest(active[PERIOD], ibis.literal(question.start))
    is_clean = active.first_net_on.isnull() | (active.first_net_on >= begins)
    clean = active.filter(is_clean)
    if measure is metric.denominator:
        return clean
    rows = scoped(measure, facts, question=question)
    shared = [*keyed(metric.denominator, question), "creator_id"]
    return rows.semi_join(clean.select(*shared).distinct(), shared)
