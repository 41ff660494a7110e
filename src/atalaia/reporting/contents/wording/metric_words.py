"""What people read in place of a metric's codes."""

from atalaia.language.catalogue import Translator
from atalaia.metrics.metric import Anchor, Kind, Metric, Span, Unit

__all__ = ["anchor_name", "kind_name", "span_name", "title", "unit_name"]

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
    Unit.PER_CREATOR: "incidents per creator",
    Unit.SECONDS: "time",
    Unit.HOURS: "hours",
    Unit.COEFFICIENT: "coefficient",
    Unit.VIEWER_MINUTES: "viewer-minutes",
}
ANCHOR_MESSAGES = {
    Anchor.SESSION_START: "the day of the session",
    Anchor.PENALTY_START: "the day of the penalty",
    Anchor.SETTLEMENT: "the day of the verdict",
    Anchor.REVIEWED: "the day of the review",
    Anchor.CASE_SUBMITTED: "the day the case first went to central",
    Anchor.CASE_DECIDED: "the day central decided the case",
    Anchor.CASE_DUE: "the day the case is due",
    Anchor.CASE_CLOSED: "the day the case closed",
    Anchor.PERIOD_END: "the end of the period",
    Anchor.DIFF_PRESENTED: "the day the diff was presented",
    Anchor.DIFF_EFFECTIVE: "the day the diff took effect",
    Anchor.ACTION_DUE: "the day the action was due",
    Anchor.CHANGE_DEPLOYED: "the day the change was deployed",
    Anchor.CHANGE_REVIEW_DUE: "the day the change's review is due",
    Anchor.ASSIGNED: "the day of enrolment",
    Anchor.ALERT_RAISED: "the day of the alert",
    Anchor.ALERT_CLOSED: "the day the alert was closed",
    Anchor.NOW: "the present",
}
SPAN_MESSAGES = {
    Span.SESSION: "session by session",
    Span.HOUR: "hour by hour",
    Span.DAY: "day by day",
    Span.WEEK: "week by week",
    Span.MONTH: "month by month",
    Span.QUARTER: "quarter by quarter",
    Span.WHOLE: "over the whole period",
}


def kind_name(metric: Metric, *, words: Translator) -> str:
    """Return what may be done with the metric's cells, in words."""
    return words.text(KIND_MESSAGES[metric.kind])


def unit_name(metric: Metric, *, words: Translator) -> str:
    """Return the unit that its values are read in."""
    return words.text(UNIT_MESSAGES[metric.unit])


def anchor_name(metric: Metric, *, words: Translator) -> str:
    """Return the day that a counted unit belongs to."""
    return words.text(ANCHOR_MESSAGES[metric.anchor])


def span_name(metric: Metric, *, words: Translator) -> str:
    """Return the stretch of time that a value usually stands for."""
    return words.text(SPAN_MESSAGES[metric.grain.span])


def title(metric: Metric, *, words: Translator) -> str:
    """Return id and name, and whether it is the installation's own."""
    name = f"{metric.id} {metric.name.of(words.language)}"
    if not metric.file:
        return name
    own = words.text("own metric, from {file}", file=metric.file)
    return f"{name} · {own}"
