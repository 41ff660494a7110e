"""A metric's value with everything needed to read it honestly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from atalaia.estimation.estimate import Estimate
from atalaia.metrics.metric import Metric, Unit
from atalaia.metrics.question import Question

__all__ = ["Answer", "LeftOut", "Maturity", "MetricValue", "Origin"]

Maturity = Literal["mature", "provisional"]
Origin = Literal["facts", "cube", "aggregates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricValue:
    """One cell: a metric for one period and one slice.

    Attributes:
        value: in `unit`; None with `reason` where it cannot be given.
        n: units it rests on (rows judged, creators, sessions, cases).
        no_interval_reason: English key; None where `estimate` has an interval.
        completeness: share of expected market-days that are there and whole; None
            where that cannot be known.
        incomplete_days: market and date of days that are missing or half arrived.
        worst_case: the rate if every unreviewable unit were right, or wrong.
        beside: a second figure that must be read with it (positive agreement).
    """

    metric: str
    version: int
    catalogue_hash: str
    dims: Mapping[str, str]
    start: date
    end: date
    numerator: float
    denominator: float | None
    value: float | None
    unit: Unit
    n: int
    as_of: datetime
    maturity: Maturity
    estimate: Estimate | None = None
    no_interval_reason: str | None = None
    reason: str | None = None
    completeness: float | None = None
    incomplete_days: tuple[str, ...] = ()
    worst_case: tuple[float, float] | None = None
    beside: Estimate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Units left out, or kept with care; `message` is an English key over {count}."""

    message: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The cells that answer a question, with what to bear in mind.

    Attributes:
        origin: rows, the cube, or aggregates that an analyst brought.
        caveats: English keys that hold for every cell.
        left_out: judged units that no cell rests on, or only with care, by reason.
    """

    question: Question
    metric: Metric
    rows: tuple[MetricValue, ...]
    origin: Origin = "facts"
    caveats: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
