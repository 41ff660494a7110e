"""A figure's trend in words: its sentence, its axes, its lettered lines, its table."""

from collections.abc import Sequence
from datetime import date
from string import ascii_uppercase

from atalaia.domain.trilingual import Language
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Figure, Happening, Point, Unit
from atalaia.reporting.contents.spoken import (
    DayTick,
    Mark,
    SpokenTrend,
    Table,
    Tick,
    TrendPoint,
)
from atalaia.reporting.contents.wording.amounts import amount
from atalaia.reporting.contents.wording.axis_ticks import axis_ticks

__all__ = ["MOST_MARKS", "speak_trend"]

MOST_MARKS = 3
"""More lines would hide the trend; the caller puts what matters most first."""
DAYS_LABELLED = 7


def speak_trend(
    figure: Figure, *, marks: Sequence[Happening], voice: Voice, words: Translator
) -> SpokenTrend | None:
    """Return the trend of a figure; None under two values, the least for a line."""
    known = [p.value for p in figure.trend if p.value is not None]
    if len(known) < 2:
        return None
    return SpokenTrend(
        says=_says(figure, known, voice=voice, words=words),
        caption=_caption(figure, known, voice=voice, words=words),
        points=tuple(_point(point) for point in figure.trend),
        ticks=_ticks(figure, voice=voice, words=words),
        days=_days(figure, voice=voice),
        marks=_marks(figure, marks, language=words.language, voice=voice),
        target=figure.target,
        last=amount(known[-1], figure.unit, voice=voice, words=words),
        table=_table(figure, voice=voice, words=words),
    )


def _point(point: Point) -> TrendPoint:
    return TrendPoint(
        day=point.day,
        value=point.value,
        low=point.low,
        high=point.high,
        is_provisional=point.is_provisional,
    )


def _fields(
    figure: Figure, known: list[float], *, voice: Voice, words: Translator
) -> dict[str, str]:
    return {
        "name": figure.name.of(words.language),
        "count": voice.number(len(figure.trend)),
        "low": amount(min(known), figure.unit, voice=voice, words=words),
        "high": amount(max(known), figure.unit, voice=voice, words=words),
        "last": amount(known[-1], figure.unit, voice=voice, words=words),
    }


def _says(
    figure: Figure, known: list[float], *, voice: Voice, words: Translator
) -> str:
    fields = _fields(figure, known, voice=voice, words=words)
    if figure.start == figure.end:
        return words.text(
            "{name}, last {count} days: lowest {low}, highest {high}, last {last}.",
            **fields,
        )
    return words.text(
        "{name}, last {count} times seven days: lowest {low}, highest {high}, "
        "last {last}.",
        **fields,
    )


def _caption(
    figure: Figure, known: list[float], *, voice: Voice, words: Translator
) -> str:
    fields = _fields(figure, known, voice=voice, words=words)
    if figure.start == figure.end:
        return words.text("Last {count} days: from {low} to {high}.", **fields)
    return words.text("Last {count} times seven days: from {low} to {high}.", **fields)


def _ticks(figure: Figure, *, voice: Voice, words: Translator) -> tuple[Tick, ...]:
    """Return the steps of the axis, wide enough for line, band and target."""
    seen = [
        value
        for point in figure.trend
        for value in (point.value, point.low, point.high)
        if value is not None
    ]
    seen += [] if figure.target is None else [figure.target]
    # A count drawn from elsewhere than zero would exaggerate what moved.
    seen += [0.0] if figure.unit is Unit.COUNT else []
    return axis_ticks(seen, figure.unit, voice=voice, words=words)


def _days(figure: Figure, *, voice: Voice) -> tuple[DayTick, ...]:
    """Label the last day and every seventh before it: one weekday throughout."""
    days = [point.day for point in figure.trend]
    return tuple(
        DayTick(day=day, label=voice.day_and_month(day))
        for day in days
        if (days[-1] - day).days % DAYS_LABELLED == 0
    )


def _marks(
    figure: Figure, marks: Sequence[Happening], *, language: Language, voice: Voice
) -> tuple[Mark, ...]:
    """Letter what happened by day; what fell on one day shares a line."""
    first, last = figure.trend[0].day, figure.trend[-1].day
    inside = [mark for mark in marks if first <= mark.start <= last]
    names: dict[date, list[str]] = {}
    for mark in sorted(inside[:MOST_MARKS], key=lambda mark: mark.start):
        names.setdefault(mark.start, []).append(mark.name.of(language))
    return tuple(
        Mark(day=day, letter=letter, name=voice.listed(told))
        for letter, (day, told) in zip(ascii_uppercase, names.items(), strict=False)
    )


def _table(figure: Figure, *, voice: Voice, words: Translator) -> Table:
    has_interval = any(point.low is not None for point in figure.trend)
    headers = [words.text("Day"), words.text("Value"), words.text("State")]
    rows = [_row(p, figure=figure, voice=voice, words=words) for p in figure.trend]
    if has_interval:
        headers.insert(2, words.text("{share} interval", share=voice.percent(0.95, 0)))
        for row, point in zip(rows, figure.trend, strict=True):
            row.insert(2, _bounds(point, figure=figure, voice=voice, words=words))
    return Table(
        caption=figure.name.of(words.language),
        headers=tuple(headers),
        rows=tuple(tuple(row) for row in rows),
        numeric=frozenset({1, 2} if has_interval else {1}),
    )


def _row(point: Point, *, figure: Figure, voice: Voice, words: Translator) -> list[str]:
    if point.value is None:
        return [voice.day_and_month(point.day), "–", words.text("no value")]
    shown = amount(point.value, figure.unit, voice=voice, words=words)
    is_open = point.is_provisional
    state = words.text("provisional") if is_open else words.text("mature")
    return [voice.day_and_month(point.day), shown, state]


def _bounds(point: Point, *, figure: Figure, voice: Voice, words: Translator) -> str:
    if point.low is None or point.high is None:
        return "–"
    return words.text(
        "{low} to {high}",
        low=amount(point.low, figure.unit, voice=voice, words=words),
        high=amount(point.high, figure.unit, voice=voice, words=words),
    )
