"""How far the mix of sources moved against the days before.

It is an effect and no state: one period held against another, so that nothing of it
adds up over days, markets or creators.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import ibis
import numpy as np
import pyarrow as pa

from atalaia.estimation.effects.mix_distance import Mix, mix_distance
from atalaia.metrics.arrival import needed_tables
from atalaia.metrics.catalogue.reasons import BASE_NOT_WHOLE, TOO_FEW
from atalaia.metrics.coverage import coverage
from atalaia.metrics.held import once
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.tables import parts_by, places
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
    start = min(base_of(period).start for period in periods.values())
    mixes = _Mixes(
        metric=metric,
        facts=facts,
        question=question,
        days=_by_day(metric, facts, question=replace(question, start=start)),
    )
    return [
        cell
        for first, period in periods.items()
        for cell in _cells(mixes, period=period, first=first)
    ]


def base_of(period: Period) -> Period:
    """Return the days to hold a period against: as many, on the same week days.

    >>> base_of(Period(date(2026, 7, 6), date(2026, 7, 15))).start
    datetime.date(2026, 6, 22)
    """
    length = (period.end - period.start).days + 1
    back = timedelta(weeks=-(-length // 7))
    return Period(period.start - back, period.end - back)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mixes:
    """What is asked, and entries by day, slice, source and creator."""

    metric: Metric
    facts: FactSource
    question: Question
    days: ibis.Table

    def of(self, period: Period) -> pa.Table:
        """Return a period's entries by slice, source and creator."""
        day = self.days.business_date
        rows = self.days.filter(
            day >= ibis.literal(period.start), day <= ibis.literal(period.end)
        )
        grouped = rows.group_by(*self.question.by, CLASS, UNIT).agg(
            amount=rows.amount.sum()
        )
        return self.facts.engine.read(grouped).read_all()


def _cells(mixes: _Mixes, *, period: Period, first: date) -> list[Cell]:
    question, base = mixes.question, base_of(period)
    later, earlier = _coded(mixes.of(period), mixes.of(base))
    is_whole = _is_whole(mixes.metric, mixes.facts, base)
    caveats = () if is_whole else (BASE_NOT_WHOLE,)
    before, after = (dict(parts_by(rows, question.by)) for rows in (earlier, later))
    none = later.slice(0, 0)
    keys = sorted(before.keys() | after.keys()) if question.by else [()]
    return [
        _cell(
            mixes.metric,
            *(_mix(found.get(key, none)) for found in (before, after)),
            key=(first, *key),
            caveats=caveats,
        )
        for key in keys
    ]


def _by_day(metric: Metric, facts: FactSource, *, question: Question) -> ibis.Table:
    """Return entries by day, slice, source and creator, worked out once.

    Weeks are each other's bases, and months share days with theirs.
    """
    measure = metric.numerator
    narrowed = facts.between(question.start, question.end)
    asked = replace(question, grain="period")
    rows = scoped(measure, narrowed, question=asked)
    grouped = rows.group_by("business_date", *question.by, CLASS, UNIT).agg(
        amount=measure.total(rows)
    )
    key = ("mix", measure.name, asked.scope)
    return once(facts, key, partial(facts.engine.kept, grouped))


def _coded(*tables: pa.Table) -> Iterator[pa.Table]:
    """Put numbers in place of the names of sources and creators, the same in all."""
    together = pa.concat_tables(tables).combine_chunks()
    for name in (CLASS, UNIT):
        codes, _ = places(together[name].combine_chunks())
        where = together.column_names.index(name)
        together = together.set_column(where, name, pa.array(codes))
    begun = 0
    for table in tables:
        yield together.slice(begun, len(table))
        begun += len(table)


def _mix(rows: pa.Table) -> Mix:
    return Mix(
        amounts=rows["amount"].to_numpy(),
        classes=rows[CLASS].to_numpy(),
        clusters=rows[UNIT].to_numpy(),
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
