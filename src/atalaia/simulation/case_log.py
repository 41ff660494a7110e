"""A small log of cases with the central team, some of them still open."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.work_codes import CasePriority, CaseState, CaseType
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Ints
from atalaia.simulation.creators import creator_ids
from atalaia.simulation.day import Day
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern

__all__ = ["case_tables"]

_PRIORITIES = tuple(CasePriority)
_TYPES = (
    CaseType.OVERKILL,
    CaseType.LEAKAGE,
    CaseType.PENALTY_DISPUTE,
    CaseType.POLICY_QUESTION,
    CaseType.BUG,
    CaseType.TRAFFIC_DROP,
    CaseType.CREATOR_SUPPORT,
)
_TYPE_SHARES = (0.3, 0.12, 0.28, 0.08, 0.08, 0.07, 0.07)
_TEAMS = ("tns", "ecosystem", "product", "legal", "monetisation", "none")
_TEAM_OF = np.array([0, 0, 0, 0, 2, 2, 5])
_DUE_HOURS = np.array([1, 8, 24, 72, 168])
_PRIORITY_SHARES = (0.02, 0.12, 0.46, 0.32, 0.08)
_DAILY = 0.06
_HOUR = 3600 * MICROSECOND
_OWNERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cases:
    """Arrays over the day's cases; instants in UTC microseconds."""

    number: Ints
    step: Ints
    kind: Ints
    priority: Ints
    opened: Ints
    submitted: Ints
    decided: Ints
    closed: Ints


def case_tables(stage: Stage, day: Day) -> Mapping[str, pa.Table]:
    """Return every observation of the cases that a day's decisions raised."""
    rng = stage.streams.of(Concern.CASES, day=day.at)
    enforced = np.flatnonzero((day.steps.code >= 0) & day.steps.is_heaviest)
    raised = enforced[rng.random(enforced.size) < _DAILY]
    count = raised.size
    opened = day.steps.at[raised] + _hours(rng, count, 10)
    submitted = opened + _hours(rng, count, 5)
    decided = submitted + _hours(rng, count, 40)
    cases = _Cases(
        number=day.decision[raised],
        step=raised,
        kind=rng.choice(len(_TYPES), count, p=_TYPE_SHARES),
        priority=rng.choice(len(_PRIORITIES), count, p=_PRIORITY_SHARES),
        opened=opened,
        submitted=submitted,
        decided=decided,
        closed=decided + _hours(rng, count, 12),
    )
    parts = [_observed(stage, day, cases, state=state) for state in _COURSE]
    return {"case_log": pa.concat_tables(parts)}


_COURSE = (
    CaseState.NEW,
    CaseState.SUBMITTED_CENTRAL,
    CaseState.DECIDED,
    CaseState.CLOSED,
)


def _hours(rng: np.random.Generator, count: int, median: float) -> Ints:
    hours = median * rng.lognormal(0, 0.9, count)
    return (hours * 3600).astype(np.int64) * MICROSECOND + MICROSECOND


def _observed(stage: Stage, day: Day, cases: _Cases, *, state: CaseState) -> pa.Table:
    """Return the cases as they stood when they came to a state."""
    stage_at = _COURSE.index(state)
    times = (cases.opened, cases.submitted, cases.decided, cases.closed)
    unknown = np.full(cases.opened.size, -1)
    seen = [at if n <= stage_at else unknown for n, at in enumerate(times)]
    row = day.steps.judged[cases.step]
    session = day.candidates.session[day.judged.candidate[row]]
    market = day.sessions.market[session]
    same = np.zeros(cases.opened.size, dtype=np.int64)
    owner = market * _OWNERS + cases.number % _OWNERS
    names = [
        f"analyst-{m}-{n}" for m in stage.catalogue.markets for n in range(_OWNERS)
    ]
    due = np.where(
        seen[1] < 0, -1, cases.submitted + _DUE_HOURS[cases.priority] * _HOUR
    )
    return columns.observations(
        "case_log",
        {
            "case_id": columns.ids("case-", cases.number),
            "market": columns.text(stage.catalogue.markets, market),
            "type": columns.text(_TYPES, cases.kind),
            "priority": columns.text(_PRIORITIES, cases.priority),
            "state": columns.text((state,), same),
            "policy_id": columns.text(stage.catalogue.policies, day.judged.policy[row]),
            "creator_id": creator_ids(day.sessions.creator[session]),
            "decision_id": decision_ids(day.decision[cases.step]),
            "owner": columns.text(names, owner),
            "central_team": columns.text(_TEAMS, _TEAM_OF[cases.kind]),
            "external_ref": columns.ids(
                "TNS-", np.where(seen[1] < 0, -1, cases.number % 10**7)
            ),
            "opened_at": columns.instants(seen[0]),
            "submitted_at": columns.instants(seen[1]),
            "decided_at": columns.instants(seen[2]),
            "closed_at": columns.instants(seen[3]),
            "due_at": columns.instants(due),
        },
        known_at=times[stage_at],
    )
