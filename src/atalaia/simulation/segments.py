"""One-minute segments, written only where a signal or a violation touches them."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Floats, Ints
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = ["minute_of", "segment_rows"]

_MINUTE = 60 * MICROSECOND


def minute_of(at: Ints, *, starts_at: Ints) -> Ints:
    """Return the minute of the session, from 0."""
    return (at - starts_at) // _MINUTE


def segment_rows(
    sessions: Sessions,
    *,
    signal_session: Ints,
    signal_at: Ints,
    violation_session: Ints,
    violation_at: Ints,
    reviewed_session: Ints,
    reviewed_at: Ints,
    viewers: Floats,
    markets: Sequence[str],
) -> pa.Table:
    """Return the touched minutes, known when the room closed.

    `viewers` is the mean number present in each session.
    """
    session = np.concatenate([signal_session, violation_session, reviewed_session])
    at = np.concatenate([signal_at, violation_at, reviewed_at])
    is_signal = np.arange(at.size) < signal_at.size
    is_review = np.arange(at.size) >= signal_at.size + violation_at.size
    kept = at < sessions.ends_at[session]
    session, at = session[kept], at[kept]
    minute = minute_of(at, starts_at=sessions.starts_at[session])
    longest = int(minute.max(initial=0)) + 1
    key, which = np.unique(session * longest + minute, return_inverse=True)
    raised = np.bincount(which, weights=is_signal[kept], minlength=key.size)
    reviewed = np.bincount(which, weights=is_review[kept], minlength=key.size)
    session, minute = key // longest, key % longest
    start = sessions.starts_at[session] + minute * _MINUTE
    end = np.minimum(start + _MINUTE, sessions.ends_at[session])
    return columns.observations(
        "session_segment",
        {
            "session_id": session_ids(sessions.number[session]),
            "seq": columns.whole(minute),
            "market": columns.text(markets, sessions.market[session]),
            "started_at": columns.instants(start),
            "ended_at": columns.instants(end),
            "signals": columns.whole(raised.astype(np.int64)),
            "views": columns.whole(np.rint(viewers[session]).astype(np.int64)),
            "is_reviewed": columns.flags(reviewed > 0),
        },
        known_at=sessions.ends_at[session],
    )
