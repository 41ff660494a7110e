"""Guests of multi-guest rooms, and those whom moderation took out."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Ints
from atalaia.simulation.creators import creator_ids
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = ["guest_rows"]

_MOST_GUESTS = 4


def guest_rows(
    rng: np.random.Generator,
    sessions: Sessions,
    *,
    creators_of: Sequence[Ints],
    removed_at: Ints,
    markets: Sequence[str],
) -> pa.Table:
    """Return the guests as contract rows, known when each left.

    `creators_of` lists each market's creators; `removed_at` is when moderation took a
    guest out of each session, -1 where it did not.
    """
    is_open = sessions.has_guests | (removed_at >= 0)
    hosts = np.flatnonzero(is_open & (sessions.seconds >= 30))
    session = np.repeat(hosts, rng.integers(1, _MOST_GUESTS + 1, hosts.size))
    who = _strangers(rng, sessions, session=session, creators_of=creators_of)
    start = sessions.starts_at[session]
    whole = sessions.ends_at[session] - start
    joined = start + (rng.random(session.size) * whole * 0.9).astype(np.int64)
    left = joined + (
        rng.beta(1.2, 2, session.size) * (sessions.ends_at[session] - joined)
    ).astype(np.int64)
    is_first = np.append([True], session[1:] != session[:-1])[: session.size]
    taken = is_first & (removed_at[session] >= 0)
    taken &= removed_at[session] <= sessions.ends_at[session]
    joined = np.where(
        taken, np.minimum(joined, removed_at[session] - MICROSECOND), joined
    )
    joined = np.maximum(joined, start)
    left = np.where(taken, removed_at[session], np.maximum(left, joined))
    kept = who >= 0
    session, who, joined, left = session[kept], who[kept], joined[kept], left[kept]
    return columns.observations(
        "guest",
        {
            "session_id": session_ids(sessions.number[session]),
            "creator_id": creator_ids(who),
            "market": columns.text(markets, sessions.market[session]),
            "joined_at": columns.instants(joined),
            "left_at": columns.instants(left),
            "was_removed": columns.flags(taken[kept]),
        },
        known_at=left,
    )


def _strangers(
    rng: np.random.Generator,
    sessions: Sessions,
    *,
    session: Ints,
    creators_of: Sequence[Ints],
) -> Ints:
    """Draw guests from the host's market; nobody is a guest of their own room."""
    who = np.full(session.size, -1)
    market = sessions.market[session]
    for at, creators in enumerate(creators_of):
        here = np.flatnonzero(market == at)
        if creators.size > 1:
            who[here] = creators[rng.integers(0, creators.size, here.size)]
    return np.where(who == sessions.creator[session], -1, who)
