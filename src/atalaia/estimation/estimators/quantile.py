"""A quantile with an interval from order statistics.

For percentiles that are shown as such, e.g. the median hours from appeal to decision.
The value is the nearest-rank percentile, an observed value; the interval's ends are
observed values too, whose ranks come from the binomial distribution: no assumption on
the shape. Coverage is at least nominal; complete counts need no interval.

Parameters: `values` observed; `share`, 0.5 for the median.

>>> print(quantile(range(1, 101), 0.5))
50 (40 to 61; 95 %, n = 100, order statistics)

Reference: H. A. David and H. N. Nagaraja (2003), Order Statistics, section 7.1.
"""

import math

import numpy as np
import numpy.typing as npt
from scipy import stats

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate

__all__ = ["quantile"]

METHOD = "order statistics"
ASSUMPTIONS = ("The values are independent and come from one distribution.",)
EMPTY = "No value was observed."
TOO_FEW = "Too few values for an interval at this percentile and confidence."


def quantile(
    values: npt.ArrayLike, share: float, *, confidence: float = 0.95
) -> Estimate:
    """Estimate the value below which a share of the population lies."""
    check_confidence(confidence)
    if not 0 < share < 1:
        raise ImpossibleSampleError(what=f"a percentile of {share}")
    ordered = np.sort(np.asarray(values, dtype=float))
    if not np.isfinite(ordered).all():
        raise ImpossibleSampleError(what="a value is missing or not finite")
    n, tail = len(ordered), (1 - confidence) / 2
    # Ranks from 1: P(B < low) <= tail and P(B >= high) <= tail, B ~ Bin(n, share).
    low = int(stats.binom.ppf(tail, n, share)) if n else 0
    high = int(stats.binom.isf(tail, n, share)) + 1
    is_known = low >= 1 and high <= n
    return Estimate(
        # 0.1 * 30 is a little above 3; the rank meant is 3.
        value=float(ordered[math.ceil(share * n - 1e-9) - 1]) if n else None,
        low=float(ordered[low - 1]) if is_known else None,
        high=float(ordered[high - 1]) if is_known else None,
        confidence=confidence,
        n=n,
        method=METHOD,
        assumptions=ASSUMPTIONS,
        reason=None if is_known else TOO_FEW if n else EMPTY,
    )
