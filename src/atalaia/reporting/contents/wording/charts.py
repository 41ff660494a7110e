"""An answer as a chart in words: series over time, or slices of one period."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from string import ascii_uppercase

from atalaia.domain.reference import Reference
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.metric import Unit
from atalaia.metrics.value import Answer, MetricValue
from atalaia.reporting.contents.brief import Happening
from atalaia.reporting.contents.spoken import DayTick, Mark, TrendPoint
from atalaia.reporting.contents.spoken_chart import (
    Bar,
    Bars,
    Goal,
    Line,
    Lines,
    SpokenChart,
)
from atalaia.reporting.contents.wording.amounts import amount
from atalaia.reporting.contents.wording.axis_ticks import axis_ticks
from atalaia.reporting.contents.wording.slice_words import slice_name
from atalaia.reporting.contents.wording.trends import MOST_MARKS

__all__ = ["MOST_BARS", "MOST_LINES", "named_slice", "speak_chart"]

MOST_LINES = 5
"""Directly labelled series that a reader can still tell apart."""
MOST_BARS = 12
DAYS_LABELLED = 5
FROM_ZERO = (Unit.COUNT, Unit.PER_THOUSAND_HOURS)
SAYS_MESSAGES = {
    "one line": "{name}, {period}: lowest {low}, highest {high}, last {last}.",
    "lines": "{name}, {period}, by its last value: {high_slice} is highest with {high},"
    " {low_slice} is lowest with {low}.",
    "slices": "{name}, {period}: {high_slice} is highest with {high}, {low_slice} is"
    " lowest with {low}.",
}
Slice = tuple[str, ...]


def speak_chart(
    answer: Answer,
    *,
    reference: Reference,
    marks: Sequence[Happening],
    target: float | None,
    voice: Voice,
    words: Translator,
) -> SpokenChart | None:
    """Return the chart of an answer; None where there is nothing to compare.

    Only the slices that rest on most are drawn; a table beside it holds all of them.
    """
    known = [row for row in answer.rows if row.value is not None]
    teller = _Teller(answer, reference=reference, voice=voice, words=words)
    goal = teller.goal(target)
    if answer.question.grain != "period":
        return _lines(teller, known, marks=marks, goal=goal)
    return _bars(teller, known, goal=goal)


def named_slice(
    dims: Mapping[str, str], *, reference: Reference, words: Translator
) -> str:
    """Return what a cell is of, "" for the whole."""
    named = (
        slice_name(name, value, reference=reference, words=words)
        for name, value in dims.items()
    )
    return " · ".join(named)


class _Teller:
    """Says the values of one answer; it guards the one way in which they read."""

    def __init__(
        self, answer: Answer, *, reference: Reference, voice: Voice, words: Translator
    ) -> None:
        self.answer = answer
        self.unit = answer.metric.unit
        self.voice = voice
        self.words = words
        self._reference = reference

    def amount(self, value: float) -> str:
        return amount(value, self.unit, voice=self.voice, words=self.words)

    def slice(self, row: MetricValue) -> str:
        return named_slice(row.dims, reference=self._reference, words=self.words)

    def goal(self, target: float | None) -> Goal | None:
        if target is None:
            return None
        label = self.words.text("target {target}", target=self.amount(target))
        return Goal(at=target, label=label)

    def says(self, kind: str, **fields: str) -> str:
        question = self.answer.question
        return self.words.text(
            SAYS_MESSAGES[kind],
            name=self.answer.metric.name.of(self.words.language),
            period=self.voice.date_range(question.start, question.end),
            **fields,
        )

    def extremes(self, kind: str, rows: Sequence[MetricValue]) -> str:
        in_order = sorted(rows, key=lambda row: row.value or 0.0)
        low, high = in_order[0], in_order[-1]
        return self.says(
            kind,
            low_slice=self.slice(low),
            high_slice=self.slice(high),
            low=self.amount(low.value or 0.0),
            high=self.amount(high.value or 0.0),
        )


def _lines(
    teller: _Teller,
    known: Sequence[MetricValue],
    *,
    marks: Sequence[Happening],
    goal: Goal | None,
) -> Lines | None:
    drawn = _largest(known, at_most=MOST_LINES)
    days = sorted({row.start for rows in drawn.values() for row in rows})
    if len(days) < 2:
        return None
    return Lines(
        says=_lines_say(teller, drawn),
        lines=tuple(_line(teller, rows) for rows in drawn.values()),
        ticks=axis_ticks(
            list(_heights(teller, drawn, goal=goal)),
            teller.unit,
            voice=teller.voice,
            words=teller.words,
        ),
        days=_day_ticks(days, voice=teller.voice),
        marks=_marks(marks, first=days[0], last=days[-1], teller=teller),
        goal=goal,
    )


def _largest(
    rows: Iterable[MetricValue], *, at_most: int
) -> dict[Slice, list[MetricValue]]:
    """Return the rows of the slices that rest on most, those first."""
    found: dict[Slice, list[MetricValue]] = {}
    for row in rows:
        found.setdefault(tuple(row.dims.values()), []).append(row)
    weights = {name: sum(row.n for row in of) for name, of in found.items()}
    names = sorted(found, key=lambda name: (-weights[name], name))[:at_most]
    return {name: sorted(found[name], key=lambda row: row.start) for name in names}


def _lines_say(teller: _Teller, drawn: Mapping[Slice, Sequence[MetricValue]]) -> str:
    if len(drawn) > 1:
        return teller.extremes("lines", [rows[-1] for rows in drawn.values()])
    (rows,) = drawn.values()
    values = [row.value or 0.0 for row in rows]
    return teller.says(
        "one line",
        low=teller.amount(min(values)),
        high=teller.amount(max(values)),
        last=teller.amount(values[-1]),
    )


def _line(teller: _Teller, rows: Sequence[MetricValue]) -> Line:
    name, last = teller.slice(rows[-1]), teller.amount(rows[-1].value or 0.0)
    return Line(
        points=tuple(_point(row) for row in rows),
        last=f"{name} {last}".strip(),
    )


def _point(row: MetricValue) -> TrendPoint:
    estimate = row.estimate
    return TrendPoint(
        day=row.start,
        value=row.value,
        low=estimate.low if estimate else None,
        high=estimate.high if estimate else None,
        is_provisional=row.maturity == "provisional",
    )


def _heights(
    teller: _Teller,
    drawn: Mapping[Slice, Sequence[MetricValue]],
    *,
    goal: Goal | None,
) -> Iterable[float]:
    for rows in drawn.values():
        yield from _bounds(rows)
    if goal is not None:
        yield goal.at
    if teller.unit in FROM_ZERO:
        # Drawn from elsewhere than zero, what moved would look larger than it is.
        yield 0.0


def _bounds(rows: Iterable[MetricValue]) -> Iterable[float]:
    for row in rows:
        estimate = row.estimate
        bounds = (estimate.low, estimate.high) if estimate else ()
        yield from (each for each in (row.value, *bounds) if each is not None)


def _day_ticks(days: Sequence[date], *, voice: Voice) -> tuple[DayTick, ...]:
    """Label the last day and some before it, evenly."""
    step = -(-len(days) // DAYS_LABELLED)
    return tuple(
        DayTick(day=day, label=voice.day_and_month(day))
        for day in reversed(days[::-1][::step])
    )


def _marks(
    marks: Sequence[Happening], *, first: date, last: date, teller: _Teller
) -> tuple[Mark, ...]:
    """Letter what happened by day; what fell on one day shares a line."""
    inside = [mark for mark in marks if first <= mark.start <= last][:MOST_MARKS]
    names: dict[date, list[str]] = {}
    for mark in sorted(inside, key=lambda mark: mark.start):
        names.setdefault(mark.start, []).append(mark.name.of(teller.words.language))
    return tuple(
        Mark(day=day, letter=letter, name=teller.voice.listed(told))
        for letter, (day, told) in zip(ascii_uppercase, names.items(), strict=False)
    )


def _bars(
    teller: _Teller, known: Sequence[MetricValue], *, goal: Goal | None
) -> Bars | None:
    rows = [row for of in _largest(known, at_most=MOST_BARS).values() for row in of]
    if len(rows) < 2:
        return None
    is_length = teller.unit in FROM_ZERO
    heights = [*_bounds(rows), *([0.0] if is_length else [])]
    heights += [] if goal is None else [goal.at]
    return Bars(
        says=teller.extremes("slices", rows),
        bars=tuple(_bar(teller, row) for row in rows),
        ticks=axis_ticks(heights, teller.unit, voice=teller.voice, words=teller.words),
        goal=goal,
        is_length=is_length,
    )


def _bar(teller: _Teller, row: MetricValue) -> Bar:
    point = _point(row)
    return Bar(
        name=teller.slice(row),
        value=row.value or 0.0,
        low=point.low,
        high=point.high,
        label=teller.amount(row.value or 0.0),
        is_provisional=point.is_provisional,
    )
