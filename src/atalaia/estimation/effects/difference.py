"""What a randomised treatment did: the difference of the arms' means, intention to
treat.

Everybody stays in the arm that chance gave, whatever they did. The outcome before the
assignment, which chance made alike in both arms, takes away what differs between people
anyway (CUPED): one slope for both arms, estimated with the effect by least squares.
With ten clusters or more in each arm the interval is Student's with the CR2 error and
its degrees of freedom. Where either arm has fewer it is that of randomisation
inference, which needs no large numbers: a few treated clusters among many held out say
as little of their own spread as a few in all.

Of outcomes counted over exposures (incidents over LIVE hours) it is the difference of
the arms' rates, each arm's outcomes over its exposures: who has no exposure adds
nothing to either. Each person's part of the rate stands for the outcome (the delta
method), and the same before the assignment for the outcome before. Where a few people
hold most of the exposure, an arm's rate is theirs, and the interval covers less often
than it promises: 92 times in 100 where one in ten of 24 clusters holds half of it.

Parameters: a `Trial`, a row a person, and `rng` (used where an arm has fewer than ten
clusters, and the possible assignments are too many to list).

>>> trial = Trial(
...     outcomes=[2, 1, 3, 0, 1, 0, 1, 0],
...     is_treated=[0, 0, 0, 0, 1, 1, 1, 1],
...     clusters=list("abcdefgh"),
... )
>>> print(difference_in_means(trial, rng=np.random.default_rng(1)))
-1 (-3 to 1; 95 %, n = 8, difference of means, randomisation)

Reference: A. Deng, Y. Xu, R. Kohavi and T. Walker (2013), WSDM, 123-132 (CUPED); D. A.
Freedman (2008), Advances in Applied Mathematics 40, 180-193 (one slope for both arms; a
slope for each is another estimator); A. Deng, U. Knoblich and J. Lu (2018), KDD,
233-242 (rates, the delta method); J. G. MacKinnon and M. D. Webb (2020), Journal of
Econometrics 218, 435-450 (few treated clusters); A. S. Gerber and D. P. Green (2012),
Field Experiments.
"""

import math

import numpy as np
from scipy import special

from atalaia.estimation.effects.cluster_robust import robust_coefficient
from atalaia.estimation.effects.randomisation import randomisation_limits
from atalaia.estimation.effects.trial import Arms, Trial, arms_of
from atalaia.estimation.errors import check_confidence
from atalaia.estimation.estimate import Estimate

__all__ = ["FEW_CLUSTERS", "difference_in_means"]

FEW_CLUSTERS = 10
"""In either arm: below, no variance estimate of that arm's clusters can be trusted."""
ROBUST, RANDOMISED = "difference of means, CR2", "difference of means, randomisation"
RATES_ROBUST = "difference of rates, CR2"
RATES_RANDOMISED = "difference of rates, randomisation"
DESIGN = "randomised by cluster, intention to treat"
ASSUMPTIONS_ROBUST = (
    "Chance alone chose the arms, and one cluster's treatment leaves the others alone.",
    "Clusters are many enough for their mean to be roughly normal.",
)
ASSUMPTIONS_RANDOMISED = (
    "Chance alone chose the arms, and one cluster's treatment leaves the others alone.",
    "Every choice of as many clusters was equally likely.",
    "Treatment adds the same to everybody.",
)
ASSUMPTIONS_RATES_RANDOMISED = (
    *ASSUMPTIONS_RANDOMISED[:2],
    "Treatment adds the same to everybody's rate and leaves exposure as it was.",
)
EMPTY_ARM = "One of the two arms is empty."
NO_EXPOSURE = "One of the two arms has no exposure, so it has no rate."
ONE_CLUSTER = "One of the two arms has a single cluster: chance had no room to act."
SPLIT_CLUSTER = "A cluster is in both arms, so it was not assigned as one."
NO_SPREAD = "Outcomes do not differ within the arms, so nothing shows the error."
TOO_FEW_CLUSTERS = "Too few clusters: no assignment of them could contradict anything."


