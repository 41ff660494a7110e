"""The way of a case: which states it comes to, and how long each step takes."""

from dataclasses import dataclass

import numpy as np

from atalaia.domain.work_codes import CaseState
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints

__all__ = ["STATES", "Paths", "draw_paths"]

STATES = tuple(CaseState)
_SPREAD = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A state, the median hours before it, and the branches that lead there."""

    state: CaseState
    hours: float
    branches: tuple[str, ...] = ()


_SHARES = {
    "asks": 0.25,
    "returned": 0.15,
    "twice": 0.2,
    "fix": 0.25,
    "proved": 0.85,
    "reopened": 0.08,
    "again": 0.25,
    "double": 0.03,
}
"""How often a case takes each branch; `central` is the case's own."""
_S = CaseState
_STEPS = (
    _Step(state=_S.TRIAGED, hours=0.8),
    _Step(state=_S.DUPLICATE, hours=2, branches=("double",)),
    _Step(state=_S.WAITING_REPORTER, hours=3, branches=("asks",)),
    _Step(state=_S.TRIAGED, hours=9, branches=("asks",)),
    _Step(state=_S.EVIDENCE_COMPLETE, hours=2),
    _Step(state=_S.SUBMITTED_CENTRAL, hours=1, branches=("central",)),
    _Step(state=_S.REJECTED_INCOMPLETE, hours=4, branches=("central", "returned")),
    _Step(state=_S.SUBMITTED_CENTRAL, hours=5, branches=("central", "returned")),
    _Step(
        state=_S.REJECTED_INCOMPLETE,
        hours=4,
        branches=("central", "returned", "twice"),
    ),
    _Step(
        state=_S.SUBMITTED_CENTRAL, hours=5, branches=("central", "returned", "twice")
    ),
    _Step(state=_S.IN_REVIEW, hours=4, branches=("central",)),
    _Step(state=_S.DECIDED, hours=8),
    _Step(state=_S.FIX_IN_PROGRESS, hours=1, branches=("fix",)),
    _Step(state=_S.VERIFIED, hours=20, branches=("fix", "proved")),
    _Step(state=_S.CLOSED, hours=2),
    _Step(state=_S.REOPENED, hours=90, branches=("reopened",)),
    _Step(state=_S.IN_REVIEW, hours=3, branches=("reopened",)),
    _Step(state=_S.DECIDED, hours=8, branches=("reopened",)),
    # Closed with the decision: two moves of one moment.
    _Step(state=_S.CLOSED, hours=0, branches=("reopened",)),
    _Step(state=_S.REOPENED, hours=300, branches=("reopened", "again")),
    _Step(state=_S.CLOSED, hours=10, branches=("reopened", "again")),
)
_STATE = np.array([STATES.index(step.state) for step in _STEPS])
_HOURS = np.array([step.hours for step in _STEPS])
_ENDS_DOUBLES = [step.state for step in _STEPS].index(_S.DUPLICATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Arrays over the moves of all cases, in order: `case` indexes them.

    `seq` counts a case's moves from 1; `state` is an index of STATES. Per case:
    `has_fix`, whether one was promised, and `was_returned`.
    """

    case: Ints
    seq: Ints
    state: Ints
    at: Ints
    has_fix: Flags
    was_returned: Flags


def draw_paths(
    rng: np.random.Generator, opened: Ints, *, is_central: Flags, urgency: Floats
) -> Paths:
    """Draw how each case goes on for ever; `urgency` multiplies its hours."""
    count = opened.size
    taken = {name: rng.random(count) < share for name, share in _SHARES.items()}
    taken["central"] = is_central
    is_taken = np.stack([_leads(step, taken, count=count) for step in _STEPS], axis=1)
    is_taken[:, _ENDS_DOUBLES + 1 :] &= ~taken["double"][:, None]
    spread = rng.lognormal(0, _SPREAD, is_taken.shape)
    seconds = np.ceil(_HOURS * spread * urgency[:, None] * 3600).astype(np.int64)
    at = opened[:, None] + np.cumsum(seconds * is_taken, axis=1) * MICROSECOND
    case, step = np.nonzero(is_taken)
    return Paths(
        case=case,
        seq=np.cumsum(is_taken, axis=1, dtype=np.int64)[case, step],
        state=_STATE[step],
        at=at[case, step],
        has_fix=taken["fix"] & ~taken["double"],
        was_returned=taken["returned"] & is_central & ~taken["double"],
    )


def _leads(step: _Step, taken: dict[str, Flags], *, count: int) -> Flags:
    leads = np.ones(count, dtype=np.bool_)
    for branch in step.branches:
        leads &= taken[branch]
    return leads
