"""A chart in one language: what it says, and every text and number that it draws."""

from dataclasses import dataclass

from atalaia.reporting.contents.spoken import DayTick, Mark, Tick, TrendPoint

__all__ = ["Bar", "Bars", "Goal", "Line", "Lines", "SpokenChart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A target, and what is written beside its line."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series over time; `last` is written at its end."""

    points: tuple[TrendPoint, ...]
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Up to five series over one stretch of days."""

    says: str
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    days: tuple[DayTick, ...]
    marks: tuple[Mark, ...]
    goal: Goal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One slice: its name, its value and what is written beside it."""

    name: str
    value: float
    low: float | None
    high: float | None
    label: str
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Slices of one period, the largest base first; lengths from zero if `is_length`.

    A count is a length; a share or a rate is a dot with its interval.
    """

    says: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    goal: Goal | None
    is_length: bool


SpokenChart = Lines | Bars
