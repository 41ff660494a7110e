"""How far a mix has moved: the total variation distance of two sets of shares.

Half the sum of the absolute changes of the shares, from 0 (the same mix) to 1 (nothing
in common). The estimated distance is above zero by chance alone, most of all where
little was counted, so its interval is made of the distance that chance can cause: by
the triangle inequality the estimate lies within TV(estimated changes - true changes) of
the truth, whatever the truth is. The quantile of that error is drawn from a
multivariate t with the covariance of the changes, clustered by creator. The interval
covers at least as often as it says; where it begins above zero, the mix moved.

Parameters: two tables of amounts, creators x classes, of the same creators and classes
in the same order; a creator may have nothing in either.

>>> may, june = [[6, 4], [5, 5]], [[9, 1], [8, 2]]
>>> print(mix_distance(may, june, rng=np.random.default_rng(1)).value)
0.3

Reference: W. G. Cochran (1977), Sampling Techniques, section 6.11 (shares of clusters);
A. L. Gibbs and F. E. Su (2002), Int. Stat. Review 70, 419-435 (the distance).
"""

import numpy as np
import numpy.typing as npt

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.linearised import equal_parts

__all__ = ["mix_distance"]

METHOD = "total variation, clustered"
DESIGN = "all rows, clustered by creator"
ASSUMPTIONS = (
    "Creators act independently of each other.",
    "The shares' sampling errors are roughly normal.",
)
EMPTY = "One of the two mixes has nothing in it."
ONE_CREATOR = "Fewer than two creators: nothing shows how much creators differ."
NO_SPREAD = "The creators do not differ, so nothing shows the sampling error."
DRAWS = 4_000

Floats = npt.NDArray[np.float64]


def mix_distance(
    earlier: npt.ArrayLike,
    later: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate the total variation distance of two mixes.

    Args:
        earlier, later: amounts of 0 or more, creators x classes; the order of the
            creators does not matter.
        rng: draws the error that chance can cause; the value does not depend on it.

    Raises:
        ImpossibleSampleError: tables of unlike shape, an amount missing or below zero.
    """
    check_confidence(confidence)
    before, after = _checked(earlier, later)
    n = len(before)
    if not before.sum() or not after.sum():
        return _estimate(None, reach=None, n=n, confidence=confidence, reason=EMPTY)
    distance = float(np.abs(_shares(after) - _shares(before)).sum() / 2)
    if n < 2:
        return _estimate(
            distance, reach=None, n=n, confidence=confidence, reason=ONE_CREATOR
        )
    parts = _residuals(after) - _residuals(before)
    if not np.abs(parts).max() > np.finfo(float).eps:
        return _estimate(
            distance, reach=None, n=n, confidence=confidence, reason=NO_SPREAD
        )
    degrees = min(n - 1, *(equal_parts(each.sum(axis=1)) for each in (before, after)))
    errors = _errors(parts, rng=rng, degrees=max(1.0, degrees))
    reach = float(np.quantile(errors, confidence, method="higher"))
    return _estimate(distance, reach=reach, n=n, confidence=confidence, reason=None)


def _checked(earlier: npt.ArrayLike, later: npt.ArrayLike) -> tuple[Floats, Floats]:
    before, after = (np.asarray(mix, dtype=float) for mix in (earlier, later))
    if before.shape != after.shape or before.ndim != 2:
        what = "the two mixes are not tables of the same creators and classes"
        raise ImpossibleSampleError(what=what)
    if not all((np.isfinite(mix) & (mix >= 0)).all() for mix in (before, after)):
        raise ImpossibleSampleError(what="an amount is missing or below zero")
    return before, after


def _shares(table: Floats) -> Floats:
    shares: Floats = table.sum(axis=0) / table.sum()
    return shares


def _residuals(table: Floats) -> Floats:
    """What each creator adds to the error of each share."""
    own = table.sum(axis=1, keepdims=True)
    residuals: Floats = (table - own * _shares(table)) / table.sum()
    return residuals


def _errors(parts: Floats, *, rng: np.random.Generator, degrees: float) -> Floats:
    """Draw the distance that chance alone puts between two mixes."""
    n = len(parts)
    centred = parts - parts.mean(axis=0)
    covariance = centred.T @ centred * n / (n - 1)
    normal = rng.standard_normal((DRAWS, len(covariance))) @ _root(covariance)
    shrunk = np.sqrt(rng.chisquare(degrees, DRAWS) / degrees)
    errors: Floats = np.abs(normal).sum(axis=1) / 2 / shrunk
    return errors


def _root(covariance: Floats) -> Floats:
    """Return the symmetric root: of all roots the one that rounding does not turn.

    Shares add up to one, so that one direction has no spread but what rounding leaves.
    """
    values, vectors = np.linalg.eigh(covariance)
    least = values.max() * len(values) * np.finfo(float).eps
    told = np.where(values > least, values, 0.0)
    root: Floats = (vectors * np.sqrt(told)) @ vectors.T
    return root


def _estimate(
    distance: float | None,
    *,
    reach: float | None,
    n: int,
    confidence: float,
    reason: str | None,
) -> Estimate:
    low = high = None
    if distance is not None and reach is not None:
        low, high = max(0.0, distance - reach), min(1.0, distance + reach)
    return Estimate(
        value=distance,
        low=low,
        high=high,
        confidence=confidence,
        n=n,
        method=METHOD,
        design=DESIGN,
        assumptions=ASSUMPTIONS,
        reason=reason,
    )
