"""What blind reviews of probability samples found, unit by unit, in both frames.

A unit is a valid session and a first-level policy that it was acted on for, or a
session that passed. A violation is missed where its session was not acted on in time
for the policy really broken: where it was, that unit's own review counts it.
"""

import ibis

from atalaia.domain.codes import SampleFrame, SampleUnit
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions, framed_rooms, valid_sessions
from atalaia.metrics.views.exposure import with_exposure
from atalaia.metrics.views.framed_rooms import in_time
from atalaia.metrics.views.policy_words import UNKNOWN, known, policy_levels
from atalaia.metrics.views.verdicts import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["DRAWN", "VIEW"]

DRAWN = (
    "verdict_id",
    "stratum",
    "weight",
    "has_weight",
    "is_settled",
    "is_unreviewable",
    "is_violating",
    "is_caught",
    "is_wrong",
    "is_missed",
    "is_missed_in_domain",
    "broken_l1",
    "broken_domain",
    "units_in_room",
    "units_in_domain",
)
"""What only drawn rows say; a counted row is null there."""
_FOUND = (
    "frame",
    "session_id",
    "domain",
    "policy_l1",
    *DRAWN,
    "shown_from",
    "shown_until",
)


def build(facts: FactSource) -> ibis.Table:
    """Build the view; `weight` says how many units each stands for."""
    rooms, framed = valid_sessions.VIEW.of(facts), framed_rooms.VIEW.of(facts)
    units = framed.filter(framed.frame == SampleFrame.ENFORCED.value).select(
        "session_id", "domain", "policy_l1", "incidents_n"
    )
    passed = framed.filter(framed.frame == SampleFrame.PASSED.value)
    enforced = _enforced(facts, rooms=rooms, units=units)
    return _with_views(enforced.union(_passed(facts, passed)), rooms, facts=facts)


def _enforced(facts: FactSource, *, rooms: ibis.Table, units: ibis.Table) -> ibis.Table:
    """Return reviewed incidents that were acted on in time.

    Of a unit with several incidents, each stands for its part of it.
    """
    verdicts = _told(probability_verdicts(facts, frame=SampleFrame.ENFORCED))
    found = verdicts.inner_join(_heaviest(facts, rooms), "decision_id").inner_join(
        _sized(units), ["session_id", "domain", "policy_l1"]
    )
    # Where the review names no policy, it is the decision's own that was broken.
    is_own = found.broken_l1 == UNKNOWN
    named = found.mutate(
        broken_l1=ibis.ifelse(is_own, found.policy_l1, found.broken_l1),
        broken_domain=ibis.ifelse(is_own, found.domain, found.broken_domain),
    )
    joined = _with_what_was_acted_on(named, units)
    # A policy difference is no moderator's error; it goes to the diff board.
    is_caught = joined.is_violating & (joined.broken_l1 == joined.policy_l1)
    return joined.mutate(
        frame=ibis.literal(SampleFrame.ENFORCED.value),
        weight=joined.weight / joined.incidents_n,
        is_caught=is_caught,
        is_wrong=joined.is_settled & ~is_caught & ~joined.is_difference,
        is_missed=joined.is_violating & joined.acted_l1.isnull(),
        is_missed_in_domain=joined.is_violating & joined.acted_domain.isnull(),
        shown_from=joined.violation_started_at,
        shown_until=joined.incident_started_at,
    ).select(*_FOUND)


def _heaviest(facts: FactSource, rooms: ibis.Table) -> ibis.Table:
    """Return the decision that each incident in time is judged by."""
    rows = enforced_decisions.VIEW.of(facts)
    heaviest = rows.filter(rows.is_heaviest).select(
        "decision_id", "session_id", "domain", "policy_l1", "incident_started_at"
    )
    closed = rooms.select("session_id", "opened_at", "closed_at", "live_s")
    joined = heaviest.inner_join(closed, "session_id")
    return joined.filter(in_time(joined)).select(*heaviest.columns)


