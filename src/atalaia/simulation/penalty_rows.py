"""Every observation of a penalty: imposed, served, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import PenaltyStatus
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.arrays import MICROSECOND, Flags, Ints
from atalaia.simulation.creators import creator_ids
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.moderation import Judged
from atalaia.simulation.penalties import ROOM_STATES, STATUSES, SUBJECTS, Penalties
from atalaia.simulation.rules import CODES, Catalogue
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = ["penalty_rows"]

_SERVED = STATUSES.index(PenaltyStatus.SERVED)
_ACTIVE = STATUSES.index(PenaltyStatus.ACTIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _States:
    """Arrays over observations; `which` indexes the penalties."""

    which: Ints
    status: Ints
    ended: Ints
    known: Ints


def penalty_rows(
    penalties: Penalties,
    *,
    judged: Judged,
    sessions: Sessions,
    catalogue: Catalogue,
    strike_reversible: Flags,
) -> pa.Table:
    """Return every observation of each penalty as contract rows."""
    states = _states(penalties)
    which = states.which
    policy = judged.policy[penalties.judged[which]]
    code = penalties.code[which]
    rank = catalogue.rank[catalogue.domain[policy], code]
    return columns.observations(
        "penalty",
        {
            **_where(penalties, which=which, sessions=sessions, catalogue=catalogue),
            **_when(penalties, states=states),
            "policy_id": columns.text(catalogue.policies, policy),
            "subject": columns.text(SUBJECTS, penalties.subject[which]),
            "code": columns.text(CODES, code),
            "strike_counted": columns.flags(penalties.counts_strike[which]),
            "strike_reversible": columns.flags(strike_reversible[code]),
            "ladder_step": columns.whole(rank),
            "appealable": columns.flags(penalties.is_appealable[which]),
        },
        known_at=states.known,
    )


def _states(penalties: Penalties) -> _States:
    """Return how each penalty stood when it was imposed, served and taken back."""
    whole = np.arange(penalties.number.size)
    starts, ends, relief = penalties.starts_at, penalties.ends_at, penalties.relief_at
    at_once = (ends == starts) | np.isin(penalties.code, ROOM_STATES)
    is_early = (relief >= 0) & ((ends < 0) | (relief < ends))
    later = whole[(ends > starts) & ~at_once & ~is_early]
    back = whole[relief >= 0]
    first_status = np.where(at_once, _SERVED, _ACTIVE)
    served = np.full(later.size, _SERVED)
    last_end = np.where(is_early | at_once, relief, np.maximum(ends, 0))
    first_known = np.where(at_once, np.maximum(ends, starts), starts)
    last_known = np.maximum(relief, ends * at_once + 1)
    return _States(
        which=np.concatenate([whole, later, back]),
        status=np.concatenate([first_status, served, penalties.relief_status[back]]),
        ended=np.concatenate(
            [np.where(at_once, ends, -1), ends[later], last_end[back]]
        ),
        known=np.concatenate([first_known, ends[later], last_known[back]]),
    )


def _where(
    penalties: Penalties, *, which: Ints, sessions: Sessions, catalogue: Catalogue
) -> Mapping[str, pa.Array]:
    session = penalties.session[which]
    return {
        "penalty_id": columns.ids("p", penalties.number[which]),
        "decision_id": decision_ids(penalties.decision[which]),
        "session_id": session_ids(sessions.number[session]),
        "creator_id": creator_ids(penalties.creator[which]),
        "agency_id": agency_ids(sessions.agency[session]),
        "market": columns.text(catalogue.markets, sessions.market[session]),
    }


def _when(penalties: Penalties, *, states: _States) -> Mapping[str, pa.Array]:
    starts = penalties.starts_at[states.which]
    return {
        "started_at": columns.instants(starts),
        "planned_end_at": columns.instants(penalties.planned_end[states.which]),
        "ended_at": columns.instants(states.ended),
        "status": columns.text(STATUSES, states.status),
        "notified_at": columns.instants(starts + 4 * MICROSECOND),
    }
