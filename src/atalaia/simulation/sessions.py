"""A day's sessions as the hosts mean them, and as they went once moderation acted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import Genre
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.creators import GENRES, Creators, day_number
from atalaia.simulation.local_time import to_utc
from atalaia.simulation.plan import AppVersion, WorldPlan

__all__ = [
    "Sessions",
    "draw_sessions",
    "session_ids",
    "sessions_of_days",
    "stop_sessions",
]

_HOUR_WEIGHTS = {
    "evening": (
        3,
        2,
        1,
        1,
        1,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        4,
        4,
        4,
        5,
        6,
        8,
        10,
        12,
        12,
        9,
        6,
    ),
    "day": (1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 8, 7, 7, 7, 7, 6, 5, 4, 3, 3, 2, 2, 1),
    "night": (
        9,
        7,
        5,
        3,
        2,
        1,
        1,
        1,
        1,
        2,
        2,
        3,
        3,
        3,
        3,
        4,
        4,
        5,
        6,
        8,
        10,
        12,
        12,
        11,
    ),
}
_RHYTHM = {
    Genre.WORK: "day",
    Genre.FOOD: "day",
    Genre.EDUCATION: "day",
    Genre.OUTDOOR: "day",
    Genre.MUSIC: "evening",
    Genre.DANCE: "evening",
    Genre.SPORT: "evening",
    Genre.COMMERCE: "evening",
    Genre.NPC: "evening",
    Genre.OTHER: "evening",
    Genre.GAMING: "night",
    Genre.CHAT: "night",
}
_MINUTES = np.array([28.0, 40.0, 60.0, 85.0, 110.0])
_VIEWS = np.array([25.0, 70.0, 260.0, 1500.0, 6000.0])
_LATEST_END = 30 * 3600
_SECOND_ROOM = 0.22
_SHORT_SHARE = 0.03
_ADULTS_SHARE = 0.06
_ROLLOUT_DAYS = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """Arrays over a day's sessions; instants in UTC microseconds, lengths in seconds.

    `cut` says which rooms moderation stopped; their `ends_at` is the stop.
    `expected_views` is what the whole planned session would draw.
    """

    number: Ints
    creator: Ints
    market: Ints
    zone: Ints
    agency: Ints
    language: Ints
    dialect: Ints
    tier: Ints
    category: Ints
    starts_at: Ints
    ends_at: Ints
    planned_end: Ints
    app_version: Ints
    expected_views: Floats
    title_length: Ints
    is_adult: Flags
    has_guests: Flags
    has_goods: Flags
    is_boosted: Flags
    is_test: Flags
    is_internal: Flags
    cut: Flags

    @property
    def count(self) -> int:
        """How many sessions there are."""
        return self.number.size

    @property
    def seconds(self) -> Floats:
        """How long each room was on air."""
        return (self.ends_at - self.starts_at) / MICROSECOND

    @property
    def is_valid(self) -> Flags:
        """Whether metrics count the session: a minute or more, no test, no staff."""
        return (self.seconds >= 60) & ~self.is_test & ~self.is_internal


def sessions_of_days(plan: WorldPlan, *, volume: Sequence[float]) -> Ints:
    """Split the plan's sessions over its days, exactly, in proportion to `volume`."""
    parts = np.cumsum(np.asarray(volume, dtype=np.float64))
    borders = np.rint(parts / parts[-1] * plan.sessions).astype(np.int64)
    counts: Ints = np.diff(borders, prepend=0)
    return counts


def draw_sessions(
    rng: np.random.Generator,
    *,
    count: int,
    creators: Creators,
    market_volume: Floats,
    day: date,
    day_at: int,
    offset: Ints,
    app_versions: Sequence[AppVersion],
    test_share: float,
) -> Sessions:
    """Draw who goes LIVE on a local day, when, for how long and for how many.

    A creator streams once or twice, never in two rooms at once, and not while a
    suspension lasts. `market_volume` multiplies each market's activity.
    """
    who = _on_air(rng, count, creators=creators, market_volume=market_volume, day=day)
    strayed = rng.integers(0, len(GENRES), who.size)
    is_own = rng.random(who.size) >= 0.15
    category = np.where(is_own, creators.genre[who], strayed)
    starts, ends, length = _on_the_clock(
        rng, who, creators=creators, category=category, day=day, offset=offset
    )
    joined = creators.joined_agency[who] <= starts
    traits = _traits(
        rng, creators.tier[who], category=category, length=length, test_share=test_share
    )
    return Sessions(
        number=day_number(day) + np.arange(who.size),
        agency=np.where(joined, creators.agency[who], -1),
        category=category,
        starts_at=starts,
        ends_at=ends,
        planned_end=ends,
        app_version=_versions_in_use(rng, who.size, app_versions, day_at=day_at),
        title_length=rng.integers(0, 80, who.size),
        cut=np.zeros(who.size, dtype=np.bool_),
        **_host(creators, who),
        **traits,
    )


class _Host(TypedDict):
    creator: Ints
    market: Ints
    zone: Ints
    language: Ints
    dialect: Ints
    tier: Ints


def _host(creators: Creators, who: Ints) -> _Host:
    return {
        "creator": who,
        "market": creators.market[who],
        "zone": creators.zone[who],
        "language": creators.language[who],
        "dialect": creators.dialect[who],
        "tier": creators.tier[who],
    }


class _Traits(TypedDict):
    expected_views: Floats
    is_adult: Flags
    has_guests: Flags
    has_goods: Flags
    is_boosted: Flags
    is_test: Flags
    is_internal: Flags


