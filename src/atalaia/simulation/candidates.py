"""What could come to the moderators' notice: violations, and what looks like one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.cells import pick_kinds
from atalaia.simulation.creators import GENRES
from atalaia.simulation.sessions import Sessions
from atalaia.simulation.violations import Violations

__all__ = [
    "FLOOR",
    "Candidates",
    "ModelShift",
    "Scoring",
    "draw_candidates",
    "score_of",
]

FLOOR = 1.15
"""Model scores below this many deviations are not exported: nobody looks at them."""
_RAID_SHARE = 4e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelShift:
    """A faulty release: innocent sessions of a genre and market score too high."""

    market: int
    genre: int
    policy: int
    shift: float
    share: float
    incident: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """The models of a day: `separation` per policy, `version` per market and policy.

    An innocent session's score is lifted by `trap_shift` where it carries a trap and by
    its language's shift, in deviations of innocent scores.
    """

    separation: Floats
    version: Ints
    trap_shift: float
    language_shift: Floats
    shifts: tuple[ModelShift, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Arrays over candidates; `violation` and `trap` are -1 where there is none.

    `z` is the model's score in deviations of innocent scores; `seen_at` when the
    model would raise it; `is_raid` a target of false mass reports.
    """

    session: Ints
    policy: Ints
    violation: Ints
    trap: Ints
    z: Floats
    seen_at: Ints
    version: Ints
    incident: Ints
    is_raid: Flags

    @property
    def count(self) -> int:
        """How many candidates there are."""
        return self.session.size

    @property
    def is_true(self) -> Flags:
        """Whether a violation stands behind the candidate."""
        return self.violation >= 0

    def kept(self, which: Flags | Ints) -> "Candidates":
        """Return some of the candidates."""
        return Candidates(
            **{
                name: getattr(self, name)[which]
                for name in Candidates.__dataclass_fields__
            }
        )


def separation_of(auc: float) -> float:
    """Return the distance of two unit normals that rank with this AUC (binormal)."""
    return float(np.sqrt(2) * special.ndtri(auc))


def score_of(z: Floats) -> Floats:
    """Return the exported score: the chance of a violation as the model believes it."""
    return np.round(1 / (1 + np.exp(3.2 + 3.92 - 2.8 * z)), 4)


def draw_candidates(
    rng: np.random.Generator,
    *,
    sessions: Sessions,
    violations: Violations,
    trap: Ints,
    trap_policy: Ints,
    rates: Floats,
    scoring: Scoring,
) -> Candidates:
    """Draw scores for every violation and for every session without one.

    Innocent sessions are kept only where a score would be exported, where a trap
    stands, or where a raid of false reports strikes.
    """
    true = _true(rng, violations, sessions=sessions, scoring=scoring)
    is_innocent = np.ones(sessions.count, dtype=np.bool_)
    is_innocent[violations.session] = False
    z = rng.standard_normal(sessions.count)
    z += scoring.language_shift[sessions.language]
    z = np.where(trap >= 0, z + scoring.trap_shift, z)
    z, policy, incident = _shifted(
        rng, z, policy=trap_policy, sessions=sessions, shifts=scoring.shifts
    )
    is_raid = rng.random(sessions.count) < _RAID_SHARE
    session = np.flatnonzero(is_innocent & ((z >= FLOOR) | (trap >= 0) | is_raid))
    policy = _suspected(rng, policy, session=session, sessions=sessions, rates=rates)
    market = sessions.market[session]
    whole = sessions.planned_end[session] - sessions.starts_at[session]
    seen = sessions.starts_at[session] + (rng.random(session.size) * whole).astype(int)
    false = Candidates(
        session=session,
        policy=policy,
        violation=np.full(session.size, -1),
        trap=trap[session],
        z=z[session],
        seen_at=seen,
        version=scoring.version[market, policy],
        incident=incident[session],
        is_raid=is_raid[session],
    )
    return _joined((true, false))


def _shifted(
    rng: np.random.Generator,
    z: Floats,
    *,
    policy: Ints,
    sessions: Sessions,
    shifts: Sequence[ModelShift],
) -> tuple[Floats, Ints, Ints]:
    """Return scores, suspected policies and incidents once faulty releases spoke."""
    z, policy = z.copy(), policy.copy()
    incident = np.full(sessions.count, -1)
    for shift in shifts:
        touched = _touched(rng, shift, sessions=sessions)
        z[touched] += shift.shift
        policy[touched] = shift.policy
        incident[touched] = shift.incident
    return z, policy, incident


def _suspected(
    rng: np.random.Generator,
    policy: Ints,
    *,
    session: Ints,
    sessions: Sessions,
    rates: Floats,
) -> Ints:
    """Return what each session is suspected of; without a trap, what is usual there."""
    cell = sessions.market[session] * len(GENRES) + sessions.category[session]
    cells = rates.reshape(-1, rates.shape[2])
    usual = pick_kinds(rng, cells, cell=cell)
    return np.where(policy[session] < 0, usual, policy[session])


def _true(
    rng: np.random.Generator,
    violations: Violations,
    *,
    sessions: Sessions,
    scoring: Scoring,
) -> Candidates:
    count = violations.count
    delay = (rng.exponential(35, count) + 3) * MICROSECOND
    return Candidates(
        session=violations.session,
        policy=violations.policy,
        violation=np.arange(count),
        trap=np.full(count, -1),
        z=rng.standard_normal(count) + scoring.separation[violations.policy],
        seen_at=violations.starts_at + delay.astype(np.int64),
        version=scoring.version[sessions.market[violations.session], violations.policy],
        incident=violations.incident,
        is_raid=np.zeros(count, dtype=np.bool_),
    )


def _touched(
    rng: np.random.Generator, shift: ModelShift, *, sessions: Sessions
) -> Ints:
    here = (sessions.market == shift.market) & (sessions.category == shift.genre)
    return np.flatnonzero(here & (rng.random(sessions.count) < shift.share))


def _joined(parts: Sequence[Candidates]) -> Candidates:
    return Candidates(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Candidates.__dataclass_fields__
        }
    )
