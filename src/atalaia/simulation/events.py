"""What happens in a day's rooms before anybody acts: rooms, violations and hints."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from atalaia.simulation.arrays import Flags, Ints
from atalaia.simulation.candidates import Candidates, draw_candidates
from atalaia.simulation.creators import Creators
from atalaia.simulation.lessons import heeded
from atalaia.simulation.local_time import offsets
from atalaia.simulation.sessions import Sessions, draw_sessions
from atalaia.simulation.signals import Signals, draw_signals
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.traps import draw_traps
from atalaia.simulation.violations import Violations, draw_violations

__all__ = ["Events", "draw_events"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """A day's rooms and what shows in them; `prevented` is what does not any more."""

    day: int
    sessions: Sessions
    trap: Ints
    violations: Violations
    prevented: Violations
    candidates: Candidates
    signals: Signals


def draw_events(stage: Stage, creators: Creators, *, day: int, count: int) -> Events:
    """Draw `count` rooms of a local day as if nobody ever stopped one."""
    sessions = _sessions(stage, creators, day=day, count=count)
    streams = stage.streams
    trap, trap_policy = draw_traps(
        streams.of(Concern.TRAPS, day=day),
        stage.traps,
        sessions=sessions,
        is_in_force=stage.rules_on(day).is_in_force,
    )
    violations, prevented = _violations(stage, creators, day=day, sessions=sessions)
    candidates = draw_candidates(
        streams.of(Concern.SCORES, day=day),
        sessions=sessions,
        violations=violations,
        trap=trap,
        trap_policy=trap_policy,
        rates=stage.suspicions_on(day),
        scoring=stage.scoring_on(day),
    )
    candidates = candidates.kept(_has_begun(stage, candidates, sessions=sessions))
    starts = np.append(violations.starts_at, 0)[candidates.violation]
    signals = draw_signals(
        streams.of(Concern.SIGNALS, day=day),
        candidates,
        sessions=sessions,
        starts_at=np.where(candidates.is_true, starts, candidates.seen_at),
    )
    return Events(
        day=day,
        sessions=sessions,
        trap=trap,
        violations=violations,
        prevented=prevented,
        candidates=candidates,
        signals=signals,
    )


def _sessions(stage: Stage, creators: Creators, *, day: int, count: int) -> Sessions:
    today = stage.plan.start + timedelta(days=day)
    return draw_sessions(
        stage.streams.of(Concern.SESSIONS, day=day),
        count=count,
        creators=creators,
        market_volume=stage.effects.volume[day],
        day=today,
        day_at=day,
        offset=offsets(today, clocks=stage.clocks),
        app_versions=stage.plan.app_versions,
        test_share=stage.plan.test_share,
    )


def _violations(
    stage: Stage, creators: Creators, *, day: int, sessions: Sessions
) -> tuple[Violations, Violations]:
    """Return what happens, and what creators were taught out of."""
    found = draw_violations(
        stage.streams.of(Concern.VIOLATIONS, day=day),
        rates=stage.rates_on(day),
        sessions=sessions,
        creators=creators,
        strictness=stage.agencies.strictness,
        first_level=stage.catalogue.first_level,
        waves=stage.waves_on(day),
        changed=stage.changed_on(day),
    )
    # A room's own date may be ahead of its market's, by which a law begins.
    market = sessions.market[found.session]
    has_begun = stage.has_begun(found.starts_at, market=market, policy=found.policy)
    found = found.kept(has_begun)
    is_prevented = heeded(
        stage.streams.of(Concern.LESSONS, day=day),
        found,
        sessions=sessions,
        creators=creators,
        hides_creator=stage.hides_creator,
        offence_factor=stage.plan.education.offence_factor,
    )
    return found.kept(~is_prevented), found.kept(is_prevented)


def _has_begun(stage: Stage, candidates: Candidates, *, sessions: Sessions) -> Flags:
    """Whether each was a breach by then, or could have been taken for one."""
    begun = stage.has_begun(
        sessions.starts_at[candidates.session],
        market=sessions.market[candidates.session],
        policy=candidates.policy,
    )
    return candidates.is_true | begun
