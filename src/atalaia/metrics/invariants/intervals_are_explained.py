"""A metric has an interval or says why it prints none, never both."""

from collections.abc import Sequence

from atalaia.metrics.invariants.catalogue_error import CatalogueError
from atalaia.metrics.metric import Method, Metric

__all__ = ["check"]

WITH_INTERVAL = (
    Method.RARE_SHARE,
    Method.WEIGHTED_SHARE,
    Method.UNWEIGHTED_SHARE,
    Method.ALPHA,
    Method.REPEAT,
    Method.TRIAL,
    Method.UPLIFT,
    Method.MISSES,
    Method.WRONG_ACTIONS,
    Method.SEEN_VIEWS,
    Method.WEIGHTED_MEAN,
    Method.SHIFT,
    Method.RECURRENCE,
)


def check(metrics: Sequence[Metric]) -> None:
    """Raise where the interval and the reason for its absence do not fit."""
    for metric in metrics:
        has_interval = metric.method in WITH_INTERVAL
        if has_interval == (metric.no_interval_reason is not None):
            raise CatalogueError(
                metric=metric.id,
                broken="it neither has an interval nor says why"
                if not has_interval
                else "it has an interval and denies it",
                remedy="state one of the two",
            )
