"""Cohorts from their first incident: who does it again within the reach."""

import ibis
import numpy as np
import pyarrow as pa

from atalaia.estimation.estimators.kaplan_meier import cumulative_incidence
from atalaia.metrics.catalogue.reasons import TOO_FEW
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key, keyed, scoped
from atalaia.metrics.source import FactSource

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
    index = index.filter(index.turn == 0)
    per_creator = index.group_by(*names, "creator_id").agg(
        next_s=index.next_s.min(), followed_s=index.followed_s.max()
    )
    table = facts.engine.read(per_creator).read_all()
    return [_cell(metric, part, key=key) for key, part in parts_by(table, names)]


def _cell(metric: Metric, part: pa.Table, *, key: Key) -> Cell:
    horizon = metric.reach_days * DAY_S
    wait = part["next_s"].to_numpy().astype(float)
    followed = part["followed_s"].to_numpy().astype(float)
    again = ~np.isnan(wait) & (wait <= horizon)
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
