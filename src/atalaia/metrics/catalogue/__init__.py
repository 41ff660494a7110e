"""Every metric once, as frozen data; one file a family."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType

from atalaia.domain.errors import QuestionError
from atalaia.domain.nearest import nearest
from atalaia.metrics.catalogue import (
    alerts,
    appeals,
    casework,
    changes,
    education,
    penalties,
    quality,
    reach,
    severity,
    speed,
    traffic,
    wrong_calls,
)
from atalaia.metrics.invariants import check_all
from atalaia.metrics.metric import Metric
from atalaia.metrics.views import VIEWS, View

__all__ = [
    "CATALOGUE",
    "UnknownMetricError",
    "catalogue_hash",
    "metric_of",
]


class UnknownMetricError(QuestionError):
    """A metric that the catalogue does not hold."""

    message = "The metric '{metric}' is not in the catalogue."
    next_step = "Did you mean: {nearest}? 'atalaia metrics list' shows all."


_METRICS = (
    *penalties.METRICS,
    *quality.METRICS,
    *speed.METRICS,
    *appeals.METRICS,
    *reach.METRICS,
    *traffic.METRICS,
    *education.METRICS,
    *alerts.METRICS,
    *casework.METRICS,
    *changes.METRICS,
    *severity.METRICS,
    *wrong_calls.METRICS,
)
check_all(_METRICS)

CATALOGUE: Mapping[str, Metric] = MappingProxyType(
    {metric.id: metric for metric in sorted(_METRICS, key=lambda metric: metric.id)}
)


def catalogue_hash(
    metrics: Mapping[str, Metric] = CATALOGUE, *, views: Mapping[str, View] = VIEWS
) -> str:
    """Return a short digest of every definition; it changes when any of them does.

    A view's definition is its version and its columns.
    """
    plain = [dataclasses.asdict(metric) for metric in metrics.values()]
    read = {name: (view.version, view.columns) for name, view in views.items()}
    text = json.dumps([plain, read], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def metric_of(name: str) -> Metric:
    """Return a metric of the catalogue; raises UnknownMetricError."""
    if name not in CATALOGUE:
        raise UnknownMetricError(metric=name, nearest=nearest(name, CATALOGUE))
    return CATALOGUE[name]
