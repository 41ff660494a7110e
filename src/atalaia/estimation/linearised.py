"""The variance of a ratio of weighted totals: units in strata, rows made into units.

Units are taken as drawn with replacement within their stratum, which overstates the
variance where a large part of a stratum was sampled.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from atalaia.estimation.collapsed_strata import collapsed
from atalaia.estimation.errors import ImpossibleSampleError

__all__ = [
    "ROUNDING",
    "Spread",
    "Totals",
    "as_totals",
    "degrees_of_freedom",
    "equal_parts",
    "residuals",
    "spread_of",
    "variance_of_ratio",
]

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
ROUNDING = 1e-12
UNSEEN = 2
"""Units that a group whose units agree might be lacking (Agresti and Coull 1998)."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The groups of units that a variance is taken within.

    Attributes:
        groups: each unit's group, thin strata joined, numbered from 0.
        is_flat: of each group, whether all its units have one ratio.
    """

    groups: Labels
    is_flat: npt.NDArray[np.bool_]


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
    """How much each unit moves the ratio of the totals; `bottom` is not all 0."""
    mass = float(bottom.sum())
    return _unless_rounding(top, float(top.sum()) / mass * bottom) / mass


def spread_of(units: Totals) -> Spread:
    """Where the units differ; thin strata are joined first."""
    groups = collapsed(units.strata, bottom=units.bottom)
    top, bottom = np.bincount(groups, units.top), np.bincount(groups, units.bottom)
    expected = (top / np.where(bottom > 0, bottom, 1.0))[groups] * units.bottom
    differs = _unless_rounding(units.top, expected) != 0
    return Spread(groups=groups, is_flat=np.bincount(groups, differs) == 0)


def variance_of_ratio(units: Totals, spread: Spread, *, pooled: float) -> float:
    """Variance of the ratio of the totals.

    A flat group's own variance is zero, which is no knowledge: two units might be
    missing that are as far from the ratio as its own units are, or as the pooled
    variance says if that is more.

    Args:
        pooled: the variance of a unit's ratio over the whole sample.
    """
    parts, groups = residuals(units.top, units.bottom), spread.groups
    size = np.bincount(groups)
    centre = np.bincount(groups, parts) / size
    squares = np.bincount(groups, (parts - centre[groups]) ** 2)
    seen = squares * size / np.maximum(size - 1, 1)
    mass = float(units.bottom.sum())
    unseen = np.maximum(
        np.bincount(groups, parts**2),
        np.bincount(groups, (units.bottom / mass) ** 2) * pooled,
    )
    floor = np.where(spread.is_flat, unseen * UNSEEN / (size + UNSEEN), 0.0)
    variance = float(np.maximum(seen, floor).sum())
    # Rounding leaves some 1e-33 where units do not differ at all.
    return variance if variance > 1e-24 * float((parts**2).sum()) else 0.0


def degrees_of_freedom(parts: Floats, spread: Spread) -> float:
    """Units less groups, but no more than the equal parts that the variance rests on.

    Only groups whose units differ bear witness to a variance.
    """
    by_design = len(parts) - len(spread.is_flat)
    resting = equal_parts(parts[~spread.is_flat[spread.groups]])
    return float(max(1.0, min(by_design, resting)))


def equal_parts(parts: Floats) -> float:
    """How many equal parts would make as uneven a sum as these (Kish); 0 of none."""
    squares = float((parts**2).sum())
    return float(np.abs(parts).sum() ** 2 / squares) if squares else 0.0


def _unless_rounding(found: Floats, expected: Floats) -> Floats:
    """found - expected.

    Where every unit has the same ratio, rounding leaves parts of 1e-17 whose spread
    would pass for a very exact estimate; they are nothing.
    """
    parts = found - expected
    is_rounding = np.abs(parts) <= ROUNDING * (np.abs(found) + np.abs(expected))
    return np.asarray(np.where(is_rounding, 0.0, parts))


def _numbered(labels: npt.ArrayLike | None, *, length: int) -> Labels:
    if labels is None:
        return np.zeros(length, dtype=np.intp)
    codes = np.unique(np.asarray(labels), return_inverse=True)[1]
    if codes.shape != (length,):
        raise ImpossibleSampleError(what="strata or clusters have another length")
    return codes
