"""The slices that moved most: seven days against the seven before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from math import sqrt

from atalaia.domain.errors import QuestionError
from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import metric_of
from atalaia.metrics.change import compare
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.held import once
from atalaia.metrics.question import Question
from atalaia.metrics.source import FactSource
from atalaia.reporting.contents.brief import Mover, Word

__all__ = ["MOVERS", "MOVER_DAYS", "movers"]

METRIC = "M01"
MOVER_DAYS = 7
MOVERS = 3
NO_SLICES = ("unknown", "organic", "*")
CANDIDATES = 6
"""Slices that are compared exactly, out of those whose counts moved most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slice:
    dimension: str
    value: str
    before: float
    after: float

    @property
    def surprise(self) -> float:
        """How far apart two Poisson counts are; only an order to look in."""
        return abs(self.after - self.before) / sqrt(self.after + self.before + 1)


def movers(
    facts: FactSource,
    reference: Reference,
    *,
    market: str | None,
    day: date,
    now: datetime,
) -> tuple[Mover, ...]:
    """Return at most three movers, real changes first; none without penalty facts.

    Where the facts are held, a second call for the same day is remembered.
    """
    found = partial(_found, facts, reference, market=market, day=day, now=now)
    return once(facts, ("movers", market, day, now), found)


def _found(
    facts: FactSource,
    reference: Reference,
    *,
    market: str | None,
    day: date,
    now: datetime,
) -> tuple[Mover, ...]:
    dimensions = ("policy", "agency") if market else ("policy", "agency", "market")
    found = [
        part
        for dimension in dimensions
        for part in _known_slices(facts, dimension, market=market, day=day, now=now)
    ]
    moved = [part for part in found if part.surprise > 0]
    likely = sorted(moved, key=lambda part: part.surprise, reverse=True)[:CANDIDATES]
    told = [
        _mover(part, facts, reference, market=market, day=day, now=now)
        for part in likely
    ]
    return tuple(sorted(told, key=lambda mover: mover.word is not Word.REAL))[:MOVERS]


def _known_slices(
    facts: FactSource, dimension: str, *, market: str | None, day: date, now: datetime
) -> list[_Slice]:
    """Return the slices of a dimension; none where the facts cannot be split by it."""
    try:
        return list(_slices(facts, dimension, market=market, day=day, now=now))
    except QuestionError:
        return []


def _slices(
    facts: FactSource, dimension: str, *, market: str | None, day: date, now: datetime
) -> Iterator[_Slice]:
    answers = [
        evaluate(question, facts, now=now)
        for question in _periods(market=market, day=day, by=(dimension,))
    ]
    if any(answer.origin == "aggregates" for answer in answers):
        # A cell that nobody counted is not a zero: there is nothing to compare with.
        return
    last, first = (
        {row.dims[dimension]: row.value or 0.0 for row in answer.rows}
        for answer in answers
    )
    for value in _named({**last, **first}):
        yield _Slice(
            dimension=dimension,
            value=value,
            before=first.get(value, 0.0),
            after=last.get(value, 0.0),
        )


def _named(values: Iterable[str]) -> list[str]:
    """Leave out what is no slice that somebody could act on."""
    return [value for value in values if value not in NO_SLICES]


def _periods(
    *,
    market: str | None,
    day: date,
    by: tuple[str, ...] = (),
    where: Mapping[str, str] | None = None,
) -> tuple[Question, Question]:
    """Return the question for the last seven days and for the seven before."""
    kept = {**({"market": market} if market else {}), **(where or {})}
    span = timedelta(days=MOVER_DAYS)
    after, before = (
        Question(
            metric=METRIC,
            start=end - span + timedelta(days=1),
            end=end,
            by=by,
            where=kept,
        )
        for end in (day, day - span)
    )
    return after, before


def _mover(
    part: _Slice,
    facts: FactSource,
    reference: Reference,
    *,
    market: str | None,
    day: date,
    now: datetime,
) -> Mover:
    slice_ = {part.dimension: part.value}
    after, before = _periods(market=market, day=day, where=slice_)
    change = compare(before, after, facts, now=now)
    metric = metric_of(METRIC)
    return Mover(
        metric=metric.id,
        name=metric.name,
        unit=metric.unit,
        slice_name=_slice_name(part, reference=reference),
        start=after.start,
        end=after.end,
        before=part.before,
        after=part.after,
        word=Word(change.word.value),
        change_low=change.estimate.low if change.estimate else None,
        change_high=change.estimate.high if change.estimate else None,
    )


def _slice_name(part: _Slice, *, reference: Reference) -> Trilingual:
    if part.dimension == "market" and part.value in reference.markets.codes:
        return reference.markets.of(part.value).name
    if part.dimension == "policy":
        return reference.policies.name(part.value)
    return Trilingual(
        en=f"Agency {part.value}",
        es=f"Agencia {part.value}",
        pt=f"Agência {part.value}",
    )
