"""Units that a sample can draw: enforced decisions, and sessions that passed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from atalaia.domain.codes import AppealResult, SignalType, VerdictCode
from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.simulation.day import Day
from atalaia.simulation.frames import APPEAL_RESULTS, REPORT_BANDS
from atalaia.simulation.lateness import told_at
from atalaia.simulation.reckoning import STRATA, Reckoning
from atalaia.simulation.rules import Rulings
from atalaia.simulation.segments import minute_of
from atalaia.simulation.signals import SIGNALS
from atalaia.simulation.stage import Stage
from atalaia.simulation.truth import VERDICTS
from atalaia.simulation.verities import verdict_of

__all__ = [
    "Units",
    "appealed_units",
    "enforced_units",
    "golden_units",
    "passed_units",
    "reported_units",
]

_RESULTS = tuple(AppealResult)
_LEAKAGE = VERDICTS.index(VerdictCode.LEAKAGE)
_CORRECT = VERDICTS.index(VerdictCode.CORRECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Arrays over units; `at` places a unit in its window, in UTC microseconds.

    `session` and `decision` are numbers of identifiers (-1 for none), `stratum` indexes
    the frame's strata, `policy` is the one broken, or the one suspected. `verdict` is
    what the truth says of the decision, `told_at` when the platform told of the room.
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
    told_at: Ints
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

    def last_of_each(self) -> "Units":
        """Return each unit once: of one met twice, the later meeting."""
        order = np.lexsort((self.at, self.decision, self.session))
        session, decision = self.session[order], self.decision[order]
        goes_on = (session[1:] == session[:-1]) & (decision[1:] == decision[:-1])
        return self.kept(np.sort(order[np.append(~goes_on, [True])[: order.size]]))

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
    steps = day.steps
    which = np.flatnonzero((steps.code >= 0) & steps.is_heaviest & ~_of_tests(day))
    return _decided_units(
        stage,
        day,
        which=which,
        at=steps.at[which],
        stratum=day.judged.actor[steps.judged[which]],
    )


def golden_units(stage: Stage, day: Day) -> Units:
    """Return the enforced units with their truth as stratum, as of GOLDEN_STRATA."""
    units = enforced_units(stage, day)
    return replace(units, stratum=units.is_violating.astype(np.int64))


def appealed_units(stage: Stage, day: Day) -> Units:
    """Return the decisions that an appeal decided on, at the moment it did.

    One unit for each round that was decided; withdrawn and invalid ones are none. The
    strata are those of APPEAL_RESULTS.
    """
    appeals, penalties = day.appeals, day.penalties
    strata = [_RESULTS.index(result) for result in APPEAL_RESULTS]
    decided = np.flatnonzero(np.isin(appeals.result, strata))
    if decided.size == 0:
        return enforced_units(stage, day).kept(np.zeros(0, dtype=np.int64))
    penalty = day.appealable.penalty[appeals.of[decided]] - penalties.number[0]
    in_order = np.argsort(day.decision)
    found = np.searchsorted(day.decision[in_order], penalties.decision[penalty])
    step = in_order[found]
    counted = ~_of_tests(day)[step]
    decided, step = decided[counted], step[counted]
    stratum_of = np.full(len(_RESULTS), -1)
    stratum_of[strata] = np.arange(len(strata))
    return _decided_units(
        stage,
        day,
        which=step,
        at=appeals.decided_at[decided],
        stratum=stratum_of[appeals.result[decided]],
    )


def _of_tests(day: Day) -> Flags:
    """Whether each step concerns a test room or one of staff."""
    sessions = day.sessions
    session = day.candidates.session[day.judged.candidate[day.steps.judged]]
    return (sessions.is_test | sessions.is_internal)[session]


def _decided_units(
    stage: Stage, day: Day, *, which: Ints, at: Ints, stratum: Ints
) -> Units:
    """Return units of these steps, each with what the truth says of it."""
    judged, row = day.judged, day.steps.judged[which]
    candidate = judged.candidate[row]
    violation = day.candidates.violation[candidate]
    is_true = violation >= 0
    policy = np.where(is_true, day.candidates.policy[candidate], judged.policy[row])
    started = np.append(day.violations.starts_at, 0)[violation]
    return _units(
        stage,
        day,
        session=day.candidates.session[candidate],
        decision=day.decision[which],
        at=at,
        stratum=stratum,
        looked_at=np.where(is_true, started, judged.first_signal[row]),
        violation_at=np.where(is_true, started, -1),
        policy=policy,
        ruled_at=day.steps.at[which],
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
    let_go = np.append(day.judged.policy[day.steps.judged], -1)[step]
    suspected = np.where(step >= 0, let_go, _habits(stage, day, session=session))
    starts = sessions.starts_at[session]
    looked = np.where(step >= 0, np.append(day.steps.at, -1)[step], starts)
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
        ruled_at=np.where(is_true, started, looked),
        level=np.zeros(session.size, dtype=np.int64),
        verdict=np.where(is_true, _LEAKAGE, _CORRECT),
    )


def _habits(stage: Stage, day: Day, *, session: Ints) -> Ints:
    """Return what the creator of each session is most likely to break there."""
    sessions = day.sessions
    return stage.habits(
        sessions.starts_at[session],
        market=sessions.market[session],
        genre=sessions.category[session],
        habit=day.creators.favourite[sessions.creator[session]],
    )


def reported_units(day: Day, passed: Units) -> Units:
    """Return the passed sessions that viewers reported; REPORT_STRATA by how often."""
    own = day.signals.kind == SIGNALS.index(SignalType.USER_REPORT)
    session = day.candidates.session[day.signals.candidate[own]]
    reports = np.bincount(session, minlength=day.sessions.count)
    found = reports[passed.session - day.number]
    stratum = np.digitize(found, REPORT_BANDS)
    return replace(passed, stratum=stratum).kept(found > 0)


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
    ruled_at: Ints,
    level: Ints,
    verdict: Ints,
) -> Units:
    """Return units with what a reviewer sees of each; `ruled_at` dates the policy."""
    sessions, market = day.sessions, day.sessions.market[session]
    minute = _minute(day, session=session, looked_at=looked_at)
    rulings = stage.rulings(ruled_at, market=market, policy=policy)
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
        told_at=told_at(stage, day)[session],
        is_violating=violation_at >= 0,
        policy=policy,
        version=rulings.version,
        lane=rulings.lane,
        penalty=_due(stage, rulings, policy=policy, level=level),
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


def _due(stage: Stage, rulings: Rulings, *, policy: Ints, level: Ints) -> Ints:
    """Return the heaviest of the rungs that each breach deserves."""
    chain = rulings.chain[np.arange(level.size), level]
    climbs = stage.catalogue.climbs[chain]
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
