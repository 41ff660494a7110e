"""A measure's name stands for one definition: it names a column of the cube."""

from collections.abc import Sequence

from atalaia.metrics.invariants.catalogue_error import CatalogueError, measures_of
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric

__all__ = ["check"]


def check(metrics: Sequence[Metric]) -> None:
    """Raise where two different measures carry one name."""
    seen: dict[str, Measure] = {}
    for metric, measure in measures_of(metrics):
        if seen.setdefault(measure.name, measure) != measure:
            raise CatalogueError(
                metric=metric.id,
                broken=f"the measure '{measure.name}' is defined twice, differently",
                remedy="use one definition or two names",
            )
