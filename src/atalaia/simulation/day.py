"""One local day of the world, from who went LIVE to what the platform wrote down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import PenaltyCode
from atalaia.simulation.appeals import Appealable, appeal_rows, draw_appeals
from atalaia.simulation.arrays import MICROSECOND, Ints
from atalaia.simulation.candidates import Candidates, draw_candidates
from atalaia.simulation.climb import Steps, climb, settle, stops_of
from atalaia.simulation.creators import Creators, day_number, open_strikes
from atalaia.simulation.decisions import decision_rows, numbered
from atalaia.simulation.guests import guest_rows
from atalaia.simulation.local_time import offsets
from atalaia.simulation.moderation import Judged, judge
from atalaia.simulation.penalties import (
    Penalties,
    appealable_of,
    blocked_until,
    impose,
    penalty_rows,
    relieved,
    struck,
)
from atalaia.simulation.rules import CODES
from atalaia.simulation.segments import segment_rows
from atalaia.simulation.sessions import (
    Sessions,
    draw_sessions,
    session_rows,
    stop_sessions,
)
from atalaia.simulation.signals import Signals, draw_signals, signal_rows
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.traffic import Traffic, draw_traffic, traffic_rows
from atalaia.simulation.traps import draw_traps
from atalaia.simulation.violations import Violations, draw_violations

__all__ = ["Day", "play_day"]

_GUEST_REMOVED = CODES.index(PenaltyCode.GUEST_REMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What happened on a local day, and the creators as it left them."""

    at: int
    sessions: Sessions
    trap: Ints
    violations: Violations
    candidates: Candidates
    signals: Signals
    judged: Judged
    steps: Steps
    decision: Ints
    penalties: Penalties
    appealable: Appealable
    traffic: Traffic
    creators: Creators
    offset: Ints
    tables: Mapping[str, pa.Table]


def play_day(stage: Stage, creators: Creators, *, day: int, count: int) -> Day:
    """Play one local day with `count` sessions; the same inputs give the same day."""
    sessions, offset = _sessions(stage, creators, day=day, count=count)
    rates = stage.rates_on(day)
    streams = stage.streams
    trap, trap_policy = draw_traps(
        streams.of(Concern.TRAPS, day=day), stage.traps, sessions=sessions
    )
    violations = draw_violations(
        streams.of(Concern.VIOLATIONS, day=day),
        rates=rates,
        sessions=sessions,
        creators=creators,
        strictness=stage.agencies.strictness,
        first_level=stage.catalogue.first_level,
        waves=stage.waves_on(day),
        changed=stage.changed_on(day),
    )
    candidates = draw_candidates(
        streams.of(Concern.SCORES, day=day),
        sessions=sessions,
        violations=violations,
        trap=trap,
        trap_policy=trap_policy,
        rates=rates,
        scoring=stage.scoring_on(day),
    )
    starts = np.append(violations.starts_at, 0)[candidates.violation]
    signals = draw_signals(
        streams.of(Concern.SIGNALS, day=day),
        candidates,
        sessions=sessions,
        starts_at=np.where(candidates.is_true, starts, candidates.seen_at),
    )
    judged = _judged(
        stage,
        creators,
        day=day,
        sessions=sessions,
        candidates=candidates,
        signals=signals,
    )
    market = sessions.market[candidates.session[judged.candidate]]
    rules = stage.rules_on(day)
    meant = climb(
        streams.of(Concern.DECISIONS, day=day), judged, market=market, rules=rules
    )
    stopped = stops_of(
        meant,
        judged,
        candidates=candidates,
        sessions=sessions,
        spares_room=stage.hides_creator,
    )
    sessions = stop_sessions(sessions, stopped_at=stopped)
    steps = settle(
        meant,
        judged,
        candidates=candidates,
        sessions=sessions,
        catalogue=stage.catalogue,
    )
    signals = signals.kept(
        ~sessions.cut[candidates.session[signals.candidate]]
        | (signals.at <= sessions.ends_at[candidates.session[signals.candidate]])
    )
    return _written(
        stage,
        creators,
        day=day,
        offset=offset,
        sessions=sessions,
        trap=trap,
        violations=violations,
        candidates=candidates,
        signals=signals,
        judged=judged,
        steps=steps,
    )


def _sessions(
    stage: Stage, creators: Creators, *, day: int, count: int
) -> tuple[Sessions, Ints]:
    date = stage.plan.start + timedelta(days=day)
    offset = offsets(date, zones=stage.tongues.zones)
    sessions = draw_sessions(
        stage.streams.of(Concern.SESSIONS, day=day),
        count=count,
        creators=creators,
        market_volume=stage.effects.volume[day],
        day=date,
        day_at=day,
        offsets=offset,
        app_versions=stage.plan.app_versions,
        test_share=stage.plan.test_share,
    )
    return sessions, offset


def _judged(
    stage: Stage,
    creators: Creators,
    *,
    day: int,
    sessions: Sessions,
    candidates: Candidates,
    signals: Signals,
) -> Judged:
    strikes = open_strikes(creators, day=day, expiry_days=stage.expiry_days)
    return judge(
        stage.streams.of(Concern.ROUTING, day=day),
        stage.streams.of(Concern.REPORTS, day=day),
        candidates=candidates,
        signals=signals,
        sessions=sessions,
        strikes=strikes[sessions.creator],
        bench=stage.bench,
        rules=stage.rules_on(day),
        rates=stage.rates_on(day),
        catalogue=stage.catalogue,
        moderation=stage.plan.moderation,
        pressure=stage.pressure_on(day),
    )


