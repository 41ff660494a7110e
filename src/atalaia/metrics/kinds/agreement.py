"""Krippendorff's alpha of blind judgments, with the positive agreement beside it."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from atalaia.domain.codes import Judgment
from atalaia.estimation.agreement import krippendorff_alpha, positive_agreement
from atalaia.metrics.catalogue.reasons import FEW_POSITIVES, TOO_FEW
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import PERIOD, Key, scoped
from atalaia.metrics.source import FactSource

__all__ = ["agreement"]

FEWEST_POSITIVES = 10
CODES = {
    Judgment.NON_VIOLATING.value: 0.0,
    Judgment.VIOLATING.value: 1.0,
    Judgment.BORDERLINE.value: 2.0,
    Judgment.UNREVIEWABLE.value: np.nan,
}


def agreement(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Compute alpha for every cell, from units x turns of judgments."""
    rows = scoped(metric.numerator, facts, question=question)
    chosen = rows.select(PERIOD, *question.by, "unit", "turn", "judgment")
    table = facts.engine.read(chosen).read_all()
    return [
        _cell(metric, part, key=key)
        for key, part in parts_by(table, (PERIOD, *question.by))
    ]


def _cell(metric: Metric, part: pa.Table, *, key: Key) -> Cell:
    judgments = _matrix(part)
    paired = judgments[(~np.isnan(judgments)).sum(axis=1) > 1]
    n, positives = len(paired), int((paired == 1).sum())
    reason = TOO_FEW if n < metric.min_n else None
    if positives < FEWEST_POSITIVES:
        reason = FEW_POSITIVES
    estimate = krippendorff_alpha(paired) if n else None
    value = estimate.value if estimate and not reason else None
    if value is None and estimate and not reason:
        reason = estimate.reason
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=positives,
        denominator=None,
        value=value,
        n=n,
        estimate=None if reason else estimate,
        reason=reason,
        beside=positive_agreement(paired) if n and not reason else None,
    )


def _matrix(part: pa.Table) -> npt.NDArray[np.float64]:
    units, place = np.unique(part["unit"].to_numpy(), return_inverse=True)
    turns = part["turn"].to_numpy().astype(int)
    judgments = np.full((len(units), int(turns.max(initial=0)) + 1), np.nan)
    labels, code = np.unique(part["judgment"].to_numpy(), return_inverse=True)
    values = np.array([CODES[label] for label in labels], dtype=float)
    judgments[place, turns] = values[code]
    return judgments
