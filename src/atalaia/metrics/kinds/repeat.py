"""Cohorts from their first incident: who does it again within the reach.

A creator was watched until the last day that arrived whole: whoever says nothing after
the facts end did not behave, but was not seen.
"""

from datetime import timedelta

import ibis
import numpy as np
import pyarrow as pa

from atalaia.estimation.estimators.kaplan_meier import cumulative_incidence
from atalaia.metrics.arrival import needed_tables
from atalaia.metrics.catalogue.reasons import TOO_FEW
from atalaia.metrics.coverage import coverage, end_of_day
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, keyed, scoped
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.elapsed import seconds_between

__all__ = ["repeat"]

DAY_S = 86_400


def repeat(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Estimate the share who repeat within `reach_days`, censored creators kept."""
    names = keyed(metric.numerator, question)
    rows = scoped(metric.numerator, facts, question=question)
    first = ibis.window(
        group_by=[*names, "creator_id", "policy_l1"],
        order_by=["incident_started_at", "incident_id"],
    )
    index = rows.mutate(turn=ibis.row_number().over(first))
    index = _watched(index.filter(index.turn == 0), facts, question, metric=metric)
    per_creator = index.group_by(*names, "creator_id").agg(
        next_s=index.next_s.min(), followed_s=index.followed_s.max()
    )
    table = facts.engine.read(per_creator).read_all()
    return [_cell(metric, part, key=key) for key, part in parts_by(table, names)]


def _watched(
    rows: ibis.Table, facts: FactSource, question: Question, *, metric: Metric
) -> ibis.Table:
    """End the watch with the last whole day of the market's coverage."""
    reach = question.end + timedelta(days=metric.reach_days)
    seen = coverage(
        facts,
        tables=needed_tables(metric),
        start=question.start,
        end=max(question.end, min(reach, facts.as_of.date())),
    )
    ends = [
        (
            rows.market == market,
            ibis.literal(
                end_of_day(max(days), market=market, facts=facts),
                type="timestamp('UTC')",
            ),
        )
        for market, days in seen.whole.items()
        if days
    ]
    started = rows.incident_started_at
    watched = ibis.cases(*ends, else_=started) if ends else started
    watched_s = seconds_between(started, watched)
    followed = ibis.ifelse(watched_s < rows.followed_s, watched_s, rows.followed_s)
    return rows.mutate(followed_s=followed)


def _cell(metric: Metric, part: pa.Table, *, key: Key) -> Cell:
    horizon = metric.reach_days * DAY_S
    wait = part["next_s"].to_numpy().astype(float)
    followed = part["followed_s"].to_numpy().astype(float)
    # What happened after the watch ended is known of some days only.
    again = ~np.isnan(wait) & (wait <= horizon) & (wait <= followed)
    lasted = np.where(again, wait, np.clip(followed, 0, None))
    estimate = cumulative_incidence(lasted, again, by=horizon)
    is_enough = len(wait) >= metric.min_n
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=int(again.sum()),
        denominator=len(wait),
        value=estimate.value if is_enough else None,
        n=len(wait),
        estimate=estimate,
        reason=(estimate.reason if is_enough else TOO_FEW)
        if estimate.value is None or not is_enough
        else None,
    )
