"""Who looks at a candidate, when, and what is decided: with known ways of erring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from atalaia.domain.codes import (
    Actor,
    AutomatedDecision,
    Detection,
    Severity,
    SignalType,
)
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.candidates import Candidates
from atalaia.simulation.cells import pick_kinds
from atalaia.simulation.plan import Moderation
from atalaia.simulation.queues import QUEUES, Queue
from atalaia.simulation.rules import SEVERITIES, Catalogue, Rules
from atalaia.simulation.sessions import Sessions
from atalaia.simulation.signals import NEVER, SIGNALS, Signals

__all__ = [
    "ACTORS",
    "AUTOMATED",
    "DETECTIONS",
    "SEATS",
    "Bench",
    "Judged",
    "Pressure",
    "judge",
    "moderator_names",
]

ACTORS = tuple(Actor)
AUTOMATED = tuple(AutomatedDecision)
DETECTIONS = tuple(Detection)
SEATS = 24
"""Moderators of each queue."""
_REVIEW_Z = 1.85
_AUTOMATIC_Z = 3.35
_REPORTS_NEEDED = 2
_UNSEEN_SHARE = 0.02
_BACKLOG_SHARE = 0.015
_MINORS = "tns.minors"
_DETECTION_OF = {
    SignalType.MODEL: Detection.PROACTIVE_MODEL,
    SignalType.KEYWORD: Detection.PROACTIVE_MODEL,
    SignalType.USER_REPORT: Detection.USER_REPORT,
    SignalType.CREATOR_SELF: Detection.USER_REPORT,
    SignalType.PATROL: Detection.PROACTIVE_HUMAN,
    SignalType.AGENCY: Detection.PROACTIVE_HUMAN,
    SignalType.PARTNER: Detection.LEGAL_NOTICE,
    SignalType.LEGAL_NOTICE: Detection.LEGAL_NOTICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The moderators: `skill` multiplies each one's errors, `market_factor` a market's.

    `portuguese` says which markets speak Portuguese.
    """

    skill: Floats
    market_factor: Floats
    portuguese: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """What incidents do to moderators on a day.

    `queue_miss` is the share of violations a queue passes (NaN: as usual), with the
    incident of each; `policy_miss` the same per market and policy.
    """

    queue_miss: Floats
    queue_incident: Ints
    policy_miss: Floats
    policy_incident: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Arrays over the candidates that were decided; `candidate` indexes them all.

    `level` is 0 for a first breach; `right_level` what it should have been.
    """

    candidate: Ints
    is_enforced: Flags
    policy: Ints
    level: Ints
    right_level: Ints
    at: Ints
    first_signal: Ints
    detection: Ints
    actor: Ints
    queue: Ints
    moderator: Ints
    is_match: Flags
    automated: Ints
    confidence: Floats
    incident: Ints

    def kept(self, which: Flags | Ints) -> "Judged":
        """Return some of the judged candidates."""
        return Judged(
            **{name: getattr(self, name)[which] for name in Judged.__dataclass_fields__}
        )


def moderator_names() -> tuple[str, ...]:
    """Return the moderators' identifiers in the order of queue, then seat."""
    return tuple(f"mod-{queue}-{seat:02d}" for queue in QUEUES for seat in range(SEATS))