def _traits(
    rng: np.random.Generator,
    tier: Ints,
    *,
    category: Ints,
    length: Ints,
    test_share: float,
) -> _Traits:
    """Draw what tells rooms apart; audiences are heavy-tailed in every tier."""
    count = tier.size
    wide = rng.lognormal(0, 1.15, count) * (1 + rng.pareto(2.6, count))
    chance = rng.random((6, count))
    return {
        "expected_views": _VIEWS[tier] * wide * np.sqrt(length / 3600),
        "has_goods": (category == GENRES.index(Genre.COMMERCE)) | (chance[0] < 0.03),
        "is_adult": chance[1] < _ADULTS_SHARE,
        "has_guests": chance[2] < 0.18,
        "is_boosted": chance[3] < 0.02,
        "is_test": chance[4] < test_share / 2,
        "is_internal": chance[5] < test_share / 2,
    }


def _on_the_clock(
    rng: np.random.Generator,
    who: Ints,
    *,
    creators: Creators,
    category: Ints,
    day: date,
    offset: Ints,
) -> tuple[Ints, Ints, Ints]:
    """Return start and end of each room, and the seconds its host meant to stay."""
    zone = creators.zone[who]
    second = _start_second(rng, category)
    length = _lengths(rng, creators.tier[who])
    latest = np.full(who.size, _LATEST_END)
    starts, ends = _one_after_another(
        who,
        starts=to_utc(day, second=second, zone=zone, offset=offset),
        length=length,
        busy=creators.busy_until[who],
        limit=to_utc(day, second=latest, zone=zone, offset=offset),
    )
    return starts, ends, length


def _midnight(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400 * MICROSECOND


def _on_air(
    rng: np.random.Generator,
    count: int,
    *,
    creators: Creators,
    market_volume: Floats,
    day: date,
) -> Ints:
    """Draw room slots without replacement (Efraimidis and Spirakis' keys).

    Fewer than `count` where nobody else is free: each creator has two slots a day.
    """
    weight = creators.activity * market_volume[creators.market]
    weight = np.where(creators.blocked_until > _midnight(day), 0.0, weight)
    slots = np.concatenate([weight, weight * _SECOND_ROOM])
    with np.errstate(divide="ignore"):
        keys = rng.exponential(1, slots.size) / slots
    free = int(np.count_nonzero(slots))
    chosen = np.argpartition(keys, min(count, free) - 1)[: min(count, free)]
    return np.sort(chosen % creators.count).astype(np.int64)


def _start_second(rng: np.random.Generator, category: Ints) -> Ints:
    second = rng.integers(0, 3600, category.size)
    for index, genre in enumerate(GENRES):
        here = np.flatnonzero(category == index)
        weights = np.array(_HOUR_WEIGHTS[_RHYTHM[genre]], dtype=float)
        second[here] += 3600 * rng.choice(24, here.size, p=weights / weights.sum())
    return second


def _lengths(rng: np.random.Generator, tier: Ints) -> Ints:
    seconds = 60 * _MINUTES[tier] * rng.lognormal(-0.3, 0.8, tier.size)
    brief = rng.random(tier.size) < _SHORT_SHARE
    seconds = np.where(brief, rng.uniform(5, 90, tier.size), seconds)
    return np.clip(seconds, 5, 8 * 3600).astype(np.int64)


def _one_after_another(
    who: Ints, *, starts: Ints, length: Ints, busy: Ints, limit: Ints
) -> tuple[Ints, Ints]:
    """Move a room that would overlap its creator's previous one to just after it."""
    pause = 120 * MICROSECOND
    starts = np.maximum(starts, busy + np.where(busy > 0, pause, 0))
    is_second = np.flatnonzero(np.concatenate([[False], who[1:] == who[:-1]]))
    first = is_second - 1
    swapped = starts[is_second] < starts[first]
    early = np.where(swapped, is_second, first)
    late = np.where(swapped, first, is_second)
    ends = np.minimum(starts + length * MICROSECOND, limit)
    starts[late] = np.maximum(starts[late], ends[early] + pause)
    ends = np.minimum(starts + length * MICROSECOND, np.maximum(limit, starts + pause))
    return starts, ends


def _versions_in_use(
    rng: np.random.Generator,
    count: int,
    versions: Sequence[AppVersion],
    *,
    day_at: int,
) -> Ints:
    """A release takes over in a few days; who has not updated keeps the one before."""
    ages = np.array([day_at - version.from_day for version in versions], dtype=float)
    reach = np.where(ages < 0, 0, 1 - np.exp(-np.maximum(ages + 1, 0) / _ROLLOUT_DAYS))
    left = np.cumprod((1 - reach)[::-1])[::-1]
    shares = reach * np.concatenate([left[1:], [1.0]])
    shares[0] += 1 - shares.sum()
    return rng.choice(len(versions), count, p=np.clip(shares, 0, 1))


def stop_sessions(sessions: Sessions, *, stopped_at: Ints) -> Sessions:
    """Return the sessions as they went; `stopped_at` is -1 where nobody stopped one."""
    cut = (stopped_at >= 0) & (stopped_at < sessions.planned_end)
    return replace(
        sessions, cut=cut, ends_at=np.where(cut, stopped_at, sessions.planned_end)
    )


def session_ids(number: Ints) -> pa.Array:
    """Return session identifiers; -1 is empty."""
    return columns.ids("s", number)
