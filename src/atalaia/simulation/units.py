"""Units that a sample can draw: enforced decisions, and sessions that passed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.simulation.day import Day
from atalaia.simulation.reckoning import STRATA, Reckoning
from atalaia.simulation.rules import Rules
from atalaia.simulation.segments import minute_of
from atalaia.simulation.stage import Stage
from atalaia.simulation.verities import verdict_of

__all__ = ["Units", "enforced_units", "passed_units"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Arrays over units; `at` places a unit in its window, in UTC microseconds.

    `session` and `decision` are numbers of identifiers (-1 for none), `stratum` indexes
    the frame's strata, `policy` is the one broken, or the one suspected. `verdict` is
    what the truth says of the decision.
    """

    session: Ints
    decision: Ints
    creator: Ints
    market: Ints
    at: Ints
    stratum: Ints
    minute: Ints
    signals: Ints
    viewers: Floats
    starts_at: Ints
    ends_at: Ints
    is_violating: Flags
    policy: Ints
    version: Ints
    lane: Ints
    penalty: Ints
    violation_at: Ints
    verdict: Ints
    trap: Ints

    @property
    def count(self) -> int:
        """How many units there are."""
        return self.session.size

    def kept(self, which: Flags | Ints) -> "Units":
        """Return some of the units."""
        return Units(
            **{name: getattr(self, name)[which] for name in Units.__dataclass_fields__}
        )

    @staticmethod
    def joined(parts: Sequence["Units"]) -> "Units":
        """Return all units of the parts."""
        return Units(
            **{
                name: np.concatenate([getattr(part, name) for part in parts])
                for name in Units.__dataclass_fields__
            }
        )


def enforced_units(stage: Stage, day: Day) -> Units:
    """Return the heaviest enforced decision of each incident outside test rooms.

    The strata are the actors, in the order of Actor.
    """
    steps, judged, sessions = day.steps, day.judged, day.sessions
    session = day.candidates.session[judged.candidate[steps.judged]]
    is_counted = ~(sessions.is_test | sessions.is_internal)[session]
    which = np.flatnonzero((steps.code >= 0) & steps.is_heaviest & is_counted)
    row = steps.judged[which]
    candidate = judged.candidate[row]
    session = session[which]
    violation = day.candidates.violation[candidate]
    is_true = violation >= 0
    policy = np.where(is_true, day.candidates.policy[candidate], judged.policy[row])
    started = np.append(day.violations.starts_at, 0)[violation]
    return _units(
        stage,
        day,
        session=session,
        decision=day.decision[which],
        at=steps.at[which],
        stratum=judged.actor[row],
        looked_at=np.where(is_true, started, judged.first_signal[row]),
        violation_at=np.where(is_true, started, -1),
        policy=policy,
        level=judged.right_level[row],
        verdict=verdict_of(day, which=which),
    )


def passed_units(stage: Stage, day: Day, reckoning: Reckoning) -> Units:
    """Return the valid sessions that nobody acted on while they were on air.

    The strata are those of STRATA but the last; a session acted on too late is one.
    """
    sessions = day.sessions
    is_passed = reckoning.stratum != STRATA.index("enforced")
    session = np.flatnonzero(is_passed & sessions.is_valid)
    step = reckoning.passed_step[session]
    violation = reckoning.first_violation[session]
    is_true = violation >= 0
    let_go = day.judged.policy[np.append(day.steps.judged, 0)[step]]
    suspected = np.where(
        step >= 0, let_go, day.creators.favourite[sessions.creator[session]]
    )
    broken = np.append(day.violations.policy, 0)[violation]
    started = np.append(day.violations.starts_at, 0)[violation]
    return _units(
        stage,
        day,
        session=session,
        decision=np.where(step >= 0, np.append(day.decision, -1)[step], -1),
        at=sessions.starts_at[session],
        stratum=reckoning.stratum[session],
        looked_at=reckoning.riskiest_at[session],
        violation_at=np.where(is_true, started, -1),
        policy=np.where(is_true, broken, suspected),
        level=np.zeros(session.size, dtype=np.int64),
        verdict=np.where(is_true, 2, 0),
    )


def _units(
    stage: Stage,
    day: Day,
    *,
    session: Ints,
    decision: Ints,
    at: Ints,
    stratum: Ints,
    looked_at: Ints,
    violation_at: Ints,
    policy: Ints,
    level: Ints,
    verdict: Ints,
) -> Units:
    sessions, rules = day.sessions, stage.rules_on(day.at)
    market = sessions.market[session]
    minute = _minute(day, session=session, looked_at=looked_at)
    chain = rules.chain[market, policy, level]
    return Units(
        session=sessions.number[session],
        decision=decision,
        creator=sessions.creator[session],
        market=market,
        at=at,
        stratum=stratum,
        minute=minute,
        signals=_signals_in(day, session=session, minute=minute),
        viewers=_mean_viewers(day)[session],
        starts_at=sessions.starts_at[session],
        ends_at=sessions.ends_at[session],
        is_violating=violation_at >= 0,
        policy=policy,
        version=rules.version[market, policy],
        lane=rules.lane[market, policy],
        penalty=_due(stage, rules, chain=chain, policy=policy),
        violation_at=violation_at,
        verdict=verdict,
        trap=day.trap[session],
    )


def _minute(day: Day, *, session: Ints, looked_at: Ints) -> Ints:
    """Return the minute that a reviewer looks at, within the room's time."""
    starts = day.sessions.starts_at[session]
    last = np.maximum(day.sessions.ends_at[session] - 1, starts)
    return minute_of(np.clip(looked_at, starts, last), starts_at=starts)


def _mean_viewers(day: Day) -> Floats:
    minutes = day.traffic.viewer_minutes(day.sessions.count)
    return minutes / np.maximum(day.sessions.seconds / 60, 1)


def _due(stage: Stage, rules: Rules, *, chain: Ints, policy: Ints) -> Ints:
    """Return the heaviest penalty that each breach deserves."""
    climbs = rules.climbs[chain]
    rank = stage.catalogue.rank[stage.catalogue.domain[policy][:, None], climbs]
    heaviest = np.argmax(np.where(climbs < 0, -1, rank), axis=1)
    return np.take_along_axis(climbs, heaviest[:, None], axis=1)[:, 0]


def _signals_in(day: Day, *, session: Ints, minute: Ints) -> Ints:
    """Return how many signals fall in the given minute of each session."""
    own = day.candidates.session[day.signals.candidate]
    at = minute_of(day.signals.at, starts_at=day.sessions.starts_at[own])
    longest = int(max(at.max(initial=0), minute.max(initial=0))) + 1
    keys, counts = np.unique(own * longest + at, return_counts=True)
    if keys.size == 0:
        return np.zeros(session.size, dtype=np.int64)
    wanted = session * longest + minute
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[place] == wanted, counts[place], 0)
