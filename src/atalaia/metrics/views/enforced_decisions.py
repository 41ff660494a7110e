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
from atalaia.metrics.views import penalties
from atalaia.metrics.views.decisions import is_enforced, worded_decisions
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.ladder import ladder, rank_on
from atalaia.metrics.views.policy_words import (
    DECISION_WORDS,
    UNKNOWN,
    known,
    or_organic,
    policy_levels,
)
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

CHAIN_S = 10 * 60
PROACTIVE = ("proactive_model", "proactive_human")
# The date is part of the key so that a question about one day reads one day.
SAME_PLACE = ("business_date", "unit", "creator_id", "policy_l1")
INCIDENT = (*SAME_PLACE, "incident_started_at")
OF_DECISION = ("decision_id", "business_date")
WHERE_AND_WHO = ("session_id", "creator_id", "market")
TOLD_BY_PENALTY = (*WHERE_AND_WHO, "agency_id", "named_policy", "started_at")


def build(facts: FactSource) -> ibis.Table:
    """Build the view: decisions with penalties, chained, heaviest marked."""
    chained = _chained(_weighed(facts, _penalised(facts)))
    incident = ibis.window(group_by=INCIDENT)
    heaviest_first = ibis.window(
        group_by=INCIDENT,
        order_by=[
            ibis.desc("rank"),
            ibis.desc("decided_at"),
            ibis.desc("decision_id"),
        ],
    )
    opens_it = chained.decided_at == chained.incident_started_at
    placed = chained.mutate(
        incident_id=ibis.ifelse(opens_it, chained.decision_id, None)
        .min()
        .over(incident),
        is_heaviest=ibis.row_number().over(heaviest_first) == 0,
        penalties_n=chained.own_penalties_n.sum().over(incident),
        net_penalties_n=chained.own_net_n.sum().over(incident),
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
    told, rungs = penalties.VIEW.of(facts), ladder(facts)
    ranked = told.left_join(rungs, told.code == rungs.ladder_code)
    return ranked.group_by("business_date", decision_id=ranked.head_id).agg(
        **{rank_on(domain): ranked[rank_on(domain)].max() for domain in Domain},
        **{name: ranked[name].min() for name in TOLD_BY_PENALTY},
        own_penalties_n=ranked.count(),
        own_net_n=ranked.is_net.cast("int64").sum(),
    )


def _weighed(facts: FactSource, penalised: ibis.Table) -> ibis.Table:
    """Return enforced decisions, arrived or not, with the weight of their penalties."""
    joined = _actions(facts, penalised)
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


def _actions(facts: FactSource, penalised: ibis.Table) -> ibis.Table:
    """Return enforced decisions, and penalties that stand in for one.

    A stand-in keeps the words of a decision that arrived and is not enforced.
    """
    decisions = worded_decisions(facts)
    standing = is_enforced(decisions) & decisions.superseded_by.isnull()
    decisions = decisions.mutate(stands=standing).drop("superseded_by")
    penalties = penalised.rename(
        {f"penalty_{name}": name for name in (*OF_DECISION, *TOLD_BY_PENALTY)}
    )
    both = decisions.outer_join(
        penalties,
        [decisions[name] == penalties[f"penalty_{name}"] for name in OF_DECISION],
    )
    stands = both.stands.fill_null(False)  # noqa: FBT003 - Ibis' own signature
    instead = _stand_in(both)
    weights = set(penalised.columns) - {*OF_DECISION, *TOLD_BY_PENALTY}
    actions = both.filter(stands | both.penalty_decision_id.notnull()).select(
        *sorted(weights),
        **{
            name: ibis.ifelse(stands, both[name], instead[name])
            for name in decisions.drop("stands").columns
        },
    )
    return actions.mutate(**policy_levels(actions.policy))


def _stand_in(rows: ibis.Table) -> dict[str, ibis.Value]:
    """Return what a decision's columns say where its penalties speak for it."""
    policy = ibis.coalesce(rows.penalty_named_policy.nullif(""), rows.policy)
    return {
        **{word: rows[word].fill_null(UNKNOWN) for word in DECISION_WORDS},
        "policy": known(policy),
        **{name: rows[f"penalty_{name}"] for name in (*OF_DECISION, *WHERE_AND_WHO)},
        "agency": or_organic(rows.penalty_agency_id),
        "decided_at": rows.penalty_started_at,
        # A penalty does not say what was decided, nor how it was found.
        **{name: ibis.null() for name in ("outcome", "detection", "first_signal_at")},
    }


def _chained(rows: ibis.Table) -> ibis.Table:
    in_order = ibis.window(group_by=SAME_PLACE, order_by=["decided_at", "decision_id"])
    gap_s = seconds_between(rows.decided_at.lag().over(in_order), rows.decided_at)
    is_start = gap_s.fill_null(CHAIN_S + 1) > CHAIN_S
    marked = rows.mutate(opened_at=ibis.ifelse(is_start, rows.decided_at, None))
    so_far = ibis.window(
        group_by=SAME_PLACE,
        order_by=["decided_at", "decision_id"],
        preceding=None,
        following=0,
    )
    return marked.mutate(incident_started_at=marked.opened_at.max().over(so_far))


VIEW = View(
    name="enforced_decisions",
    meaning="Decisions that put a consequence on somebody, placed in their incident;"
    " penalties stand in for a decision that never arrived.",
    needs=(),
    over=("penalties",),
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
    is_day_by_day=True,
    version=2,
)
