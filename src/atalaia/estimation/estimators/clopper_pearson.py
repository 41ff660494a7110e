"""Clopper and Pearson's exact interval for a share.

For rare shares from a simple random sample, e.g. leakage: never covers less than its
nominal level, at any share and any n, at the price of being wide. With no positives
the upper limit is the "rule of three" (3.7/n at 95 % two-sided).

Parameters: `positives` of `n` units; both may be fractional (effective counts).

>>> print(clopper_pearson(0, 1000))
0 (0 to 0.003682; 95 %, n = 1000, Clopper-Pearson)

Reference: C. J. Clopper and E. S. Pearson (1934), Biometrika 26, 404-413.
"""

from scipy import special

from atalaia.estimation.errors import check_confidence, check_counts
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.nothing import nothing_sampled

__all__ = ["clopper_pearson", "exact_limits"]

METHOD = "Clopper-Pearson"
ASSUMPTIONS = ("Every unit had the same chance to be sampled, independently.",)


def clopper_pearson(
    positives: float, n: float, *, confidence: float = 0.95
) -> Estimate:
    """Estimate a share from a simple random sample; [0, 1] when it is empty."""
    check_confidence(confidence)
    check_counts(positives, n)
    if n == 0:
        return nothing_sampled(method=METHOD, confidence=confidence)
    low, high = exact_limits(positives, n, confidence=confidence)
    return Estimate(
        value=positives / n,
        low=low,
        high=high,
        confidence=confidence,
        n=round(n),
        method=METHOD,
        assumptions=ASSUMPTIONS,
    )


def exact_limits(
    positives: float, n: float, *, confidence: float
) -> tuple[float, float]:
    """The limits alone, as quantiles of the Beta distribution; n is above 0."""
    tail, negatives = (1 - confidence) / 2, n - positives
    share = positives / n
    low = special.betaincinv(positives, negatives + 1, tail) if positives > 0 else 0.0
    high = special.betainccinv(positives + 1, negatives, tail) if negatives > 0 else 1.0
    return min(share, float(low)), max(share, float(high))
