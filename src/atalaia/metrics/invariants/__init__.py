"""What every catalogue must keep; one rule a file, checked when it is loaded."""

from collections.abc import Sequence

from atalaia.metrics.invariants import (
    columns_exist,
    dimensions_reach_the_view,
    guard_rails_are_known,
    ids_are_unique,
    intervals_are_explained,
    kinds_fit_their_measures,
    measures_are_named_once,
)
from atalaia.metrics.metric import Metric

__all__ = ["check_all"]


def check_all(metrics: Sequence[Metric]) -> None:
    """Raise a CatalogueError on the first rule that a metric breaks."""
    for rule in (
        ids_are_unique,
        measures_are_named_once,
        columns_exist,
        dimensions_reach_the_view,
        kinds_fit_their_measures,
        intervals_are_explained,
        guard_rails_are_known,
    ):
        rule.check(metrics)
