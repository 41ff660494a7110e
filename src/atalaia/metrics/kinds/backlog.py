"""What stood open at each period's end: local midnight, or now where it is to come."""

from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.clocks import end_of_day
from atalaia.domain.markets import Market
from atalaia.metrics.catalogue.reasons import NOTHING_COUNTED, TOO_FEW
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.distribution import nearest_rank
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.periods import Period, periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.slices import PERIOD, Key, counted_rows, keyed
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.elapsed import seconds_between

__all__ = ["backlog"]

CUTOFFS = pa.schema(
    {
        PERIOD: pa.date32(),
        "cut_market": pa.string(),
        "cut_at": pa.timestamp("us", tz="UTC"),
    }
)


def backlog(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Return the share of open cases past their deadline, or a percentile of age."""
    names = keyed(metric.numerator, question)
    standing = _standing(metric, facts, question=question)
    grouped = standing.group_by(*names, "age_s", "is_late").agg(
        rows_n=lambda rows: rows.count()
    )
    table = facts.engine.read(grouped).read_all()
    found = dict(parts_by(table, names))
    empty = table.slice(0, 0)
    keys = set(found)
    if not question.by:
        keys |= {(first,) for first in _begun(question, facts)}
    return [_cell(metric, found.get(key, empty), key=key) for key in sorted(keys)]


def _standing(metric: Metric, facts: FactSource, *, question: Question) -> ibis.Table:
    """Return each case that stood open at a period's end, once per such period."""
    asked = frozenset((*question.by, *question.where))
    spells = counted_rows(metric.numerator, facts, asked=asked)
    for name, value in question.where.items():
        spells = spells.filter(spells[name] == value)
    cutoffs = facts.engine.rows(_cutoffs(question, facts))
    joined = spells.inner_join(
        cutoffs,
        [
            spells.market == cutoffs.cut_market,
            spells.started_at <= cutoffs.cut_at,
        ],
    )
    stood = joined.filter(joined.ended_at.isnull() | (joined.ended_at > joined.cut_at))
    return stood.mutate(
        age_s=seconds_between(stood.opened_at, stood.cut_at),
        is_late=(stood.resolve_due_at < stood.cut_at).fill_null(False),  # noqa: FBT003 - Ibis' own signature
    )


def _cutoffs(question: Question, facts: FactSource) -> pa.Table:
    """Return the instant at which each period ends in each market, none to come."""
    rows = [
        (first, market.code, _end(period, market=market, facts=facts))
        for first, period in _periods(question).items()
        for market in facts.reference.markets
        if _has_begun(period, market=market, facts=facts)
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    arrays = [
        pa.array(column, field.type)
        for column, field in zip(columns, CUTOFFS, strict=True)
    ]
    return pa.table(arrays, schema=CUTOFFS)


def _begun(question: Question, facts: FactSource) -> set[date]:
    """Return the periods that had begun anywhere: nobody knows what will be open."""
    return {
        first
        for first, period in _periods(question).items()
        for market in facts.reference.markets
        if _has_begun(period, market=market, facts=facts)
    }


def _periods(question: Question) -> dict[date, Period]:
    return periods_of(question.start, question.end, grain=question.grain)


def _has_begun(period: Period, *, market: Market, facts: FactSource) -> bool:
    eve = period.start - timedelta(days=1)
    return end_of_day(eve, zones=(market.principal_zone,)) <= facts.as_of


def _end(period: Period, *, market: Market, facts: FactSource) -> datetime:
    return min(end_of_day(period.end, zones=(market.principal_zone,)), facts.as_of)


def _cell(metric: Metric, part: pa.Table, *, key: Key) -> Cell:
    mass = part["rows_n"].to_numpy().astype(float)
    n = int(mass.sum())
    late = int(pc.sum(part.filter(part["is_late"])["rows_n"]).as_py() or 0)
    value = _value(metric, part, mass=mass, late=late, n=n) if n else None
    reason = None if n else NOTHING_COUNTED
    if 0 < n < metric.min_n:
        value, reason = None, TOO_FEW
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=late,
        denominator=n,
        value=None if value is None else value * metric.scale,
        n=n,
        reason=reason,
    )


def _value(
    metric: Metric,
    part: pa.Table,
    *,
    mass: np.ndarray[tuple[int], np.dtype[np.float64]],
    late: int,
    n: int,
) -> float | None:
    if metric.quantile is None:
        return late / n
    age = part["age_s"].to_numpy().astype(float)
    return nearest_rank(age, mass, needed=metric.quantile * n)
