"""Penalties: what each rung imposes, how long it lasts and how it ends."""

from dataclasses import dataclass, replace
from typing import TypedDict

import numpy as np

from atalaia.domain.codes import Lane, PenaltyCode, PenaltyStatus, Subject
from atalaia.simulation.appeals import Appealable, Relief
from atalaia.simulation.arrays import MICROSECOND, Flags, Ints
from atalaia.simulation.candidates import Candidates
from atalaia.simulation.climb import Steps
from atalaia.simulation.creators import FOREVER
from atalaia.simulation.moderation import Judged
from atalaia.simulation.rules import CODES, LANES, Catalogue, Reader
from atalaia.simulation.sessions import Sessions

__all__ = [
    "ROOM_STATES",
    "STATUSES",
    "SUBJECTS",
    "Penalties",
    "appealable_of",
    "blocked_until",
    "impose",
    "relieved",
    "struck",
]

STATUSES = tuple(PenaltyStatus)
SUBJECTS = tuple(Subject)
_HOUR = 3600 * MICROSECOND
_HOLD = CODES.index(PenaltyCode.AGE_VERIFICATION_HOLD)
ROOM_STATES = [
    CODES.index(PenaltyCode.AGE_GATE_18),
    CODES.index(PenaltyCode.FYF_INELIGIBLE),
]
_WARN = CODES.index(PenaltyCode.WARN)
_REMOVE = LANES.index(Lane.REMOVE)
_VOID = STATUSES.index(PenaltyStatus.VOID_TECHNICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalties:
    """Arrays over penalties; instants in UTC microseconds, -1 where there is none.

    `ends_at` is when it ends by itself; `relief_at` when an appeal, or a technical
    void, ends it earlier or takes it back.
    """

    number: Ints
    decision: Ints
    judged: Ints
    session: Ints
    creator: Ints
    code: Ints
    subject: Ints
    starts_at: Ints
    planned_end: Ints
    ends_at: Ints
    is_heaviest: Flags
    counts_strike: Flags
    is_appealable: Flags
    relief_at: Ints
    relief_status: Ints


def impose(
    rng: np.random.Generator,
    steps: Steps,
    *,
    decision: Ints,
    judged: Judged,
    candidates: Candidates,
    sessions: Sessions,
    policy_subject: Ints,
    read: Reader,
    catalogue: Catalogue,
    first_number: int,
) -> Penalties:
    """Return a penalty for each rung, and what goes beside the first rung.

    `policy_subject` indexes Subject per policy: a viewer's breach falls on the viewer.
    """
    market = sessions.market[candidates.session[judged.candidate]]
    chain = read(judged.at, market=market, policy=judged.policy).chain
    beside = catalogue.beside[chain[np.arange(judged.at.size), judged.level]]
    of, code, is_side = _imposed(steps, decision=decision, beside=beside)
    row = steps.judged[of]
    session, policy = candidates.session[judged.candidate[row]], judged.policy[row]
    subject = _subjects(code, policy_subject[policy], catalogue=catalogue)
    is_host = ~np.isin(subject, [SUBJECTS.index(s) for s in ("viewer", "person")])
    heaviest = steps.is_heaviest[of] & ~is_side
    starts, room_ends = steps.at[of], sessions.ends_at[session]
    lane = read(starts, market=sessions.market[session], policy=policy).lane
    return Penalties(
        number=first_number + np.arange(code.size),
        decision=decision[of],
        judged=row,
        session=session,
        creator=np.where(is_host, sessions.creator[session], -1),
        code=code,
        subject=subject,
        is_heaviest=heaviest,
        counts_strike=heaviest & is_host & (code != _WARN) & (lane == _REMOVE),
        is_appealable=catalogue.appealable[code] & is_host & ~is_side,
        **_course(
            rng, code, starts=starts, room_ends=room_ends, hours=catalogue.hours[code]
        ),
        **_voids(rng, judged, row=row),
    )


def _imposed(steps: Steps, *, decision: Ints, beside: Ints) -> tuple[Ints, Ints, Flags]:
    """Return step and code of each penalty, and whether it goes beside the first."""
    rung = np.flatnonzero(steps.code >= 0)
    first = rung[steps.order[rung] == 0]
    beside = beside[steps.judged[first]]
    line, _ = np.nonzero(beside >= 0)
    of = np.concatenate([rung, first[line]])
    code = np.concatenate([steps.code[rung], beside[beside >= 0]])
    is_side = np.arange(of.size) >= rung.size
    order = np.lexsort((is_side, decision[of]))
    return of[order], code[order], is_side[order]


class _Course(TypedDict):
    starts_at: Ints
    planned_end: Ints
    ends_at: Ints


class _Voids(TypedDict):
    relief_at: Ints
    relief_status: Ints


def _course(
    rng: np.random.Generator,
    code: Ints,
    *,
    starts: Ints,
    room_ends: Ints,
    hours: Ints,
) -> _Course:
    """Return how each penalty runs: planned and own end, -1 where it has none.

    What is done to a room ends with it; most who must prove their age do so in days.
    """
    planned = np.where(hours > 0, starts + hours * _HOUR, -1)
    is_state = np.isin(code, ROOM_STATES)
    ends = np.where(is_state, np.maximum(room_ends, starts), planned)
    ends = np.where(hours == 0, starts, ends)
    is_hold = (code == _HOLD) & (rng.random(code.size) < 0.6)
    proven = starts + (rng.exponential(96, code.size) * _HOUR).astype(np.int64)
    return {
        "starts_at": starts,
        "planned_end": planned,
        "ends_at": np.where(is_hold, proven, ends),
    }


def _voids(rng: np.random.Generator, judged: Judged, *, row: Ints) -> _Voids:
    """Return when a technical fault is found and voids all rungs of its incident."""
    wait = (rng.uniform(4, 30, judged.at.size) * _HOUR).astype(np.int64)
    void_at = np.where(judged.is_technical, judged.at + wait, -1)[row]
    return {
        "relief_at": void_at,
        "relief_status": np.where(void_at >= 0, _VOID, -1),
    }


def _subjects(code: Ints, policy_subject: Ints, *, catalogue: Catalogue) -> Ints:
    by_code = np.array([SUBJECTS.index(Subject(name)) for name in catalogue.subjects])
    person = SUBJECTS.index(Subject.PERSON)
    viewer = SUBJECTS.index(Subject.VIEWER)
    on_viewer = (policy_subject == viewer) & (by_code[code] != person)
    return np.where(on_viewer, viewer, by_code[code])


def appealable_of(
    penalties: Penalties,
    *,
    judged: Judged,
    candidates: Candidates,
    sessions: Sessions,
    catalogue: Catalogue,
) -> Appealable:
    """Return the incidents whose heaviest penalty can be appealed."""
    which = np.flatnonzero(
        penalties.is_heaviest & penalties.is_appealable & (penalties.relief_at < 0)
    )
    session = penalties.session[which]
    candidate = judged.candidate[penalties.judged[which]]
    return Appealable(
        penalty=penalties.number[which],
        creator=penalties.creator[which],
        market=sessions.market[session],
        language=sessions.language[session],
        is_managed=sessions.agency[session] >= 0,
        is_wrong=~candidates.is_true[candidate],
        stops_live=catalogue.stops_live[penalties.code[which]],
        started_at=penalties.starts_at[which],
    )


def relieved(
    penalties: Penalties, *, appealable: Appealable, relief: Relief
) -> Penalties:
    """Return the penalties with what appeals won: all rungs of a won incident fall."""
    won = np.flatnonzero(relief.at >= 0)
    incidents = int(penalties.judged.max(initial=-1)) + 1
    at = np.full(incidents, -1)
    status = np.full(incidents, -1)
    first = int(penalties.number[0]) if penalties.number.size else 0
    incident = penalties.judged[appealable.penalty[won] - first]
    at[incident] = relief.at[won]
    status[incident] = np.where(
        relief.is_reduced[won],
        STATUSES.index(PenaltyStatus.REDUCED),
        STATUSES.index(PenaltyStatus.REVERSED),
    )
    reduced = STATUSES.index(PenaltyStatus.REDUCED)
    own_at, own_status = at[penalties.judged], status[penalties.judged]
    applies = (own_at > penalties.starts_at) & (
        (own_status != reduced) | penalties.is_heaviest
    )
    return replace(
        penalties,
        relief_at=np.where(applies, own_at, penalties.relief_at),
        relief_status=np.where(applies, own_status, penalties.relief_status),
    )


def blocked_until(penalties: Penalties, *, catalogue: Catalogue) -> Ints:
    """Return until when each penalty keeps its creator off LIVE, 0 for never."""
    end = np.where(penalties.ends_at < 0, FOREVER, penalties.ends_at)
    end = np.where(penalties.relief_at >= 0, np.minimum(end, penalties.relief_at), end)
    stops = catalogue.stops_live[penalties.code] & (penalties.creator >= 0)
    return np.where(stops, end, 0)


def struck(penalties: Penalties) -> Flags:
    """Whether a penalty leaves a strike: it counts and is not taken back."""
    return penalties.counts_strike & (penalties.relief_at < 0)
