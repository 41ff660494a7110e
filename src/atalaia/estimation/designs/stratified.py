"""Stratified sampling: a number of units fixed for each stratum, drawn at random.

Proportional allocation never does worse than simple random sampling, and every row
weighs nearly the same. Neyman's puts labels where the answers vary, e.g. where a
model's score is high: most exact for a rare share, as long as violations do not hide
where the score is low.

>>> proportional([900, 90, 10], 50)
array([44,  4,  2])
>>> neyman([900, 90, 10], 50, spreads=[0.01, 0.1, 0.5])
array([20, 20, 10])

Reference: J. Neyman (1934), J. R. Stat. Soc. 97, 558-625.
"""

import numpy as np
import numpy.typing as npt

from atalaia.estimation.designs.drawn import Drawn, check_size
from atalaia.estimation.errors import ImpossibleSampleError

__all__ = ["draw_stratified", "neyman", "proportional"]

Counts = npt.NDArray[np.intp]


def proportional(sizes: npt.ArrayLike, n: int, *, at_least: int = 2) -> Counts:
    """Divide n by the strata's sizes."""
    return neyman(sizes, n, spreads=np.ones(len(np.asarray(sizes))), at_least=at_least)


def neyman(
    sizes: npt.ArrayLike, n: int, *, spreads: npt.ArrayLike, at_least: int = 2
) -> Counts:
    """Divide n by size x spread.

    Args:
        spreads: standard deviation of the answers expected in each stratum.
        at_least: units of every stratum (or all of a smaller one), without which
            its error cannot be estimated.
    """
    available = np.asarray(sizes, dtype=np.intp)
    appeal = available * np.asarray(spreads, dtype=float)
    check_size(n, available=int(available.sum()))
    counts = np.minimum(available, at_least)
    if counts.sum() > n:
        what = f"{n} units over {len(available)} strata, at least {at_least} in each"
        raise ImpossibleSampleError(what=what)
    if not (appeal >= 0).all() or not appeal.any():
        raise ImpossibleSampleError(what="spreads that are negative or all zero")
    while (left := n - int(counts.sum())) > 0:
        counts = counts + _share_out(left, counts=counts, sizes=available, by=appeal)
    return counts


def _share_out(
    left: int, *, counts: Counts, sizes: Counts, by: npt.NDArray[np.float64]
) -> Counts:
    """One round: whole parts of what is missing to the ideal, or one unit."""
    room = sizes - counts
    open_appeal = np.where(room > 0, by, 0.0)
    if not open_appeal.any():
        open_appeal = room.astype(float)
    ideal = open_appeal / open_appeal.sum() * (left + counts[open_appeal > 0].sum())
    missing = np.clip(ideal - counts, 0, room)
    whole = np.floor(missing * min(1.0, left / missing.sum())).astype(np.intp)
    if not whole.any():
        whole[np.argmax(missing)] = 1
    return np.asarray(whole)


def draw_stratified(
    strata: npt.ArrayLike, allocation: npt.ArrayLike, *, rng: np.random.Generator
) -> Drawn:
    """Draw the allocated number of units of every stratum, without replacement.

    Args:
        strata: each unit's stratum as a number from 0, in the frame's order.
        allocation: units to draw of each stratum.
    """
    codes = np.asarray(strata, dtype=np.intp)
    wanted = np.asarray(allocation, dtype=np.intp)
    sizes = np.bincount(codes, minlength=len(wanted))
    if len(sizes) > len(wanted) or (wanted > sizes).any():
        what = f"{wanted.tolist()} units drawn from strata of {sizes.tolist()}"
        raise ImpossibleSampleError(what=what)
    # Shuffle, then take the first of every stratum: no loop over strata.
    shuffled = rng.permutation(len(codes))
    ordered = shuffled[np.argsort(codes[shuffled], kind="stable")]
    starts = np.cumsum(sizes) - sizes
    rank = np.arange(len(codes)) - starts[codes[ordered]]
    places = np.sort(ordered[rank < wanted[codes[ordered]]])
    return Drawn(places=places, chances=(wanted / np.maximum(sizes, 1))[codes[places]])
