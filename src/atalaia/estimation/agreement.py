"""How far judges agree: Krippendorff's alpha, Gwet's AC1, positive agreement.

Where violations are rare, alpha is low and AC1 near 1 for the same judges; neither
alone is a gate. Positive agreement says what matters there: when one judge says
"violation", how often does another?

All take `judgments`, items x judges, as category numbers with NaN where a judge did
not see the item; items with fewer than two judgments say nothing and are left out.
Intervals treat items as the sample: alpha and AC1 by the jackknife over items on the
log of disagreement, positive agreement as a share clustered by item. Lower limits stop
at -1: two judgments of an item differ at most twice as often as two of all items, so
no judges agree less.

>>> judgments = [[0, 0], [0, 0], [1, 1], [0, 1], [1, 1], [0, 0], [1, 1], [0, 0]]
>>> print(krippendorff_alpha(judgments))
0.7619 (-0.9048 to 1; 95 %, n = 8, Krippendorff's alpha)

References: K. Krippendorff (2019), Content Analysis, chapter 12; K. L. Gwet (2008),
Brit. J. Math. Stat. Psychol. 61, 29-48; D. Cicchetti and A. Feinstein (1990),
J. Clin. Epidemiol. 43, 551-558; S. Chamberlain et al. (1975), BMJ (positive agreement).
"""

import math
from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.clopper_pearson import exact_limits
from atalaia.estimation.estimators.korn_graubard import korn_graubard
from atalaia.estimation.linearised import equal_parts

__all__ = ["gwet_ac1", "krippendorff_alpha", "positive_agreement"]

Floats = npt.NDArray[np.float64]
LEAST = -1.0
"""Every item judged twice and never alike, both categories as common as each other."""
ITEMS = ("The items were drawn independently of each other.",)
ONE_ITEM = "Only one item was judged more than once."
NO_PAIR = "No item was judged twice."
ONE_CATEGORY = "Every judgment is the same, so agreement by chance is complete."
NO_POSITIVE = "Nobody judged an item positive."


def krippendorff_alpha(
    judgments: npt.ArrayLike, *, confidence: float = 0.95
) -> Estimate:
    """Estimate nominal alpha: 1 is full agreement, 0 what chance alone would give."""
    counts = _counts(judgments)
    judged = counts.sum(axis=1, keepdims=True)
    differing = (judged**2 - (counts**2).sum(axis=1, keepdims=True)) / (judged - 1)
    return _less_than_chance(
        np.hstack([differing, counts]),
        disagreement=_pooled_disagreement,
        method="Krippendorff's alpha",
        confidence=confidence,
    )


def gwet_ac1(
    judgments: npt.ArrayLike, *, categories: int = 2, confidence: float = 0.95
) -> Estimate:
    """Estimate AC1, chance-corrected agreement that stays steady for rare categories.

    Args:
        categories: how many a judge may choose from, seen or not.
    """
    counts = _counts(judgments)
    if categories < max(2, counts.shape[1]):
        what = f"{counts.shape[1]} categories judged where there are {categories}"
        raise ImpossibleSampleError(what=what)
    judged = counts.sum(axis=1, keepdims=True)
    agreeing = (counts * (counts - 1)).sum(axis=1, keepdims=True)
    differing = 1 - agreeing / (judged * (judged - 1))
    return _less_than_chance(
        np.hstack([differing, np.ones_like(judged), counts / judged]),
        disagreement=partial(_mean_disagreement, categories=categories),
        method="AC1",
        confidence=confidence,
    )


