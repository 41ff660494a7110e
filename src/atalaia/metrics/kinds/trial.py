"""What a randomised programme did: incidents per creator assigned, arm against arm."""

from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.estimation.effects.difference import difference_in_means
from atalaia.estimation.effects.trial import Trial
from atalaia.metrics.arrival import needed_tables
from atalaia.metrics.catalogue.education_reasons import (
    FACTS_END_EARLY,
    NOT_RANDOMISED,
    TRIAL_NOT_OVER,
)
from atalaia.metrics.catalogue.reasons import TOO_FEW
from atalaia.metrics.coverage import coverage, end_of_day
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.instants import in_utc
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, keyed, scoped
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.trial_outcomes import WINDOW_DAYS

__all__ = ["SEED", "trial"]

SEED = 46
"""Of the assignments drawn where they are too many to list: the same facts give the
same interval."""
NEAR_DAYS = WINDOW_DAYS + 8
"""Incidents that can count lie this near: an incident is kept on its session's day, a
session lasts a week at most, and clocks differ by a day."""
FEEDS = ("live_session", "moderation_decision")
"""Without which no incident can be told, beside what the metric itself needs."""
COLUMNS = (
    "market",
    "cluster",
    "assigned_at",
    "is_treated",
    "is_by_chance",
    "after",
    "before_n",
)


def trial(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Estimate treated - held out for every cell, everybody in the arm assigned."""
    measure = metric.numerator
    names = keyed(measure, question)
    near = facts.between(
        question.start, question.end, lookback_days=NEAR_DAYS, reach_days=NEAR_DAYS
    )
    rows = scoped(measure, near, question=question)
    # The order of rows decides the last digit of a sum: the same on every engine.
    chosen = rows.mutate(after=rows[measure.column]).order_by("programme", "creator_id")
    columns = dict.fromkeys((*names, *COLUMNS))
    table = facts.engine.read(chosen.select(*columns)).read_all()
    return [
        _cell(metric, part, facts=facts, key=key)
        for key, part in parts_by(table, names)
    ]


def _cell(metric: Metric, part: pa.Table, *, facts: FactSource, key: Key) -> Cell:
    is_by_chance = part["is_by_chance"].combine_chunks()
    kept = part.filter(is_by_chance)
    after = _numbers(kept["after"])
    is_treated = kept["is_treated"].to_numpy().astype(bool)
    estimate = difference_in_means(
        Trial(
            outcomes=after,
            is_treated=is_treated,
            clusters=kept["cluster"].to_numpy().astype(str),
            before=_numbers(kept["before_n"]),
        ),
        rng=np.random.default_rng(SEED),
    )
    reason = _why_none(metric, kept, facts=facts)
    if reason is None and estimate.value is None:
        reason = estimate.reason
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=float(after[is_treated].sum()),
        denominator=None,
        value=None if reason else estimate.value,
        n=len(kept) or len(part),
        estimate=None if reason else estimate,
        reason=reason,
    )


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    numbers: npt.NDArray[np.float64] = column.to_numpy().astype(float)
    return numbers


def _why_none(metric: Metric, kept: pa.Table, *, facts: FactSource) -> str | None:
    if not len(kept):
        return NOT_RANDOMISED
    last = in_utc(pc.max(kept["assigned_at"]).as_py())
    if last + timedelta(days=metric.maturity_days) > facts.as_of:
        return TRIAL_NOT_OVER
    if not all(
        _was_watched(metric, facts, market=market, last=last)
        for market in pc.unique(kept["market"]).to_pylist()
    ):
        return FACTS_END_EARLY
    return TOO_FEW if len(kept) < metric.min_n else None


def _was_watched(
    metric: Metric, facts: FactSource, *, market: str, last: datetime
) -> bool:
    """Whether whole days of the market's feeds go on past all that counts.

    A creator of whom nothing arrives any more did not behave, but was not seen.
    """
    until = last + timedelta(days=metric.reach_days)
    seen = coverage(
        facts,
        tables=(*FEEDS, *needed_tables(metric)),
        start=last.date(),
        end=(last + timedelta(days=metric.maturity_days)).date(),
    )
    days = seen.whole.get(market, frozenset())
    return any(end_of_day(day, market=market, facts=facts) >= until for day in days)
