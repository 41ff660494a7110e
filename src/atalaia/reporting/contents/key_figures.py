"""The key figures of a day, each against the period before that resembles it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from atalaia.domain.codes import SampleUnit
from atalaia.domain.errors import QuestionError
from atalaia.metrics.change import Change, compare
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.metric import Direction, Kind, Metric, Unit
from atalaia.metrics.question import Question
from atalaia.metrics.source import FactSource
from atalaia.metrics.value import MetricValue
from atalaia.reporting.contents.brief import Caveat, Figure, Pair, Point, Word
from atalaia.reporting.contents.figure_trend import figure_trend

__all__ = ["ASKED", "PAIRS", "Asked", "key_figure", "key_figures", "no_trend"]

Trend = Callable[..., tuple[Point, ...]]

WEEK = timedelta(days=7)
FEWEST_CREATORS = 10
"""Below it the interval of a change says nothing that a reader could use."""
UNCOMPARED_MESSAGES = (
    "There are no facts in the period before.",
    "No change is told: these days are still arriving, the period before is riper.",
    "Too few creators (fewer than 10) to tell a change from chance.",
)
NOTHING_BEFORE, RIPER_BEFORE, FEW_CREATORS = UNCOMPARED_MESSAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A metric of the brief and over how many days, the brief's day included.

    One day is compared with the same weekday a week before; seven with the seven
    before them, so that weekdays never mix. `unit` is the one of a figure that is told
    by unit, so that it never jumps from one to the other; `or_unit` has no target.
    """

    metric: str
    days: int
    or_else: str = ""
    unit: SampleUnit | None = None
    or_unit: SampleUnit | None = None


ASKED = (
    Asked(metric="M01", days=1),
    Asked(metric="M02", days=1, or_else="M03"),
    Asked(metric="M04", days=1),
    Asked(metric="M10", days=7),
    Asked(metric="M12", days=7, unit=SampleUnit.SESSION, or_unit=SampleUnit.SEGMENT),
    Asked(metric="M26", days=7, or_else="M27"),
    Asked(metric="M22", days=1),
    Asked(metric="M23", days=1),
    Asked(metric="M23p90", days=1),
    Asked(metric="M25", days=7),
    Asked(metric="M29", days=7),
    Asked(metric="M48", days=1),
)

PAIRS = (
    Pair(
        why="Overkill and leakage: one must not be bought with the other.",
        metrics=("M10", "M12"),
    ),
    Pair(
        why="Fewer penalties may only mean that nobody looked, or looked late.",
        metrics=("M02", "M22", "M23"),
    ),
    Pair(
        why="Few overturned appeals say little where few creators appeal.",
        metrics=("M26", "M25"),
    ),
)


def key_figures(
    facts: FactSource, *, market: str | None, day: date, now: datetime
) -> tuple[Figure, ...]:
    """Return the figures in the order of the page; one without facts says why."""
    where = {"market": market} if market else {}
    return tuple(
        key_figure(asked, facts, where=where, day=day, now=now) for asked in ASKED
    )


def key_figure(
    asked: Asked,
    facts: FactSource,
    *,
    where: Mapping[str, str],
    day: date,
    now: datetime,
    trend: Trend = figure_trend,
) -> Figure:
    """Return a metric's figure of a day, or of the days that end with it.

    Args:
        where: the slice that it is of.
        trend: finds the points that led up to it.
    """
    ask = partial(_figure, facts=facts, where=where, day=day, now=now, trend=trend)
    wanted = ask(asked)
    if wanted.value is not None or not (asked.or_else or asked.or_unit):
        return wanted
    other = replace(
        asked,
        metric=asked.or_else or asked.metric,
        or_else="",
        unit=asked.or_unit,
        or_unit=None,
    )
    found = ask(other)
    return wanted if found.value is None else found


def no_trend(
    question: Question,  # noqa: ARG001 (as `figure_trend`)
    facts: FactSource,  # noqa: ARG001 (as `figure_trend`)
    *,
    known: Sequence[MetricValue],  # noqa: ARG001 (as `figure_trend`)
    now: datetime,  # noqa: ARG001 (as `figure_trend`)
) -> tuple[Point, ...]:
    """Return no points, for a list of many figures."""
    return ()


