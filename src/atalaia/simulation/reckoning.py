"""What became of a day's sessions and violations: the ground of truth and samples."""

from dataclasses import dataclass

import numpy as np

from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.simulation.candidates import FLOOR
from atalaia.simulation.day import Day
from atalaia.simulation.signals import NEVER

__all__ = ["HIGH_SCORE", "OWNERS", "STRATA", "Reckoning", "reckon"]

OWNERS = ("enforced", "caught_late", "passed", "never_surfaced")
"""Who owns a violation: acted on in time, too late, looked at and let go, not seen."""
STRATA = ("unscored", "low", "high", "surfaced", "caught_late", "enforced")
"""Strata of sessions; all but the last make up the passed frame."""
HIGH_SCORE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """`happened` marks violations that began while the room was open.

    Per violation: `owner`, `first_signal`, `enforced_at` (-1 for never). Per session:
    `stratum`, `first_violation` (index, -1), `passed_step` (the step that let it go, or
    acted too late, -1), `riskiest_at`. `known` marks steps within the world's time.
    """

    happened: Flags
    owner: Ints
    first_signal: Ints
    enforced_at: Ints
    stratum: Ints
    first_violation: Ints
    passed_step: Ints
    riskiest_at: Ints
    known: Flags


def reckon(day: Day, *, ends_at: int) -> Reckoning:
    """Work out who owns each violation and where each session stands at `ends_at`."""
    known = day.steps.at <= ends_at
    stratum, passed_step = _strata(day, known=known)
    violations = day.violations
    happened = violations.starts_at < day.sessions.ends_at[violations.session]
    owner, enforced_at = _owners(day, known=known)
    first_violation = np.full(day.sessions.count, -1)
    real = np.flatnonzero(happened)
    by_start = real[np.argsort(-violations.starts_at[real], kind="stable")]
    first_violation[violations.session[by_start]] = by_start
    return Reckoning(
        happened=happened,
        owner=owner,
        first_signal=_first_signals(day),
        enforced_at=enforced_at,
        stratum=stratum,
        first_violation=first_violation,
        passed_step=passed_step,
        riskiest_at=_riskiest(day, first_violation=first_violation),
        known=known,
    )


def _strata(day: Day, *, known: Flags) -> tuple[Ints, Ints]:
    """Return each session's stratum, and the step that let it go or came too late."""
    steps, count = day.steps, day.sessions.count
    session = day.candidates.session[day.judged.candidate[steps.judged]]
    is_act = (steps.code >= 0) & known & (steps.order == 0)
    let_go = np.flatnonzero((steps.code < 0) & known)
    late = np.flatnonzero(is_act & steps.is_late)
    passed_step = np.full(count, -1)
    passed_step[session[let_go]] = let_go
    passed_step[session[late]] = late
    score = _best_score(day)
    names = ("enforced", "caught_late", "surfaced", "high", "low")
    stratum = np.select(
        [
            _any(session[is_act & ~steps.is_late], count),
            _any(session[late], count),
            _any(session[let_go], count),
            score >= HIGH_SCORE,
            score > 0,
        ],
        [STRATA.index(name) for name in names],
        default=STRATA.index("unscored"),
    )
    return stratum, passed_step


def _first_signals(day: Day) -> Ints:
    """Return when each violation was first raised, -1 where it never was."""
    first = day.signals.first_at(day.candidates.count)
    found = np.full(day.violations.count, -1)
    true = np.flatnonzero(day.candidates.is_true)
    raised = np.where(first[true] < NEVER, first[true], -1)
    found[day.candidates.violation[true]] = raised
    return found


def _any(rows: Ints, count: int) -> Flags:
    found = np.zeros(count, dtype=np.bool_)
    found[rows] = True
    return found


def _best_score(day: Day) -> Floats:
    best = np.zeros(day.sessions.count)
    model = day.signals.kept(~np.isnan(day.signals.score))
    np.maximum.at(best, day.candidates.session[model.candidate], model.score)
    return best


def _owners(day: Day, *, known: Flags) -> tuple[Ints, Ints]:
    steps, candidates = day.steps, day.candidates
    violation = candidates.violation[day.judged.candidate[steps.judged]]
    owner = np.full(day.violations.count, OWNERS.index("never_surfaced"))
    enforced_at = np.full(day.violations.count, -1)
    is_first = known & (violation >= 0) & (steps.order == 0)
    for name, which in (
        ("passed", steps.code < 0),
        ("caught_late", (steps.code >= 0) & steps.is_late),
        ("enforced", (steps.code >= 0) & ~steps.is_late),
    ):
        chosen = is_first & which
        owner[violation[chosen]] = OWNERS.index(name)
        if name != "passed":
            enforced_at[violation[chosen]] = steps.at[chosen]
    return owner, enforced_at


def _riskiest(day: Day, *, first_violation: Ints) -> Ints:
    """Return where a reviewer looks: the violation, else top score, else start."""
    sessions, candidates = day.sessions, day.candidates
    at = sessions.starts_at.copy()
    scored = np.flatnonzero(
        (candidates.z >= FLOOR)
        & (candidates.seen_at < sessions.ends_at[candidates.session])
    )
    scored = scored[np.argsort(candidates.z[scored], kind="stable")]
    at[candidates.session[scored]] = candidates.seen_at[scored]
    has = first_violation >= 0
    at[has] = day.violations.starts_at[first_violation[has]]
    return np.minimum(at, sessions.ends_at)
