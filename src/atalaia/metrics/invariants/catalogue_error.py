"""The error every rule of the catalogue raises, and what the rules walk over."""

from collections.abc import Iterator, Sequence

from atalaia.domain.errors import ReferenceDataError
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric

__all__ = ["CatalogueError", "measures_of"]


class CatalogueError(ReferenceDataError):
    """A metric's definition breaks a rule of the catalogue."""

    message = "Metric {metric}: {broken}."
    next_step = "Correct its definition in the catalogue: {remedy}."


def measures_of(metrics: Sequence[Metric]) -> Iterator[tuple[Metric, Measure]]:
    """Yield every metric with each of its measures."""
    for metric in metrics:
        yield metric, metric.numerator
        if metric.denominator is not None:
            yield metric, metric.denominator
