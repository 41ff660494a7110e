"""A period's numerator and denominator, creator by creator, for a change's interval."""

import numpy as np
import numpy.typing as npt

from atalaia.estimation.estimators.clustered import Period
from atalaia.metrics.day_totals import NOBODY, day_totals
from atalaia.metrics.kinds.judged import judged_cells
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Kind, Method, Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import scoped
from atalaia.metrics.source import FactSource

__all__ = ["by_creator", "counted_by_creator", "has_clusters"]

WITHOUT = (
    Method.ALPHA,
    Method.LAG,
    Method.QUANTILE,
    Method.REPEAT,
    Method.TRIAL,
    Method.UPLIFT,
    Method.SHIFT,
    Method.BACKLOG,
    Method.RECURRENCE,
    Method.FIRST_TIME,
    Method.MISSES,
    Method.WRONG_ACTIONS,
    Method.SEEN_VIEWS,
)


def has_clusters(metric: Metric) -> bool:
    """Whether the metric's change has a creator-clustered interval."""
    return metric.method not in WITHOUT


def by_creator(metric: Metric, facts: FactSource, *, question: Question) -> Period:
    """Return what each creator adds to the ratio in the question's period."""
    if metric.method in (Method.WEIGHTED_SHARE, Method.RARE_SHARE):
        return _judged(metric, facts, question=question)
    if metric.denominator is None:
        raise ValueError(metric.id)
    below = counted_by_creator(metric.denominator, facts, question=question)
    above = counted_by_creator(metric.numerator, facts, question=question)
    if metric.kind is Kind.PEOPLE:
        above = {name: total for name, total in above.items() if name in below}
    names = sorted({*above, *below})
    return Period(
        numerators=_aligned(above, names),
        denominators=_aligned(below, names),
        clusters=np.array(names, dtype=str),
    )


def counted_by_creator(
    measure: Measure, facts: FactSource, *, question: Question
) -> dict[str, float]:
    """Return a measure's total per creator; rows without one are each other's.

    Where a measure says that other units are moved together, cases, it is per case.
    """
    unit = measure.cluster
    summed = day_totals(measure, facts, question=question)
    if summed is not None and unit == "creator_id":
        return summed.by_creator(question)
    rows = scoped(measure, facts, question=question)
    named = rows.mutate(cluster=rows[unit].fill_null(NOBODY))
    grouped = named.group_by("cluster").agg(total=measure.total(named))
    table = facts.engine.read(grouped).read_all()
    totals = (float(total or 0) for total in table["total"].to_pylist())
    return dict(zip(table["cluster"].to_pylist(), totals, strict=True))


def _aligned(totals: dict[str, float], names: list[str]) -> npt.NDArray[np.float64]:
    return np.array([totals.get(name, 0.0) for name in names], dtype=float)


def _judged(metric: Metric, facts: FactSource, *, question: Question) -> Period:
    cells = list(judged_cells(metric, facts, question=question))
    if not cells:
        empty = np.zeros(0)
        return Period(numerators=empty, denominators=empty, clusters=empty.astype(str))
    (cell,) = cells
    settled = cell.is_settled
    return Period(
        numerators=(cell.hit * cell.weight)[settled],
        denominators=cell.weight[settled],
        clusters=cell.cluster[settled],
    )
