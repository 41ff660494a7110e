"""An effect's interval from the assignment alone, for arms of few clusters.

What chance did once it could have done otherwise: under the hypothesis that treatment
adds a constant, every person's untreated outcome is known, and with it what each other
assignment of the clusters would have shown. The interval holds the constants that the
observed difference does not contradict. No distribution is assumed and no number of
clusters is too small, except that with very few no constant can ever be contradicted.

The statistic is the difference of the arms' means, adjusted for the outcome before by
one slope over both arms (CUPED). It is linear in the constant, so that each assignment
is as extreme as the observed one on one stretch around the estimate, and the interval
is read off the ends of those stretches: exact, no search.

Of outcomes counted over exposures it is the difference of the arms' rates, and the
constant one that treatment adds to everybody's rate: outcomes are weighed by exposures,
and each assignment by the exposures of its arms.

Parameters: the trial's `Arms`, and `rng`, which draws assignments where there are more
than 20,000; the interval then depends on it a little, the estimate never.

Reference: P. R. Rosenbaum (2002), Observational Studies, chapter 2; A. S. Gerber and
D. P. Green (2012), Field Experiments, section 3.5; on few clusters, J. G. MacKinnon
and M. D. Webb (2020), Journal of Econometrics 218, 435-450.
"""

import math
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt

from atalaia.estimation.effects.trial import Arms

__all__ = ["MOST_LISTED", "assignments", "randomisation_limits"]

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
MOST_LISTED = 20_000
DRAWN = 9_999
AT_ONCE = 4_000_000
"""Clusters times assignments drawn at one time, so that they fit into memory."""


def randomisation_limits(
    arms: Arms, *, rng: np.random.Generator, confidence: float
) -> tuple[float, float, float]:
    """Return the estimate, low and high; infinite where nothing can be contradicted."""
    outcomes = _adjusted(arms.outcomes, arms)
    treated = _adjusted(arms.is_treated * arms.exposures, arms)
    size = np.bincount(arms.clusters, arms.exposures).astype(float)
    sums: Floats = np.stack(
        [
            np.bincount(arms.clusters, column, minlength=len(size)).astype(float)
            for column in (outcomes, treated)
        ],
        axis=1,
    )
    shown, taken = _differences(arms.treated[None, :], sums, size=size)[0]
    others: Floats = np.concatenate(
        [
            _differences(chosen, sums, size=size)
            for chosen in assignments(arms.treated, rng=rng)
        ]
    )
    low, high = _stretches(others, shown=shown, taken=taken)
    spare = math.floor((1 - confidence) * len(others) + 1e-9)
    return (
        float(shown / taken),
        float(np.sort(low)[spare]),
        float(np.sort(high)[::-1][spare]),
    )


def assignments(treated: Flags, *, rng: np.random.Generator) -> Iterator[Flags]:
    """Yield the assignments that chance could have made, the observed one included.

    Each block is assignments x clusters; all of them are one block where they are
    listed.

    Args:
        treated: of each cluster; as many are treated in every assignment.
    """
    clusters, count = len(treated), int(treated.sum())
    if math.comb(clusters, count) <= MOST_LISTED:
        chosen = np.array(list(combinations(range(clusters), count)), dtype=np.intp)
        listed = np.zeros((len(chosen), clusters), dtype=bool)
        np.put_along_axis(listed, chosen, values=True, axis=1)
        yield listed
        return
    yield treated[None, :]
    height = max(1, AT_ONCE // clusters)
    for first in range(0, DRAWN, height):
        draws = rng.random((min(height, DRAWN - first), clusters))
        # The `count` lowest of each row are treated: no need to sort the others.
        yield draws <= np.partition(draws, count - 1, axis=1)[:, count - 1, None]


def _adjusted(values: Floats, arms: Arms) -> Floats:
    """What exposure and the outcome before do not explain, one slope over both arms."""
    usual = values.sum() / arms.exposures.sum()
    rest: Floats = values - usual * arms.exposures
    if arms.before is None:
        return rest
    other = arms.before
    adjusted: Floats = rest - other * (other @ rest) / (other @ other)
    return adjusted


def _differences(chosen: Flags, sums: Floats, *, size: Floats) -> Floats:
    """Return, for every assignment, rate of the chosen less rate of the others.

    Not a number where an assignment leaves an arm without exposure.
    """
    weights = chosen.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        differences: Floats = (weights @ sums) / (weights @ size)[:, None] - (
            (1 - weights) @ sums
        ) / ((1 - weights) @ size)[:, None]
    return differences


def _stretches(others: Floats, *, shown: float, taken: float) -> tuple[Floats, Floats]:
    """Return the constants under which each assignment is as extreme as the observed.

    |others[0] - c others[1]| >= |shown - c taken| between the two points where both
    sides meet. An assignment that takes as much as the observed one or more is counted
    as extreme everywhere, and so is one that shows no rate: that can only widen the
    interval.
    """
    difference, other_taken = others[:, 0], others[:, 1]
    is_less = np.abs(other_taken) < taken * (1 - 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = (shown - difference) / (taken - other_taken)
        second = (shown + difference) / (taken + other_taken)
    low = np.where(is_less, np.minimum(first, second), -np.inf)
    high = np.where(is_less, np.maximum(first, second), np.inf)
    return low, high
