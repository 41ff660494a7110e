"""How long viewers were shown something: watch time between two moments of a room.

Minutes that a segment tells count with the viewers it tells; the rest of the time with
the room's mean audience. The product's own rule, taken from no source: watch time by
minute is all that is recorded, and a mean audience is what the room as a whole tells.
"""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import valid_sessions
from atalaia.metrics.views.elapsed import MINUTE_S, seconds_between

__all__ = ["with_exposure"]


def with_exposure(rows: ibis.Table, facts: FactSource) -> ibis.Table:
    """Return rows of valid sessions with what was watched in each one's span.

    Args:
        rows: `exposure_id` names each; `shown_from` and `shown_until` bound its span,
            which is cut to the room's time and lasts to its end without the latter.

    Returns:
        The rows with `exposed_s`, `live_s`, `exposed_viewer_s` (null where nobody
        knows the audience) and `room_viewer_s` (null where the session does not say).
    """
    spans = _spans(rows, facts)
    told = _told_by_segments(spans, facts)
    joined = spans.left_join(told, "exposure_id")
    rest_s = joined.exposed_s - joined.told_s.fill_null(0)
    mean = joined.room_viewer_s / joined.live_s
    unseen = ibis.ifelse(rest_s == 0, 0.0, rest_s * mean)
    return joined.mutate(
        exposed_viewer_s=joined.told_viewer_s.fill_null(0) + unseen
    ).select(*rows.columns, "exposed_s", "live_s", "exposed_viewer_s", "room_viewer_s")


def _spans(rows: ibis.Table, facts: FactSource) -> ibis.Table:
    """Cut every span to its room, in seconds since the room opened."""
    rooms = valid_sessions.VIEW.of(facts).select(
        "session_id", "live_s", "opened_at", "room_viewer_s"
    )
    joined = rows.inner_join(rooms, "session_id")
    since = seconds_between(joined.opened_at, joined.shown_from)
    until = seconds_between(joined.opened_at, joined.shown_until)
    cut = joined.mutate(
        since_s=ibis.greatest(since.fill_null(0), 0),
        until_s=ibis.least(until.fill_null(joined.live_s), joined.live_s),
    )
    return cut.mutate(exposed_s=ibis.greatest(cut.until_s - cut.since_s, 0))


def _told_by_segments(spans: ibis.Table, facts: FactSource) -> ibis.Table:
    """Sum the seconds, and viewer-seconds, that segments tell of each span."""
    minutes = facts.table("session_segment")
    known = minutes.filter(minutes.views.notnull()).select(
        "session_id", viewers="views", opens_s=minutes.seq * MINUTE_S
    )
    joined = spans.select("exposure_id", "session_id", "since_s", "until_s").inner_join(
        known, "session_id"
    )
    overlap = joined.mutate(
        shared_s=ibis.greatest(
            ibis.least(joined.until_s, joined.opens_s + MINUTE_S)
            - ibis.greatest(joined.since_s, joined.opens_s),
            0,
        )
    )
    return overlap.group_by("exposure_id").agg(
        told_s=overlap.shared_s.sum(),
        told_viewer_s=(overlap.shared_s * overlap.viewers).sum().cast("float64"),
    )
