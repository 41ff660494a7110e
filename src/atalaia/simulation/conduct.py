"""Conduct of agencies: judged without a session, penalised on the agency's ladder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import (
    Actor,
    AutomatedDecision,
    Detection,
    Lane,
    PenaltyCode,
    Subject,
)
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.arrays import MICROSECOND, Ints
from atalaia.simulation.climb import OUTCOME_OF, OUTCOMES
from atalaia.simulation.creators import day_number
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.local_time import epoch
from atalaia.simulation.queues import Queue
from atalaia.simulation.rules import CODES, LANES, LEVELS, SEVERITIES
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern

__all__ = ["Conduct", "conduct_tables", "draw_conduct"]

_DAILY_RATE = 0.004
_FIRST = 9_000_000
_HOUR = 3600 * MICROSECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """Arrays over a day's penalties of agencies; `at` in UTC microseconds."""

    day: int
    agency: Ints
    policy: Ints
    code: Ints
    at: Ints

    @property
    def codes(self) -> tuple[PenaltyCode, ...]:
        """The penalty codes by name."""
        return tuple(CODES[code] for code in self.code)


def draw_conduct(stage: Stage, *, day: int) -> Conduct:
    """Draw which agencies are punished on a day: first breaches mildly, then hard."""
    rng = stage.streams.of(Concern.AGENCY_CONDUCT, day=day)
    agencies, rules = stage.agencies, stage.rules_on(day)
    chance = _DAILY_RATE * agencies.strictness * ~agencies.is_terminated
    who = np.flatnonzero(rng.random(agencies.count) < chance)
    is_conduct = (rules.lane == LANES.index(Lane.AGENCY)).all(axis=0)
    offered = np.flatnonzero(is_conduct & rules.is_in_force.all(axis=0))
    who = who[: who.size * bool(offered.size)]
    policy = offered[rng.integers(0, max(offered.size, 1), who.size)]
    close = epoch(stage.plan.exported_at(day))
    at = close - (rng.uniform(1, 10, who.size) * _HOUR).astype(np.int64)
    found = stage.rulings(at, market=agencies.market[who], policy=policy)
    level = np.minimum(agencies.breaches[who], LEVELS - 1)
    rungs = stage.catalogue.climbs[found.chain[np.arange(who.size), level]]
    # The rungs stand in order of weight: the last one counts.
    code = rungs[np.arange(who.size), (rungs >= 0).sum(axis=1) - 1]
    subjects = np.array([name == Subject.AGENCY for name in stage.catalogue.subjects])
    on_agency = (code >= 0) & subjects[code]
    return Conduct(
        day=day,
        agency=who[on_agency],
        policy=policy[on_agency],
        code=code[on_agency],
        at=at[on_agency],
    )


def conduct_tables(stage: Stage, conduct: Conduct) -> Mapping[str, pa.Table]:
    """Return a decision on each agency punished, with its penalty."""
    first = day_number(stage.plan.start + timedelta(days=conduct.day)) + _FIRST
    numbers = first + np.arange(conduct.agency.size)
    return {
        "moderation_decision": _decisions(stage, numbers, conduct=conduct),
        "penalty": _penalties(stage, numbers, conduct=conduct),
    }


def _decisions(stage: Stage, numbers: Ints, *, conduct: Conduct) -> pa.Table:
    catalogue = stage.catalogue
    policy, at = conduct.policy, conduct.at
    market = stage.agencies.market[conduct.agency]
    rulings = stage.rulings(at, market=market, policy=policy)
    same = np.zeros(at.size, dtype=np.int64)
    return columns.observations(
        "moderation_decision",
        {
            "decision_id": decision_ids(numbers),
            "market": columns.text(catalogue.markets, market),
            "agency_id": agency_ids(conduct.agency),
            "policy_id": columns.text(catalogue.policies, policy),
            "policy_version": columns.text(catalogue.versions, rulings.version),
            "lane": columns.text(LANES, rulings.lane),
            "outcome": columns.text(OUTCOMES, OUTCOME_OF[conduct.code]),
            "severity": columns.text(SEVERITIES, rulings.severity),
            "decided_at": columns.instants(at),
            "detection": columns.text((Detection.PROACTIVE_HUMAN,), same),
            "automated_decision": columns.text((AutomatedDecision.NONE,), same),
            "automated_detection": columns.flags(same > 0),
            "actor": columns.text((Actor.REGIONAL,), same),
            "queue": columns.text((Queue.AGENCY,), same),
        },
        known_at=at,
    )


def _penalties(stage: Stage, numbers: Ints, *, conduct: Conduct) -> pa.Table:
    catalogue = stage.catalogue
    who, policy = conduct.agency, conduct.policy
    code, at = conduct.code, conduct.at
    hours = catalogue.hours[code]
    same = np.zeros(who.size, dtype=np.int64)
    is_at_once = hours == 0
    return columns.observations(
        "penalty",
        {
            "penalty_id": columns.ids("p", numbers),
            "decision_id": decision_ids(numbers),
            "agency_id": agency_ids(who),
            "market": columns.text(catalogue.markets, stage.agencies.market[who]),
            "policy_id": columns.text(catalogue.policies, policy),
            "subject": columns.text((Subject.AGENCY,), same),
            "code": columns.text(CODES, code),
            "started_at": columns.instants(at),
            "planned_end_at": columns.instants(
                np.where(hours > 0, at + hours * _HOUR, -1)
            ),
            "ended_at": columns.instants(np.where(is_at_once, at, -1)),
            "status": columns.text(("active", "served"), is_at_once.astype(np.int64)),
            "strike_counted": columns.flags(same > 0),
            "strike_reversible": columns.flags(stage.strike_reversible[code]),
            "ladder_step": columns.whole(
                catalogue.rank[catalogue.domain[policy], code]
            ),
            "notified_at": columns.instants(at + 4 * MICROSECOND),
            "appealable": columns.flags(catalogue.appealable[code]),
        },
        known_at=at,
    )
