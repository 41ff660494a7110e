"""Which candidates come to somebody's notice, and on whose desk they land."""

from dataclasses import dataclass

import numpy as np

from atalaia.domain.codes import SignalType
from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.simulation.candidates import Candidates
from atalaia.simulation.plan import Moderation
from atalaia.simulation.queues import QUEUES, Queue
from atalaia.simulation.rules import Catalogue
from atalaia.simulation.sessions import Sessions
from atalaia.simulation.signals import NEVER, SIGNALS, Signals

__all__ = ["SEATS", "Bench", "Docket", "moderator_names", "route"]

SEATS = 24
"""Moderators of each queue."""
_REVIEW_Z = 1.85
_AUTOMATIC_Z = 3.35
_REPORTS_NEEDED = 2
_UNSEEN_SHARE = 0.02
_MINORS = "tns.minors"
_REPORT = SIGNALS.index(SignalType.USER_REPORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What multiplies moderators' errors: each one's own `skill`, and three factors.

    They are by market, by the content's language and by queue; `portuguese` says which
    markets speak Portuguese.
    """

    skill: Floats
    market_factor: Floats
    language_factor: Floats
    queue_factor: Floats
    portuguese: Flags

    def error_of(
        self, moderator: Ints, *, market: Ints, language: Ints, queue: Ints
    ) -> Floats:
        """Return what multiplies the usual errors; a machine (-1) has a skill of 1."""
        own: Floats = np.append(self.skill, 1.0)[moderator]
        content = self.market_factor[market] * self.language_factor[language]
        return own * content * self.queue_factor[queue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """Arrays over the candidates to decide; `candidate` indexes them all.

    `error` multiplies the usual errors of who decides; `moderator` is -1 for a machine.
    """

    candidate: Ints
    session: Ints
    market: Ints
    policy: Ints
    is_true: Flags
    first_signal: Ints
    first_kind: Ints
    is_automatic: Flags
    queue: Ints
    moderator: Ints
    is_match: Flags
    error: Floats

    @property
    def count(self) -> int:
        """How many candidates there are to decide."""
        return self.candidate.size


def route(
    rng: np.random.Generator,
    candidates: Candidates,
    *,
    signals: Signals,
    sessions: Sessions,
    bench: Bench,
    catalogue: Catalogue,
    moderation: Moderation,
) -> Docket:
    """Send what is seen to a machine or to a seat of a queue."""
    seen = _seen(rng, candidates, signals=signals)
    is_automatic = candidates.z[seen] >= _AUTOMATIC_Z
    session = candidates.session[seen]
    market, tongue = sessions.market[session], sessions.language[session]
    first_kind = signals.first_kind(candidates.count)[seen]
    queue = _queues(
        candidates.policy[seen],
        is_automatic=is_automatic,
        is_report=first_kind == _REPORT,
        portuguese=bench.portuguese[market],
        catalogue=catalogue,
    )
    seat = rng.integers(0, SEATS, seen.size)
    moderator = np.where(is_automatic, -1, queue * SEATS + seat)
    mismatch = rng.random(seen.size) < moderation.mismatch_share
    error = bench.error_of(moderator, market=market, language=tongue, queue=queue)
    return Docket(
        candidate=seen,
        session=session,
        market=market,
        policy=candidates.policy[seen],
        is_true=candidates.is_true[seen],
        first_signal=signals.first_at(candidates.count)[seen],
        first_kind=first_kind,
        is_automatic=is_automatic,
        queue=queue,
        moderator=moderator,
        is_match=~mismatch,
        error=np.where(mismatch, moderation.mismatch_factor, 1.0) * error,
    )


def moderator_names() -> tuple[str, ...]:
    """Return the moderators' identifiers in the order of queue, then seat."""
    return tuple(f"mod-{queue}-{seat:02d}" for queue in QUEUES for seat in range(SEATS))


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
