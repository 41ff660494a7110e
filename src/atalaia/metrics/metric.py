"""A metric as versioned data: what is counted over what, and how it may be read."""

from dataclasses import dataclass
from enum import StrEnum

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.measure import Measure

__all__ = [
    "Anchor",
    "Direction",
    "Kind",
    "Method",
    "Metric",
    "Span",
    "Unit",
    "UsualGrain",
    "each",
]


class Anchor(StrEnum):
    """The event whose local date places a counted unit in a period."""

    SESSION_START = "session_start"
    PENALTY_START = "penalty_start"
    SETTLEMENT = "settlement"
    REVIEWED = "reviewed"
    CASE_SUBMITTED = "case_submitted"
    CASE_DECIDED = "case_decided"
    CASE_DUE = "case_due"
    CASE_CLOSED = "case_closed"
    PERIOD_END = "period_end"
    DIFF_PRESENTED = "diff_presented"
    DIFF_EFFECTIVE = "diff_effective"
    ACTION_DUE = "action_due"
    CHANGE_DEPLOYED = "change_deployed"
    CHANGE_REVIEW_DUE = "change_review_due"
    ASSIGNED = "assigned"
    ALERT_RAISED = "alert_raised"
    ALERT_CLOSED = "alert_closed"
    NOW = "now"


class Kind(StrEnum):
    """What may be done with a metric's cells."""

    ADDITIVE = "additive"
    PEOPLE = "people"
    DISTRIBUTION = "distribution"
    SAMPLED = "sampled"
    STATE = "state"
    EFFECT = "effect"


class Unit(StrEnum):
    """How a value is to be read."""

    COUNT = "count"
    SHARE = "share"
    PER_THOUSAND_HOURS = "per_thousand_hours"
    PER_CREATOR = "per_creator"
    SECONDS = "seconds"
    HOURS = "hours"
    COEFFICIENT = "coefficient"
    VIEWER_MINUTES = "viewer_minutes"


class Direction(StrEnum):
    """Which way is better."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Method(StrEnum):
    """How a value and its interval are made of the counted rows."""

    QUOTIENT = "quotient"
    RARE_SHARE = "rare_share"
    WEIGHTED_SHARE = "weighted_share"
    UNWEIGHTED_SHARE = "unweighted_share"
    ALPHA = "alpha"
    QUANTILE = "quantile"
    REPEAT = "repeat"
    LAG = "lag"
    BACKLOG = "backlog"
    RECURRENCE = "recurrence"
    SHIFT = "shift"
    UPLIFT = "uplift"
    TRIAL = "trial"
    FIRST_TIME = "first_time"
    MISSES = "misses"
    WRONG_ACTIONS = "wrong_actions"
    SEEN_VIEWS = "seen_views"
    WEIGHTED_MEAN = "weighted_mean"


class Span(StrEnum):
    """The stretch of time that a value usually stands for."""

    SESSION = "session"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualGrain:
    """How a metric is usually read: one value each span, split by these dimensions."""

    span: Span
    by: tuple[str, ...] = ()


def each(span: Span, *by: str) -> UsualGrain:
    """Name a usual grain in one line.

    >>> each(Span.WEEK, "market").by
    ('market',)
    """
    return UsualGrain(span=span, by=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric of the catalogue.

    Attributes:
        numerator, denominator: named measures over views; None where the metric is a
            plain count or has no quotient.
        grain: the span and the split at which it is usually read.
        anchor: the event whose business date places a unit in a period.
        reach_days: how long after the anchor a later event may still change it.
        maturity_days: younger periods are provisional.
        scale: the quotient is multiplied by this to give `unit`.
        min_n: below it no value is given.
        quantile: for distributions, 0 to 1.
        matters_share: the change that matters, as a share of the earlier value.
        always_by: dimensions that every answer is split by.
        guard_rails: metrics to show beside it; one must not be bought with another.
        no_interval_reason: English key; why it prints no sampling interval.
        exclusions: English keys; what is counted on neither side, one sentence each.
        caveats: English keys printed with every value.
        file: where an installation's owners define it; empty for the catalogue's.
    """

    id: str
    version: int
    kind: Kind
    method: Method
    name: Trilingual
    definition: Trilingual
    numerator: Measure
    denominator: Measure | None = None
    grain: UsualGrain
    anchor: Anchor
    reach_days: int
    maturity_days: int
    direction: Direction
    unit: Unit
    scale: float = 1.0
    min_n: int = 1
    quantile: float | None = None
    always_by: tuple[str, ...] = ()
    matters_share: float = 0.25
    guard_rails: tuple[str, ...] = ()
    owner: str = "regional LIVE safety"
    sop: str = ""
    no_interval_reason: str | None = None
    exclusions: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    file: str = ""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension it can be split by."""
        return self.numerator.dimensions

    @property
    def split_dimensions(self) -> tuple[str, ...]:
        """Dimensions that its denominator shares, so that parts make up the whole."""
        if self.denominator is None:
            return self.dimensions
        shared = set(self.denominator.dimensions)
        return tuple(name for name in self.dimensions if name in shared)

    @property
    def rests_on_cases(self) -> bool:
        """Whether n counts what is above the line: hours below are no units."""
        return self.denominator is None or self.unit is Unit.PER_THOUSAND_HOURS

    @property
    def numerator_only(self) -> tuple[str, ...]:
        """Dimensions that leave the denominator whole: no mix split along them."""
        shared = set(self.split_dimensions)
        return tuple(name for name in self.dimensions if name not in shared)
