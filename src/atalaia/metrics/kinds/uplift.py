"""The mean of paired differences, with an interval clustered by what was taught."""

import pyarrow as pa

from atalaia.estimation.effects.paired import paired_mean
from atalaia.metrics.catalogue.reasons import TOO_FEW
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, keyed, scoped
from atalaia.metrics.source import FactSource

__all__ = ["uplift"]


def uplift(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Average the numerator's column over its rows, cell by cell."""
    measure = metric.numerator
    names = keyed(measure, question)
    rows = scoped(measure, facts, question=question)
    chosen = rows.select(*names, difference=rows[measure.column], unit=measure.cluster)
    table = facts.engine.read(chosen).read_all()
    return [_cell(metric, part, key=key) for key, part in parts_by(table, names)]


def _cell(metric: Metric, part: pa.Table, *, key: Key) -> Cell:
    differences = part["difference"].to_numpy()
    estimate = paired_mean(differences, clusters=part["unit"].to_numpy().astype(str))
    is_enough = estimate.n >= metric.min_n
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=float(differences.sum()),
        denominator=estimate.n,
        value=estimate.value if is_enough else None,
        n=estimate.n,
        estimate=estimate if is_enough else None,
        reason=None if is_enough else TOO_FEW,
    )
