"""The mean of paired differences, such as a last quiz less the first.

People taught together answer alike, so that the error is that of clusters (CR2, with
its degrees of freedom; Student's own where each person is a cluster). A mean of
differences is no effect of teaching: nobody was held out, and a second quiz is easier.

Parameters: one difference a person, and each person's cluster.

>>> print(paired_mean([0.1, 0.3, 0.2, 0.4], clusters=[1, 2, 3, 4]))
0.25 (0.04457 to 0.4554; 95 %, n = 4, paired mean, CR2)

Reference: R. M. Bell and D. F. McCaffrey (2002), Survey Methodology 28, 169-181.
"""

import math

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.estimation.effects.cluster_robust import robust_coefficient
from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate

__all__ = ["paired_mean"]

METHOD = "paired mean, CR2"
DESIGN = "all pairs, clustered"
ASSUMPTIONS = (
    "Clusters are independent of each other.",
    "The clusters' mean differences are roughly normal.",
)
NO_PAIRS = "There is no pair to compare."
ONE_CLUSTER = "All pairs are of one cluster: nothing shows how much clusters differ."
NO_SPREAD = "The differences do not vary, so nothing shows the sampling error."


def paired_mean(
    differences: npt.ArrayLike, *, clusters: npt.ArrayLike, confidence: float = 0.95
) -> Estimate:
    """Estimate the mean difference, in the differences' own unit."""
    check_confidence(confidence)
    values, names = np.asarray(differences, dtype=float), np.asarray(clusters)
    if values.shape != names.shape:
        what = "differences and clusters have different lengths"
        raise ImpossibleSampleError(what=what)
    if not np.isfinite(values).all():
        raise ImpossibleSampleError(what="a difference is missing or not finite")
    if not len(values):
        return _estimate(None, n=0, confidence=confidence, reason=NO_PAIRS)
    found, place = np.unique(names, return_inverse=True)
    mean = float(values.mean())
    if len(found) < 2 or not np.ptp(values) > 0:
        reason = ONE_CLUSTER if len(found) < 2 else NO_SPREAD
        return _estimate(mean, n=len(values), confidence=confidence, reason=reason)
    fit = robust_coefficient(
        values, design=np.ones((len(values), 1)), clusters=place, column=0
    )
    reach = float(special.stdtrit(max(1.0, fit.degrees), (1 + confidence) / 2))
    reach *= math.sqrt(fit.variance)
    return _estimate(mean, n=len(values), confidence=confidence, reach=reach)


def _estimate(
    mean: float | None,
    *,
    n: int,
    confidence: float,
    reach: float | None = None,
    reason: str | None = None,
) -> Estimate:
    low = high = None
    if mean is not None and reach is not None:
        low, high = mean - reach, mean + reach
    return Estimate(
        value=mean,
        low=low,
        high=high,
        confidence=confidence,
        n=n,
        method=METHOD,
        design=DESIGN,
        assumptions=ASSUMPTIONS,
        reason=reason,
    )
