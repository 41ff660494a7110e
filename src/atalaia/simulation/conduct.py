"""Conduct of agencies: judged without a session, penalised on the agency's ladder."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import Actor, AutomatedDecision, Detection, Lane, Subject
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.arrays import MICROSECOND, Ints
from atalaia.simulation.climb import OUTCOME_OF, OUTCOMES
from atalaia.simulation.creators import day_number
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.local_time import epoch
from atalaia.simulation.moderation import ACTORS, AUTOMATED, DETECTIONS
from atalaia.simulation.queues import Queue
from atalaia.simulation.rules import CODES, LANES, SEVERITIES
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern

__all__ = ["conduct_tables"]

_DAILY_RATE = 0.004
_FIRST = 9_000_000
_HOUR = 3600 * MICROSECOND


def conduct_tables(stage: Stage, *, day: int) -> Mapping[str, pa.Table]:
    """Return the day's decisions on agencies, each with its penalty."""
    rng = stage.streams.of(Concern.AGENCY_CONDUCT, day=day)
    agencies = stage.agencies
    chance = _DAILY_RATE * agencies.strictness
    who = np.flatnonzero(rng.random(agencies.count) < chance)
    lane = LANES.index(Lane.AGENCY)
    rules = stage.rules_on(day)
    market = agencies.market[who]
    offered = np.flatnonzero(
        (rules.lane == lane).all(axis=0) & rules.is_in_force.all(axis=0)
    )
    policy = offered[rng.integers(0, offered.size, who.size)]
    code = rules.climbs[rules.chain[market, policy, 0]].max(axis=1)
    subjects = np.array([name == Subject.AGENCY for name in stage.catalogue.subjects])
    on_agency = (code >= 0) & subjects[code]
    who, market, policy, code = (
        array[on_agency] for array in (who, market, policy, code)
    )
    close = epoch(stage.plan.exported_at(day))
    at = close - (rng.uniform(1, 10, who.size) * _HOUR).astype(np.int64)
    number = day_number(stage.plan.start + timedelta(days=day)) + _FIRST
    numbers = number + np.arange(who.size)
    return {
        "moderation_decision": _decisions(
            stage, numbers, who=who, policy=policy, code=code, at=at, day=day
        ),
        "penalty": _penalties(stage, numbers, who=who, policy=policy, code=code, at=at),
    }


def _decisions(
    stage: Stage,
    numbers: Ints,
    *,
    who: Ints,
    policy: Ints,
    code: Ints,
    at: Ints,
    day: int,
) -> pa.Table:
    rules, catalogue = stage.rules_on(day), stage.catalogue
    market = stage.agencies.market[who]
    same = np.zeros(who.size, dtype=np.int64)
    return columns.observations(
        "moderation_decision",
        {
            "decision_id": decision_ids(numbers),
            "market": columns.text(catalogue.markets, market),
            "agency_id": agency_ids(who),
            "policy_id": columns.text(catalogue.policies, policy),
            "policy_version": columns.text(
                catalogue.versions, rules.version[market, policy]
            ),
            "lane": columns.text(LANES, rules.lane[market, policy]),
            "outcome": columns.text(OUTCOMES, OUTCOME_OF[code]),
            "severity": columns.text(SEVERITIES, rules.severity[market, policy]),
            "decided_at": columns.instants(at),
            "detection": columns.text(
                DETECTIONS, same + DETECTIONS.index(Detection.PROACTIVE_HUMAN)
            ),
            "automated_decision": columns.text(
                AUTOMATED, same + AUTOMATED.index(AutomatedDecision.NONE)
            ),
            "automated_detection": columns.flags(same > 0),
            "actor": columns.text(ACTORS, same + ACTORS.index(Actor.REGIONAL)),
            "queue": columns.text((Queue.AGENCY,), same),
        },
        known_at=at,
    )


def _penalties(
    stage: Stage, numbers: Ints, *, who: Ints, policy: Ints, code: Ints, at: Ints
) -> pa.Table:
    catalogue = stage.catalogue
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
