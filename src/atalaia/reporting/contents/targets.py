"""Lay the region's targets beside the figures."""

from dataclasses import replace

from atalaia.domain.codes import SampleUnit
from atalaia.domain.targets import Targets
from atalaia.metrics.definitions import Definitions
from atalaia.reporting.contents.brief import Figure

__all__ = ["with_targets"]


def with_targets(
    figures: tuple[Figure, ...],
    *,
    targets: Targets,
    definitions: Definitions,
    market: str | None,
) -> tuple[Figure, ...]:
    """Return the figures with their targets in a market.

    A figure told by unit has a target for sessions only: a segment's rate is not a
    session's, and one target cannot be of both.

    Raises UnknownMetricError where a target is for a metric that does not exist.
    """
    for metric in targets.by_metric:
        definitions.of(metric)
    return tuple(
        replace(figure, target=targets.of(figure.metric, market=market))
        if figure.dims.get("unit", SampleUnit.SESSION) == SampleUnit.SESSION
        else figure
        for figure in figures
    )
