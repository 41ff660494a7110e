"""Draw what happens in each row from rates that depend on the row's cell."""

from dataclasses import dataclass

import numpy as np

from atalaia.simulation.arrays import Floats, Ints

__all__ = ["Hits", "draw_hits", "pick_kinds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Rows that something befell, and which kind of thing; two arrays in step."""

    row: Ints
    kind: Ints


def draw_hits(
    rng: np.random.Generator, rates: Floats, *, cell: Ints, exposure: Floats
) -> Hits:
    """Draw for each row whether something befalls it, and what.

    `rates` has one line per cell and one column per kind: expected events per row of
    exposure 1. A row is hit with probability 1 - exp(-sum of its rates x exposure).
    """
    totals = rates.sum(axis=1)
    chance = -np.expm1(-totals[cell] * exposure)
    row = np.flatnonzero(rng.random(cell.size) < chance)
    return Hits(row=row, kind=pick_kinds(rng, rates, cell=cell[row]))


def pick_kinds(rng: np.random.Generator, rates: Floats, *, cell: Ints) -> Ints:
    """Draw one kind for each row, in proportion to the rates of its cell."""
    cumulative = np.cumsum(rates, axis=1)
    target = rng.random(cell.size) * cumulative[cell, -1]
    kind = np.zeros(cell.size, dtype=np.int64)
    order = np.argsort(cell, kind="stable")
    borders = np.flatnonzero(np.diff(cell[order])) + 1
    for rows in np.split(order, borders):
        if rows.size:
            line = cumulative[cell[rows[0]]]
            kind[rows] = np.searchsorted(line, target[rows], side="right")
    last = rates.shape[1] - 1
    capped: Ints = np.minimum(kind, last)
    return capped
