"""The variance of a weighted total: units within strata, rows gathered into units.

Units are taken as drawn with replacement within their stratum, which overstates the
variance where a large part of a stratum was sampled.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from atalaia.estimation.errors import ImpossibleSampleError

__all__ = [
    "ROUNDING",
    "Totals",
    "as_totals",
    "degrees_of_freedom",
    "equal_parts",
    "residuals",
    "variance_of_total",
]

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sampled units (rows, or clusters of rows) as weighted totals.

    Attributes:
        top, bottom: weighted numerator and denominator of each unit.
        strata: each unit's stratum, numbered from 0.
    """

    top: Floats
    bottom: Floats
    strata: Labels


def as_totals(
    top: Floats,
    bottom: Floats,
    *,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
) -> Totals:
    """Gather weighted rows into units; a cluster in two strata is a unit in each."""
    if top.shape != bottom.shape or top.ndim != 1:
        what = "numerators, denominators and weights have different lengths"
        raise ImpossibleSampleError(what=what)
    if not (np.isfinite(top).all() and np.isfinite(bottom).all()):
        raise ImpossibleSampleError(what="a number is missing or not finite")
    groups = _numbered(strata, length=len(top))
    if clusters is None:
        return Totals(top=top, bottom=bottom, strata=groups)
    number = _numbered(clusters, length=len(top))
    pairs, place = np.unique(
        np.stack([groups, number], axis=1), axis=0, return_inverse=True
    )
    place = place.reshape(-1)
    return Totals(
        top=np.bincount(place, top, minlength=len(pairs)).astype(float),
        bottom=np.bincount(place, bottom, minlength=len(pairs)).astype(float),
        strata=pairs[:, 0],
    )


def residuals(top: Floats, bottom: Floats) -> Floats:
    """How much each unit moves the ratio of the totals; `bottom` sums to more than 0.

    Where every unit has the same ratio, rounding leaves parts of 1e-17 whose spread
    would pass for a very exact estimate; they are nothing.
    """
    mass = float(bottom.sum())
    expected = float(top.sum()) / mass * bottom
    parts = top - expected
    is_rounding = np.abs(parts) <= ROUNDING * (np.abs(top) + np.abs(expected))
    return np.asarray(np.where(is_rounding, 0.0, parts) / mass)


def variance_of_total(parts: Floats, *, strata: Labels) -> float:
    """Variance of the sum of the units' parts.

    A stratum with one unit has no spread of its own; it is measured from zero, which
    overstates rather than ignores it.
    """
    size = np.bincount(strata)
    centre = np.bincount(strata, parts) / np.maximum(size, 1)
    centre[size == 1] = 0.0
    squares = np.bincount(strata, (parts - centre[strata]) ** 2)
    variance = float((squares * size / np.maximum(size - 1, 1)).sum())
    # Rounding leaves some 1e-33 where units do not differ at all.
    return variance if variance > 1e-24 * float((parts**2).sum()) else 0.0


def degrees_of_freedom(top: Floats, *, strata: Labels) -> float:
    """Units less strata, but no more than the units that the total rests on."""
    by_design = len(top) - len(np.unique(strata))
    return float(max(1.0, min(by_design, equal_parts(top))))


def equal_parts(parts: Floats) -> float:
    """How many equal parts would make as uneven a sum as these (Kish); 0 of none."""
    squares = float((parts**2).sum())
    return float(np.abs(parts).sum() ** 2 / squares) if squares else 0.0


def _numbered(labels: npt.ArrayLike | None, *, length: int) -> Labels:
    if labels is None:
        return np.zeros(length, dtype=np.intp)
    codes = np.unique(np.asarray(labels), return_inverse=True)[1]
    if codes.shape != (length,):
        raise ImpossibleSampleError(what="strata or clusters have another length")
    return codes
