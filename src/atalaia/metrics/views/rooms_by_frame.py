"""Both sampling frames side by side: every room counted, and what was drawn of them.

A unit is a valid session and a first-level policy. It is enforced where an incident of
that policy was acted on before the room closed; a room nobody acted on by then has
passed, and so has one that was acted on later. Counted rows say how many there are,
drawn rows what a blind review of a probability sample found: only together do they say
how much of all violations was missed.
"""

import ibis

from atalaia.domain.codes import Judgment, SampleFrame, SampleUnit
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions, valid_sessions
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.exposure import with_exposure
from atalaia.metrics.views.policy_words import UNKNOWN, known, policy_levels
from atalaia.metrics.views.samples import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

DRAWN = (
    "verdict_id",
    "stratum",
    "weight",
    "has_weight",
    "is_settled",
    "is_unreviewable",
    "is_violating",
    "is_right",
    "broken_l1",
    "broken_domain",
)


def build(facts: FactSource) -> ibis.Table:
    """Build the view: the population of both frames, then the units drawn of it."""
    rooms = _rooms(facts)
    units = _units(facts, rooms)
    passed = rooms.anti_join(units, "session_id")
    counted = _counted(rooms, units).union(_passed(passed))
    found = _drawn_enforced(facts, units).union(_drawn_passed(facts, passed))
    return counted.union(_with_views(found, rooms, facts))


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
    after_s = seconds_between(joined.started_at, joined.incident_started_at)
    in_time = ibis.ifelse(
        joined.ended_at.notnull(),
        joined.incident_started_at <= joined.ended_at,
        after_s <= joined.live_s,
    )
    return (
        joined.filter(in_time)
        .group_by("session_id", "domain", "policy_l1")
        .agg(incidents_n=lambda table: table.count())
    )


def _counted(rooms: ibis.Table, units: ibis.Table) -> ibis.Table:
    """Return the enforced units; a room is counted with the first of them."""
    in_room = ibis.window(group_by="session_id", order_by="policy_l1")
    in_domain = ibis.window(group_by=["session_id", "domain"], order_by="policy_l1")
    joined = units.inner_join(rooms, "session_id")
    is_first = ibis.row_number().over(in_room) == 0
    return _as_population(
        joined.mutate(
            rooms_n=is_first.cast("int64"),
            domain_rooms_n=(ibis.row_number().over(in_domain) == 0).cast("int64"),
            views=ibis.ifelse(is_first, joined.room_views, 0),
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
        ),
        frame=SampleFrame.PASSED,
    )


def _as_population(rows: ibis.Table, *, frame: SampleFrame) -> ibis.Table:
    return rows.mutate(
        frame=ibis.literal(frame.value),
        is_drawn=False,
        units_n=ibis.literal(1, type="int64"),
        views=rows.views.fill_null(0).cast("float64"),
        violating_views=ibis.null("float64"),
        **{name: ibis.null(kind) for name, kind in _KINDS.items()},
    ).select(*VIEW.columns)


_KINDS = {
    name: "boolean"
    if name.startswith(("is_", "has_"))
    else "float64"
    if name == "weight"
    else "string"
    for name in DRAWN
}


def _drawn_enforced(facts: FactSource, units: ibis.Table) -> ibis.Table:
    """Return reviewed incidents that were acted on in time.

    Of a unit with several incidents, each stands for its part of it.
    """
    verdicts = _told(probability_verdicts(facts, frame=SampleFrame.ENFORCED))
    rows = enforced_decisions.VIEW.of(facts)
    heaviest = rows.filter(rows.is_heaviest).select(
        "decision_id", "session_id", "domain", "policy_l1", "incident_started_at"
    )
    joined = verdicts.inner_join(heaviest, "decision_id").inner_join(
        units, ["session_id", "domain", "policy_l1"]
    )
    # Where the review names no policy, it is the decision's own that was broken.
    broken = ibis.ifelse(
        joined.broken_l1 == UNKNOWN, joined.policy_l1, joined.broken_l1
    )
    domain = ibis.ifelse(
        joined.broken_l1 == UNKNOWN, joined.domain, joined.broken_domain
    )
    is_right = joined.is_truth_violating & (broken == joined.policy_l1)
    return joined.mutate(
        frame=ibis.literal(SampleFrame.ENFORCED.value),
        weight=joined.weight / joined.incidents_n,
        broken_l1=broken,
        broken_domain=domain,
        # A policy difference is no moderator's error; it goes to the diff board.
        is_right=is_right | joined.is_difference,
        shown_from=joined.violation_started_at,
        shown_until=joined.incident_started_at,
    ).select(*_FOUND)


def _drawn_passed(facts: FactSource, passed: ibis.Table) -> ibis.Table:
    """Return reviewed sessions among those that passed; decisions and segments are not
    sessions, and stay out.
    """
    verdicts = _told(probability_verdicts(facts, frame=SampleFrame.PASSED))
    whole = verdicts.filter(verdicts.unit == SampleUnit.SESSION.value)
    joined = whole.mutate(session_id=whole.verdict_session).semi_join(
        passed, "session_id"
    )
    unknown = ibis.literal(UNKNOWN)
    return joined.mutate(
        frame=ibis.literal(SampleFrame.PASSED.value),
        domain=unknown,
        policy_l1=unknown,
        is_right=ibis.literal(False),  # noqa: FBT003 - Ibis' own signature
        shown_from=joined.violation_started_at,
        shown_until=ibis.null(joined.violation_started_at.type()),
    ).select(*_FOUND)


_FOUND = (
    "frame",
    "session_id",
    "domain",
    "policy_l1",
    *DRAWN,
    "shown_from",
    "shown_until",
)


def _told(verdicts: ibis.Table) -> ibis.Table:
    """Say which first-level policy each verdict finds broken."""
    levels = policy_levels(known(verdicts.truth_policy_id))
    return verdicts.select(
        "verdict_id",
        "decision_id",
        "stratum",
        "weight",
        "has_weight",
        "unit",
        "is_settled",
        "is_unreviewable",
        "is_violating",
        "violation_started_at",
        verdict_session=verdicts.session_id,
        is_truth_violating=verdicts.truth == Judgment.VIOLATING.value,
        is_difference=verdicts.is_policy_difference.fill_null(False),  # noqa: FBT003 - Ibis' own signature
        broken_l1=levels["policy_l1"],
        broken_domain=levels["domain"],
    )


def _with_views(found: ibis.Table, rooms: ibis.Table, facts: FactSource) -> ibis.Table:
    """Say how many of a room's views fell on what was broken, by watch time."""
    named = found.mutate(exposure_id=found.verdict_id)
    shown = with_exposure(named, facts).drop("live_s")
    joined = shown.inner_join(rooms, "session_id")
    by_time = joined.exposed_s / joined.live_s
    by_watching = ibis.ifelse(
        joined.room_viewer_s > 0, joined.exposed_viewer_s / joined.room_viewer_s, None
    )
    share = ibis.least(by_watching.fill_null(by_time), 1.0)
    views = joined.room_views.fill_null(0).cast("float64")
    none = ibis.literal(0, type="int64")
    return joined.mutate(
        is_drawn=True,
        units_n=none,
        rooms_n=none,
        domain_rooms_n=none,
        views=views,
        violating_views=ibis.ifelse(joined.is_violating, views * share, 0.0),
    ).select(*VIEW.columns)


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
        "violating_views",
        *DRAWN,
    ),
    build=build,
)
