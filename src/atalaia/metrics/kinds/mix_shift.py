"""How far the mix of sources moved against the days before.

It is an effect and no state: one period held against another, so that nothing of it
adds up over days, markets or creators.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from atalaia.estimation.effects.mix_distance import mix_distance
from atalaia.metrics.arrival import needed_tables
from atalaia.metrics.catalogue.reasons import BASE_NOT_WHOLE, TOO_FEW
from atalaia.metrics.coverage import Coverage, coverage
from atalaia.metrics.held import once
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.periods import Period, periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, scoped
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.source_mixes import MIX

__all__ = ["base_of", "mix_shift"]

SEED = 52
"""Of the draws behind the interval: the same facts give the same interval."""
LATER, EARLIER = "later_", "earlier_"
Floats = npt.NDArray[np.float64]


def mix_shift(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Measure the distance of every period's mix from that of its base."""
    periods = periods_of(question.start, question.end, grain=question.grain)
    start = min(base_of(period).start for period in periods.values())
    widest = replace(question, start=start, grain="period")
    tables = needed_tables(metric)
    mixes = _Mixes(
        metric=metric,
        facts=facts,
        question=question,
        rooms=_rooms(metric, facts, question=widest),
        seen=coverage(facts, tables=tables, start=start, end=question.end),
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
    """What is asked, and sessions by day, slice and creator, a column a source."""

    metric: Metric
    facts: FactSource
    question: Question
    rooms: ibis.Table
    seen: Coverage

    def of(self, period: Period) -> pa.Table:
        """Return a row a slice and creator: entries by source, later and earlier."""
        base = base_of(period)
        is_later, is_earlier = (_within(self.rooms, each) for each in (period, base))
        rows = self.rooms.filter(is_later | is_earlier)
        sums = {
            side + name: rows[name].sum(where=_within(rows, days)).fill_null(0)
            for side, days in ((LATER, period), (EARLIER, base))
            for name in MIX
        }
        grouped = rows.group_by(*self.question.by, "creator_id").agg(**sums)
        told = grouped.select(*self.question.by, *sums)
        return self.facts.engine.read(told).read_all()


def _within(rows: ibis.Table, days: Period) -> ibis.Value:
    day = rows.business_date
    return day.between(ibis.literal(days.start), ibis.literal(days.end))


def _cells(mixes: _Mixes, *, period: Period, first: date) -> list[Cell]:
    rows, by = mixes.of(period), mixes.question.by
    share, _ = mixes.seen.share(base_of(period), market=None)
    caveats = () if share is not None and share >= 1 else (BASE_NOT_WHOLE,)
    parts = parts_by(rows, by) if by else [((), rows)]
    return [
        _cell(mixes.metric, part, key=(first, *key), caveats=caveats)
        for key, part in parts
    ]


def _rooms(metric: Metric, facts: FactSource, *, question: Question) -> ibis.Table:
    """Return the sessions' entries by slice and creator, worked out once a question.

    Weeks are each other's bases, and months share days with theirs. Rows stay as they
    come, day after day, so that a period's are found without reading the rest.
    """
    narrowed = facts.between(question.start, question.end)
    rows = scoped(metric.numerator, narrowed, question=question)
    told = rows.select("business_date", *question.by, "creator_id", *MIX)
    key = ("mix", metric.numerator.name, question.scope)
    return once(facts, key, partial(facts.engine.kept, told))


def _cell(
    metric: Metric, rows: pa.Table, *, key: Key, caveats: tuple[str, ...]
) -> Cell:
    before, after = (_amounts(rows, side) for side in (EARLIER, LATER))
    n = int(after.sum())
    estimate = mix_distance(before, after, rng=np.random.default_rng(SEED))
    is_enough = min(n, int(before.sum())) >= metric.min_n
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


def _amounts(rows: pa.Table, side: str) -> Floats:
    """Return a period's entries, creators x sources."""
    columns = [rows[side + name].to_numpy().astype(np.float64) for name in MIX]
    return np.column_stack(columns)
