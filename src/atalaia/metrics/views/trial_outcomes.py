"""Assigned creators with what they did before and after the assignment.

Net incidents count from the instant at which they began. Penalty cases and LIVE time
are those of M04, and like there belong together to the session's start: a room open at
the assignment counts whole before it, its cases too.
"""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enrolments, incidents, valid_sessions
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.view import View

__all__ = ["VIEW", "WINDOW_DAYS"]

WINDOW_DAYS = 30
WINDOW_S = WINDOW_DAYS * 86_400
AMOUNTS = ("n", "cases_n", "live_s")
"""Net incidents, penalty cases and valid LIVE time."""
NONE, ONE = ibis.literal(0, type="int64"), ibis.literal(1, type="int64")


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row a place; creators who never went LIVE again count zero.

    The instant of assignment begins the days after.
    """
    places = enrolments.VIEW.of(facts)
    deeds = _deeds(facts)
    joined = places.left_join(deeds, places.creator_id == deeds.whose)
    since = seconds_between(joined.assigned_at, joined.happened_at)
    spans = {
        "after": (since >= 0) & (since < WINDOW_S),
        "before": (since < 0) & (since >= -WINDOW_S),
    }
    timed = joined.mutate(
        **{
            f"{side}_{amount}": ibis.ifelse(is_within, joined[amount], 0).fill_null(0)
            for side, is_within in spans.items()
            for amount in AMOUNTS
        }
    )
    return (
        timed.group_by(*KEPT)
        .agg(**{name: timed[name].sum() for name in SUMMED})
        .select(*VIEW.columns)
    )


def _deeds(facts: FactSource) -> ibis.Table:
    """Return what creators did, deed by deed, each with its instant and amounts."""
    sessions = facts.table("live_session")
    opened = sessions.select("session_id", opened_at=sessions.started_at)
    cases = incidents.VIEW.of(facts).filter(lambda rows: rows.creator_id.notnull())
    net = cases.filter(cases.is_net)
    # A case whose session never arrived has no other instant than its own.
    in_rooms = cases.left_join(opened, "session_id")
    rooms = valid_sessions.VIEW.of(facts)
    return (
        _told(net, at=net.incident_started_at, n=ONE)
        .union(
            _told(
                in_rooms,
                at=ibis.coalesce(in_rooms.opened_at, in_rooms.incident_started_at),
                cases_n=ONE,
            )
        )
        .union(_told(rooms, at=rooms.opened_at, live_s=rooms.live_s))
    )


def _told(rows: ibis.Table, *, at: ibis.Value, **amounts: ibis.Value) -> ibis.Table:
    whole = {name: amounts.get(name, NONE) for name in AMOUNTS}
    return rows.select(whose=rows.creator_id, happened_at=at, **whole)


KEPT = (
    "programme",
    "creator_id",
    "market",
    "business_date",
    "agency",
    "cluster",
    "assigned_at",
    "is_treated",
    "is_by_chance",
)
SUMMED = tuple(f"{side}_{amount}" for side in ("after", "before") for amount in AMOUNTS)
VIEW = View(
    name="trial_outcomes",
    meaning="Assigned creators with their incidents, penalty cases and LIVE time in the"
    " 30 days before and after.",
    needs=("enrolment",),
    over=("enrolments", "incidents", "valid_sessions"),
    columns=(*KEPT, *SUMMED),
    build=build,
    version=2,
)
