"""What blind reviews of probability samples found, unit by unit, in both frames.

A unit is a valid session and a first-level policy that it was acted on for, or a
session that passed. A violation is missed where its session was not acted on in time
for the policy really broken: where it was, that unit's own review counts it.
"""

import ibis

from atalaia.domain.codes import SampleFrame, SampleUnit
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.exposure import with_exposure
from atalaia.metrics.views.policy_words import UNKNOWN, known, policy_levels
from atalaia.metrics.views.samples import probability_verdicts

__all__ = ["DRAWN", "drawn_units", "in_time"]

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


def drawn_units(
    facts: FactSource, *, rooms: ibis.Table, units: ibis.Table, passed: ibis.Table
) -> ibis.Table:
    """Return the reviewed units of both frames with the views that each stands for.

    Args:
        rooms: valid sessions, with what tells when they closed and their views.
        units: sessions and policies acted on in time, with their `incidents_n`.
        passed: the rooms among which nobody acted in time.
    """
    enforced = _enforced(facts, rooms=rooms, units=units)
    return _with_views(enforced.union(_passed(facts, passed)), rooms, facts=facts)


def in_time(rows: ibis.Table) -> ibis.Value:
    """Whether each row's incident was first acted on before its room closed."""
    after_s = seconds_between(rows.started_at, rows.incident_started_at)
    return ibis.ifelse(
        rows.ended_at.notnull(),
        rows.incident_started_at <= rows.ended_at,
        after_s <= rows.live_s,
    )


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
    closed = rooms.select("session_id", "started_at", "ended_at", "live_s")
    joined = heaviest.inner_join(closed, "session_id")
    return joined.filter(in_time(joined)).drop("started_at", "ended_at", "live_s")


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
        is_difference=verdicts.is_policy_difference.fill_null(False),  # noqa: FBT003 - Ibis' own signature
        broken_l1=levels["policy_l1"],
        broken_domain=levels["domain"],
    )


def _with_views(
    found: ibis.Table, rooms: ibis.Table, *, facts: FactSource
) -> ibis.Table:
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
        unit_views=views,
        shown_views=views * share,
        violating_views=ibis.ifelse(
            joined.is_caught | joined.is_missed, views * share, 0.0
        ),
    )
