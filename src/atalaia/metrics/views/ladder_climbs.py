"""From each warning or interruption to the creator's first on a heavier rung.

Any heavier one counts, whatever came between: the next alike ends no watch.

An incident stands on the rung of the heaviest of its penalties that were not reversed,
on the ladder of its policy's domain; the next must be heavier on that same ladder.
"""

import ibis

from atalaia.domain.codes import Domain, PenaltyCode
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions, incidents, penalties
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.ladder import ladder, rank_on
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

LOW_RUNGS = (PenaltyCode.WARN, PenaltyCode.INTERRUPT)


def build(facts: FactSource) -> ibis.Table:
    """Build the view; `followed_s` is how long the creator could be watched."""
    stood = _standing(facts)
    index = stood.filter(_is_low(stood, facts))
    joined = index.left_join(_next_heavier(index, stood), "incident_id")
    started = joined.incident_started_at
    return joined.mutate(
        next_s=seconds_between(started, joined.heavier_at),
        followed_s=seconds_between(started, as_of(facts)),
    ).select(*VIEW.columns)


def _standing(facts: FactSource) -> ibis.Table:
    """Return the net incidents of creators with the rung that each stands on."""
    told, rungs = penalties.VIEW.of(facts), ladder(facts)
    net = told.filter(told.is_net & told.is_on_creator)
    ranked = net.inner_join(rungs, net.code == rungs.ladder_code)
    weighed = ranked.group_by("head_id").agg(
        **{rank_on(domain): ranked[rank_on(domain)].max() for domain in Domain}
    )
    decisions = enforced_decisions.VIEW.of(facts).select(
        "incident_id", "domain", head_id="decision_id"
    )
    placed = decisions.inner_join(weighed, "head_id")
    on_its_ladder = ibis.cases(
        *((placed.domain == domain.value, placed[rank_on(domain)]) for domain in Domain)
    )
    by_incident = (
        placed.mutate(rank=on_its_ladder)
        .group_by("incident_id")
        .agg(rung=lambda table: table["rank"].max())
    )
    rows = incidents.VIEW.of(facts).inner_join(by_incident, "incident_id")
    return rows.filter(rows.creator_id.notnull() & rows.rung.notnull())


def _is_low(rows: ibis.Table, facts: FactSource) -> ibis.Value:
    """Whether each incident stands on the rung of a warning or an interruption."""
    ladders = facts.reference.ladders
    on_ladder = [
        (rows.domain == domain.value)
        & rows.rung.isin([ladders.rank(code, domain) for code in LOW_RUNGS])
        for domain in Domain
    ]
    return ibis.or_(*on_ladder)


def _next_heavier(index: ibis.Table, stood: ibis.Table) -> ibis.Table:
    """Return the moment of each one's first later incident on a heavier rung."""
    later = stood.select(
        later_creator="creator_id",
        later_domain="domain",
        later_rung="rung",
        later_at="incident_started_at",
    )
    joined = index.inner_join(
        later,
        [
            index.creator_id == later.later_creator,
            index.domain == later.later_domain,
            index.incident_started_at < later.later_at,
            index.rung < later.later_rung,
        ],
    )
    return joined.group_by("incident_id").agg(heavier_at=joined.later_at.min())


VIEW = View(
    name="ladder_climbs",
    meaning="Net incidents that ended in a warning or an interruption, with the wait to"
    " the creator's next on a heavier rung of the same ladder.",
    needs=("penalty",),
    over=("incidents", "enforced_decisions", "penalties"),
    columns=(
        "incident_id",
        "incident_started_at",
        "creator_id",
        "session_id",
        "market",
        "business_date",
        "agency",
        "domain",
        "policy_l1",
        "next_s",
        "followed_s",
    ),
    build=build,
)
