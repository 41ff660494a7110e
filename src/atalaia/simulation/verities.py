"""The rows of truth that a day leaves, and the list of what was planted."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import VerdictCode
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.arrays import MICROSECOND, Floats, Ints
from atalaia.simulation.creators import TIERS, Creators, creator_ids
from atalaia.simulation.day import Day
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.incidents import AgencyWave
from atalaia.simulation.lateness import told_at
from atalaia.simulation.local_time import local_days
from atalaia.simulation.reckoning import OWNERS, STRATA, Reckoning
from atalaia.simulation.rules import LANES, Rulings
from atalaia.simulation.sessions import session_ids
from atalaia.simulation.stage import Stage
from atalaia.simulation.truth import VERDICTS, truth_table

__all__ = [
    "day_truth",
    "first_truth",
    "rulings_of",
    "verdict_of",
    "write_incidents",
]

_TRUTHS = ("non_violating", "violating")
_CODES = (
    VerdictCode.TECHNICAL,
    VerdictCode.OVERKILL,
    VerdictCode.LEAKAGE,
    VerdictCode.WRONG_POLICY,
    VerdictCode.OVER_SEVERE,
    VerdictCode.UNDER_SEVERE,
)
"""In the order in which they are told: a fault of the system hides every other."""


def day_truth(stage: Stage, day: Day, reckoning: Reckoning) -> Mapping[str, pa.Table]:
    """Return the day's rows of every truth table."""
    return {
        "violations": _violations(stage, day, reckoning),
        "prevented_violations": _prevented(stage, day),
        "decision_truth": _decisions(stage, day, reckoning),
        "session_truth": _sessions(stage, day, reckoning),
    }


def first_truth(stage: Stage, creators: Creators) -> Mapping[str, pa.Table]:
    """Return what no platform knows of its creators and agencies, as of the start."""
    who, agencies = np.arange(creators.count), stage.agencies
    catalogue = stage.catalogue
    return {
        "creators": truth_table(
            "creators",
            {
                "creator_id": creator_ids(who),
                "market": columns.text(catalogue.markets, creators.market),
                "agency_id": agency_ids(creators.agency),
                "tier": columns.text(TIERS, creators.tier),
                "activity": columns.numbers(creators.activity),
                "propensity": columns.numbers(creators.propensity),
                "habit_policy_id": columns.text(catalogue.policies, creators.favourite),
            },
        ),
        "agencies": truth_table(
            "agencies",
            {
                "agency_id": agency_ids(np.arange(agencies.count)),
                "market": columns.text(catalogue.markets, agencies.market),
                "roster_share": columns.numbers(agencies.pull),
                "violation_factor": columns.numbers(agencies.strictness),
            },
        ),
    }


def _local_day(stage: Stage, day: Day) -> pa.Array:
    """Return the date on which each session started, by its creator's clock."""
    dates = local_days(
        day.sessions.starts_at,
        zone=day.sessions.zone,
        clocks=stage.clocks,
    )
    return pa.array(dates.astype(np.int32), type=pa.date32())


def rulings_of(stage: Stage, day: Day) -> Rulings:
    """Return how the policy of each step read when it was taken."""
    session = day.candidates.session[day.judged.candidate[day.steps.judged]]
    return stage.rulings(
        day.steps.at,
        market=day.sessions.market[session],
        policy=day.judged.policy[day.steps.judged],
    )


