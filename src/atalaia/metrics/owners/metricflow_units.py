"""In which unit an imported metric reads: MetricFlow does not say."""

from collections.abc import Mapping
from typing import Any

from atalaia.metrics.metric import Unit

__all__ = ["unit_of"]

Plain = Mapping[str, Any]
COUNTED = ("over", "sum", "distinct")
"""Two sides that agree in these differ by their conditions alone: a part of a whole."""
BY_CREATOR = "creator_id"
SECONDS = "_s"


def unit_of(*, numerator: Plain, denominator: Plain | None = None) -> str:
    """Return the unit; a quotient of different things is a plain number, no share."""
    in_seconds = str(numerator.get("sum", "")).endswith(SECONDS)
    if denominator is None:
        return (Unit.SECONDS if in_seconds else Unit.COUNT).value
    if all(numerator.get(each) == denominator.get(each) for each in COUNTED):
        return Unit.SHARE.value
    of_creators = denominator.get("distinct") == BY_CREATOR
    if of_creators and numerator.get("distinct") == BY_CREATOR:
        return Unit.SHARE.value
    return (Unit.PER_CREATOR if of_creators else Unit.COEFFICIENT).value
