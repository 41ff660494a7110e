"""Noise or real: a metric's change between two periods, clustered by creator."""

from dataclasses import dataclass, replace
from datetime import datetime

from atalaia.estimation.change_word import ChangeWord, change_word
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.clustered import clustered_ratio_change
from atalaia.metrics.clusters import by_creator, counted_by_creator, has_clusters
from atalaia.metrics.count_change import count_change
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.metric import Kind, Metric, Unit
from atalaia.metrics.question import Question, checked
from atalaia.metrics.source import FactSource
from atalaia.metrics.value import Answer, MetricValue

__all__ = ["Change", "compare"]

NO_METHOD = "No interval is known for a change of this figure."
RECORDS_APART = "What was recorded came about independently of each other."
RECORDS_ALIKE = "The records do not differ, or are too few to show chance."
NO_VALUE = "One of the periods has no value."
NO_ROWS = "Counted cells do not tell creators apart: no interval of the change."
OTHER_CELLS = (
    "The two periods were counted in different cells, so they cannot be compared."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A metric in two periods, and whether the difference is more than chance.

    Attributes:
        value: after - before, in the metric's unit; None where either has none.
        estimate: the same with its creator-clustered interval, in the metric's unit;
            None where no method is justified, with `reason`.
        matters_from: the smallest change that would matter, in the metric's unit.
    """

    metric: Metric
    before: MetricValue | None
    after: MetricValue | None
    value: float | None
    estimate: Estimate | None
    word: ChangeWord
    matters_from: float | None = None
    reason: str | None = None


def compare(
    before: Question,
    after: Question,
    facts: FactSource,
    *,
    now: datetime,
    confidence: float = 0.95,
) -> Change:
    """Compare one cell in two periods.

    Both questions ask for one cell: filters, no split, grain "period". A metric that
    is always split (leakage by unit) is compared in its best founded part.
    """
    metric = checked(
        after, markets=facts.reference.markets, definitions=facts.definitions
    )
    later = evaluate(after, facts, now=now)
    last = _best(later)
    if last is not None:
        before, after = (
            _of_part(each, last, metric=metric) for each in (before, after)
        )
    earlier = evaluate(before, facts, now=now)
    first = _best(earlier)
    if _are_of_other_cells(earlier, later):
        return _unknown(metric, None, last, reason=OTHER_CELLS)
    if first is None or last is None or first.value is None or last.value is None:
        return _unknown(metric, first, last, reason=NO_VALUE)
    if "aggregates" in (earlier.origin, later.origin):
        return _unknown(metric, first, last, reason=NO_ROWS)
    if not has_clusters(metric):
        return _unknown(metric, first, last, reason=NO_METHOD)
    estimate = _estimated(metric, facts, pair=(before, after), confidence=confidence)
    return _told(
        metric,
        _possible(estimate, (first.value, last.value), unit=metric.unit),
        first=first,
        last=last,
    )


def _told(
    metric: Metric, estimate: Estimate, *, first: MetricValue, last: MetricValue
) -> Change:
    """Return the change with the word that its interval allows."""
    was, now_is = first.value or 0.0, last.value or 0.0
    matters_from = metric.matters_share * abs(was)
    return Change(
        metric=metric,
        before=first,
        after=last,
        value=now_is - was,
        estimate=estimate,
        word=change_word(estimate, matters_from=matters_from)
        if matters_from
        else _against_nothing(estimate),
        matters_from=matters_from,
        reason=estimate.reason,
    )


def _of_part(question: Question, part: MetricValue, *, metric: Metric) -> Question:
    """Return the question about the part alone that another question found best."""
    kept = {name: part.dims[name] for name in metric.always_by}
    return replace(question, where={**question.where, **kept})


def _best(answer: Answer) -> MetricValue | None:
    return max(answer.rows, key=lambda row: row.n) if answer.rows else None


def _are_of_other_cells(earlier: Answer, later: Answer) -> bool:
    """Whether one period is summed of parts, or of rows, and the other is not."""
    if not (earlier.rows and later.rows):
        return False
    if "aggregates" not in (earlier.origin, later.origin):
        return False
    return (earlier.origin, earlier.caveats) != (later.origin, later.caveats)


def _estimated(
    metric: Metric,
    facts: FactSource,
    *,
    pair: tuple[Question, Question],
    confidence: float,
) -> Estimate:
    sources = [_narrowed(metric, facts, question=question) for question in pair]
    if metric.denominator is None:
        first, last = (
            counted_by_creator(metric.numerator, source, question=question)
            for source, question in zip(sources, pair, strict=True)
        )
        names = sorted({*first, *last})
        change = count_change(
            [first.get(name, 0) for name in names],
            [last.get(name, 0) for name in names],
            confidence=confidence,
        )
    else:
        change = clustered_ratio_change(
            by_creator(metric, sources[0], question=pair[0]),
            by_creator(metric, sources[1], question=pair[1]),
            confidence=confidence,
        )
    if metric.numerator.cluster != "creator_id":
        change = _of_records(change)
    return _scaled(change, by=metric.scale)


def _of_records(estimate: Estimate) -> Estimate:
    """Say what the units were: cases, diffs and actions, not creators."""
    return replace(
        estimate,
        design="all rows, each its own cluster",
        assumptions=(RECORDS_APART, *estimate.assumptions[1:]),
        reason=RECORDS_ALIKE if estimate.reason else None,
    )


def _narrowed(metric: Metric, facts: FactSource, *, question: Question) -> FactSource:
    if metric.kind is Kind.SAMPLED:
        return facts
    return facts.between(question.start, question.end)


def _scaled(estimate: Estimate, *, by: float) -> Estimate:
    return replace(
        estimate,
        value=None if estimate.value is None else estimate.value * by,
        low=None if estimate.low is None else estimate.low * by,
        high=None if estimate.high is None else estimate.high * by,
    )


def _possible(
    estimate: Estimate, values: tuple[float, float], *, unit: Unit
) -> Estimate:
    """Bound the interval by what can be: a part of a whole changes by -1 to 1.

    A quotient that is read as a share, yet went beyond 1, has no such bound.
    """
    if unit is not Unit.SHARE or max(values) > 1:
        return estimate
    return replace(
        estimate,
        low=None if estimate.low is None else max(estimate.low, -1.0),
        high=None if estimate.high is None else min(estimate.high, 1.0),
    )


def _against_nothing(estimate: Estimate) -> ChangeWord:
    """Before was zero, so no share of it can say what would matter."""
    if estimate.low is not None and estimate.low > 0:
        return ChangeWord.REAL
    return ChangeWord.CANNOT_TELL


def _unknown(
    metric: Metric,
    first: MetricValue | None,
    last: MetricValue | None,
    *,
    reason: str,
) -> Change:
    values = [value.value if value else None for value in (first, last)]
    return Change(
        metric=metric,
        before=first,
        after=last,
        value=None if values[0] is None or values[1] is None else values[1] - values[0],
        estimate=None,
        word=ChangeWord.CANNOT_TELL,
        reason=reason,
    )
