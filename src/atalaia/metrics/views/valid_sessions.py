"""Sessions that count: 60 seconds or longer, neither test nor internal."""

from datetime import timedelta

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.elapsed import MINUTE_S, seconds_between
from atalaia.metrics.views.policy_words import known, or_organic
from atalaia.metrics.views.view import View

__all__ = ["LONGEST_OPEN", "ROOM", "VIEW", "without_end"]

SHORTEST_S = 60
ROOM = (
    "session_id",
    "creator_id",
    "market",
    "business_date",
    "agency",
    "language",
    "category",
    "app_version",
)
"""What every view of valid sessions says of them."""
LONGEST_OPEN = timedelta(hours=48)
"""A session without an end that began earlier lost its end: it is not on air."""


def build(facts: FactSource) -> ibis.Table:
    """Build the view; a session on air lasts until it was last heard of.

    One whose end never came, begun more than 48 hours ago, has no known length.
    """
    rows = facts.table("live_session")
    shown = ~rows.is_test.fill_null(False) & ~rows.is_internal.fill_null(False)  # noqa: FBT003 - Ibis' own signature
    return (
        rows.filter(shown)
        .mutate(
            live_s=_lasted(rows, facts),
            agency=or_organic(rows.agency_id),
            language=known(rows.language),
            category=known(rows.category),
            app_version=known(rows.app_version),
            opened_at=rows.started_at,
            closed_at=rows.ended_at,
            room_views=rows.views,
            room_viewer_s=rows.viewer_minutes * MINUTE_S,
        )
        .filter(lambda table: table.live_s >= SHORTEST_S)
        .select(*VIEW.columns)
    )


def without_end(facts: FactSource) -> ibis.Table:
    """Return sessions that have no end, no length, and began too long ago."""
    rows = facts.table("live_session")
    is_endless = rows.duration_s.isnull() & rows.ended_at.isnull()
    return rows.filter(is_endless & ~_may_be_open(rows, facts))


def _lasted(rows: ibis.Table, facts: FactSource) -> ibis.Value:
    told = rows.duration_s.round().cast("int64")
    heard = ibis.ifelse(_may_be_open(rows, facts), rows.ingested_at, ibis.null())
    end = ibis.coalesce(rows.ended_at, heard)
    return ibis.coalesce(told, seconds_between(rows.started_at, end))


def _may_be_open(rows: ibis.Table, facts: FactSource) -> ibis.Value:
    earliest = facts.as_of.replace(microsecond=0) - LONGEST_OPEN
    return rows.started_at >= ibis.literal(earliest, type="timestamp('UTC')")


VIEW = View(
    name="valid_sessions",
    meaning="LIVE sessions of 60 seconds or more, neither test nor internal.",
    needs=("live_session",),
    columns=(
        *ROOM,
        "live_s",
        "opened_at",
        "closed_at",
        "room_views",
        "room_viewer_s",
    ),
    build=build,
    is_day_by_day=True,
    version=3,
)