def judge(
    route_rng: np.random.Generator,
    rng: np.random.Generator,
    *,
    candidates: Candidates,
    signals: Signals,
    sessions: Sessions,
    strikes: Ints,
    bench: Bench,
    rules: Rules,
    rates: Floats,
    catalogue: Catalogue,
    moderation: Moderation,
    pressure: Pressure,
) -> Judged:
    """Decide every candidate that comes to somebody's notice.

    `strikes` counts each session's open strikes by first level.
    """
    seen = _seen(route_rng, candidates, signals=signals)
    is_automatic = candidates.z[seen] >= _AUTOMATIC_Z
    market = sessions.market[candidates.session[seen]]
    policy = candidates.policy[seen]
    first_kind = signals.first_kind(candidates.count)[seen]
    queue = _queues(
        policy,
        is_automatic=is_automatic,
        is_report=first_kind == SIGNALS.index(SignalType.USER_REPORT),
        portuguese=bench.portuguese[market],
        catalogue=catalogue,
    )
    moderator = queue * SEATS + route_rng.integers(0, SEATS, seen.size)
    moderator = np.where(is_automatic, -1, moderator)
    mismatch = route_rng.random(seen.size) < moderation.mismatch_share
    error = bench.market_factor[market] * np.append(bench.skill, 1.0)[moderator]
    error *= np.where(mismatch, moderation.mismatch_factor, 1.0)
    is_enforced, incident = _verdicts(
        rng,
        candidates,
        seen=seen,
        is_automatic=is_automatic,
        queue=queue,
        market=market,
        error=error,
        moderation=moderation,
        pressure=pressure,
    )
    first = signals.first_at(candidates.count)[seen]
    severity = rules.severity[market, policy]
    level = np.minimum(
        strikes[candidates.session[seen], catalogue.first_level[policy]], 2
    )
    is_true = candidates.is_true[seen]
    harsh = rng.random(seen.size) < moderation.over_severe_share
    recorded = _recorded(
        rng,
        policy,
        market=market,
        is_wrong=is_enforced
        & is_true
        & (rng.random(seen.size) < moderation.wrong_policy_share),
        rates=rates,
        catalogue=catalogue,
    )
    judged = Judged(
        candidate=seen,
        is_enforced=is_enforced,
        policy=recorded,
        level=np.where(harsh & is_true & (recorded == policy), level + 1, level).clip(
            max=2
        ),
        right_level=level,
        at=first + _delays(rng, queue=queue, is_automatic=is_automatic),
        first_signal=first,
        detection=_detections(first_kind),
        actor=_actors(rng, severity=severity, is_automatic=is_automatic),
        queue=queue,
        moderator=moderator,
        is_match=~mismatch,
        automated=_automated(first_kind, is_automatic=is_automatic),
        confidence=np.round(rng.beta(9, 2, seen.size), 3),
        incident=incident,
    )
    return _one_incident_per_level(
        judged, session=candidates.session, catalogue=catalogue
    )


def _seen(
    rng: np.random.Generator, candidates: Candidates, *, signals: Signals
) -> Ints:
    """Return the candidates that a machine or a person decides."""
    count = candidates.count
    reports = signals.number_of(SignalType.USER_REPORT, count=count)
    kinds = np.isin(
        signals.kind,
        [
            SIGNALS.index(kind)
            for kind in SIGNALS
            if kind not in (SignalType.MODEL, SignalType.USER_REPORT)
        ],
    )
    is_hinted = np.bincount(signals.candidate[kinds], minlength=count) > 0
    scored = signals.number_of(SignalType.MODEL, count=count) > 0
    is_seen = scored & (candidates.z >= _REVIEW_Z)
    is_seen |= (reports >= _REPORTS_NEEDED) | is_hinted
    is_seen &= signals.first_at(count) < NEVER
    lost = rng.random(count) < _UNSEEN_SHARE
    return np.flatnonzero(is_seen & ~(lost & (candidates.z < _AUTOMATIC_Z)))


def _queues(
    policy: Ints,
    *,
    is_automatic: Flags,
    is_report: Flags,
    portuguese: Flags,
    catalogue: Catalogue,
) -> Ints:
    is_eco = catalogue.domain[policy] == 1
    minors = catalogue.first_levels.index(_MINORS)
    is_minors = catalogue.first_level[policy] == minors
    return np.select(
        [
            is_automatic,
            is_minors,
            is_report,
            ~is_eco & portuguese,
            ~is_eco,
            portuguese,
        ],
        [
            QUEUES.index(queue)
            for queue in (
                Queue.AUTOMATIC,
                Queue.MINORS,
                Queue.REPORTS,
                Queue.TNS_PT,
                Queue.TNS_ES,
                Queue.ECOSYSTEM_PT,
            )
        ],
        default=QUEUES.index(Queue.ECOSYSTEM_ES),
    )


def _verdicts(
    rng: np.random.Generator,
    candidates: Candidates,
    *,
    seen: Ints,
    is_automatic: Flags,
    queue: Ints,
    market: Ints,
    error: Floats,
    moderation: Moderation,
    pressure: Pressure,
) -> tuple[Flags, Ints]:
    """Return what is enforced, and the incident that changed the outcome."""
    policy = candidates.policy[seen]
    is_true = candidates.is_true[seen]
    miss = moderation.miss_share * error
    by_queue = pressure.queue_miss[queue]
    by_policy = pressure.policy_miss[market, policy]
    planted = np.fmax(by_queue, by_policy)
    miss = np.where(np.isnan(planted), miss, np.fmax(planted, miss))
    has_trap = (candidates.trap[seen] >= 0) | (candidates.incident[seen] >= 0)
    wrong = np.where(has_trap, moderation.trap_false_share, moderation.false_share)
    draw = rng.random(seen.size)
    chance = np.where(is_true, 1 - np.clip(miss, 0, 1), np.clip(wrong * error, 0, 0.9))
    is_enforced = is_automatic | (draw < chance)
    incident = np.where(np.isnan(by_queue), -1, pressure.queue_incident[queue])
    changed = pressure.policy_incident[market, policy]
    incident = np.where(np.isnan(by_policy), incident, changed)
    incident = np.where(is_true & ~is_enforced, incident, -1)
    own = candidates.incident[seen]
    return is_enforced, np.where(incident >= 0, incident, own)


