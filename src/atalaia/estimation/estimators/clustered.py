"""The change of a ratio between two periods, clustered by creator.

For "is this week's rate really another than last week's": creators return, and one
creator's bad evening moves many rows at once, so creators and not rows are the units.
A creator seen in both periods ties the two ratios together, and the tie is kept. The
degrees of freedom are held to the number of creators that the rarer period's
numerator rests on; a period with an empty numerator enters with one creator's worth
of events that might have been.

Parameters: two `Period`s, rows or totals per creator; rows of one creator are summed.

>>> may = Period(numerators=[4, 0, 1], denominators=[9, 8, 9], clusters=list("abc"))
>>> june = Period(numerators=[2, 1, 1], denominators=[9, 7, 9], clusters=list("abd"))
>>> print(clustered_ratio_change(may, june))
-0.03231 (-0.6819 to 0.6173; 95 %, n = 4, clustered change)

Reference: W. G. Cochran (1977), Sampling Techniques, section 6.11; on the cluster as
the unit, A. Deng et al. (2018), KDD, 233-242 (delta method).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.linearised import equal_parts, residuals

__all__ = ["Period", "clustered_ratio_change"]

METHOD = "clustered change"
ASSUMPTIONS = (
    "Creators act independently of each other.",
    "The periods' sampling errors are roughly normal.",
)
EMPTY = "The denominator of a period is zero."
ONE_CREATOR = "Fewer than two creators: nothing shows how much creators differ."
NO_SPREAD = "The creators do not differ, so nothing shows the sampling error."

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Numerator, denominator and creator of every row of one period."""

    numerators: npt.ArrayLike
    denominators: npt.ArrayLike
    clusters: npt.ArrayLike


def clustered_ratio_change(
    earlier: Period, later: Period, *, confidence: float = 0.95
) -> Estimate:
    """Estimate later ratio - earlier ratio, in the ratio's own unit."""
    check_confidence(confidence)
    before, after, n = _by_cluster(earlier, later)
    if not before[1].sum() or not after[1].sum():
        return _estimate(None, reach=None, n=n, confidence=confidence, reason=EMPTY)
    change = _ratio(after) - _ratio(before)
    if n < 2:
        return _estimate(
            change, reach=None, n=n, confidence=confidence, reason=ONE_CREATOR
        )
    parts = residuals(*after) - residuals(*before)
    squares = float(((parts - parts.mean()) ** 2).sum()) * n / (n - 1)
    squares += _unseen(before, other=after) + _unseen(after, other=before)
    if squares == 0:
        return _estimate(
            change, reach=None, n=n, confidence=confidence, reason=NO_SPREAD
        )
    # A numerator without events is paid for by `_unseen`, not by degrees of freedom.
    resting = [equal_parts(period[0]) for period in (before, after) if period[0].any()]
    degrees = max(1.0, min([n - 1, *resting]))
    reach = float(special.stdtrit(degrees, (1 + confidence) / 2)) * math.sqrt(squares)
    return _estimate(change, reach=reach, n=n, confidence=confidence, reason=None)


def _by_cluster(earlier: Period, later: Period) -> tuple[Floats, Floats, int]:
    first, second = np.asarray(earlier.clusters), np.asarray(later.clusters)
    names, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    n = len(names)
    before = _totals(earlier, place[: len(first)], n=n)
    return before, _totals(later, place[len(first) :], n=n), n


def _totals(period: Period, place: npt.NDArray[np.intp], *, n: int) -> Floats:
    columns = [
        np.asarray(column, dtype=float)
        for column in (period.numerators, period.denominators)
    ]
    if any(column.shape != place.shape for column in columns):
        what = "numerators, denominators and creators have different lengths"
        raise ImpossibleSampleError(what=what)
    if not all(np.isfinite(column).all() for column in columns):
        raise ImpossibleSampleError(what="a number is missing or not finite")
    return np.stack([np.bincount(place, c, minlength=n) for c in columns])


def _ratio(totals: Floats) -> float:
    return float(totals[0].sum() / totals[1].sum())


def _unseen(totals: Floats, *, other: Floats) -> float:
    """Variance of an empty numerator, as if one usual creator had been missed."""
    if totals[0].any() or not other[0].any():
        return 0.0
    usual = float(np.abs(other[0][other[0] != 0]).mean())
    return (usual / float(totals[1].sum())) ** 2


def _estimate(
    change: float | None,
    *,
    reach: float | None,
    n: int,
    confidence: float,
    reason: str | None,
) -> Estimate:
    return Estimate(
        value=change,
        low=None if change is None or reach is None else change - reach,
        high=None if change is None or reach is None else change + reach,
        confidence=confidence,
        n=n,
        method=METHOD,
        design="all rows, clustered by creator",
        assumptions=ASSUMPTIONS,
        reason=reason,
    )
