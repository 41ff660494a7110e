"""A measure counts over a view that exists and columns that the view promises."""

from collections.abc import Collection, Sequence

from atalaia.domain.nearest import nearest
from atalaia.metrics.dimensions import reachable
from atalaia.metrics.invariants.catalogue_error import CatalogueError, measures_of
from atalaia.metrics.metric import Metric
from atalaia.metrics.views import VIEWS

__all__ = ["check"]


def check(metrics: Sequence[Metric]) -> None:
    """Raise on an unknown view or column, naming the nearest."""
    for metric, measure in measures_of(metrics):
        if measure.view not in VIEWS:
            _refuse(metric, kind="view", name=measure.view, known=tuple(VIEWS))
        columns = reachable(VIEWS[measure.view].columns)
        used = [measure.column] if measure.column else []
        for name in (*used, *sorted(measure.tested)):
            if name not in columns:
                _refuse(metric, kind="column", name=name, known=columns)


def _refuse(metric: Metric, *, kind: str, name: str, known: Collection[str]) -> None:
    raise CatalogueError(
        metric=metric.id,
        broken=f"the {kind} '{name}' does not exist",
        remedy=f"did you mean {', '.join(nearest(name, known))}",
    )