def _sized(units: ibis.Table) -> ibis.Table:
    """Say how many units each one's room holds, in all and of its domain."""
    in_room = ibis.window(group_by="session_id")
    in_domain = ibis.window(group_by=["session_id", "domain"])
    return units.mutate(
        units_in_room=units.count().over(in_room).cast("float64"),
        units_in_domain=units.count().over(in_domain).cast("float64"),
    )


def _with_what_was_acted_on(found: ibis.Table, units: ibis.Table) -> ibis.Table:
    """Say whether the room was acted on for the policy, or domain, really broken."""
    policies = units.select(acted_session="session_id", acted_l1="policy_l1")
    domains = units.select(acted_room="session_id", acted_domain="domain").distinct()
    joined = found.left_join(
        policies,
        [
            found.session_id == policies.acted_session,
            found.broken_l1 == policies.acted_l1,
        ],
    )
    return joined.left_join(
        domains,
        [
            joined.session_id == domains.acted_room,
            joined.broken_domain == domains.acted_domain,
        ],
    )


def _passed(facts: FactSource, rooms: ibis.Table) -> ibis.Table:
    """Return reviewed sessions among those that passed; decisions and segments are not
    sessions, and stay out.
    """
    verdicts = _told(probability_verdicts(facts, frame=SampleFrame.PASSED))
    whole = verdicts.filter(verdicts.unit == SampleUnit.SESSION.value)
    joined = whole.mutate(session_id=whole.verdict_session).semi_join(
        rooms, "session_id"
    )
    unknown, never = ibis.literal(UNKNOWN), ibis.literal(False)  # noqa: FBT003 - Ibis' own signature
    alone = ibis.literal(1.0)
    return joined.mutate(
        frame=ibis.literal(SampleFrame.PASSED.value),
        domain=unknown,
        policy_l1=unknown,
        is_caught=never,
        is_wrong=never,
        is_missed=joined.is_violating,
        is_missed_in_domain=joined.is_violating,
        units_in_room=alone,
        units_in_domain=alone,
        shown_from=joined.violation_started_at,
        shown_until=ibis.null(joined.violation_started_at.type()),
    ).select(*_FOUND)


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
        is_difference=verdicts.is_policy_difference,
        broken_l1=levels["policy_l1"],
        broken_domain=levels["domain"],
    )


def _with_views(
    found: ibis.Table, rooms: ibis.Table, *, facts: FactSource
) -> ibis.Table:
    """Say how many of a room's views fell on what was broken, by watch time."""
    named = found.mutate(exposure_id=found.verdict_id)
    shown = with_exposure(named, facts).select(
        *named.columns, "exposed_s", "exposed_viewer_s"
    )
    joined = shown.inner_join(rooms, "session_id")
    by_time = joined.exposed_s / joined.live_s
    by_watching = ibis.ifelse(
        joined.room_viewer_s > 0, joined.exposed_viewer_s / joined.room_viewer_s, None
    )
    share = ibis.least(by_watching.fill_null(by_time), 1.0)
    views = joined.room_views.fill_null(0).cast("float64")
    return joined.mutate(
        views=views,
        unit_views=views,
        shown_views=views * share,
        violating_views=ibis.ifelse(
            joined.is_caught | joined.is_missed, views * share, 0.0
        ),
    ).select(*VIEW.columns)


VIEW = View(
    name="drawn_units",
    meaning="Reviewed units of probability samples in both frames, with the views that"
    " each stands for.",
    needs=("verdict", "sample", "live_session", "moderation_decision"),
    over=("framed_rooms", "enforced_decisions", "valid_sessions", "verdicts"),
    columns=(
        *valid_sessions.ROOM,
        "frame",
        "domain",
        "policy_l1",
        "views",
        "unit_views",
        "shown_views",
        "violating_views",
        *DRAWN,
    ),
    build=build,
)