def difference_in_means(
    trial: Trial, *, rng: np.random.Generator, confidence: float = 0.95
) -> Estimate:
    """Estimate treated - held out, per person assigned or per unit of exposure.

    No interval, with the reason, where an arm has one cluster, a cluster is in both
    arms, outcomes do not differ, or clusters are too few to contradict anything; no
    value either where an arm is empty or has no exposure.
    """
    check_confidence(confidence)
    arms = arms_of(trial)
    if not arms.is_treated.any() or arms.is_treated.all():
        return _estimate(arms, value=None, confidence=confidence, reason=EMPTY_ARM)
    if not arms.is_exposed:
        return _estimate(arms, value=None, confidence=confidence, reason=NO_EXPOSURE)
    reason = _why_no_interval(arms)
    if reason is not None:
        value = _slope(arms)
        return _estimate(arms, value=value, confidence=confidence, reason=reason)
    if arms.fewest < FEW_CLUSTERS:
        return _randomised(arms, rng=rng, confidence=confidence)
    return _robust(arms, confidence=confidence)


def _why_no_interval(arms: Arms) -> str | None:
    if arms.is_split:
        return SPLIT_CLUSTER
    if arms.fewest < 2:
        return ONE_CLUSTER
    return None if arms.varies else NO_SPREAD


def _design(arms: Arms) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    columns = [np.ones(arms.n), arms.is_treated.astype(float)]
    if arms.before is not None:
        columns.append(arms.before - arms.before.mean())
    return np.stack(columns, axis=1)


def _slope(arms: Arms) -> float:
    slopes, *_ = np.linalg.lstsq(_design(arms), arms.linearised, rcond=None)
    return float(slopes[1])


def _robust(arms: Arms, *, confidence: float) -> Estimate:
    found = robust_coefficient(
        arms.linearised, design=_design(arms), clusters=arms.clusters, column=1
    )
    if not found.variance > 0:
        return _estimate(
            arms, value=found.value, confidence=confidence, reason=NO_SPREAD
        )
    degrees = max(1.0, found.degrees)
    reach = float(special.stdtrit(degrees, (1 + confidence) / 2))
    reach *= math.sqrt(found.variance)
    limits = (found.value - reach, found.value + reach)
    return _estimate(arms, value=found.value, confidence=confidence, limits=limits)


def _randomised(arms: Arms, *, rng: np.random.Generator, confidence: float) -> Estimate:
    value, low, high = randomisation_limits(arms, rng=rng, confidence=confidence)
    if math.isinf(low) or math.isinf(high):
        return _estimate(
            arms, value=value, confidence=confidence, reason=TOO_FEW_CLUSTERS
        )
    limits = (min(low, value), max(high, value))
    return _estimate(arms, value=value, confidence=confidence, limits=limits)


def _estimate(
    arms: Arms,
    *,
    value: float | None,
    confidence: float,
    limits: tuple[float, float] | None = None,
    reason: str | None = None,
) -> Estimate:
    low, high = limits or (None, None)
    method, assumptions = _told(arms)
    return Estimate(
        value=value,
        low=low,
        high=high,
        confidence=confidence,
        n=arms.n,
        method=method,
        design=DESIGN,
        assumptions=assumptions,
        reason=reason,
    )


def _told(arms: Arms) -> tuple[str, tuple[str, ...]]:
    """Return the method's name and what it assumes."""
    if arms.fewest >= FEW_CLUSTERS:
        return RATES_ROBUST if arms.is_of_rates else ROBUST, ASSUMPTIONS_ROBUST
    if arms.is_of_rates:
        return RATES_RANDOMISED, ASSUMPTIONS_RATES_RANDOMISED
    return RANDOMISED, ASSUMPTIONS_RANDOMISED