def _written(
    stage: Stage,
    creators: Creators,
    *,
    day: int,
    offset: Ints,
    sessions: Sessions,
    trap: Ints,
    violations: Violations,
    candidates: Candidates,
    signals: Signals,
    judged: Judged,
    steps: Steps,
) -> Day:
    streams = stage.streams
    number = day_number(stage.plan.start + timedelta(days=day))
    decision = numbered(steps, first_number=number)
    penalties = impose(
        streams.of(Concern.PENALTIES, day=day),
        steps,
        decision=decision,
        judged=judged,
        candidates=candidates,
        sessions=sessions,
        policy_subject=stage.policy_subject,
        rules=stage.rules_on(day),
        catalogue=stage.catalogue,
        first_number=number,
    )
    appealable = appealable_of(
        penalties,
        judged=judged,
        candidates=candidates,
        sessions=sessions,
        catalogue=stage.catalogue,
    )
    appeals, relief = draw_appeals(streams.of(Concern.APPEALS, day=day), appealable)
    penalties = relieved(penalties, appealable=appealable, relief=relief)
    traffic = draw_traffic(
        streams.of(Concern.TRAFFIC, day=day), sessions, faults=stage.faults_on(day)
    )
    catalogue, plan = stage.catalogue, stage.plan
    tables = {
        "live_session": _session_table(stage, sessions, traffic=traffic, day=day),
        "session_segment": _segment_table(
            stage,
            sessions,
            candidates=candidates,
            signals=signals,
            violations=violations,
            judged=judged,
            steps=steps,
            traffic=traffic,
        ),
        "guest": guest_rows(
            streams.of(Concern.GUESTS, day=day),
            sessions,
            creators_of=_creators_of(creators, markets=len(catalogue.markets)),
            removed_at=_removed_at(steps, judged, candidates, sessions),
            markets=catalogue.markets,
        ),
        "signal": signal_rows(
            signals,
            candidates=candidates,
            sessions=sessions,
            first_number=number,
            policies=catalogue.policies,
            markets=catalogue.markets,
            models=stage.rates.model_of,
            versions=stage.model_versions,
        ),
        "moderation_decision": decision_rows(
            steps,
            number=decision,
            judged=judged,
            candidates=candidates,
            sessions=sessions,
            hides_creator=stage.hides_creator,
            rules=stage.rules_on(day),
            catalogue=catalogue,
            tongues=stage.tongues,
            moderators=stage.moderators,
            versions=stage.model_versions,
        ),
        "penalty": penalty_rows(
            penalties,
            judged=judged,
            sessions=sessions,
            catalogue=catalogue,
            strike_reversible=stage.strike_reversible,
        ),
        "appeal": appeal_rows(
            appeals,
            appealable=appealable,
            first_number=number,
            markets=catalogue.markets,
            tongues=stage.tongues,
        ),
        "traffic_snapshot": traffic_rows(
            traffic,
            sessions=sessions,
            markets=catalogue.markets,
            app_versions=plan.app_versions,
        ),
    }
    return Day(
        at=day,
        sessions=sessions,
        trap=trap,
        violations=violations,
        candidates=candidates,
        signals=signals,
        judged=judged,
        steps=steps,
        decision=decision,
        penalties=penalties,
        appealable=appealable,
        traffic=traffic,
        creators=_after(
            stage,
            creators,
            sessions=sessions,
            penalties=penalties,
            judged=judged,
            day=day,
        ),
        offset=offset,
        tables=tables,
    )


def _session_table(
    stage: Stage, sessions: Sessions, *, traffic: Traffic, day: int
) -> pa.Table:
    rng = stage.streams.of(Concern.AUDIENCE, day=day)
    views = traffic.views(sessions.count)
    minutes = traffic.viewer_minutes(sessions.count)
    mean = minutes / np.maximum(sessions.seconds / 60, 0.1)
    peak = np.ceil(mean * rng.uniform(1.3, 2.6, sessions.count)).astype(np.int64)
    return session_rows(
        sessions,
        views=views,
        viewer_minutes=minutes,
        peak=np.minimum(peak, views),
        gifts=traffic.gifts(sessions.count),
        network_end=rng.random(sessions.count) < 0.03,
        tongues=stage.tongues,
        markets=stage.catalogue.markets,
        app_versions=stage.plan.app_versions,
    )


def _segment_table(
    stage: Stage,
    sessions: Sessions,
    *,
    candidates: Candidates,
    signals: Signals,
    violations: Violations,
    judged: Judged,
    steps: Steps,
    traffic: Traffic,
) -> pa.Table:
    minutes = traffic.viewer_minutes(sessions.count)
    by_person = judged.moderator[steps.judged] >= 0
    looked = judged.candidate[steps.judged[by_person]]
    return segment_rows(
        sessions,
        signal_session=candidates.session[signals.candidate],
        signal_at=signals.at,
        violation_session=violations.session,
        violation_at=violations.starts_at,
        reviewed_session=candidates.session[looked],
        reviewed_at=judged.first_signal[steps.judged[by_person]],
        viewers=minutes / np.maximum(sessions.seconds / 60, 1),
        markets=stage.catalogue.markets,
    )


def _creators_of(creators: Creators, *, markets: int) -> list[Ints]:
    return [np.flatnonzero(creators.market == market) for market in range(markets)]


def _removed_at(
    steps: Steps, judged: Judged, candidates: Candidates, sessions: Sessions
) -> Ints:
    out = steps.code == _GUEST_REMOVED
    removed = np.full(sessions.count, -1)
    session = candidates.session[judged.candidate[steps.judged[out]]]
    removed[session] = steps.at[out]
    return removed


def _after(
    stage: Stage,
    creators: Creators,
    *,
    sessions: Sessions,
    penalties: Penalties,
    judged: Judged,
    day: int,
) -> Creators:
    """Return the creators with the day's strikes, suspensions and air time."""
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
