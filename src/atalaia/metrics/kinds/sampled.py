"""Rates from probability samples, with the weights and strata of their design."""

from atalaia.estimation.bounds import worst_case_bounds
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.korn_graubard import korn_graubard
from atalaia.estimation.estimators.wilson import wilson
from atalaia.metrics.catalogue.reasons import TOO_FEW, WEIGHTS_MISSING
from atalaia.metrics.kinds.additive import additive
from atalaia.metrics.kinds.agreement import agreement
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.judged import Judged, judged_cells
from atalaia.metrics.metric import Method, Metric
from atalaia.metrics.question import Question
from atalaia.metrics.source import FactSource

__all__ = ["sampled"]


def sampled(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Estimate the metric for every cell of the question."""
    if metric.method is Method.ALPHA:
        return agreement(metric, facts, question=question)
    if metric.method is Method.UNWEIGHTED_SHARE:
        counted = additive(metric, facts, question=question)
        return [_unweighted(metric, cell) for cell in counted]
    cells = judged_cells(metric, facts, question=question)
    return [_weighted(metric, judged) for judged in cells]


def _unweighted(metric: Metric, cell: Cell) -> Cell:
    estimate = wilson(cell.numerator, cell.denominator or 0)
    return Cell(
        period=cell.period,
        dims=cell.dims,
        numerator=cell.numerator,
        denominator=cell.denominator,
        value=estimate.value if cell.n >= metric.min_n else None,
        n=cell.n,
        estimate=estimate,
        reason=None if cell.n >= metric.min_n else TOO_FEW,
    )


def _weighted(metric: Metric, judged: Judged) -> Cell:
    settled = judged.is_settled
    hit, weight = judged.hit[settled], judged.weight[settled]
    estimate = korn_graubard(hit, weights=weight, strata=judged.stratum[settled])
    n = int(settled.sum())
    is_enough = n >= metric.min_n
    return Cell(
        period=judged.key[0],
        dims=judged.key[1:],
        numerator=float(weight[hit].sum()),
        denominator=float(weight.sum()),
        value=estimate.value if is_enough else None,
        n=n,
        estimate=estimate,
        reason=None if is_enough else TOO_FEW,
        worst_case=_worst_case(judged, estimate=estimate),
        caveats=() if judged.has_weight.all() else (WEIGHTS_MISSING,),
    )


def _worst_case(judged: Judged, *, estimate: Estimate) -> tuple[float, float] | None:
    """The rate had all that could not be reviewed been right, or been wrong."""
    lost = float(judged.weight[judged.is_unreviewable].sum())
    if not lost:
        return None
    settled = float(judged.weight[judged.is_settled].sum())
    bounds = worst_case_bounds(estimate, unreviewable_share=lost / (settled + lost))
    if bounds.low is None or bounds.high is None:
        return None
    return bounds.low, bounds.high
