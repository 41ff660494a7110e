"""An incident climbs its rungs: warn, then interrupt, then suspend; each a decision."""

from dataclasses import dataclass

import numpy as np

from atalaia.domain.codes import Outcome, PenaltyCode
from atalaia.simulation.arrays import MICROSECOND, Flags, Ints
from atalaia.simulation.candidates import Candidates
from atalaia.simulation.moderation import Judged
from atalaia.simulation.rules import CODES, STEPS, Catalogue, Reader
from atalaia.simulation.sessions import Sessions

__all__ = ["OUTCOMES", "Steps", "climb", "settle", "stops_of"]

OUTCOMES = tuple(Outcome)
_GOES_ON = 0.72
_OUTCOME_OF = {
    PenaltyCode.WARN: Outcome.WARN,
    PenaltyCode.GUEST_REMOVED: Outcome.FEATURE,
    PenaltyCode.INTERRUPT: Outcome.INTERRUPT,
    PenaltyCode.AGE_GATE_18: Outcome.AGE_RESTRICT,
    PenaltyCode.FYF_INELIGIBLE: Outcome.FYF_INELIGIBLE,
    PenaltyCode.VISIBILITY_LIMIT: Outcome.FYF_INELIGIBLE,
    PenaltyCode.FEATURE_RESTRICT: Outcome.FEATURE,
    PenaltyCode.LIVE_SUSPEND_1D: Outcome.SUSPEND,
    PenaltyCode.LIVE_SUSPEND_7D: Outcome.SUSPEND,
    PenaltyCode.LIVE_SUSPEND_30D: Outcome.SUSPEND,
    PenaltyCode.LIVE_SUSPEND_90D: Outcome.SUSPEND,
    PenaltyCode.AGE_VERIFICATION_HOLD: Outcome.SUSPEND,
    PenaltyCode.LIVE_BAN_PERMANENT: Outcome.BAN,
    PenaltyCode.ACCOUNT_BAN: Outcome.BAN,
    PenaltyCode.DEMONETISE: Outcome.DEMONETISE,
    PenaltyCode.LAW_ENFORCEMENT_REFERRAL: Outcome.ESCALATE,
    PenaltyCode.WELFARE_ESCALATION: Outcome.ESCALATE,
    PenaltyCode.AGENCY_WARNING: Outcome.WARN,
    PenaltyCode.AGENCY_SCORE_DEDUCTION: Outcome.DEMONETISE,
    PenaltyCode.AGENCY_RECRUITMENT_FREEZE: Outcome.FEATURE,
    PenaltyCode.AGENCY_REWARD_HOLD: Outcome.DEMONETISE,
    PenaltyCode.AGENCY_TERMINATION: Outcome.BAN,
}
OUTCOME_OF = np.array([OUTCOMES.index(_OUTCOME_OF[code]) for code in CODES])
"""Outcome of the decision that imposes each penalty code, as indices."""
_WARN = CODES.index(PenaltyCode.WARN)
_INTERRUPT = CODES.index(PenaltyCode.INTERRUPT)
_NEEDS_ROOM = np.isin(
    np.arange(len(CODES)),
    [
        CODES.index(code)
        for code in (
            PenaltyCode.INTERRUPT,
            PenaltyCode.AGE_GATE_18,
            PenaltyCode.FYF_INELIGIBLE,
            PenaltyCode.GUEST_REMOVED,
        )
    ],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Arrays over rungs taken; `judged` indexes the decided candidates.

    `code` is -1 for a decision without action; `is_heaviest` marks the last rung of
    its incident, `is_late` a decision after the room had closed.
    """

    judged: Ints
    order: Ints
    code: Ints
    at: Ints
    is_heaviest: Flags
    is_late: Flags

    def kept(self, which: Flags | Ints) -> "Steps":
        """Return some of the steps."""
        return Steps(
            **{name: getattr(self, name)[which] for name in Steps.__dataclass_fields__}
        )


def climb(
    rng: np.random.Generator,
    judged: Judged,
    *,
    market: Ints,
    read: Reader,
    catalogue: Catalogue,
) -> Steps:
    """Return the rungs of every decided candidate as if its room went on.

    A warned host goes on with probability 0.72 and then meets the next rung; heavier
    rungs follow each other within three minutes. Each rung is that of the version in
    force when it is taken.
    """
    shape = (judged.at.size, STEPS)
    draw = rng.random((judged.at.size, STEPS - 1)) < _GOES_ON
    wait = (rng.uniform(60, 170, shape) * MICROSECOND).astype(np.int64)
    wait[:, 0] = 0
    at = judged.at[:, None] + np.cumsum(wait, axis=1)
    codes = _rungs(judged, at=at, market=market, read=read, catalogue=catalogue)
    codes[codes[:, 0] < 0, 0] = _WARN
    goes_on = np.ones(codes.shape, dtype=np.bool_)
    after_warning = codes[:, :-1] == _WARN
    goes_on[:, 1:] = np.cumprod(~after_warning | draw, axis=1) > 0
    codes = np.where(judged.is_enforced[:, None], codes, -1)
    is_taken = (codes >= 0) & goes_on & judged.is_enforced[:, None]
    is_taken[:, 0] = True
    row, order = np.nonzero(is_taken)
    code, when = codes[row, order], at[row, order]
    last = np.append(row[1:] != row[:-1], [True]) if row.size else row > 0
    return Steps(
        judged=row,
        order=order,
        code=code,
        at=when,
        is_heaviest=last,
        is_late=np.zeros(row.size, dtype=np.bool_),
    )


def _rungs(
    judged: Judged, *, at: Ints, market: Ints, read: Reader, catalogue: Catalogue
) -> Ints:
    """Return the codes of the rungs taken `at` (judged x rung), -1 for none."""
    rows = np.repeat(np.arange(judged.at.size), STEPS)
    found = read(at.ravel(), market=market[rows], policy=judged.policy[rows])
    chain = found.chain[np.arange(rows.size), judged.level[rows]]
    order = np.tile(np.arange(STEPS), judged.at.size)
    codes: Ints = catalogue.climbs[chain, order].reshape(at.shape)
    return codes


def stops_of(
    steps: Steps,
    judged: Judged,
    *,
    candidates: Candidates,
    sessions: Sessions,
    spares_room: Flags,
) -> Ints:
    """Return when moderation stops each session, -1 where it does not.

    `spares_room` marks policies whose penalty falls on a viewer or a guest only.
    """
    session = candidates.session[judged.candidate[steps.judged]]
    is_stop = (steps.code == _INTERRUPT) & (steps.at < sessions.planned_end[session])
    is_stop &= ~spares_room[judged.policy[steps.judged]]
    never = 1 << 61
    first = np.full(sessions.count, never)
    np.minimum.at(first, session[is_stop], steps.at[is_stop])
    return np.where(first == never, -1, first)


def settle(
    steps: Steps,
    judged: Judged,
    *,
    candidates: Candidates,
    sessions: Sessions,
    catalogue: Catalogue,
) -> Steps:
    """Fit the rungs to how the rooms really ended.

    What needs an open room becomes a notice to the host when the room had closed;
    candidates first raised after the stop never came up.
    """
    session = candidates.session[judged.candidate[steps.judged]]
    ends = sessions.ends_at[session]
    came_up = judged.first_signal[steps.judged] <= np.where(
        sessions.cut[session], ends, steps.at
    )
    is_late = steps.at > ends
    is_lost = is_late & _NEEDS_ROOM[steps.code] & (steps.code >= 0)
    code = np.where(is_lost & (steps.order == 0), _WARN, steps.code)
    kept = came_up & ~(is_lost & (steps.order > 0))
    found = Steps(
        judged=steps.judged,
        order=steps.order,
        code=code,
        at=steps.at,
        is_heaviest=steps.is_heaviest,
        is_late=is_late & ~_follows_stop(steps, ends=ends),
    ).kept(kept)
    row = found.judged
    rank = _rank(found, judged, catalogue=catalogue)
    order = np.lexsort((found.at, rank, row))
    is_last = np.append(row[order][1:] != row[order][:-1], [True])[: row.size]
    heaviest = np.zeros(row.size, dtype=np.bool_)
    heaviest[order[is_last]] = True
    return Steps(
        judged=row,
        order=found.order,
        code=found.code,
        at=found.at,
        is_heaviest=heaviest,
        is_late=found.is_late,
    )


def _rank(steps: Steps, judged: Judged, *, catalogue: Catalogue) -> Ints:
    domain = catalogue.domain[judged.policy[steps.judged]]
    return np.where(steps.code < 0, 0, catalogue.rank[domain, steps.code])


def _follows_stop(steps: Steps, *, ends: Ints) -> Flags:
    """Whether the rung follows its own incident's stop of the room."""
    own_stop = (steps.code == _INTERRUPT) & (steps.at == ends)
    count = int(steps.judged.max(initial=-1)) + 1
    stopped = np.bincount(steps.judged[own_stop], minlength=count) > 0
    return stopped[steps.judged]
