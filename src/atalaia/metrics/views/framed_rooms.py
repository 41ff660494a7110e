"""All valid sessions by first-level policy: acted on in time, or let pass.

A unit is a valid session and a first-level policy. It is enforced where an incident of
that policy was acted on before the room closed; a room nobody acted on by then has
passed, and so has one that was acted on later.
"""

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions, valid_sessions
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.policy_words import UNKNOWN
from atalaia.metrics.views.view import View

__all__ = ["VIEW", "in_time"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; a room is counted with the first of its units.

    Its views are `views` once, and once more with every unit as `unit_views`.
    """
    rooms = valid_sessions.VIEW.of(facts)
    units = _units(facts, rooms)
    passed = rooms.anti_join(units, "session_id")
    return _enforced(rooms, units).union(_passed(passed))


def in_time(rows: ibis.Table) -> ibis.Value:
    """Whether each row's incident was first acted on before its room closed."""
    after_s = seconds_between(rows.opened_at, rows.incident_started_at)
    return ibis.ifelse(
        rows.closed_at.notnull(),
        rows.incident_started_at <= rows.closed_at,
        after_s <= rows.live_s,
    )


def _units(facts: FactSource, rooms: ibis.Table) -> ibis.Table:
    """Return a row a session and policy acted on before the room closed."""
    rows = enforced_decisions.VIEW.of(facts)
    # An incident is named by its first action.
    first = rows.filter(rows.decision_id == rows.incident_id).select(
        "session_id", "domain", "policy_l1", "incident_started_at"
    )
    joined = first.inner_join(rooms, "session_id")
    return (
        joined.filter(in_time(joined))
        .group_by("session_id", "domain", "policy_l1")
        .agg(incidents_n=lambda table: table.count())
    )


def _enforced(rooms: ibis.Table, units: ibis.Table) -> ibis.Table:
    in_room = ibis.window(group_by="session_id", order_by="policy_l1")
    in_domain = ibis.window(group_by=["session_id", "domain"], order_by="policy_l1")
    joined = units.inner_join(rooms, "session_id")
    is_first = ibis.row_number().over(in_room) == 0
    return _as_population(
        joined.mutate(
            rooms_n=is_first.cast("int64"),
            domain_rooms_n=(ibis.row_number().over(in_domain) == 0).cast("int64"),
            views=ibis.ifelse(is_first, joined.room_views, 0),
            unit_views=joined.room_views,
        ),
        frame=SampleFrame.ENFORCED,
    )


def _passed(rooms: ibis.Table) -> ibis.Table:
    unknown, one = ibis.literal(UNKNOWN), ibis.literal(1, type="int64")
    return _as_population(
        rooms.mutate(
            domain=unknown,
            policy_l1=unknown,
            incidents_n=ibis.literal(0, type="int64"),
            rooms_n=one,
            domain_rooms_n=ibis.literal(0, type="int64"),
            views=rooms.room_views,
            unit_views=rooms.room_views,
        ),
        frame=SampleFrame.PASSED,
    )


def _as_population(rows: ibis.Table, *, frame: SampleFrame) -> ibis.Table:
    return rows.mutate(
        frame=ibis.literal(frame.value),
        units_n=ibis.literal(1, type="int64"),
        views=rows.views.fill_null(0).cast("float64"),
        unit_views=rows.unit_views.fill_null(0).cast("float64"),
    ).select(*VIEW.columns)


VIEW = View(
    name="framed_rooms",
    meaning="Valid sessions by first-level policy, acted on in time or let pass.",
    needs=("live_session", "moderation_decision"),
    over=("enforced_decisions", "valid_sessions"),
    columns=(
        *valid_sessions.ROOM,
        "frame",
        "domain",
        "policy_l1",
        "incidents_n",
        "units_n",
        "rooms_n",
        "domain_rooms_n",
        "views",
        "unit_views",
    ),
    build=build,
)
