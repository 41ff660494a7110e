"""Where each part of a small trend lies, in the pixels of its drawing.

The drawing is laid out here and written by the template, because a page of twelve
trends in three languages has to be ready in a moment, and letters on the lines must
never meet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from atalaia.reporting.contents.spoken import SpokenTrend, TrendPoint

__all__ = ["HEIGHT", "WIDTH", "Dot", "Drawing", "Label", "drawn"]

WIDTH, HEIGHT = 320, 136
_TOP, _BOTTOM, _GAP = 16, 24, 6
_LETTER = 6.3
"""Width of a character of the axis, a little more than the widest figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text and the point that it stands at; `anchor` as SVG names it."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One day's value; a provisional one is drawn as a ring."""

    x: float
    y: float
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A trend laid out: polylines are SVG's own lists of points.

    `left` and `right` are where the plot begins and ends, `top` and `bottom` likewise.
    """

    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[Label, ...]
    days: tuple[Label, ...]
    marks: tuple[Label, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    dots: tuple[Dot, ...]
    target: float | None
    last: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plane:
    """Turns days and values into pixels."""

    left: float
    right: float
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        span = (self.last - self.first).days
        share = (day - self.first).days / span
        return round(self.left + share * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _BOTTOM - _TOP), 1)


def drawn(trend: SpokenTrend) -> Drawing:
    """Lay a trend out; it has two days and two steps of its axis at least."""
    plane = _plane(trend)
    runs = list(_runs(trend.points))
    seen = [point for run in runs for point in run]
    return Drawing(
        left=plane.left,
        right=plane.right,
        top=_TOP,
        bottom=HEIGHT - _BOTTOM,
        ticks=tuple(
            Label(x=plane.left - _GAP, y=plane.y(t.at), text=t.label, anchor="end")
            for t in trend.ticks
        ),
        days=_days(trend, plane),
        marks=tuple(
            Label(x=plane.x(mark.day), y=_TOP - _GAP, text=mark.letter)
            for mark in trend.marks
        ),
        lines=tuple(_polyline(run, plane, lambda p: p.value) for run in runs),
        bands=tuple(_bands(runs, plane)),
        dots=tuple(_dot(point, plane) for point in seen),
        target=None if trend.target is None else plane.y(trend.target),
        last=Label(
            x=plane.x(seen[-1].day) + _GAP,
            y=plane.y(seen[-1].value or 0.0),
            text=trend.last,
            anchor="start",
        ),
    )


def _plane(trend: SpokenTrend) -> _Plane:
    """Leave as much room on either side as the labels there need."""
    widest = max(len(tick.label) for tick in trend.ticks)
    return _Plane(
        left=widest * _LETTER + 2 * _GAP,
        right=WIDTH - len(trend.last) * (_LETTER + 0.7) - 2 * _GAP,
        first=trend.points[0].day,
        last=trend.points[-1].day,
        low=trend.ticks[0].at,
        high=trend.ticks[-1].at,
    )


def _days(trend: SpokenTrend, plane: _Plane) -> tuple[Label, ...]:
    """Label the last day and so many before it as do not run into each other."""
    needed = max(len(tick.label) for tick in trend.days) * _LETTER
    kept: list[Label] = []
    free = float(WIDTH)
    for tick in reversed(trend.days):
        x = plane.x(tick.day)
        is_at_edge = x + needed / 2 > WIDTH
        right = x if is_at_edge else x + needed / 2
        if right <= free:
            anchor = "end" if is_at_edge else "middle"
            kept.append(Label(x=x, y=HEIGHT - _GAP, text=tick.label, anchor=anchor))
            free = right - needed
    return tuple(reversed(kept))


def _runs(points: tuple[TrendPoint, ...]) -> Iterator[list[TrendPoint]]:
    """Yield the stretches of days with a value: a line never crosses a missing day."""
    run: list[TrendPoint] = []
    for point in points:
        if point.value is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _bands(runs: list[list[TrendPoint]], plane: _Plane) -> Iterator[str]:
    for run in runs:
        bounded = [p for p in run if p.low is not None and p.high is not None]
        if bounded:
            above = _polyline(bounded, plane, lambda point: point.high)
            below = _polyline(bounded[::-1], plane, lambda point: point.low)
            yield f"{above} {below}"


def _polyline(
    run: list[TrendPoint],
    plane: _Plane,
    height: Callable[[TrendPoint], float | None],
) -> str:
    return " ".join(f"{plane.x(p.day)},{plane.y(height(p) or 0.0)}" for p in run)


def _dot(point: TrendPoint, plane: _Plane) -> Dot:
    return Dot(
        x=plane.x(point.day),
        y=plane.y(point.value or 0.0),
        is_provisional=point.is_provisional,
    )
