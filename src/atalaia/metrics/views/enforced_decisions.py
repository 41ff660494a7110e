"""Enforced decisions, each placed in its incident; the heaviest action stands out.

An incident is one creator, one session and one first-level policy, chained while each
decision follows the one before within ten minutes.

A penalty of a decision that was replaced belongs to the head of its chain. A penalty
speaks for a decision that never arrived, or that stands without being enforced: the
decision's penalties stand in for it, with the policy that they name and the start of
the first of them. So penalty cases can be counted from penalties alone; how they were
found stays unknown.
"""

import ibis

from atalaia.domain.codes import Domain
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.decisions import (
    enforced,
    standing_decisions,
    with_heads,
    worded_decisions,
)
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.ladder import ladder, rank_on
from atalaia.metrics.views.penalties import real_penalties
from atalaia.metrics.views.policy_words import (
    DECISION_WORDS,
    UNKNOWN,
    known,
    policy_levels,
)
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

CHAIN_S = 10 * 60
PROACTIVE = ("proactive_model", "proactive_human")
# The date is part of the key so that a question about one day reads one day.
SAME_PLACE = ("business_date", "unit", "creator_id", "policy_l1")
INCIDENT = (*SAME_PLACE, "chain")
OF_DECISION = ("decision_id", "business_date")
TOLD_BY_PENALTY = (
    "session_id",
    "creator_id",
    "market",
    "agency_id",
    "policy_id",
    "started_at",
)


def build(facts: FactSource) -> ibis.Table:
    """Build the view: decisions with penalties, chained, heaviest marked."""
    chained = _chained(_weighed(facts, _penalised(facts)))
    incident = ibis.window(group_by=INCIDENT)
    in_order = ibis.window(group_by=INCIDENT, order_by=["decided_at", "decision_id"])
    heaviest_first = ibis.window(
        group_by=INCIDENT,
        order_by=[
            ibis.desc("rank"),
            ibis.desc("decided_at"),
            ibis.desc("decision_id"),
        ],
    )
    placed = chained.mutate(
        incident_id=chained.decision_id.first().over(in_order),
        is_heaviest=ibis.row_number().over(heaviest_first) == 0,
        penalties_n=chained.own_penalties_n.sum().over(incident),
        net_penalties_n=chained.own_net_n.sum().over(incident),
        incident_started_at=chained.decided_at.min().over(incident),
    )
    return placed.mutate(
        # One row a case: its heaviest action, where anybody was penalised.
        is_case=placed.is_heaviest & (placed.penalties_n > 0),
        is_detection_known=placed.detection.notnull(),
        is_proactive=placed.detection.isin(PROACTIVE),
    ).select(*VIEW.columns)


def _penalised(facts: FactSource) -> ibis.Table:
    """Return a row a decision with penalties: their count, heaviest ranks and words.

    Decisions are met on their own day: whatever days are read, a penalty belongs to
    the same incident.
    """
    penalties = with_heads(real_penalties(facts), facts)
    rungs = ladder(facts)
    ranked = penalties.left_join(rungs, penalties.code == rungs.ladder_code)
    return ranked.group_by("business_date", decision_id=ranked.head_id).agg(
        **{rank_on(domain): ranked[rank_on(domain)].max() for domain in Domain},
        **{name: ranked[name].min() for name in TOLD_BY_PENALTY},
        own_penalties_n=ranked.count(),
        own_net_n=ranked.is_net.cast("int64").sum(),
    )


def _weighed(facts: FactSource, penalised: ibis.Table) -> ibis.Table:
    """Return enforced decisions, arrived or not, with the weight of their penalties."""
    weights = penalised.drop(*TOLD_BY_PENALTY)
    standing = enforced(standing_decisions(facts))
    recorded = standing.left_join(weights, OF_DECISION)
    recorded = recorded.drop(*(f"{name}_right" for name in OF_DECISION))
    alone = penalised.anti_join(standing, OF_DECISION)
    unrecorded = _stand_ins(alone, facts)
    joined = recorded.union(unrecorded.select(*recorded.columns))
    on_its_ladder = ibis.cases(
        *((joined.domain == domain.value, joined[rank_on(domain)]) for domain in Domain)
    )
    return joined.mutate(
        rank=on_its_ladder.fill_null(0),
        own_penalties_n=joined.own_penalties_n.fill_null(0),
        own_net_n=joined.own_net_n.fill_null(0),
        # A statement without session or creator is an incident of its own.
        unit=ibis.coalesce(joined.session_id, joined.creator_id, joined.decision_id),
    )


def _stand_ins(penalised: ibis.Table, facts: FactSource) -> ibis.Table:
    """Return penalties without an enforced decision, in a decision's columns.

    The decision's own words are kept where it arrived at all.
    """
    words = worded_decisions(facts).select(*OF_DECISION, *DECISION_WORDS)
    told = penalised.left_join(words, OF_DECISION)
    policy = ibis.coalesce(told.policy_id.nullif(""), told.policy)
    kept = {word: told[word].fill_null(UNKNOWN) for word in DECISION_WORDS}
    return told.mutate(
        **(kept | policy_levels(known(policy))),
        agency=told.agency_id.nullif("").fill_null("organic"),
        decided_at=told.started_at,
        outcome=ibis.null("string"),
        detection=ibis.null("string"),
        first_signal_at=ibis.null(told.started_at.type()),
    )


def _chained(rows: ibis.Table) -> ibis.Table:
    in_order = ibis.window(group_by=SAME_PLACE, order_by=["decided_at", "decision_id"])
    gap_s = seconds_between(rows.decided_at.lag().over(in_order), rows.decided_at)
    marked = rows.mutate(starts=(gap_s.fill_null(CHAIN_S + 1) > CHAIN_S).cast("int64"))
    so_far = ibis.window(
        group_by=SAME_PLACE,
        order_by=["decided_at", "decision_id"],
        preceding=None,
        following=0,
    )
    return marked.mutate(chain=marked.starts.sum().over(so_far))


VIEW = View(
    name="enforced_decisions",
    meaning="Decisions that put a consequence on somebody, placed in their incident;"
    " penalties stand in for a decision that never arrived.",
    needs=(),
    columns=(
        "decision_id",
        "incident_id",
        "incident_started_at",
        "is_heaviest",
        "is_case",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
        "outcome",
        "decided_at",
        "first_signal_at",
        "detection",
        "is_detection_known",
        "is_proactive",
        "penalties_n",
        "net_penalties_n",
    ),
    build=build,
    version=2,
)
