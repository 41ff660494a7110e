"""Penalties with what became of them: appealed, decided, overturned, time lost."""

from datetime import UTC, datetime

import ibis

from atalaia.domain.codes import AppealResult
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import penalties
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.ladder import ladder
from atalaia.metrics.views.last_appeals import FOR_CREATOR, last_appeals
from atalaia.metrics.views.policy_words import known
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OF_APPEAL = (
    "channel",
    "has_appeal",
    "is_decided",
    "is_for_creator",
    "is_overturned",
)


def build(facts: FactSource) -> ibis.Table:
    """Build the view: each penalty with its last appeal, if there is one."""
    rows = penalties.VIEW.of(facts)
    appeals = last_appeals(facts).select(
        "penalty_id", "channel", "result", "submitted_at", "is_counted"
    )
    rungs = ladder(facts)
    joined = rows.left_join(appeals, "penalty_id").left_join(
        rungs, rows.code == rungs.ladder_code
    )
    has_appeal = joined.submitted_at.notnull()
    result = ibis.ifelse(joined.is_counted, joined.result, None).fill_null(
        AppealResult.PENDING.value
    )
    told = joined.mutate(
        channel=known(ibis.ifelse(joined.is_counted, joined.channel, None)),
        has_appeal=has_appeal,
        is_decided=result != AppealResult.PENDING.value,
        is_for_creator=result.isin(FOR_CREATOR),
        is_overturned=result == AppealResult.OVERTURNED.value,
        alone_s=_lost_s(joined),
    )
    once = _once(told)
    return once.mutate(took_live_time=once.lost_s > 0).select(*VIEW.columns)


def _lost_s(rows: ibis.Table) -> ibis.Value:
    """LIVE time that a reversed suspension took, capped at what was planned.

    A reversal without a moment of its own lost nothing known.
    """
    served = seconds_between(rows.started_at, rows.ended_at)
    planned = seconds_between(rows.started_at, rows.planned_end_at)
    capped = ibis.ifelse(planned < served, planned, served)
    lost = ibis.ifelse(planned.isnull(), served, capped)
    is_known = rows.stops_live & rows.is_reversed & (lost > 0)
    return ibis.ifelse(is_known.fill_null(False), lost, 0)  # noqa: FBT003 - Ibis' own signature


def _once(rows: ibis.Table) -> ibis.Table:
    """Count time once where suspensions of one creator on one day overlap.

    A suspended creator has no later session to be suspended for.
    """
    began = seconds_between(
        ibis.literal(EPOCH, type="timestamp('UTC')"), rows.started_at
    )
    until = ibis.ifelse(rows.alone_s > 0, began + rows.alone_s, None)
    timed = rows.mutate(
        began=began, until=until, whose=ibis.coalesce(rows.creator_id, rows.penalty_id)
    )
    before = ibis.window(
        group_by=["whose", "business_date"],
        order_by=["started_at", "penalty_id"],
        preceding=(None, 1),
    )
    marked = timed.mutate(lost_until=timed.until.max().over(before))
    fresh = ibis.greatest(marked.began, marked.lost_until.fill_null(0))
    lost = ibis.greatest(marked.until - fresh, 0)
    return marked.mutate(lost_s=lost.fill_null(0))


VIEW = View(
    name="penalty_outcomes",
    meaning="Penalties with their last appeal and the LIVE time they wrongly took.",
    needs=("penalty",),
    over=("penalties",),
    columns=(*penalties.VIEW.columns, *OF_APPEAL, "lost_s", "took_live_time"),
    build=build,
    is_day_by_day=True,
    version=3,
)
