"""How many simple-random units a designed sample is worth, for a share.

The design-based variance V of a share p is turned into the size of the simple random
sample with the same variance, n_eff = p(1-p)/V (Korn and Graubard 1998). With few
positives V is itself a guess, and most often too small: one positive in a small,
densely sampled stratum makes n_eff explode. Two guards keep it honest:

- t quantiles with no more degrees of freedom than positives (or negatives, whichever
  are fewer) that V rests on shrink n_eff: twenty cost a tenth, one leaves nothing;
- n_eff never needs to fall below the *weakest density*, the sum of the weights over
  the largest one: V is at most p(1-p) over it whatever the strata hide. With no
  positive at all it is all that is left. (1-p)^m bounds the chance of seeing none by
  Jensen's inequality, so the upper limit then holds for every population.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from atalaia.estimation.errors import ImpossibleSampleError

__all__ = ["Units", "as_units", "effective_size", "share", "share_variance"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Sampled units (rows, or clusters of rows) as weighted totals.

    Attributes:
        hits: weighted positives of each unit.
        mass: weighted size of each unit; hits never exceed it.
        strata: each unit's stratum, numbered from 0.
    """

    hits: Floats
    mass: Floats
    strata: npt.NDArray[np.intp]


def as_units(
    positives: npt.ArrayLike,
    *,
    weights: npt.ArrayLike,
    sizes: npt.ArrayLike | None = None,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
) -> Units:
    """Gather rows into units; positives lie between 0 and the row's size (1)."""
    hits = np.asarray(positives, dtype=float)
    mass = np.ones_like(hits) if sizes is None else np.asarray(sizes, dtype=float)
    scale = np.asarray(weights, dtype=float)
    _check(hits, mass=mass, scale=scale)
    groups = _numbered(strata, length=len(hits))
    if clusters is None:
        return Units(hits=hits * scale, mass=mass * scale, strata=groups)
    return _gathered(
        hits * scale, mass * scale, groups=groups, clusters=np.asarray(clusters)
    )


def share(units: Units) -> float:
    """The weighted share of positives; the units are not empty."""
    total = float(units.mass.sum())
    return min(1.0, max(0.0, float(units.hits.sum()) / total))


def share_variance(units: Units) -> float:
    """Linearised variance of the share: strata, with replacement within them.

    A stratum with one unit has no spread of its own; it is measured from zero, which
    overstates rather than ignores it.
    """
    residuals = (units.hits - share(units) * units.mass) / units.mass.sum()
    size = np.bincount(units.strata)
    centre = np.bincount(units.strata, residuals) / np.maximum(size, 1)
    centre[size == 1] = 0.0
    squares = np.bincount(units.strata, (residuals - centre[units.strata]) ** 2)
    return float((squares * size / np.maximum(size - 1, 1)).sum())


def effective_size(units: Units, *, confidence: float) -> float:
    """The guarded n_eff of the share; at most what V supports, see the module."""
    p, floor = share(units), weakest_density(units)
    variance = share_variance(units)
    # Rounding leaves a variance of 1e-33 where it should be nothing.
    if p in {0.0, 1.0} or variance <= 1e-18 * p * (1 - p):
        return floor
    shrink = _quantile(len(units.mass) - 1, confidence) / _quantile(
        _degrees(units), confidence
    )
    return max(floor, p * (1 - p) / variance * min(1.0, shrink) ** 2)


def weakest_density(units: Units) -> float:
    """The size of the simple random sample that no hidden positive can undercut."""
    return float(units.mass.sum() / units.mass.max())


def _degrees(units: Units) -> float:
    by_design = len(units.mass) - len(np.unique(units.strata))
    rarest = min(_kish(units.hits), _kish(units.mass - units.hits))
    return max(1.0, min(by_design, rarest))


def _kish(parts: Floats) -> float:
    """How many equal parts would be as uneven a sum as these."""
    return float(parts.sum() ** 2 / (parts**2).sum())


def _quantile(degrees: float, confidence: float) -> float:
    return float(stats.t.ppf((1 + confidence) / 2, max(1.0, degrees)))


def _numbered(labels: npt.ArrayLike | None, *, length: int) -> npt.NDArray[np.intp]:
    if labels is None:
        return np.zeros(length, dtype=np.intp)
    return np.unique(np.asarray(labels), return_inverse=True)[1]


def _gathered(
    hits: Floats,
    mass: Floats,
    *,
    groups: npt.NDArray[np.intp],
    clusters: npt.NDArray[np.generic],
) -> Units:
    number = _numbered(clusters, length=len(hits))
    # A cluster that crosses strata is one unit in each of them.
    pairs, place = np.unique(
        np.stack([groups, number], axis=1), axis=0, return_inverse=True
    )
    place = place.reshape(-1)
    return Units(
        hits=np.bincount(place, hits, minlength=len(pairs)).astype(float),
        mass=np.bincount(place, mass, minlength=len(pairs)).astype(float),
        strata=pairs[:, 0],
    )


def _check(hits: Floats, *, mass: Floats, scale: Floats) -> None:
    if not hits.shape == mass.shape == scale.shape or hits.ndim != 1:
        what = "positives, sizes and weights have different lengths"
        raise ImpossibleSampleError(what=what)
    if not (np.isfinite(scale).all() and (scale > 0).all()):
        raise ImpossibleSampleError(what="a weight is not a positive number")
    if not ((hits >= 0) & (hits <= mass) & (mass > 0) & np.isfinite(mass)).all():
        what = "a unit has fewer than no positives or more than its size"
        raise ImpossibleSampleError(what=what)
