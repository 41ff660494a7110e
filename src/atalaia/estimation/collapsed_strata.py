"""Strata with few units, joined to those of the most similar weight.

A stratum with one unit shows no spread, and one with a handful that agree shows none
either: its zero would pass for certainty. Before a variance is taken, such strata are
joined along the order of their weights. What the units turned out to be plays no
part, so in expectation the joined strata overstate the variance, by how much their
rates differ. One sample's variance may still come out too small: with few positives
it mostly does. Nor does it hold where a unit's weighted size depends on its outcome,
as that of clusters may. Equal weights mostly mean the same score band in another week,
whose rates hardly differ.

Reference: W. G. Cochran (1977), Sampling Techniques, section 5A.12 (collapsed strata);
K. M. Wolter (2007), Introduction to Variance Estimation, section 2.5.
"""

import numpy as np
import numpy.typing as npt

__all__ = ["classes_of_weight", "collapsed"]

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
ENOUGH = 16
"""Units from which a stratum stands alone."""
LEAST = 2
"""Units without which it is joined to its nearest, however unlike their weights."""
ALIKE = 2.0
"""How many times the weight of another a stratum's may be to be joined by choice."""


def collapsed(strata: Labels, *, bottom: Floats) -> Labels:
    """Number the units' joined strata from 0; one stratum stays one.

    Args:
        strata: each unit's stratum, numbered from 0 without gaps.
        bottom: each unit's weighted size, at least 0; its mean orders the strata.
    """
    size = np.bincount(strata)
    if not len(size) or size.min() >= ENOUGH:
        return strata
    mean = np.bincount(strata, bottom) / size
    order = np.argsort(mean, kind="stable")
    runs = _not_single(_runs(size[order], mean[order]), size[order], mean[order])
    joined = np.empty(len(size), dtype=np.intp)
    joined[order] = np.repeat(np.arange(len(runs) - 1), np.diff(runs))
    return joined[strata]


def classes_of_weight(groups: Labels, *, bottom: Floats) -> Labels:
    """Number the units' classes: groups whose mean weights lie within a factor `ALIKE`.

    Args:
        groups: each unit's group, numbered from 0 without gaps.
        bottom: each unit's weighted size, at least 0.
    """
    mean = np.bincount(groups, bottom) / np.bincount(groups)
    order = np.argsort(mean, kind="stable")
    classes, number, first = np.empty_like(order), -1, -1.0
    for group in order.tolist():
        if number < 0 or mean[group] > ALIKE * first:
            number, first = number + 1, float(mean[group])
        classes[group] = number
    return classes[groups]


def _runs(size: Labels, mean: Floats) -> list[int]:
    """Where each run of thin and alike strata starts, and where the last one ends."""
    starts, units = [0], int(size[0])
    for place in range(1, len(size)):
        is_thin = min(units, int(size[place])) < ENOUGH
        if is_thin and mean[place] <= ALIKE * mean[starts[-1]]:
            units += int(size[place])
        else:
            starts.append(place)
            units = int(size[place])
    return [*starts, len(size)]


def _not_single(runs: list[int], size: Labels, mean: Floats) -> list[int]:
    """Join each run of fewer than two units to the neighbour of the nearer weight."""
    units = np.add.reduceat(size, runs[:-1]).tolist()
    kept, held = [0], units[0]
    for place in range(1, len(units)):
        here, there = runs[place], runs[place + 1]
        is_last = there == len(size)
        before = _ratio(mean[here], mean[here - 1])
        after = np.inf if is_last else _ratio(mean[there], mean[there - 1])
        joins_before = units[place] < LEAST and before <= after
        if held < LEAST or joins_before:
            held += units[place]
        else:
            kept.append(here)
            held = units[place]
    if held < LEAST and len(kept) > 1:
        kept.pop()
    return [*kept, len(size)]


def _ratio(heavier: float, lighter: float) -> float:
    return heavier / lighter if lighter > 0 else np.inf
