"""What is decided about each candidate, and when: with known ways of erring."""

from dataclasses import dataclass
from typing import TypedDict

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
from atalaia.simulation.routing import Docket
from atalaia.simulation.rules import SEVERITIES, Catalogue, Reader, Rulings
from atalaia.simulation.signals import SIGNALS

__all__ = [
    "ACTORS",
    "AUTOMATED",
    "DETECTIONS",
    "Judged",
    "Pressure",
    "judge",
    "no_pressure",
]

ACTORS = tuple(Actor)
AUTOMATED = tuple(AutomatedDecision)
DETECTIONS = tuple(Detection)
_BACKLOG_SHARE = 0.008
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
    `is_technical` marks what a fault of the system enforced in the wrong room.
    """

    candidate: Ints
    is_enforced: Flags
    policy: Ints
    level: Ints
    right_level: Ints
    is_technical: Flags
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


def judge(
    rng: np.random.Generator,
    docket: Docket,
    *,
    candidates: Candidates,
    strikes: Ints,
    read: Reader,
    rates: Floats,
    catalogue: Catalogue,
    moderation: Moderation,
    pressure: Pressure,
) -> Judged:
    """Decide all that is on the docket, by the texts in force when it is decided.

    `strikes` counts each session's open strikes by first level.
    """
    is_enforced, incident = _verdicts(
        rng, docket, candidates=candidates, moderation=moderation, pressure=pressure
    )
    recorded, slip = _slips(
        rng,
        docket,
        is_enforced=is_enforced,
        rates=rates,
        catalogue=catalogue,
        moderation=moderation,
    )
    level = _right_level(docket, strikes=strikes, catalogue=catalogue)
    at = docket.first_signal + _delays(rng, docket)
    texts = read(at, market=docket.market, policy=docket.policy)
    recorded, chain = _written(docket, recorded, at=at, read=read)
    judged = Judged(
        candidate=docket.candidate,
        is_enforced=is_enforced,
        policy=recorded,
        level=_slipped(level, slip=slip, chain=chain),
        right_level=level,
        at=at,
        first_signal=docket.first_signal,
        incident=incident,
        is_technical=_faults(rng, is_enforced, share=moderation.technical_share),
        **_handling(rng, docket, texts=texts),
    )
    return _one_incident_per_level(judged, candidates.session, catalogue=catalogue)


def _written(
    docket: Docket, recorded: Ints, *, at: Ints, read: Reader
) -> tuple[Ints, Ints]:
    """Return the policies written down, and the chains of their rungs by level.

    Nobody can write down by mistake what no text yet forbids.
    """
    begun = read(at, market=docket.market, policy=recorded).has_begun
    policy = np.where(begun, recorded, docket.policy)
    return policy, read(at, market=docket.market, policy=policy).chain


def _faults(rng: np.random.Generator, is_enforced: Flags, *, share: float) -> Flags:
    """Return what a fault of the system enforced in the wrong room."""
    hit: Flags = is_enforced & (rng.random(is_enforced.size) < share)
    return hit


class _Handling(TypedDict):
    actor: Ints
    confidence: Floats
    detection: Ints
    queue: Ints
    moderator: Ints
    is_match: Flags
    automated: Ints


def _handling(rng: np.random.Generator, docket: Docket, *, texts: Rulings) -> _Handling:
    kind, is_automatic = docket.first_kind, docket.is_automatic
    return {
        "actor": _actors(rng, docket, severity=texts.severity),
        "confidence": np.round(rng.beta(9, 2, docket.count), 3),
        "detection": _detections(kind),
        "queue": docket.queue,
        "moderator": docket.moderator,
        "is_match": docket.is_match,
        "automated": _automated(kind, is_automatic=is_automatic),
    }


def _verdicts(
    rng: np.random.Generator,
    docket: Docket,
    *,
    candidates: Candidates,
    moderation: Moderation,
    pressure: Pressure,
) -> tuple[Flags, Ints]:
    """Return what is enforced, and the incident that changed the outcome."""
    seen, is_true = docket.candidate, docket.is_true
    miss = moderation.miss_share * docket.error
    by_queue = pressure.queue_miss[docket.queue]
    by_policy = pressure.policy_miss[docket.market, docket.policy]
    planted = np.fmax(by_queue, by_policy)
    miss = np.where(np.isnan(planted), miss, np.fmax(planted, miss))
    has_trap = (candidates.trap[seen] >= 0) | (candidates.incident[seen] >= 0)
    wrong = np.where(has_trap, moderation.trap_false_share, moderation.false_share)
    draw = rng.random(docket.count)
    right = 1 - np.clip(miss, 0, 1)
    chance = np.where(is_true, right, np.clip(wrong * docket.error, 0, 0.9))
    is_enforced = docket.is_automatic | (draw < chance)
    incident = np.where(np.isnan(by_queue), -1, pressure.queue_incident[docket.queue])
    changed = pressure.policy_incident[docket.market, docket.policy]
    incident = np.where(np.isnan(by_policy), incident, changed)
    incident = np.where(is_true & ~is_enforced, incident, -1)
    own = candidates.incident[seen]
    return is_enforced, np.where(incident >= 0, incident, own)


def _right_level(docket: Docket, *, strikes: Ints, catalogue: Catalogue) -> Ints:
    """Return 0 for a first breach of the first-level policy, 2 from the third on."""
    return np.minimum(strikes[docket.session, catalogue.first_level[docket.policy]], 2)


def _slips(
    rng: np.random.Generator,
    docket: Docket,
    *,
    is_enforced: Flags,
    rates: Floats,
    catalogue: Catalogue,
    moderation: Moderation,
) -> tuple[Ints, Ints]:
    """Return the policy written down, and the levels too hard (1) or too mild (-1)."""
    draw = rng.random(docket.count)
    harsh = draw < moderation.over_severe_share
    mild = draw > 1 - moderation.under_severe_share
    slips = rng.random(docket.count) < moderation.wrong_policy_share
    is_wrong = is_enforced & docket.is_true & slips
    recorded = _recorded(
        rng, docket, is_wrong=is_wrong, rates=rates, catalogue=catalogue
    )
    may_slip = docket.is_true & (recorded == docket.policy)
    return recorded, may_slip * (harsh.astype(np.int64) - mild)


def _slipped(right_level: Ints, *, slip: Ints, chain: Ints) -> Ints:
    """Return the level applied; where its rungs are the same, nothing slipped.

    `chain` indexes the rungs of each decision's policy by level.
    """
    level = np.clip(right_level + slip, 0, chain.shape[1] - 1)
    rows = np.arange(level.size)
    is_same = chain[rows, level] == chain[rows, right_level]
    return np.where(is_same, right_level, level)


def _recorded(
    rng: np.random.Generator,
    docket: Docket,
    *,
    is_wrong: Flags,
    rates: Floats,
    catalogue: Catalogue,
) -> Ints:
    """Return the policy written down: now and then another one of the same domain."""
    by_market = rates.mean(axis=1)
    is_eco = catalogue.domain == 1
    cells = np.concatenate([by_market * ~is_eco, by_market * is_eco])
    which = np.flatnonzero(is_wrong)
    domain = catalogue.domain[docket.policy[which]]
    cell = docket.market[which] + by_market.shape[0] * domain
    recorded = docket.policy.copy()
    recorded[which] = pick_kinds(rng, cells, cell=cell)
    return recorded


def _delays(rng: np.random.Generator, docket: Docket) -> Ints:
    """Return the wait from first signal to decision, in microseconds.

    Machines take seconds, reports half an hour, and a few cases fall into a backlog.
    """
    minutes = np.where(docket.queue == QUEUES.index(Queue.REPORTS), 7.0, 2.6)
    seconds = 60 * minutes * rng.lognormal(0, 0.75, docket.count)
    backlog = rng.random(docket.count) < _BACKLOG_SHARE
    seconds = np.where(backlog, rng.lognormal(9.6, 0.9, docket.count), seconds)
    machine = rng.uniform(2, 14, docket.count)
    seconds = np.where(docket.is_automatic, machine, seconds)
    return (seconds * MICROSECOND).astype(np.int64)


def _detections(first_kind: Ints) -> Ints:
    table = np.array([DETECTIONS.index(_DETECTION_OF[kind]) for kind in SIGNALS])
    return table[first_kind]


def _actors(rng: np.random.Generator, docket: Docket, *, severity: Ints) -> Ints:
    draw = rng.random(docket.count)
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
    return np.where(docket.is_automatic, ACTORS.index(Actor.MODEL), human)


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
    judged: Judged, session: Ints, *, catalogue: Catalogue
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
