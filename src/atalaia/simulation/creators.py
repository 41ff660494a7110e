"""Creators: who they are, how often they stream and how prone to break a rule."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import AccountStatus, Genre, Tier
from atalaia.domain.markets import Market
from atalaia.simulation import columns
from atalaia.simulation.agencies import Agencies, agency_ids
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.cells import pick_kinds
from atalaia.simulation.plan import WorldPlan
from atalaia.simulation.rates import Rates
from atalaia.simulation.rules import Catalogue

__all__ = ["GENRES", "TIERS", "Creators", "Tongues", "creator_ids", "creator_rows"]

GENRES = tuple(Genre)
TIERS = tuple(Tier)
_STATUSES = tuple(AccountStatus)
_GENRE_SHARES = (0.16, 0.24, 0.12, 0.14, 0.03, 0.05, 0.04, 0.04, 0.06, 0.06, 0.02, 0.04)
_TIER_SHARES = (0.20, 0.35, 0.30, 0.12, 0.03)
_TIER_ACTIVITY = np.array([0.5, 0.8, 1.2, 1.7, 2.0])
_FOLLOWERS = ("0-1k", "1k-10k", "10k-50k", "50k-250k", "250k+")
_AGENCY_SHARE = np.array([0.25, 0.4, 0.55, 0.65, 0.9])
_FIRST_NUMBER = 10_000_000
_DAY = 86_400 * MICROSECOND
FOREVER = NEVER = 1 << 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongues:
    """Zones, languages and dialects of the plan's markets, and where each begins."""

    zones: tuple[str, ...]
    languages: tuple[str, ...]
    dialects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Creators:
    """Arrays over creators. `strikes` and `strike_day` are creator x first level.

    `blocked_until` and `busy_until` are UTC microseconds; `favourite` is the policy
    that a creator breaks again and again. `taught_at` is when a programme that works
    was completed, `NEVER` for the others.
    """

    market: Ints
    zone: Ints
    language: Ints
    dialect: Ints
    agency: Ints
    joined_agency: Ints
    tier: Ints
    genre: Ints
    activity: Floats
    propensity: Floats
    favourite: Ints
    joined_live: Ints
    blocked_until: Ints
    busy_until: Ints
    strikes: Ints
    strike_day: Ints
    taught_at: Ints
    is_age_verified: Flags
    has_consent: Flags

    @property
    def count(self) -> int:
        """How many creators there are."""
        return self.market.size


def tongues_of(places: Sequence[Market]) -> Tongues:
    """Return the zones, languages and dialects of the markets."""
    languages = dict.fromkeys(tongue for place in places for tongue in place.languages)
    dialects = dict.fromkeys(
        f"{tongue}-{place.code}" for place in places for tongue in place.languages
    )
    return Tongues(
        zones=tuple(dict.fromkeys(zone for place in places for zone in place.zones)),
        languages=(*languages, "und"),
        dialects=(*dialects, "unknown", "code-mixed"),
    )


def gather_creators(
    rng: np.random.Generator,
    plan: WorldPlan,
    *,
    places: Sequence[Market],
    tongues: Tongues,
    agencies: Agencies,
    rates: Rates,
    catalogue: Catalogue,
    start: int,
) -> Creators:
    """Draw all creators of the world as they are at `start` (UTC microseconds)."""
    count = plan.creators
    shares = np.array([share for _, share in plan.shares])
    market = np.sort(rng.choice(shares.size, count, p=shares / shares.sum()))
    tier = rng.choice(len(TIERS), count, p=_TIER_SHARES)
    genre = rng.choice(len(GENRES), count, p=_GENRE_SHARES)
    home = _places(rng, places, tongues=tongues, market=market)
    agency = _rosters(rng, agencies, market=market, tier=tier)
    table = rates.violations.reshape(-1, len(catalogue.policies)) + 1e-12
    joined = _first_lives(rng, tier, start=start)
    since = joined + ((start - joined) * rng.random(count)).astype(np.int64)
    return Creators(
        market=market,
        agency=agency,
        joined_agency=np.where(agency < 0, -1, since),
        tier=tier,
        genre=genre,
        activity=_TIER_ACTIVITY[tier] * rng.gamma(1.2, 1 / 1.2, count),
        propensity=rng.gamma(0.7, 1 / 0.7, count),
        favourite=pick_kinds(rng, table, cell=market * len(GENRES) + genre),
        joined_live=joined,
        is_age_verified=rng.random(count) < 0.8,
        has_consent=rng.random(count) < 0.6,
        **home,
        **_clean(count, first_levels=len(catalogue.first_levels)),
    )


class _Record(TypedDict):
    blocked_until: Ints
    busy_until: Ints
    strikes: Ints
    strike_day: Ints
    taught_at: Ints


def _clean(count: int, *, first_levels: int) -> _Record:
    """Return the record of creators who have done, and been taught, nothing yet."""
    return {
        "blocked_until": np.zeros(count, dtype=np.int64),
        "busy_until": np.zeros(count, dtype=np.int64),
        "strikes": np.zeros((count, first_levels), dtype=np.int64),
        "strike_day": np.full((count, first_levels), -(10**6)),
        "taught_at": np.full(count, NEVER),
    }


def _first_lives(rng: np.random.Generator, tier: Ints, *, start: int) -> Ints:
    """Return when each creator first went LIVE; new ones a few weeks ago."""
    count = tier.size
    age = np.where(tier == 0, rng.exponential(20, count), rng.exponential(400, count))
    return start - ((age + 1) * _DAY).astype(np.int64)


