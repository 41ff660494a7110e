"""A metric's whole cut into parts that do not overlap and leave nothing out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import ibis

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.metric import Kind, Method, Metric
from atalaia.metrics.question import Question, checked
from atalaia.metrics.slices import fetched, scoped
from atalaia.metrics.source import FactSource
from atalaia.metrics.stored_cube import StoredCube

__all__ = ["Part", "is_divisible", "parts"]

Slice = tuple[str, ...]
WHOLE = (
    Method.ALPHA,
    Method.REPEAT,
    Method.FIRST_TIME,
    Method.MISSES,
    Method.WRONG_ACTIONS,
    Method.SEEN_VIEWS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one slice adds to the whole's numerator and denominator."""

    above: float
    below: float | None


def is_divisible(metric: Metric) -> bool:
    """Whether the metric is a sum over slices, or a quotient of two such sums."""
    kinds = (Kind.ADDITIVE, Kind.PEOPLE, Kind.SAMPLED)
    return metric.kind in kinds and metric.method not in WHOLE


def parts(
    question: Question,
    facts: FactSource,
    *,
    along: tuple[str, ...],
    now: datetime,
    cube: StoredCube | None = None,
) -> Mapping[Slice, Part]:
    """Return the parts of the question's one value along some dimensions.

    People may be seen in several slices of a period; each is put where they were last
    active, so that the parts are people too and add up to the whole.
    """
    metric = checked(
        question, markets=facts.reference.markets, definitions=facts.definitions
    )
    is_of_people = metric.kind is Kind.PEOPLE and metric.denominator is not None
    if is_of_people and not _is_counted(question, facts, now=now):
        return _people(metric, facts, question, along=along)
    answer = evaluate(replace(question, by=along), facts, now=now, cube=cube)
    return {
        tuple(row.dims[name] for name in along): Part(
            above=row.numerator, below=row.denominator
        )
        for row in answer.rows
    }


def _is_counted(question: Question, facts: FactSource, *, now: datetime) -> bool:
    """Whether an analyst's cells answer, so that nobody can be told apart."""
    if not facts.has_rows("aggregate"):
        return False
    return evaluate(question, facts, now=now).origin == "aggregates"


def _people(
    metric: Metric, facts: FactSource, question: Question, *, along: tuple[str, ...]
) -> Mapping[Slice, Part]:
    asked = replace(question, by=along)
    days = scoped(metric.denominator or metric.numerator, facts, question=asked)
    last_first = [ibis.desc("business_date"), *along]
    turn = ibis.row_number().over(group_by="creator_id", order_by=last_first)
    home = days.mutate(turn=turn).filter(lambda rows: rows.turn == 0)
    counted = scoped(metric.numerator, facts, question=question)
    named = counted.select("creator_id").distinct().mutate(is_counted=True)
    joined = home.select("creator_id", *along).left_join(named, "creator_id")
    grouped = joined.group_by(*along).agg(
        below=joined.count(), above=joined.is_counted.count()
    )
    return {
        tuple(row[name] for name in along): Part(above=row["above"], below=row["below"])
        for row in fetched(grouped, facts)
    }
