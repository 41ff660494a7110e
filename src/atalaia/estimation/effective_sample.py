"""How many simple-random units a designed sample is worth, for a share.

The design-based variance V of a share p is turned into the size of the simple random
sample with the same variance, n_eff = p(1-p)/V (Korn and Graubard 1998). With few
positives V is itself a guess, and most often too small: one positive in a small,
densely sampled stratum, or a stratum of nothing but positives, makes n_eff explode.
No one size can speak for strata of unlike density, which
`atalaia.estimation.by_density` limits; these guards hold it down:

- thin strata are joined, and one whose units agree, all positive or all negative, has
  as much variance as if two more units of the pooled share had been drawn there;
- t quantiles with no more degrees of freedom than positives (or negatives, whichever
  are fewer) in strata that hold both shrink n_eff: twenty cost a tenth, one leaves
  next to nothing;
- n_eff never needs to fall below the *weakest density*, the sum of the weights over
  the largest one: V is at most p(1-p) over it whatever the strata hide. It is all
  that is left where no stratum holds both. With no positive at all, (1-p)^m bounds
  the chance of seeing none by Jensen's inequality: the upper limit then holds for
  every population.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.linearised import (
    Spread,
    Totals,
    as_totals,
    degrees_of_freedom,
    spread_of,
    variance_of_ratio,
)

__all__ = ["as_units", "effective_size", "share", "weakest_density"]

Floats = npt.NDArray[np.float64]


def as_units(
    positives: npt.ArrayLike,
    *,
    weights: npt.ArrayLike,
    sizes: npt.ArrayLike | None = None,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
) -> Totals:
    """Gather rows into units; positives lie between 0 and the row's size (1)."""
    hits = np.asarray(positives, dtype=float)
    mass = np.ones_like(hits) if sizes is None else np.asarray(sizes, dtype=float)
    scale = np.asarray(weights, dtype=float)
    _check(hits, mass=mass, scale=scale)
    return as_totals(hits * scale, mass * scale, strata=strata, clusters=clusters)


def share(units: Totals) -> float:
    """The weighted share of positives; the units are not empty."""
    # Summed apart, two equal columns may differ in their last digit.
    return min(1.0, float(units.top.sum()) / float(units.bottom.sum()))


def effective_size(units: Totals, *, confidence: float) -> float:
    """The guarded n_eff of the share; see the module."""
    p, floor = share(units), weakest_density(units)
    spread = spread_of(units)
    if spread.is_flat.all():
        return floor
    variance = variance_of_ratio(units, spread, pooled=p * (1 - p))
    if variance == 0:
        return floor
    known_by_n = _quantile(len(units.top) - 1, confidence)
    shrink = known_by_n / _quantile(_degrees(units, spread), confidence)
    return max(floor, p * (1 - p) / variance * min(1.0, shrink) ** 2)


def weakest_density(units: Totals) -> float:
    """The size of the simple random sample that no hidden positive can undercut."""
    return float(units.bottom.sum() / units.bottom.max())


def _degrees(units: Totals, spread: Spread) -> float:
    outcomes = (units.top, units.bottom - units.top)
    return min(degrees_of_freedom(outcome, spread) for outcome in outcomes)


def _quantile(degrees: float, confidence: float) -> float:
    return float(special.stdtrit(max(1.0, degrees), (1 + confidence) / 2))


def _check(hits: Floats, *, mass: Floats, scale: Floats) -> None:
    if not hits.shape == mass.shape == scale.shape or hits.ndim != 1:
        what = "positives, sizes and weights have different lengths"
        raise ImpossibleSampleError(what=what)
    if not (np.isfinite(scale).all() and (scale > 0).all()):
        raise ImpossibleSampleError(what="a weight is not a positive number")
    if not ((hits >= 0) & (hits <= mass) & (mass > 0) & np.isfinite(mass)).all():
        what = "a unit has fewer than no positives or more than its size"
        raise ImpossibleSampleError(what=what)
