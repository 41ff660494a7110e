"""Percentiles from event rows, by one stated definition on every engine.

The percentile is the nearest rank: the smallest wait by which at least the stated
share of the weight had ended. Waits that never ended keep their weight, so that the
curve is a cumulative incidence and may never reach the share.
"""

from functools import partial

import numpy as np
import pyarrow as pa

from atalaia.metrics.catalogue.reasons import (
    NOTHING_COUNTED,
    QUANTILE_NOT_REACHED,
    TOO_FEW,
)
from atalaia.metrics.held import once
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric
from atalaia.metrics.periods import periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, keyed, scoped
from atalaia.metrics.source import FactSource

__all__ = ["distribution", "nearest_rank"]


def distribution(
    metric: Metric, facts: FactSource, *, question: Question
) -> list[Cell]:
    """Compute the percentile for every cell of the question."""
    names = keyed(metric.numerator, question)
    key = ("waits", metric.numerator.name, question.scope)
    work = partial(_weighed, metric.numerator, facts, question=question)
    table = once(facts, key, work)
    cells = [_cell(metric, part, key=key) for key, part in parts_by(table, names)]
    if not cells and not question.by:
        return [_empty(question)]
    return cells


def _weighed(measure: Measure, facts: FactSource, *, question: Question) -> pa.Table:
    rows = scoped(measure, facts, question=question)
    # Waits are whole seconds: equal ones travel as one row.
    weighed = rows.group_by(*keyed(measure, question), "wait_s").agg(
        mass=rows.weight.sum(), rows_n=rows.count()
    )
    return facts.engine.read(weighed).read_all()


def _cell(metric: Metric, part: pa.Table, *, key: Key) -> Cell:
    wait = part["wait_s"].to_numpy().astype(float)
    mass = part["mass"].to_numpy().astype(float)
    ended = ~np.isnan(wait)
    total = float(mass.sum())
    value = nearest_rank(
        wait[ended], mass[ended], needed=(metric.quantile or 0.5) * total
    )
    n = int(part["rows_n"].to_numpy().sum())
    reason = QUANTILE_NOT_REACHED if value is None else None
    if n < metric.min_n:
        value, reason = None, TOO_FEW
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=float(mass[ended].sum()),
        denominator=total,
        value=None if value is None else value * metric.scale,
        n=n,
        reason=reason,
    )


def nearest_rank(
    wait: np.ndarray[tuple[int], np.dtype[np.float64]],
    mass: np.ndarray[tuple[int], np.dtype[np.float64]],
    *,
    needed: float,
) -> float | None:
    """Return the smallest wait by which that much mass had ended, if it ever had."""
    order = np.argsort(wait)
    so_far = np.cumsum(mass[order])
    # 0.9 * 30 is a little above 27; the rank meant is 27.
    place = int(np.searchsorted(so_far, needed * (1 - 1e-12)))
    return float(wait[order][place]) if place < len(order) else None


def _empty(question: Question) -> Cell:
    buckets = periods_of(question.start, question.end, grain=question.grain)
    return Cell(
        period=next(iter(buckets)),
        dims=(),
        numerator=0,
        denominator=0,
        value=None,
        n=0,
        reason=NOTHING_COUNTED,
    )
