"""A guard-rail is another metric of the catalogue."""

from collections.abc import Sequence

from atalaia.metrics.invariants.catalogue_error import CatalogueError
from atalaia.metrics.metric import Metric

__all__ = ["check"]


def check(metrics: Sequence[Metric]) -> None:
    """Raise on a guard-rail that does not exist or is the metric itself."""
    known = {metric.id for metric in metrics}
    for metric in metrics:
        for other in metric.guard_rails:
            if other not in known or other == metric.id:
                raise CatalogueError(
                    metric=metric.id,
                    broken=f"the guard-rail '{other}' is no other metric",
                    remedy="name a metric of the catalogue",
                )
