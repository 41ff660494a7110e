"""What a randomised programme did: an outcome of those assigned, arm against arm.

A metric without a denominator is a mean a creator; with one, each arm's quotient.
"""

from datetime import datetime, timedelta

import ibis
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
    ROOMS_END_EARLY,
    TRIAL_NOT_OVER,
    TRIAL_STILL_RUNS,
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
WAIT_DAYS = 14
"""Of whole days past all that counts, any one shows that the feeds went on."""
ROOMS, PENALTIES = "live_session", "penalty"
FEEDS = (ROOMS, "moderation_decision")
"""Without which no incident can be told, beside what the metric itself needs."""
COLUMNS = ("market", "cluster", "assigned_at", "is_treated", "is_by_chance")


def trial(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Estimate treated - held out for every cell, everybody in the arm assigned."""
    measure = metric.numerator
    names = keyed(measure, question)
    near = facts.between(
        question.start, question.end, lookback_days=NEAR_DAYS, reach_days=NEAR_DAYS
    )
    rows = scoped(measure, near, question=question)
    # The order of rows decides the last digit of a sum: the same on every engine.
    in_order = rows.order_by("programme", "creator_id")
    columns = dict.fromkeys((*names, *COLUMNS))
    table = facts.engine.read(in_order.select(*columns, **_amounts(metric, rows)))
    return [
        _cell(metric, part, facts=facts, key=key)
        for key, part in parts_by(table.read_all(), names)
    ]


def _amounts(metric: Metric, rows: ibis.Table) -> dict[str, ibis.Value]:
    """Return the outcome, and what it is counted over, after and before."""
    sides = {"outcome": metric.numerator, "exposure": metric.denominator}
    return {
        f"{side}_{when}": rows[str(measure.column).replace("after", when, 1)]
        for side, measure in sides.items()
        if measure is not None
        for when in ("after", "before")
    }


def _cell(metric: Metric, part: pa.Table, *, facts: FactSource, key: Key) -> Cell:
    is_by_chance = part["is_by_chance"].combine_chunks()
    kept = part.filter(is_by_chance)
    is_treated = kept["is_treated"].to_numpy().astype(bool)
    estimate = difference_in_means(
        _trial(metric, kept, is_treated=is_treated), rng=np.random.default_rng(SEED)
    )
    reason = _why_none(metric, kept, facts=facts)
    if reason is None and estimate.value is None:
        reason = estimate.reason
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=float(_numbers(kept["outcome_after"])[is_treated].sum()),
        denominator=None,
        value=None if reason else estimate.value,
        n=len(kept) or len(part),
        estimate=None if reason else estimate,
        reason=reason,
    )


def _trial(
    metric: Metric, kept: pa.Table, *, is_treated: npt.NDArray[np.bool_]
) -> Trial:
    has_exposures = metric.denominator is not None
    return Trial(
        outcomes=metric.scale * _numbers(kept["outcome_after"]),
        is_treated=is_treated,
        clusters=kept["cluster"].to_numpy().astype(str),
        before=metric.scale * _numbers(kept["outcome_before"]),
        exposures=_numbers(kept["exposure_after"]) if has_exposures else None,
        exposures_before=_numbers(kept["exposure_before"]) if has_exposures else None,
    )


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    numbers: npt.NDArray[np.float64] = column.to_numpy().astype(float)
    return numbers


def _why_none(metric: Metric, kept: pa.Table, *, facts: FactSource) -> str | None:
    if not len(kept):
        return NOT_RANDOMISED
    counts_penalties = PENALTIES in needed_tables(metric)
    last = in_utc(pc.max(kept["assigned_at"]).as_py())
    if last + timedelta(days=metric.maturity_days) > facts.as_of:
        waits = metric.maturity_days > metric.reach_days
        return TRIAL_NOT_OVER if waits else TRIAL_STILL_RUNS
    feeds = FEEDS if counts_penalties else (ROOMS,)
    if not all(
        _was_watched(metric, facts, market=market, last=last, feeds=feeds)
        for market in pc.unique(kept["market"]).to_pylist()
    ):
        return FACTS_END_EARLY if counts_penalties else ROOMS_END_EARLY
    return TOO_FEW if len(kept) < metric.min_n else None


def _was_watched(
    metric: Metric,
    facts: FactSource,
    *,
    market: str,
    last: datetime,
    feeds: tuple[str, ...],
) -> bool:
    """Whether whole days of the market's feeds go on past all that counts.

    A creator of whom nothing arrives any more did not behave, but was not seen.
    """
    until = last + timedelta(days=metric.reach_days)
    seen = coverage(
        facts,
        tables=(*feeds, *needed_tables(metric)),
        start=last.date(),
        end=(until + timedelta(days=WAIT_DAYS)).date(),
    )
    days = seen.whole.get(market, frozenset())
    return any(end_of_day(day, market=market, facts=facts) >= until for day in days)
