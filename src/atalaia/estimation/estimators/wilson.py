"""Wilson's score interval for a share.

For shares that are not rare, from a simple random sample, e.g. overkill among some
hundred reviewed penalties. Coverage is near nominal on average and dips to about
0.92 where fewer than two positives are expected: use `clopper_pearson` there.

Parameters: `positives` of `n` units; both may be fractional (effective counts).

>>> print(wilson(12, 400))
0.03 (0.01724 to 0.0517; 95 %, n = 400, Wilson)

Reference: E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.
"""

import math

from scipy import special

from atalaia.estimation.errors import check_confidence, check_counts
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.nothing import nothing_sampled

__all__ = ["wilson"]

METHOD = "Wilson"
ASSUMPTIONS = ("Every unit had the same chance to be sampled, independently.",)


def wilson(positives: float, n: float, *, confidence: float = 0.95) -> Estimate:
    """Estimate a share from a simple random sample; [0, 1] when it is empty."""
    check_confidence(confidence)
    check_counts(positives, n)
    if n == 0:
        return nothing_sampled(method=METHOD, confidence=confidence)
    share = positives / n
    z = float(special.ndtri((1 + confidence) / 2))
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z * math.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
    reach /= 1 + z**2 / n
    return Estimate(
        value=share,
        # Rounding may push an end past the share where it is 0 or 1.
        low=min(share, max(0.0, middle - reach)) if positives else 0.0,
        high=max(share, min(1.0, middle + reach)) if positives < n else 1.0,
        confidence=confidence,
        n=round(n),
        method=METHOD,
        assumptions=ASSUMPTIONS,
    )
