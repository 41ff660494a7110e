"""The mean of an amount that is nearly always nothing, and now and then a lot.

For "how many views fell on violations": most rooms have none, the few that do differ
by orders of magnitude. Neither a t interval (it misses the few) nor the share of views
(its effective sample is that of the largest rooms) serves. The mean is therefore taken
in two parts, how often there is any and how much there then is; each keeps its own
interval, and MOVER joins them on the log scale. Covered in simulation, not proven: 93
to 100 of 100 intervals, in samples of 200 to 2,400 rooms, one in 200 of them violating.

Parameters: `amounts` of 0 or more per sampled row; `weights` = 1 / inclusion
probability, up to a factor; `strata` and `clusters` as sampled; `ceiling`, what the
mean can be at most (views per room). With fewer than two amounts, or equal ones, the
ceiling stands in for what a larger sample would tell.

>>> amounts = [0, 0, 0, 0, 0, 0, 0, 0, 30, 50]
>>> print(two_part_mean(amounts, weights=[1] * 10, ceiling=100))
8 (0.4448 to 76.63; 95 %, n = 10, two-part mean)

Reference: J. Aitchison (1955), J. Am. Stat. Assoc. 50, 901-908, on amounts with many
zeros; G. Y. Zou and A. Donner (2008), Statistics in Medicine 27, 1693-1702, on MOVER.
"""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.korn_graubard import korn_graubard
from atalaia.estimation.estimators.weighted_ratio import weighted_ratio

__all__ = ["two_part_mean"]

METHOD = "two-part mean"
PLAUSIBLE = 3.0
"""Rooms in which there is any are on average not larger than so many average rooms."""
NOT_LARGER = "Units with any are on average at most three times the size of all units."


def two_part_mean(
    amounts: npt.ArrayLike,
    *,
    weights: npt.ArrayLike,
    ceiling: float,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate the mean amount per unit; an empty sample gives no value."""
    amount, weight = np.asarray(amounts, dtype=float), np.asarray(weights, dtype=float)
    any_there = amount > 0
    often = korn_graubard(
        any_there,
        weights=weight,
        strata=strata,
        clusters=clusters,
        confidence=confidence,
    )
    if often.value is None or often.low is None or often.high is None:
        return replace(often, method=METHOD)
    rows = [None if each is None else np.asarray(each) for each in (strata, clusters)]
    kept = [None if each is None else each[any_there] for each in rows]
    much = weighted_ratio(
        amount[any_there],
        np.ones(int(any_there.sum())),
        weights=weight[any_there],
        strata=kept[0],
        clusters=kept[1],
        confidence=confidence,
    )
    return _joined(often, much, ceiling=ceiling)


def _joined(often: Estimate, much: Estimate, *, ceiling: float) -> Estimate:
    share, least, most = (
        float(end or 0) for end in (often.value, often.low, often.high)
    )
    size = much.value or 0.0
    value = min(share * size, ceiling)
    if much.high is None or size == 0:
        # Too few to tell how much there is: up to all there can be.
        low, high = 0.0, most * max(size, ceiling)
    else:
        reach = _reach(much.high / size, most=PLAUSIBLE * ceiling / size)
        low = value * math.exp(-math.hypot(_log_ratio(share, least), reach))
        high = value * math.exp(math.hypot(_log_ratio(most, share), reach))
    return replace(
        often,
        value=value,
        low=low,
        high=max(value, min(high, ceiling)),
        method=METHOD,
        assumptions=(*often.assumptions, NOT_LARGER),
        reason=None,
    )


def _reach(limit: float, *, most: float) -> float:
    """Return how far the log of the amount may lie off.

    With few amounts the t interval is so long that on the log scale it would hold
    everything: it is then held to what amounts of that ceiling can plausibly be.
    """
    return min(limit - 1, math.log(max(limit, most)))


def _log_ratio(more: float, less: float) -> float:
    return math.inf if less <= 0 else math.log(more / less)
