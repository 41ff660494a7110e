"""What people read in place of a metric's codes."""

from atalaia.language.catalogue import Translator
from atalaia.metrics.catalogue import CATALOGUE, metric_of
from atalaia.metrics.metric import Kind, Metric, Unit

__all__ = ["anchor_name", "kind_name", "metric_named", "unit_name"]

KIND_MESSAGES = {
    Kind.ADDITIVE: "count or quotient",
    Kind.PEOPLE: "distinct people",
    Kind.DISTRIBUTION: "distribution",
    Kind.SAMPLED: "estimated from a sample",
    Kind.STATE: "state",
    Kind.EFFECT: "effect",
}
UNIT_MESSAGES = {
    Unit.COUNT: "cases",
    Unit.SHARE: "share",
    Unit.PER_THOUSAND_HOURS: "per 1,000 LIVE hours",
    Unit.SECONDS: "time",
    Unit.HOURS: "hours",
    Unit.COEFFICIENT: "coefficient",
}
ANCHOR_MESSAGES = {
    "session_start": "the day of the session",
    "penalty_start": "the day of the penalty",
    "settlement": "the day of the verdict",
    "now": "the present",
}


def metric_named(text: str) -> Metric:
    """Return the metric of an id, in capitals or not; others are refused."""
    typed = {name.casefold(): name for name in CATALOGUE}
    return metric_of(typed.get(text.casefold(), text))


def kind_name(metric: Metric, *, words: Translator) -> str:
    """Return what may be done with the metric's cells, in words."""
    return words.text(KIND_MESSAGES[metric.kind])


def unit_name(metric: Metric, *, words: Translator) -> str:
    """Return the unit that its values are read in."""
    return words.text(UNIT_MESSAGES[metric.unit])


def anchor_name(metric: Metric, *, words: Translator) -> str:
    """Return the day that a counted unit belongs to."""
    return words.text(ANCHOR_MESSAGES[metric.anchor])
