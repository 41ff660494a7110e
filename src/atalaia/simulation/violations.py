"""True violations: what really happened in each room, whoever noticed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.cells import draw_hits
from atalaia.simulation.creators import GENRES, Creators
from atalaia.simulation.sessions import Sessions

__all__ = ["Violations", "Wave", "draw_violations"]

_SECOND_SHARE = 0.05
_HABIT_SHARE = 0.45
_TIER_FACTOR = np.array([1.6, 1.2, 0.9, 0.7, 0.5])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """Creators of one agency break one policy in `share` of their sessions."""

    agency: int
    policy: int
    share: float
    incident: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Violations:
    """Arrays over violations, by session; at most one per session and first level.

    `incident` is the planted incident that caused it, -1 for none.
    """

    session: Ints
    policy: Ints
    starts_at: Ints
    ends_at: Ints
    incident: Ints

    @property
    def count(self) -> int:
        """How many violations there are."""
        return self.session.size

    def kept(self, which: Flags | Ints) -> "Violations":
        """Return some of the violations."""
        return Violations(
            session=self.session[which],
            policy=self.policy[which],
            starts_at=self.starts_at[which],
            ends_at=self.ends_at[which],
            incident=self.incident[which],
        )


def draw_violations(
    rng: np.random.Generator,
    *,
    rates: Floats,
    sessions: Sessions,
    creators: Creators,
    strictness: Floats,
    first_level: Ints,
    waves: Sequence[Wave],
    changed: Sequence[tuple[int, int, int]],
) -> Violations:
    """Draw the violations of a day's sessions.

    `rates` is market x genre x policy for the day; a session's own chance is that
    times its creator's propensity and its agency's. `changed` lists (market, policy,
    incident) whose rate an incident raised.
    """
    who = sessions.creator
    agency = np.append(strictness, 1.0)[sessions.agency]
    exposure = creators.propensity[who] * agency * _TIER_FACTOR[sessions.tier]
    exposure = exposure * (sessions.planned_end - sessions.starts_at > 20 * MICROSECOND)
    cells = rates.reshape(-1, rates.shape[2])
    cell = sessions.market * len(GENRES) + sessions.category
    hits = draw_hits(rng, cells, cell=cell, exposure=exposure)
    again = hits.row[rng.random(hits.row.size) < _SECOND_SHARE]
    more = draw_hits(rng, cells, cell=cell[again], exposure=np.full(again.size, 50.0))
    favourite = creators.favourite[who[hits.row]]
    is_habit = rng.random(hits.row.size) < _HABIT_SHARE
    is_habit &= rates[sessions.market[hits.row], 0, favourite] > 0
    session = [hits.row, again[more.row]]
    policy = [np.where(is_habit, favourite, hits.kind), more.kind]
    incident = [_incident_of(session[n], policy[n], sessions, changed) for n in (0, 1)]
    for wave in waves:
        members = np.flatnonzero(sessions.agency == wave.agency)
        taken = members[rng.random(members.size) < wave.share]
        session.insert(0, taken)
        policy.insert(0, np.full(taken.size, wave.policy))
        incident.insert(0, np.full(taken.size, wave.incident))
    found = _placed(
        rng,
        sessions,
        session=np.concatenate(session),
        policy=np.concatenate(policy),
        incident=np.concatenate(incident),
    )
    return _one_per_level(found, first_level=first_level)


def _incident_of(
    session: Ints,
    policy: Ints,
    sessions: Sessions,
    changed: Sequence[tuple[int, int, int]],
) -> Ints:
    incident = np.full(session.size, -1)
    for market, changed_policy, number in changed:
        is_touched = (sessions.market[session] == market) & (policy == changed_policy)
        incident[is_touched] = number
    return incident


def _placed(
    rng: np.random.Generator,
    sessions: Sessions,
    *,
    session: Ints,
    policy: Ints,
    incident: Ints,
) -> Violations:
    """Give each violation its second: rather early, and never after the end."""
    whole = sessions.planned_end[session] - sessions.starts_at[session]
    start = (rng.beta(1, 2.2, session.size) * whole).astype(np.int64)
    start -= start % MICROSECOND
    lasting = (rng.lognormal(5.2, 1.0, session.size) * MICROSECOND).astype(np.int64)
    lasting -= lasting % MICROSECOND
    end = np.minimum(start + np.maximum(lasting, 5 * MICROSECOND), whole)
    begin = sessions.starts_at[session]
    return Violations(
        session=session,
        policy=policy,
        starts_at=begin + start,
        ends_at=begin + end,
        incident=incident,
    )


def _one_per_level(found: Violations, *, first_level: Ints) -> Violations:
    """Keep the first listed of each session and first-level policy."""
    levels = int(first_level.max()) + 1
    key = found.session * levels + first_level[found.policy]
    _, kept = np.unique(key, return_index=True)
    return found.kept(np.sort(kept)).kept(
        np.argsort(found.session[np.sort(kept)], kind="stable")
    )
