"""A measure's dimensions are columns of its view or can be joined to it.

And a metric is usually read by dimensions that it has.
"""

from collections.abc import Sequence

from atalaia.metrics.dimensions import DIMENSION_NAMES, reachable
from atalaia.metrics.invariants.catalogue_error import CatalogueError, measures_of
from atalaia.metrics.metric import Metric
from atalaia.metrics.views import VIEWS

__all__ = ["check"]


def check(metrics: Sequence[Metric]) -> None:
    """Raise on a dimension that the view can neither carry nor reach."""
    for metric, measure in measures_of(metrics):
        reached = reachable(VIEWS[measure.view].columns)
        for name in measure.dimensions:
            if name not in reached or name not in DIMENSION_NAMES:
                raise CatalogueError(
                    metric=metric.id,
                    broken=f"'{measure.name}' cannot be split by '{name}'",
                    remedy="drop the dimension, or let the view carry it",
                )
    for metric in metrics:
        strange = [
            name
            for name in (metric.denominator.dimensions if metric.denominator else ())
            if name not in metric.numerator.dimensions
        ]
        if strange:
            raise CatalogueError(
                metric=metric.id,
                broken=f"only its denominator has the dimension '{strange[0]}'",
                remedy="a part of the denominator needs its own part above it",
            )
        unread = set(metric.grain.by) - set(metric.dimensions)
        if unread:
            raise CatalogueError(
                metric=metric.id,
                broken=f"it is usually read by '{min(unread)}', which it lacks",
                remedy="drop it from the grain, or add the dimension",
            )
