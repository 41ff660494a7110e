"""Between two days: agencies, tiers and markets of creators change, and are told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pyarrow as pa

from atalaia.simulation.agencies import Agencies, agency_rows
from atalaia.simulation.arrays import Flags, Ints
from atalaia.simulation.creators import TIERS, Creators, creator_rows, open_strikes
from atalaia.simulation.local_time import epoch
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern

__all__ = ["members_of", "next_morning"]

_JOINS = 0.0008
_LEAVES = 0.0008
_RISES = 0.0015
_MOVES = 0.00005


def next_morning(
    stage: Stage, before: Creators, after: Creators, *, day: int
) -> tuple[Creators, Mapping[str, pa.Table]]:
    """Return the creators of the next day, and rows for those who changed.

    `before` and `after` are the creators at the day's start and end. A creator who
    moves to another market leaves the agency, whose roster is in the old one.
    """
    known_at = epoch(stage.plan.exported_at(day))
    rng = stage.streams.of(Concern.CHANGES, day=day)
    moved, creators = _moved(rng, stage, after)
    creators = _memberships(rng, stage, creators, known_at=known_at, moved=moved)
    rises = (rng.random(creators.count) < _RISES) & (creators.tier < len(TIERS) - 1)
    creators = replace(creators, tier=creators.tier + rises)
    changed = _changed(stage, before, creators, day=day, known_at=known_at)
    who = np.flatnonzero(changed)
    tables = {
        "creator": creator_rows(
            creators,
            who=who,
            strikes=open_strikes(creators, day=day, expiry_days=stage.expiry_days),
            tongues=stage.tongues,
            catalogue=stage.catalogue,
            known_at=known_at,
        )
    }
    is_monday = (stage.plan.start + timedelta(days=day)).weekday() == 0
    if is_monday:
        tables["agency"] = agency_rows(
            stage.agencies,
            members=members_of(stage.agencies, creators),
            plan=stage.plan,
            known_at=known_at,
        )
    return creators, tables


def members_of(agencies: Agencies, creators: Creators) -> Ints:
    """Return how many creators each agency has."""
    managed = creators.agency[creators.agency >= 0]
    return np.bincount(managed, minlength=agencies.count)


def _moved(
    rng: np.random.Generator, stage: Stage, creators: Creators
) -> tuple[Flags, Creators]:
    count = creators.count
    moved = rng.random(count) < _MOVES
    market = np.where(moved, rng.integers(0, len(stage.places), count), creators.market)
    moved &= market != creators.market
    zones = np.array(
        [stage.tongues.zones.index(place.principal_zone) for place in stage.places]
    )
    return moved, replace(
        creators,
        market=market,
        zone=np.where(moved, zones[market], creators.zone),
    )


def _memberships(
    rng: np.random.Generator,
    stage: Stage,
    creators: Creators,
    *,
    known_at: int,
    moved: Flags,
) -> Creators:
    draw = rng.random(creators.count)
    is_organic = creators.agency < 0
    leaves = moved | (~is_organic & (draw < _LEAVES))
    joins = np.flatnonzero(is_organic & (draw < _JOINS) & ~moved)
    agency = np.where(leaves, -1, creators.agency)
    for market in np.unique(creators.market[joins]):
        here = joins[creators.market[joins] == market]
        offered = stage.agencies.of_market(int(market))
        pull = stage.agencies.pull[offered] / stage.agencies.pull[offered].sum()
        agency[here] = rng.choice(offered, here.size, p=pull)
    since = np.where(leaves, -1, creators.joined_agency)
    since[joins] = known_at
    return replace(creators, agency=agency, joined_agency=since)


def _changed(
    stage: Stage, before: Creators, now: Creators, *, day: int, known_at: int
) -> Flags:
    """Whether a creator's row reads otherwise than the day before."""
    yesterday = known_at - 86_400 * 1_000_000
    freed = (now.blocked_until > yesterday) & (now.blocked_until <= known_at)
    lapsed = open_strikes(
        before, day=day - 1, expiry_days=stage.expiry_days
    ) != open_strikes(now, day=day, expiry_days=stage.expiry_days)
    same = (
        (before.market == now.market)
        & (before.agency == now.agency)
        & (before.tier == now.tier)
        & (before.blocked_until == now.blocked_until)
    )
    changed: Flags = ~same | freed | lapsed.any(axis=1)
    return changed
