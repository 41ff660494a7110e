"""The days, or the sevens of days, that led up to a key figure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from atalaia.domain.errors import QuestionError
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.source import FactSource
from atalaia.metrics.value import MetricValue
from atalaia.reporting.contents.brief import Point

__all__ = ["TREND_DAYS", "figure_trend"]

TREND_DAYS = 28


def figure_trend(
    question: Question,
    facts: FactSource,
    *,
    known: Sequence[MetricValue],
    now: datetime,
) -> tuple[Point, ...]:
    """Return one point a day for one day's question, else one a period of its length.

    `known` are values of the same cell that need not be asked for again.
    """
    span = question.end - question.start + timedelta(days=1)
    if span == timedelta(days=1):
        first = question.end - timedelta(days=TREND_DAYS - 1)
        rows = _rows(replace(question, start=first, grain="day"), facts, now=now)
    else:
        earlier = [
            replace(question, start=question.start - back, end=question.end - back)
            for back in (span * place for place in range(TREND_DAYS // span.days))
        ]
        told = {row.end for row in known}
        asked = [each for each in earlier if each.end not in told]
        rows = (*known, *(row for each in asked for row in _rows(each, facts, now=now)))
    return tuple(_point(row) for row in sorted(rows, key=lambda row: row.start))


def _rows(
    question: Question, facts: FactSource, *, now: datetime
) -> tuple[MetricValue, ...]:
    try:
        return evaluate(question, facts, now=now).rows
    except QuestionError:
        # Weeks before the first facts are no points of the line.
        return ()


def _point(row: MetricValue) -> Point:
    estimate = row.estimate if row.value is not None else None
    return Point(
        day=row.end,
        value=row.value,
        low=estimate.low if estimate else None,
        high=estimate.high if estimate else None,
        is_provisional=row.maturity == "provisional",
    )
