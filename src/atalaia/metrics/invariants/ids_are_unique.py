"""Two metrics never share an id."""

from collections import Counter
from collections.abc import Sequence

from atalaia.metrics.invariants.catalogue_error import CatalogueError
from atalaia.metrics.metric import Metric

__all__ = ["check"]


def check(metrics: Sequence[Metric]) -> None:
    """Raise on an id used twice."""
    for name, count in Counter(metric.id for metric in metrics).items():
        if count > 1:
            raise CatalogueError(
                metric=name,
                broken=f"the id is used {count} times",
                remedy="give each metric an id of its own",
            )
