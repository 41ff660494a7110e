"""People are distinct creators, quantiles have a level, and only sums add up."""

from collections.abc import Sequence

from atalaia.metrics.invariants.catalogue_error import CatalogueError
from atalaia.metrics.measure import How
from atalaia.metrics.metric import Kind, Metric

__all__ = ["check"]


def check(metrics: Sequence[Metric]) -> None:
    """Raise where a kind and its measures contradict each other."""
    for metric in metrics:
        broken = _contradiction(metric)
        if broken:
            raise CatalogueError(
                metric=metric.id, broken=broken, remedy="change the kind or the measure"
            )


def _contradiction(metric: Metric) -> str | None:
    counted = metric.numerator
    if metric.kind is Kind.PEOPLE and counted.column != "creator_id":
        return "it counts people but not by creator"
    if metric.kind is Kind.DISTRIBUTION and metric.quantile is None:
        return "it is a distribution without a level"
    is_distinct = counted.how is How.DISTINCT
    if metric.kind is Kind.ADDITIVE and is_distinct and not counted.overlapping:
        return "it adds up distinct counts without saying where they overlap"
    return None
