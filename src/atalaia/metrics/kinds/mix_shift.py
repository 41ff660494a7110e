"""How far the mix of sources moved against the days before.

It is an effect and no state: one period held against another, so that nothing of it
adds up over days, markets or creators.
"""

from datetime import date, timedelta
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.estimation.effects.mix_distance import Mix, mix_distance
from atalaia.metrics.arrival import needed_tables
from atalaia.metrics.catalogue.reasons import BASE_NOT_WHOLE, TOO_FEW
from atalaia.metrics.coverage import coverage
from atalaia.metrics.held import once
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.metric import Metric
from atalaia.metrics.periods import Period, periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, scoped
from atalaia.metrics.source import FactSource

__all__ = ["base_of", "mix_shift"]

SEED = 52
"""Of the draws behind the interval: the same facts give the same interval."""
CLASS, UNIT = "traffic_source", "creator_id"


def mix_shift(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Measure the distance of every period's mix from that of its base."""
    periods = periods_of(question.start, question.end, grain=question.grain)
    return [
        cell
        for first, period in periods.items()
        for cell in _cells(metric, facts, question=question, period=period, first=first)
    ]


def base_of(period: Period) -> Period:
    """Return the days to hold a period against: as many, on the same week days.

    >>> base_of(Period(date(2026, 7, 6), date(2026, 7, 15))).start
    datetime.date(2026, 6, 22)
    """
    length = (period.end - period.start).days + 1
    back = timedelta(weeks=-(-length // 7))
    return Period(period.start - back, period.end - back)


def _cells(
    metric: Metric,
    facts: FactSource,
    *,
    question: Question,
    period: Period,
    first: date,
) -> list[Cell]:
    base = base_of(period)
    later, earlier = (
        _amounts(metric, facts, question=question, period=days)
        for days in (period, base)
    )
    caveats = () if _is_whole(metric, facts, base) else (BASE_NOT_WHOLE,)
    cells = []
    for key in _keys(question, later, earlier):
        before, after = (
            _of(rows, question=question, key=key) for rows in (earlier, later)
        )
        cells.append(_cell(metric, before, after, key=(first, *key), caveats=caveats))
    return cells


def _amounts(
    metric: Metric, facts: FactSource, *, question: Question, period: Period
) -> pa.Table:
    """Return entries by creator and source, in the slices of the question."""
    measure, by = metric.numerator, question.by
    key = ("mix", measure.name, by, period, tuple(sorted(question.where.items())))
    asked = Question(
        metric=metric.id,
        start=period.start,
        end=period.end,
        by=by,
        where=question.where,
    )
    narrowed = facts.between(period.start, period.end)
    rows = scoped(measure, narrowed, question=asked)
    grouped = rows.group_by(*by, CLASS, UNIT).agg(amount=measure.total(rows))
    work = partial(_read, grouped, facts)
    return once(facts, key, work)


def _read(grouped: pa.Table, facts: FactSource) -> pa.Table:
    return facts.engine.read(grouped).read_all()


def _keys(question: Question, *tables: pa.Table) -> list[Key]:
    """Return every slice that either period names; the whole, where none is asked."""
    if not question.by:
        return [()]
    names = list(question.by)
    found = {
        tuple(row[name] for name in names)
        for table in tables
        for row in table.select(names).group_by(names).aggregate([]).to_pylist()
    }
    return sorted(found)


def _of(rows: pa.Table, *, question: Question, key: Key) -> Mix:
    mine = pa.array(np.ones(len(rows), dtype=bool))
    for name, value in zip(question.by, key, strict=True):
        mine = pc.and_(mine, pc.equal(rows[name].combine_chunks(), value))
    part = rows.filter(mine)
    return Mix(
        amounts=part["amount"].to_numpy(),
        classes=part[CLASS].to_numpy().astype(str),
        clusters=part[UNIT].to_numpy().astype(str),
    )


def _cell(
    metric: Metric, before: Mix, after: Mix, *, key: Key, caveats: tuple[str, ...]
) -> Cell:
    n = int(np.sum(after.amounts))
    estimate = mix_distance(before, after, rng=np.random.default_rng(SEED))
    is_enough = min(n, int(np.sum(before.amounts))) >= metric.min_n
    value = estimate.value if is_enough else None
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=estimate.value or 0.0,
        denominator=None,
        value=value,
        n=n,
        estimate=estimate if is_enough else None,
        reason=None if value is not None else estimate.reason or TOO_FEW,
        caveats=caveats,
    )


def _is_whole(metric: Metric, facts: FactSource, base: Period) -> bool:
    tables = needed_tables(metric)
    seen = coverage(facts, tables=tables, start=base.start, end=base.end)
    share, _ = seen.share(base, market=None)
    return share is not None and share >= 1
