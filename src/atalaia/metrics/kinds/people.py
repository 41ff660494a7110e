"""Distinct creators, counted anew for every cell: never summed over cells."""

from atalaia.metrics.kinds.additive import Totals, collected, joined_cells, totals
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import keyed, scoped
from atalaia.metrics.source import FactSource

__all__ = ["people"]


def people(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Count active creators, and of those the ones that the numerator names."""

    def count(measure: Measure, source: FactSource, asked: Question) -> Totals:
        if measure is metric.denominator or metric.denominator is None:
            return totals(measure, source, asked)
        return _among_active(metric, source, asked)

    return joined_cells(metric, facts, question=question, count=count)


def _among_active(metric: Metric, facts: FactSource, question: Question) -> Totals:
    """Only creators who are in the denominator's cell may be in the numerator's."""
    if metric.denominator is None:
        raise ValueError(metric.id)
    rows = scoped(metric.numerator, facts, question=question)
    active = scoped(metric.denominator, facts, question=question)
    shared = [*keyed(metric.denominator, question), "creator_id"]
    counted = rows.semi_join(active.select(*shared).distinct(), shared)
    grouped = counted.group_by(*keyed(metric.numerator, question)).agg(
        total=metric.numerator.total(counted)
    )
    return collected(grouped, facts, measure=metric.numerator, question=question)
