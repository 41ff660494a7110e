"""Penalties: what each rung imposes, how long it lasts and how it ends."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import Lane, PenaltyCode, PenaltyStatus, Subject
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.appeals import Appealable, Relief
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.candidates import Candidates
from atalaia.simulation.climb import Steps
from atalaia.simulation.creators import FOREVER, creator_ids
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.moderation import Judged
from atalaia.simulation.rules import CODES, LANES, Catalogue, Rules
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = [
    "Penalties",
    "appealable_of",
    "blocked_until",
    "impose",
    "penalty_rows",
    "relieved",
]

_STATUSES = tuple(PenaltyStatus)
_SUBJECTS = tuple(Subject)
_HOUR = 3600 * MICROSECOND
_HOLD = CODES.index(PenaltyCode.AGE_VERIFICATION_HOLD)
_ROOM_STATES = [
    CODES.index(PenaltyCode.AGE_GATE_18),
    CODES.index(PenaltyCode.FYF_INELIGIBLE),
]
_VOID_SHARE = 0.003
_WARN = CODES.index(PenaltyCode.WARN)


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
    rules: Rules,
    catalogue: Catalogue,
    first_number: int,
) -> Penalties:
    """Return a penalty for each rung, and what goes beside the first rung.

    `policy_subject` indexes Subject per policy: a viewer's breach falls on the viewer.
    """
    rung = np.flatnonzero(steps.code >= 0)
    first = rung[steps.order[rung] == 0]
    session = candidates.session[judged.candidate]
    market = sessions.market[session]
    chain = rules.chain[market, judged.policy, judged.level]
    beside = rules.beside[chain[steps.judged[first]]]
    line, _ = np.nonzero(beside >= 0)
    of = np.concatenate([rung, first[line]])
    code = np.concatenate([steps.code[rung], beside[beside >= 0]])
    is_side = np.arange(of.size) >= rung.size
    order = np.lexsort((is_side, decision[of]))
    of, code, is_side = of[order], code[order], is_side[order]
    row = steps.judged[of]
    starts = steps.at[of]
    subject = _subjects(code, policy_subject[judged.policy[row]], catalogue=catalogue)
    is_host = ~np.isin(subject, [_SUBJECTS.index(s) for s in ("viewer", "person")])
    creator = np.where(is_host, sessions.creator[session[row]], -1)
    hours = catalogue.hours[code]
    planned = np.where(hours > 0, starts + hours * _HOUR, -1)
    room_end = sessions.ends_at[session[row]]
    is_state = np.isin(code, _ROOM_STATES)
    ends = np.where(is_state, np.maximum(room_end, starts), planned)
    ends = np.where(hours == 0, starts, ends)
    is_hold = (code == _HOLD) & (rng.random(code.size) < 0.6)
    proven = starts + (rng.exponential(96, code.size) * _HOUR).astype(np.int64)
    ends = np.where(is_hold, proven, ends)
    lane = rules.lane[market[row], judged.policy[row]]
    heaviest = steps.is_heaviest[of] & ~is_side
    is_void = rng.random(code.size) < _VOID_SHARE
    void_at = starts + (rng.uniform(4, 30, code.size) * _HOUR).astype(np.int64)
    return Penalties(
        number=first_number + np.arange(code.size),
        decision=decision[of],
        judged=row,
        session=session[row],
        creator=creator,
        code=code,
        subject=subject,
        starts_at=starts,
        planned_end=planned,
        ends_at=ends,
        is_heaviest=heaviest,
        counts_strike=heaviest
        & is_host
        & (code != _WARN)
        & (lane == LANES.index(Lane.REMOVE)),
        is_appealable=catalogue.appealable[code] & is_host & ~is_side,
        relief_at=np.where(is_void, void_at, -1),
        relief_status=np.where(
            is_void, _STATUSES.index(PenaltyStatus.VOID_TECHNICAL), -1
        ),
    )


def _subjects(code: Ints, policy_subject: Ints, *, catalogue: Catalogue) -> Ints:
    by_code = np.array([_SUBJECTS.index(Subject(name)) for name in catalogue.subjects])
    person = _SUBJECTS.index(Subject.PERSON)
    viewer = _SUBJECTS.index(Subject.VIEWER)
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
        _STATUSES.index(PenaltyStatus.REDUCED),
        _STATUSES.index(PenaltyStatus.REVERSED),
    )
    reduced = _STATUSES.index(PenaltyStatus.REDUCED)
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


def penalty_rows(
    penalties: Penalties,
    *,
    judged: Judged,
    sessions: Sessions,
    catalogue: Catalogue,
    strike_reversible: Flags,
) -> pa.Table:
    """Return every observation of each penalty: imposed, served, taken back."""
    whole = np.arange(penalties.number.size)
    at_once = (penalties.ends_at == penalties.starts_at) | np.isin(
        penalties.code, _ROOM_STATES
    )
    served = _STATUSES.index(PenaltyStatus.SERVED)
    active = _STATUSES.index(PenaltyStatus.ACTIVE)
    ends = penalties.ends_at
    is_early = (penalties.relief_at >= 0) & ((ends < 0) | (penalties.relief_at < ends))
    later = whole[(ends > penalties.starts_at) & ~at_once & ~is_early]
    back = whole[penalties.relief_at >= 0]
    relief_end = np.where(is_early | at_once, penalties.relief_at, np.maximum(ends, 0))
    which = np.concatenate([whole, later, back])
    status = np.concatenate(
        [
            np.where(at_once, served, active),
            np.full(later.size, served),
            penalties.relief_status[back],
        ]
    )
    ended = np.concatenate([np.where(at_once, ends, -1), ends[later], relief_end[back]])
    known = np.concatenate(
        [
            np.where(
                at_once, np.maximum(ends, penalties.starts_at), penalties.starts_at
            ),
            ends[later],
            np.maximum(penalties.relief_at[back], ends[back] * at_once[back] + 1),
        ]
    )
    return _rows(
        penalties,
        which=which,
        status=status,
        ended=ended,
        known=known,
        judged=judged,
        sessions=sessions,
        catalogue=catalogue,
        strike_reversible=strike_reversible,
    )


def _rows(
    penalties: Penalties,
    *,
    which: Ints,
    status: Ints,
    ended: Ints,
    known: Ints,
    judged: Judged,
    sessions: Sessions,
    catalogue: Catalogue,
    strike_reversible: Flags,
) -> pa.Table:
    session = penalties.session[which]
    policy = judged.policy[penalties.judged[which]]
    code = penalties.code[which]
    starts = penalties.starts_at[which]
    return columns.observations(
        "penalty",
        {
            "penalty_id": columns.ids("p", penalties.number[which]),
            "decision_id": decision_ids(penalties.decision[which]),
            "session_id": session_ids(sessions.number[session]),
            "creator_id": creator_ids(penalties.creator[which]),
            "agency_id": agency_ids(sessions.agency[session]),
            "market": columns.text(catalogue.markets, sessions.market[session]),
            "policy_id": columns.text(catalogue.policies, policy),
            "subject": columns.text(_SUBJECTS, penalties.subject[which]),
            "code": columns.text(CODES, code),
            "started_at": columns.instants(starts),
            "planned_end_at": columns.instants(penalties.planned_end[which]),
            "ended_at": columns.instants(ended),
            "status": columns.text(_STATUSES, status),
            "strike_counted": columns.flags(penalties.counts_strike[which]),
            "strike_reversible": columns.flags(strike_reversible[code]),
            "ladder_step": columns.whole(
                catalogue.rank[catalogue.domain[policy], code]
            ),
            "notified_at": columns.instants(starts + 4 * MICROSECOND),
            "appealable": columns.flags(penalties.is_appealable[which]),
        },
        known_at=known,
    )


def struck(penalties: Penalties) -> Flags:
    """Whether a penalty leaves a strike: it counts and is not taken back."""
    return penalties.counts_strike & (penalties.relief_at < 0)


def lost_hours(penalties: Penalties) -> Floats:
    """Return the hours off LIVE of each penalty that was taken back."""
    end = np.where(
        penalties.ends_at < 0,
        penalties.relief_at,
        np.minimum(penalties.ends_at, penalties.relief_at),
    )
    return np.where(penalties.relief_at < 0, 0.0, (end - penalties.starts_at) / _HOUR)
