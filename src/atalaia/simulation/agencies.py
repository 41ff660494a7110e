"""Agencies: a roster's size, its quality, and the row the platform shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import AgencyStatus, PenaltyCode
from atalaia.simulation import columns
from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.simulation.plan import WorldPlan

__all__ = ["Agencies", "agency_ids", "agency_rows", "found_agencies", "punished"]

_TIERS = ("managed", "gold", "silver", "bronze")
_STATUSES = tuple(AgencyStatus)
_CREATORS_EACH = 55
_FIRST_NUMBER = 100
_OPEN = (_STATUSES.index(AgencyStatus.ACTIVE), _STATUSES.index(AgencyStatus.WARNED))
_STATUS_AFTER = {
    PenaltyCode.AGENCY_WARNING: AgencyStatus.WARNED,
    PenaltyCode.AGENCY_SCORE_DEDUCTION: AgencyStatus.WARNED,
    PenaltyCode.AGENCY_REWARD_HOLD: AgencyStatus.WARNED,
    PenaltyCode.AGENCY_RECRUITMENT_FREEZE: AgencyStatus.FROZEN,
    PenaltyCode.AGENCY_TERMINATION: AgencyStatus.TERMINATED,
}
_POINTS_EACH = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agencies:
    """Arrays over agencies; `strictness` multiplies the violations of its creators.

    `pull` is the share of its market's roster; tier 0 is managed by the platform.
    `breaches` counts its own penalties, each of which costs points of its score.
    """

    market: Ints
    tier: Ints
    pull: Floats
    strictness: Floats
    training: Floats
    status: Ints
    breaches: Ints

    @property
    def count(self) -> int:
        """How many agencies there are."""
        return self.market.size

    def of_market(self, market: int) -> Ints:
        """Return a market's agencies, the largest first."""
        here = np.flatnonzero(self.market == market)
        return here[np.argsort(-self.pull[here], kind="stable")]

    def hiring_in(self, market: int) -> Ints:
        """Return a market's agencies that may take on creators, the largest first."""
        offered = self.of_market(market)
        return offered[np.isin(self.status[offered], _OPEN)]

    @property
    def is_terminated(self) -> Flags:
        """Whether each agency has been thrown out."""
        found: Flags = self.status == _STATUSES.index(AgencyStatus.TERMINATED)
        return found


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
        status=np.full(size, _STATUSES.index(AgencyStatus.ACTIVE)),
        breaches=np.zeros(size, dtype=np.int64),
    )


def punished(
    agencies: Agencies, *, who: Ints, codes: Sequence[PenaltyCode]
) -> Agencies:
    """Return the agencies after these penalties; no penalty makes a status milder."""
    status, breaches = agencies.status.copy(), agencies.breaches.copy()
    after = [_STATUSES.index(_STATUS_AFTER[code]) for code in codes]
    np.maximum.at(status, who, np.array(after, dtype=np.int64))
    np.add.at(breaches, who, 1)
    return replace(agencies, status=status, breaches=breaches)


def agency_rows(
    agencies: Agencies, *, who: Ints, members: Ints, plan: WorldPlan, known_at: int
) -> pa.Table:
    """Return these agencies as contract rows; `members` counts creators of each."""
    codes = [code for code, _ in plan.shares]
    number = who + _FIRST_NUMBER
    merit: Floats = 100 / (1 + agencies.strictness) - _POINTS_EACH * agencies.breaches
    market = columns.text(codes, agencies.market[who])
    offsets = pa.array(np.arange(who.size + 1), type=pa.int32())
    return columns.observations(
        "agency",
        {
            "agency_id": columns.ids("ag", number),
            "market": market,
            "markets": pa.ListArray.from_arrays(offsets, market),
            "name": columns.ids("Agency ", number),
            "tier": columns.text(_TIERS, agencies.tier[who]),
            "manager": columns.ids("manager-", agencies.market[who] + 1),
            "creators_n": columns.whole(members[who]),
            "score": columns.numbers(np.round(merit[who].clip(0), 1)),
            "status": columns.text(_STATUSES, agencies.status[who]),
            "training_coverage": columns.numbers(np.round(agencies.training[who], 3)),
            "contact": columns.ids("contact-", number),
        },
        known_at=np.full(who.size, known_at),
    )


def agency_ids(agency: Ints) -> pa.Array:
    """Return agency identifiers; -1 (organic) is empty."""
    return columns.ids("ag", np.where(agency < 0, -1, agency + _FIRST_NUMBER))
