"""Both sampling frames side by side: every room counted, and what was drawn of them.

A unit is a valid session and a first-level policy. It is enforced where an incident of
that policy was acted on before the room closed; a room nobody acted on by then has
passed, and so has one that was acted on later. Counted rows say how many there are,
drawn rows what a blind review of a probability sample found: only together do they say
how much of all violations was missed.
"""

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions, valid_sessions
from atalaia.metrics.views.drawn_units import DRAWN, drawn_units, in_time
from atalaia.metrics.views.policy_words import UNKNOWN
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: the population of both frames, then the units drawn of it."""
    rooms = _rooms(facts)
    units = _units(facts, rooms)
    passed = rooms.anti_join(units, "session_id")
    counted = _counted(rooms, units).union(_passed(passed))
    found = drawn_units(facts, rooms=rooms, units=units, passed=passed)
    return counted.union(found.select(*VIEW.columns))


def _rooms(facts: FactSource) -> ibis.Table:
    """Return the valid sessions with what tells when they closed."""
    sessions = facts.table("live_session")
    told = sessions.select("session_id", "started_at", "ended_at", room_views="views")
    return valid_sessions.VIEW.of(facts).inner_join(told, "session_id")


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


def _counted(rooms: ibis.Table, units: ibis.Table) -> ibis.Table:
    """Return the enforced units; a room is counted with the first of them.

    Its views are `views` once, and once more with every unit as `unit_views`.
    """
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
        is_drawn=False,
        units_n=ibis.literal(1, type="int64"),
        views=rows.views.fill_null(0).cast("float64"),
        unit_views=rows.unit_views.fill_null(0).cast("float64"),
        shown_views=ibis.null("float64"),
        violating_views=ibis.null("float64"),
        **{name: ibis.null(kind) for name, kind in _KINDS.items()},
    ).select(*VIEW.columns)


_KINDS = {
    name: "boolean"
    if name.startswith(("is_", "has_"))
    else "float64"
    if name == "weight" or name.startswith("units_in_")
    else "string"
    for name in DRAWN
}


VIEW = View(
    name="rooms_by_frame",
    meaning="Valid sessions by first-level policy, acted on in time or let pass, and"
    " the reviewed units of probability samples among them.",
    needs=("verdict", "sample", "live_session", "moderation_decision"),
    over=("enforced_decisions", "valid_sessions"),
    columns=(
        *valid_sessions.ROOM,
        "frame",
        "domain",
        "policy_l1",
        "is_drawn",
        "units_n",
        "rooms_n",
        "domain_rooms_n",
        "views",
        "unit_views",
        "shown_views",
        "violating_views",
        *DRAWN,
    ),
    build=build,
    version=2,
)
