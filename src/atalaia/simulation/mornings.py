"""Between two days: agencies, tiers and markets of creators change, and are told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pyarrow as pa

from atalaia.simulation import columns
from atalaia.simulation.agencies import Agencies, agency_ids, agency_rows
from atalaia.simulation.arrays import Flags, Ints
from atalaia.simulation.creators import (
    TIERS,
    Creators,
    creator_ids,
    creator_rows,
    open_strikes,
)
from atalaia.simulation.local_time import epoch
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.truth import truth_table

__all__ = ["Morning", "members_of", "next_morning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """The creators of the next day, the rows that tell it, and the truth of it."""

    creators: Creators
    tables: Mapping[str, pa.Table]
    truth: Mapping[str, pa.Table]


def next_morning(
    stage: Stage, before: Creators, after: Creators, *, punished: Ints, day: int
) -> Morning:
    """Return the next day's creators and agencies, with rows of those that changed.

    `before` and `after` are the creators at the day's start and end, `punished` the
    agencies whose standing fell. A creator who moves to another market leaves the
    agency, whose roster is in the old one; an agency thrown out loses all of its own.
    """
    known_at = epoch(stage.plan.exported_at(day))
    rng = stage.streams.of(Concern.CHANGES, day=day)
    moved, creators = _moved(rng, stage, after)
    creators = _memberships(rng, stage, creators, known_at=known_at, moved=moved)
    rises = rng.random(creators.count) < stage.plan.changes.rises_tier
    rises &= creators.tier < len(TIERS) - 1
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
    tables["agency"] = agency_rows(
        stage.agencies,
        who=np.arange(stage.agencies.count) if is_monday else np.unique(punished),
        members=members_of(stage.agencies, creators),
        plan=stage.plan,
        known_at=known_at,
    )
    truth = {"creator_changes": _told(stage, after, creators, known_at=known_at)}
    return Morning(creators=creators, tables=tables, truth=truth)


def _told(stage: Stage, old: Creators, new: Creators, *, known_at: int) -> pa.Table:
    """Return the truth of every creator whose market, agency or tier changed."""
    is_same = (old.market == new.market) & (old.agency == new.agency)
    who = np.flatnonzero(~is_same | (old.tier != new.tier))
    markets = stage.catalogue.markets
    return truth_table(
        "creator_changes",
        {
            "creator_id": creator_ids(who),
            "changed_at": columns.instants(np.full(who.size, known_at)),
            "market_before": columns.text(markets, old.market[who]),
            "market": columns.text(markets, new.market[who]),
            "agency_before": agency_ids(old.agency[who]),
            "agency": agency_ids(new.agency[who]),
            "tier_before": columns.text(TIERS, old.tier[who]),
            "tier": columns.text(TIERS, new.tier[who]),
        },
    )


def members_of(agencies: Agencies, creators: Creators) -> Ints:
    """Return how many creators each agency has."""
    managed = creators.agency[creators.agency >= 0]
    return np.bincount(managed, minlength=agencies.count)


def _moved(
    rng: np.random.Generator, stage: Stage, creators: Creators
) -> tuple[Flags, Creators]:
    count = creators.count
    moved = rng.random(count) < stage.plan.changes.moves_market
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
    changes = stage.plan.changes
    is_lost = np.append(stage.agencies.is_terminated, [False])[creators.agency]
    leaves = moved | is_lost | (~is_organic & (draw < changes.leaves_agency))
    joins = np.flatnonzero(is_organic & (draw < changes.joins_agency) & ~moved)
    agency = np.where(leaves, -1, creators.agency)
    for market in np.unique(creators.market[joins]):
        here = joins[creators.market[joins] == market]
        offered = stage.agencies.hiring_in(int(market))
        if not offered.size:
            continue
        pull = stage.agencies.pull[offered] / stage.agencies.pull[offered].sum()
        agency[here] = rng.choice(offered, here.size, p=pull)
    since = np.where(leaves, -1, creators.joined_agency)
    since[joins] = np.where(agency[joins] < 0, -1, known_at)
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