def _figure(
    asked: Asked,
    facts: FactSource,
    *,
    where: Mapping[str, str],
    day: date,
    now: datetime,
    trend: Trend,
) -> Figure:
    metric = facts.definitions.of(asked.metric)
    this = _question(asked, where=where, end=day)
    that = _question(asked, where=where, end=day - WEEK)
    empty = _empty(metric, this, that)
    try:
        change = _change(that, this, facts, now=now)
        value = change.after if change else _value(this, facts, now=now)
    except QuestionError as error:
        return replace(empty, reason=error.message, reason_fields=error.fields)
    if value is None:
        return replace(empty, reason="Nothing was counted in this period.")
    cell = {**this.where, **{name: value.dims[name] for name in metric.always_by}}
    known = [value, change.before] if change and change.before else [value]
    whole = replace(this, where=cell)
    return replace(
        _compared(_valued(empty, value), change, metric=metric),
        trend=trend(whole, facts, known=known, now=now),
        caveats=_caveats(metric, whole, facts, now=now),
        dims={name: cell[name] for name in metric.always_by},
    )


def _caveats(
    metric: Metric, question: Question, facts: FactSource, *, now: datetime
) -> tuple[Caveat, ...]:
    """Return what must be borne in mind; a sample's depends on what was judged."""
    if metric.kind is not Kind.SAMPLED:
        return tuple(Caveat(message=text) for text in metric.caveats)
    answer = evaluate(question, facts, now=now)
    left_out = (
        Caveat(message=each.message, fields={"count": each.count})
        for each in answer.left_out
    )
    return (*(Caveat(message=text) for text in answer.caveats), *left_out)


def _change(
    before: Question, after: Question, facts: FactSource, *, now: datetime
) -> Change | None:
    """Compare two periods; None where the one before lies before the first facts."""
    try:
        return compare(before, after, facts, now=now)
    except QuestionError:
        return None


def _question(asked: Asked, *, where: Mapping[str, str], end: date) -> Question:
    return Question(
        metric=asked.metric,
        start=end - timedelta(days=asked.days - 1),
        end=end,
        where={
            **where,
            **({"unit": asked.unit.value} if asked.unit else {}),
        },
    )


def _empty(metric: Metric, this: Question, that: Question) -> Figure:
    return Figure(
        metric=metric.id,
        name=metric.name,
        unit=metric.unit,
        start=this.start,
        end=this.end,
        value=None,
        compared_start=that.start,
        compared_end=that.end,
        lower_is_better=_LOWER_IS_BETTER[metric.direction],
    )


def _valued(figure: Figure, value: MetricValue) -> Figure:
    estimate = value.estimate
    return replace(
        figure,
        value=value.value,
        low=estimate.low if estimate else None,
        high=estimate.high if estimate else None,
        confidence=estimate.confidence if estimate else figure.confidence,
        worst_case=value.worst_case,
        n=value.n,
        is_provisional=value.maturity == "provisional",
        completeness=value.completeness,
        reason=value.reason,
        interval_reason=value.no_interval_reason,
    )


def _compared(figure: Figure, change: Change | None, *, metric: Metric) -> Figure:
    if change is None:
        return replace(figure, change_reason=NOTHING_BEFORE)
    is_sampled = metric.kind is Kind.SAMPLED
    if metric.maturity_days and figure.is_provisional and not is_sampled:
        # The week before had a week longer for its appeals and reversals to arrive.
        # A random sample is as random while half of it is judged.
        return replace(figure, change_reason=RIPER_BEFORE)
    bounds, reason, word = change.estimate, change.reason, Word(change.word.value)
    if bounds is not None and bounds.n < FEWEST_CREATORS:
        bounds, reason, word = None, FEW_CREATORS, Word.UNCLEAR
    return replace(
        figure,
        before=change.before.value if change.before else None,
        change=change.value,
        change_low=_possible(bounds.low, figure.unit) if bounds else None,
        change_high=_possible(bounds.high, figure.unit) if bounds else None,
        change_reason=reason,
        word=word,
    )


def _possible(bound: float | None, unit: Unit) -> float | None:
    """Cut a bound at what a change can be: no share moves by more than 100 points."""
    if bound is None or unit is not Unit.SHARE:
        return bound
    return min(max(bound, -1.0), 1.0)


def _value(
    question: Question, facts: FactSource, *, now: datetime
) -> MetricValue | None:
    """Return the one cell of the whole, or the best founded where there are several.

    A metric that is always split (leakage by unit) shows the split with most units.
    """
    rows = evaluate(question, facts, now=now).rows
    return max(rows, key=lambda row: row.n) if rows else None


_LOWER_IS_BETTER = {
    Direction.LOWER: True,
    Direction.HIGHER: False,
    Direction.NEITHER: None,
}