def _violations(stage: Stage, day: Day, reckoning: Reckoning) -> pa.Table:
    which = np.flatnonzero(reckoning.happened)
    found = day.violations.kept(which)
    session, sessions = found.session, day.sessions
    market = sessions.market[session]
    catalogue = stage.catalogue
    rulings = stage.rulings(found.starts_at, market=market, policy=found.policy)
    end = np.minimum(found.ends_at, sessions.ends_at[session])
    return truth_table(
        "violations",
        {
            "session_id": session_ids(sessions.number[session]),
            "creator_id": creator_ids(sessions.creator[session]),
            "agency_id": agency_ids(sessions.agency[session]),
            "market": columns.text(catalogue.markets, market),
            "business_date": _local_day(stage, day).take(pa.array(session)),
            "policy_id": columns.text(catalogue.policies, found.policy),
            "policy_version": columns.text(catalogue.versions, rulings.version),
            "lane": columns.text(LANES, rulings.lane),
            "started_at": columns.instants(found.starts_at),
            "ended_at": columns.instants(end),
            "owner": columns.text(OWNERS, reckoning.owner[which]),
            "first_signal_at": columns.instants(reckoning.first_signal[which]),
            "enforced_at": columns.instants(reckoning.enforced_at[which]),
            "incident": columns.text(_planted(stage), found.incident),
        },
    )


def verdict_of(day: Day, *, which: Ints) -> Ints:
    """Return what the truth says of each step, as an index of VERDICTS."""
    steps, judged = day.steps, day.judged
    row = steps.judged[which]
    candidate = judged.candidate[row]
    is_true = day.candidates.is_true[candidate]
    is_act = steps.code[which] >= 0
    return np.select(
        [
            is_act & judged.is_technical[row],
            is_act & ~is_true,
            ~is_act & is_true,
            is_act & (judged.policy[row] != day.candidates.policy[candidate]),
            is_act & (judged.level[row] > judged.right_level[row]),
            is_act & (judged.level[row] < judged.right_level[row]),
        ],
        [VERDICTS.index(code) for code in _CODES],
        default=VERDICTS.index(VerdictCode.CORRECT),
    )


def _prevented(stage: Stage, day: Day) -> pa.Table:
    """Return what creators would have done, had no programme taught them better."""
    found, sessions = day.prevented, day.sessions
    session, catalogue = found.session, stage.catalogue
    return truth_table(
        "prevented_violations",
        {
            "session_id": session_ids(sessions.number[session]),
            "creator_id": creator_ids(sessions.creator[session]),
            "market": columns.text(catalogue.markets, sessions.market[session]),
            "business_date": _local_day(stage, day).take(pa.array(session)),
            "policy_id": columns.text(catalogue.policies, found.policy),
            "started_at": columns.instants(found.starts_at),
        },
    )


def _decisions(stage: Stage, day: Day, reckoning: Reckoning) -> pa.Table:
    which = np.flatnonzero(reckoning.known)
    steps, judged = day.steps.kept(which), day.judged
    candidate = judged.candidate[steps.judged]
    session = day.candidates.session[candidate]
    sessions, catalogue = day.sessions, stage.catalogue
    market, policy = sessions.market[session], judged.policy[steps.judged]
    is_test = sessions.is_test | sessions.is_internal
    first = np.zeros(judged.candidate.size, dtype=np.int64)
    first[day.steps.judged[::-1]] = day.decision[::-1]
    planted = judged.incident[steps.judged]
    return truth_table(
        "decision_truth",
        {
            "decision_id": decision_ids(day.decision[which]),
            "incident_id": columns.ids("i", first[steps.judged]),
            "session_id": session_ids(sessions.number[session]),
            "creator_id": creator_ids(sessions.creator[session]),
            "market": columns.text(catalogue.markets, market),
            "business_date": _local_day(stage, day).take(pa.array(session)),
            "decided_at": columns.instants(steps.at),
            "policy_id": columns.text(catalogue.policies, policy),
            "policy_version": columns.text(
                catalogue.versions, rulings_of(stage, day).version[which]
            ),
            "is_enforced": columns.flags(steps.code >= 0),
            "is_heaviest": columns.flags(steps.is_heaviest),
            "is_late": columns.flags(steps.is_late & (steps.code >= 0)),
            "is_test": columns.flags(is_test[session]),
            "verdict": columns.text(VERDICTS, verdict_of(day, which=which)),
            "planted": columns.text(_planted(stage), planted),
            **_real(stage, day, candidate=candidate, market=market, at=steps.at),
        },
    )