def positive_agreement(
    judgments: npt.ArrayLike, *, positive: int = 1, confidence: float = 0.95
) -> Estimate:
    """Estimate how often another judge agrees when one judges an item positive.

    With two judges 2a / (2a + b + c). `n` counts items with a positive judgment.
    """
    check_confidence(confidence)
    table = np.asarray(judgments, dtype=float)
    judged = (~np.isnan(table)).sum(axis=1)
    positives = (table == positive).sum(axis=1)
    seen = (judged > 1) & (positives > 0)
    r, m = positives[seen], judged[seen]
    estimate = korn_graubard(
        r * (r - 1) / (m - 1),
        weights=np.ones(len(r)),
        sizes=r,
        confidence=confidence,
    )
    return Estimate(
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        confidence=confidence,
        n=len(r),
        method="positive agreement",
        design="items judged more than once",
        assumptions=ITEMS,
        reason=None if len(r) else NO_POSITIVE if (judged > 1).any() else NO_PAIR,
    )


def _counts(judgments: npt.ArrayLike) -> Floats:
    """How often each item got each category; items judged once are gone."""
    table = np.asarray(judgments, dtype=float)
    if table.ndim != 2:
        raise ImpossibleSampleError(what="judgments are not a table, items x judges")
    names = np.unique(table[~np.isnan(table)])
    counts = (table[:, :, None] == names).sum(axis=1).astype(float)
    return np.asarray(counts[counts.sum(axis=1) > 1])


def _pooled_disagreement(sums: Floats) -> tuple[Floats, Floats]:
    """Observed and expected disagreement when judgments count alike."""
    pooled = sums[..., 1:]
    n = np.maximum(pooled.sum(axis=-1), 2)
    expected = (n**2 - (pooled**2).sum(axis=-1)) / (n * (n - 1))
    return sums[..., 0] / n, expected


def _mean_disagreement(sums: Floats, *, categories: int) -> tuple[Floats, Floats]:
    """Observed and expected disagreement when items count alike."""
    items = np.maximum(sums[..., 1], 1)
    shares = sums[..., 2:] / items[..., None]
    by_chance = (shares * (1 - shares)).sum(axis=-1) / (categories - 1)
    return sums[..., 0] / items, 1 - by_chance


def _less_than_chance(
    parts: Floats,
    *,
    disagreement: Callable[[Floats], tuple[Floats, Floats]],
    method: str,
    confidence: float,
) -> Estimate:
    """Estimate 1 - observed / expected; `parts` are what each item adds to the sums."""
    check_confidence(confidence)
    n = len(parts)
    sums = parts.sum(axis=0)
    observed, expected = (float(number) for number in disagreement(sums))
    reason = NO_PAIR if n == 0 else ONE_CATEGORY if expected == 0 else None
    value = None if reason else 1 - observed / expected
    if value is None or n < 2:
        low, high, reason = None, None, reason or ONE_ITEM
    else:
        least, most = _limits(
            disagreement(sums - parts),
            parts=parts,
            whole=(observed, expected),
            confidence=confidence,
        )
        low = max(LEAST, min(value, 1 - most / expected))
        high = max(value, 1 - least / expected)
    return Estimate(
        value=value,
        low=low,
        high=high,
        confidence=confidence,
        n=n,
        method=method,
        design="items judged more than once",
        assumptions=ITEMS,
        reason=reason,
    )


def _limits(
    without: tuple[Floats, Floats],
    *,
    parts: Floats,
    whole: tuple[float, float],
    confidence: float,
) -> tuple[float, float]:
    """Limits of the observed disagreement, the expected one held at its value."""
    (observed, expected), n = whole, len(parts)
    if observed == 0:
        return exact_limits(0, n, confidence=confidence)
    # The jackknife, linear in the log: it stands one item holding all disagreement.
    influence = (n - 1) * (
        (observed - without[0]) / observed - (expected - without[1]) / expected
    )
    error = math.sqrt(float(influence.var(ddof=1)) / n)
    degrees = max(1.0, min(n - 1, equal_parts(parts[:, 0])))
    reach = float(special.stdtrit(degrees, (1 + confidence) / 2)) * error
    # No more than all pairs can differ, so the upper limit stops at 1.
    most = min(0.0, math.log(observed) + reach)
    return observed * math.exp(-reach), max(observed, math.exp(most))