def _recorded(
    rng: np.random.Generator,
    policy: Ints,
    *,
    market: Ints,
    is_wrong: Flags,
    rates: Floats,
    catalogue: Catalogue,
) -> Ints:
    """Return the policy written down: now and then another one of the same domain."""
    by_market = rates.mean(axis=1)
    is_eco = catalogue.domain == 1
    cells = np.concatenate([by_market * ~is_eco, by_market * is_eco])
    which = np.flatnonzero(is_wrong)
    cell = market[which] + by_market.shape[0] * catalogue.domain[policy[which]]
    recorded = policy.copy()
    recorded[which] = pick_kinds(rng, cells, cell=cell)
    return recorded


def _delays(rng: np.random.Generator, *, queue: Ints, is_automatic: Flags) -> Ints:
    """Return the wait from first signal to decision, in microseconds.

    Machines take seconds, reports half an hour, and a few cases fall into a backlog.
    """
    minutes = np.where(queue == QUEUES.index(Queue.REPORTS), 7.0, 2.6)
    seconds = 60 * minutes * rng.lognormal(0, 0.75, queue.size)
    backlog = rng.random(queue.size) < _BACKLOG_SHARE
    seconds = np.where(backlog, rng.lognormal(9.6, 0.9, queue.size), seconds)
    seconds = np.where(is_automatic, rng.uniform(2, 14, queue.size), seconds)
    return (seconds * MICROSECOND).astype(np.int64)


def _detections(first_kind: Ints) -> Ints:
    table = np.array([DETECTIONS.index(_DETECTION_OF[kind]) for kind in SIGNALS])
    return table[first_kind]


def _actors(rng: np.random.Generator, *, severity: Ints, is_automatic: Flags) -> Ints:
    draw = rng.random(severity.size)
    critical = severity == SEVERITIES.index(Severity.CRITICAL)
    human = np.select(
        [critical & (draw < 0.35), critical, draw < 0.70, draw < 0.95],
        [
            ACTORS.index(Actor.CENTRAL),
            ACTORS.index(Actor.INHOUSE),
            ACTORS.index(Actor.BPO),
            ACTORS.index(Actor.INHOUSE),
        ],
        default=ACTORS.index(Actor.CENTRAL),
    )
    return np.where(is_automatic, ACTORS.index(Actor.MODEL), human)


def _automated(first_kind: Ints, *, is_automatic: Flags) -> Ints:
    by_model = first_kind == SIGNALS.index(SignalType.MODEL)
    return np.select(
        [is_automatic, by_model],
        [
            AUTOMATED.index(AutomatedDecision.FULL),
            AUTOMATED.index(AutomatedDecision.PARTIAL),
        ],
        default=AUTOMATED.index(AutomatedDecision.NONE),
    )


def _one_incident_per_level(
    judged: Judged, *, session: Ints, catalogue: Catalogue
) -> Judged:
    """Keep one decided candidate per session and recorded first level, enforced first.

    Two of them would be one incident of the platform (same creator, room and level).
    """
    levels = len(catalogue.first_levels)
    key = session[judged.candidate] * levels + catalogue.first_level[judged.policy]
    order = np.lexsort((judged.at, ~judged.is_enforced, key))
    _, first = np.unique(key[order], return_index=True)
    return judged.kept(np.sort(order[first]))


def no_pressure(shape: tuple[int, int]) -> Pressure:
    """Return a day without incidents for market x policy of this shape."""
    return Pressure(
        queue_miss=np.full(len(QUEUES), np.nan),
        queue_incident=np.full(len(QUEUES), -1),
        policy_miss=np.full(shape, np.nan),
        policy_incident=np.full(shape, -1),
    )


def market_factors(moderation: Moderation, markets: Sequence[str]) -> Floats:
    """Return the factor on errors of each market, 1 where the plan names none."""
    named = dict(moderation.market_factors)
    return np.array([named.get(market, 1.0) for market in markets])
