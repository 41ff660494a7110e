"""Whether a diff's cases come back less often than they would have without it."""

from typing import Any

from atalaia.estimation.estimators.ratio_of_ratios import ratio_of_ratios
from atalaia.metrics.catalogue.case_reasons import (
    CASES_END_EARLY,
    CASES_TOO_NEW,
    WINDOW_NOT_OVER,
)
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import fetched, keyed, scoped
from atalaia.metrics.source import FactSource

__all__ = ["recurrence"]


def recurrence(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Compare matching cases with all others of the market, diff by diff."""
    names = keyed(metric.numerator, question)
    rows = fetched(scoped(metric.numerator, facts, question=question), facts)
    in_order = sorted(rows, key=lambda row: tuple(row[name] for name in names))
    return [_cell(row, names) for row in in_order]


def _cell(row: dict[str, Any], names: tuple[str, ...]) -> Cell:
    first, *dims = (row[name] for name in names)
    before, after = row["matching_before"], row["matching_after"]
    estimate = ratio_of_ratios(
        after=after,
        before=before,
        others_after=row["others_after"],
        others_before=row["others_before"],
    )
    reason = _why_none(row) or (estimate.reason if estimate.value is None else None)
    return Cell(
        period=first,
        dims=tuple(dims),
        numerator=after,
        denominator=before,
        value=None if reason else estimate.value,
        n=before + after,
        estimate=None if reason else estimate,
        reason=reason,
    )


def _why_none(row: dict[str, Any]) -> str | None:
    if not row["is_watched"]:
        return WINDOW_NOT_OVER
    if not row["reaches_back"]:
        return CASES_TOO_NEW
    return None if row["reaches_on"] else CASES_END_EARLY
