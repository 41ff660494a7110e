"""What columns an analyst's pivot needs for a metric, with what each must count."""

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue.measure_names import MEASURE_NAMES
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric

__all__ = ["cell_columns"]

PLACE = ("market", "period_start", "period_end")


def cell_columns(metric: Metric) -> tuple[str | Trilingual, ...]:
    """Return the columns of a counted cell of the metric.

    >>> from atalaia.metrics.catalogue import metric_of
    >>> [str(column) for column in cell_columns(metric_of("M03"))][3:]
    ['numerator (sessions with a penalty)', 'denominator (valid sessions)']
    """
    sides = {"numerator": metric.numerator, "denominator": metric.denominator}
    named = [_column(side, measure) for side, measure in sides.items() if measure]
    return (*PLACE, *named)


def _column(side: str, measure: Measure) -> str | Trilingual:
    """Return the column's name with what it counts; an owner's own has no words."""
    counted = MEASURE_NAMES.get(measure.name)
    if counted is None:
        return side
    return Trilingual(*(f"{side} ({text})" for text in counted))