class _Home(TypedDict):
    zone: Ints
    language: Ints
    dialect: Ints


def _places(
    rng: np.random.Generator,
    places: Sequence[Market],
    *,
    tongues: Tongues,
    market: Ints,
) -> _Home:
    zone, language, dialect = (np.zeros(market.size, dtype=np.int64) for _ in range(3))
    for at, place in enumerate(places):
        here = np.flatnonzero(market == at)
        zones = np.array([tongues.zones.index(name) for name in place.zones])
        zone[here] = zones[_mostly_first(rng, here.size, len(place.zones), rest=0.14)]
        pick = _mostly_first(rng, here.size, len(place.languages), rest=0.05)
        spoken = [tongues.languages.index(name) for name in place.languages]
        language[here] = np.array(spoken)[pick]
        spoken = [tongues.dialects.index(f"{t}-{place.code}") for t in place.languages]
        dialect[here] = np.array(spoken)[pick]
    unclear = rng.random(market.size)
    dialect[unclear < 0.06] = tongues.dialects.index("unknown")
    dialect[unclear > 0.98] = tongues.dialects.index("code-mixed")
    return {"zone": zone, "language": language, "dialect": dialect}


def _mostly_first(
    rng: np.random.Generator, count: int, choices: int, *, rest: float
) -> Ints:
    """Draw 0 most of the time, and the other choices evenly in `rest` of cases."""
    if choices == 1:
        return np.zeros(count, dtype=np.int64)
    other = rng.integers(1, choices, count)
    return np.where(rng.random(count) < rest, other, 0)


def _rosters(
    rng: np.random.Generator, agencies: Agencies, *, market: Ints, tier: Ints
) -> Ints:
    agency = np.full(market.size, -1)
    is_managed = rng.random(market.size) < _AGENCY_SHARE[tier]
    for at in np.unique(market):
        here = np.flatnonzero((market == at) & is_managed)
        offered = agencies.of_market(int(at))
        pull = agencies.pull[offered] / agencies.pull[offered].sum()
        agency[here] = rng.choice(offered, here.size, p=pull)
    return agency


def open_strikes(creators: Creators, *, day: int, expiry_days: int) -> Ints:
    """Return the strikes that still count on a day, creator x first level."""
    is_fresh = creators.strike_day > day - expiry_days
    return np.where(is_fresh, creators.strikes, 0)


def creator_ids(creator: Ints) -> pa.Array:
    """Return creator identifiers; -1 is empty."""
    return columns.ids("c", np.where(creator < 0, -1, creator + _FIRST_NUMBER))


def creator_rows(
    creators: Creators,
    *,
    who: Ints,
    strikes: Ints,
    tongues: Tongues,
    catalogue: Catalogue,
    known_at: int,
) -> pa.Table:
    """Return rows for these creators; `strikes` are the open ones of all creators."""
    language = columns.text(tongues.languages, creators.language[who])
    offsets = pa.array(np.arange(who.size + 1), type=pa.int32())
    struck = strikes[who].sum(axis=1)
    blocked = creators.blocked_until[who]
    status = _statuses(blocked, struck=struck, known_at=known_at)
    return columns.observations(
        "creator",
        {
            "creator_id": creator_ids(who),
            "market": columns.text(catalogue.markets, creators.market[who]),
            "home_tz": columns.text(tongues.zones, creators.zone[who]),
            "languages": pa.ListArray.from_arrays(offsets, language),
            "dialect": columns.text(tongues.dialects, creators.dialect[who]),
            "agency_id": agency_ids(creators.agency[who]),
            "agency_joined_at": columns.instants(creators.joined_agency[who]),
            "tier": columns.text(TIERS, creators.tier[who]),
            "genre": columns.text(GENRES, creators.genre[who]),
            "joined_live_at": columns.instants(creators.joined_live[who]),
            "followers_band": columns.text(_FOLLOWERS, creators.tier[who]),
            "status": columns.text(_STATUSES, status),
            "health_score": columns.numbers(np.maximum(100 - 12.0 * struck, 0)),
            "strikes_open": _strikes_open(strikes[who], catalogue.first_levels),
            "age_verified": columns.flags(creators.is_age_verified[who]),
            "consent_education": columns.flags(creators.has_consent[who]),
        },
        known_at=np.full(who.size, known_at),
    )


def _statuses(blocked: Ints, *, struck: Ints, known_at: int) -> Ints:
    """Return each account's status from its suspension and its open strikes."""
    return np.select(
        [blocked >= FOREVER, blocked > known_at, struck > 2],
        [
            _STATUSES.index(AccountStatus.BANNED),
            _STATUSES.index(AccountStatus.SUSPENDED),
            _STATUSES.index(AccountStatus.RESTRICTED),
        ],
        default=_STATUSES.index(AccountStatus.ACTIVE),
    )


def _strikes_open(strikes: Ints, first_levels: Sequence[str]) -> pa.Array:
    """Return a JSON object per creator; each distinct one is made once."""
    distinct, inverse = np.unique(strikes, axis=0, return_inverse=True)
    texts = [
        json.dumps(
            {
                name: int(count)
                for name, count in zip(first_levels, line, strict=True)
                if count
            }
        )
        for line in distinct
    ]
    return columns.text(texts, inverse.reshape(-1))


def day_number(day: date) -> int:
    """Return a date as yyyymmdd with room for ten million things of that day."""
    return (day.year * 10_000 + day.month * 100 + day.day) * 10**7
