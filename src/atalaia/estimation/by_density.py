"""Limits of a share that leave room for what the thinly sampled strata may hide.

Positives in a densely sampled stratum say nothing of a stratum that was sampled
thinly: none among its units may mean up to 3.7 among as many, each with a heavy
weight. One effective size for the whole sample forgets that as soon as the dense strata
show positives. So the strata are gathered into classes of like weight, each class has
the limit of its own effective size, and the limits are combined by MOVER, which keeps
the widest one whole. Classes without a positive are one class: at the weakest density
among them their limit holds wherever their positives are.

A positive more in a class never lowers the combined upper limit as long as it does
not lower that of its class: MOVER gives away at most the distance that the share
gained. The limit that nothing was seen under is the least in any case.

Reference: G. Y. Zou and A. Donner (2008), Statistics in Medicine 27, 1693-1702.
"""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.estimation.collapsed_strata import classes_of_weight
from atalaia.estimation.effective_sample import (
    effective_size,
    share,
    weakest_density,
)
from atalaia.estimation.estimators.clopper_pearson import exact_limits
from atalaia.estimation.linearised import Totals, residuals, spread_of

__all__ = ["limits_by_density"]

Labels = npt.NDArray[np.intp]


def limits_by_density(units: Totals, *, confidence: float) -> tuple[float, float]:
    """The lower and upper limit of the share; the units are not empty."""
    groups = spread_of(units).groups
    classes = classes_of_weight(groups, bottom=units.bottom)
    others = replace(units, top=units.bottom - units.top)
    drift = _drift(units, groups=groups, classes=classes)
    reach = float(special.ndtri((1 + confidence) / 2)) ** 2 * drift
    low = 1 - _upper(others, classes=classes, confidence=confidence, drift=reach)
    return low, _upper(units, classes=classes, confidence=confidence, drift=reach)


def _upper(units: Totals, *, classes: Labels, confidence: float, drift: float) -> float:
    """The upper limit; `drift` is the square of a further distance to keep."""
    is_hit = np.bincount(classes, units.top) > 0
    # The classes without a positive are all numbered -1, one class.
    labels = np.where(is_hit[classes], classes, -1)
    mass, squares = float(units.bottom.sum()), drift
    for label in np.unique(labels).tolist():
        part = _part(units, labels == label)
        found, weight = share(part), float(part.bottom.sum()) / mass
        n_eff = (
            weakest_density(part)
            if label < 0
            else effective_size(part, confidence=confidence)
        )
        limit = exact_limits(found * n_eff, n_eff, confidence=confidence)[1]
        squares += (weight * (limit - found)) ** 2
    unseen = exact_limits(0.0, weakest_density(units), confidence=confidence)[1]
    return min(1.0, max(unseen, share(units) + math.sqrt(squares)))


def _part(units: Totals, is_in: npt.NDArray[np.bool_]) -> Totals:
    strata = np.unique(units.strata[is_in], return_inverse=True)[1]
    return Totals(top=units.top[is_in], bottom=units.bottom[is_in], strata=strata)


def _drift(units: Totals, *, groups: Labels, classes: Labels) -> float:
    """What the variance of the share has from the classes' sizes being estimates.

    Nothing where all units of a group weigh the same, as then their sizes are known.
    """
    mass = units.bottom.sum()
    rates = np.bincount(classes, units.top) / np.bincount(classes, units.bottom)
    apart = (units.top - rates[classes] * units.bottom) / mass
    whole = residuals(units.top, units.bottom)
    return max(0.0, _within(whole, groups) - _within(apart, groups))


def _within(parts: npt.NDArray[np.float64], groups: Labels) -> float:
    size = np.bincount(groups)
    centre = np.bincount(groups, parts) / size
    squares = np.bincount(groups, (parts - centre[groups]) ** 2)
    return float((squares * size / np.maximum(size - 1, 1)).sum())
