"""Sums over sums: the numerator's total by the denominator's, cell by cell."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis

from atalaia.metrics.catalogue.reasons import NOTHING_COUNTED, TOO_FEW
from atalaia.metrics.day_totals import day_totals
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric
from atalaia.metrics.periods import periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, fetched, keyed, scoped
from atalaia.metrics.source import FactSource

__all__ = ["Totals", "additive", "joined_cells", "totals"]

Totals = dict[Key, float]
Counter = Callable[[Measure, FactSource, Question], Totals]


def additive(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Count both measures anew at the question's grain and divide."""
    return joined_cells(metric, facts, question=question, count=totals)


def joined_cells(
    metric: Metric, facts: FactSource, *, question: Question, count: Counter
) -> list[Cell]:
    """Pair every cell of the numerator with the denominator it stands over."""
    above = count(metric.numerator, facts, question)
    if metric.denominator is None:
        return _counts(metric, above, question=question)
    below = count(metric.denominator, facts, question)
    if not question.by and not below:
        first = next(
            iter(periods_of(question.start, question.end, grain=question.grain))
        )
        below = {(first,): 0}
    cells = []
    for key in _keys(metric, above, below, question=question):
        total = below.get(_shared(metric, key, question=question), 0)
        cells.append(_quotient(metric, key, above=above.get(key, 0), below=total))
    return cells


def totals(measure: Measure, facts: FactSource, question: Question) -> Totals:
    """Aggregate a measure in one query; keys follow the question's order."""
    summed = day_totals(measure, facts, question=question)
    if summed is not None:
        return summed.by_period(question)
    rows = scoped(measure, facts, question=question)
    return collected(
        rows.group_by(*keyed(measure, question)).agg(total=measure.total(rows)),
        facts,
        measure=measure,
        question=question,
    )


def collected(
    grouped: ibis.Table, facts: FactSource, *, measure: Measure, question: Question
) -> Totals:
    """Read aggregated rows into totals by key."""
    names = keyed(measure, question)
    return {
        tuple(row[name] for name in names): row["total"] or 0
        for row in fetched(grouped, facts)
    }


def _counts(metric: Metric, above: Totals, *, question: Question) -> list[Cell]:
    """A day without any case is a zero, for every slice that occurs at all."""
    slices = sorted({key[1:] for key in above}) or ([()] if not question.by else [])
    buckets = periods_of(question.start, question.end, grain=question.grain)
    return [
        _count(metric, (first, *names), total=above.get((first, *names), 0))
        for first in buckets
        for names in slices
    ]


def _count(metric: Metric, key: Key, *, total: float) -> Cell:
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=total,
        denominator=None,
        value=total * metric.scale,
        n=round(total * metric.scale),
    )


def _shared(metric: Metric, key: Key, *, question: Question) -> Key:
    """The part of a numerator's key that its denominator knows."""
    shared = set(metric.split_dimensions)
    pairs = zip(question.by, key[1:], strict=True)
    return (key[0], *(value for name, value in pairs if name in shared))


def _keys(
    metric: Metric, above: Totals, below: Totals, *, question: Question
) -> list[Key]:
    """Every cell that either side names; where they share all, zeros are cells too."""
    if set(question.by) <= set(metric.split_dimensions):
        return sorted({*above, *below})
    if not above:
        return []
    alone = [
        place
        for place, name in enumerate(question.by, start=1)
        if name not in metric.split_dimensions
    ]
    seen = {tuple(key[place] for place in alone) for key in above}
    found: set[Key] = set(above)
    for base in below:
        found.update(_filled(base, names, alone=alone) for names in seen)
    return sorted(found)


def _filled(base: Key, names: Key, *, alone: list[int]) -> Key:
    shared, own = iter(base[1:]), iter(names)
    width = len(base) + len(names)
    parts: list[Any] = [
        next(own) if place in alone else next(shared) for place in range(1, width)
    ]
    return (base[0], *parts)


def _quotient(metric: Metric, key: Key, *, above: float, below: float) -> Cell:
    first: date = key[0]
    reason = NOTHING_COUNTED if not below else None
    if below and below < metric.min_n:
        reason = TOO_FEW
    return Cell(
        period=first,
        dims=key[1:],
        numerator=above,
        denominator=below,
        value=None if reason else above / below * metric.scale,
        n=int(above if metric.rests_on_cases else below),
        reason=reason,
    )
