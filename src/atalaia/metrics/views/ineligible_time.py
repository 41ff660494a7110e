"""How long valid sessions were kept off the For You feed, no second counted twice."""

import ibis

from atalaia.domain.codes import PenaltyCode
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import valid_sessions
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.penalties import real_penalties
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row a penalty, with the seconds that it alone took.

    The room is kept off from the penalty's start to its end, or to the room's. Where
    several run at once, the first to start has the seconds they share.
    """
    rows = real_penalties(facts)
    flagged = rows.filter(rows.code == PenaltyCode.FYF_INELIGIBLE.value).select(
        "penalty_id",
        "session_id",
        flagged_at=rows.started_at,
        freed_at=_freed_at(rows),
    )
    sessions = valid_sessions.VIEW.of(facts)
    return _once(_within(sessions.inner_join(flagged, "session_id"))).select(
        *VIEW.columns
    )


def _freed_at(rows: ibis.Table) -> ibis.Value:
    """When the room was let back; a reversal without a moment took nothing known."""
    planned = ibis.ifelse(rows.is_reversed, rows.started_at, rows.planned_end_at)
    return ibis.coalesce(rows.ended_at, planned)


def _within(rows: ibis.Table) -> ibis.Table:
    """Cut what ran before the room opened or after it closed."""
    since = seconds_between(rows.opened_at, rows.flagged_at)
    until = seconds_between(rows.opened_at, rows.freed_at)
    return rows.mutate(
        since_s=ibis.ifelse(since > 0, since, 0),
        until_s=ibis.ifelse(until < rows.live_s, until, rows.live_s),
    ).filter(lambda table: table.until_s > table.since_s)


def _once(rows: ibis.Table) -> ibis.Table:
    """Leave each second to the first penalty that takes it."""
    before = ibis.window(
        group_by="session_id",
        order_by=["since_s", "penalty_id"],
        preceding=(None, 1),
    )
    marked = rows.mutate(taken_until_s=rows.until_s.max().over(before).fill_null(0))
    fresh = ibis.greatest(marked.since_s, marked.taken_until_s)
    return marked.mutate(ineligible_s=ibis.greatest(marked.until_s - fresh, 0))


VIEW = View(
    name="ineligible_time",
    meaning="Seconds that valid sessions were kept off the For You feed.",
    needs=("penalty", "live_session"),
    over=("valid_sessions",),
    columns=(*valid_sessions.ROOM, "penalty_id", "ineligible_s"),
    build=build,
    is_day_by_day=True,
)
