"""The mean of a quantity over a probability sample, with its design's interval."""

from dataclasses import replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.weighted_ratio import weighted_ratio
from atalaia.metrics.catalogue.reasons import TOO_FEW, WEIGHTS_MISSING
from atalaia.metrics.held import once
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, keyed, scoped
from atalaia.metrics.source import FactSource

__all__ = ["weighted_mean"]

COLUMNS = ("mass", "weight", "has_weight", "stratum", "cluster")


def weighted_mean(
    metric: Metric, facts: FactSource, *, question: Question
) -> list[Cell]:
    """Estimate the mean for every cell: the weighted sum over the sum of weights.

    The numerator's column is the quantity times its weight, the denominator's the
    weight.
    """
    names = keyed(metric.numerator, question)
    key = ("weighted_mean", metric.id, question.scope)
    rows = once(facts, key, partial(_rows, metric, facts, question=question))
    return [_cell(metric, part, key=key) for key, part in parts_by(rows, names)]


def _rows(metric: Metric, facts: FactSource, *, question: Question) -> pa.Table:
    rows = scoped(metric.numerator, facts, question=question)
    told = rows.mutate(
        mass=rows[str(metric.numerator.column)],
        cluster=rows.creator_id.fill_null(rows.verdict_id),
    )
    kept = dict.fromkeys((*keyed(metric.numerator, question), *COLUMNS))
    return facts.engine.read(told.select(*kept)).read_all()


def _cell(metric: Metric, part: pa.Table, *, key: Key) -> Cell:
    weight = part["weight"].to_numpy().astype(float)
    mass = part["mass"].to_numpy().astype(float)
    estimate = weighted_ratio(
        metric.scale * mass / weight,
        [1.0] * len(part),
        weights=weight,
        strata=part["stratum"].to_numpy().astype(str),
        clusters=part["cluster"].to_numpy().astype(str),
    )
    is_enough = len(part) >= metric.min_n
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=float(mass.sum()),
        denominator=float(weight.sum()),
        value=estimate.value if is_enough else None,
        n=len(part),
        estimate=_never_negative(estimate),
        reason=None if is_enough else TOO_FEW,
        caveats=() if pc.all(part["has_weight"]).as_py() else (WEIGHTS_MISSING,),
    )


def _never_negative(estimate: Estimate) -> Estimate:
    """Cut the interval at nothing: a symmetric one may reach below."""
    if estimate.low is None:
        return estimate
    return replace(estimate, low=max(0.0, estimate.low))
