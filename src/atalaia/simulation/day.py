"""One local day of the world: rooms, what shows in them, and what moderation does."""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from atalaia.simulation.appeals import Appealable, Appeals, draw_appeals
from atalaia.simulation.arrays import MICROSECOND, Ints
from atalaia.simulation.candidates import Candidates
from atalaia.simulation.climb import Steps, climb, settle, stops_of
from atalaia.simulation.creators import Creators, day_number, open_strikes
from atalaia.simulation.decisions import numbered
from atalaia.simulation.events import Events, draw_events
from atalaia.simulation.moderation import Judged, judge
from atalaia.simulation.penalties import (
    Penalties,
    appealable_of,
    blocked_until,
    impose,
    relieved,
    struck,
)
from atalaia.simulation.routing import route
from atalaia.simulation.sessions import Sessions, stop_sessions
from atalaia.simulation.signals import Signals
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.traffic import Traffic, draw_traffic
from atalaia.simulation.violations import Violations

__all__ = ["Day", "play_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What happened on a local day, and the creators as it found and left them.

    `number` begins the identifiers of the day's rows.
    """

    at: int
    number: int
    sessions: Sessions
    trap: Ints
    violations: Violations
    prevented: Violations
    candidates: Candidates
    signals: Signals
    judged: Judged
    steps: Steps
    decision: Ints
    penalties: Penalties
    appealable: Appealable
    appeals: Appeals
    traffic: Traffic
    before: Creators
    creators: Creators


def play_day(stage: Stage, creators: Creators, *, day: int, count: int) -> Day:
    """Play one local day with `count` sessions; the same inputs give the same day."""
    number = day_number(stage.plan.start + timedelta(days=day))
    events = draw_events(stage, creators, day=day, count=count)
    judged = _judged(stage, creators, events)
    events, steps = _acted(stage, events, judged=judged)
    decision = numbered(steps, first_number=number)
    penalties, appealable, appeals = _penalised(
        stage, events, judged=judged, steps=steps, decision=decision, number=number
    )
    return Day(
        at=day,
        number=number,
        sessions=events.sessions,
        trap=events.trap,
        violations=events.violations,
        prevented=events.prevented,
        candidates=events.candidates,
        signals=events.signals,
        judged=judged,
        steps=steps,
        decision=decision,
        penalties=penalties,
        appealable=appealable,
        appeals=appeals,
        traffic=draw_traffic(
            stage.streams.of(Concern.TRAFFIC, day=day),
            events.sessions,
            faults=stage.faults_on(day),
        ),
        before=creators,
        creators=_after(
            stage, creators, events=events, penalties=penalties, judged=judged
        ),
    )


def _judged(stage: Stage, creators: Creators, events: Events) -> Judged:
    day, streams = events.day, stage.streams
    docket = route(
        streams.of(Concern.ROUTING, day=day),
        events.candidates,
        signals=events.signals,
        sessions=events.sessions,
        bench=stage.bench,
        catalogue=stage.catalogue,
        moderation=stage.plan.moderation,
    )
    strikes = open_strikes(creators, day=day, expiry_days=stage.expiry_days)
    return judge(
        streams.of(Concern.JUDGMENTS, day=day),
        docket,
        candidates=events.candidates,
        strikes=strikes[events.sessions.creator],
        read=stage.rulings,
        rates=stage.suspicions_on(day),
        catalogue=stage.catalogue,
        moderation=stage.plan.moderation,
        pressure=stage.pressure_on(day),
    )


def _acted(stage: Stage, events: Events, *, judged: Judged) -> tuple[Events, Steps]:
    """Return the day with the rooms that moderation stopped, and the rungs it took."""
    candidates = events.candidates
    market = events.sessions.market[candidates.session[judged.candidate]]
    meant = climb(
        stage.streams.of(Concern.CLIMBS, day=events.day),
        judged,
        market=market,
        read=stage.rulings,
        catalogue=stage.catalogue,
    )
    stopped = stops_of(
        meant,
        judged,
        candidates=candidates,
        sessions=events.sessions,
        spares_room=stage.hides_creator,
    )
    sessions = stop_sessions(events.sessions, stopped_at=stopped)
    steps = settle(
        meant,
        judged,
        candidates=candidates,
        sessions=sessions,
        catalogue=stage.catalogue,
    )
    of = candidates.session[events.signals.candidate]
    came = ~sessions.cut[of] | (events.signals.at <= sessions.ends_at[of])
    signals = events.signals.kept(came)
    return replace(events, sessions=sessions, signals=signals), steps


def _penalised(
    stage: Stage,
    events: Events,
    *,
    judged: Judged,
    steps: Steps,
    decision: Ints,
    number: int,
) -> tuple[Penalties, Appealable, Appeals]:
    penalties = impose(
        stage.streams.of(Concern.PENALTIES, day=events.day),
        steps,
        decision=decision,
        judged=judged,
        candidates=events.candidates,
        sessions=events.sessions,
        policy_subject=stage.policy_subject,
        read=stage.rulings,
        catalogue=stage.catalogue,
        first_number=number,
    )
    appealable = appealable_of(
        penalties,
        judged=judged,
        candidates=events.candidates,
        sessions=events.sessions,
        catalogue=stage.catalogue,
    )
    rng = stage.streams.of(Concern.APPEALS, day=events.day)
    appeals, relief = draw_appeals(rng, appealable)
    penalties = relieved(penalties, appealable=appealable, relief=relief)
    return penalties, appealable, appeals


def _after(
    stage: Stage,
    creators: Creators,
    *,
    events: Events,
    penalties: Penalties,
    judged: Judged,
) -> Creators:
    """Return the creators with the day's strikes, suspensions and air time."""
    day, sessions = events.day, events.sessions
    strikes = open_strikes(creators, day=day, expiry_days=stage.expiry_days)
    strike_day = creators.strike_day.copy()
    counted = np.flatnonzero(struck(penalties))
    who = penalties.creator[counted]
    level = stage.catalogue.first_level[judged.policy[penalties.judged[counted]]]
    np.add.at(strikes, (who, level), 1)
    strike_day[who, level] = day
    blocked = creators.blocked_until.copy()
    on_host = penalties.creator >= 0
    until = blocked_until(penalties, catalogue=stage.catalogue)
    np.maximum.at(blocked, penalties.creator[on_host], until[on_host])
    busy = creators.busy_until.copy()
    np.maximum.at(busy, sessions.creator, sessions.ends_at + MICROSECOND)
    return replace(
        creators,
        strikes=strikes,
        strike_day=strike_day,
        blocked_until=blocked,
        busy_until=busy,
    )
