"""Agencies: a roster's size, its quality, and the row the platform shows of it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import AgencyStatus
from atalaia.simulation import columns
from atalaia.simulation.arrays import Floats, Ints
from atalaia.simulation.plan import WorldPlan

__all__ = ["Agencies", "agency_ids", "agency_rows", "found_agencies"]

_TIERS = ("managed", "gold", "silver", "bronze")
_STATUSES = tuple(AgencyStatus)
_CREATORS_EACH = 55
_FIRST_NUMBER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Agencies:
    """Arrays over agencies; `strictness` multiplies the violations of its creators.

    `pull` is the share of its market's roster; tier 0 is managed by the platform.
    """

    market: Ints
    tier: Ints
    pull: Floats
    strictness: Floats
    training: Floats
    status: Ints

    @property
    def count(self) -> int:
        """How many agencies there are."""
        return self.market.size

    def of_market(self, market: int) -> Ints:
        """Return a market's agencies, the largest first."""
        here = np.flatnonzero(self.market == market)
        return here[np.argsort(-self.pull[here], kind="stable")]


def found_agencies(rng: np.random.Generator, plan: WorldPlan) -> Agencies:
    """Draw the agencies of every market; each market has at least two."""
    counts = [max(2, round(plan.creators * s / _CREATORS_EACH)) for _, s in plan.shares]
    market = np.repeat(np.arange(len(counts)), counts)
    size = market.size
    pull = rng.lognormal(0, 0.8, size)
    pull /= np.bincount(market, weights=pull)[market]
    return Agencies(
        market=market,
        tier=rng.choice(len(_TIERS), size, p=[0.1, 0.2, 0.35, 0.35]),
        pull=pull,
        strictness=rng.gamma(9, 1 / 9, size),
        training=rng.beta(4, 2, size),
        status=np.zeros(size, dtype=np.int64),
    )


def agency_rows(
    agencies: Agencies, *, members: Ints, plan: WorldPlan, known_at: int
) -> pa.Table:
    """Return the agencies as contract rows; `members` counts creators of each."""
    codes = [code for code, _ in plan.shares]
    number = np.arange(agencies.count, dtype=np.int64)
    score = np.round(100 / (1 + agencies.strictness), 1)
    market = columns.text(codes, agencies.market)
    offsets = pa.array(np.arange(agencies.count + 1), type=pa.int32())
    return columns.observations(
        "agency",
        {
            "agency_id": columns.ids("ag", number + _FIRST_NUMBER),
            "market": market,
            "markets": pa.ListArray.from_arrays(offsets, market),
            "name": columns.ids("Agency ", number + _FIRST_NUMBER),
            "tier": columns.text(_TIERS, agencies.tier),
            "manager": columns.ids("manager-", agencies.market + 1),
            "creators_n": columns.whole(members),
            "score": columns.numbers(score),
            "status": columns.text(_STATUSES, agencies.status),
            "training_coverage": columns.numbers(np.round(agencies.training, 3)),
            "contact": columns.ids("contact-", number + _FIRST_NUMBER),
        },
        known_at=np.full(agencies.count, known_at),
    )


def agency_ids(agency: Ints) -> pa.Array:
    """Return agency identifiers; -1 (organic) is empty."""
    return columns.ids("ag", np.where(agency < 0, -1, agency + _FIRST_NUMBER))
