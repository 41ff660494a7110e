"""False-positive traps: innocent sessions that look like a violation."""

from dataclasses import dataclass

import numpy as np

from atalaia.domain.reference import Reference
from atalaia.domain.traps import TrapProblem, TrapReading
from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.simulation.cells import draw_hits, pick_kinds
from atalaia.simulation.creators import GENRES
from atalaia.simulation.rates import Rates
from atalaia.simulation.rules import Catalogue
from atalaia.simulation.sessions import Sessions

__all__ = ["TrapTable", "draw_traps", "read_traps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrapTable:
    """The traps: `rates` is (market, genre) x trap, `looks` trap x policy."""

    ids: tuple[str, ...]
    rates: Floats
    looks: Floats


def read_traps(
    reference: Reference, *, rates: Rates, catalogue: Catalogue
) -> TrapTable:
    """Return how often each trap stands in the sessions of each market and genre.

    Traps that are a policy difference and not an error are left out: an enforcement
    there is right by the policy in force.
    """
    markets, policies = catalogue.markets, catalogue.policies
    found = [
        trap
        for trap in reference.traps
        if trap.problem is TrapProblem.ERROR and trap.reading is TrapReading.INNOCENT
    ]
    known = [trap for trap in found if any(p in policies for p in trap.policies)]
    table = np.zeros((len(markets), len(GENRES), len(known)))
    looks = np.zeros((len(known), len(policies)))
    for column, trap in enumerate(known):
        factors = rates.trap_genres.get(str(trap.kind), np.ones(len(GENRES)))
        for line, market in enumerate(markets):
            if not trap.markets or market in trap.markets:
                table[line, :, column] = rates.trap_rate * factors
        for policy in trap.policies:
            if policy in policies:
                looks[column, policies.index(policy)] = 1
    return TrapTable(
        ids=tuple(str(trap.id) for trap in known),
        rates=table.reshape(-1, len(known)),
        looks=looks,
    )


def draw_traps(
    rng: np.random.Generator,
    traps: TrapTable,
    *,
    sessions: Sessions,
    is_in_force: Flags,
) -> tuple[Ints, Ints]:
    """Return for each session its trap and the policy it looks like; -1 for none.

    `is_in_force` is market x policy: where nothing that a trap looks like is
    forbidden, it is no trap.
    """
    cell = sessions.market * len(GENRES) + sessions.category
    exposure = np.ones(sessions.count)
    looks = traps.looks * is_in_force[:, None, :]
    is_trap = np.repeat(looks.any(axis=2), len(GENRES), axis=0)
    hits = draw_hits(rng, traps.rates * is_trap, cell=cell, exposure=exposure)
    trap = np.full(sessions.count, -1)
    policy = np.full(sessions.count, -1)
    trap[hits.row] = hits.kind
    lines = looks.reshape(-1, looks.shape[2])
    line = sessions.market[hits.row] * len(traps.ids) + hits.kind
    policy[hits.row] = pick_kinds(rng, lines, cell=line)
    return trap, policy