def _real(
    stage: Stage, day: Day, *, candidate: Ints, market: Ints, at: Ints
) -> Mapping[str, pa.Array]:
    """Return what really stood behind each decision."""
    violation = day.candidates.violation[candidate]
    is_true = violation >= 0
    breach = day.candidates.policy[candidate]
    right = np.where(is_true, breach, -1)
    lane = stage.rulings(at, market=market, policy=breach).lane
    started = np.append(day.violations.starts_at, 0)[violation]
    trap = day.candidates.trap[candidate]
    return {
        "truth": columns.text(_TRUTHS, is_true.astype(np.int64)),
        "truth_policy_id": columns.text(stage.catalogue.policies, right),
        "truth_lane": columns.text(LANES, np.where(is_true, lane, -1)),
        "violation_started_at": columns.instants(np.where(is_true, started, -1)),
        "trap_id": columns.text(stage.traps.ids, trap),
    }


def _sessions(stage: Stage, day: Day, reckoning: Reckoning) -> pa.Table:
    sessions, violations = day.sessions, day.violations.kept(reckoning.happened)
    count = sessions.count
    number = np.bincount(violations.session, minlength=count)
    strata = [str(name) for name in STRATA]
    in_time = reckoning.stratum == strata.index("enforced")
    late = reckoning.stratum == strata.index("caught_late")
    minutes = day.traffic.viewer_minutes(count)
    return truth_table(
        "session_truth",
        {
            "session_id": session_ids(sessions.number),
            "creator_id": creator_ids(sessions.creator),
            "market": columns.text(stage.catalogue.markets, sessions.market),
            "business_date": _local_day(stage, day),
            "started_at": columns.instants(sessions.starts_at),
            "told_at": columns.instants(told_at(stage, day)),
            "is_valid": columns.flags(sessions.is_valid),
            "is_violating": columns.flags(number > 0),
            "violations": columns.whole(number),
            "trap_id": columns.text(stage.traps.ids, day.trap),
            "stratum": columns.text(STRATA, reckoning.stratum),
            "enforced_by_end": columns.flags(in_time),
            "is_enforced": columns.flags(in_time | late),
            "is_passed": columns.flags(~in_time & sessions.is_valid),
            "views": columns.whole(day.traffic.views(count)),
            "viewer_minutes": columns.numbers(minutes),
            "violating_viewer_minutes": columns.numbers(
                _violating_minutes(day, reckoning, minutes=minutes)
            ),
        },
    )


def _violating_minutes(day: Day, reckoning: Reckoning, *, minutes: Floats) -> Floats:
    """Return viewer-minutes under a violation: its share of the room's time."""
    sessions, found = day.sessions, day.violations.kept(reckoning.happened)
    end = np.minimum(found.ends_at, sessions.ends_at[found.session])
    lasting = (end - found.starts_at) / MICROSECOND
    share = np.bincount(found.session, weights=lasting, minlength=sessions.count)
    share = np.clip(share / np.maximum(sessions.seconds, 1), 0, 1)
    return np.round(minutes * share, 2)


def _planted(stage: Stage) -> list[str]:
    return [incident.id for incident in stage.plan.incidents]


def write_incidents(stage: Stage, *, folder: Path) -> None:
    """Write incidents.json: kind, slice, first and last day and effect of each."""
    planted = []
    for incident in stage.plan.incidents:
        first = stage.plan.start + timedelta(days=incident.starts_day)
        last_day = min(incident.starts_day + incident.lasts_days, stage.plan.days)
        facts = asdict(incident) | {
            "kind": type(incident).__name__,
            "first_day": first.isoformat(),
            "last_day": (stage.plan.start + timedelta(days=last_day - 1)).isoformat(),
        }
        if isinstance(incident, AgencyWave):
            agency = np.array([stage.agency_of(incident)])
            facts["agency_id"] = agency_ids(agency)[0].as_py()
        planted.append(facts)
    text = json.dumps(planted, indent=2, sort_keys=True) + "\n"
    (folder / "incidents.json").write_text(text, encoding="utf-8")
