"""The Hajek ratio of two weighted totals, with a linearised interval.

For means and rates that are no shares, e.g. LIVE hours lost per wrongful penalty or
violating views per view when both vary by room. The interval is a t interval on the
linearised residuals, gathered by cluster within stratum; its degrees of freedom are
held to the number of units that the numerator rests on. For the share of units use
`korn_graubard`: near 0 or 1 no symmetric interval covers.

Parameters: `numerators` and `denominators` per sampled row; `weights` = 1 / inclusion
probability, up to a factor; `strata` and `clusters` as sampled.

>>> print(weighted_ratio([2, 0, 4, 2], [10, 10, 20, 10], weights=[1, 1, 2, 2]))
0.175 (0.06136 to 0.2886; 95 %, n = 4, weighted ratio)

Reference: C.-E. Sarndal, B. Swensson, J. Wretman (1992), Model Assisted Survey
Sampling, section 5.7.
"""

import math

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.linearised import (
    Totals,
    as_totals,
    degrees_of_freedom,
    residuals,
    spread_of,
    variance_of_ratio,
)

__all__ = ["weighted_ratio"]

METHOD = "weighted ratio"
NORMAL = "The ratio's sampling error is roughly normal."
EMPTY = "The denominator is zero."
NO_SPREAD = "The sampled units do not differ, so nothing shows the sampling error."

Floats = npt.NDArray[np.float64]


def weighted_ratio(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    weights: npt.ArrayLike,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate total numerator / total denominator of the population."""
    check_confidence(confidence)
    columns = (numerators, denominators, weights)
    top, bottom, scale = (np.asarray(column, dtype=float) for column in columns)
    _check(top, bottom=bottom, scale=scale)
    totals = as_totals(top * scale, bottom * scale, strata=strata, clusters=clusters)
    n, mass = len(totals.top), float(totals.bottom.sum())
    if mass == 0:
        return _without(None, n=n, confidence=confidence, reason=EMPTY)
    value = float(totals.top.sum()) / mass
    spread = spread_of(totals)
    variance = variance_of_ratio(totals, spread, pooled=_pooled(totals))
    if n < 2 or variance == 0:
        return _without(value, n=n, confidence=confidence, reason=NO_SPREAD)
    degrees = degrees_of_freedom(totals.top, spread)
    reach = float(special.stdtrit(degrees, (1 + confidence) / 2)) * math.sqrt(variance)
    return Estimate(
        value=value,
        low=value - reach,
        high=value + reach,
        confidence=confidence,
        n=n,
        method=METHOD,
        design="weighted",
        assumptions=(NORMAL,),
    )


def _pooled(totals: Totals) -> float:
    """The variance of a unit's ratio, units counting by the square of their size."""
    parts = residuals(totals.top, totals.bottom) * totals.bottom.sum()
    return float((parts**2).sum() / (totals.bottom**2).sum())


def _check(top: Floats, *, bottom: Floats, scale: Floats) -> None:
    if not top.shape == bottom.shape == scale.shape:
        what = "numerators, denominators and weights have different lengths"
        raise ImpossibleSampleError(what=what)
    if not (np.isfinite(scale).all() and (scale > 0).all()):
        raise ImpossibleSampleError(what="a weight is not a positive number")
    if (bottom < 0).any():
        raise ImpossibleSampleError(what="a denominator is negative")


def _without(
    value: float | None, *, n: int, confidence: float, reason: str
) -> Estimate:
    return Estimate(
        value=value,
        low=None,
        high=None,
        confidence=confidence,
        n=n,
        method=METHOD,
        design="weighted",
        reason=reason,
    )
