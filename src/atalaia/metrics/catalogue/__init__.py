"""Every metric once, as frozen data; one file a family."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from atalaia.domain.targets import Target
from atalaia.metrics.catalogue import (
    alerts,
    appeals,
    careers,
    casework,
    changes,
    education,
    frames,
    golden,
    penalties,
    quality,
    reach,
    severity,
    speed,
    traffic,
    wrong_calls,
)
from atalaia.metrics.definitions import Definitions, UnknownMetricError
from atalaia.metrics.invariants import check_all
from atalaia.metrics.metric import Metric
from atalaia.metrics.views import VIEWS, View

__all__ = [
    "BUILT_IN",
    "CATALOGUE",
    "UnknownMetricError",
    "catalogue_hash",
    "metric_of",
    "with_own",
]


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
    *frames.METRICS,
    *golden.METRICS,
    *careers.METRICS,
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
    """Return a metric of the shipped catalogue; raises UnknownMetricError."""
    return BUILT_IN.of(name)


def with_own(
    own: Sequence[Metric], *, targets: Mapping[str, Target] | None = None
) -> Definitions:
    """Return the catalogue together with an installation's own metrics."""
    every = sorted((*_METRICS, *own), key=lambda metric: metric.id)
    check_all(every)
    by_id = MappingProxyType({metric.id: metric for metric in every})
    return Definitions(by_id=by_id, digest=catalogue_hash(by_id), targets=targets or {})


BUILT_IN = Definitions(by_id=CATALOGUE, digest=catalogue_hash())
"""What is known where an installation adds nothing."""
